"""The closed lists that these lists bring: codes of this program, and those that the database holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from data_access import codes
from data_access import tables as t
from data_access.editing_tables import register_category

Lists = Mapping[str, Iterable[str]]


def territory_lists(connection: Connection) -> Lists:
    """Returns levels, and the P-codes and KATOTTG codes that are loaded."""
    c = t.territory.c
    return {
        "level": codes.LEVELS,
        "territory": connection.scalars(select(c.code)),
        "katottg": connection.scalars(select(c.katottg).where(c.katottg != "")),
    }


def source_list(connection: Connection) -> Lists:
    """Returns the sources that are loaded."""
    return {"source": connection.scalars(select(t.source.c.source_id))}


def producer_list(connection: Connection) -> Lists:
    """Returns the producers that are loaded."""
    return {"producer": connection.scalars(select(t.producer.c.producer))}


def status_lists(_connection: Connection) -> Lists:
    """Returns the words of the list under order 376."""
    return {
        "territory_status": codes.TERRITORY_STATUSES,
        "unit_kind": codes.UNIT_KINDS,
        "scope": ("whole", "part"),
    }


def category_lists(connection: Connection) -> Lists:
    """Returns the states of a category, and the categories that are loaded."""
    return {
        "category_state": codes.CATEGORY_STATES,
        "register_category": connection.scalars(select(register_category.c.code)),
    }
