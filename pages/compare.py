"""How do I compare with communities like mine?"""

from dashboard import components as show
from dashboard.visitor import arrive

CHOICES = ("population", "population_density", "urban_share")

view = arrive("compare", CHOICES)
show.heading(view, view.indicators or CHOICES)
show.footer(view)
