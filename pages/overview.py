"""What is the situation?"""

from dashboard.address.visitor import arrive
from dashboard.explore import association, explorer, statuses
from dashboard.explore.trend import trend
from dashboard.parts import cards as show

view = arrive("overview")
show.top(view)
explorer.explore(view)
trend(view)
statuses.over_time(view, association.section(view))
show.end(view, "", statuses.by_community(view), show.last_changes(view))
