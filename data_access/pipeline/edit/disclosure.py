"""Can a withdrawn value be worked out from what stays public? By sums: of parts of a territory, of categories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import isclose

from sqlalchemy import Connection, select

from data_access import tables as t
from data_access.pipeline.publish.cells import Key, NewCell
from data_access.pipeline.sheet.report import counted

SIZES = (2, 4, 6, 9)  # of the P-codes of country, regions, raions, hromadas
NEARLY = 0.01  # a sum that is off by less than a hundredth tells the value well enough
SHOWN = 5
Place = tuple[str, str, str]  # P-code, breakdown, category
Sum = tuple[Place, list[Place]]


def values_of(connection: Connection, figure: Key) -> set[float]:
    """Every value that is loaded for a figure (its KEY) or stands in a release."""
    found = set()
    for table in (t.cell, t.published_value):
        same = [table.c[name] == part for name, part in zip(t.KEY, figure, strict=True)]
        found |= set(connection.scalars(select(table.c.value).where(*same, table.c.value.is_not(None))))
    return found


def disclosures(connection: Connection, held: Mapping[Key, Iterable[float]]) -> list[str]:
    """A sentence for each sum of public figures that still tells a withdrawn one, and what to withdraw too.

    `held`: by KEY the values that the figures had before they were withdrawn. Public is what any release shows.
    """
    found = []
    for figure, values in sorted(held.items()):
        cell = NewCell(*figure)
        public = _public(connection, cell)
        mine = (cell.territory_code, cell.breakdown, cell.category)
        public.pop(mine, None)
        told = [one for one in _sums(mine, public) if any(_tells(one, mine, value, public) for value in values)]
        found += [_sentence(cell, mine, one) for one in told]
    return found


def _public(connection: Connection, cell: NewCell) -> dict[Place, float]:
    """Public values of the same indicator, period, unit, producer and coverage by place, of the newest release."""
    c = t.cell.c
    names = ("indicator", "period_start", "period_end", "unit", "producer", "coverage")
    same = [c[name] == getattr(cell, name) for name in names]
    wanted = select(c.territory_code, c.breakdown, c.category, c.value).where(*same, c.audience == "public")
    rows = connection.execute(wanted.where(c.value.is_not(None)).order_by(c.from_release, c.source_id))
    return {(code, breakdown, category): value for code, breakdown, category, value in rows}


def _sums(mine: Place, public: Mapping[Place, float]) -> Iterator[Sum]:
    """(whole, parts): those in which the figure is the whole or a part, and of which all others may be known."""
    code, breakdown, category = mine
    places = sorted({*public, mine})
    alike = [place[0] for place in places if place[1:] == mine[1:]]
    for whole in (code[:size] for size in SIZES if size < len(code)):
        siblings = [other for other in alike if len(other) == len(code) and other.startswith(whole)]
        yield (whole, breakdown, category), [(other, breakdown, category) for other in siblings]
    for size in (size for size in SIZES if size > len(code)):
        parts = [other for other in alike if len(other) == size and other.startswith(code)]
        yield mine, [(other, breakdown, category) for other in parts]
    for split in sorted({place[1] for place in places if place[0] == code and place[1] in (breakdown or place[1],)}):
        if split:
            yield (code, "", ""), [place for place in places if place[:2] == (code, split)]


def _tells(one: Sum, mine: Place, value: float, public: Mapping[Place, float]) -> bool:
    """Whether the others of the sum give the value."""
    whole, parts = one
    others = [public[part] for part in parts if part != mine]
    if whole == mine:
        return bool(others) and isclose(sum(others), value, rel_tol=NEARLY)
    return whole in public and isclose(public[whole] - sum(others), value, rel_tol=NEARLY, abs_tol=1e-9)


def _sentence(cell: NewCell, mine: Place, one: Sum) -> str:
    whole, parts = one
    others = [_said(part) for part in parts if part != mine]
    listed = ", ".join(others[:SHOWN]) + (f" and {len(others) - SHOWN} more" if len(others) > SHOWN else "")
    number = counted(len(others), "other part")
    how = f"as the sum of its parts ({listed})"
    too = f"one of these parts: {listed}"
    if whole != mine:
        how = f"as {_said(whole)} less {number} ({listed})" if others else f"as it equals {_said(whole)}"
        too = f"{_said(whole)}" + (", or one of the other parts" if others else "")
    figure = f"{cell.indicator} of {_said(mine)}, {cell.period_end}"
    return f"Look twice: {figure} can still be worked out, {how}. Withdraw too: {too}."


def _said(place: Place) -> str:
    """`UA63`, `UA63 settlement/urban`, `UA63 (total)`."""
    code, breakdown, category = place
    return f"{code} {breakdown}/{category}" if breakdown else f"{code} (total)"
