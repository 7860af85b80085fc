"""What a reader may assume of the figures of a release: bounds of each, and the sums that must hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np

from data_access.codes import OBJECT_TYPES, RESTRICTED_TYPES
from data_access.indicators import Rule
from data_access.pipeline.audit.ranges import Problem
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.publish.cells import NewCell

GROSSING_UP = 20  # the most persons behind one subscriber, checked at intake
Name = tuple[str, str, date, date, str, str]  # kind, place, first day, last day, breakdown, category
Whole = tuple[Name, bool, str]  # a whole, whether its parts are all of it, of what they are parts
SumRow = tuple[np.ndarray, np.ndarray, float, float]  # numbers, factors, least, greatest
STOCK, FLOW = "objects_damaged", "objects_damaged_in_period"


def allowed(rule: Rule) -> float:
    """How many values a hidden figure must keep at least."""
    return rule.base if rule.id == "damage_money" else rule.threshold / 2


def name_of(cell: NewCell) -> Name:
    """What a figure is. Departures from O to D and arrivals in D from O are one."""
    here, other = cell.territory_code, cell.category.removeprefix("oblast_")
    kind = cell.indicator
    if cell.breakdown == "to_oblast":
        kind, here, other = kind.removesuffix("_out") + "_in", other, here
    moved = cell.breakdown in ("to_oblast", "from_oblast")
    breakdown, category = ("from_oblast", other) if moved else (cell.breakdown, cell.category)
    return kind, here, cell.period_start, cell.period_end, breakdown, category


def bounds_of(cell: NewCell, rule: Rule, *, exact: bool = False, secondary: bool = False) -> tuple[float, float]:
    """The least and the greatest value of a figure by itself. `exact`: it is shown unrounded; `secondary`: it is known
    to be hidden though it reaches the threshold.
    """
    money = rule.id == "damage_money"
    if cell.value is None:
        most = (rule.threshold - 1) * (GROSSING_UP if rule.id == "operator" else 1)
        return (rule.threshold, np.inf) if secondary else (0, np.inf if money else most)
    value = cell.value
    if exact or not rule.base:
        return value, value
    below = (rule.base_from_1000 if value > 1000 else rule.base) / 2
    above = (rule.base_from_1000 if value >= 1000 else rule.base) / 2
    least = 0 if money else rule.threshold
    return max(least, np.ceil(value - below)), value + above if money else np.ceil(value + above) - 1


def problem_of(cells: Iterable[NewCell], rule: Rule, **tricks: Any) -> tuple[Problem, dict[Name, int]]:
    """The problem of figures of one source and family, and the number of each by `name_of`.

    `tricks` try leaks: `exact_totals`, `exact_regions` (shown unrounded), `secondary` (names known to be secondary).
    """
    numbers: dict[Name, int] = {}
    low: list[float] = []
    high: list[float] = []
    for cell in cells:
        name = name_of(cell)
        exact = tricks.get("exact_totals", False) and cell.breakdown == ""
        least, most = bounds_of(cell, rule, exact=exact, secondary=name in tricks.get("secondary", ()))
        if name in numbers:
            at = numbers[name]
            low[at], high[at] = max(low[at], least), min(high[at], most)
        else:
            numbers[name] = len(numbers)
            low.append(least)
            high.append(most)
    sums = _sums(numbers)
    return loosened(Problem(np.array(low, float), np.array(high, float), tuple(sums)), numbers, low), numbers


def loosened(problem: Problem, numbers: dict[Name, int], low: list[float]) -> Problem:
    """Where hidden figures cannot all be small, a sum's hidden figures may be of any size."""
    high = problem.high.copy()
    free = np.array(low) == 0
    for _ in range(5):
        changed = False
        for members, factors, least, _most in problem.sums:
            behind = members[(factors > 0) & free[members]]
            most = np.where(factors > 0, high[members], -problem.low[members]).sum()
            if most < least and np.isfinite(high[behind]).any():
                high[behind], changed = np.inf, True
        if not changed:
            break
    return problem.with_bounds(problem.low, high)


def _sums(numbers: dict[Name, int]) -> list[SumRow]:
    groups: dict[Whole, list[int]] = defaultdict(list)
    exhaustive = {breakdown for kind in KINDS.values() for breakdown in kind.exhaustive}
    stocks = {name[1]: name for name in numbers if name[0] == STOCK and not name[4]}
    newest: dict[str, date] = {}
    for name in numbers:
        if name[0] == FLOW:
            newest[name[1]] = max(name[3], newest.get(name[1], name[3]))
    with_hromadas = {name[1][:4] for name in numbers if len(name[1]) > 4}
    for name, at in numbers.items():
        for whole in (*_wholes(name, numbers, with_hromadas, exhaustive), *_periods(name, stocks, newest)):
            groups[whole].append(at)
    return [*(_row(key, parts, numbers) for key, parts in groups.items()), *_quarters(numbers)]


def _wholes(name: Name, numbers: dict[Name, int], with_hromadas: set[str], exhaustive: set[str]) -> Iterator[Whole]:
    """(name of the whole, exact, of what) of the sums in which a figure is a part."""
    kind, place, start, end, breakdown, category = name
    total = (kind, place, start, end, "", "")
    below_oblast = len(place) > 4 and category in RESTRICTED_TYPES  # in no total there
    if breakdown in exhaustive and total in numbers and not below_oblast:
        yield total, True, breakdown
    if breakdown == "from_oblast":
        left = (kind.removesuffix("_in") + "_out", category, start, end, "", "")
        if left in numbers:
            yield left, True, "to_oblast"
    if kind.endswith(("_in", "_out")):
        return
    level = {4: "UA", 9: place[:4]}.get(len(place))
    whole = (kind, level, start, end, breakdown, category)
    if whole in numbers:
        yield whole, level == "UA" or category in OBJECT_TYPES, "places"
    if kind == STOCK and len(place) > 4 and not breakdown and whole in numbers:
        yield whole, True, "places and restricted types"
    if (
        kind == STOCK
        and len(place) == 4
        and place in with_hromadas
        and category in RESTRICTED_TYPES
        and total in numbers
    ):
        yield total, True, "places and restricted types"


def _periods(name: Name, stocks: dict[str, Name], newest: dict[str, date]) -> Iterator[Whole]:
    """The stock to which a period's figure has led: all of it where the newest period ends on its day."""
    kind, place, *_ = name
    if kind == FLOW and place in stocks:
        yield stocks[place], len(place) <= 4 and newest[place] == stocks[place][3], "periods"


def _quarters(numbers: dict[Name, int]) -> Iterator[SumRow]:
    """Quarters of hromadas are at most the months of their oblast, which holds restricted types as well."""
    quarters: dict[tuple[str, date, date], list[int]] = defaultdict(list)
    months: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for (kind, place, start, end, *_), at in numbers.items():
        if kind == FLOW and len(place) > 4:
            quarters[place[:4], start, end].append(at)
        elif kind == FLOW and len(place) == 4:
            months[place, start.year, (start.month - 1) // 3].append(at)
    for (place, start, _), parts in quarters.items():
        behind = months[place, start.year, (start.month - 1) // 3]
        if len(behind) == 3:
            factors = np.concatenate([np.ones(len(parts)), -np.ones(3)])
            yield np.array([*parts, *behind]), factors, -np.inf, 0.0


def _row(key: Whole, parts: list[int], numbers: dict[Name, int]) -> SumRow:
    whole, exact, _ = key
    factors = np.concatenate([-np.ones(1), np.ones(len(parts))])
    members = np.array([numbers[whole], *parts])
    return members, factors, (0.0 if exact else -np.inf), 0.0
