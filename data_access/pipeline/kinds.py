"""The kinds of files, in the order of the command line's help.

A new kind adds its folder with a `kind.py`, its table, its indicators, and a line here; all else follows from KINDS.
"""

from __future__ import annotations

from data_access.pipeline.aid.kind import AID
from data_access.pipeline.boundaries.kind import BOUNDARIES
from data_access.pipeline.claims.kind import CLAIMS
from data_access.pipeline.community_return.kind import COMMUNITY_RETURN
from data_access.pipeline.damaged_objects.kind import DAMAGED_OBJECTS
from data_access.pipeline.iom.kind import IOM_IDPS, IOM_RETURNEES
from data_access.pipeline.lists import kind as lists
from data_access.pipeline.movements.kind import MOVEMENTS
from data_access.pipeline.projects.kind import PROJECTS
from data_access.pipeline.published_values.kind import PUBLISHED_VALUES

KINDS = {
    kind.name: kind
    for kind in (
        PUBLISHED_VALUES,
        lists.TERRITORIES,
        lists.TERRITORY_NAMES,
        lists.PRODUCERS,
        lists.SOURCES,
        lists.TERRITORY_STATUS,
        COMMUNITY_RETURN,
        IOM_IDPS,
        IOM_RETURNEES,
        lists.MEMBERS,
        lists.OLDER_NAMES,
        lists.REGISTER_CATEGORIES,
        lists.ASSOCIATION_FACTS,
        BOUNDARIES,
        DAMAGED_OBJECTS,
        PROJECTS,
        MOVEMENTS,
        AID,
        CLAIMS,
    )
}
