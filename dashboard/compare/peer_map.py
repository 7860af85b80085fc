"""Where the units compared are: a mark at each seat over the outlines of the regions, without any library."""

import math
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from dashboard import data
from dashboard.answers import places
from dashboard.charts import palette
from dashboard.language.words import listed, say
from dashboard.parts.html import NOTHING, joined, tag

WEST, EAST, SOUTH, NORTH = 21.9, 40.4, 44.2, 52.6
WIDTH = 600
MANY = 40  # more dots are drawn in one stroke, without their names
FINEST = 0.035  # of the flat map: what is nearer to its neighbour is left out of an outline
OUTLINES = "/app/static/regions.svg"  # made by `outlines`; fetched once by a browser


def peer_map(mine: str, codes: Iterable[str], alt: str, lang: str) -> Markup:
    """A map of the units (a dot each) and mine (a diamond)."""
    codes = tuple(codes)
    known = [code for code in codes if not math.isnan(data.territory(code)["lat"])]
    dots = [_many(known)] if len(known) > MANY else [_mark(code, None, lang) for code in known]
    style = f"aspect-ratio:{WIDTH}/{_height():.0f}"
    picture = (tag("img", alt="", src=OUTLINES), *dots, _mark(mine, "mine", lang))
    source = tag("p", say("figure.boundary", lang), _unplaced((mine, *codes), lang), cls="source")
    return joined((tag("div", *picture, cls="peer-map", role="img", aria_label=alt, style=style), source))


def outlines() -> str:
    """The regions' outlines as a picture, some 15 kB: what `dashboard/static/regions.svg` holds."""
    path = "".join(_ring(ring) for line in places.outlines().values() for ring in places.rings(*line))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_height():.0f}">'
        f'<path d="{path}" fill="#8296a4" fill-opacity=".16" stroke="#8296a4" stroke-width="1"/></svg>\n'
    )


def _mark(code: str, kind: str | None, lang: str) -> Markup:
    """A mark at the seat; nothing where the seat's place is not known."""
    if math.isnan(data.territory(code)["lat"]):
        return NOTHING
    x, y = _seat(code)
    style = f"left:{100 * x / WIDTH:.1f}%;top:{100 * y / _height():.1f}%"
    return tag("i", cls=kind, style=style, title=data.territory_name(code, lang))


def _many(codes: Iterable[str]) -> Markup:
    """All of them in one stroke, as a picture in an address (data:): some 10 bytes a unit."""
    stroke = "".join(f"M{x:.0f} {y:.0f}h0" for x, y in map(_seat, codes))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_height():.0f}">'
        f'<path d="{stroke}" stroke="{palette.OTHERS}" stroke-width="5" stroke-linecap="round"/></svg>'
    )
    return tag("img", alt="", src="data:image/svg+xml," + quote(svg, safe=" ='/:.,-"), cls="over")


def _seat(code: str) -> tuple[float, float]:
    row = data.territory(code)
    return _point(row["lon"], row["lat"])


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
