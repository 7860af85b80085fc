"""What is being rebuilt, with what money?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.explore.trend import trend, trend_of
from dashboard.parts import cards as show

MONEY = "erecovery_paid_uah"  # the one sum of which the country's course is known

view = arrive("reconstruction")
show.top(view)
explorer.explore(view)
trend(view)
trend_of(view, MONEY)
show.end(view, "reconstruction")
