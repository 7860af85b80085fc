"""Figures computed from figures: density, urban share, restored share."""

from datetime import date

import pytest

from data_access import cells, indicators
from data_access.pipeline.publish.cells import NewCell
from data_access.pipeline.publish.derived import derived_cells
from data_access.tables import KEY
from tests.support.small import IZIUM, sample_rows

DAY = date(2025, 6, 5)
UNITS = {name: record.unit for name, record in indicators().items()}


def made(indicator, value, code="UA63", unit="objects", source="s1", day=DAY, **more):
    return NewCell(*(indicator, code, day, day, "day", "", "", "", unit, "kharkiv_ova", source), value=value)._replace(
        **more
    )


def restored(*parts):
    return [cell for cell in derived_cells(parts, {}, UNITS) if cell.indicator == "restored_share"]


def test_density_and_urban_share_of_the_small_data(small_db):
    density = cells(small_db, "population_density").set_index("territory_code")
    assert density["value"].to_dict() == {"UA63": 2_598_961 / 31000, IZIUM: 500.0}
    assert density["qualifier"].to_dict() == {"UA63": "", IZIUM: "about"}
    share = cells(small_db, "urban_share")
    assert share["value"].tolist() == [100 * 2_111_127 / 2_598_961] and share["source_id"].tolist() == ["s1"]


def test_every_density_of_the_sample_data_is_worked_out_again(sample_db):
    areas = {row["code"]: row["area_km2"] for row in sample_rows("territories")}
    values = [r for r in sample_rows("published-values") if r["indicator"] == "population" and not r["breakdown"]]
    expected = {r["territory_code"]: float(r["value"]) / float(areas[r["territory_code"]]) for r in values}
    frame = cells(sample_db, "population_density")
    assert dict(zip(frame["territory_code"], frame["value"], strict=True)) == expected
    assert not frame["territory_code"].str.startswith(("UA01", "UA85")).any(), "no official population is known there"


def test_every_urban_share_of_the_sample_data_is_worked_out_again(sample_db):
    rows = [row for row in sample_rows("published-values") if row["indicator"] == "population"]
    total = {row["territory_code"]: float(row["value"]) for row in rows if not row["breakdown"]}
    urban = {row["territory_code"]: float(row["value"]) for row in rows if row["category"] == "urban"}
    frame = cells(sample_db, "urban_share")
    assert dict(zip(frame["territory_code"], frame["value"], strict=True)) == {
        code: 100 * value / total[code] for code, value in urban.items() if total[code]
    }
    assert frame["value"].between(0, 100).all()


def test_a_restored_share_needs_both_parts_from_one_source_and_day(small_db):
    share = cells(small_db, "restored_share")
    assert share["value"].tolist() == [25.0] and share["unit"].tolist() == ["percent"]
    assert share["qualifier"].tolist() == ["over"], "over 30 of 120 is over 25 %"
    assert "Computed" in share["note_en"][0] and "Обчислено" in share["note_uk"][0]


@pytest.mark.parametrize(
    "other",
    [
        {"code": "UA80"},
        {"unit": "buildings"},
        {"source": "s2"},
        {"day": date(2025, 6, 6)},
        {"coverage": "city"},
        {"breakdown": "type", "category": "apartment"},
    ],
    ids=str,
)
def test_parts_that_differ_make_no_share(other):
    assert restored(made("objects_restored", 30.0), made("buildings_damaged", 120.0, **other)) == []


def test_two_counts_of_damage_that_fit_make_no_share():
    parts = (made("buildings_damaged", 120.0), made("residential_damaged", 80.0))
    assert restored(made("objects_restored", 30.0), *parts) == []
    assert [cell.value for cell in restored(made("objects_restored", 30.0), parts[1])] == [37.5]


def test_a_published_share_is_not_computed_again():
    published = made("restored_share", 26.0, unit="percent")
    assert restored(made("objects_restored", 30.0), made("buildings_damaged", 120.0), published) == []


def test_nothing_is_computed_from_a_mark_or_divided_by_zero():
    hidden = made("buildings_damaged", None, status="c")
    assert restored(made("objects_restored", 30.0), hidden) == []
    assert restored(made("objects_restored", 30.0), made("buildings_damaged", 0.0)) == []


@pytest.mark.parametrize(
    ("part", "whole", "result"),
    [
        ("", "reported", ""),
        ("over", "", "over"),
        ("", "over", "about"),
        ("over", "over", "about"),
        ("about", "", "about"),
    ],
)
def test_a_ratio_is_as_vague_as_its_parts(part, whole, result):
    cell = restored(made("objects_restored", 3.0, qualifier=part), made("buildings_damaged", 4.0, qualifier=whole))[0]
    assert cell.qualifier == result


def test_a_ratio_bears_the_weaker_mark_and_the_notes_of_its_part():
    part = made("objects_restored", 3.0, status="p", note_uk="Примітка.", note_en="Note.")
    cell = restored(part, made("buildings_damaged", 4.0, status="e"))[0]
    assert cell.status == "e" and cell.note_en.endswith("same source. Note.")


def test_every_restored_share_of_the_sample_data_is_published_or_worked_out_again(sample_db):
    rows = sample_rows("published-values")
    published = {r["figure_id"] for r in rows if r["indicator"] == "restored_share"}
    frame = cells(sample_db, "restored_share", breakdown=None)
    computed = frame[frame["note_en"].str.startswith("Computed: restored")]
    assert len(frame) == len(published) + len(computed)
    same = [name for name in KEY if name not in ("indicator", "precision", "unit")]
    for row in computed.to_dict("records"):
        place = [str(row[name])[:10] if name.startswith("period") else row[name] for name in same]
        parts = {r["indicator"]: r for r in rows if [r[name] for name in same] == place and r["value"]}
        damaged = next((r for name, r in parts.items() if name.endswith("_damaged")), None)
        if damaged is None:  # education and health are the totals of indicators of their own
            total = {"education": "schools_damaged", "health": "health_damaged"}[row["category"]]
            place[same.index("breakdown")] = place[same.index("category")] = ""
            fitting = [r for r in rows if r["indicator"] == total and [r[name] for name in same] == place]
            damaged = next(r for r in fitting if r["unit"] == parts["objects_restored"]["unit"])
        assert row["value"] == 100 * float(parts["objects_restored"]["value"]) / float(damaged["value"])
        assert parts["objects_restored"]["unit"] == damaged["unit"]


def test_restored_schools_and_hospitals_are_shares_of_all_that_were_damaged(sample_db):
    share = cells(sample_db, "restored_share", breakdown="type").set_index(["territory_code", "category", "as_of"])[
        "value"
    ]
    kyiv_oblast = share.loc["UA32"].droplevel("as_of")
    assert kyiv_oblast["education"] == 100 * 209 / 247
    assert kyiv_oblast["health"] == 100 * 120 / 139
    assert share.loc["UA80"].droplevel("as_of")["education"] == 100 * 148 / 241
    assert sorted(share.loc["UA", "health"]) == sorted([100 * 703 / 2551, 100 * 700 / 2530])
