"""A value among its peers' values: how far from their median it lies, and whether that is more than noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median as middle_of

from dashboard import data
from dashboard.answers.peer_values import Values
from dashboard.language.words import MONEY, unknown
from data_access import Indicator, rules

FEWEST = 5  # peers with a value: with fewer no comparison is shown
MOST_HIDDEN = 5  # one in so many peers may be suppressed, no more
FEWEST_FOR_MEDIAN = 12  # peers with a value: fewer have an order, but no middle half worth the name
FAR = 3  # median absolute deviations
QUARTER = 4  # one in so many peers at most lies beyond what is called above or below the middle half
MOST_CUT = 3  # values on a side of the axis that may stand beyond a break
NARROW = 3  # a break is made where the values without it would be pressed into less than one in so many of the width
NORMAL_975 = 1.959964  # the normal quantile of a 95 % interval
NO_COUNTS = (*MONEY, "percent", "months", "km")
WITHHELD = ("few", "suppressed")
BELOW, NEITHER, ABOVE = -1, 0, 1
DIRECTIONS = {
    **dict.fromkeys(("above", "far_above", "over"), ABOVE),
    **dict.fromkeys(("below", "far_below", "under"), BELOW),
    **dict.fromkeys(("middle", "near", "same", "noise"), NEITHER),
}


@dataclass(frozen=True)
class Comparison:
    """Where a value stands. Withheld ("few", "suppressed"): no median, MAD, shares nor domain are given.

    `position`: order where the known peers are too few for more than that (FEWEST_FOR_MEDIAN). Else by the distance
    from the median, where the order of the values agrees: middle, above, below, far_above, far_below; where it does
    not, near (within one MAD, but in an outer quarter), over and under (beyond it, but among the middle half). same or
    differs where MAD is 0; noise where rounding or chance explains the distance; unknown where there is none of mine.
    `known`, `hidden`, `missing` count peers; `higher`, `lower`, `equal` those above, below and at my value. `low`,
    `high`: the ends of the axis, which holds all values, mine too, but for a few so far off that they would press the
    others together; `outliers`: the places of those in the peers given.
    """

    position: str
    mine: float = math.nan
    known: int = 0
    hidden: int = 0
    missing: int = 0
    median: float = math.nan
    mad: float = math.nan
    higher: int = 0
    lower: int = 0
    equal: int = 0
    low: float = math.nan
    high: float = math.nan
    outliers: tuple[int, ...] = ()

    @property
    def peers(self) -> int:
        """All peers, known or not."""
        return self.known + self.hidden + self.missing

    @property
    def withheld(self) -> bool:
        return self.position in WITHHELD

    @property
    def large(self) -> bool:
        """Whether so many peers are known that median and middle half say something."""
        return self.known >= FEWEST_FOR_MEDIAN

    @property
    def direction(self) -> int | None:
        """1 above the group, -1 below, 0 neither, None where nothing can be said."""
        if self.position == "differs":
            return ABOVE if self.mine > self.median else BELOW
        if self.position == "order":
            return ABOVE if _beyond(self.higher, self.known) else BELOW if _beyond(self.lower, self.known) else NEITHER
        return DIRECTIONS.get(self.position)


def compare(
    mine: float | None,
    peers: Sequence[float],
    *,
    hidden: int = 0,
    missing: int = 0,
    base: float = 0,
    counted: bool = False,
    per: float = 1.0,
) -> Comparison:
    """Where `mine` stands among the peers' values; NaN among them counts as missing, zero is a value.

    `hidden`, `missing`: further peers, suppressed ones and those without a value. `base`: to what values are rounded.
    `counted`: mine is a count × `per`, so that chance moves it by the 95 % Poisson interval.
    """
    values = [float(value) for value in peers if not unknown(value)]
    known, missing = len(values), missing + len(peers) - len(values)
    own = math.nan if mine is None else float(mine)
    if reason := _withheld(known, hidden, missing):
        return Comparison(reason, own, known, hidden, missing)
    median = float(middle_of(values))
    mad = float(middle_of(abs(value - median) for value in values))
    mad = 0.0 if close(median + mad, median) else mad
    low, high = axis(values if unknown(own) else [*values, own], median, mad)
    higher = sum(value > own and not close(value, own) for value in values)
    equal = sum(close(value, own) for value in values)
    lower = 0 if unknown(own) else known - higher - equal
    return Comparison(
        _position(own, median, mad, noise(own, median, base, counted, per), lower, higher, known),
        own,
        known,
        hidden,
        missing,
        median=median,
        mad=mad,
        higher=higher,
        lower=lower,
        equal=equal,
        low=low,
        high=high,
        outliers=tuple(i for i, value in enumerate(peers) if not unknown(value) and not low <= value <= high),
    )


def compared(values: Values) -> Comparison:
    """The comparison of a unit with its peers in one measurement; its outliers are places in `values.known`."""
    record, factor, mine = data.registry()[values.indicator], values.factor, values.value(values.mine)
    times = 1 if math.isnan(factor) else factor
    return compare(
        mine,
        [values.value(code) for code in values.known],
        hidden=values.hidden,
        missing=len(values.peers) - len(values.known) - values.hidden,
        base=rounding_base(record, mine / times) * times,
        counted=is_count(record),
        per=factor,
    )


def rounding_base(indicator: Indicator, count: float) -> float:
    """To what the indicator's rule rounds a figure of this size; 0 for figures shown as their source published them."""
    rule = rules()[indicator.rule]
    return float(rule.base_from_1000 if count >= 1000 else rule.base)


def is_count(indicator: Indicator) -> bool:
    """Whether the values count people or things: no ratio, money, time or length."""
    return indicator.kind != "ratio" and indicator.unit not in NO_COUNTS


def noise(mine: float, median: float, base: float, counted: bool, per: float) -> bool:
    """Whether rounding or chance alone may part the value from the median."""
    if abs(mine - median) <= base:
        return True
    if not counted or unknown(mine) or unknown(per):
        return False
    low, high = poisson(mine / per)
    return low <= median / per <= high


def poisson(count: float) -> tuple[float, float]:
    """The 95 % interval of the mean behind a count, by Byar's approximation."""
    low = count * (1 - 1 / (9 * count) - NORMAL_975 / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return max(low, 0.0), more * (1 - 1 / (9 * more) + NORMAL_975 / (3 * math.sqrt(more))) ** 3


def close(one: float, other: float) -> bool:
    """Equal, but for the last digits of a division."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def _withheld(known: int, hidden: int, missing: int) -> str:
    if known + hidden < FEWEST:
        return "few"
    if hidden * MOST_HIDDEN > known + hidden + missing:
        return "suppressed"
    return "few" if known < FEWEST else ""


def _position(mine: float, median: float, mad: float, noise: bool, lower: int, higher: int, known: int) -> str:
    if unknown(mine):
        return "unknown"
    away = abs(mine - median)
    within = away < mad or close(away, mad) or close(mine, median)
    if noise and not within:
        return "noise"
    if known < FEWEST_FOR_MEDIAN:
        return "order"
    if not mad:
        return "same" if within else "differs"
    if within:
        return "middle" if max(lower, higher) * QUARTER <= (QUARTER - 1) * known else "near"
    if not _beyond(higher if mine > median else lower, known):
        return "over" if mine > median else "under"
    side = "above" if mine > median else "below"
    return side if away < FAR * mad or close(away, FAR * mad) else f"far_{side}"


def _beyond(further: int, known: int) -> bool:
    """Whether so few lie further out that a value stands outside the group's middle half."""
    return further * QUARTER <= known


def axis(values: Sequence[float], median: float, mad: float) -> tuple[float, float]:
    """The ends of an axis that holds all values but a few far beyond median ± 3 MAD: three a side, a quarter of all.

    They are left out where they would press the others into less than a third of the width, as few as that takes.
    """
    ordered, most = sorted(values), min(MOST_CUT, len(values) // QUARTER)
    first, last = max(median - FAR * mad, ordered[0]), min(median + FAR * mad, ordered[-1])
    low = range(min(most, sum(value < first for value in ordered)) + 1)
    high = range(min(most, sum(value > last for value in ordered)) + 1)
    ends = [(ordered[i], ordered[-1 - j]) for i, j in sorted(product(low, high), key=sum)]
    wide = (one for one in ends if mad and (one[1] - one[0]) <= NARROW * (last - first))
    return next(wide, ends[-1] if mad and 2 * (ends[-1][1] - ends[-1][0]) <= ordered[-1] - ordered[0] else ends[0])
