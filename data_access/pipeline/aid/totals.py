"""Aid: activities, people and money by place and kind. Public figures leave out communities inside hostilities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
from sqlalchemy import Connection, select

from data_access.pipeline.aid.rules import AMOUNTS
from data_access.pipeline.records.exact_figures import COUNTRY, figures, month_end, read
from data_access.pipeline.records.hostilities import inside_hostilities
from data_access.record_tables import aid_activity

MONEY = ("uah", "usd")
KEYS = ["level", "territory_code"]


def aid_figures(connection: Connection, today: date) -> Iterator[pd.DataFrame]:
    """Exact figures of every source of aid records, as of the end of the month of its newest activity.

    Country and region count communities outside hostilities only, for whoever reads: one key has one meaning.
    """
    a = aid_activity.c
    names = ("source_id", "territory_code", "sector", "unit", "start_on", "people", *AMOUNTS)
    records = read(connection, select(*(a[name] for name in names)).where(a.start_on <= today))
    inside = inside_hostilities(connection, today)
    for source_id, own in records.groupby("source_id", sort=True):
        as_of = min(month_end(own["start_on"].max()), today)
        stock = {"period_start": as_of, "period_end": as_of, "precision": "day", "source_id": source_id}
        placed = _at_each_level(own, inside)
        made = (_activities(placed), _people(placed), *(_amounts(placed, name) for name in AMOUNTS))
        for found in made:
            yield from (figures(frame, **stock) for frame in _by_kind(found))


def _at_each_level(own: pd.DataFrame, inside: frozenset[str]) -> pd.DataFrame:
    outside = own[~own["territory_code"].isin(inside)]
    region = outside["territory_code"].str[:4]
    upper = (
        outside.assign(level="country", territory_code=COUNTRY),
        outside.assign(level="region", territory_code=region),
    )
    hromada = own[own["territory_code"].str.len() > 4].assign(level="hromada")
    return pd.concat([*upper, hromada], ignore_index=True)


def _activities(placed: pd.DataFrame) -> pd.DataFrame:
    return placed.assign(indicator="aid_activities", unit="activities", count=1, value=1.0)


def _people(placed: pd.DataFrame) -> pd.DataFrame:
    known = placed[placed["people"].notna()].astype({"people": float})
    return known.assign(indicator="aid_people_reached", unit="persons", count=known["people"], value=known["people"])


def _amounts(placed: pd.DataFrame, name: str) -> pd.DataFrame:
    known = placed[placed["unit"].isin(MONEY) & placed[name].notna()].astype({name: float})
    return known.assign(indicator=f"aid_{name}", count=1, value=known[name])


def _by_kind(found: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """In all, and by kind of aid: every kind that is in the data, so that a place's kinds tell nothing."""
    if found.empty:
        return
    names = [*KEYS, "indicator", "unit"]
    totals = found.groupby(names)[["count", "value"]].sum().reset_index()
    yield totals.astype({"count": "int64"})
    kinds = pd.DataFrame({"category": sorted(found["sector"].unique())})
    sums = found.groupby([*names, found["sector"].rename("category")])[["count", "value"]].sum()
    filled = (
        totals[names].merge(kinds, how="cross").join(sums, on=[*names, "category"]).fillna({"count": 0, "value": 0})
    )
    yield filled.astype({"count": "int64"}).assign(breakdown="aid")
