"""What is the situation?"""

from dashboard.address.visitor import arrive
from dashboard.explore import explorer, statuses
from dashboard.parts import cards as show
from dashboard.parts.cached_drawing import block

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
explorer.explore(view, CHOICES)
statuses.over_time(view)
block(statuses.by_community(view))
show.last_changes(view)
show.footer(view)
