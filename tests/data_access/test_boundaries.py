"""Boundaries: odd geometry becomes one clean outline a unit, what is left out is told, nonsense is refused."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from data_access import boundaries, boundaries_version, connect
from data_access.pipeline.boundaries import outlines, reader
from tests.support.examples_lists import EXAMPLES, FEATURES, feature, katottg, square, write_features
from tests.support.loading import loading, refusal
from tests.support.run import chance
from tests.support.small import CRIMEAN, DERHACHI, IZIUM, KHARKIV

pytestmark = pytest.mark.first_case_on_postgresql

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real_files"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real files lie outside the repository")


def loaded(engine, path):
    return loading(engine, path, "boundaries")


def refused(engine, tmp_path, features, **members) -> str:
    return refusal(engine, write_features(tmp_path / "x.geojson", features, **members), "boundaries")


def drawn(url, level="hromada") -> dict:
    return {one["id"]: one["geometry"] for one in json.loads(boundaries(connect(url), level))["features"]}


def polygons(geometry: dict) -> list:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def signed_area(ring: list) -> float:
    """Positive where the ring runs anticlockwise: the shoelace formula, plainly."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def area(geometry: dict) -> float:
    return sum(-signed_area(ring) for rings in polygons(geometry) for ring in rings)


def test_outlines_are_answered_one_a_unit_with_rings_as_plotly_needs_them(engine, small_url, tmp_path):
    done = loaded(engine, EXAMPLES["boundaries"](tmp_path))
    assert done.own.added == 3
    assert done.remarks == ("without an outline in this file: 1 of 4 hromadas: all of UA01 (1).",)
    found = drawn(small_url)
    assert sorted(found) == sorted([KHARKIV, DERHACHI, IZIUM])
    exterior, hole = found[KHARKIV]["coordinates"]
    assert signed_area(exterior) == pytest.approx(-0.25) and signed_area(hole) == pytest.approx(0.01)
    said = json.loads(boundaries(connect(small_url), "hromada"))
    assert said["type"] == "FeatureCollection" and said["attribution"] == "© OpenStreetMap contributors"
    assert said["features"][0]["properties"] == {"code": said["features"][0]["id"]}
    assert boundaries(connect(small_url), "raion") == "" and boundaries_version(connect(small_url), "raion") == 0


def test_a_newer_file_replaces_the_units_it_draws_and_has_a_newer_version(engine, small_url, tmp_path):
    loaded(engine, EXAMPLES["boundaries"](tmp_path))
    before, version = drawn(small_url), boundaries_version(connect(small_url), "hromada")
    done = loaded(
        engine, write_features(tmp_path / "newer.geojson", [feature(IZIUM, square(37.5, 49))], licence="ODbL")
    )
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 1, 0)
    assert area(drawn(small_url)[IZIUM]) == pytest.approx(0.25) and drawn(small_url)[IZIUM] != before[IZIUM]
    assert boundaries_version(connect(small_url), "hromada") > version
    said = json.loads(boundaries(connect(small_url), "hromada"))["attribution"]
    assert said == "ODbL; © OpenStreetMap contributors"


def test_parts_of_a_unit_are_dissolved(engine, small_url, tmp_path):
    parts = [feature(IZIUM, square(37, 49)), feature(IZIUM, square(37.5, 49)), feature(KHARKIV, square(36, 49))]
    loaded(engine, write_features(tmp_path / "x.geojson", parts))
    shape = drawn(small_url)[IZIUM]
    assert shape["type"] == "Polygon" and len(shape["coordinates"]) == 1 and area(shape) == pytest.approx(0.5)


def test_a_ring_that_crosses_itself_is_repaired_and_told(engine, small_url, tmp_path):
    bow_tie = [[37, 49], [38, 50], [38, 49], [37, 50], [37, 49]]
    done = loaded(engine, write_features(tmp_path / "x.geojson", [feature(IZIUM, bow_tie)], attribution="A"))
    assert "repaired, as the line crossed itself: 1 outline." in done.remarks
    assert area(drawn(small_url)[IZIUM]) == pytest.approx(0.5)  # two triangles of a quarter each


def test_collections_keep_their_areas_and_drop_lines_and_points(engine, small_url, tmp_path):
    inner = {"type": "MultiPolygon", "coordinates": [[square(37, 49)], [square(38, 49)]]}
    line = {"type": "LineString", "coordinates": [[37, 49], [38, 50]]}
    collection = {"type": "GeometryCollection", "geometries": [line, {"type": "Point", "coordinates": [37, 49]}, inner]}
    loaded(engine, write_features(tmp_path / "x.geojson", [feature(IZIUM) | {"geometry": collection}]))
    assert drawn(small_url)[IZIUM]["type"] == "MultiPolygon" and area(drawn(small_url)[IZIUM]) == pytest.approx(0.5)


def test_neighbours_keep_one_common_line_when_simplified(engine, small_url, tmp_path):
    wave = [[37 + 0.0003 * (n % 2), 49 + n / 1000] for n in range(501)]
    east = [*wave, [38, 49.5], [38, 49], wave[0]]
    west = [*wave, [36, 49.5], [36, 49], wave[0]]
    loaded(engine, write_features(tmp_path / "x.geojson", [feature(IZIUM, east), feature(KHARKIV, west)]))
    both = {code: {tuple(point) for point in shape["coordinates"][0]} for code, shape in drawn(small_url).items()}
    common = both[IZIUM] & both[KHARKIV]
    assert 2 <= len(common) < 50 and area(drawn(small_url)[IZIUM]) + area(drawn(small_url)[KHARKIV]) == pytest.approx(1)


def test_numbers_have_four_decimals(engine, small_url, tmp_path):
    loaded(engine, write_features(tmp_path / "x.geojson", [feature(IZIUM, square(37.123456789, 49.987654321))]))
    points = [number for ring in drawn(small_url)[IZIUM]["coordinates"] for point in ring for number in point]
    assert all(round(number, 4) == number for number in points) and 37.1235 in points


CODES = {
    "KATOTTG": [{"katottg": katottg(code), "name_uk": "UA63"} for code in (KHARKIV, IZIUM)],
    "COD-AB": [{"ADM3_PCODE": code, "ADM2_PCODE": code[:6], "ADM1_PCODE": "UA63"} for code in (KHARKIV, IZIUM)],
    "another name": [{"Код": f" {code} "} for code in (KHARKIV, IZIUM)],
}


@pytest.mark.parametrize("properties", CODES.values(), ids=CODES)
def test_codes_are_found_by_their_shape(engine, small_url, tmp_path, properties):
    features = [feature("", square(36 + place, 49)) | {"properties": own} for place, own in enumerate(properties)]
    loaded(engine, write_features(tmp_path / "x.geojson", features))
    assert set(drawn(small_url)) == {KHARKIV, IZIUM}


def test_codes_may_stand_in_the_id_of_features(engine, small_url, tmp_path):
    loaded(
        engine,
        write_features(tmp_path / "x.geojson", [feature("", square(37, 49)) | {"id": IZIUM, "properties": None}]),
    )
    assert set(drawn(small_url)) == {IZIUM}


def test_kyiv_stands_on_the_map_of_raions(engine, small_url, tmp_path):
    features = [feature("UA6304", square(37, 49)), feature("UA6312", square(36, 49)), feature("UA80", square(30, 50))]
    loaded(engine, write_features(tmp_path / "x.geojson", features))
    assert set(drawn(small_url, "raion")) == {"UA6304", "UA6312", "UA80"}


def test_unknown_units_other_levels_and_features_without_a_code_are_told(engine, small_url, tmp_path):
    features = [
        *FEATURES,
        feature("UA9999999", square(30, 50)),
        feature("UA6304", square(37, 49)),
        feature("ліс", square(30, 49)),
        feature(CRIMEAN),
    ]
    done = loaded(engine, write_features(tmp_path / "x.geojson", features))
    assert done.remarks == (
        "without P-code or KATOTTG and left out: 1 feature.",
        f"without area and left out: 1 unit ({CRIMEAN}).",
        'the file does not say whose data it holds; add a member "attribution" beside "features".',
        "not known and left out: 1 unit (UA9999999).",
        "not of level hromada and left out: 1 unit (UA6304).",
        "without an outline in this file: 1 of 4 hromadas: all of UA01 (1).",
    )
    assert set(drawn(small_url)) == {KHARKIV, DERHACHI, IZIUM}


def ring(*points) -> list:
    return [feature(IZIUM, list(points))]


NONSENSE = {
    "has latitude before longitude": ring([49, 37], [50, 37], [50, 38], [49, 37]),
    "is measured in another system or lies outside Ukraine": ring([4e6, 6e6], [5e6, 6e6], [5e6, 7e6], [4e6, 6e6]),
    "lies outside Ukraine; export it in degrees": ring([2, 48], [3, 48], [3, 49], [2, 48]),
    "feature 1 has coordinates that are no pairs": ring(["37", "49"], ["38", "49"], ["38", "50"]),
    "no pairs of numbers": ring([True, 49], [38, 49], [38, 50]),
    "no pairs of numbers; export": ring([37], [38], [39]),
    "no list of rings": [feature(IZIUM) | {"geometry": {"type": "Polygon", "coordinates": {"0": 1}}}],
    "no list of rings; export": [feature(IZIUM) | {"geometry": {"type": "MultiPolygon", "coordinates": [[3]]}}],
    "is no polygon (Circle)": [feature(IZIUM) | {"geometry": {"type": "Circle"}}],
    "is no polygon (None)": [feature(IZIUM) | {"geometry": "POLYGON((37 49))"}],
    "feature 2 is no object": [*ring([37, 49], [38, 49], [38, 50]), "UA63"],
    "no feature has a property with a P-code": [feature("Ізюм", square(37, 49))],
    "holds no known raion or community": [feature("UA9999999", square(37, 49))],
    "holds no known raion or community; give each": [feature("UA63", square(37, 49))],
    "has no features": [],
}


@pytest.mark.parametrize("said", NONSENSE)
def test_nonsense_is_refused_in_a_sentence(engine, tmp_path, said):
    assert said in refused(engine, tmp_path, NONSENSE[said])


CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}


@pytest.mark.parametrize("crs", [CRS, "EPSG:5558", {"type": "link"}, [4326]])
def test_another_system_of_coordinates_is_refused(engine, tmp_path, crs):
    assert "export it in WGS 84 (EPSG:4326)" in refused(engine, tmp_path, FEATURES, crs=crs)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs_84_may_be_named(engine, tmp_path, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert loaded(engine, write_features(tmp_path / "x.geojson", FEATURES, crs=crs)).own.added == 3


WHOLE = json.dumps({"type": "FeatureCollection", "features": FEATURES})
BYTES = {
    "nested too deep": b"[" * 200_000,
    "nested too deep within": WHOLE.replace("[[36, 49.5]", "[" * 5000 + "36" + "]" * 5000 + ",[36, 49.5]").encode(),
    "NaN": WHOLE.replace("36.0", "NaN").replace("36,", "NaN,").encode(),
    "Infinity": WHOLE.replace("36,", "-Infinity,").encode(),
    "a number of 5,000 digits": WHOLE.replace("36,", "3" * 5000 + ",").encode(),
    "not JSON": b"type,features\n1,2\n",
    "cut off": WHOLE.encode()[:-40],
    "empty": b"",
    "UTF-16": WHOLE.encode("utf-16"),
    "zeros": bytes(1000),
    "a list": b"[1, 2]",
    "a feature alone": json.dumps(FEATURES[0]).encode(),
    "features no list": b'{"type": "FeatureCollection", "features": {"a": 1}}',
    "an archive": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("content", BYTES.values(), ids=BYTES)
def test_hostile_bytes_are_refused_in_a_sentence(engine, tmp_path, content):
    (tmp_path / "x.geojson").write_bytes(content)
    assert "export" in refusal(engine, tmp_path / "x.geojson", "boundaries")


def test_too_many_points_are_refused_before_they_are_unpacked(engine, tmp_path):
    path = tmp_path / "x.geojson"
    path.write_bytes(b'{"type":"FeatureCollection","features":[' + b"[0,0]," * (reader.MOST_ARRAYS + 1) + b"0]}")
    assert "is too detailed" in refusal(engine, path, "boundaries")


def test_a_tangle_is_refused_and_not_unravelled(engine, tmp_path):
    luck = chance("tangle")
    tangle = [[luck.uniform(37, 38), luck.uniform(49, 50)] for _ in range(20_000)]
    said = refused(engine, tmp_path, [feature(IZIUM, tangle)])
    assert f"the outline of {IZIUM} crosses itself too often" in said


def test_a_collection_in_a_collection_ends_somewhere(engine, tmp_path):
    geometry = {"type": "Polygon", "coordinates": [square(37, 49)]}
    for _ in range(outlines.DEEPEST_COLLECTION + 1):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    assert "is no polygon (GeometryCollection)" in refused(engine, tmp_path, [feature(IZIUM) | {"geometry": geometry}])


@needs_real
@pytest.mark.parametrize(("name", "level", "units"), [("hromadas", "hromada", 1466), ("raions", "raion", 137)])
def test_real_files_load_with_what_they_lack_told(sample_engine, name, level, units):
    done = loaded(sample_engine, REAL / f"osm_{name}_simplified.geojson")
    found = drawn(sample_engine.url.render_as_string(False), level)
    assert done.own.added == units == len(found)
    assert all(signed_area(rings[0]) < 0 for shape in found.values() for rings in polygons(shape))
    lacking = [remark for remark in done.remarks if "without an outline" in remark]
    told = "without an outline in this file: 306 of 1,772 hromadas: all of UA01 (303); UA2110027, UA3212007, UA5108001."
    assert lacking == ([told] if level == "hromada" else [])
    given = json.loads((REAL / f"osm_{name}_simplified.geojson").read_text(encoding="utf-8"))["features"]
    before = {one["properties"]["katottg"]: abs(area(one["geometry"])) for one in given}
    assert sum(map(area, found.values())) == pytest.approx(sum(before.values()), rel=1e-4)
