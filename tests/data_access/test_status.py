"""Territorial status: the rule on hand-made lists."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest

from data_access.territorial_status import CATEGORIES, FULL_SCALE_INVASION, Period, StatusList, majority, month_days

OCCUPIED, ACTIVE, REGISTERS, POSSIBLE, NONE = CATEGORIES
EDITION = date(2025, 5, 7)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "published" / "hromada_status_2025_05.csv"
HROMADA = "UA6312027"
DAY = date(2022, 3, 10)
LEVELS = {"hromada": HROMADA, "raion": "UA6312", "region": "UA63"}


def period(kind, status, start="2022-03-01", end=None, unit="1", scope="whole"):
    code = LEVELS.get(kind, HROMADA)
    last = date.fromisoformat(end) if end else None
    return Period(code, unit if kind == "settlement" else code, kind, status, scope, date.fromisoformat(start), last)


def on_day(*periods, settlements=3, day=DAY):
    return dict(StatusList(periods, {HROMADA: settlements}).on_day(HROMADA, day))


def test_a_community_that_is_not_listed_has_no_open_status():
    assert on_day() == {NONE: 3}


def test_settlements_take_the_status_of_their_hromada():
    assert on_day(period("hromada", ACTIVE)) == {ACTIVE: 3}


def test_a_settlements_own_status_goes_before_a_graver_one_of_its_hromada():
    assert on_day(period("hromada", OCCUPIED), period("settlement", POSSIBLE)) == {OCCUPIED: 2, POSSIBLE: 1}


def test_of_a_settlements_own_statuses_the_gravest_counts():
    assert on_day(period("settlement", POSSIBLE), period("settlement", ACTIVE)) == {ACTIVE: 1, NONE: 2}


def test_a_settlement_whose_own_periods_are_over_takes_that_of_its_hromada():
    over = period("settlement", OCCUPIED, end="2022-03-05")
    assert on_day(over, period("hromada", POSSIBLE)) == {POSSIBLE: 3}


def test_the_nearest_unit_that_has_a_status_counts():
    listed = [period("region", OCCUPIED), period("raion", POSSIBLE)]
    assert on_day(*listed) == {POSSIBLE: 3}
    assert on_day(*listed, period("hromada", REGISTERS)) == {REGISTERS: 3}


@pytest.mark.parametrize(("day", "held"), [("02-28", 0), ("03-01", 1), ("03-10", 1), ("03-11", 0)])
def test_both_days_of_a_period_belong_to_it(day, held):
    found = on_day(period("hromada", ACTIVE, end="2022-03-10"), day=date.fromisoformat(f"2022-{day}"))
    assert found == {ACTIVE: 3} if held else found == {NONE: 3}


def test_a_day_on_which_one_status_ends_and_another_begins_takes_the_graver():
    listed = [period("hromada", ACTIVE, end="2022-03-10"), period("hromada", POSSIBLE, start="2022-03-10")]
    assert on_day(*listed) == {ACTIVE: 3}


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        ({POSSIBLE: 2, ACTIVE: 1}, POSSIBLE),
        ({POSSIBLE: 2, REGISTERS: 2}, REGISTERS),
        ({OCCUPIED: 1, ACTIVE: 1, POSSIBLE: 1}, OCCUPIED),
        ({NONE: 52, POSSIBLE: 4}, POSSIBLE),
        ({NONE: 3}, NONE),
    ],
)
def test_the_majority(counts, status):
    assert majority(counts) == status


def test_a_history_has_no_gaps_and_no_overlaps():
    listed = [period("hromada", ACTIVE, "2022-03-01", "2022-04-01"), period("settlement", OCCUPIED, "2022-03-15")]
    history = StatusList(listed, {HROMADA: 3}).history(HROMADA, FULL_SCALE_INVASION, EDITION)
    assert history[0].first == FULL_SCALE_INVASION and history[-1].last == EDITION
    assert all(a.last + timedelta(1) == b.first for a, b in itertools.pairwise(history))
    assert sum(stretch.days for stretch in history) == (EDITION - FULL_SCALE_INVASION).days + 1
    assert [(stretch.status, stretch.mixed) for stretch in history] == [
        (NONE, False),
        (ACTIVE, False),
        (ACTIVE, True),
        (OCCUPIED, True),
    ]


def test_months_run_to_the_day_of_the_edition():
    days = month_days(EDITION)
    assert days[:2] == [date(2022, 2, 28), date(2022, 3, 31)] and days[-2:] == [date(2025, 4, 30), EDITION]
    assert len(days) == 40 and date(2024, 2, 29) in days
    assert month_days(date(2023, 12, 31))[-1] == date(2023, 12, 31)
