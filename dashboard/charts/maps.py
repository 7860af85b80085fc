"""Maps of the 27 oblasts: filled by class, or with circles whose area stands for the value."""

import plotly.graph_objects as go

from dashboard import data
from dashboard.charts import palette, signs
from dashboard.charts.marks import Marks, plain
from dashboard.charts.screen import hover, layout
from dashboard.language.words import say

UKRAINE = {"lon": (21.9, 40.4), "lat": (44.0, 52.65)}  # what the map frames, in degrees
LARGEST_CIRCLE = 44


def fill_map(marks: Marks) -> go.Figure:
    """Regions filled by class; those without a value grey, with the sign of their mark; zeros ringed."""
    return _map(plain(marks), class_colours(marks))


def circle_map(marks: Marks) -> go.Figure:
    """Circles whose area stands for the value, over regions that say only whether a value is known."""
    marks = plain(marks)
    figure = _map(marks, [palette.UNKNOWN if value != value else palette.GROUND for value in marks.rows["value"]])
    rows = marks.rows[marks.rows["value"].notna() & (marks.rows["value"] != 0)]
    places = data.territories().loc[rows["code"]]
    figure.add_scattergeo(
        lon=places["lon"],
        lat=places["lat"],
        **hover(rows),
        marker={
            "size": (rows["value"] / rows["value"].max()) ** 0.5 * LARGEST_CIRCLE,
            "color": [palette.CHOSEN if code == marks.chosen else palette.OTHERS for code in rows["code"]],
            "opacity": 0.78,
            "line": {"width": 1, "color": "#FFFFFF"},
        },
        unselected={"marker": {"opacity": 0.78}},
    )
    return figure


def shades(marks: Marks) -> list[str]:
    """A colour for each class, light to dark."""
    step = (len(palette.SEQUENCE) - 1) / max(len(marks.classes) - 1, 1)
    return [palette.SEQUENCE[round(place * step)] for place in range(len(marks.classes))]


def class_colours(marks: Marks) -> list[str]:
    """The colour of each row's class; grey where no class holds its value."""
    known = list(zip(shades(marks), marks.classes, strict=True))
    found = {
        value: next((shade for shade, (low, high) in known if low <= value <= high), palette.NO_DATA)
        for value in marks.rows["value"].unique()
        if value == value
    }
    return [found.get(value, palette.NO_DATA) for value in marks.rows["value"]]


def legend(marks: Marks, circles: bool, lang: str, number) -> list[tuple[str, str]]:
    """(colour, words) of each class that the map shows; `number` formats a class's bounds."""
    if circles:
        return [(palette.OTHERS, say("map.circle", lang))]
    return [
        (shade, number(low) if low == high else say("map.from_to", lang, low=number(low), high=number(high)))
        for shade, (low, high) in zip(shades(marks), marks.classes, strict=True)
    ]


def regions(marks: Marks, colours: list[str], geometry: str) -> go.Choropleth:
    """Units filled with their colours, outlines by address; the chosen one bordered."""
    kinds = sorted(set(colours))
    last = max(len(kinds) - 1, 1)
    scale = [[index / last, kind] for index, kind in enumerate(kinds)]
    chosen = marks.rows["code"] == marks.chosen
    return go.Choropleth(
        geojson=f"/geo/{geometry}.geojson",
        featureidkey="properties.code",
        locations=marks.rows["code"],
        z=[kinds.index(colour) for colour in colours],
        zmin=0,
        zmax=last,
        colorscale=scale if len(scale) > 1 else [[0, kinds[0]], [1, kinds[0]]],
        showscale=False,
        **hover(marks.rows),
        marker={
            "line": {
                "color": [palette.CHOSEN if one else palette.LINE for one in chosen],
                "width": [3 if one else 0.6 for one in chosen],
            }
        },
        unselected={"marker": {"opacity": 1}},
    )


def frame(figure: go.Figure, lon: tuple[float, float], lat: tuple[float, float]) -> go.Figure:
    """The figure showing this piece of the earth and nothing of plotly's own maps."""
    figure.update_geos(
        visible=False,
        bgcolor="rgba(0,0,0,0)",
        projection={"type": "mercator"},
        lonaxis={"range": lon},
        lataxis={"range": lat},
    )
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})


def sign_seats(figure: go.Figure, rows, size: float, unknown: dict) -> None:
    """Signs of missing values and of zeros at the units' seats, as far as they are known; `unknown` draws no data."""
    for sign, marked in signs.groups(rows):
        _at_seats(figure, marked, unknown if sign == "x" else signs.marker(sign, size), sign)


def add_dots(figure: go.Figure, rows, colours: list[str]) -> None:
    """Dots in the class's colour at seats whose outline is not loaded."""
    _at_seats(figure, rows, {"size": 7, "color": colours, "line": {"width": 0.6, "color": palette.LINE}}, "")


def add_frames(figure: go.Figure, rows) -> None:
    """Frames around the seats of what is temporarily occupied."""
    _at_seats(figure, rows, signs.frame(rows["value"].isna().map({True: 5, False: 9})), "occupied")


def add_members(figure: go.Figure, rows, near: bool) -> None:
    """Frames around the seats of the Association's members."""
    if len(rows):
        _at_seats(figure, rows, signs.member(near), "member")


def _at_seats(figure: go.Figure, rows, look: dict, name: str) -> None:
    places = data.territories().loc[rows["code"]]
    figure.add_scattergeo(
        lon=places["lon"],
        lat=places["lat"],
        mode="markers",
        **hover(rows),
        name=name,
        marker=look,
        unselected={"marker": {"opacity": 1}},
    )


def _map(marks: Marks, colours: list[str]) -> go.Figure:
    figure = go.Figure(regions(marks, colours, "oblasts"), layout(height=None))
    sign_seats(figure, marks.rows, signs.SIZE, signs.marker("x", 7) | {"opacity": 0.5})
    return frame(figure, **UKRAINE)
