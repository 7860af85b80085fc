"""What is the situation?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer, statuses
from dashboard.explore.trend import trend_of
from dashboard.parts import cards as show
from dashboard.parts.cached_drawing import block

view = arrive("overview")
show.top(view)
explorer.explore(view)
statuses.over_time(view)
trend_of(view, "claims_submitted")
trend_of(view, "claims_recorded")
block(statuses.by_community(view), show.last_changes(view), show.footer(view))
