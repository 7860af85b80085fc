"""The distribution of a group's values on one line, mine marked by shape and colour, as HTML of its own.

Streamlit strips SVG from HTML, and a plotly chart a row would cost a phone seconds; positions are shares of the width.
"""

from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup

from dashboard import data
from dashboard.answers.comparison import Comparison
from dashboard.answers.peer_values import HIDDEN, Values
from dashboard.language import figure_text
from dashboard.language.words import say, term, unknown
from dashboard.parts.html import NOTHING, filled, joined, tag

BINS = 44  # as many dots as stand beside one another on a phone
MOST_DOTS = 150  # more values make columns instead of dots
HEIGHT = 84  # px for the highest stack
DOT = 8  # px
NAMED = 3  # outliers on a side


def strip(values: Values, compared: Comparison, told: str, lang: str) -> Markup:
    """The strip with its labels and marks in words; `told` is the comparison's sentence, for the text alternative."""
    alt = " ".join((say("compare.alt", lang, count=compared.known), told, *_ends(values, compared, lang)))
    peers, height = _peers(values, compared, lang)
    drawn = (_band(compared), peers, _mine(values, compared, lang))
    field = tag("div", *drawn, cls="field", style=f"block-size:{height + 18:.0f}px")
    picture = tag("div", field, tag("div", *_axis(values, compared, lang), cls="axis"), role="img", aria_label=alt)
    return tag("div", picture, *_outliers(values, compared, lang), cls="strip")


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
    """Where a value stands, in hundredths of the width; values outside the domain stand at its ends."""
    width = compared.high - compared.low
    return 50.0 if width <= 0 else min(100.0, max(0.0, 100 * (value - compared.low) / width))


def stacks(values: Mapping[str, float], compared: Comparison) -> dict[str, tuple[float, int]]:
    """Of each unit within the domain its place and its height in a stack; a stack stands at the mean of its values."""
    inside = sorted((value, code) for code, value in values.items() if compared.low <= value <= compared.high)
    slots: dict[int, list[tuple[float, str]]] = {}
    for value, code in inside:
        slots.setdefault(_slot(at := place(value, compared)), []).append((at, code))
    return {
        code: (sum(at for at, _ in stack) / len(stack), level)
        for stack in slots.values()
        for level, (_, code) in enumerate(stack)
    }


def _slot(at: float) -> int:
    return min(int(at * BINS / 100), BINS - 1)


def _peers(values: Values, compared: Comparison, lang: str) -> tuple[Markup, float]:
    """The group's marks and the height of the tallest stack in px."""
    placed = stacks({code: values.value(code) for code in values.known}, compared)
    outside = [tag("i", cls=f"out {side}") for side, codes in _sides(values, compared).items() if codes]
    if len(placed) > MOST_DOTS:
        return joined((*_columns(placed), *outside)), HEIGHT
    tallest = max((level for _, level in placed.values()), default=0) + 1
    step = min(DOT + 1, HEIGHT / tallest)
    dots = [_dot(code, *placed[code], step, values, lang) for code in placed]
    return joined((*dots, *outside)), max(24, step * tallest)


def _dot(code: str, at: float, level: int, step: float, values: Values, lang: str) -> Markup:
    name = f"{data.territory_name(code, lang)}: {figure_text.value_text(values.rows[code], lang)}"
    kind = "zero" if values.value(code) == 0 else None
    return tag("i", cls=kind, style=f"left:{at:.1f}%;bottom:{level * step:.0f}px", title=name)


def _columns(placed: Mapping[str, tuple[float, int]]) -> list[Markup]:
    """Where there are too many dots: a column for each place, as high as its share of the tallest."""
    counts = Counter(_slot(at) for at, _ in placed.values())
    tallest = max(counts.values())
    heights = {slot: max(2, HEIGHT * count / tallest) for slot, count in counts.items()}
    width = f"width:{80 / BINS:.1f}%"
    return [
        tag("i", cls="column", style=f"left:{100 * slot / BINS:.1f}%;{width};height:{height:.0f}px")
        for slot, height in heights.items()
    ]


def _band(compared: Comparison) -> Markup:
    """The middle half (median ± MAD), and the median."""
    low, high = (place(compared.median + side * compared.mad, compared) for side in (-1, 1))
    middle = place(compared.median, compared)
    half = tag("i", cls="half", style=f"left:{low:.1f}%;width:{high - low:.1f}%")
    return joined((half, tag("i", cls="middle", style=f"left:{middle:.1f}%")))


def _mine(values: Values, compared: Comparison, lang: str) -> Markup:
    own = values.value(values.mine)
    if unknown(own):
        return NOTHING
    at = place(own, compared)
    arrow = "← " if own < compared.low else ""
    beyond = " →" if own > compared.high else ""
    name = data.territory_name(values.mine, lang, short=True)
    text = f"{arrow}{name} · {bare(own, values, lang)}{beyond}"
    return joined((tag("i", cls="mine", style=f"left:{at:.1f}%"), tag("b", text, style=_label(at))))


def _label(at: float) -> str:
    """A label at a place that never leaves the strip."""
    return f"left:{at:.1f}%;transform:translateX(-{at:.1f}%)"


def _axis(values: Values, compared: Comparison, lang: str) -> list[Markup]:
    at = place(compared.median, compared)
    low, middle, high = (bare(value, values, lang) for value in (compared.low, compared.median, compared.high))
    median = tag("em", f"{say('compare.median', lang)} {middle}", style=_label(at))
    return [tag("span", low), tag("span", high), median]


def _sides(values: Values, compared: Comparison) -> dict[str, list[str]]:
    """The outliers below and above the domain, the farthest first."""
    known = sorted(values.known, key=values.value)
    low = [code for code in known if values.value(code) < compared.low]
    high = [code for code in reversed(known) if values.value(code) > compared.high]
    return {"low": low, "high": high}


def _outliers(values: Values, compared: Comparison, lang: str) -> list[Markup]:
    return [
        tag("p", _told(codes, side, values, lang), cls=f"note {side}")
        for side, codes in _sides(values, compared).items()
        if codes
    ]


def _told(codes: list[str], side: str, values: Values, lang: str) -> str:
    named = "; ".join(
        say("compare.named", lang, name=data.territory_name(code, lang), value=bare(values.value(code), values, lang))
        for code in codes[:NAMED]
    )
    more = say("compare.and_more", lang, count=len(codes) - NAMED) if len(codes) > NAMED else ""
    return say(f"compare.off_{side}", lang, named=named + more)


def _ends(values: Values, compared: Comparison, lang: str) -> list[str]:
    """Median and ends in words, and the outliers."""
    numbers = {name: bare(getattr(compared, name), values, lang) for name in ("median", "low", "high")}
    sides = [_told(codes, side, values, lang) for side, codes in _sides(values, compared).items() if codes]
    return [say("compare.alt_ends", lang, **numbers), *sides]
