"""The outlines that every map draws: all of Ukraine, each place in its own region."""

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"
FEATURES = {unit["id"]: unit for unit in json.loads((SAMPLE / "oblasts.geojson").read_text("utf-8"))["features"]}
PLACES = {
    "Simferopol": (34.100, 44.952, "UA01"),
    "Sevastopol": (33.525, 44.605, "UA85"),
    "Kyiv": (30.523, 50.450, "UA80"),
    "Irpin": (30.250, 50.518, "UA32"),
    "Kharkiv": (36.231, 49.993, "UA63"),
    "Kherson": (32.617, 46.636, "UA65"),
}


def polygons(code: str) -> list:
    shape = FEATURES[code]["geometry"]
    return shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]


def edges(ring: list) -> list:
    assert ring[0] == ring[-1]
    return list(pairwise(ring))


def holds(code: str, lon: float, lat: float) -> bool:
    """Whether a ray from the point crosses the unit's rings, holes included, an odd number of times."""
    crossed = [
        lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1)
        for polygon in polygons(code)
        for ring in polygon
        for (x1, y1), (x2, y2) in edges(ring)
        if (y1 > lat) != (y2 > lat)
    ]
    return sum(crossed) % 2 == 1


def turn(ring: list) -> float:
    """Twice the signed area: below zero where the ring runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges(ring))


def test_map_holds_the_27_regions_of_the_list():
    with (SAMPLE / "territories.csv").open(encoding="utf-8") as file:
        regions = {row["code"] for row in csv.DictReader(file) if row["level"] == "region"}
    assert set(FEATURES) == regions
    assert len(FEATURES) == 27


@pytest.mark.parametrize("place", PLACES)
def test_place_lies_in_its_own_region_only(place):
    lon, lat, code = PLACES[place]
    assert [unit for unit in FEATURES if holds(unit, lon, lat)] == [code]


def test_exterior_rings_run_clockwise():
    """Otherwise plotly fills the rest of the globe."""
    assert [code for code in FEATURES for polygon in polygons(code) if turn(polygon[0]) >= 0] == []
