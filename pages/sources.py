"""Can I trust this?"""

from dashboard.address.visitor import arrive
from dashboard.parts import cards as show
from dashboard.parts.cached_drawing import block
from dashboard.sources import registry

view = arrive("sources", registry.choices())
block(
    registry.opening(view),
    registry.indicator_choice(view),
    registry.record(view),
    registry.values(view),
    registry.marks_and_history(view),
    registry.sources(view),
    show.footer(view),
)
