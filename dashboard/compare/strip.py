"""The distribution of a group's values on one line, mine marked by shape and colour, as HTML of its own.

Streamlit strips SVG from HTML, and a plotly chart a row would cost a phone seconds; positions are shares of the width.
"""

from collections import Counter
from collections.abc import Mapping
from html import escape

from dashboard import data
from dashboard.answers.comparison import Comparison
from dashboard.answers.peer_values import HIDDEN, Values
from dashboard.language import figure_text
from dashboard.language.words import say, term, unknown

BINS = 44  # as many dots as stand beside one another on a phone
MOST_DOTS = 150  # more values make columns instead of dots
HEIGHT = 84  # px for the highest stack
DOT = 8  # px
NAMED = 3  # outliers on a side


def strip(values: Values, compared: Comparison, told: str, lang: str) -> str:
    """The strip with its labels and marks in words; `told` is the comparison's sentence, for the text alternative."""
    alt = " ".join((say("compare.alt", lang, count=compared.known), told, *_ends(values, compared, lang)))
    peers, height = _peers(values, compared, lang)
    body = _band(compared) + peers + _mine(values, compared, lang)
    return (
        f'<div class="strip"><div role="img" aria-label="{escape(alt)}">'
        f'<div class="field" style="block-size:{height + 18:.0f}px">{body}</div>'
        f'<div class="axis">{_axis(values, compared, lang)}</div></div>{_outliers(values, compared, lang)}</div>'
    )


def bare(value: float, values: Values, lang: str) -> str:
    """A number of this measurement without its unit."""
    return figure_text.bare(value, values.unit, lang)


def marks(values: Values, lang: str) -> str:
    """How many peers have no value and why, and how many a true zero; each mark with a shape of its own."""
    counts = Counter(values.mark(code) for code in values.peers)
    shown = [mark for mark in ("0", "x", "z", *HIDDEN) if counts[mark]]
    items = "".join(
        f'<li><span class="shape m-{mark}" aria-hidden="true"></span>{_mark_words(mark, lang)}: {counts[mark]}</li>'
        for mark in shown
    )
    return f'<ul class="marks" aria-label="{say("figure.marks", lang)}">{items}</ul>' if items else ""


def _mark_words(mark: str, lang: str) -> str:
    return escape(term("status", mark, lang)) if mark == "0" else f"[{mark}] {escape(term('status', mark, lang))}"


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


def _peers(values: Values, compared: Comparison, lang: str) -> tuple[str, float]:
    """The group's marks and the height of the tallest stack in px."""
    placed = stacks({code: values.value(code) for code in values.known}, compared)
    outside = "".join(f'<i class="out {side}"></i>' for side, codes in _sides(values, compared).items() if codes)
    if len(placed) > MOST_DOTS:
        return _columns(placed) + outside, HEIGHT
    tallest = max((level for _, level in placed.values()), default=0) + 1
    step = min(DOT + 1, HEIGHT / tallest)
    return "".join(_dot(code, *placed[code], step, values, lang) for code in placed) + outside, max(24, step * tallest)


def _dot(code: str, at: float, level: int, step: float, values: Values, lang: str) -> str:
    name = escape(f"{data.territory_name(code, lang)}: {figure_text.value_text(values.rows[code], lang)}")
    kind = ' class="zero"' if values.value(code) == 0 else ""
    return f'<i{kind} style="left:{at:.1f}%;bottom:{level * step:.0f}px" title="{name}"></i>'


def _columns(placed: Mapping[str, tuple[float, int]]) -> str:
    """Where there are too many dots: a column for each place, as high as its share of the tallest."""
    counts = Counter(_slot(at) for at, _ in placed.values())
    tallest = max(counts.values())
    return "".join(
        f'<i class="column" style="left:{100 * slot / BINS:.1f}%;width:{80 / BINS:.1f}%;'
        f'height:{max(2, HEIGHT * count / tallest):.0f}px"></i>'
        for slot, count in counts.items()
    )


def _band(compared: Comparison) -> str:
    """The middle half (median ± MAD), and the median."""
    low, high = (place(compared.median + side * compared.mad, compared) for side in (-1, 1))
    middle = place(compared.median, compared)
    return (
        f'<i class="half" style="left:{low:.1f}%;width:{high - low:.1f}%"></i>'
        f'<i class="middle" style="left:{middle:.1f}%"></i>'
    )


def _mine(values: Values, compared: Comparison, lang: str) -> str:
    own = values.value(values.mine)
    if unknown(own):
        return ""
    at = place(own, compared)
    arrow = "← " if own < compared.low else ""
    beyond = " →" if own > compared.high else ""
    name = escape(data.territory_name(values.mine, lang, short=True))
    text = f"{arrow}{name} · {escape(bare(own, values, lang))}{beyond}"
    return f'<i class="mine" style="left:{at:.1f}%"></i><b style="{_label(at)}">{text}</b>'


def _label(at: float) -> str:
    """A label at a place that never leaves the strip."""
    return f"left:{at:.1f}%;transform:translateX(-{at:.1f}%)"


def _axis(values: Values, compared: Comparison, lang: str) -> str:
    at = place(compared.median, compared)
    low, middle, high = (escape(bare(value, values, lang)) for value in (compared.low, compared.median, compared.high))
    return f'<span>{low}</span><span>{high}</span><em style="{_label(at)}">{say("compare.median", lang)} {middle}</em>'


def _sides(values: Values, compared: Comparison) -> dict[str, list[str]]:
    """The outliers below and above the domain, the farthest first."""
    known = sorted(values.known, key=values.value)
    low = [code for code in known if values.value(code) < compared.low]
    high = [code for code in reversed(known) if values.value(code) > compared.high]
    return {"low": low, "high": high}


def _outliers(values: Values, compared: Comparison, lang: str) -> str:
    return "".join(
        f'<p class="note {side}">{escape(_told(codes, side, values, lang))}</p>'
        for side, codes in _sides(values, compared).items()
        if codes
    )


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
