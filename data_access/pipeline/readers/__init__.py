"""Readers of files as others make them: each turns one file into the tables of our own kinds.

A file of one of our own kinds needs no reader: it is read as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from data_access.pipeline.files import Sheet, read_sheet
from data_access.pipeline.kinds import KINDS, Kind
from data_access.pipeline.readers import boundaries, community_return, iom, lists, official_list, projects, records

Parts = list[tuple[Kind, Sheet]]

READERS: dict[str, Callable[[Path], Parts]] = {
    "community-return": community_return.read,
    "iom-idps": iom.read_idps,
    "iom-returnees": iom.read_returnees,
    "territory-status": official_list.read_territory_status,
    "members": lists.read_members,
    "names": lists.read_names,
    "register-categories": lists.read_register_categories,
    "boundaries": boundaries.read_boundaries,
    "projects": projects.read_projects,
    "movements": records.read_movements,
    "aid": records.read_aid,
    "claims": records.read_claims,
}
STREAMED = ("damaged-objects",)  # read, checked and written batch by batch


def read_stream(_kind: str, path: Path):
    """A long file, looked into but not yet read: an ObjectFile. Raises RejectedFile."""
    from data_access.pipeline.object_files import open_objects  # Arrow, which no other kind needs

    return open_objects(path)


def read_file(kind: str, path: Path) -> Parts:
    """The tables that a file of this kind holds, in the order of loading; it is about the last. Raises RejectedFile."""
    return READERS[kind](path) if kind in READERS else [(KINDS[kind], read_sheet(path))]
