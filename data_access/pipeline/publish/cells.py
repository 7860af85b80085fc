"""A cell as publication makes it, and the fingerprint of a release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypedDict

from data_access.tables import KEY

KEY_SIZE = len(KEY) + 1  # and the audience
Key = tuple[Any, ...]  # texts and days: KEY, or parts of it


class NewCell(NamedTuple):
    """A cell before it has a release. The first fields are KEY, in that order."""

    indicator: str
    territory_code: str
    period_start: date
    period_end: date
    precision: str
    breakdown: str
    category: str
    coverage: str
    unit: str
    producer: str
    source_id: str
    audience: str = "public"
    value: float | None = None
    qualifier: str = ""
    status: str = ""
    as_of: date | None = None
    published_on: str = ""
    note_uk: str = ""
    note_en: str = ""

    @property
    def key(self) -> Key:
        """What makes it this cell and no other: KEY and the audience."""
        return self[:KEY_SIZE]

    @property
    def figure(self) -> Key:
        """KEY: what figure it is, whoever may see it."""
        return self[: len(KEY)]


def fingerprint(cells: Iterable[NewCell]) -> str:
    """sha256 over the cells in the order of their keys: the same on every database.

    One line for each cell: a JSON list of its fields in the order of NewCell, days in ISO form, in ASCII.
    """
    digest = hashlib.sha256()
    for cell in sorted(cells, key=lambda cell: cell.key):
        digest.update(json.dumps(cell, default=str, separators=(",", ":")).encode("ascii") + b"\n")
    return digest.hexdigest()


class Seals(TypedDict):
    """Counts and checksums of a release, by column of `release`."""

    cells: int
    sha256: str
    members_cells: int
    members_sha256: str


def seals(cells: Iterable[NewCell]) -> Seals:
    """Counts and checksums as `release` keeps them: of the public cells, which any reader can verify, and apart of
    those of members, about which the public learns nothing ('' where there are none).
    """
    held: dict[str, list[NewCell]] = {"public": [], "members": []}
    for cell in cells:
        held[cell.audience].append(cell)
    return {
        "cells": len(held["public"]),
        "sha256": fingerprint(held["public"]),
        "members_cells": len(held["members"]),
        "members_sha256": fingerprint(held["members"]) if held["members"] else "",
    }
