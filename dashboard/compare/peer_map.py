"""Where the units compared are: a mark at each seat over the outlines of the regions, without any library."""

import math
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from dashboard import data
from dashboard.answers import places
from dashboard.language.words import listed, say
from dashboard.parts.html import NOTHING, joined, tag

WEST, EAST, SOUTH, NORTH = 21.9, 40.4, 44.2, 52.6
WIDTH = 600
MANY = 100  # more dots are drawn smaller
FINEST = 0.035  # of the flat map: what is nearer to its neighbour is left out of an outline


def peer_map(mine: str, codes: Iterable[str], alt: str, lang: str) -> Markup:
    """A map of the units (a dot each) and mine (a diamond)."""
    codes = tuple(codes)
    dots = [_mark(code, None, lang) for code in codes]
    kind = "peer-map many" if len(codes) > MANY else "peer-map"
    ratio = f"aspect-ratio:{WIDTH}/{_point(WEST, SOUTH)[1]:.0f}"
    marks = (tag("img", alt="", src=outlines()), *dots, _mark(mine, "mine", lang))
    source = tag("p", say("figure.boundary", lang), _unplaced((mine, *codes), lang), cls="source")
    return joined((tag("div", *marks, cls=kind, role="img", aria_label=alt, style=ratio), source))


@lru_cache(maxsize=1)
def outlines() -> str:
    """The regions' outlines as a picture in an address (data:), some 15 kB."""
    path = "".join(_ring(ring) for line in places.outlines().values() for ring in places.rings(*line))
    height = _point(WEST, SOUTH)[1]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}">'
        f'<path d="{path}" fill="#8296a4" fill-opacity=".16" stroke="#8296a4" stroke-width="1"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe=" ='/:.,-")


def _mark(code: str, kind: str | None, lang: str) -> Markup:
    """A mark at the seat; nothing where the seat's place is not known."""
    row = data.territory(code)
    if math.isnan(row["lat"]):
        return NOTHING
    x, y = _point(row["lon"], row["lat"])
    share = 100 * x / WIDTH, 100 * y / _point(WEST, SOUTH)[1]
    style = f"left:{share[0]:.1f}%;top:{share[1]:.1f}%"
    return tag("i", cls=kind, style=style, title=data.territory_name(code, lang))


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
