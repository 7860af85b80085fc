"""Readers of files as others make them: each turns one file into the tables of our own kinds.

A file of one of our own kinds needs no reader: it is read as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data_access.pipeline.boundaries.reader import read_boundaries
from data_access.pipeline.community_return.reader import read as read_return
from data_access.pipeline.iom.reader import read_idps, read_returnees
from data_access.pipeline.lists.official_list import read_territory_status
from data_access.pipeline.lists.reader import read_members, read_names, read_register_categories
from data_access.pipeline.projects.reader import read_projects
from data_access.pipeline.records.reader import read_aid, read_claims, read_movements
from data_access.pipeline.sheet.kind import KINDS, Kind
from data_access.pipeline.sheet.table_file import Sheet, read_sheet

Parts = list[tuple[Kind, Sheet]]

READERS: dict[str, Callable[[Path], Parts]] = {
    "community-return": read_return,
    "iom-idps": read_idps,
    "iom-returnees": read_returnees,
    "territory-status": read_territory_status,
    "members": read_members,
    "names": read_names,
    "register-categories": read_register_categories,
    "boundaries": read_boundaries,
    "projects": read_projects,
    "movements": read_movements,
    "aid": read_aid,
    "claims": read_claims,
}
STREAMED = ("damaged-objects",)  # read, checked and written batch by batch


def read_stream(_kind: str, path: Path):
    """A long file, looked into but not yet read: an ObjectFile. Raises RejectedFile."""
    from data_access.pipeline.damaged_objects.object_file import open_objects  # Arrow, which no other kind needs

    return open_objects(path)


def read_file(kind: str, path: Path) -> Parts:
    """The tables that a file of this kind holds, in the order of loading; it is about the last. Raises RejectedFile."""
    return READERS[kind](path) if kind in READERS else [(KINDS[kind], read_sheet(path))]
