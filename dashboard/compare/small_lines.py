"""Small lines over time: mine before those of the group, as a picture without words (the words stand around it)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote

from dashboard.charts import palette

WIDTH, HEIGHT = 320, 110
Line = Sequence[tuple[datetime, float]]


def small_lines(
    mine: Line, joined: Line, others: Iterable[Line], first: datetime, last: datetime, highest: float
) -> str:
    """The address (data:) of the picture: grey lines, mine in colour, a diamond at each of my points.

    `joined`: those of my points that are one series; no line runs through single statements.
    """
    grey = "".join(
        f'<path d="{_path(line, first, last, highest)}" fill="none" stroke="#8a99a5" stroke-opacity=".6"/>'
        for line in others
    )
    path = _path(joined, first, last, highest)
    own = f'<path d="{path}" fill="none" stroke="{palette.CHOSEN}" stroke-width="2.5"/>' if joined else ""
    points = "".join(
        f'<path d="M{x} {y - 5}l5 5l-5 5l-5-5z" fill="{palette.CHOSEN}"/>'
        for x, y in (_point(*one, first, last, highest) for one in mine)
    )
    box = f"-6 -6 {WIDTH + 12} {HEIGHT + 12}"
    ground = f'<path d="M0 {HEIGHT}H{WIDTH}" stroke="#8a99a5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{ground}{grey}{own}{points}</svg>'
    return "data:image/svg+xml," + quote(svg, safe=" ='/:.,-")


def _path(line: Line, first: datetime, last: datetime, highest: float) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in (_point(*one, first, last, highest) for one in line))


def _point(on: datetime, value: float, first: datetime, last: datetime, highest: float) -> tuple[float, float]:
    days = max((last - first).days, 1)
    y = HEIGHT * (1 - value / highest) if highest > 0 else HEIGHT
    return round(WIDTH * (on - first).days / days, 1), round(y, 1)
