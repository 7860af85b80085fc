"""Boundaries from GeoJSON: features with a P-code or KATOTTG become one simplified outline a unit."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from data_access.pipeline.sheet.faults import Fault, RejectedFile, hidden, rejected
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.personal_data import DELETE_COLUMN, is_personal_column
from data_access.pipeline.sheet.report import counted
from data_access.pipeline.sheet.table_file import Sheet, content_of

CODE = re.compile(r"UA(\d{2}|\d{4}|\d{7}|\d{17})", re.ASCII)
# What layers of OpenStreetMap, COD-AB, GADM and geoBoundaries tell of a unit itself: its names, post codes and centre.
OF_A_UNIT = re.compile(
    r"((alt|old|official|short|int|loc|nat|reg|sorting|var|nl_|shape)_?)?name([:_].*|\d*)|addr:.*|postal_code|"
    r"(label|center|centre)_(lat|lon|x|y)|shape_\w+|geometry",
    re.IGNORECASE,
)
MOST_ARRAYS, MOST_OBJECTS, MOST_COMMAS = 4_000_000, 200_000, 20_000_000  # counted before anything is unpacked
WGS84 = re.compile(r"(EPSG:{1,2}4326|CRS:?84)$", re.IGNORECASE)
NOT_GEOJSON = "is no GeoJSON that can be read; export the layer anew as GeoJSON (WGS 84)"
COLUMNS = ("code", "geometry", "attribution")


def read_boundaries(kind: Kind, path: Path) -> Parts:
    """One row for each unit, in the order of codes. Raises RejectedFile."""
    from data_access.pipeline.boundaries.outlines import outlines

    content = content_of(path)
    collection = _collection(path.name, content)
    features = collection["features"]
    by_code, without = _by_code(path.name, features)
    attribution = next(
        (str(collection[key]) for key in ("attribution", "licence", "license") if collection.get(key)), ""
    )
    found, repaired = outlines(path.name, by_code)
    rows = [
        (number, {"code": code, "geometry": geometry, "attribution": attribution.strip()[:500]})
        for number, (code, geometry) in enumerate(sorted(found.items()), 1)
    ]
    remarks = _remarks(without, sorted(set(by_code) - set(found)), repaired, attribution)
    return [(kind, Sheet(path.name, hashlib.sha256(content).hexdigest(), COLUMNS, rows, remarks=remarks))]


def _remarks(without: int, empty: list[str], repaired: int, attribution: str) -> tuple[str, ...]:
    found = []
    if without:
        found.append(f"without P-code or KATOTTG and left out: {counted(without, 'feature')}.")
    if empty:
        found.append(f"without area and left out: {counted(len(empty), 'unit')} ({', '.join(empty[:12])}).")
    if repaired:
        found.append(f"repaired, as the line crossed itself: {counted(repaired, 'outline')}.")
    if not attribution:
        found.append('the file does not say whose data it holds; add a member "attribution" beside "features".')
    return tuple(found)


def _collection(file: str, content: bytes) -> dict[str, Any]:
    """The FeatureCollection, unpacked only when its counts are sane."""
    for sign, most in ((b"[", MOST_ARRAYS), (b"{", MOST_OBJECTS), (b",", MOST_COMMAS)):
        if content.count(sign) > most:
            raise rejected(file, f"is too detailed (more than {most} times {sign.decode()!r}); simplify it first")
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise rejected(file, NOT_GEOJSON) from None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise rejected(file, "is no FeatureCollection; export the layer with one feature for each unit")
    if not isinstance(found.get("features"), list) or not found["features"]:
        raise rejected(file, "has no features; export the layer with one feature for each unit")
    crs = _crs(found.get("crs"))
    if crs is not None and not WGS84.search(crs):
        raise rejected(file, f"has the coordinate system {crs[:60]!r}; export it in WGS 84 (EPSG:4326)")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _crs(member: object) -> str | None:
    """The name in the old member `crs`; None where there is none, '' where it cannot be read."""
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else ""


def _by_code(file: str, features: list[Any]) -> tuple[dict[str, list[tuple[int, Any]]], int]:
    """(feature number, geometry) by code, and how many features bear none."""
    faulty = [number for number, feature in enumerate(features, 1) if not isinstance(feature, dict)]
    if faulty:
        raise rejected(file, f"feature {faulty[0]} is no object; {NOT_GEOJSON}")
    _refuse_personal(file, features)
    named = _code_property([_properties(feature) for feature in features])
    if named is None:
        raise rejected(
            file, "no feature has a property with a P-code (UA6312027) or KATOTTG (UA and 17 digits); add it"
        )
    by_code: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    without = 0
    for number, feature in enumerate(features, 1):
        code = _code(_properties(feature).get(named))
        if code:
            by_code[code].append((number, feature.get("geometry")))
        else:
            without += 1
    return by_code, without


def _refuse_personal(file: str, features: list[Any]) -> None:
    """Raise RejectedFile for properties, though none but the code is read, that speak of persons."""
    faults = [
        Fault(file, 0, "", DELETE_COLUMN, at=f"feature {number}, {hidden(name)}")
        for number, feature in enumerate(features, 1)
        for name in _properties(feature)
        if not OF_A_UNIT.fullmatch(name) and is_personal_column(name)
    ]
    if faults:
        raise RejectedFile(faults)


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    own = feature.get("properties")
    return {"": feature.get("id"), **(own if isinstance(own, dict) else {})}


def _code_property(every: list[dict[str, Any]]) -> str | None:
    """The property whose values look like codes and differ most, or are longest: ADM3_PCODE, not ADM1_PCODE."""
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for properties in every:
        for name, value in properties.items():
            if code := _code(value):
                values[name][code] += 1

    def rank(name: str) -> tuple[int, int, int]:
        return len(values[name]), values[name].total(), max(map(len, values[name]))

    return max(sorted(values), key=rank, default=None)


def _code(value: object) -> str:
    """The P-code or KATOTTG that a property holds; '' where it holds none."""
    return value.strip() if isinstance(value, str) and CODE.fullmatch(value.strip()) else ""
