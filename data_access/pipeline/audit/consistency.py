"""Is what the database holds consistent with itself and with the registry? Each doubt is one sentence."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, func, select

from data_access import codes
from data_access import editing_tables as e
from data_access import tables as t
from data_access.engine import explained
from data_access.indicators import Indicator, indicators, vocabulary
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.publish.cells import seals
from data_access.pipeline.publish.peer_groups import Profiles, profiles_held, units_now, worked_out_again
from data_access.pipeline.publish.release import release_cells

log = logging.getLogger(__name__)
SHOWN = 5


def doubts(engine: Engine) -> list[str]:
    """Everything found wrong; an empty list means that all is well. Raises DatabaseProblem."""
    found: list[str] = []
    with explained(engine), engine.connect() as connection:
        for name, check in _checks().items():
            log.info("Checking %s", name)
            found += check(connection)
    return found


def _checks() -> dict[str, Callable[[Connection], Iterator[str]]]:
    """What is checked, by the words that say so."""
    return {
        "the file": _file,
        "territories": _territories,
        "words": _registry,
        "releases": _releases,
        "peer groups": _peer_groups,
        "withdrawals": _withdrawn,
        **{kind.name.replace("-", " "): kind.doubts for kind in KINDS.values() if kind.doubts},
        "publication": _published,
    }


def _file(connection: Connection) -> Iterator[str]:
    """SQLite only: the file itself, and rows that name rows which are not there."""
    if connection.dialect.name != "sqlite":
        return
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if said != "ok":
        yield f"The database file is damaged: {said}."
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(SHOWN):
        yield f"A row of {row[0]} names a row of {row[2]} that does not exist."


def _releases(connection: Connection) -> Iterator[str]:
    """Each release still holds exactly the cells it was published with."""
    c = t.release.c
    for row in connection.execute(select(t.release).order_by(c.id)).mappings().all():
        held: Mapping[str, object] = seals(release_cells(connection, row["id"]))
        for whose, what in (("", "public cells"), ("members_", "members' cells")):
            count, now = row[f"{whose}cells"], held[f"{whose}cells"]
            if now != count:
                yield f"Release {row['name']} was published with {count} {what} and now holds {now}."
            elif held[f"{whose}sha256"] != row[f"{whose}sha256"]:
                yield f"The {what} of release {row['name']} differ from those it was published with (sha256)."


def _peer_groups(connection: Connection) -> Iterator[str]:
    """Each release still holds the peer groups that its cells give; the newest one holds some."""
    held: Profiles = {}
    for number, name in connection.execute(select(t.release.c.id, t.release.c.name).order_by(t.release.c.id)):
        held = profiles_held(connection, number)
        again = worked_out_again(connection, number, held)
        differ = sum(one != again[code] for code, one in held.items())
        if differ:
            yield f"The peer groups of {differ} communities in release {name} differ from those its cells give."
    if not held and connection.scalar(select(func.count()).select_from(t.release)) and units_now(connection):
        yield f"Release {name} has no peer groups yet; publish once more: python -m data_access publish."


def _withdrawn(connection: Connection) -> Iterator[str]:
    """Nothing that was withdrawn is shown in any release."""
    same = and_(*(t.cell.c[name] == e.withdrawn_cell.c[name] for name in t.KEY))
    wanted = select(func.count()).select_from(t.cell).join(e.withdrawn_cell, same).where(t.cell.c.status != "s")
    shown = connection.scalar(wanted)
    if shown:
        yield f"{shown} cells show a figure that was withdrawn; restore a backup or tell the developers."


def _registry(connection: Connection) -> Iterator[str]:
    """Figures and current cells use words that the registry still knows."""
    registry, words = indicators(), vocabulary()
    for table in (t.published_value, t.cell):
        c = table.c
        columns = (c.indicator, c.breakdown, c.category, c.unit, c.coverage)
        current = select(*columns).distinct()
        for row in connection.execute(current.where(c.to_release.is_(None)) if table is t.cell else current):
            yield from (f"{table.name}: {said}." for said in _unknown_words(row, registry, words))


def _unknown_words(
    row: Row[*tuple[Any, ...]], registry: Mapping[str, Indicator], words: Mapping[str, Mapping[str, object]]
) -> Iterator[str]:
    if row.indicator not in registry:
        yield f"the indicator {row.indicator} is not in the registry"
        return
    if row.breakdown and row.category not in registry[row.indicator].breakdowns.get(row.breakdown, ()):
        yield f"{row.breakdown}/{row.category} is not a breakdown of {row.indicator}"
    if row.unit not in words["unit"]:
        yield f"the unit {row.unit} of {row.indicator} is not in the vocabulary"
    if row.coverage and row.coverage not in words["coverage"]:
        yield f"the coverage {row.coverage} of {row.indicator} is not in the vocabulary"


def _territories(connection: Connection) -> Iterator[str]:
    """All regions are there, and every unit lies in one of a higher level."""
    c = t.territory.c
    rows = {code: (parent, level) for code, parent, level in connection.execute(select(c.code, c.parent_code, c.level))}
    regions = Counter(level for _, level in rows.values())["region"]
    if rows and regions != 27:
        yield f"There are {regions} regions instead of 27; load the whole territories file."
    for code, (parent, level) in rows.items():
        if parent and codes.LEVELS.index(rows[parent][1]) >= codes.LEVELS.index(level):
            yield f"{code} ({level}) lies in {parent}, which is no higher unit."


def _published(connection: Connection) -> Iterator[str]:
    """Values marked safe since the last release are not on screen yet: said, so that nobody waits for them."""
    values = connection.scalar(select(func.count()).select_from(t.published_value))
    if values and not connection.scalar(select(func.count()).select_from(t.release)):
        yield "Values are loaded but nothing has been published; run: python -m data_access publish."
