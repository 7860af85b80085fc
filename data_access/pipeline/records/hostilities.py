"""Which communities are inside hostilities: what of their figures is public depends on it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, or_, select

from data_access import tables as t

INSIDE = ("temporarily_occupied", "active_hostilities", "active_hostilities_e_registers")
POSSIBLE = "possible_hostilities"
EDITION_IS_OLD_DAYS = 60


def inside_hostilities(connection: Connection, today: date) -> frozenset[str]:
    """P-codes of hromadas (and of Kyiv or Sevastopol) of which any part is inside hostilities or occupied today.

    By the newest edition of the list under order 376; where that is older than 60 days, possible hostilities count
    too. Without any edition all communities are inside: what is not known to be safe is not published.
    """
    c = t.territory_status.c
    codes = connection.scalars(select(t.territory.c.code).where(t.territory.c.level.in_(("hromada", "region")))).all()
    edition = connection.scalar(select(func.max(c.edition_on)))
    if edition is None:
        return frozenset(codes)
    counted = (*INSIDE, POSSIBLE) if (today - edition).days > EDITION_IS_OLD_DAYS else INSIDE
    day = max(today, edition)
    in_force = (c.edition_on == edition) & (c.start_on <= day) & or_(c.end_on.is_(None), c.end_on >= day)
    listed = set(connection.scalars(select(c.code).where(in_force, c.status.in_(counted))))
    return frozenset(code for code in codes if any(code[:size] in listed for size in (4, 6, 9)))
