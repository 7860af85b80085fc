"""What is known about one community?"""

from dashboard import components as show
from dashboard.visitor import arrive

HEADLINES = ("population", "buildings_damaged", "homes_lost_residents", "damage_usd", "objects_restored")

view = arrive("community")
show.heading(view, HEADLINES)
show.cards(view, HEADLINES)
show.footer(view)
