"""Can I trust this?"""

from dashboard import data
from dashboard.address.visitor import arrive
from dashboard.parts import cards as show
from dashboard.sources import history, registry

INDICATORS = tuple(data.registry())

view = arrive("sources", INDICATORS)
registry.opening(view)
registry.indicator_choice(view, INDICATORS)
registry.record(view)
registry.values(view)
registry.marks(view)
history.releases(view)
history.corrections(view)
history.withdrawals(view)
registry.sources(view)
show.end(view)
