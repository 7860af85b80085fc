"""The distribution of a group's values on one line, mine marked by shape and colour, as a picture (SVG) in the page.

Places are shares of the width and sizes are pixels, so that words stay readable on a phone of 320 px.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import data
from dashboard.answers.comparison import Comparison
from dashboard.answers.peer_values import HIDDEN, Values
from dashboard.language import figure_text
from dashboard.language.words import say, term, unknown
from dashboard.parts.html import NOTHING, filled, joined, tag

BINS = 44  # as many dots as stand beside one another on a phone
MOST_DOTS = 40  # more values make columns instead of dots
HEIGHT = 84  # px for the highest stack
DOT = 8  # px
TOP, LINE = 22, 17  # px of my label, and of a line of words
EDGE, CUT = 2.0, 26.0  # hundredths of the width beside the axis: without a break, and behind one
BREAK = "M3 7L9-7M8 7L14-7"


@dataclass(frozen=True)
class Scale:
    """Where values stand: `left` and `right` end the axis in hundredths of the width, `base` is its height in px."""

    compared: Comparison
    left: float
    right: float
    base: float

    def at(self, value: float) -> float:
        return self.along(place(value, self.compared))

    def along(self, share: float) -> float:
        return self.left + share * (self.right - self.left) / 100


def strip(values: Values, compared: Comparison, told: str, lang: str) -> Markup:
    """The picture and what is beyond its breaks in words; `told`, the comparison's sentence, is in its alternative."""
    cut, placed = sides(values, compared), stacks({code: values.value(code) for code in values.known}, compared)
    many, tallest = len(placed) > MOST_DOTS, 1 + max((level for _, level in placed.values()), default=0)
    field = HEIGHT if many else min(HEIGHT, max(24, (DOT + 1) * tallest))
    field = max(field, LINE * max(len(codes) for codes in cut.values()))
    ends = CUT if cut["low"] else EDGE, 100 - (CUT if cut["high"] else EDGE)
    scale = Scale(compared, *ends, TOP + field)
    peers = _columns(placed, scale) if many else _dots(placed, min(DOT + 1, field / tallest), values, scale, lang)
    beyond = [_beyond(codes, side, values, scale, lang) for side, codes in cut.items() if codes]
    drawn = (_band(scale), _ground(scale), *peers, *beyond, _mine(values, scale, lang), *_axis(values, scale, lang))
    alt = " ".join((say("compare.alt", lang, count=compared.known), told, *_ends(values, compared, lang)))
    height = scale.base + LINE * (2 if compared.large else 1) + 4
    picture = tag("svg", *drawn, width="100%", height=f"{height:.0f}", role="img", aria_label=alt)
    notes = [tag("p", _told(codes, side, values, lang), cls="note") for side, codes in cut.items() if codes]
    return tag("div", picture, *notes, cls="strip")


def bare(value: float, values: Values, lang: str) -> str:
    """A number of this measurement without its unit."""
    return figure_text.bare(value, values.unit, lang)


def marks(values: Values, lang: str) -> Markup:
    """How many peers have no value and why, and how many a true zero; each mark with a shape of its own."""
    counts = Counter(values.mark(code) for code in values.peers)
    shown = [mark for mark in ("0", "x", "z", *HIDDEN) if counts[mark]]
    items = [
        tag("li", tag("span", cls=f"shape m-{mark}", aria_hidden="true"), f"{_mark_words(mark, lang)}: {counts[mark]}")
        for mark in shown
    ]
    return filled("ul", *items, cls="marks", aria_label=say("figure.marks", lang))


def _mark_words(mark: str, lang: str) -> str:
    return term("status", mark, lang) if mark == "0" else f"[{mark}] {term('status', mark, lang)}"


def place(value: float, compared: Comparison) -> float:
    """Where a value of the axis stands on it, in hundredths. Raises ValueError for one that lies beyond its ends."""
    if not compared.low <= value <= compared.high:
        raise ValueError(f"{value} lies beyond {compared.low} and {compared.high}")
    width = compared.high - compared.low
    return 50.0 if width <= 0 else 100 * (value - compared.low) / width


def stacks(values: Mapping[str, float], compared: Comparison) -> dict[str, tuple[float, int]]:
    """Of each unit on the axis its place and its height in a stack; a stack stands at the mean of its values."""
    inside = sorted((value, code) for code, value in values.items() if compared.low <= value <= compared.high)
    slots: dict[int, list[tuple[float, str]]] = {}
    for value, code in inside:
        slots.setdefault(_slot(at := place(value, compared)), []).append((at, code))
    return {
        code: (sum(at for at, _ in stack) / len(stack), level)
        for stack in slots.values()
        for level, (_, code) in enumerate(stack)
    }


def sides(values: Values, compared: Comparison) -> dict[str, list[str]]:
    """Who lies below and above the axis, the farthest first; mine too."""
    known = [code for code in (*values.known, values.mine) if not unknown(values.value(code))]
    ordered = sorted(known, key=values.value)
    low = [code for code in ordered if values.value(code) < compared.low]
    return {"low": low, "high": [code for code in reversed(ordered) if values.value(code) > compared.high]}


def _slot(at: float) -> int:
    return min(int(at * BINS / 100), BINS - 1)


def _dots(
    placed: Mapping[str, tuple[float, int]], step: float, values: Values, scale: Scale, lang: str
) -> list[Markup]:
    """A dot for each unit, `step` px above the one below it, with its name and number."""
    return [
        _dot(scale.along(at), scale.base - DOT / 2 - level * step, values.value(code), _named(code, values, lang))
        for code, (at, level) in placed.items()
    ]


def _dot(x: float, y: float, value: float, name: str) -> Markup:
    kind = "zero" if value == 0 else None
    return tag("circle", tag("title", name), cx=f"{x:.1f}%", cy=f"{y:.0f}", r=DOT // 2, cls=kind)


def _columns(placed: Mapping[str, tuple[float, int]], scale: Scale) -> list[Markup]:
    """Where there are too many dots: a column for each place, as high as its share of the tallest."""
    counts = Counter(_slot(at) for at, _ in placed.values())
    width = (scale.right - scale.left) / BINS
    columns = []
    for slot, count in sorted(counts.items()):
        height = max(2, HEIGHT * count / max(counts.values()))
        x, y = scale.along(100 * slot / BINS), scale.base - height
        columns.append(tag("rect", x=f"{x:.1f}%", y=f"{y:.0f}", width=f"{0.8 * width:.1f}%", height=f"{height:.0f}"))
    return columns


def _band(scale: Scale) -> Markup:
    """Of a large group the half nearest to the median (median ± MAD), and the median."""
    one = scale.compared
    if not one.large:
        return NOTHING
    low, high = scale.at(max(one.low, one.median - one.mad)), scale.at(min(one.high, one.median + one.mad))
    field = {"y": TOP, "height": f"{scale.base - TOP:.0f}"}
    half = tag("rect", x=f"{low:.1f}%", width=f"{max(high - low, 0.5):.1f}%", cls="half", **field)
    middle = f"{scale.at(one.median):.1f}%"
    return joined((half, tag("line", x1=middle, x2=middle, y1=TOP, y2=f"{scale.base:.0f}", cls="middle")))


def _ground(scale: Scale) -> Markup:
    y = f"{scale.base:.0f}"
    return tag("line", x1=f"{scale.left - EDGE:.1f}%", x2=f"{scale.right + EDGE:.1f}%", y1=y, y2=y)


def _mine(values: Values, scale: Scale, lang: str) -> Markup:
    """My label, and on the axis a line with a diamond; behind a break `_beyond` has drawn it."""
    own = values.value(values.mine)
    if unknown(own):
        return NOTHING
    inside = scale.compared.low <= own <= scale.compared.high
    at = scale.at(own) if inside else EDGE if own < scale.compared.low else 100 - EDGE
    name = data.territory_name(values.mine, lang, short=True)
    label = _words(f"{name} · {bare(own, values, lang)}", at, TOP - 8, "mine")
    if not inside:
        return label
    x = f"{at:.1f}%"
    line = tag("line", x1=x, x2=x, y1=TOP, y2=f"{scale.base:.0f}", cls="mine")
    return joined((line, _diamond(at, scale.base - 4), label))


def _diamond(x: float, y: float) -> Markup:
    return tag("svg", tag("path", d="M0-8L8 0L0 8L-8 0Z", cls="mine"), x=f"{x:.1f}%", y=f"{y:.0f}")


def _words(text: str, at: float, y: float, kind: str | None = None, dx: int = 0) -> Markup:
    """A label at a place of the width that never leaves the picture."""
    anchor = "start" if at < 100 / 3 else "end" if at > 200 / 3 else "middle"
    return tag("text", text, x=f"{at:.1f}%", y=f"{y:.0f}", dx=dx or None, text_anchor=anchor, cls=kind)


def _beyond(codes: list[str], side: str, values: Values, scale: Scale, lang: str) -> Markup:
    """What lies behind a break of the axis: the farthest outermost and highest, each with its number."""
    out, end = (-1, scale.left) if side == "low" else (1, scale.right)
    sign = tag("svg", tag("path", d=BREAK, cls="break"), x=f"{end + out * 3:.1f}%", y=f"{scale.base:.0f}")
    drawn = [sign]
    for row, code in enumerate(codes):
        x, y, value = (EDGE if out < 0 else 100 - EDGE) - out * 2.5 * row, TOP + 8 + LINE * row, values.value(code)
        mark = _diamond(x, y) if code == values.mine else _dot(x, y, value, _named(code, values, lang))
        drawn += [mark, _words(bare(value, values, lang), x, y + 5, None, -12 * out)]
    return joined(drawn)


def _named(code: str, values: Values, lang: str) -> str:
    return f"{data.territory_name(code, lang)}: {bare(values.value(code), values, lang)}"


def _axis(values: Values, scale: Scale, lang: str) -> list[Markup]:
    """The ends of the axis in numbers, and the median of a large group below them."""
    one, y = scale.compared, scale.base + LINE
    low, high, median = (bare(value, values, lang) for value in (one.low, one.high, values.as_written(one.median)))
    ends = [tag("text", low, x=f"{scale.left - EDGE:.1f}%", y=f"{y:.0f}")]
    ends += [tag("text", high, x=f"{scale.right + EDGE:.1f}%", y=f"{y:.0f}", text_anchor="end")] if low != high else []
    middle = _words(f"{say('compare.median', lang)} {median}", scale.at(one.median), y + LINE) if one.large else NOTHING
    return [*ends, middle]


def _told(codes: list[str], side: str, values: Values, lang: str) -> str:
    named = "; ".join(
        say("compare.named", lang, name=data.territory_name(code, lang), value=bare(values.value(code), values, lang))
        for code in codes
    )
    return say(f"compare.off_{side}", lang, named=named)


def _ends(values: Values, compared: Comparison, lang: str) -> list[str]:
    """Median and ends in words, and the outliers."""
    low, high, middle = (
        bare(one, values, lang) for one in (compared.low, compared.high, values.as_written(compared.median))
    )
    median = [say("compare.alt_median", lang, median=middle)] if compared.large else []
    cut = [_told(codes, side, values, lang) for side, codes in sides(values, compared).items() if codes]
    return [*median, say("compare.alt_ends", lang, low=low, high=high), *cut]
