"""Can I trust this?"""

from dashboard.address.visitor import arrive
from dashboard.parts import cards as show
from dashboard.sources import registry

view = arrive("sources", registry.choices())
registry.opening(view)
registry.indicator_choice(view)
registry.record(view)
registry.values_and_history(view)
registry.sources(view)
show.end(view)
