"""Correction: readers are told which figure was wrong, what it was, what it is now, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from data_access import editing_tables as e
from data_access import tables as t
from data_access.engine import explained
from data_access.pipeline.edit.figure_choice import Choice, Refused, both_reasons, known
from data_access.pipeline.intake.load import lock_for_writing
from data_access.pipeline.publish.cells import NewCell
from data_access.pipeline.publish.difference import difference, shown
from data_access.pipeline.publish.freeze import Fresh, Published, freeze
from data_access.pipeline.publish.release import release_cells, states, utc

Pair = tuple[NewCell | None, NewCell | None]


@dataclass(frozen=True)
class Corrected:
    """The figure before and after, the first release that is right, and the publication where one was needed."""

    before: NewCell | None
    after: NewCell | None
    release: str
    published: Published | None

    def __str__(self) -> str:
        old, new = (shown(cell) if cell else "nothing" for cell in (self.before, self.after))
        return f"Recorded: {old} → {new}, right since release {self.release}."


def correct(
    engine: Engine,
    choice: Choice,
    reason_uk: str,
    reason_en: str,
    *,
    now: datetime | None = None,
) -> Corrected:
    """Record that a public figure was wrong, after its right value has been loaded.

    Publishes what is loaded, or uses the newest release where that already holds the right value. Raises Refused
    when the value has not changed, NothingToPublish, DatabaseProblem; then nothing is published either.
    """
    reasons, moment = both_reasons(reason_uk, reason_en), utc(now)
    with explained(engine), engine.begin() as connection:
        lock_for_writing(connection)
        choice = known(connection, choice)
        before, after, published = _changed(connection, choice, moment)
        number, name = connection.execute(
            select(t.release.c.id, t.release.c.name).order_by(t.release.c.id.desc()).limit(1)
        ).one()
        _record(connection, (before, after), number, name, reasons | {"recorded_at": moment})
    return Corrected(before, after, name, published)


def _changed(
    connection: Connection, choice: Choice, moment: datetime
) -> tuple[NewCell | None, NewCell | None, Published | None]:
    """The figure before and after, from what is loaded, else from the two newest releases."""
    fresh, current = states(connection)
    held = {key: NewCell(*row[1:]) for key, row in current.items()}
    pair = _pair(held, fresh, choice)
    if pair and current:
        return *pair, freeze(connection, fresh, current, "", moment)
    newest = connection.scalar(select(t.release.c.id).order_by(t.release.c.id.desc()).limit(1)) or 0
    older = {cell.key: cell for cell in release_cells(connection, newest - 1)} if newest > 1 else held
    pair = _pair(older, held, choice)
    if pair is None:
        raise Refused(
            f"The value of {choice} has not changed since the release before; load the right value first, "
            "then record the correction."
        )
    return *pair, None


def _pair(before: Fresh, after: Fresh, choice: Choice) -> Pair | None:
    """The one public figure that fits and whose value differs; None where there is none, refuses several."""
    found = difference(before, after)
    altered = [pair for pair in found.changed if _meant(pair[1], choice) and pair[0].value != pair[1].value]
    old, new = _fitting(found.vanished, choice), _fitting(found.new, choice)
    if len(altered) + max(len(old), len(new)) > 1:
        raise Refused(f"Several figures of {choice} have changed; narrow it with --source, --breakdown, --category.")
    if altered:
        return altered[0]
    pair = (old[0] if old else None, new[0] if new else None)
    return None if _value(pair[0]) == _value(pair[1]) else pair


def _meant(cell: NewCell, choice: Choice) -> bool:
    return cell.audience == "public" and choice.fits(cell)


def _fitting(cells: Iterable[NewCell], choice: Choice) -> list[NewCell]:
    return [cell for cell in cells if _meant(cell, choice)]


def _value(cell: NewCell | None) -> tuple[float, str] | None:
    """The value with its unit; a mark tells none."""
    return None if cell is None or cell.value is None else (cell.value, cell.unit)


def _record(connection: Connection, pair: Pair, number: int, name: str, more: dict[str, str | datetime]) -> None:
    before, after = pair
    one = after or before
    assert one is not None  # `_pair` gives none where there is neither
    row = {
        "release_id": number,
        "indicator": one.indicator,
        "territory_code": one.territory_code,
        "period_end": one.period_end,
        "old_value": before.value if before else None,
        "new_value": after.value if after else None,
        "unit": one.unit,
    }
    c = e.correction.c
    same = (c[column] == value if value is not None else c[column].is_(None) for column, value in row.items())
    if connection.execute(select(c.id).where(*same)).first():
        raise Refused(f"This correction is recorded already, for release {name}.")
    if before and after and before.unit != after.unit:
        raise Refused(f"The unit has changed too ({before.unit} → {after.unit}); narrow it with --source.")
    connection.execute(insert(e.correction).values(row | more))
