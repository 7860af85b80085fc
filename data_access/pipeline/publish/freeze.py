"""The difference between two states of the cells, written as a release."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    func,
    insert,
    select,
    update,
)

from data_access import tables as t
from data_access.indicators import indicators
from data_access.pipeline.publish.cells import Key, NewCell, Seals, seals
from data_access.pipeline.publish.difference import Difference, Group, difference
from data_access.pipeline.publish.editions import edition_news
from data_access.pipeline.publish.peer_groups import current_profiles, profiles_of, regrouped, units_now, write_profiles
from data_access.pipeline.records.bulk import insert_rows

log = logging.getLogger(__name__)
Fresh = dict[Key, NewCell]


Current = dict[Key, Row[*tuple[Any, ...]]]  # (from_release, *fields of NewCell)


@dataclass(frozen=True)
class Published:
    """What a publication did. `name` is '' when nothing had changed and no release was made.

    `cells`, `sha256`: of its public cells. `regrouped`: number of communities whose peers are others than before.
    `news`: sentences on what a newer edition of order 376 really changes, '' without one.
    """

    name: str
    sha256: str
    cells: int
    difference: Difference
    regrouped: int = 0
    news: str = ""

    @property
    def new(self) -> Counter[str]:
        """Number of new cells by indicator."""
        return Counter(cell.indicator for cell in self.difference.new)

    @property
    def changed(self) -> Counter[str]:
        """Number of altered cells by indicator."""
        return Counter(cell.indicator for _, cell in self.difference.changed)

    @property
    def vanished(self) -> Counter[str]:
        """Number of ended cells by indicator."""
        return Counter(cell.indicator for cell in self.difference.vanished)

    def __str__(self) -> str:
        if not self.name:
            return "Nothing has changed since the last release; no new one was made."
        counts = f"{self.new.total()} new, {self.changed.total()} changed, {self.vanished.total()} vanished"
        return f"Release {self.name}: {self.cells} public cells; {counts}; sha256 {self.sha256[:12]}…"


class _Release(Seals):
    """A row of `release`."""

    id: int
    name: str
    published_at: datetime
    note: str


def freeze(connection: Connection, fresh: Fresh, current: Current, note: str, moment: datetime) -> Published:
    """Write the difference between the two `states` as a new release."""
    found = difference({key: NewCell(*row[1:]) for key, row in current.items()}, fresh)
    news = edition_news(connection, {name: record.unit for name, record in indicators().items()})
    before = current_profiles(connection)
    after = profiles_of(fresh.values(), units_now(connection))
    if not found and before == after:
        return Published("", "", seals(fresh.values())["cells"], found)
    release = _new_release(connection, fresh.values(), note, moment)
    begun = [*found.new, *(after for _, after in found.changed)]
    log.info("Writing %d cells", len(begun))
    ended = [*(before for before, _ in found.changed), *found.vanished]
    _end_cells(connection, [current[cell.key] for cell in ended], release["id"])
    insert_rows(connection, t.cell, [{**cell._asdict(), "from_release": release["id"]} for cell in begun])
    _note_changes(connection, release["id"], found.tallies())
    write_profiles(connection, before, after, release["id"])
    return Published(release["name"], release["sha256"], release["cells"], found, regrouped(before, after), news)


def _new_release(connection: Connection, fresh: Iterable[NewCell], note: str, moment: datetime) -> _Release:
    c = t.release.c
    month = f"{moment.year}.{moment.month}."
    numbers = [
        int(name.rpartition(".")[2]) for name in connection.scalars(select(c.name).where(c.name.startswith(month)))
    ]
    row: _Release = {
        "id": (connection.scalar(select(func.max(c.id))) or 0) + 1,
        "name": f"{month}{max(numbers, default=0) + 1}",
        "published_at": moment,
        "note": note,
        **seals(fresh),
    }
    connection.execute(insert(t.release).values(row))
    return row


def _end_cells(connection: Connection, rows: list[Row[*tuple[Any, ...]]], release_id: int) -> None:
    """Close cells that changed or vanished: the release is the first without them."""
    if not rows:
        return
    names = (*t.KEY, "audience", "from_release")
    match = [t.cell.c[name] == bindparam(f"key_{name}") for name in names]
    keys = [{f"key_{name}": getattr(row, name) for name in names} | {"to_release": release_id} for row in rows]
    connection.execute(update(t.cell).where(*match), keys)


def _note_changes(connection: Connection, release_id: int, tallies: dict[str, Counter[Group]]) -> None:
    rows = [
        {"release_id": release_id, "indicator": indicator, "audience": audience}
        | {word: tally[indicator, audience] for word, tally in tallies.items()}
        for indicator, audience in sorted(set().union(*tallies.values()))
    ]
    if rows:
        connection.execute(insert(t.release_change), rows)
