"""Tables in, frames out. These names are the API: all that the dashboard or a notebook may import.

>>> from data_access import cells, connect, indicators
>>> frame = cells(connect(), "idps_registered", level="region")
"""

import logging

from data_access.audience import PUBLIC, Audience
from data_access.codes import CITIES, TERRITORY_STATUSES
from data_access.communities import peer_profiles, status_history
from data_access.engine import Database, connect
from data_access.frames import (
    FRAME_COLUMNS,
    STILL_CURRENT,
    Frame,
    headline,
    headlines,
    likely_day,
    producer_rank,
    series,
)
from data_access.indicators import Indicator, RegistryProblem, Rule, Text, indicators, rules, vocabulary
from data_access.peers import (
    CRITERIA,
    DISPLACED_BOUNDS,
    FEWEST_PEERS,
    POPULATION_BOUNDS,
    STEPS,
    group_exists,
    peers_of,
)
from data_access.problems import DatabaseProblem, UnknownRelease
from data_access.public_log import changes_by_release, corrections, withdrawals
from data_access.queries import (
    association_facts,
    boundaries,
    boundaries_version,
    cells,
    coverage,
    producers,
    register_categories,
    sources,
    sources_by_indicator,
    status_periods,
    territories,
    territory_names,
    training,
    unit_cells,
)
from data_access.releases import Release, release, release_changes, releases

logging.getLogger(__name__).addHandler(logging.NullHandler())  # a library prints nothing; see __main__.py

__all__ = [
    "CITIES",
    "CRITERIA",
    "DISPLACED_BOUNDS",
    "FEWEST_PEERS",
    "FRAME_COLUMNS",
    "POPULATION_BOUNDS",
    "PUBLIC",
    "STEPS",
    "STILL_CURRENT",
    "TERRITORY_STATUSES",
    "Audience",
    "Database",
    "DatabaseProblem",
    "Frame",
    "Indicator",
    "RegistryProblem",
    "Release",
    "Rule",
    "Text",
    "UnknownRelease",
    "association_facts",
    "boundaries",
    "boundaries_version",
    "cells",
    "changes_by_release",
    "connect",
    "corrections",
    "coverage",
    "group_exists",
    "headline",
    "headlines",
    "indicators",
    "likely_day",
    "peer_profiles",
    "peers_of",
    "producer_rank",
    "producers",
    "register_categories",
    "release",
    "release_changes",
    "releases",
    "rules",
    "series",
    "sources",
    "sources_by_indicator",
    "status_history",
    "status_periods",
    "territories",
    "territory_names",
    "training",
    "unit_cells",
    "vocabulary",
    "withdrawals",
]
