"""The auditor: what can a reader work out of a release? It knows only what the reader sees, and the rules.

Public: every oblast with its hromadas is one linear problem (movements: every period), the country with its oblasts
another; every hidden figure must keep a wide enough range (`audit_ranges`).

A member sees exact figures of her own community as well. 1,469 members are not 1,469 problems: the communities of an
oblast are numbered, and for each binary digit those that have it are all made exact at once, then those that have it
not. More knowledge only narrows a range, and two communities differ in some digit; so what stays wide in these few
problems stays wide for each member alone. Only what does not is solved for the members one by one.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Engine, select

from data_access import tables as t
from data_access.engine import Database, explained
from data_access.indicators import Rule, indicators, rules
from data_access.pipeline.audit.ranges import Problem, Solver, narrow
from data_access.pipeline.audit.sums import FLOW, STOCK, allowed, name_of, problem_of
from data_access.pipeline.publish.cells import Key, NewCell
from data_access.pipeline.publish.release import release_cells
from data_access.releases import release as release_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """A hidden figure that a reader can work out too closely. For the publisher's eyes only."""

    indicator: str
    territory: str
    period: tuple[date, date]
    breakdown: str
    category: str
    audience: str
    lowest: float
    highest: float
    allowed: float

    def __str__(self) -> str:
        what = f"{self.indicator} {self.category or 'total'} of {self.territory}, {self.period[0]} to {self.period[1]}"
        return (
            f"{what}: {self.audience} can narrow the hidden figure to {self.lowest:g}..{self.highest:g}, fewer than "
            f"{self.allowed:g} values; withdraw it or hide another part of its sum, coarsen, or raise the threshold."
        )


@dataclass(frozen=True)
class Block:
    """One linear problem, the hidden figures in it, and members' exact values by community."""

    problem: Problem
    cells: dict[int, NewCell]
    own: dict[str, dict[int, float]]
    width: float


def audit(
    engine: Engine,
    release_name: str | None,
    *,
    member: str = "",
    public: bool = False,
    **tricks: Any,
) -> list[Finding]:
    """All hidden figures of a release (None: the newest) that a reader can narrow too far.

    For the public and every member; with `public` for the public alone, with `member` (a P-code) for her too. `tricks`
    as in `audit_sums.problem_of`. Raises UnknownRelease, DatabaseProblem.
    """
    release = release_of(Database(engine, ""), release_name)
    with explained(engine), engine.connect() as connection:
        cells = release_cells(connection, release.id)
        older = connection.scalars(select(t.release.c.id).where(t.release.c.id < release.id)).all()
        before = [cell for number in older for cell in release_cells(connection, number) if cell.audience == "public"]
    found = []
    for (source, family, place), block in blocks(cells, before, tricks):
        log.info("%s, %s, %s: %d hidden figures", source, family, place, len(block.cells))
        found += public_findings(block)
        if not public:
            found += member_findings(block, [member] if member else sorted(block.own))
    return list(dict.fromkeys(found))


def protected() -> dict[str, Rule]:
    """The rules that hide small counts, by indicator."""
    known = {name: rules()[record.rule] for name, record in indicators().items()}
    return {name: rule for name, rule in known.items() if rule.threshold}


def blocks(cells: list[NewCell], before: list[NewCell], tricks: dict[str, Any]) -> Iterator[tuple[Key, Block]]:
    """The problems of a release, each by (source, family of indicators, oblast or period)."""
    own_rules, groups = protected(), defaultdict(list)
    for cell in cells:
        if cell.indicator in own_rules and cell.status != "s":
            for key in _keys(cell):
                groups[key].append(cell)
    least = _earlier(before)
    for key, group in sorted(groups.items(), key=lambda item: tuple(map(str, item[0]))):
        yield key, block_of(group, own_rules[group[0].indicator], least, **tricks)


def block_of(group: list[NewCell], rule: Rule, least: dict[Key, float] | None = None, **tricks: Any) -> Block:
    """The problem of the cells of one source and family that belong together."""
    public = [cell for cell in group if cell.audience == "public"]
    exact = [c for c in group if c.audience == "members" and len(c.territory_code) > 4 and c.value is not None]
    known = {name_of(cell) for cell in public}
    extra = [cell._replace(value=None) for cell in exact if name_of(cell) not in known]
    problem, numbers = problem_of([*public, *extra], rule, **tricks)
    for cell in extra:
        problem.high[numbers[name_of(cell)]] = np.inf
    for cell in public:  # registers grow
        at, floor = numbers[name_of(cell)], (least or {}).get(_lasting(cell), 0)
        if cell.value is not None and problem.low[at] < floor <= problem.high[at]:
            problem.low[at] = floor
    own: dict[str, dict[int, float]] = defaultdict(dict)
    for cell in exact:
        if cell.value is not None:
            own[cell.territory_code][numbers[name_of(cell)]] = cell.value
    return Block(problem, {numbers[name_of(c)]: c for c in public if c.status == "c"}, dict(own), allowed(rule))


def public_findings(block: Block) -> list[Finding]:
    """What the public can narrow too far."""
    return _found(block, {}, np.array(sorted(block.cells), int), "the public")


def member_findings(block: Block, members: list[str]) -> list[Finding]:
    """What a member can narrow too far of others, with the exact figures of her community."""
    suspects = _suspects(block, [code for code in members if code in block.own])
    found = []
    for code, numbers in suspects.items():
        found += _found(block, block.own[code], np.array(sorted(numbers), int), f"the member of {code}")
    return found


def _suspects(block: Block, members: list[str]) -> dict[str, set[int]]:
    """By member the hidden figures that are not known yet to stay wide."""
    if len(members) < 4:
        return {code: {at for at in block.cells if block.cells[at].territory_code != code} for code in members}
    found: dict[str, set[int]] = defaultdict(set)
    order = {code: number for number, code in enumerate(members)}
    for digit in range(len(members).bit_length()):
        for side in (0, 1):
            group = [code for code, number in order.items() if number >> digit & 1 == side]
            fixed = {at: value for code in group for at, value in block.own[code].items()}
            wanted = [at for at, cell in block.cells.items() if _tested(cell.territory_code, order, digit, side)]
            for at in _open(block, fixed, np.array(wanted, int)) if group else ():
                for code in group:
                    found[code].add(int(at))
    return found


def _tested(place: str, order: dict[str, int], digit: int, side: int) -> bool:
    """Whether figures of a place are looked at while one side is exact: those of no member always, else the other."""
    return place not in order or order[place] >> digit & 1 != side


def _open(block: Block, fixed: dict[int, float], wanted: np.ndarray) -> np.ndarray:
    solver = Solver(_fixed(block.problem, fixed))
    if not solver.possible:
        return wanted
    return np.array([at for at, _, _ in narrow(solver, wanted, _widths(block))], int)


def _found(block: Block, fixed: dict[int, float], wanted: np.ndarray, audience: str) -> list[Finding]:
    if not len(wanted):
        return []
    solver = Solver(_fixed(block.problem, fixed))
    if not solver.possible:  # some hidden figure is no small count: a reader cannot tell which
        problem = _fixed(block.problem, fixed)
        high = problem.high.copy()
        high[[at for at in block.cells if at not in fixed]] = np.inf
        solver = Solver(problem.with_bounds(problem.low, high))
    if not solver.possible:
        raise ArithmeticError(f"The sums of {block.cells[wanted[0]].indicator} in this release cannot all hold.")
    rows = narrow(solver, wanted, _widths(block))
    return [_finding(block.cells[at], audience, low, high, block.width) for at, low, high in rows]


def _fixed(problem: Problem, fixed: dict[int, float]) -> Problem:
    low, high = problem.low.copy(), problem.high.copy()
    for at, value in fixed.items():
        low[at] = high[at] = value
    return problem.with_bounds(low, high)


def _widths(block: Block) -> np.ndarray:
    return np.full(len(block.problem.low), block.width)


def _finding(cell: NewCell, audience: str, low: float, high: float, width: float) -> Finding:
    period = (cell.period_start, cell.period_end)
    names = (cell.indicator, cell.territory_code, period, cell.breakdown, cell.category)
    return Finding(*names, audience, low, high, width)


def _keys(cell: NewCell) -> Iterator[Key]:
    """The problems in which a figure stands."""
    stem = cell.indicator.removesuffix("_in").removesuffix("_out")
    if stem != cell.indicator:
        yield cell.source_id, stem, (cell.period_start, cell.period_end)
        return
    family = STOCK if cell.indicator == FLOW else cell.indicator
    if len(cell.territory_code) <= 4:
        yield cell.source_id, family, "UA"
    if len(cell.territory_code) >= 4:
        yield cell.source_id, family, cell.territory_code[:4]


def _lasting(cell: NewCell) -> Key:
    """What a figure is through releases: a stock whatever its day."""
    period: tuple[date, ...] = () if cell.period_start == cell.period_end else (cell.period_start, cell.period_end)
    return cell.source_id, cell.indicator, cell.territory_code, period, cell.breakdown, cell.category


def _earlier(before: list[NewCell]) -> dict[Key, float]:
    """The least that figures of registers had before: they only grow."""
    own_rules = protected()
    found: dict[Key, float] = {}
    for cell in before:
        rule = own_rules.get(cell.indicator)
        if rule and cell.indicator in (STOCK, FLOW) and cell.value is not None:
            floor = max(rule.threshold, cell.value - rule.base / 2)
            found[_lasting(cell)] = max(found.get(_lasting(cell), 0), np.ceil(floor))
    return found
