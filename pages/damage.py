"""What is damaged, where?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.explore.trend import trend, trend_of
from dashboard.parts import cards as show

view = arrive("damage")
show.top(view)
explorer.explore(view)
trend(view)
trend_of(view, "objects_damaged_in_period")
show.end(view, "damage")
