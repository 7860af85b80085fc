"""The sample data keep what they promise: complete, joined up, named by the rules, drawn in the right place."""

import csv
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from frictionless import Package

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
CITIES = [  # latitude, longitude, region
    ("Simferopol", 44.952, 34.102, "UA01"),
    ("Kerch", 45.352, 36.450, "UA01"),
    ("Sevastopol", 44.605, 33.522, "UA85"),
    ("Irpin", 50.521, 30.250, "UA32"),
    ("Boryspil", 50.350, 30.950, "UA32"),
    ("Kyiv", 50.450, 30.520, "UA80"),
    ("Kharkiv", 49.990, 36.230, "UA63"),
    ("Donetsk", 48.000, 37.800, "UA14"),
]
SEATS = [  # hard cases of the transliteration of 2010
    ("UA2306007", "Zaporizhzhia"),  # жж, final я
    ("UA3206011", "Zghurivka"),  # зг
    ("UA3504013", "Znamianka"),  # apostrophe
    ("UA3204021", "Yahotyn"),  # initial я
    ("UA1212013", "Yuriivka"),  # initial ю, ї within
    ("UA1406007", "Yenakiieve"),  # initial є, є within
    ("UA7402001", "Koriukivka"),  # ю within
    ("UA4416009", "Shchastia"),  # щ, ь before я
    ("UA5606017", "Hoshcha"),  # г
    ("UA4412011", "Siverskodonetsk"),  # renamed
]


def rows(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def territories():
    return {row["code"]: row for row in rows("territories.csv")}


@pytest.fixture(scope="module")
def outlines():
    return json.loads((SAMPLE / "oblasts.geojson").read_text(encoding="utf-8"))


def polygons(feature):
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def is_clockwise(ring):
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) > 0


def ring_holds(ring, lon, lat):
    """Count the edges that a ray to the east crosses; odd means inside."""
    crossed = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            crossed += 1
    return crossed % 2 == 1


def regions_at(outlines, lat, lon):
    return [
        feature["properties"]["code"]
        for feature in outlines["features"]
        if any(sum(ring_holds(ring, lon, lat) for ring in polygon) % 2 for polygon in polygons(feature))
    ]


def test_data_package_validates():
    report = Package(str(SAMPLE / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]


def test_every_data_file_is_described():
    described = {r["path"] for r in json.loads((SAMPLE / "datapackage.json").read_text(encoding="utf-8"))["resources"]}
    assert described == {path.name for path in SAMPLE.iterdir() if path.suffix in {".csv", ".geojson"}}


def test_every_gathered_figure_is_carried_or_explained():
    carried = {row["figure_id"][:5] for row in rows("values.csv")}
    for page in ("NOT_CARRIED.md", "README.md"):
        explained = set(re.findall(r"f0\d{3}", (SAMPLE / page).read_text(encoding="utf-8")))
        assert {f"f{number:04}" for number in range(1, 327)} <= carried | explained


def test_the_readme_counts_the_rows():
    told = re.findall(r"^\| `(\w+\.csv)` \| ([\d,]+) \|", (SAMPLE / "README.md").read_text(encoding="utf-8"), re.M)
    assert {name: int(count.replace(",", "")) for name, count in told} == {
        path.name: len(rows(path.name)) for path in SAMPLE.glob("*.csv")
    }


def test_all_units_are_listed(territories):
    assert Counter(row["level"] for row in territories.values()) == {
        "country": 1,
        "region": 27,
        "raion": 136,
        "hromada": 1772,
    }


def test_all_official_periods_and_sources_are_kept():
    assert len(rows("territory_status_periods.csv")) == 3196
    assert len(rows("sources.csv")) == 187


def test_every_parent_exists_one_level_up(territories):
    above = {"region": "country", "raion": "region", "hromada": "raion"}
    for row in territories.values():
        if row["level"] != "country":
            assert territories[row["parent_code"]]["level"] == above[row["level"]], row["code"]


def test_codes_are_prefixes(territories):
    for code, row in territories.items():
        if code != "UA":
            assert len(row["katottg"]) == 19, code
            assert row["katottg"].startswith(code)
            assert code.startswith(row["parent_code"])
            assert code != row["parent_code"]


def test_special_rows_of_other_lists_stay_out(territories):
    assert not {"UA8000", "UA8500", "UA3200", "UA8000000", "UA8500000", "UA3200000"} & set(territories)


def test_iso_codes_are_those_of_the_table_not_of_the_digits(territories):
    iso = {code: row["iso"] for code, row in territories.items() if row["level"] == "region"}
    assert len(set(iso.values())) == 27
    assert {code for code in iso if iso[code][3:] != code[2:]} == {"UA01", "UA44", "UA73", "UA80", "UA85"}


def test_sevastopol_has_its_lawful_area_and_no_square_kilometre_counts_twice(territories):
    assert territories["UA85"]["area_km2"] == "848.85"
    for code in ("UA01", "UA0102", "UA63"):
        parts = [r for r in territories.values() if r["level"] == "hromada" and r["code"].startswith(code)]
        assert float(territories[code]["area_km2"]) == pytest.approx(
            sum(float(r["area_km2"]) for r in parts if r["area_km2"]), abs=1
        )


def test_every_hromada_with_a_status_knows_its_settlements(territories):
    concerned = {row["code"] for row in rows("territory_status_periods.csv")}
    for code, row in territories.items():
        if row["level"] == "hromada" and concerned & {code, code[:6], code[:4]} - {"UA32", "UA80"}:
            assert int(row["settlements"]) > 0, code


def test_only_the_exclusion_zone_has_settlements_without_hromada():
    lone = [r for r in rows("territory_status_periods.csv") if r["unit_kind"] == "settlement" and not r["hromada_code"]]
    assert {(row["code"], row["unit_name_uk"]) for row in lone} == {("UA32", "м. Прип’ять"), ("UA32", "м. Чорнобиль")}


def test_no_period_ends_before_it_starts_or_overlaps_its_own_kind():
    last = {}
    for row in sorted(rows("territory_status_periods.csv"), key=lambda r: r["start_on"]):
        assert not row["end_on"] or row["start_on"] <= row["end_on"]
        key = row["unit_katottg"], row["status"], row["scope"]
        assert key not in last or "" < last[key] <= row["start_on"], row["unit_name_uk"]
        last[key] = row["end_on"]


def test_ukrainian_names_hold_only_ukrainian_letters_and_one_apostrophe(territories):
    allowed = re.compile(r"[А-ЩЬЮЯҐЄІЇа-щьюяґєії’ -]+")
    for row in [*territories.values(), *rows("territory_names.csv")]:
        assert allowed.fullmatch(row["name_uk"]), row["name_uk"]
    for row in rows("territory_status_periods.csv"):
        assert not set("'ʼ`") & set(row["unit_name_uk"])


@pytest.mark.parametrize("code,seat", SEATS)
def test_english_names_follow_the_transliteration_of_2010(territories, code, seat):
    assert territories[code]["short_name_en"] == seat


def test_well_known_names_are_spelt_as_known(territories):
    regions = {row["short_name_en"] for row in territories.values() if row["level"] == "region"}
    assert {"Kharkiv", "Kyiv City", "Kyiv Oblast", "Odesa", "Zaporizhzhia", "Chernihiv", "Mykolaiv", "Lviv"} <= regions
    seats = {row["short_name_en"] for row in territories.values() if row["level"] == "hromada"}
    assert {"Kharkiv", "Dnipro", "Kryvyi Rih", "Odesa", "Lviv", "Zaporizhzhia", "Izium", "Simferopol"} <= seats
    assert territories["UA6312027"]["name_en"] == "Kharkiv hromada (Kharkivska)"
    assert territories["UA6312027"]["name_uk"] == "Харківська міська громада"


def test_no_name_has_a_russian_spelling(territories):
    wrong = re.compile(r"Kharkov|\bKiev|Odessa|Lvov|Nikolaev|Zaporozh|Chernobyl|Chernigov|[ыэъё]")
    for row in [*territories.values(), *rows("territory_names.csv")]:
        assert not wrong.search(row["name_en"] + row["name_uk"]), row["code"]


def test_texts_say_in_ukraine_as_of_a_state():
    for path in SAMPLE.iterdir():
        assert "на україні" not in path.read_text(encoding="utf-8").lower(), path.name


def test_renamed_units_keep_their_older_name(territories):
    older = {row["code"]: row["name_uk"] for row in rows("territory_names.csv")}
    assert len(older) == 50
    assert older["UA4412011"] == "Сєвєродонецька міська громада"
    assert territories["UA4412011"]["name_uk"] == "Сіверськодонецька міська громада"
    assert all(territories[code]["name_uk"] != name for code, name in older.items())


def test_partial_dates_stay_partial():
    dates = {row["source_id"]: row["published_on"] for row in rows("sources.csv")}
    assert (dates["kherson_33k"], dates["rd4u_a21"], dates["rd4u_coe_page"]) == ("2025", "2025-01", "")


def test_outlines_hold_27_regions_under_their_names(territories, outlines):
    assert outlines["attribution"] == "© OpenStreetMap contributors"
    assert (SAMPLE / "oblasts.geojson").stat().st_size < 90_000
    found = {f["properties"]["code"]: f["properties"] for f in outlines["features"]}
    assert set(found) == {code for code, row in territories.items() if row["level"] == "region"}
    for code, properties in found.items():
        assert set(properties) == {"code", "name_uk", "name_en", "label_lon", "label_lat"}
        assert properties["name_uk"] == territories[code]["name_uk"]
        assert properties["name_en"] == territories[code]["name_en"]


def test_exterior_rings_are_clockwise_and_holes_are_not(outlines):
    for feature in outlines["features"]:
        for exterior, *holes in polygons(feature):
            assert is_clockwise(exterior)
            assert not any(is_clockwise(hole) for hole in holes)


@pytest.mark.parametrize("name,lat,lon,code", CITIES)
def test_city_lies_in_its_region(outlines, name, lat, lon, code):
    assert regions_at(outlines, lat, lon) == [code], name


def test_labels_lie_inside_their_region(outlines):
    for feature in outlines["features"]:
        properties = feature["properties"]
        assert regions_at(outlines, properties["label_lat"], properties["label_lon"]) == [properties["code"]]


def test_regions_do_not_overlap(outlines):
    grid = [(44.3 + 0.31 * i, 22.1 + 0.47 * j) for i in range(27) for j in range(39)]
    assert all(len(regions_at(outlines, lat, lon)) <= 1 for lat, lon in grid)
