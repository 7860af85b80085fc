"""The auditor's ranges against trying every whole number."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy")

from data_access.pipeline.audit.ranges import Problem, Solver, narrow, wide
from tests.support.run import amount


def table(parts: list[int], base: int, threshold: int) -> Problem:
    """A total and its parts, each rounded to the base or hidden below the threshold."""
    bounds = []
    for value in (sum(parts), *parts):
        shown = base * ((2 * value + base) // (2 * base))
        small = value < threshold
        bounds.append((0, threshold - 1) if small else (max(threshold, shown - base // 2), shown + (base - 1) // 2))
    low, high = np.array(bounds, float).T
    factors = np.array([-1.0] + [1.0] * len(parts))
    return Problem(low, high, ((np.arange(len(bounds)), factors, 0.0, 0.0),))


def tried(problem: Problem, number: int) -> tuple[int, int]:
    """The least and greatest value of a part by trying all of them."""
    spans = [range(int(a), int(b) + 1) for a, b in zip(problem.low[1:], problem.high[1:], strict=True)]
    fit = [way for way in itertools.product(*spans) if problem.low[0] <= sum(way) <= problem.high[0]]
    return min(way[number - 1] for way in fit), max(way[number - 1] for way in fit)


@settings(max_examples=amount(25, of=60), deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_linear_range_is_that_of_whole_numbers_in_one_sum(parts):
    problem = table(parts, 10, 10)
    for number in range(1, len(parts) + 1):
        assert Solver(problem).range(number) == pytest.approx(tried(problem, number))


def test_24_24_7_leaves_three_values():
    problem = table([24, 24, 7], 10, 10)
    widths = np.full(4, 5.0)
    assert list(narrow(Solver(problem), np.array([3]), widths)) == [(3, 7, 9)]


@settings(max_examples=amount(25, of=60), deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 9))
def test_pushing_certifies_no_narrow_figure(parts, seed):
    problem = table(parts, 10, 10)
    hidden = np.array([number for number, value in enumerate(parts, 1) if value < 10], int)
    found = {number for number, _, _ in narrow(Solver(problem), hidden, np.full(len(parts) + 1, 5.0), seed)}
    expected = {n for n in hidden if tried(problem, n)[1] - tried(problem, n)[0] + 1 < 5}
    assert found == expected


def test_no_solution_is_told():
    assert not Solver(Problem(np.array([30.0, 0.0]), np.array([30.0, 9.0]), table([7], 10, 10).sums)).possible


def test_width_counts_whole_numbers():
    assert wide(0.5, 5.0, 5) and not wide(0.5, 4.9, 5)


def test_a_figure_without_an_upper_bound_is_wide_and_no_fault():
    """A sum of money of which both whole and part are hidden has no greatest value."""
    endless = Problem(np.zeros(2), np.full(2, np.inf), ((np.arange(2), np.array([-1.0, 1.0]), -np.inf, 0.0),))
    assert list(narrow(Solver(endless), np.arange(2), np.full(2, 100_000.0))) == []
