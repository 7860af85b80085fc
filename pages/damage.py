"""What is damaged, where?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.parts import cards as show

view = arrive("damage")
show.top(view)
explorer.explore(view)
explorer.trend(view)
show.end(view, "damage")
