"""Where the units compared are: a mark at each seat over the outlines of the regions, without any library."""

import math
from collections.abc import Iterable

from markupsafe import Markup

from dashboard import data
from dashboard.answers import places
from dashboard.language.words import listed, say
from dashboard.parts.html import NOTHING, joined, tag

WEST, EAST, SOUTH, NORTH = 21.9, 40.4, 44.2, 52.6
WIDTH = 600
MANY = 40  # more dots are drawn smaller and in one stroke, without their names
FINEST = 0.035  # of the flat map: what is nearer to its neighbour is left out of an outline
OUTLINES = "/app/static/regions.svg"  # made by `outlines`; fetched once by a browser


def peer_map(mine: str, codes: Iterable[str], alt: str, lang: str) -> Markup:
    """A map of the units (a dot each) and mine (a diamond)."""
    codes = tuple(codes)
    known = {code: _seat(code) for code in codes if not math.isnan(data.territory(code)["lat"])}
    many = len(known) > MANY
    stroke = "".join(f"M{x} {y}h0" for x, y in known.values())
    dots = [tag("path", d=stroke)] if many else [_dot(code, *seat, lang) for code, seat in known.items()]
    drawn = tag("svg", *dots, _diamond(mine), viewBox=f"0 0 {WIDTH} {_height():.0f}", aria_hidden="true")
    picture = (tag("img", alt="", src=OUTLINES), drawn)
    style = f"aspect-ratio:{WIDTH}/{_height():.0f}"
    source = tag("p", say("figure.boundary", lang), _unplaced((mine, *codes), lang), cls="source")
    kind = "peer-map many" if many else "peer-map"
    return joined((tag("div", *picture, cls=kind, role="img", aria_label=alt, style=style), source))


def outlines() -> str:
    """The regions' outlines as a picture, some 15 kB: what `dashboard/static/regions.svg` holds."""
    path = "".join(_ring(ring) for line in places.outlines().values() for ring in places.rings(*line))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_height():.0f}">'
        f'<path d="{path}" fill="#8296a4" fill-opacity=".16" stroke="#8296a4" stroke-width="1"/></svg>\n'
    )


def _dot(code: str, x: int, y: int, lang: str) -> Markup:
    return tag("path", tag("title", data.territory_name(code, lang)), d=f"M{x} {y}h0")


def _diamond(code: str) -> Markup:
    """Mine; nothing where the seat's place is not known."""
    if math.isnan(data.territory(code)["lat"]):
        return NOTHING
    x, y = _seat(code)
    return tag("path", d=f"M{x} {y - 9}l9 9l-9 9l-9-9z", cls="mine")


def _seat(code: str) -> tuple[int, int]:
    x, y = _point(data.territory(code)["lon"], data.territory(code)["lat"])
    return round(x), round(y)


def _height() -> float:
    return _point(WEST, SOUTH)[1]


def _unplaced(codes: Iterable[str], lang: str) -> str:
    """Whose seat's place is not known."""
    names = [data.territory_name(code, lang) for code in codes if math.isnan(data.territory(code)["lat"])]
    return " " + say("compare.unplaced", lang, names=listed(names, lang)) if names else ""


def _point(lon: float, lat: float) -> tuple[float, float]:
    """Picture units from the upper left corner of a place."""
    return _scaled(lon, float(places.mercator(lat)))


def _scaled(x: float, y: float) -> tuple[float, float]:
    """The same of a place on the flat map (answers/places.py)."""
    scale = WIDTH / (EAST - WEST)
    return (x - WEST) * scale, (float(places.mercator(NORTH)) - y) * scale


def _ring(ring: list[tuple[float, float]]) -> str:
    """A closed line without the points that would not be seen; '' for an islet."""
    kept = [ring[0]]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) > FINEST:
            kept.append(point)
    points = [f"{x:.0f} {y:.0f}" for x, y in (_scaled(*point) for point in kept)]
    return f"M{'L'.join(dict.fromkeys(points))}Z" if len(points) > 3 else ""
