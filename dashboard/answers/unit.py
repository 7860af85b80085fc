"""What is stored about one unit. A visit reads the unit's own cells, by an index, and no other's."""

import math
from collections.abc import Collection, Sequence
from itertools import islice

import numpy as np
import pandas as pd

import data_access
from dashboard import data
from data_access import PUBLIC, Audience

EARTH_KM = 6371.0088  # mean radius
ABOVE = (2, 4, 6, 9)  # characters of the P-codes of a country, region, raion and hromada
Rows = dict[tuple[str, str], dict]


@data.answer(500)
def cells(code: str, *, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """The visible cells of a unit: every indicator, breakdown, source and period (do not change them)."""
    frame = data.unit_cells(code, audience=audience, release=release)
    order = _order()
    places = pd.Series([order.get(pair, -1) for pair in zip(frame["indicator"], frame["breakdown"], strict=True)])
    places = places[places >= 0].sort_values(kind="stable")
    return frame.iloc[places.index].reset_index(drop=True)


@data.answer(500)
def headlines(code: str, *, audience: Audience = PUBLIC, release: str = "") -> Rows:
    """The headline rows of a unit by (indicator, category), '' being the total (do not change them)."""
    own = cells(code, audience=audience, release=release)
    rows = data_access.headlines(own, data.registry()).to_dict("records")
    return {(row["indicator"], row["category"]): row for row in rows}


@data.answer(500, newest=True, everybody=True)
def status_rows(code: str) -> list[dict]:
    """Rows of the official status list that name the unit, a settlement of this hromada, or a unit above; oldest first.

    Rows of the units inside a raion or region are left out.
    """
    places = _status_places()
    found = [place for size in ABOVE if size <= len(code) for place in places.get(code[:size], ())]
    rows = data.status_periods().iloc[sorted(found)]
    return (rows if len(code) == ABOVE[-1] else rows[rows["unit_kind"] != "settlement"]).to_dict("records")


def edition() -> tuple[pd.Timestamp, str] | None:
    """Day and source of the newest edition of the official status list; None where none is loaded."""
    rows = data.status_periods()
    return None if rows.empty else (rows["edition_on"].iloc[0], rows["source_id"].iloc[0])


def former_names(code: str, lang: str) -> list[str]:
    """Names that the unit bore before."""
    return _former_names().get(code, {}).get(lang, [])


def inside(code: str) -> list[str]:
    """P-codes of the units directly below: raions of a region, hromadas of a raion."""
    return _units_inside().get(code, [])


def status_by_hromada(code: str, *, release: str = "") -> dict[str, str]:
    """The status now of each hromada inside a raion or region, by P-code; {} for other units."""
    known = _status_of_hromadas(release=release)
    size = len(code)
    return {one: status for one, status in known.items() if one[:size] == code and one != code}


def nearest(code: str, count: int, among: Collection[str] | None = None) -> list[tuple[str, float]]:
    """The nearest communities (hromadas, Kyiv, Sevastopol) and how many kilometres away; none without a point."""
    codes, points = _points()
    if code not in codes:
        return []
    away = distances(points[codes.index(code)], points)
    fitting = (place for place in np.argsort(away, kind="stable") if codes[place] != code)
    order = islice((place for place in fitting if among is None or codes[place] in among), count)
    return [(codes[place], float(away[place])) for place in order]


def distances(here: Sequence[float], points: np.ndarray) -> np.ndarray:
    """Great-circle kilometres from a point (latitude, longitude in degrees) to each of `points`."""
    lat, lon = (math.radians(degrees) for degrees in here)
    lats, lons = np.radians(points).T
    arc = np.sin((lats - lat) / 2) ** 2 + math.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(arc))


def _order() -> dict[tuple[str, str], int]:
    """The place of each indicator's total and breakdowns: as the registry names them."""
    pairs = ((name, part) for name, one in data.registry().items() for part in ("", *one.breakdowns))
    return {pair: place for place, pair in enumerate(pairs)}


@data.answer(2, newest=True, everybody=True)
def _status_places() -> dict[str, np.ndarray]:
    places = data.status_periods().groupby("code", sort=False).indices
    return {str(code): np.asarray(some) for code, some in places.items()}


@data.answer(2, newest=True, everybody=True)
def _former_names() -> dict[str, dict[str, list[str]]]:
    rows = data.table("territory_names").groupby("code")
    return {str(code): {lang: list(names[f"name_{lang}"]) for lang in ("uk", "en")} for code, names in rows}


@data.answer(2, newest=True, everybody=True)
def _units_inside() -> dict[str, list[str]]:
    inside = data.territories().groupby("parent_code")["code"].agg(list)
    return {str(code): codes for code, codes in inside.items()}


@data.answer(4, everybody=True)
def _status_of_hromadas(*, release: str = "") -> dict[str, str]:
    profiles = data.peer_profiles(release=release)
    return {code: status for code, status in zip(profiles["code"], profiles["status"], strict=True) if status}


@data.answer(2, newest=True, everybody=True)
def _points() -> tuple[list[str], np.ndarray]:
    places = data.territories()
    community = (places["level"] == "hromada") | (places["kind"] == "city")
    places = places[community & places["lat"].notna()]
    return list(places["code"]), places[["lat", "lon"]].to_numpy()
