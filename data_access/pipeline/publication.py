"""Publication: published values and official periods become cells, frozen as a named release, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, bindparam, func, insert, or_, select, update

from data_access import tables as t
from data_access.engine import explained
from data_access.indicators import indicators
from data_access.pipeline.cells import NewCell, fingerprint
from data_access.pipeline.derived import derived_cells
from data_access.pipeline.editions import edition_news
from data_access.pipeline.intake import lock_for_writing
from data_access.pipeline.status_cells import status_cells

COMPUTED = ("communities_by_status", "months_under_status", "settlements_share_by_status")
EDITION_IS_OLD_DAYS = 60


@dataclass(frozen=True)
class Published:
    """What a publication did. `name` is '' when nothing had changed and no release was made."""

    name: str
    sha256: str
    cells: int
    new: Counter
    changed: Counter
    vanished: Counter

    def __str__(self) -> str:
        if not self.name:
            return "Nothing has changed since the last release; no new one was made."
        counts = f"{self.new.total()} new, {self.changed.total()} changed, {self.vanished.total()} vanished"
        return f"Release {self.name}: {self.cells} cells; {counts}; sha256 {self.sha256[:12]}…"


class NothingToPublish(Exception):
    """There is not one figure to publish."""


def publish(
    engine: Engine, note: str = "", *, now: datetime | None = None, say: Callable = lambda _: None
) -> Published:
    """Compute all cells and freeze them as the next release, unless nothing has changed.

    `now` (UTC) dates the release; its name is year.month.number. Raises NothingToPublish, DatabaseProblem.
    """
    moment = (now or datetime.now(UTC)).replace(tzinfo=None, microsecond=0)
    with explained(engine), engine.begin() as connection:
        lock_for_writing(connection)
        news = edition_news(connection, {name: record.unit for name, record in indicators().items()})
        say(news) if news else None
        fresh = {cell.key: cell for cell in compute_cells(connection, say)}
        if not fresh:
            raise NothingToPublish("There is nothing to publish yet; load files first: python -m data_access load.")
        current = {NewCell(*row[1:]).key: row for row in connection.execute(_stored(t.cell.c.to_release.is_(None)))}
        return _freeze(connection, fresh, current, note, moment, say)


def compute_cells(connection: Connection, say: Callable[[str], None] = lambda _: None) -> list[NewCell]:
    """All cells that the records give now: values marked safe, figures derived from them, territorial status."""
    registry = indicators()
    units = {name: record.unit for name, record in registry.items()}
    published = _published(connection)
    say(f"Published values: {len(published)}")
    areas = dict(connection.execute(select(t.territory.c.code, t.territory.c.area_km2)).all())
    status = list(status_cells(connection, {name: units[name] for name in COMPUTED if name in units}, say))
    all_cells = [*published, *derived_cells(published, areas, units), *status]
    published_on = dict(connection.execute(select(t.source.c.source_id, t.source.c.published_on)).all())
    return [c._replace(as_of=c.period_end, published_on=published_on.get(c.source_id, "")) for c in all_cells]


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


def _stored(condition) -> object:
    """Stored cells as (from_release, *fields of NewCell)."""
    c = t.cell.c
    return select(c.from_release, *(c[name] for name in NewCell._fields)).where(condition)


def _published(connection: Connection) -> list[NewCell]:
    """Values that an editor has marked safe, as public cells."""
    c = t.published_value.c
    own = ("audience", "value", "qualifier", "status", "note_uk", "note_en")
    rows = connection.execute(select(*(c[name] for name in (*t.KEY, *own))).where(c.safe_to_publish))
    return [NewCell(**row) for row in rows.mappings()]


def _freeze(connection, fresh: dict, current: dict, note: str, moment: datetime, say: Callable) -> Published:
    """Write the difference as a new release."""
    new = [cell for key, cell in fresh.items() if key not in current]
    changed = [cell for key, cell in fresh.items() if key in current and cell != NewCell(*current[key][1:])]
    vanished = [NewCell(*row[1:]) for key, row in current.items() if key not in fresh]
    if not (new or changed or vanished):
        return Published("", "", len(fresh), Counter(), Counter(), Counter())
    release = _new_release(connection, fresh.values(), note, moment)
    say(f"Writing {len(new) + len(changed)} cells")
    _end_cells(connection, [current[cell.key] for cell in (*changed, *vanished)], release["id"])
    begun = [{**cell._asdict(), "from_release": release["id"]} for cell in (*new, *changed)]
    if begun:
        connection.execute(insert(t.cell), begun)
    counts = {"new": new, "changed": changed, "vanished": vanished}
    _note_changes(connection, release["id"], counts)
    totals = {word: Counter(cell.indicator for cell in found) for word, found in counts.items()}
    return Published(release["name"], release["sha256"], len(fresh), **totals)


def _new_release(connection: Connection, fresh: Iterable[NewCell], note: str, moment: datetime) -> dict:
    c = t.release.c
    month = f"{moment.year}.{moment.month}."
    numbers = [
        int(name.rpartition(".")[2]) for name in connection.scalars(select(c.name).where(c.name.startswith(month)))
    ]
    cells = list(fresh)
    row = {
        "id": (connection.scalar(select(func.max(c.id))) or 0) + 1,
        "name": f"{month}{max(numbers, default=0) + 1}",
        "published_at": moment,
        "sha256": fingerprint(cells),
        "note": note,
        "cells": len(cells),
    }
    connection.execute(insert(t.release).values(row))
    return row


def _end_cells(connection: Connection, rows: list, release_id: int) -> None:
    """Close cells that changed or vanished: the release is the first without them."""
    if not rows:
        return
    names = (*t.KEY, "audience", "from_release")
    match = [t.cell.c[name] == bindparam(f"key_{name}") for name in names]
    keys = [{f"key_{name}": getattr(row, name) for name in names} | {"to_release": release_id} for row in rows]
    connection.execute(update(t.cell).where(*match), keys)


def _note_changes(connection: Connection, release_id: int, counts: dict[str, list[NewCell]]) -> None:
    tallies = {word: Counter((cell.indicator, cell.audience) for cell in cells) for word, cells in counts.items()}
    rows = [
        {"release_id": release_id, "indicator": indicator, "audience": audience}
        | {word: tally[indicator, audience] for word, tally in tallies.items()}
        for indicator, audience in sorted(set().union(*tallies.values()))
    ]
    connection.execute(insert(t.release_change), rows)
