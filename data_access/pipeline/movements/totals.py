"""Movements as an operator counts them: months between regions, quarters of hromadas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

import pandas as pd
from sqlalchemy import Connection, select

from data_access.indicators import rules
from data_access.pipeline.records.exact_figures import figures, hromadas, last_public_month, read
from data_access.record_tables import cohort, movement

INDICATORS = {"migration": "migration", "commuting": "commuting", "return": "returns"}
WAYS = (  # (suffix, where it counts, the other end, breakdown)
    ("in", "destination", "origin", "from_oblast"),
    ("out", "origin", "destination", "to_oblast"),
)
SUMS = ["subscribers", "persons"]
AVERAGE = {
    "uk": "У середньому за робочий день кварталу.",
    "en": "On an average working day of the quarter.",
}


def movement_figures(connection: Connection, today: date) -> Iterator[pd.DataFrame]:
    """Exact figures of each source and kind, of the months that may be public; each source has one cohort a kind."""
    newest = pd.Timestamp(last_public_month(today, rules()["operator"].delay_days))
    m = movement.c
    texts = {row.cohort: row for row in connection.execute(select(cohort))}
    names = (m.source_id, m.kind, m.cohort, m.period_start, m.origin_code, m.destination_code, m.subscribers, m.persons)
    moves = read(connection, select(*names).where(m.period_start <= newest.date()))
    units = hromadas(connection)
    moves["month"] = pd.PeriodIndex(pd.to_datetime(moves["period_start"]), freq="M")
    for key, own in moves.groupby(["source_id", "kind", "cohort"], sort=True):
        source_id, kind, group = cast(tuple[str, str, str], key)  # pandas-stubs: Hashable
        notes = {lang: getattr(texts[group], f"definition_{lang}") for lang in ("uk", "en")}
        for suffix, here, there, breakdown in WAYS:
            indicator = f"{INDICATORS[kind]}_{suffix}"
            for frame in (*_regions(own, here, there, breakdown, notes), _hromadas(own, kind, here, notes, units)):
                yield frame.assign(indicator=indicator, source_id=source_id)


def _regions(own: pd.DataFrame, here: str, there: str, breakdown: str, notes: dict[str, str]) -> Iterator[pd.DataFrame]:
    """Moves across a region's border by month: in all, and by the other region (every one of those in the data)."""
    ends = own.assign(here=own[f"{here}_code"].str[:4], there=own[f"{there}_code"].str[:4])
    regions = sorted({*ends["here"], *ends["there"]})
    crossing = ends[ends["here"] != ends["there"]]
    months = sorted(own["month"].unique())
    index = pd.MultiIndex.from_product([regions, regions, months], names=["here", "there", "month"])
    counts = crossing.groupby(["here", "there", "month"])[SUMS].sum().reindex(index, fill_value=0).reset_index()
    counts = counts[counts["here"] != counts["there"]]
    totals = counts.groupby(["here", "month"], as_index=False)[SUMS].sum()
    yield _shaped(totals, "region", notes)
    yield _shaped(counts.assign(breakdown=breakdown, category="oblast_" + counts["there"]), "region", notes)


def _hromadas(own: pd.DataFrame, kind: str, here: str, notes: dict[str, str], units: list[str]) -> pd.DataFrame:
    """All moves of a hromada by quarter, those that have ended; of commuting the average of the quarter's months.

    Every hromada of the regions in the data: which of them have rows is not told.
    """
    below = own[own[f"{here}_code"].str.len() > 4]
    below = below.assign(here=below[f"{here}_code"], quarter=below["month"].dt.asfreq("Q"))
    newest = own["month"].max()
    held = below.groupby("quarter")["month"].nunique()
    whole = [quarter for quarter in held.index if quarter.asfreq("M", how="end") <= newest and held[quarter] == 3]
    regions = set(below["here"].str[:4])
    index = pd.MultiIndex.from_product([[u for u in units if u[:4] in regions], whole], names=["here", "month"])
    counts = below.groupby(["here", below["quarter"].rename("month")])[SUMS].sum().reindex(index, fill_value=0)
    if kind == "commuting":
        counts = counts // 3
        notes = {lang: f"{AVERAGE[lang]} {text}" for lang, text in notes.items()}
    return _shaped(counts.reset_index(), "hromada", notes)


def _shaped(counts: pd.DataFrame, level: str, notes: dict[str, str]) -> pd.DataFrame:
    periods = pd.PeriodIndex(counts["month"])
    return figures(
        counts.rename(columns={"here": "territory_code", "subscribers": "count", "persons": "value"}),
        level=level,
        period_start=periods.start_time.date,
        period_end=periods.end_time.date,
        unit="persons",
        note_uk=notes["uk"],
        note_en=notes["en"],
    ).astype({"value": float})
