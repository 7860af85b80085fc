"""Withdrawal: a leaked or unlawful figure becomes [s] in every release, and no publication brings it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, bindparam, insert, or_, select, update

from data_access import editing_tables as e
from data_access import tables as t
from data_access.engine import explained
from data_access.pipeline.edit.disclosure import disclosures, values_of
from data_access.pipeline.edit.figure_choice import Choice, Refused, both_reasons, known
from data_access.pipeline.intake.load import lock_for_writing
from data_access.pipeline.publish.cells import Key, NewCell, seals
from data_access.pipeline.publish.derived import COMPUTED_NOTE, computed_from
from data_access.pipeline.publish.peer_groups import forget
from data_access.pipeline.publish.release import release_cells, utc, withdrawn_keys
from data_access.pipeline.sheet.report import counted

SAME_FIGURE = and_(*(t.cell.c[name] == bindparam(f"key_{name}") for name in t.KEY))
SHOWS_NOTHING = and_(t.cell.c.status == "s", t.cell.c.qualifier == "", t.cell.c.note_uk == "", t.cell.c.note_en == "")


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal did (or would do). `figures`: their KEYs; `cells`: how many became [s]; releases by name.

    `disclosures`: a sentence for each way in which one of the values can still be worked out.
    """

    figures: list[Key]
    cells: int
    releases: list[str]
    corrections: int
    disclosures: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.figures:
            return "All of it was withdrawn before; nothing was changed."
        cells, figures = counted(self.cells, "cell"), counted(len(self.figures), "figure")
        verb = "is" if self.cells == 1 else "are"
        said = f"{cells} of {figures} in {counted(len(self.releases), 'release')} {verb} [s]"
        silent = (
            f"{counted(self.corrections, 'correction')} no longer tell{'s' if self.corrections == 1 else ''} a value"
        )
        return said + (f"; {silent}." if self.corrections else ".")


def withdraw(
    engine: Engine,
    choice: Choice,
    reason_uk: str,
    reason_en: str,
    *,
    now: datetime | None = None,
    only_show: bool = False,
) -> Withdrawn:
    """Turn every cell of the chosen figures, and of what was computed from them, into [s] in all releases.

    All of it in one transaction, taken back with `only_show`. What was withdrawn before is left as it is.
    Raises Refused, DatabaseProblem.
    """
    reasons = both_reasons(reason_uk, reason_en)
    with explained(engine), engine.connect() as connection, connection.begin() as transaction:
        lock_for_writing(connection)
        done = _withdraw(connection, known(connection, choice), reasons, utc(now))
        if only_show:
            transaction.rollback()
    return done


def _withdraw(connection: Connection, choice: Choice, reasons: dict[str, str], moment: datetime) -> Withdrawn:
    chosen = _figures(connection, choice)
    if not chosen:
        raise Refused(f"Nothing is loaded or published for {choice}; look at the codes on the sources page.")
    figures = sorted((chosen | _computed(connection, chosen)) - withdrawn_keys(connection))
    cells = [cell for figure in figures for cell in connection.execute(_cells_shown(), _as_keys(figure))]
    if not figures:
        return Withdrawn([], 0, [], 0)
    number = _note(connection, len(cells), reasons, moment)
    keys = [_as_keys(figure) for figure in figures]
    held = {figure: values_of(connection, figure) for figure in figures}
    connection.execute(insert(e.withdrawn_cell), [_named(figure) | {"withdrawal_id": number} for figure in figures])
    empty = {"value": None, "status": "s", "qualifier": "", "note_uk": "", "note_en": ""}
    connection.execute(update(t.cell).where(SAME_FIGURE).values(empty), keys)
    unsafe = update(t.published_value).where(*(t.published_value.c[name] == bindparam(f"key_{name}") for name in t.KEY))
    connection.execute(unsafe.values(safe_to_publish=False), keys)
    silenced = _silence_corrections(connection, cells)
    forget(connection, figures)
    told = tuple(disclosures(connection, held))
    return Withdrawn(figures, len(cells), _rehash(connection, cells), silenced, told)


def _figures(connection: Connection, choice: Choice) -> set[Key]:
    """KEY of all that is meant, loaded or published."""
    columns = [[table.c[name] for name in t.KEY] for table in (t.published_value, t.cell)]
    if choice.figure_id:
        return _rows(connection, select(*columns[0]).where(t.published_value.c.figure_id == choice.figure_id))
    loaded = _rows(connection, select(*columns[0]).where(choice.condition(t.published_value)))
    return loaded | _rows(connection, select(*columns[1]).where(choice.condition(t.cell)).distinct())


def _computed(connection: Connection, chosen: Iterable[Key]) -> set[Key]:
    """KEY of published figures that were computed from the chosen ones and would tell their values."""
    c = t.cell.c
    names = [name for name in t.KEY if name != "unit"]
    found: set[Key] = set()
    for figure in chosen:
        for key in computed_from(NewCell(*figure)):
            same = and_(*(c[name] == getattr(key, name) for name in names))
            wanted = select(*(c[name] for name in t.KEY)).where(same, c.note_uk.startswith(COMPUTED_NOTE))
            found |= _rows(connection, wanted.distinct())
    return found


def _rows(connection: Connection, wanted: Select[*tuple[Any, ...]]) -> set[Key]:
    return {tuple(row) for row in connection.execute(wanted)}


def _cells_shown() -> Select[*tuple[Any, ...]]:
    """Cells of one figure that still show something."""
    c = t.cell.c
    names = ("indicator", "territory_code", "period_end", "unit", "from_release", "to_release", "value")
    return select(*(c[name] for name in names)).where(SAME_FIGURE, ~SHOWS_NOTHING)


def _named(figure: Key) -> dict[str, object]:
    return dict(zip(t.KEY, figure, strict=True))


def _as_keys(figure: Key) -> dict[str, object]:
    return {f"key_{name}": value for name, value in _named(figure).items()}


def _note(connection: Connection, cells: int, reasons: dict[str, str], moment: datetime) -> int:
    row = {"withdrawn_at": moment, "cells": cells, **reasons}
    key = connection.execute(insert(e.withdrawal).values(row)).inserted_primary_key
    assert key is not None  # one row has one; of many SQLAlchemy knows none
    return int(key[0])


def _silence_corrections(connection: Connection, cells: list[Row[*tuple[Any, ...]]]) -> int:
    """Corrections that tell a withdrawn value keep their reason and lose both values."""
    c, silenced = e.correction.c, 0
    told = {(*cell[:4], cell.value) for cell in cells if cell.value is not None}
    for indicator, code, as_of, unit, value in sorted(told):
        same = (c.indicator == indicator, c.territory_code == code, c.period_end == as_of, c.unit == unit)
        silence = update(e.correction).where(*same, or_(c.old_value == value, c.new_value == value))
        silenced += connection.execute(silence.values(old_value=None, new_value=None)).rowcount
    return silenced


def _rehash(connection: Connection, cells: list[Row[*tuple[Any, ...]]]) -> list[str]:
    """A release's checksums are over what it now shows. Returns the names of the releases that held the cells."""
    c, names = t.release.c, []
    for number, name in connection.execute(select(c.id, c.name).order_by(c.id)).all():
        if any(one.from_release <= number and (one.to_release or number + 1) > number for one in cells):
            shown = seals(release_cells(connection, number))
            connection.execute(update(t.release).where(c.id == number).values(shown))
            names.append(name)
    return names
