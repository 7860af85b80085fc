"""One measurement: the values of one producer, in one unit, for one period. Only they stand in one distribution."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard import data
from dashboard.view import View, breakdown_of
from data_access import PUBLIC, Audience, Indicator, likely_day, producer_rank

LINE = ["producer", "unit", "period_start", "period_end"]


@dataclass(frozen=True)
class Measurement:
    """`places`: unit -> its row in `cells`. `known`: the units that have a value. Parts of a unit are left out.

    `likely`: the day meant (data_access.likely_day), by which the newest is found.
    """

    producer: str
    unit: str
    start: pd.Timestamp
    end: pd.Timestamp
    likely: pd.Timestamp
    cells: pd.DataFrame
    places: dict[str, int]
    known: frozenset[str]

    def of(self, codes: Collection[str]) -> pd.DataFrame:
        """The rows of these units, in their order; no row for a unit that was not measured."""
        return self.cells.iloc[[self.places[code] for code in codes if code in self.places]]


def widest(
    view: View,
    indicator: str,
    category: str,
    codes: Collection[str],
    mine: str = "",
    near: pd.Timestamp | None = None,
) -> Measurement | None:
    """The measurement that knows most of the units, of those that know mine where there are such; None: there is none.

    Of equals the first in the indicator's order of sources, then the newest, or the one nearest to the day `near`.
    A period in the address stands first where anything was measured in it.
    """
    wanted = frozenset(codes)
    found = measurements(indicator, category, audience=view.audience, release=view.release)
    shown = [one for one in found if mine in one.places or not wanted.isdisjoint(one.places)]
    if view.period and near is None:
        shown = [one for one in shown if f"{one.end:%Y-%m-%d}".startswith(view.period)] or shown

    def worth(one: Measurement) -> tuple:
        day = one.likely.toordinal()
        time = day if near is None else -abs(day - near.toordinal())
        return (mine in one.known, mine in one.places, len(wanted & one.known), time)

    return _first_of_best(shown, worth, indicator)


def _first_of_best(found: list[Measurement], worth, indicator: str) -> Measurement | None:
    if not found:
        return None
    most = max(worth(one)[:3] for one in found)
    best = [one for one in found if worth(one)[:3] == most]
    first = in_order({one.producer for one in best}, data.registry()[indicator])[0]
    return max((one for one in best if one.producer == first), key=lambda one: (worth(one), one.unit))


def in_order(producers: Iterable[str], indicator: Indicator) -> list[str]:
    """Producers as the indicator prefers them; `*` in its order stands for all not named."""
    rank = producer_rank(producers := list(producers), indicator.source_order)
    return sorted(producers, key=lambda code: (rank[code], code))


@data.answer(256)
def measurements(
    indicator: str, category: str, *, audience: Audience = PUBLIC, release: str = ""
) -> tuple[Measurement, ...]:
    """All measurements of an indicator and category in a release."""
    breakdown = breakdown_of(indicator, category)
    cells = data.cells(indicator, breakdown=breakdown, audience=audience, release=release)
    cells = cells[(cells["category"] == category) & (cells["coverage"] == "")]
    cells = cells.sort_values("published_on", kind="stable").reset_index(drop=True)
    groups = cells.groupby(LINE, sort=False).indices
    return tuple(_measurement(cells, line, np.asarray(places)) for line, places in groups.items())


def _measurement(cells: pd.DataFrame, line: Any, places: np.ndarray) -> Measurement:
    codes = cells["territory_code"].to_numpy()[places]
    by_code = dict(zip(codes, places.tolist(), strict=True))  # published twice: the later stands
    has_value = cells["value"].notna().to_numpy()
    known = frozenset(code for code, place in by_code.items() if has_value[place])
    producer, unit, start, end = line  # as LINE names them
    likely = likely_day(cells.iloc[places]).max()
    return Measurement(producer, unit, start, end, likely, cells, by_code, known)
