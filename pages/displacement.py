"""Who had to move, and where are they?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer, movements
from dashboard.explore.trend import trend
from dashboard.parts import cards as show

view = arrive("displacement")
show.top(view)
explorer.explore(view)
trend(view)
show.end(view, "displacement", movements.awaited(view))
