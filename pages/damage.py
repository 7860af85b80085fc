"""What is damaged, where?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.explore.trend import trend
from dashboard.parts import cards as show

view = arrive("damage")
show.top(view)
explorer.explore(view)
trend(view)
show.end(view, "damage")
