"""What the checks may know: closed lists of the registry and of every kind, and codes that the database holds."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data_access import tables as t
from data_access.indicators import indicators, vocabulary
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.sheet.known import Known

OF_REGISTRY = ("breakdown", "category", "coverage", "unit", "qualifier")


def known_words(connection: Connection) -> Known:
    """Returns all closed lists by name, the registry, and levels, codes and population of territories."""
    words = vocabulary()
    lists = {"indicator": indicators()} | {name: words[name] for name in OF_REGISTRY}
    for kind in KINDS.values():
        lists |= kind.lists(connection)
    listed = {name: frozenset(codes) for name, codes in lists.items()}
    levels = dict(connection.execute(select(t.territory.c.code, t.territory.c.level)).all())
    return Known(listed, indicators(), levels, _places(connection), _population(connection))


def _population(connection: Connection) -> dict[str, float]:
    """Registered population by P-code, where it is loaded."""
    c = t.published_value.c
    whole = select(c.territory_code, c.value).where(c.indicator == "population", c.breakdown == "", c.coverage == "")
    return dict(connection.execute(whole.where(c.value > 0).order_by(c.period_end)).all())


def _places(connection: Connection) -> dict[str, str]:
    """P-code by P-code and by KATOTTG."""
    rows = connection.execute(select(t.territory.c.code, t.territory.c.katottg)).all()
    return {katottg: code for code, katottg in rows if katottg} | {code: code for code, _ in rows}
