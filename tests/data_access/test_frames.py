"""Headline and series, against a recomputation that a reader can follow with a pencil."""

import itertools
import math
from datetime import date, timedelta

import numpy as np
import pytest

from data_access import FRAME_COLUMNS, cells, headline, indicators, series
from data_access.frames import frame_of

RECORD = indicators()["idps_registered"]  # source_order: minsocpol, *, iom_area_baseline, minsocpol_budget


def row(producer="minsocpol", day=1, value=1.0, coverage="", published_on="2025", source_id="s1", **more):
    plain = {
        **dict.fromkeys(FRAME_COLUMNS, ""),
        "indicator": "idps_registered",
        "territory_code": "UA63",
        "precision": "day",
        "unit": "persons",
        "period_start": date(2025, 1, day),
        "period_end": date(2025, 1, day),
        "as_of": date(2025, 1, day),
        "producer": producer,
        "value": value,
        "coverage": coverage,
        "published_on": published_on,
        "source_id": source_id,
    }
    return plain | more


def on(*day, **more):
    return row(period_start=date(*day), period_end=date(*day), as_of=date(*day), **more)


def frame(*rows):
    return frame_of([tuple(r[name] for name in FRAME_COLUMNS) for r in rows], FRAME_COLUMNS)


def likely(r):
    """A year counts by its 1 July (30 June in a leap year), a month by its 15th; a flow ends when it ends."""
    end = r["period_end"]
    if r["period_start"] != end or r["precision"] == "day":
        return end
    return end.replace(day=15) if r["precision"] == "month" else end.replace(month=1, day=1) + timedelta(days=181)


def plainly_first(rows, record):
    """The headline of rows of one key, found step by step."""
    order = list(record.source_order)
    rows = [r for r in rows if r["status"] != "x"] or rows
    rows = [r for r in rows if not r["coverage"]] or rows
    reliable = [likely(r) for r in rows if r["value"] == r["value"] and r["status"] != "u"]
    if reliable:
        rows = [r for r in rows if (max(reliable) - likely(r)).days <= 548]
    places = [order.index(r["producer"]) if r["producer"] in order else order.index("*") for r in rows]
    rows = [r for r, place in zip(rows, places, strict=True) if place == min(places)]
    for key in (likely, lambda r: r["period_start"], lambda r: r["published_on"], lambda r: r["unit"] == record.unit):
        best = max(key(r) for r in rows)
        rows = [r for r in rows if key(r) == best]
    return min(rows, key=lambda r: (r["source_id"], r["unit"]))


def test_types_do_not_depend_on_the_rows():
    assert list(frame().dtypes) == list(frame(row(value=math.nan)).dtypes)
    assert frame()["period_end"].dtype == "datetime64[s]" and frame()["value"].dtype == float


def test_texts_are_never_nan_and_missing_is_not_zero():
    one = frame(row(value=None, status="x"))
    assert np.isnan(one["value"][0]) and one["note_uk"][0] == "" and not one.drop(columns="value").isna().any().any()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (row(day=1), row("iom", day=9)),
        (row("iom", day=1), row("minsocpol_budget", day=9)),
        (row(day=1), row(day=9, coverage="government_controlled")),
        (row(day=9), row(day=1)),
        (on(2025, 7, 3), on(2025, 12, 31, precision="year")),
        (on(2025, 12, 31, precision="year"), on(2025, 6, 5)),
        (on(2025, 1, 16), on(2025, 1, 31, precision="month")),
        (on(2025, 1, 31, precision="month"), on(2025, 1, 14)),
        (on(2023, 8, 1), on(2025, 1, 1, producer="iom")),
        (on(2025, 1, 1, producer="iom"), on(2023, 7, 1)),
        (on(2023, 7, 1), on(2025, 1, 1, producer="iom", status="u")),
        (on(2023, 7, 1), on(2025, 1, 1, status="x", value=None)),
        (on(2020, 1, 1), on(2025, 1, 1, producer="iom", coverage="city")),
        (row(), row(unit="families")),
        (row(published_on="2025-06"), row(published_on="2025-05-31", source_id="s0")),
    ],
)
def test_the_headline_prefers(better, worse):
    for rows in ((better, worse), (worse, better)):
        one = headline(frame(*rows), RECORD)
        assert len(one) == 1
        told = ["producer", "coverage", "source_id", "unit"]
        assert one.loc[0, told].tolist() == [better[name] for name in told]
        assert one["period_end"][0].date() == better["period_end"]


def test_the_headline_counts_the_others_that_differ():
    others = [row(day=3), row(day=3, source_id="s2"), row(day=2), row("iom", day=3), row(day=3, value=2.0)]
    assert headline(frame(*others), RECORD)["others"].tolist() == [3], "the same figure from two sources is one figure"


def test_categories_and_territories_have_headlines_of_their_own():
    rows = [row(territory_code=code, breakdown="b", category=c) for code in ("UA01", "UA63") for c in "xy"]
    found = headline(frame(*rows), RECORD)
    assert list(zip(found["territory_code"], found["category"], strict=True)) == [
        ("UA01", "x"),
        ("UA01", "y"),
        ("UA63", "x"),
        ("UA63", "y"),
    ]


def test_a_series_never_mixes_producers_units_or_coverage():
    rows = [row(day=d) for d in (3, 1, 2)] + [
        row("iom", day=4),
        row(day=5, coverage="city"),
        row(day=2, unit="families"),
    ]
    found = series(frame(*rows), RECORD)
    assert [day.day for day in found["period_end"]] == [1, 2, 3]
    assert set(found["producer"]) == {"minsocpol"} and set(found["unit"]) == {"persons"}


def test_a_series_has_one_figure_for_a_day():
    rows = [
        row(day=1, value=1.0, published_on="2025-01"),
        row(day=1, value=2.0, published_on="2025-02", source_id="s2"),
    ]
    assert series(frame(*rows), RECORD)["value"].tolist() == [2.0]


def test_nothing_has_no_headline_and_no_series():
    assert headline(frame(), RECORD).empty and series(frame(), RECORD).empty


@pytest.mark.parametrize("indicator", sorted(indicators()))
def test_headline_and_series_of_the_sample_data_are_those_of_a_plain_recomputation(sample_db, indicator):
    record = indicators()[indicator]
    found = cells(sample_db, indicator, breakdown=None)

    def key(r):
        return (r["territory_code"], r["breakdown"], r["category"])

    groups = {k: list(group) for k, group in itertools.groupby(sorted(found.to_dict("records"), key=key), key)}
    best = {k: plainly_first(group, record) for k, group in groups.items()}
    head = headline(found, record).to_dict("records")
    assert [key(r) for r in head] == list(best)
    for r in head:
        first = best[key(r)]
        assert all(r[name] == first[name] or r[name] != r[name] for name in FRAME_COLUMNS)
        told = {(o["producer"], o["period_start"], o["period_end"], str(o["value"])) for o in groups[key(r)]}
        assert r["others"] == len(told) - 1
    line = series(found, record)
    expected = 0
    for k, group in groups.items():
        same = [o for o in group if all(o[n] == best[k][n] for n in ("producer", "unit", "coverage"))]
        expected += len({(o["period_start"], o["period_end"]) for o in same})
    assert len(line) == expected
