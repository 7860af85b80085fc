"""Draws marks with plotly, and reads nothing but marks."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go
from babel import Locale

from dashboard.charts import palette, signs
from dashboard.charts.bands import Band, conflict_bars, extent, grounds, ticks
from dashboard.charts.marks import Marks, plain
from dashboard.language.words import short_number, term

ROW_HEIGHT = 26
MOST_BARS = 30
LEGEND = 42  # characters of a line of a legend, so that it is whole at 320 px
CHARACTER = 8  # pixels that a figure of a bar's number takes at most


def bars(marks: Marks) -> go.Figure:
    """Sorted horizontal bars; the chosen unit in another colour and outlined; signs where there is no bar to draw."""
    rows = plain(marks).rows.head(MOST_BARS).iloc[::-1]
    chosen = rows["code"] == marks.chosen
    bar = go.Bar(
        x=rows["value"],
        y=rows["code"],
        orientation="h",
        text=rows["number"].where(rows["value"] != 0, "\N{EM SPACE}" + rows["number"]),  # clear of the zero's sign
        **hover(rows),
        textposition="outside",
        cliponaxis=False,
        marker={
            "color": [palette.CHOSEN if one else palette.OTHERS for one in chosen],
            "line": {"width": [2 if one else 0 for one in chosen], "color": palette.LINE},
        },
    )
    room = 12 + CHARACTER * rows["number"].str.len().max()  # at every width of screen, for the number of the longest
    figure = go.Figure(bar, layout(height=ROW_HEIGHT * len(rows) + 30, margin={"l": 0, "r": room, "t": 8, "b": 8}))
    figure.update_xaxes(visible=False, range=[0, rows["value"].max() or 1])
    figure.update_yaxes(
        type="category",
        range=[-0.6, len(rows) - 0.4],
        tickvals=rows["code"],
        ticktext=rows["label"],
        automargin=True,
        showgrid=False,
        ticksuffix="  ",
    )
    signs.along_y(figure, rows)
    return figure


def lines(marks: Marks, lang: str, bands: Sequence[Band] = ()) -> go.Figure:
    """Each series with a dash, symbol and colour of its own, and its name at the top; loose points are not joined.

    `bands`: periods under an official status, drawn behind the lines in the status's colour and pattern.
    """
    marks = plain(marks)
    named = enumerate(marks.rows.groupby("series_name", sort=False))
    drawn = [trace for place, (_, rows) in named for trace in _drawn(place, rows)]
    traces = [*grounds(marks, bands, lang), *conflict_bars(marks, lang), *drawn]
    axes = _axes(marks.rows["value"].max(), lang)
    axes["xaxis"]["range"] = extent(marks)
    height = 280 + NAME_HEIGHT * sum(
        trace.get("showlegend", True) for trace in traces
    )  # names stand in a column on a phone
    figure = go.Figure(traces, layout(height=height, legend=_TOP_LEGEND, **axes) | {"showlegend": len(traces) > 1})
    signs.along_x(figure, marks.rows)
    return figure


def _drawn(place: int, rows: pd.DataFrame) -> list[dict]:
    """The lines of a producer and its points beside them, as far as there are any; one entry of the legend."""
    points = rows[~rows["joined"] & rows["value"].notna()]
    traces = [
        _trace(place, line, "lines+markers", "") for _, line in rows[rows["joined"]].groupby("series", sort=False)
    ]
    traces += [_trace(place, points, "markers", "-open-dot")] if len(points) else []
    return [trace | {"showlegend": at == 0} for at, trace in enumerate(traces)]


def _trace(place: int, rows: pd.DataFrame, mode: str, kind: str) -> dict:
    return {
        "type": "scatter",
        "x": rows["on"].to_numpy(),
        "y": rows["value"].to_numpy(),
        "name": "<br>".join(wrap(rows["series_name"].iloc[0], LEGEND)),
        "legendgroup": str(place),
        "mode": mode,
        "line": {"color": palette.CATEGORIES[place], "dash": palette.DASHES[place], "width": 2},
        "marker": {
            "symbol": palette.SYMBOLS[place] + kind,
            "size": 9,
            "color": palette.CATEGORIES[place],
            "line": {"width": 2 if kind else 0, "color": palette.CATEGORIES[place]},
        },
        "customdata": rows[["text", "detail"]].to_numpy(),
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        "cliponaxis": False,
    }


def status_areas(marks: Marks, lang: str) -> go.Figure:
    """Stacked areas of communities under each official status, patterned as well as coloured."""
    marks = plain(marks)
    axes = _axes(marks.rows.groupby("on")["value"].sum().max(), lang)
    figure = go.Figure(layout=layout(height=340, legend=_TOP_LEGEND | {"traceorder": "normal"}, **axes))
    signs.along_x(figure, marks.rows, zeros=False)
    for run, status in product(_whole_runs(marks.rows), palette.STATUS):
        rows = run[run["series"] == status]
        figure.add_scatter(
            x=rows["on"].dt.strftime("%Y-%m-%d"),
            y=rows["value"],
            name="<br>".join(wrap(term("category", status, lang), LEGEND)),
            stackgroup=f"{run['on'].iloc[0]:%Y-%m}",
            legendgroup=status,
            showlegend=status not in {area.legendgroup for area in figure.data},
            mode="lines",
            line={"width": 1, "color": palette.STATUS[status]},
            fillcolor=palette.STATUS[status],
            fillpattern={
                "shape": palette.PATTERNS[status],
                "fgcolor": "rgba(255,255,255,0.35)",
                "bgcolor": palette.STATUS[status],
                "size": 7,
            },
            hovertemplate="%{fullData.name}: <b>%{y}</b><br>%{x|" + DAY[lang] + "}<extra></extra>",
        )
    return figure


def _whole_runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows cut into runs of days that miss no value: plotly would stack a missing one as zero."""
    broken = rows.groupby("on")["value"].apply(lambda values: values.isna().any())
    run = broken.ne(broken.shift()).cumsum()
    whole = rows[~rows["on"].map(broken)]
    return [part for _, part in whole.groupby(whole["on"].map(run))]


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


PLAIN = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": "/geo/"}  # settings of what shows no dates


@lru_cache(maxsize=2)
def config(lang: str) -> dict:
    """Plotly's settings: Ukrainian months and separators in place, nothing fetched from elsewhere, no toolbar."""
    locale = Locale.parse("uk" if lang == "uk" else "en_GB")
    months = locale.months["stand-alone"]  # no chart names days of the week
    words = {
        "months": [months["wide"][n] for n in range(1, 13)],
        "shortMonths": [months["abbreviated"][n] for n in range(1, 13)],
        "date": "%d.%m.%Y" if lang == "uk" else "%d %B %Y",
        "decimal": "," if lang == "uk" else ".",
        "thousands": "\u00a0" if lang == "uk" else ",",
    }
    return PLAIN | {"locale": lang, "locales": {lang: {"dictionary": {}, "format": words}}}


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
        "xaxis": {
            "showgrid": False,
            "hoverformat": "%d.%m.%Y" if lang == "uk" else "%d %B %Y",
            "tickformatstops": [
                {"dtickrange": [None, "M1"], "value": "%-d %b<br>%Y"},
                {"dtickrange": ["M1", "M12"], "value": "%b %Y"},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
    }


_TOP_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "maxheight": 0.7}  # else it scrolls
NAME_HEIGHT = 24
DAY = {"uk": "%d.%m.%Y", "en": "%-d %B %Y"}  # as d3 writes it


def hover(rows: pd.DataFrame) -> dict:
    """Name, value, day and producer for the pointer; the code comes first, for clicks. What all share is said once."""
    shared = set(rows["detail"]) - {""}
    columns = ["code", "label", "text"] + (["detail"] if len(shared) > 1 else [])
    last = "%{customdata[3]}" if len(shared) > 1 else "".join(shared)
    template = "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>" + last + "<extra></extra>"
    return {"customdata": rows[columns], "hovertemplate": template}
