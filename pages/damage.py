"""What is damaged, where?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.parts import cards as show

MONEY = ("damage_usd", "losses_usd")
COUNTS = (
    "buildings_damaged",
    "residential_damaged",
    "homes_lost_residents",
    "schools_damaged",
    "health_damaged",
    "buildings_damaged_satellite",
)
CHOICES = (
    "damage_usd",
    "buildings_damaged",
    "residential_damaged",
    "homes_lost_residents",
    "schools_damaged",
    "health_damaged",
    "buildings_damaged_satellite",
    "buildings_damaged_radar",
    "satellite_buildings_share",
    "objects_damaged",
    "objects_damaged_in_period",
    "objects_damage_uah",
)

view = arrive("damage", CHOICES)
show.top(view, (*MONEY, *COUNTS))
explorer.explore(view, CHOICES)
explorer.trend(view)
show.end(view, "damage")
