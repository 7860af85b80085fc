"""What is the situation?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer, statuses
from dashboard.parts import cards as show

HEADLINES = (
    "damage_usd",
    "needs_usd",
    "idps_registered",
    "buildings_damaged",
    "homes_lost_residents",
    "erecovery_paid_uah",
    "claims_submitted",
    "claims_recorded",
    "claim_categories_open",
    "dream_projects",
)
CHOICES = (
    "idps_registered",
    "idps_surveyed",
    "returnees_surveyed",
    "damage_usd",
    "communities_by_status",
    "population",
    "population_density",
    "urban_share",
    "settlements_share_by_status",
    "months_under_status",
)

view = arrive("overview", CHOICES)
show.heading(view, HEADLINES)
show.cards(view, HEADLINES)
statuses.over_time(view)
statuses.by_community(view)
explorer.explore(view, CHOICES)
explorer.trend_of(view, "claims_submitted")
explorer.trend_of(view, "claims_recorded")
show.last_changes(view)
show.footer(view)
