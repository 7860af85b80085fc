"""What is being rebuilt, with what money?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer
from dashboard.parts import cards as show

HEADLINES = (
    "needs_usd",
    "needs_met_usd",
    "dream_projects",
    "dream_budget_uah",
    "erecovery_paid_uah",
    "erecovery_families",
    "erecovery_certificates",
    "objects_restored",
    "restored_share",
)
CHOICES = (
    "dream_projects",
    "dream_budget_uah",
    "objects_restored",
    "restored_share",
    "erecovery_paid_uah",
    "erecovery_certificates",
    "projects_by_stage",
    "projects_budget_uah",
    "projects_funded_uah",
    "projects_contracted_uah",
    "projects_paid_uah",
)

MONEY = "erecovery_paid_uah"  # the one sum of which the country's course is known

view = arrive("reconstruction", CHOICES)
show.top(view, HEADLINES)
explorer.explore(view, CHOICES)
explorer.trend(view)
explorer.trend_of(view, MONEY)
show.end(view, "reconstruction")
