"""The distribution of a group's values on one line, mine marked by shape and colour, as HTML of its own.

Streamlit strips SVG from HTML, and a plotly chart a row would cost a phone seconds. Places are shares of the width and
sizes are pixels, so that words stay readable on a phone of 320 px.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

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
EDGE, CUT = 3.0, 27.0  # hundredths of the width beside the axis: without a break, and behind one


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
    height = scale.base + LINE * (2 if compared.large else 1) + 6
    picture = tag("div", *drawn, cls="field", role="img", aria_label=alt, style=f"block-size:{height:.0f}px")
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
    return 50.0 if width <= 0 else 100 * ((value - compared.low) / width)


def stacks(values: Mapping[str, float], compared: Comparison) -> dict[str, tuple[float, int]]:
    """Of each unit on the axis its place and its height in a stack; a stack stands at the mean of its values."""
    inside = sorted((value, code) for code, value in values.items() if compared.low <= value <= compared.high)
    slots: dict[int, list[tuple[float, str]]] = {}
    for value, code in inside:
        slots.setdefault(_slot(at := place(value, compared)), []).append((at, code))
    return {
        code: (fmean(at for at, _ in stack), level) for stack in slots.values() for level, (_, code) in enumerate(stack)
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
    return _sign("zero" if value == 0 else None, x, y, title=name)


def _sign(kind: str | None, x: float, y: float, width: float = 0, height: float = 0, **attributes: str) -> Markup:
    """A mark whose upper left corner, or middle where it has a size of its own, stands at `x` % and `y` px."""
    size = (f";width:{width:.1f}%" if width else "") + (f";height:{height:.0f}px" if height else "")
    return tag("i", cls=kind, style=f"left:{x:.1f}%;top:{y:.0f}px{size}", **attributes)


def _columns(placed: Mapping[str, tuple[float, int]], scale: Scale) -> list[Markup]:
    """Where there are too many dots: a column for each place, as high as its share of the tallest."""
    counts = Counter(_slot(at) for at, _ in placed.values())
    width, columns = 0.8 * (scale.right - scale.left) / BINS, []
    for slot, count in sorted(counts.items()):
        height = max(2, HEIGHT * count / max(counts.values()))
        columns.append(_sign("column", scale.along(100 * slot / BINS), scale.base - height, width, height))
    return columns


def _band(scale: Scale) -> Markup:
    """Of a large group the half nearest to the median (median ± MAD), and the median."""
    one, height = scale.compared, scale.base - TOP
    if not one.large:
        return NOTHING
    low, high = scale.at(max(one.low, one.median - one.mad)), scale.at(min(one.high, one.median + one.mad))
    half = _sign("half", low, TOP, max(high - low, 0.5), height)
    return joined((half, _sign("middle", scale.at(one.median), TOP, height=height)))


def _ground(scale: Scale) -> Markup:
    return _sign("ground", scale.left - EDGE, scale.base, scale.right - scale.left + 2 * EDGE)


def _mine(values: Values, scale: Scale, lang: str) -> Markup:
    """My label, and on the axis a line with a diamond; behind a break `_beyond` has drawn it."""
    own = values.value(values.mine)
    if unknown(own):
        return NOTHING
    inside = scale.compared.low <= own <= scale.compared.high
    at = scale.at(own) if inside else EDGE if own < scale.compared.low else 100 - EDGE
    name = data.territory_name(values.mine, lang, short=True)
    label = _words(f"{name} · {bare(own, values, lang)}", at, 0, "own")
    line = _sign("line", at, TOP, height=scale.base - TOP)
    return joined((line, _sign("mine", at, scale.base - DOT / 2), label)) if inside else label


def _words(text: str, at: float, y: float, kind: str | None = None) -> Markup:
    """A label at a place of the width that never leaves the picture."""
    return tag("b", text, cls=kind, style=f"left:{at:.1f}%;top:{y:.0f}px;transform:translateX(-{at:.1f}%)")


def _beyond(codes: list[str], side: str, values: Values, scale: Scale, lang: str) -> Markup:
    """What lies behind a break of the axis: the farthest outermost and highest, each with its number."""
    low = side == "low"
    drawn = [_sign("break", scale.left - 2 * EDGE if low else scale.right + 2 * EDGE, scale.base)]
    for row, code in enumerate(codes):
        away, y, value = EDGE + 2.5 * row, TOP + LINE * (row + 0.5), values.value(code)
        x = away if low else 100 - away
        mark = _sign("mine", x, y) if code == values.mine else _dot(x, y, value, _named(code, values, lang))
        near = f"{'left' if low else 'right'}:calc({away:.1f}% + 10px)"
        number = tag("b", bare(value, values, lang), style=f"{near};top:{y - LINE / 2:.0f}px")
        drawn += [mark, number]
    return joined(drawn)


def _named(code: str, values: Values, lang: str) -> str:
    return f"{data.territory_name(code, lang)}: {bare(values.value(code), values, lang)}"


def _axis(values: Values, scale: Scale, lang: str) -> list[Markup]:
    """The ends of the axis in numbers, and the median of a large group below them."""
    one, y = scale.compared, scale.base + 4
    low, high, median = (bare(value, values, lang) for value in (one.low, one.high, values.as_written(one.median)))
    ends = [tag("b", low, style=f"left:{scale.left - EDGE:.1f}%;top:{y:.0f}px")]
    if low != high:
        ends.append(tag("b", high, style=f"right:{100 - scale.right - EDGE:.1f}%;top:{y:.0f}px"))
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
