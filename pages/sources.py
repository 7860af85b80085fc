"""Can I trust this?"""

from dashboard import components as show
from dashboard import data, history, records
from dashboard.visitor import arrive

INDICATORS = tuple(data.registry())

view = arrive("sources", INDICATORS)
records.opening(view)
records.indicator_choice(view, INDICATORS)
records.record(view)
records.values(view)
records.marks(view)
history.releases(view)
history.corrections(view)
history.withdrawals(view)
records.sources(view)
show.footer(view)
