"""Geometry of outlines: read with care, repaired, dissolved, simplified together, rounded, exterior rings clockwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from data_access.pipeline.sheet.faults import rejected

LONGITUDES, LATITUDES = (22.0, 40.5), (44.0, 52.6)  # Ukraine with a margin
TOLERANCE_DEGREES = 0.002  # about 200 m, less than a pixel of a map of an oblast
DECIMALS = 4
SAMPLED_LINES, MOST_MEETINGS = 200, 100  # a true outline meets itself some ten times for each of its lines
DEEPEST_COLLECTION = 8
Features = Sequence[tuple[int, object]]


def outlines(file: str, by_code: Mapping[str, Features]) -> tuple[dict[str, str], int]:
    """GeoJSON geometry by code, without units that have no area, and how many had to be repaired.

    `by_code`: (feature number, geometry) of each code. Raises RejectedFile.
    """
    dissolved, repaired = {}, 0
    for code, features in by_code.items():
        polygons = [p for number, geometry in features for p in _polygons(file, number, geometry, DEEPEST_COLLECTION)]
        broken = [polygon for polygon in polygons if not polygon.is_valid]
        if any(_is_tangle(polygon) for polygon in broken):
            raise rejected(
                file, f"the outline of {code} crosses itself too often to be repaired; export the layer anew"
            )
        repaired += bool(broken)
        whole = _area(shapely.union_all(_valid(polygons)))
        if not whole.is_empty:
            dissolved[code] = whole
    simple = _simplified(list(dissolved.values()))
    written = {code: _written(shape, whole) for (code, whole), shape in zip(dissolved.items(), simple, strict=True)}
    return written, repaired


def _is_tangle(polygon: shapely.Polygon) -> bool:
    """Whether the lines of the outline meet so often that repairing would take minutes, judged by some of them."""
    points = shapely.get_coordinates(polygon)
    lines = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    some = lines[:: max(1, len(lines) // SAMPLED_LINES)]
    return len(shapely.STRtree(lines).query(some)[0]) > MOST_MEETINGS * len(some)


def _valid(shapes: Sequence[shapely.Geometry] | np.ndarray) -> np.ndarray:
    valid: np.ndarray = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return valid


def _polygons(file: str, number: int, geometry: object, depth: int) -> Iterator[shapely.Polygon]:
    """Polygons of a geometry; points and lines in a collection bound nothing and are passed over."""
    if geometry is None:
        return
    members = geometry if isinstance(geometry, dict) else {}
    kind = members.get("type")
    if kind == "GeometryCollection" and depth and isinstance(members.get("geometries"), list):
        for part in members["geometries"]:
            yield from _polygons(file, number, part, depth - 1)
    elif kind in ("Polygon", "MultiPolygon"):
        coordinates = members.get("coordinates")
        for rings in [coordinates] if kind == "Polygon" else _list(file, number, coordinates):
            yield from _polygon(file, number, rings)
    elif kind not in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        raise rejected(file, f"feature {number} is no polygon ({str(kind)[:40]}); export areas, not lines or points")


def _polygon(file: str, number: int, rings: object) -> Iterator[shapely.Polygon]:
    read = [_ring(file, number, ring) for ring in _list(file, number, rings)]
    if read and len(read[0]) >= 3:
        yield shapely.Polygon(read[0], [ring for ring in read[1:] if len(ring) >= 3])


def _ring(file: str, number: int, ring: object) -> np.ndarray:
    """Points of a ring without its repeated end, each inside Ukraine."""
    points = _list(file, number, ring)
    if not all(_is_point(point) for point in points):
        raise rejected(file, f"feature {number} has coordinates that are no pairs of numbers; export the layer anew")
    read = np.array([point[:2] for point in points], dtype=float).reshape(-1, 2)
    if not _inside(read, LONGITUDES, LATITUDES):
        if _inside(read, LATITUDES, LONGITUDES):
            raise rejected(file, f"feature {number} has latitude before longitude; export it with longitude first")
        what = "is measured in another system or lies outside Ukraine"
        raise rejected(file, f"feature {number} {what}; export it in degrees, longitude first (WGS 84)")
    return read[:-1] if len(read) and (read[0] == read[-1]).all() else read


def _list(file: str, number: int, given: object) -> list[Any]:
    if not isinstance(given, list):
        raise rejected(file, f"feature {number} has coordinates that are no list of rings; export the layer anew")
    return given


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list) and len(point) >= 2 and all(type(n) in (int, float) and abs(n) < 1e9 for n in point[:2])
    )


def _inside(points: np.ndarray, first: tuple[float, float], second: tuple[float, float]) -> bool:
    low, high = np.array([first[0], second[0]]), np.array([first[1], second[1]])
    return bool(((points >= low) & (points <= high)).all())


def _area(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """What of a shape is area: repairing leaves lines and points beside it."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    flat = [polygon for part in parts for polygon in shapely.get_parts(part) if polygon.area > 0]
    return shapely.MultiPolygon(flat)


def _simplified(shapes: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """All together, so that neighbours keep one common line; on a grid of as many decimals as are written."""
    if not shapes:
        return []
    simple = shapely.coverage_simplify(np.array(shapes), TOLERANCE_DEGREES)
    return [_area(shape) for shape in shapely.set_precision(_valid(simple), 10**-DECIMALS)]


def _written(shape: shapely.Geometry, whole: shapely.Geometry) -> str:
    """As GeoJSON text; a unit too small for the grid keeps its own points."""
    kept = whole if shape.is_empty else shape
    polygons = [_rounded(polygon) for polygon in shapely.orient_polygons(kept, exterior_cw=True).geoms]
    geometry = {"type": "Polygon", "coordinates": polygons[0]}
    if len(polygons) > 1:
        geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return json.dumps(geometry, separators=(",", ":"))


def _rounded(polygon: shapely.Polygon) -> list[list[list[float]]]:
    rings = [polygon.exterior, *polygon.interiors]
    return [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords] for ring in rings]
