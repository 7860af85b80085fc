"""Draws marks with plotly, and reads nothing but marks."""

from collections.abc import Sequence
from functools import lru_cache
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go
from babel import Locale

from dashboard import data
from dashboard.charts import palette
from dashboard.charts.bands import Band, extent, grounds, ticks
from dashboard.charts.marks import Marks
from dashboard.words import say, short_number, term

ROW_HEIGHT = 26
UKRAINE = {"lon": (21.9, 40.4), "lat": (44.0, 52.65)}  # what the map frames, in degrees
LARGEST_CIRCLE = 52


def bars(marks: Marks) -> go.Figure:
    """Sorted horizontal bars of the known values; the chosen oblast in another colour and outlined."""
    rows = marks.rows[marks.rows["value"].notna()].iloc[::-1]
    chosen = rows["code"] == marks.chosen
    bar = go.Bar(
        x=rows["value"],
        y=rows["label"],
        orientation="h",
        text=rows["number"],
        customdata=_custom(rows),
        hovertemplate=_HOVER,
        textposition="outside",
        cliponaxis=False,
        marker={
            "color": [palette.CHOSEN if one else palette.OTHERS for one in chosen],
            "line": {"width": [2 if one else 0 for one in chosen], "color": palette.LINE},
        },
    )
    figure = go.Figure(bar, layout(height=ROW_HEIGHT * len(rows) + 30))
    figure.update_xaxes(visible=False, range=[0, 1.45 * rows["value"].max()])
    figure.update_yaxes(automargin=True, showgrid=False, ticksuffix="  ")
    return figure


def fill_map(marks: Marks) -> go.Figure:
    """Regions filled by class; those without a value grey and crossed."""
    place = {
        value: index
        for index, (low, high) in enumerate(marks.classes)
        for value in marks.rows["value"]
        if low <= value <= high
    }
    step = (len(palette.SEQUENCE) - 1) / max(len(marks.classes) - 1, 1)
    colours = [
        palette.NO_DATA if value != value else palette.SEQUENCE[round(place[value] * step)]
        for value in marks.rows["value"]
    ]
    return _map(marks, colours)


def circle_map(marks: Marks) -> go.Figure:
    """Circles whose area stands for the value, over regions that say only whether a value is known."""
    figure = _map(marks, [palette.NO_DATA if value != value else palette.LAND for value in marks.rows["value"]])
    _ring_zeros(figure, marks)
    rows = marks.rows[marks.rows["value"].notna() & (marks.rows["value"] != 0)]
    places = data.territories().loc[rows["code"]]
    figure.add_scattergeo(
        lon=places["lon"],
        lat=places["lat"],
        customdata=_custom(rows),
        hovertemplate=_HOVER,
        marker={
            "size": (rows["value"] / rows["value"].max()) ** 0.5 * LARGEST_CIRCLE,
            "color": [palette.CHOSEN if code == marks.chosen else palette.OTHERS for code in rows["code"]],
            "opacity": 0.78,
            "line": {"width": 1, "color": "#FFFFFF"},
        },
        unselected={"marker": {"opacity": 0.78}},
    )
    return figure


def lines(marks: Marks, lang: str, bands: Sequence[Band] = ()) -> go.Figure:
    """One line a series, each with a dash, symbol and colour of its own, and its name at the top.

    `bands`: periods under an official status, drawn behind the lines in the status's colour and pattern.
    """
    series = list(marks.rows.groupby("series", sort=False))[:4]
    traces = [*grounds(marks, bands, lang), *(_line(place, rows) for place, (_, rows) in enumerate(series))]
    axes = _axes(marks.rows["value"].max(), lang)
    if len(traces) > len(series):
        axes["xaxis"]["range"] = extent(marks)
    parts = layout(height=320, legend=_TOP_LEGEND, **axes)
    return go.Figure(traces, parts | {"showlegend": len(traces) > 1})


def _line(place: int, rows: pd.DataFrame) -> dict:
    return {
        "type": "scatter",
        "x": rows["on"].to_numpy(),
        "y": rows["value"].to_numpy(),
        "name": "<br>".join(wrap(rows["series_name"].iloc[0], 44)),
        "mode": "lines+markers",
        "line": {"color": palette.CATEGORIES[place], "dash": palette.DASHES[place], "width": 2},
        "marker": {"symbol": palette.SYMBOLS[place], "size": 8},
        "customdata": rows[["text", "detail"]].to_numpy(),
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    }


def status_areas(marks: Marks, lang: str) -> go.Figure:
    """Stacked areas of communities under each official status, patterned as well as coloured."""
    axes = _axes(marks.rows.groupby("on")["value"].sum().max(), lang)
    figure = go.Figure(layout=layout(height=340, legend=_TOP_LEGEND | {"traceorder": "normal"}, **axes))
    for status in palette.STATUS:
        rows = marks.rows[marks.rows["series"] == status]
        figure.add_scatter(
            x=rows["on"],
            y=rows["value"],
            name=term("category", status, lang),
            stackgroup="all",
            mode="lines",
            line={"width": 1, "color": palette.STATUS[status]},
            fillcolor=palette.STATUS[status],
            fillpattern={
                "shape": palette.PATTERNS[status],
                "fgcolor": "rgba(255,255,255,0.35)",
                "bgcolor": palette.STATUS[status],
                "size": 7,
            },
            customdata=rows[["detail"]],
            hovertemplate="%{fullData.name}: <b>%{y}</b><br>%{customdata[0]}<extra></extra>",
        )
    return figure


def layout(**parts) -> dict:
    """What all charts share: no ground of their own, narrow margins, no dragging."""
    return {
        "margin": {"l": 0, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": "legend" in parts,
        "dragmode": False,
        "hoverlabel": {"align": "left"},
        **parts,
    }


@lru_cache(maxsize=2)
def config(lang: str) -> dict:
    """Plotly's settings: Ukrainian months and separators in place, nothing fetched from elsewhere, no toolbar."""
    locale = Locale.parse("uk" if lang == "uk" else "en_GB")
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    words = {
        "months": [months["wide"][n] for n in range(1, 13)],
        "shortMonths": [months["abbreviated"][n] for n in range(1, 13)],
        "days": [days["wide"][(n - 1) % 7] for n in range(7)],
        "shortDays": [days["abbreviated"][(n - 1) % 7] for n in range(7)],
        "date": "%d.%m.%Y" if lang == "uk" else "%d %B %Y",
        "decimal": "," if lang == "uk" else ".",
        "thousands": "\u00a0" if lang == "uk" else ",",
    }
    return {
        "displayModeBar": False,
        "scrollZoom": False,
        "topojsonURL": "/geo/",
        "locale": lang,
        "locales": {lang: {"dictionary": {}, "format": words}},
    }


def legend(marks: Marks, circles: bool, lang: str, number) -> list[tuple[str, str]]:
    """(colour, words) of each class that the map shows; `number` formats a class's bounds."""
    step = (len(palette.SEQUENCE) - 1) / max(len(marks.classes) - 1, 1)
    known = [
        (
            palette.SEQUENCE[round(place * step)],
            number(low) if low == high else say("map.from_to", lang, low=number(low), high=number(high)),
        )
        for place, (low, high) in enumerate(marks.classes)
    ]
    rows = [(palette.OTHERS, say("map.circle", lang))] if circles else known
    if circles and (marks.rows["value"] == 0).any():
        rows.append((palette.LAND, say("map.zero", lang)))
    missing = marks.rows["value"].isna().any()
    return rows + ([(palette.NO_DATA, "[x] " + say("figure.no_data", lang))] if missing else [])


def _axes(highest: float, lang: str) -> dict:
    """The axes of a chart over time: round steps from 0, days read in the reader's language."""
    values = ticks(highest)
    return {
        "yaxis": {
            "range": [0, values[-1]],
            "tickvals": values,
            "ticktext": [short_number(value, lang) for value in values],
            "automargin": True,
            "gridcolor": "rgba(128,128,128,0.2)",
        },
        "xaxis": {"showgrid": False, "hoverformat": "%d.%m.%Y" if lang == "uk" else "%d %B %Y"},
    }


_TOP_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"


def _custom(rows):
    return rows[["code", "label", "text", "detail"]]


def _map(marks: Marks, colours: list[str]) -> go.Figure:
    shades = sorted(set(colours))
    last = max(len(shades) - 1, 1)
    scale = [[index / last, shade] for index, shade in enumerate(shades)]
    regions = go.Choropleth(
        geojson="/geo/oblasts.geojson",
        featureidkey="properties.code",
        locations=marks.rows["code"],
        z=[shades.index(colour) for colour in colours],
        zmin=0,
        zmax=last,
        colorscale=scale if len(scale) > 1 else [[0, shades[0]], [1, shades[0]]],
        showscale=False,
        customdata=_custom(marks.rows),
        hovertemplate=_HOVER,
        marker={
            "line": {
                "color": [palette.CHOSEN if code == marks.chosen else palette.LINE for code in marks.rows["code"]],
                "width": [3 if code == marks.chosen else 0.6 for code in marks.rows["code"]],
            }
        },
        unselected={"marker": {"opacity": 1}},
    )
    figure = go.Figure(regions, layout(height=None))
    _cross_out(figure, marks)
    figure.update_geos(
        visible=False,
        bgcolor="rgba(0,0,0,0)",
        projection={"type": "mercator"},
        lonaxis={"range": UKRAINE["lon"]},
        lataxis={"range": UKRAINE["lat"]},
    )
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def _cross_out(figure: go.Figure, marks: Marks) -> None:
    _sign(figure, marks.rows[marks.rows["value"].isna()], "x-thin")


def _ring_zeros(figure: go.Figure, marks: Marks) -> None:
    _sign(figure, marks.rows[marks.rows["value"] == 0], "circle-open")


def _sign(figure: go.Figure, rows, symbol: str) -> None:
    places = data.territories().loc[rows["code"]]
    figure.add_scattergeo(
        lon=places["lon"],
        lat=places["lat"],
        mode="markers",
        customdata=_custom(rows),
        hovertemplate=_HOVER,
        marker={"symbol": symbol, "size": 9, "color": palette.SIGN, "line": {"width": 1.5, "color": palette.SIGN}},
        unselected={"marker": {"opacity": 1}},
    )
