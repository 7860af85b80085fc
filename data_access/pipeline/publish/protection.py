"""Protection: of exact figures the rounded ones that the public may see, with small counts hidden.

Every figure is rounded from its own exact value, at every level, totals included; a count below the rule's threshold
becomes [c]. So a hidden figure cannot be worked out from the sums it stands in, but by chance a sum may leave it only
a few possible values. Then the smallest shown figure of that sum is hidden with it, under the same mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from data_access.codes import LEVELS
from data_access.indicators import Rule

PLACE = ["source_id", "indicator", "territory_code", "period_start", "period_end"]
ROUNDS = 10  # of looking at all sums again; hiding more only widens what is possible
GROSSING_UP = 20  # the most persons that stand behind one subscriber, checked at intake


@dataclass(frozen=True)
class Sum:
    """Rows (numbers) of which the parts add up to the whole; to at most the whole where it is not `exact`."""

    whole: int
    parts: np.ndarray
    exact: bool = True


def public_figures(exact: pd.DataFrame, rule: Rule, inside: frozenset[str]) -> pd.DataFrame:
    """What the public may see of figures that have the COLUMNS of aggregates: `value` rounded, or none under [c].

    `inside`: P-codes of communities inside hostilities. Figures that the rule shows nowhere are left out.
    """
    shown = exact[exact["open"] & reaches(exact, rule, inside)].reset_index(drop=True)
    if not rule.threshold:
        return shown
    hidden = (shown["count"] < rule.threshold).to_numpy(copy=True)
    if rule.id != "damage_money":  # sums of money keep a range as wide as their base
        low, high = bounds(shown, rule, hidden)
        widen(hidden, low, high, list(sums(shown)), shown["value"].to_numpy(), rule)
    shown["value"] = np.where(hidden, np.nan, rounded(shown["value"].to_numpy(), rule))
    shown["status"] = np.where(hidden, "c", shown["status"])
    shown.loc[hidden, ["note_uk", "note_en"]] = ""  # a note could say how the figure came about
    return shown


def reaches(exact: pd.DataFrame, rule: Rule, inside: frozenset[str]) -> pd.Series:
    """Whether the rule lets the figure's level be public, inside hostilities or not."""
    affected = exact["territory_code"].isin(inside)
    ways = {(level, one): rule.reaches(level, inside=one) for level in LEVELS for one in (True, False)}
    return pd.Series([ways[pair] for pair in zip(exact["level"], affected, strict=True)], exact.index, dtype=bool)


def rounded(values: np.ndarray, rule: Rule) -> np.ndarray:
    """Each value to the nearest multiple of its base, halves upwards; as it is where the rule has no base."""
    if not rule.base:
        return values
    base = np.where(values >= 1000, rule.base_from_1000, rule.base)
    return base * np.floor(values / base + 0.5)


def bounds(shown: pd.DataFrame, rule: Rule, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest value that a reader can think of for each figure by itself."""
    values = rounded(shown["value"].to_numpy(), rule)
    below = np.where(values > 1000, rule.base_from_1000, rule.base) / 2
    above = np.where(values >= 1000, rule.base_from_1000, rule.base) / 2
    low = np.where(hidden, 0, np.maximum(rule.threshold, np.ceil(values - below)))
    return low, np.where(hidden, most_hidden(rule), np.ceil(values + above) - 1)


def most_hidden(rule: Rule) -> float:
    """The greatest count behind a [c] that is small by itself."""
    return (rule.threshold - 1) * (GROSSING_UP if rule.id == "operator" else 1)


def sums(shown: pd.DataFrame) -> Iterator[Sum]:
    """The sums that a reader may make of an indicator's figures (rows numbered from 0)."""
    yield from _categories(shown)
    yield from _territories(shown)
    yield from _periods(shown)


def _categories(shown: pd.DataFrame) -> Iterator[Sum]:
    """Categories of a breakdown, by place and period. Stages hold one another and are no parts."""
    totals = _numbers(shown[shown["breakdown"] == ""], PLACE)
    split = shown[(shown["breakdown"] != "") & (shown["breakdown"] != "stage")]
    for (*place, _), rows in _groups(split, [*PLACE, "breakdown"]):
        if tuple(place) in totals:
            yield Sum(totals[tuple(place)], rows)


def _territories(shown: pd.DataFrame) -> Iterator[Sum]:
    """Regions of the country, hromadas of a region (with what only the region counts: its restricted types)."""
    if shown["unit"].isin(["persons"]).any() and not (shown["level"] == "country").any():
        return  # movements between two hromadas of one region do not cross its border
    same = ["source_id", "indicator", "period_start", "period_end", "breakdown", "category", "unit"]
    upper = {"region": shown["territory_code"].str[:2], "hromada": shown["territory_code"].str[:4]}
    wholes = _numbers(shown, [*same, "territory_code"])
    for level, above in upper.items():
        rows = shown[shown["level"] == level].assign(above=above)
        for key, numbers in _groups(rows, [*same, "above"]):
            if key in wholes:
                complete = level == "region" or key[same.index("breakdown")] == "type"  # totals hold restricted types
                yield Sum(wholes[key], numbers, exact=complete)


def _periods(shown: pd.DataFrame) -> Iterator[Sum]:
    """Periods of a flow against the stock that they have led to, where both stand among the figures."""
    stock = shown[(shown["indicator"] == "objects_damaged") & (shown["breakdown"] == "")]
    flows = shown[shown["indicator"] == "objects_damaged_in_period"]
    totals = _numbers(stock, ["source_id", "territory_code"])
    for key, numbers in _groups(flows, ["source_id", "territory_code"]):
        if key in totals:
            yield Sum(totals[key], numbers, exact=False)


def _groups(rows: pd.DataFrame, names: list[str]) -> Iterator[tuple[tuple[Any, ...], np.ndarray]]:
    """The numbers of the rows of each group, by what stands in the columns `names` (more than one)."""
    found = cast(dict[tuple[Any, ...], np.ndarray], rows.groupby(names, sort=False).indices)  # pandas-stubs: Hashable
    for key, places in found.items():
        yield key, rows.index.to_numpy()[places]


def _numbers(rows: pd.DataFrame, names: list[str]) -> dict[tuple[Any, ...], int]:
    return dict(zip(rows[names].itertuples(index=False, name=None), rows.index, strict=True))


def widen(
    hidden: np.ndarray, low: np.ndarray, high: np.ndarray, among: list[Sum], values: np.ndarray, rule: Rule
) -> None:
    """Hide more (in place) until every hidden figure has at least half as many possible values as the threshold."""
    for _ in range(ROUNDS):
        if not [row for one in among for row in _narrow(one, hidden, low, high, values, rule)]:
            return


def _narrow(
    one: Sum, hidden: np.ndarray, low: np.ndarray, high: np.ndarray, values: np.ndarray, rule: Rule
) -> Iterator[int]:
    """Hide the smallest shown part while the hidden ones have too few possible values; yields what was hidden."""
    most = most_hidden(rule)
    while True:
        behind, shown = one.parts[hidden[one.parts]], one.parts[~hidden[one.parts]]
        if not len(behind) or not len(shown) or _possible(one, behind, shown, low, high, most) * 2 >= rule.threshold:
            return
        smallest = shown[np.argmin(values[shown])]
        hidden[smallest], low[smallest], high[smallest] = True, 0, most
        yield int(smallest)


def _possible(one: Sum, behind: np.ndarray, shown: np.ndarray, low: np.ndarray, high: np.ndarray, most: float) -> float:
    """How many values each hidden part may have: as small counts or, where that cannot be, as any."""
    greatest = high[one.whole] - low[shown].sum()
    least = low[one.whole] - high[shown].sum() if one.exact else 0
    lower, upper = max(0, least - (len(behind) - 1) * most), min(most, greatest)
    if lower > upper:
        lower, upper = (max(0, least) if len(behind) == 1 else 0), greatest
    return float(upper - lower + 1)
