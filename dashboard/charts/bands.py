"""The ground of a chart over time: periods under an official status, and where sources contradict one another."""

import math
from collections.abc import Sequence

import pandas as pd

from dashboard.charts import palette
from dashboard.charts.marks import Marks
from dashboard.language.words import say, term

Band = tuple[pd.Timestamp, pd.Timestamp, str]  # first day, last day, status


def grounds(marks: Marks, bands: Sequence[Band], lang: str) -> list[dict]:
    """A patterned ground for each status in force while the lines run, as high as the axis."""
    start, end = extent(marks)
    top = ticks(marks.rows["value"].max())[-1]
    shown = [
        (max(first, start), min(last, end), status) for first, last, status in bands if first <= end and last >= start
    ]
    return [
        _ground([(first, last) for first, last, one in shown if one == status], top, status, lang)
        for status in dict.fromkeys(status for _, _, status in shown)
    ]


def _ground(spans: Sequence[tuple[pd.Timestamp, pd.Timestamp]], top: float, status: str, lang: str) -> dict:
    return {
        "type": "scatter",
        "x": [day for first, last in spans for day in (first, first, last, last, None)],
        "y": [height for _ in spans for height in (0, top, top, 0, None)],
        "name": term("category", status, lang),
        "mode": "none",
        "fill": "toself",
        "fillcolor": palette.faint(palette.STATUS[status]),
        "fillpattern": {
            "shape": palette.PATTERNS[status],
            "fgcolor": palette.STATUS[status],
            "bgcolor": palette.faint(palette.STATUS[status]),
            "size": 9,
            "solidity": 0.15,
        },
        "hoverinfo": "skip",
        "zorder": -1,
    }


def conflict_bars(marks: Marks, lang: str) -> list[dict]:
    """A bar from the lowest to the highest of the figures that contradict one another, as wide as their days."""
    first, last = extent(marks)
    least = (last - first) * 0.008
    corners = [(max(start - least, first), min(end + least, last), low, high) for start, end, low, high in marks.ranges]
    if not corners:
        return []
    return [
        {
            "type": "scatter",
            "x": [day for start, end, _, _ in corners for day in (start, start, end, end, start, None)],
            "y": [value for _, _, low, high in corners for value in (low, high, high, low, low, None)],
            "name": say("finding.conflict_bar", lang),
            "mode": "lines",
            "line": {"width": 1.5, "color": palette.SIGN, "dash": "dot"},
            "fill": "toself",
            "fillcolor": palette.GROUND,
            "hoverinfo": "skip",
        }
    ]


def extent(marks: Marks) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days that the lines cover, with a margin for their symbols."""
    first, last = marks.rows["on"].min(), marks.rows["on"].max()
    return first - (last - first) * 0.04, last + (last - first) * 0.04


def ticks(highest: float) -> list[float]:
    """Round steps from 0 to the highest value: three to six of them."""
    step = 10 ** math.floor(math.log10(highest / 3)) if highest > 0 else 1
    step *= next(times for times in (1, 2, 5, 10) if highest / (step * times) <= 5)
    return [step * place for place in range(int(highest // step) + 2)]
