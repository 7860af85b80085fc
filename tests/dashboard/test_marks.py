"""Charts and tables say what the cells say: worked out again, plainly, over the whole registry."""

import csv
import math
from pathlib import Path

import pytest

from dashboard import data
from dashboard.answers import snapshot as selection
from dashboard.charts import bands, maps, marks
from dashboard.view import View

ROOT = Path(__file__).resolve().parents[2]


def shown(indicator, lang="uk", **parts):
    view = View("damage", lang, indicator=indicator, **parts)
    return view, selection.snapshot(view)


def test_registered_displaced_persons_of_25_regions_add_up():
    view, snapshot = shown("idps_registered")
    assert snapshot.comparable
    assert snapshot.known == 25
    assert snapshot.rows["value"].sum() == 4_594_254
    assert "4 594 254" in marks.reporting(view, snapshot).replace("\u00a0", " ")
    assert marks.oblasts(view, snapshot).rows["value"].sum() == 4_594_254


def test_the_three_largest_and_their_share_are_what_the_file_says():
    with (ROOT / "sample_data" / "values.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == "idps_registered"]
    rows = [row for row in rows if row["period_end"] == "2025-06-05" and len(row["territory_code"]) == 4]
    values = sorted((float(row["value"]) for row in rows), reverse=True)
    share = 100 * sum(values[:3]) / sum(values)
    view, snapshot = shown("idps_registered", "en")
    assert f"{share:.1f}%" in marks.finding(view, snapshot)


@pytest.mark.parametrize("indicator", sorted(data.registry()))
def test_every_indicator_shows_27_oblasts_and_none_of_them_as_zero_by_mistake(indicator):
    for category in selection.categories(View("damage", indicator=indicator)):
        view, snapshot = shown(indicator, category=category)
        rows = marks.oblasts(view, snapshot).rows
        assert len(rows) == 27
        given = {row["territory_code"]: row["value"] for row in snapshot.rows.to_dict("records")}
        for row in rows.to_dict("records"):
            expected = given.get(row["code"], math.nan)
            assert row["value"] == expected or (math.isnan(row["value"]) and math.isnan(expected))
            assert bool(row["mark"]) or not math.isnan(row["value"])
            assert row["text"]


@pytest.mark.parametrize("indicator", sorted(data.registry()))
def test_a_charted_snapshot_mixes_no_producers_units_or_days(indicator):
    for category in selection.categories(View("damage", indicator=indicator)):
        _, snapshot = shown(indicator, category=category)
        if snapshot.charted:
            for column in ("producer", "unit", "period_end"):
                assert snapshot.rows[column].nunique() == 1
            assert snapshot.rows["territory_code"].is_unique


def test_classes_cover_every_value_once():
    view, snapshot = shown("urban_share")
    drawn = marks.oblasts(view, snapshot)
    for value in drawn.rows["value"].dropna():
        assert sum(low <= value <= high for low, high in drawn.classes) == 1


def test_equal_values_make_one_class():
    import pandas as pd

    assert marks.classes(pd.Series([5.0, 5.0, 5.0])) == ((5.0, 5.0),)
    assert marks.classes(pd.Series([], dtype=float)) == ()


def test_maps_outline_all_regions_with_crimea_and_sevastopol():
    view, snapshot = shown("idps_surveyed")
    figure = maps.circle_map(marks.oblasts(view, snapshot))
    assert len(set(figure.data[0].locations)) == 27
    assert {"UA01", "UA85"} <= set(figure.data[0].locations)


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_axes_start_at_zero_and_end_above_the_highest(lang):
    for highest in (1, 7, 160, 4_594_254, 195e9):
        steps = bands.ticks(highest)
        assert steps[0] == 0
        assert steps[-1] >= highest
        assert 3 <= len(steps) <= 7


def test_statuses_of_may_2025_outside_crimea():
    cells = data.cells("communities_by_status", breakdown="territory_status")
    cells = cells[(cells["territory_code"] == "UA") & (cells["coverage"] == "without_crimea")]
    newest = cells[cells["period_end"] == cells["period_end"].max()].set_index("category")["value"]
    assert newest["temporarily_occupied"] == 158
    assert newest["active_hostilities"] == 6
    assert newest["active_hostilities_e_registers"] == 34
    assert newest["possible_hostilities"] == 130
