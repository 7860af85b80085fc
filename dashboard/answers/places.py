"""Where communities lie on a flat map, which of them are occupied, and whose outlines are loaded."""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard import data
from dashboard.answers import snapshot
from data_access import CITIES

OCCUPIED = "temporarily_occupied"
CODE = re.compile(r'"id":"(UA\d+)"')
ROOM = 0.08  # of the width and height, left free around
FRAME = 1.45  # width to height of the map (style.css)


def mercator(lat) -> np.ndarray:
    """Latitudes in degrees as heights of a Mercator map, on the scale of its longitudes in degrees."""
    return np.degrees(np.arcsinh(np.tan(np.radians(lat))))


@data.answer(2, newest=True, everybody=True)
def seats() -> pd.DataFrame:
    """x and y of every community's seat by P-code, Kyiv and Sevastopol included; NaN where the seat is unknown."""
    places = data.territories().loc[list(snapshot.units("hromada")), ["lon", "lat"]].astype(float)
    return pd.DataFrame({"x": places["lon"], "y": mercator(places["lat"])}, dtype="float32")


@data.answer(8, everybody=True)
def occupied(*, release: str = "") -> frozenset[str]:
    """P-codes of the communities that are temporarily occupied by the newest edition of order 376."""
    profiles, periods = data.peer_profiles(release=release), data.status_periods()
    cities = periods[periods["code"].isin(CITIES) & periods["end_on"].isna() & periods["status"].eq(OCCUPIED)]
    return frozenset(profiles.loc[profiles["status"] == OCCUPIED, "code"]) | frozenset(cities["code"])


@data.answer(2, newest=True, everybody=True)
def members() -> frozenset[str]:
    """P-codes of the communities on the loaded list of the Association's members; none where no list is loaded."""
    places = data.territories()
    return frozenset(places["code"][places["member_since_on"].notna() | (places["member_source_id"] != "")])


def without_seat(codes: Iterable[str]) -> list[str]:
    """Those of the codes whose seat is unknown, so that no map can show them."""
    known = seats()["x"].notna()
    return [code for code in codes if not known.get(code, False)]


@lru_cache(maxsize=1)
def outlines() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """x and y along the outline of each oblast, a NaN after each ring."""
    shapes = json.loads(data.GEOMETRY["oblasts.geojson"].read_text("utf-8"))["features"]
    return {shape["id"]: _line(shape["geometry"]) for shape in shapes}


def rings(x: np.ndarray, y: np.ndarray) -> list[list[tuple[float, float]]]:
    """The points of each ring of an outline."""
    starts = np.flatnonzero(np.isnan(x)) + 1
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    return [points[start : end - 1] for start, end in pairwise([0, *starts.tolist()])]


def window(area: str) -> tuple[list[float], list[float]]:
    """The ranges of x and of y that hold an oblast, or the whole country, in the shape of the map's frame."""
    lines = outlines()
    shown = [lines[area]] if area in lines else list(lines.values())
    x, y = (np.concatenate(along) for along in zip(*shown, strict=True))
    middle = [(np.nanmin(along) + np.nanmax(along)) / 2 for along in (x, y)]
    wide, high = ((1 + ROOM) * (np.nanmax(along) - np.nanmin(along)) / 2 for along in (x, y))
    wide = max(wide, high * FRAME)
    halves = (wide, wide / FRAME)
    across, along = ([float(at - half), float(at + half)] for at, half in zip(middle, halves, strict=True))
    return across, along


def latitudes(heights: list[float]) -> list[float]:
    """The latitudes of Mercator heights."""
    return [float(lat) for lat in np.degrees(np.arctan(np.sinh(np.radians(heights))))]


def outlined() -> tuple[frozenset[str], str]:
    """P-codes of the communities whose outlines are loaded, and the attribution that the files carry, '' for none."""
    text, version = data.boundaries("hromada")
    return _read(version, text)


def _line(geometry: dict) -> tuple[np.ndarray, np.ndarray]:
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [np.vstack([np.array(ring), [[np.nan, np.nan]]]) for shape in shapes for ring in shape]
    points = np.vstack(rings)
    return points[:, 0].astype("float32"), mercator(points[:, 1]).astype("float32")


@lru_cache(maxsize=2)
def _read(version: str, text: str) -> tuple[frozenset[str], str]:
    if not text:
        return frozenset(), ""
    said, _ = json.JSONDecoder().raw_decode(text, text.index('"attribution":') + len('"attribution":'))
    return frozenset(CODE.findall(text)), said
