"""Figures of records: worked out again plainly, the public's rounded, members' exact, on both databases alike."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from math import floor

import numpy as np
import pytest
from sqlalchemy import insert, select

from data_access import Audience, cells, connect, object_tables
from data_access import tables as t
from data_access.codes import OBJECT_TYPES, RESTRICTED_TYPES, SEVERITIES
from data_access.pipeline.damaged_objects.totals import completeness
from data_access.pipeline.publish.release import publish
from data_access.pipeline.records.exact_figures import last_public_month
from data_access.pipeline.records.hostilities import inside_hostilities
from tests.support.small import DERHACHI, IZIUM, KHARKIV

SOURCE = "training_register"
NOW = datetime(2026, 11, 24)
AS_OF = date(2026, 9, 30)
MONTHS = [date(year, month, 1) for year in range(2022, 2027) for month in range(1, 13)][1:58]


def objects() -> list[tuple[str, str, str, date, date, int]]:
    """(place, type, severity, month of damage, month of report, cost) of 900 objects."""
    rng = np.random.default_rng(1)
    kinds, rows = (*OBJECT_TYPES, *RESTRICTED_TYPES), []
    for _ in range(900):
        month = int(rng.integers(0, len(MONTHS)))
        place = rng.choice([KHARKIV, DERHACHI, "UA80"], p=[0.7, 0.1, 0.2])
        told = min(month + int(rng.geometric(0.5)) - 1, len(MONTHS) - 1)
        cost = int(rng.integers(0, 3)) * 700_000
        kind, severity = rng.choice(kinds), rng.choice(SEVERITIES)
        rows.append((str(place), str(kind), str(severity), MONTHS[month], MONTHS[told], cost))
    return rows


@pytest.fixture(scope="module")
def given_objects():
    return objects()


@pytest.fixture
def register(engine, given_objects):
    """The small database with a register's tallies in it, published."""
    tally, told = defaultdict(lambda: [0, 0, 0.0]), Counter()
    for place, kind, severity, month, reported, cost in given_objects:
        entry = tally[place, month, kind, severity]
        entry[0] += 1
        entry[1] += bool(cost)
        entry[2] += cost
        told[month, reported] += 1
    names = ("territory_code", "damaged_month", "object_type", "severity")
    rows = [
        dict(zip(names, key, strict=True))
        | {"source_id": SOURCE, "objects": n, "costed_uah": k, "cost_uah": cost, "costed_usd": 0}
        for key, (n, k, cost) in tally.items()
    ]
    reports = [
        {"source_id": SOURCE, "damaged_month": m, "reported_month": told_on, "objects": n}
        for (m, told_on), n in told.items()
    ]
    with engine.begin() as connection:
        connection.execute(insert(t.source).values(source_id=SOURCE, title="R", publisher_uk="Р", publisher_en="R"))
        connection.execute(insert(t.producer).values(producer=SOURCE, name_uk="Р", name_en="R"))
        connection.execute(insert(object_tables.damage_tally), rows)
        connection.execute(insert(object_tables.report_tally), reports)
    return publish(engine, now=NOW)


def plain(rows, place: str, *, until: date = AS_OF, **wanted) -> int:
    """Counted one by one: objects of a place that its figures may count."""
    small = len(place) > 4
    found = 0
    for code, kind, severity, month, _, _ in rows:
        counts = month <= until and code.startswith("" if place == "UA" else place)
        counts &= kind == wanted["type"] if "type" in wanted else not (small and kind in RESTRICTED_TYPES)
        counts &= wanted.get("severity", severity) == severity
        found += counts
    return found


def test_public_figures_are_the_plain_counts_rounded_to_five(register, small_url, given_objects):
    db = connect(small_url)
    for breakdown in ("", "type", "severity"):
        frame = cells(db, "objects_damaged", breakdown=breakdown)
        assert len(frame) and set(frame["period_end"].dt.date) == {AS_OF} == set(frame["period_start"].dt.date)
        assert set(frame["precision"]) == {"day"}
        for row in frame.itertuples():
            wanted = {breakdown: row.category} if breakdown else {}
            exact = plain(given_objects, row.territory_code, **wanted)
            if row.status == "c":
                assert exact < 5 or breakdown, row  # a larger one is hidden only beside a small one
            else:
                assert exact >= 5 and row.value == 5 * floor(exact / 5 + 0.5), row


def test_members_see_their_own_exact_counts_and_coordinators_all(register, small_url, given_objects):
    db = connect(small_url)
    for audience, exact_places in (
        (Audience("member", KHARKIV), {KHARKIV}),
        (Audience("coordinator"), {KHARKIV, DERHACHI, "UA63", "UA80", "UA"}),
    ):
        frame = cells(db, "objects_damaged", breakdown="severity", audience=audience)
        for row in frame.itertuples():
            exact = plain(given_objects, row.territory_code, severity=row.category)
            assert (row.value == exact) or row.territory_code not in exact_places
        public = cells(db, "objects_damaged", breakdown="severity")
        others = frame[~frame["territory_code"].isin(exact_places)]
        assert others.equals(public[~public["territory_code"].isin(exact_places)].set_axis(others.index))


def test_restricted_types_are_public_per_oblast_only(register, small_url):
    frame = cells(connect(small_url), "objects_damaged", breakdown="type")
    restricted = frame[frame["category"].isin(RESTRICTED_TYPES)]
    assert set(restricted["territory_code"]) == {"UA", "UA63", "UA80"}


def test_every_hromada_of_the_oblast_has_all_cells_whether_there_are_records_or_not(register, small_url):
    frame = cells(connect(small_url), "objects_damaged", breakdown=None)
    by_place = frame[frame["territory_code"].isin([KHARKIV, DERHACHI, IZIUM])].groupby("territory_code").size()
    assert dict(by_place) == dict.fromkeys((KHARKIV, DERHACHI, IZIUM), 1 + len(OBJECT_TYPES) + len(SEVERITIES))
    assert set(frame[frame["territory_code"] == IZIUM]["status"]) == {"c"}


def test_money_is_rounded_to_a_million_and_hidden_below_five_valued_objects(register, small_url, given_objects):
    for row in cells(connect(small_url), "objects_damage_uah").itertuples():
        small = len(row.territory_code) > 4
        costs = [
            cost
            for place, kind, _, month, _, cost in given_objects
            if place.startswith("" if row.territory_code == "UA" else row.territory_code)
            and month <= AS_OF
            and cost
            and not (small and kind in RESTRICTED_TYPES)
        ]
        if len(costs) < 5:
            assert row.status == "c"
        else:
            assert row.value == 1_000_000 * floor(sum(costs) / 1_000_000 + 0.5)


def test_flows_are_months_of_oblasts_and_quarters_of_hromadas_by_the_day_of_damage(register, small_url, given_objects):
    frame = cells(connect(small_url), "objects_damaged_in_period", audience=Audience("coordinator"))
    kharkiv = frame[frame["territory_code"] == KHARKIV]
    assert {(row.period_end.month - row.period_start.month) for row in kharkiv.itertuples()} == {2}
    oblast = frame[frame["territory_code"] == "UA63"]
    assert len(oblast) == 56 and set(oblast["precision"]) == {"month"}
    for row in (*kharkiv.itertuples(), *oblast.itertuples()):
        before = plain(given_objects, row.territory_code, until=date.fromordinal(row.period_start.toordinal() - 1))
        assert row.value == plain(given_objects, row.territory_code, until=row.period_end.date()) - before


def test_recent_months_of_which_reports_still_come_in_are_provisional(register, small_url):
    frame = cells(connect(small_url), "objects_damaged_in_period", audience=Audience("coordinator"))
    months = frame[frame["territory_code"] == "UA63"].set_index("period_end")
    late = months[months["status"] == "p"]
    assert late.index.max().date() == AS_OF and 1 <= len(late) <= 6
    assert late["note_en"].str.startswith("Reports are still coming in").all()
    assert (months.loc[months.index < late.index.min(), "status"] == "").all()


def test_completeness_is_the_share_of_reports_that_have_come(engine, register):
    import pandas as pd

    with engine.connect() as connection:
        told = pd.DataFrame(connection.execute(select(object_tables.report_tally)).mappings().all())
    shares = completeness(told)
    assert shares == sorted(shares) and shares[-1] == 1.0
    lags = [
        ((b.year - a.year) * 12 + b.month - a.month, n)
        for _, a, b, n in told[["source_id", "damaged_month", "reported_month", "objects"]].itertuples(index=False)
        if a <= date(2025, 10, 1)
    ]
    whole = sum(n for lag, n in lags if lag <= 12)
    assert shares[1] == pytest.approx(sum(n for lag, n in lags if lag <= 1) / whole)


def test_nothing_younger_than_the_delay_is_public():
    assert last_public_month(date(2026, 11, 24), 30) == date(2026, 9, 30)
    assert last_public_month(date(2026, 11, 30), 30) == date(2026, 10, 31)
    assert last_public_month(date(2026, 11, 29), 30) == date(2026, 9, 30)
    assert last_public_month(date(2026, 3, 2), 30) == date(2026, 1, 31)


def test_the_same_release_on_the_same_day_changes_nothing(register, engine):
    assert publish(engine, now=NOW).name == ""


@pytest.mark.parametrize(("days", "counted"), [(60, False), (61, True)])
def test_an_edition_is_old_after_sixty_days(engine, days, counted):
    edition = date(2023, 5, 10)  # of small.py
    with engine.connect() as connection:
        inside = inside_hostilities(connection, edition + timedelta(days))
    assert (KHARKIV in inside) is counted, "possible hostilities since 2022"


def test_without_a_list_everybody_is_inside_hostilities_and_an_old_one_counts_possible_ones(engine):
    with engine.begin() as connection:
        recent = inside_hostilities(connection, date(2023, 5, 20))
        assert KHARKIV not in recent and "UA0102001" in recent and "UA85" in recent
        old = inside_hostilities(connection, date(2026, 5, 20))
        assert {KHARKIV, IZIUM} <= old and DERHACHI not in old
        connection.execute(t.territory_status.delete())
        assert {KHARKIV, IZIUM, DERHACHI} <= inside_hostilities(connection, date(2026, 5, 20))
