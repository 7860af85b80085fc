"""Frames: what a query answers, and the two ways to narrow one (a headline, a series).

A Frame is a DataFrame with exactly the columns of FRAME_COLUMNS. Texts are '' when nothing is known,
never NaN; `period_start`, `period_end` and `as_of` are datetime64[s]; `value` is a float, NaN exactly
under the marks x z c s. Nothing is formatted, translated, rounded or filled with zeros.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data_access.indicators import Indicator

Frame = pd.DataFrame

FRAME_COLUMNS = (
    "indicator",
    "territory_code",
    "period_start",
    "period_end",
    "precision",
    "breakdown",
    "category",
    "coverage",
    "value",
    "unit",
    "qualifier",
    "status",
    "producer",
    "source_id",
    "as_of",
    "published_on",
    "note_uk",
    "note_en",
)
DATES = {
    "period_start",
    "period_end",
    "as_of",
    "start_on",
    "end_on",
    "edition_on",
    "until",
    "member_since_on",
    "seen_on",
}
DATES |= {"first_as_of", "last_as_of", "first", "last"}
TRUTHS = {"title_confirmed", "member", "mixed", "partly"}
TIMES = {"published_at", "loaded_at", "recorded_at", "withdrawn_at"}
FLOATS = {"value", "old_value", "new_value", "lat", "lon", "area_km2", "settlements"}
FIRST_OF_1970 = date(1970, 1, 1).toordinal()
NOT_A_DAY = np.iinfo("int64").min  # how numpy writes NaT
STILL_CURRENT = pd.Timedelta(days=548)  # 18 months: a better source gives way to figures newer by more
WHOLE = {"cells", "territories", "new", "changed", "vanished", "peers"}


def frame_of(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows of a query as a DataFrame whose types do not depend on what the rows hold (nor on there being any)."""
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pd.DataFrame({name: _typed(name, values) for name, values in zip(columns, by_column, strict=True)})


def _typed(name: str, values: Sequence[Any]) -> np.ndarray | pd.api.extensions.ExtensionArray:
    if name in DATES:
        return _days(values)
    if name in TIMES:
        return np.array(list(values), dtype="datetime64[s]")
    if name in TRUTHS:
        return np.array(list(values), dtype=bool)
    if name in FLOATS:
        return np.array(list(values), dtype=float)
    if name in WHOLE:
        return np.array([int(value or 0) for value in values], dtype="int64")
    return pd.array(["" if value is None else value for value in values], dtype="str")


def _days(values: Sequence[date | None]) -> np.ndarray:
    """Days as datetime64[s]; NaT where there is none. (Counting days is five times faster than parsing them.)"""
    counted = [NOT_A_DAY if day is None else day.toordinal() - FIRST_OF_1970 for day in values]
    return np.array(counted, dtype="int64").view("datetime64[D]").astype("datetime64[s]")


def headline(frame: Frame, indicator: Indicator) -> Frame:
    """One row for each (territory, breakdown, category): the figure to show first (decision 27).

    Of the figures at most `STILL_CURRENT` older than the newest reliable one, that of the first producer in
    `source_order`; of its own the newest by `likely_day`, then the one published last, then the indicator's own unit.
    The whole unit goes before a part of it, and any figure before an [x]. The extra column `others` (int) counts the
    rows of the same key that were left out and differ from it in producer, date or value.
    """
    return _headlines(_ranked(frame, indicator), ["territory_code", "breakdown", "category"])


def headlines(frame: Frame, registry: Mapping[str, Indicator]) -> Frame:
    """The headline of each indicator in `frame`, in one pass; by indicator in the order of `registry`."""
    place = {name: number for number, name in enumerate(registry)}
    pairs = frame[["indicator", "producer"]].drop_duplicates().itertuples(index=False)
    ranks = {(one, by): producer_rank([by], registry[one].source_order)[by] for one, by in pairs}
    rank = [ranks[pair] for pair in zip(frame["indicator"], frame["producer"], strict=True)]
    own = frame["indicator"].map({name: one.unit for name, one in registry.items()})
    ranked = _in_order(frame, pd.Series(rank, index=frame.index, dtype="int64"), frame["unit"] != own)
    found = _headlines(ranked, ["indicator", "territory_code", "breakdown", "category"])
    return found.sort_values("indicator", key=lambda names: names.map(place), kind="stable", ignore_index=True)


def _headlines(ranked: Frame, key: list[str]) -> Frame:
    chosen = ranked.drop_duplicates(key)
    return chosen.assign(others=_others(ranked, chosen, key)).sort_values(key, kind="stable", ignore_index=True)


def series(frame: Frame, indicator: Indicator) -> Frame:
    """The headline's row of each (territory, breakdown, category) with its own past, oldest first.

    Only rows of the headline's producer, unit and coverage; where a period was published more than
    once, the latest publication of it.
    """
    ranked = _ranked(frame, indicator)
    key = ["territory_code", "breakdown", "category"]
    line = [*key, "producer", "unit", "coverage"]
    chosen = ranked.drop_duplicates(key)[line]
    kept = ranked.merge(chosen, on=line).drop_duplicates([*line, "period_start", "period_end"])
    return kept.sort_values([*key, "period_end", "period_start"], kind="stable", ignore_index=True)


def _ranked(frame: Frame, indicator: Indicator) -> Frame:
    """The rows, the one to be preferred first."""
    rank = frame["producer"].map(producer_rank(list(frame["producer"].unique()), indicator.source_order))
    return _in_order(frame, rank, frame["unit"] != indicator.unit)


def _in_order(frame: Frame, rank: pd.Series, foreign: pd.Series) -> Frame:
    order = {  # column: ascending
        "_absent": True,
        "_part": True,
        "_late": True,
        "_rank": True,
        "_likely": False,
        "period_start": False,
        "published_on": False,
        "_foreign": True,
        "source_id": True,
        "unit": True,
    }
    told = frame.assign(
        _absent=frame["status"] == "x",
        _part=frame["coverage"] != "",
        _likely=likely_day(frame),
        _rank=rank,
        _foreign=foreign,
    )
    ordered = told.assign(_late=_late(told)).sort_values(list(order), ascending=list(order.values()), kind="stable")
    return ordered[list(frame.columns)]


def _late(told: pd.DataFrame) -> pd.Series:
    """Whether a reliable figure of the same thing is newer by more than `STILL_CURRENT`."""
    key = ["indicator", "territory_code", "breakdown", "category", "_part"]
    reliable = told["_likely"].where(told["value"].notna() & (told["status"] != "u"))
    newest = reliable.groupby([told[name] for name in key], sort=False).transform("max")
    return told["_likely"] < newest - STILL_CURRENT


def likely_day(frame: Frame) -> pd.Series:
    """The day that a figure speaks of: the middle of its year or month where no more is known, else its period's end.

    So "2022" is later than a spring's figure and earlier than an autumn's. The end of a flow is always known.
    """
    end = frame["period_end"]
    uncertain = frame["period_start"] == end
    for precision, letter, days in (("year", "Y", 181), ("month", "M", 14)):
        middle = end.dt.to_period(letter).dt.start_time.astype(end.dtype) + pd.Timedelta(days=days)
        end = end.where(~(uncertain & (frame["precision"] == precision)), middle)
    return end


def producer_rank(producers: Sequence[str], order: Sequence[str]) -> dict[str, int]:
    """Place of each producer in `order`; "*" stands for everybody not named, and is last where absent."""
    everybody_else = order.index("*") if "*" in order else len(order)
    return {name: order.index(name) if name in order else everybody_else for name in producers}


def _others(ranked: Frame, chosen: Frame, key: list[str]) -> pd.Series:
    """For each chosen row, how many other rows of its key differ in producer, date or value."""
    told = ["producer", "period_start", "period_end", "value"]
    distinct = ranked.drop_duplicates([*key, *told])
    counts = distinct.groupby(key, sort=False).size()
    wanted = pd.MultiIndex.from_frame(chosen[key])
    return pd.Series(counts.reindex(wanted).to_numpy() - 1, index=chosen.index, dtype="int64")
