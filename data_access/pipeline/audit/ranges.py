"""The range of every hidden figure under sums that hold, by linear programming (HiGHS).

A figure passes as soon as two known solutions lie far enough apart. So a few problems push all hidden figures up or
down at once, in random directions; only those that are still open get a least and a greatest value of their own.
The linear range holds every whole-number solution: a figure that is reported really is that narrow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

FARTHEST = 1e13  # five times the largest amount that can be loaded; a range without end would have no solution
PUSHES = 40  # pairs of problems with random directions
NEAR = 1e-6
Numbers = float | np.ndarray


@dataclass(frozen=True)
class Problem:
    """Bounds of each figure; sums as (numbers, factors, least, greatest)."""

    low: np.ndarray
    high: np.ndarray
    sums: tuple[tuple[np.ndarray, np.ndarray, float, float], ...] = ()

    def with_bounds(self, low: np.ndarray, high: np.ndarray) -> Problem:
        """The same sums with other bounds."""
        return replace(self, low=low, high=high)


class Solver:
    """Solutions of one Problem. `possible` is False where there is none."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.size = problem, len(problem.low)
        self.matrices = _matrices(problem)
        self.first = self.solution(np.zeros(self.size))
        self.possible = self.first is not None

    def solution(self, push: np.ndarray) -> np.ndarray | None:
        """The solution that is least in the direction `push`, None where there is none."""
        from scipy.optimize import linprog

        bounds = np.clip(np.column_stack([self.problem.low, self.problem.high]), -FARTHEST, FARTHEST)
        found = linprog(push, bounds=bounds, method="highs", **self.matrices)
        if found.status == 2:
            return None
        if found.status:
            raise ArithmeticError(f"HiGHS found no answer: {found.message}")
        return np.asarray(found.x)

    def range(self, number: int) -> tuple[float, float]:
        """The least and the greatest value of one figure."""
        push = np.zeros(self.size)
        push[number] = 1
        ends = _known(self.solution(push))[number], _known(self.solution(-push))[number]
        return float(ends[0]), float(ends[1])


def narrow(solver: Solver, wanted: np.ndarray, widths: np.ndarray, seed: int = 0) -> Iterator[tuple[int, float, float]]:
    """Of the `wanted` figures (numbers) those whose range is narrower than its width: (number, lowest, highest).

    A width of whole numbers counts the values (highest - lowest + 1).
    """
    for number in open_after_pushing(solver, wanted, widths, seed):
        low, high = solver.range(number)
        if not wide(low, high, widths[number]):
            yield int(number), math.ceil(low - NEAR), math.floor(high + NEAR)


def open_after_pushing(solver: Solver, wanted: np.ndarray, widths: np.ndarray, seed: int = 0) -> np.ndarray:
    """The wanted figures of which a few solutions do not show yet that their range is wide enough."""
    chance = np.random.default_rng(seed)
    first = _known(solver.first)
    least, greatest = first.copy(), first.copy()
    for _ in range(PUSHES):
        if not len(wanted):
            break
        # weights far apart: the slack of a sum goes to few figures at a time
        push = np.zeros(solver.size)
        push[wanted] = chance.choice([-1.0, 1.0], len(wanted)) * 10 ** chance.uniform(0, 4, len(wanted))
        for way in (push, -push):
            point = _known(solver.solution(way))
            least, greatest = np.minimum(least, point), np.maximum(greatest, point)
        wanted = wanted[~wide(least[wanted], greatest[wanted], widths[wanted])]
    return wanted


def wide(low: Numbers, high: Numbers, width: Numbers) -> Any:
    """Whether a range holds as many whole numbers as it must."""
    return np.floor(np.add(high, NEAR)) - np.ceil(np.subtract(low, NEAR)) + 1 >= width


def _known(solution: np.ndarray | None) -> np.ndarray:
    """The solution of a problem of which `possible` has said that it has one."""
    if solution is None:
        raise ArithmeticError("These sums cannot all hold.")
    return solution


def _matrices(problem: Problem) -> dict[str, Any]:
    from scipy.sparse import csr_array

    def matrix(rows: list[tuple[np.ndarray, np.ndarray, float, float]]) -> csr_array:
        numbers = np.concatenate([row[0] for row in rows])
        starts = np.cumsum([0, *(len(row[0]) for row in rows)])
        return csr_array((np.concatenate([row[1] for row in rows]), numbers, starts), (len(rows), len(problem.low)))

    equal = [row for row in problem.sums if row[2] == row[3]]
    below = [row for row in problem.sums if row[2] < row[3] < np.inf]
    above = [(row[0], -row[1], 0.0, -row[2]) for row in problem.sums if -np.inf < row[2] < row[3]]
    found: dict[str, Any] = {}
    if equal:
        found |= {"A_eq": matrix(equal), "b_eq": np.array([row[2] for row in equal])}
    if below or above:
        found |= {"A_ub": matrix(below + above), "b_ub": np.array([row[3] for row in below + above])}
    return found
