"""Do the tallies still say what the objects add up to? Asked of the database alone, in whole hundredths."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from data_access.object_tables import TALLIES

HUNDREDTHS = "CAST(ROUND({} * 100) AS BIGINT)"
OF_CURRENCY = "CASE WHEN currency = '{}' THEN {} ELSE 0 END"
COUNTED = {
    "objects": "COUNT(*)",
    "floor_area_m2": f"COALESCE(SUM({HUNDREDTHS.format('floor_area_m2')}), 0)",
    "costed_uah": f"SUM({OF_CURRENCY.format('uah', 1)})",
    "cost_uah": f"SUM({OF_CURRENCY.format('uah', HUNDREDTHS.format('cost'))})",
    "costed_usd": f"SUM({OF_CURRENCY.format('usd', 1)})",
    "cost_usd": f"SUM({OF_CURRENCY.format('usd', HUNDREDTHS.format('cost'))})",
}
WHOLE = ("objects", "costed_uah", "costed_usd")


def tally_doubts(connection: Connection) -> Iterator[str]:
    """A sentence for each tally that differs from a count of the objects themselves."""
    for table in TALLIES:
        held, counted = _held(table), _counted(table)
        differ = sum(
            connection.exec_driver_sql(f"SELECT COUNT(*) FROM ({one} EXCEPT {other}) AS x").scalar_one()
            for one, other in ((held, counted), (counted, held))
        )
        if differ:
            yield f"{table.name} differs from the damaged objects in {differ} rows; load a whole file of the register."


def _held(table: Table) -> str:
    keys = [_month(c.name) if c.name.endswith("_month") else c.name for c in table.primary_key]
    sums = [name if name in WHOLE else f"COALESCE({HUNDREDTHS.format(name)}, 0)" for name in _measures(table)]
    return f"SELECT {', '.join([*keys, *sums])} FROM {table.name}"


def _counted(table: Table) -> str:
    keys = [_month(c.name.replace("_month", "_on")) if c.name.endswith("_month") else c.name for c in table.primary_key]
    sums = [COUNTED[name] for name in _measures(table)]
    return f"SELECT {', '.join([*keys, *sums])} FROM damaged_object GROUP BY {', '.join(keys)}"


def _measures(table: Table) -> list[str]:
    return [c.name for c in table.c if c.name in COUNTED]


def _month(column: str) -> str:
    return f"SUBSTR(CAST({column} AS TEXT), 1, 7)"
