"""What is divided, by what, and what stands where it cannot be."""

import math

import pandas as pd
import pytest

from dashboard import data
from dashboard.address import url
from dashboard.answers import measurement, rates
from dashboard.answers.comparison import compare, compared
from dashboard.answers.peer_values import values_for
from dashboard.compare import sentences
from dashboard.language.words import counted
from dashboard.view import View

REGIONS = View("compare", "en", area="UA63")


@pytest.fixture
def estimates(monkeypatch, nothing_kept):
    """Residents as estimated for four regions: a number, none, a hidden one, a marked one."""
    real = data.cells
    cells = real("population")
    cells = cells[cells["territory_code"].isin(["UA63", "UA05", "UA07", "UA12"])].copy()
    cells["indicator"], cells["producer"], cells["source_id"] = "population_estimated", "iom", "iom_dtm_gps_r20"
    marks = {"UA63": (1_000_000.0, "e"), "UA05": (0.0, ""), "UA07": (math.nan, "c"), "UA12": (math.nan, "s")}
    cells["value"] = [marks[code][0] for code in cells["territory_code"]]
    cells["status"] = [marks[code][1] for code in cells["territory_code"]]
    monkeypatch.setattr(
        data, "cells", lambda name, **named: cells if name == "population_estimated" else real(name, **named)
    )


def surveyed() -> pd.DataFrame:
    cells = data.cells("idps_surveyed")
    return cells[(cells["period_end"] == cells["period_end"].max()) & (cells["territory_code"].str.len() == 4)]


def test_persons_are_told_per_thousand_and_money_per_resident():
    residents = data.cells("population").set_index("territory_code")["value"]
    for name, unit, times in (
        ("idps_surveyed", "persons_per_1000_residents", 1000),
        ("damage_usd", "usd_per_resident", 1),
    ):
        cells = data.cells(name)
        cells = cells[cells["territory_code"].str.len() == 4]
        cells = cells[cells["period_end"] == cells["period_end"].mode().max()]
        frame = rates.divided(REGIONS, cells, name, "population")
        known = 0
        for before, after in zip(cells.to_dict("records"), frame.to_dict("records"), strict=True):
            assert after["unit"] == unit
            if not math.isnan(before["value"]) and before["territory_code"] in residents:
                assert after["value"] == pytest.approx(times * before["value"] / residents[before["territory_code"]])
                assert "01.01.2022" in after["note_uk"] and "1 January 2022" in after["note_en"]
                known += 1
        assert known > 10


def test_a_mark_of_the_count_or_of_the_denominator_is_kept(estimates):
    cells = surveyed().set_index("territory_code", drop=False)
    cells.loc["UA63", ["value", "status"]] = (0.0, "")
    cells.loc["UA80", ["value", "status"]] = (math.nan, "c")
    frame = rates.divided(REGIONS, cells, "idps_surveyed", "estimate").set_index("territory_code")
    assert frame.loc["UA63", "value"] == 0 and frame.loc["UA63", "status"] == "e"
    found = {code: frame.loc[code, "status"] for code in ("UA05", "UA07", "UA12", "UA80", "UA21")}
    assert found == {"UA05": "z", "UA07": "c", "UA12": "s", "UA80": "c", "UA21": "x"}
    assert frame.loc[list(found), "value"].isna().all()


def test_what_is_no_count_is_never_divided():
    for record in data.registry().values():
        if record.kind == "ratio" or record.topic == "context":
            assert rates.available(REGIONS, record.id, data.oblasts()) == ("",)
    frame = data.cells("population")
    assert rates.divided(REGIONS, frame, "population", "population") is frame
    assert values_for(REGIONS, "population_density", "", data.oblasts(), "population").per == ""


def test_only_denominators_with_data_are_offered(estimates):
    assert rates.available(REGIONS, "idps_surveyed", data.oblasts()) == ("", "population", "estimate")
    assert rates.available(View("compare", area="UA01"), "idps_surveyed") == ("",)


def test_the_sample_has_neither_estimate_nor_cohort():
    assert rates.available(REGIONS, "idps_surveyed", data.oblasts()) == ("", "population")
    for per in ("estimate", "cohort", "<script>"):
        view, notices = url.read({"per": per}, "compare")
        assert (view.per, [key for key, _ in notices]) == ("", ["notice.per"])
    assert url.read({"per": "population"}, "compare")[0].per == "population"


def test_every_unit_of_a_divisible_indicator_reads_in_both_languages():
    units = {row.unit for row in data.registry().values() if rates.divisible(row)}
    for unit in units:
        for per in rates.INDICATORS:
            for lang in ("uk", "en"):
                text = counted(12.5, rates.rate_unit(unit, per), lang)
                assert ("абонент" in text or "мешкан" in text) if lang == "uk" else " per " in text


def test_a_small_rate_is_never_shown_as_zero():
    assert counted(0.004, "persons_per_1000_residents", "en").startswith("0.004")
    assert counted(0, "persons_per_1000_residents", "en").startswith("0\u00a0")
    assert counted(29.96, "persons_per_km2", "uk").replace("\u00a0", " ") == "30 осіб на км²"


def test_one_distribution_has_one_producer_unit_and_day():
    for name in ("idps_registered", "buildings_damaged", "residential_damaged", "damage_usd"):
        values = values_for(REGIONS, name, "", data.oblasts())
        rows = [values.rows[code] for code in (*values.known, values.mine) if not math.isnan(values.value(code))]
        assert len({(row["producer"], row["unit"], row["period_end"]) for row in rows}) <= 1
        assert all(row["coverage"] == "" for row in rows)


def test_what_was_not_measured_is_marked_and_not_zero():
    values = values_for(REGIONS, "idps_registered", "", data.oblasts())
    assert [code for code in values.peers if values.mark(code) == "x"] == ["UA01", "UA85"]
    assert set(values.rows) == set(data.oblasts())


def test_a_period_of_the_address_comes_first():
    found = measurement.measurements("idps_surveyed", "")
    days = {one.end for one in found if "UA63" in one.known}
    assert len(days) > 1
    for day in days:
        view = View("compare", area="UA63", period=f"{day:%Y-%m-%d}")
        assert values_for(view, "idps_surveyed", "", data.oblasts()).rows["UA63"]["period_end"] == day


def test_mine_is_measured_where_that_is_possible():
    others = tuple(code for code in data.territories().index if len(code) == 9)
    values = values_for(View("compare", area="UA6312027"), "homes_lost_residents", "", others)
    assert values.value("UA6312027") > 0 and compared(values).position == "few"


def test_a_conclusion_that_flips_is_told():
    peers = [1, 2, 3, 4, 5] * 3
    above, below, none = compare(9, peers), compare(-9, peers), compare(1, peers[:3])
    assert sentences.flipping({"": above, "population": above, "cohort": none}, "en") == ""
    for lang, word in (("uk", "без ділення — значно вище"), ("en", "undivided – far above")):
        assert word in sentences.flipping({"": above, "population": below}, lang)
    assert sentences.flipping({"": above, "population": compare(3, peers)}, "en")
