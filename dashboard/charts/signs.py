"""Shapes that stand where no bar, colour or line may: for each mark of a missing value, and for a true zero.

Told apart by shape alone, the same in every chart and legend; none of them carries a value.
"""

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.language.words import term

ZERO = "0"
SHAPES = {  # mark: plotly's symbol, the same as a letter for legends
    ZERO: ("circle-open", "○"),
    "c": ("triangle-down-open", "▽"),
    "s": ("diamond-open", "◇"),
    "z": ("line-ew-open", "–"),
    "x": ("x-thin-open", "×"),
}
OCCUPIED = ("square-open", "□")
MEMBER = ("hexagon-open", "⬡")
SIZE = 9
AT_AXIS = 0.015  # of the axis' length, so that a shape is whole


def of(rows: pd.DataFrame) -> pd.Series:
    """The sign of each row: its mark where there is no value, `0` for a true zero, '' for any other value."""
    marked = rows["mark"].where(rows["mark"].isin(SHAPES), "x")
    return marked.where(rows["value"].isna(), rows["value"].eq(0).map({True: ZERO, False: ""}))


def groups(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """(sign, its rows) for the signs present, in the order of SHAPES."""
    signs = of(rows)
    for sign in SHAPES:
        if (signs == sign).any():
            yield sign, rows[signs == sign]


def marker(sign: str, size: float = SIZE) -> dict:
    """How plotly draws a sign: an open shape, or strokes."""
    return {"symbol": SHAPES[sign][0], "size": size, "color": palette.SIGN, "line": {"width": 1.5}}


def quiet(near: bool) -> dict:
    """How a map draws the many units of which nothing is known: faint dots, so that the few known stand out."""
    return {"symbol": "circle", "size": 5 if near else 2.5, "color": palette.SIGN, "line": {"width": 0}}


def frame(size) -> dict:
    """The frame around what is temporarily occupied, whatever its value or mark."""
    return {"symbol": OCCUPIED[0], "size": size, "color": palette.OCCUPIED, "line": {"width": 1}}


def member(near: bool) -> dict:
    """The frame around a member of the Association, whatever its value, mark or status."""
    look = {"symbol": MEMBER[0], "size": 18 if near else 8, "color": palette.MEMBER, "line": {"width": 1.5}}
    return look if near else look | {"line": {"width": 1}}


def legend(rows: pd.DataFrame, lang: str, without: str = "") -> list[tuple[str, str]]:
    """(letter, words) of each sign present in the rows, those in `without` left out."""
    return [
        (SHAPES[sign][1], term("status", sign, lang) if sign == ZERO else f"[{sign}] {term('status', sign, lang)}")
        for sign, _ in groups(rows)
        if sign not in without
    ]


def along_x(figure: go.Figure, rows: pd.DataFrame, zeros: bool = True) -> None:
    """Signs on the time axis: their height is a place on an axis of its own, not a value. Zeros stand at their zero."""
    for sign, marked in groups(rows):
        words = marked[["series_name", "text", "detail"]]
        if sign != ZERO:
            _at_axis(figure, sign, words, x=marked["on"], y=[AT_AXIS] * len(marked), yaxis="y2")
        elif zeros:
            _at_axis(figure, sign, words, x=marked["on"], y=marked["value"])
    if any(trace.yaxis == "y2" for trace in figure.data):
        figure.update_layout(yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True})


def along_y(figure: go.Figure, rows: pd.DataFrame) -> None:
    """Signs where bars would begin."""
    for sign, marked in groups(rows):
        words = marked[["label", "text", "detail"]]
        _at_axis(figure, sign, words, x=[AT_AXIS] * len(marked), y=marked["code"], xaxis="x2")
    if any(trace.xaxis == "x2" for trace in figure.data):
        figure.update_layout(xaxis2={"overlaying": "x", "range": [0, 1], "visible": False, "fixedrange": True})


def _at_axis(figure: go.Figure, sign: str, words: pd.DataFrame, **places) -> None:
    figure.add_scatter(
        mode="markers",
        marker=marker(sign),
        customdata=words,
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        cliponaxis=False,
        showlegend=False,
        name=sign,
        **places,
    )
