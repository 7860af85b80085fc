"""Publication: published values and official periods become cells, frozen as a named release, in one transaction."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    func,
    or_,
    select,
)

from data_access import editing_tables as e
from data_access import tables as t
from data_access.engine import explained
from data_access.indicators import indicators
from data_access.pipeline.intake.load import lock_for_writing
from data_access.pipeline.publish.cells import Key, NewCell
from data_access.pipeline.publish.derived import derived_cells
from data_access.pipeline.publish.freeze import Current, Fresh, Published, freeze
from data_access.pipeline.publish.record_cells import record_cells
from data_access.pipeline.publish.status_cells import status_cells

log = logging.getLogger(__name__)
COMPUTED = ("communities_by_status", "months_under_status", "settlements_share_by_status")
EDITION_IS_OLD_DAYS = 60


class NothingToPublish(Exception):
    """There is not one figure to publish."""


def publish(
    engine: Engine,
    note: str = "",
    *,
    now: datetime | None = None,
    dry_run: bool = False,
) -> Published:
    """Compute all cells and freeze them as the next release, unless nothing has changed.

    `now` (UTC) dates the release; its name is year.month.number. With `dry_run` all is done and taken back.
    Raises NothingToPublish, DatabaseProblem.
    """
    with explained(engine), engine.connect() as connection, connection.begin() as transaction:
        lock_for_writing(connection)
        moment = utc(now)
        done = freeze(connection, *states(connection, today=moment.date()), note, moment)
        if dry_run:
            transaction.rollback()
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE cell")  # so many new rows at once: else pages read by an old plan
    return done


def utc(now: datetime | None) -> datetime:
    """This moment, or `now`, as the database keeps it."""
    return (now or datetime.now(UTC)).replace(tzinfo=None, microsecond=0)


def states(connection: Connection, *, today: date | None = None) -> tuple[Fresh, Current]:
    """What the records give now, and the current cells as (from_release, *fields); both by key."""
    fresh = {cell.key: cell for cell in compute_cells(connection, today=today)}
    if not fresh:
        raise NothingToPublish("There is nothing to publish yet; load files first: python -m data_access load.")
    current = connection.execute(_stored(t.cell.c.to_release.is_(None)))
    return fresh, {NewCell(*row[1:]).key: row for row in current}


def compute_cells(connection: Connection, *, today: date | None = None) -> list[NewCell]:
    """All cells that the records give now: values marked safe, figures derived from them, territorial status, and
    the protected figures of records as they may be seen `today` (by default, this day in UTC).

    A withdrawn figure stays [s] where it stood, and nothing is derived from it.
    """
    registry = indicators()
    units = {name: record.unit for name, record in registry.items()}
    withdrawn = withdrawn_keys(connection)
    published = _published(connection)
    log.info("Published values: %d", len(published))
    parts = [cell for cell in published if cell.figure not in withdrawn]
    areas = dict(connection.execute(select(t.territory.c.code, t.territory.c.area_km2)).all())
    status = list(status_cells(connection, {name: units[name] for name in COMPUTED if name in units}))
    counted = record_cells(connection, today or utc(None).date())
    all_cells = [*published, *derived_cells(parts, areas, units), *status, *counted, *_still_withdrawn(connection)]
    published_on = dict(connection.execute(select(t.source.c.source_id, t.source.c.published_on)).all())
    shown = {c.key: emptied(c) if c.figure in withdrawn else c for c in all_cells}
    return [c._replace(as_of=c.period_end, published_on=published_on.get(c.source_id, "")) for c in shown.values()]


def withdrawn_keys(connection: Connection) -> set[Key]:
    """KEY of every figure that no publication may bring back."""
    return {tuple(row) for row in connection.execute(select(*(e.withdrawn_cell.c[name] for name in t.KEY)))}


def emptied(cell: NewCell) -> NewCell:
    """The cell as [s]: without value, qualifier and notes."""
    return NewCell(*cell.key)._replace(status="s")


def release_cells(connection: Connection, release_id: int) -> list[NewCell]:
    """All cells of a release, for every audience."""
    c = t.cell.c
    held = (c.from_release <= release_id) & or_(c.to_release.is_(None), c.to_release > release_id)
    return [NewCell(*row[1:]) for row in connection.execute(_stored(held))]


def edition_warning(connection: Connection, today: datetime) -> str:
    """A sentence when the newest loaded edition of order 376 is missing or older than 60 days, else ''."""
    newest = connection.scalar(select(func.max(t.territory_status.c.edition_on)))
    if newest is None:
        return "No edition of the list under order 376 is loaded; territorial status is not shown."
    age = (today.date() - newest).days
    if age <= EDITION_IS_OLD_DAYS:
        return ""
    return f"The newest loaded edition of the list under order 376 is of {newest} ({age} days old); load a newer one."


def _stored(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Stored cells as (from_release, *fields of NewCell)."""
    c = t.cell.c
    return select(c.from_release, *(c[name] for name in NewCell._fields)).where(condition)


def _published(connection: Connection) -> list[NewCell]:
    """Values that an editor has marked safe, each for its audience."""
    c = t.published_value.c
    own = ("audience", "value", "qualifier", "status", "note_uk", "note_en")
    rows = connection.execute(select(*(c[name] for name in (*t.KEY, *own))).where(c.safe_to_publish))
    return [NewCell(**row) for row in rows.mappings()]


def _still_withdrawn(connection: Connection) -> list[NewCell]:
    """Current cells of withdrawn figures: they stay, whatever has become of their records."""
    same = and_(*(t.cell.c[name] == e.withdrawn_cell.c[name] for name in t.KEY))
    wanted = _stored(t.cell.c.to_release.is_(None)).join_from(t.cell, e.withdrawn_cell, same)
    return [NewCell(*row[1:]) for row in connection.execute(wanted)]
