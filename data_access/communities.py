"""What is known of a hromada beside its figures: its profile among its peers, its official status through time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, func, select

from data_access import tables as t
from data_access.engine import Database
from data_access.frames import frame_of
from data_access.reading import read_frame, read_rows
from data_access.releases import Release, holds, release_id
from data_access.table_columns import metadata, one_of, text, word
from data_access.territorial_status import CATEGORIES, FULL_SCALE_INVASION, Period, StatusList, Stretch

HISTORY = ("first", "last", "status", "mixed", "partly")

peer_profile = Table(
    "peer_profile",
    metadata,
    Column("territory_code", word(16), ForeignKey("territory.code"), primary_key=True),
    Column("from_release", ForeignKey("release.id"), primary_key=True, comment="first release that holds it"),
    Column("to_release", ForeignKey("release.id"), comment="first release without it; NULL = still current"),
    text("status", "official status of the majority of settlements on the day of the edition", 32),
    text("population_band", "p0 to p6, by the population of 2022", 2),
    text("kind", "urban, settlement or rural", 16),
    text("displaced_band", "d0 to d3, by displaced persons per 100 of the population of 2022", 2),
    Column("member", Boolean(create_constraint=False), nullable=False, comment="of the Association"),
    text("kept", "criteria of the peer group, separated by spaces"),
    Column("peers", Integer, nullable=False, comment="how many others share them"),
    one_of("status", ("", *CATEGORIES)),
    comment="Hromadas as peer groups see them, worked out at publication from public cells",
)


def peer_profiles(db: Database, *, release: Release | str | None = None) -> pd.DataFrame:
    """Every hromada as peer groups see it, by P-code; empty for a release older than peer groups.

    Columns: code, status, population_band, kind, displaced_band ('' = not known), member (bool), kept (criteria
    separated by spaces), peers (how many others share them). `peers_of` names them.
    """
    c = peer_profile.c
    names = ("status", "population_band", "kind", "displaced_band", "member", "kept", "peers")
    wanted = select(c.territory_code.label("code"), *(c[name] for name in names))
    held = holds(peer_profile, release_id(db, release))
    return read_frame(db, wanted.where(held).order_by(c.territory_code))


def status_history(db: Database, code: str) -> pd.DataFrame:
    """The official status of a unit from 24 February 2022 to the day of the newest edition, oldest first.

    Columns: first, last (days, both included), status (of the majority of a hromada's settlements), mixed (they
    differ), partly (the list covers the unit in part). Of a raion or region: what the list says of it, or of the
    region above, as a whole. Without gaps; empty where no edition is loaded, or where it says nothing of either.
    """
    c = t.territory.c
    newest = select(func.max(t.territory_status.c.edition_on)).scalar_subquery()
    rows = read_rows(db, select(c.level, c.settlements, newest).where(c.code == code, c.level != "country"))
    if not rows or rows[0][2] is None:
        return frame_of([], HISTORY)
    level, settlements, edition = rows[0]
    periods = _periods(db, code, edition)
    if level != "hromada":  # the gravest that holds, whether its row names the unit or the region above
        periods = [replace(one, code=code) for one in periods if one.unit_kind != "settlement"]
        settlements = 1
    if level != "hromada" and not periods:
        return frame_of([], HISTORY)
    listed = StatusList(periods, {code: settlements})
    return frame_of(_joined(listed.history(code, FULL_SCALE_INVASION, edition)), HISTORY)


def _periods(db: Database, code: str, edition: date) -> list[Period]:
    c = t.territory_status.c
    columns = (c.code, c.unit_katottg, c.unit_kind, c.status, c.scope, c.start_on, c.end_on)
    concerned = c.code.in_([code[:4], code[:6], code])
    return [Period(*row) for row in read_rows(db, select(*columns).where(c.edition_on == edition, concerned))]


def _joined(stretches: list[Stretch]) -> list[tuple[date, date, str, bool, bool]]:
    """Neighbours that say the same become one."""
    rows: list[tuple[date, date, str, bool, bool]] = []
    for one in stretches:
        said = (one.status, one.mixed, one.partly)
        first = rows.pop()[0] if rows and rows[-1][2:] == said else one.first
        rows.append((first, one.last, *said))
    return rows
