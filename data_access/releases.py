"""Releases: frozen states of the cells. Which one is meant, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select

from data_access import editing_tables as e
from data_access import tables as t
from data_access.engine import Database
from data_access.problems import DatabaseProblem, UnknownRelease
from data_access.reading import read_frame, read_rows


@dataclass(frozen=True)
class Release:
    """A frozen state of the cells. `published_at` is UTC; `sha256` covers its public cells as they are shown now.

    `withdrawals`, `corrections`: the newest of each in the database, 0 where there is none. When one of them has
    grown, answers given before are out of date, those of older releases too.
    """

    id: int
    name: str
    published_at: datetime
    sha256: str
    withdrawals: int = 0
    corrections: int = 0


def releases(db: Database) -> pd.DataFrame:
    """All releases, newest first: name, published_at (UTC), sha256, note, cells, new, changed, vanished.

    All counts and the checksum are of public cells.
    """
    c, change = t.release.c, t.release_change.c
    counts = (func.sum(change[word]).label(word) for word in ("new", "changed", "vanished"))
    public = and_(change.release_id == c.id, change.audience == "public")
    wanted = (
        select(c.name, c.published_at, c.sha256, c.note, c.cells, *counts)
        .join_from(t.release, t.release_change, public, isouter=True)
        .group_by(c.id, c.name, c.published_at, c.sha256, c.note, c.cells)
        .order_by(c.id.desc())
    )
    return read_frame(db, wanted)


def release(db: Database, name: str | None = None) -> Release:
    """The release of this name, or the newest. Raises UnknownRelease, or DatabaseProblem (no_release)."""
    c = t.release.c
    edits = (select(func.max(table.c.id)).scalar_subquery() for table in (e.withdrawal, e.correction))
    wanted = select(c.id, c.name, c.published_at, c.sha256, *edits).order_by(c.id.desc()).limit(1)
    rows = read_rows(db, wanted if name is None else wanted.where(c.name == name))
    if rows:
        return Release(*rows[0][:4], *(number or 0 for number in rows[0][4:]))
    if name is not None:
        raise UnknownRelease(name)
    raise DatabaseProblem("no_release", "Nothing has been published yet; publish with: python -m data_access publish.")


def release_changes(db: Database, name: str | None = None) -> pd.DataFrame:
    """What a release changed, per indicator: indicator, new, changed, vanished (public cells)."""
    change = t.release_change.c
    wanted = select(change.indicator, change.new, change.changed, change.vanished).where(
        change.release_id == release_id(db, name), change.audience == "public"
    )
    return read_frame(db, wanted.order_by(change.indicator))


def release_id(db: Database, wanted: Release | str | None) -> ColumnElement[int | None] | int:
    """The id of a release (a Release, its name, None = the newest), for a condition. Raises UnknownRelease."""
    if wanted is None:
        return select(func.max(t.release.c.id)).scalar_subquery()
    return wanted.id if isinstance(wanted, Release) else release(db, wanted).id


def holds(table: FromClause, at: ColumnElement[int | None] | int) -> ColumnElement[bool]:
    """The condition under which rows of `table` stand in release `at` (an id)."""
    return and_(table.c.from_release <= at, or_(table.c.to_release.is_(None), table.c.to_release > at))
