"""Who had to move, and where are they?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.parts import cards as show

HEADLINES = ("idps_registered", "idps_surveyed", "returnees_surveyed", "homes_lost_residents", "refugees_abroad")
MOVEMENTS = ("migration_in", "migration_out", "commuting_in", "commuting_out", "returns_in", "returns_out")
CHOICES = ("idps_registered", "idps_surveyed", "returnees_surveyed", *MOVEMENTS)

view = arrive("displacement", CHOICES)
show.top(view, HEADLINES)
explorer.explore(view, CHOICES)
explorer.trend(view)
show.end(view, "displacement")
