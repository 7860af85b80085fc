"""What a newer edition of order 376 really changes: its periods against those of the edition before, on one day.

Each release names the newest edition in every cell of territorial status: day and source are theirs, and months
under a status grow with the day. So all these cells are new ones when an edition is. What the edition changes is
what differs when the periods before are read as of the same day: open periods run on, and nothing else moves.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from data_access import tables as t
from data_access.pipeline.publish.cells import NewCell
from data_access.pipeline.publish.status_cells import cells_of, newest_edition, periods_of
from data_access.pipeline.sheet.report import counted
from data_access.territorial_status import StatusList

SHOWN = 10
Units = dict[str, str]


def edition_changes(connection: Connection, before: date, units: Units) -> list[tuple[NewCell, NewCell]]:
    """(as it would be, as it is) of each cell whose value or mark the newest edition changes.

    `before`: day of the edition to compare with; `units`: the unit of each indicator, from the registry.
    """
    edition, source = newest_edition(connection)
    if edition is None:
        return []
    older = {cell.key: cell for cell in cells_of(connection, periods_of(connection, before), edition, source, units)}
    newer = {cell.key: cell for cell in cells_of(connection, periods_of(connection, edition), edition, source, units)}
    unlisted = NewCell("", "", edition, edition, *("",) * 7)  # a hromada that one of the two does not name at all
    pairs = ((older.get(key, unlisted), newer.get(key, unlisted)) for key in sorted({*older, *newer}))
    return [(old, new) for old, new in pairs if (old.value, old.status) != (new.value, new.status)]


def edition_news(connection: Connection, units: Units) -> str:
    """What the newest edition changes against the one that readers see, in a sentence or two; '' where it is that."""
    c = t.cell.c
    shown = select(func.max(c.as_of)).where(c.indicator == "months_under_status", c.to_release.is_(None))
    before, (newest, _) = connection.scalar(shown), newest_edition(connection)
    if before is None or newest is None or before == newest or not periods_of(connection, before):
        return ""
    changes = edition_changes(connection, before, units)
    changed = {(new if new.territory_code else old).territory_code for old, new in changes}
    said = f"{counted(len(changes), 'figure')} differ{'s' if len(changes) == 1 else ''}"
    hromadas = _named(connection, {code for code in changed if len(code) == 9})
    said += f": {hromadas} and the counts of oblasts and country" if hromadas else ""
    passed = _named(connection, announced(connection, before, newest) - changed)
    said += f". A date that the edition of {before} announced has passed and changes {passed}" if passed else ""
    return f"The edition of {newest} against that of {before}: {said}. All others only bear the new day."


def announced(connection: Connection, before: date, day: date) -> set[str]:
    """Hromadas whose settlements stand otherwise on a later day by the very periods of the edition `before`: it held
    an end or a beginning after its own day, which has passed.
    """
    c = t.territory.c
    settlements = dict(connection.execute(select(c.code, c.settlements).where(c.level == "hromada")).all())
    listed = StatusList(periods_of(connection, before), settlements)
    return {code for code in settlements if listed.on_day(code, before) != listed.on_day(code, day)}


def _named(connection: Connection, codes: set[str]) -> str:
    """`1 community (Kharkiv, UA6312027)`; '' for none."""
    c = t.territory.c
    if not codes:
        return ""
    found = connection.execute(
        select(c.short_name_en, c.code).where(c.code.in_(sorted(codes)[:SHOWN])).order_by(c.code)
    )
    listed = [f"{name}, {code}" for name, code in found]
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    what = "1 community" if len(codes) == 1 else f"{len(codes):,} communities"
    return f"{what} ({'; '.join(listed)}{more})"
