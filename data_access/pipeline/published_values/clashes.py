"""Published values against those that the table holds already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data_access import tables as t
from data_access.pipeline.sheet.faults import Fault
from data_access.pipeline.sheet.kind import Values
from data_access.pipeline.sheet.table_file import Sheet


def figure_clashes(sheet: Sheet, rows: Sequence[Values], old: Mapping[tuple[object, ...], Values]) -> list[Fault]:
    """Returns a fault where two ids mean the same figure, or an id no longer means what it meant."""
    replaced = {row["figure_id"] for row in rows}
    taken = {tuple(o[name] for name in t.KEY): o["figure_id"] for o in old.values() if o["figure_id"] not in replaced}
    faults = []
    for (number, _), row in zip(sheet.rows, rows, strict=True):
        key = tuple(row[name] for name in t.KEY)
        if key in taken:
            what = f"{row['figure_id']!r} has the same indicator, territory, period, breakdown, unit and source as "
            faults.append(Fault(sheet.file, number, "figure_id", f"{what}{taken[key]!r}; keep one of the two"))
        taken.setdefault(key, row["figure_id"])
        before = old.get((row["figure_id"],))
        if before and any(before[name] != row[name] for name in ("indicator", "territory_code")):
            what = f"{row['figure_id']!r} already stands for {before['indicator']} of {before['territory_code']}"
            faults.append(Fault(sheet.file, number, "figure_id", f"{what}; choose another id"))
    return faults
