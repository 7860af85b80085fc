"""What is damaged, where?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.parts import cards as show

view = arrive("damage")
show.top(view)
explorer.explore(view)
explorer.trend(view)
explorer.trend_of(view, "objects_damaged_in_period")
show.end(view, "damage")
