"""How one figure reads: value with qualifier, unit and mark; its date; who produced it; its source."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard import data
from dashboard.language.words import (
    LANGUAGES,
    MONEY,
    counted,
    listed,
    plain,
    say,
    short_number,
    span,
    term,
    unknown,
)

Row = Mapping[
    Any, Any
]  # a row of a frame by column: texts, days and numbers (to_dict does not say that names are texts)
UNKNOWN_MARK = "x"
KINDS = {"область": "places.oblasts", "район": "community.raions", "громада": "places.hromadas"}
SIGNS = {"over": ">", "at_least": "≥", "almost": "<", "about": "≈", "over_or_almost": "≈"}


def value_text(row: Row | None, lang: str, unit: bool = True) -> str:
    """`понад 12 000 будівель`, without its unit `понад 12 000`, `[x]` where the value is not known; never empty."""
    if row is None or unknown(row["value"]):
        return f"[{row['status'] if row is not None and row['status'] else UNKNOWN_MARK}]"
    text = counted(row["value"], row["unit"], lang) if unit else bare(row["value"], row["unit"], lang)
    word = qualifier(row, lang)
    return f"{text} ({word})" if row["qualifier"] == "none_recorded" else f"{word} {text}".strip()


def bare(value: float, unit: str, lang: str) -> str:
    """The number where the unit is told elsewhere: `38,7 млрд`, `12 %`, `521 976`."""
    if unit == "percent":
        return counted(value, unit, lang)
    return short_number(value, lang) if unit in MONEY else plain(value, unit, lang)


def signed(row: Row | None, lang: str) -> str:
    """The number alone with a sign for its qualifier, for charts where words have no room: `>12 000`; '' for none."""
    if row is None or unknown(row["value"]):
        return ""
    return SIGNS.get(row["qualifier"], "") + bare(row["value"], row["unit"], lang)


def title(indicator: str, category: str, lang: str, short: bool = False) -> str:
    """The indicator's title, or its short name, with the category where the figure is no total."""
    record = data.registry()[indicator]
    name = (record.short if short else record.title)[lang]
    return f"{name}: {term('category', category, lang)}" if category else name


def qualifier(row: Row, lang: str) -> str:
    """The word that the source put before the number; nothing for exact and plainly reported figures."""
    return "" if row["qualifier"] in ("", "reported") else term("qualifier", row["qualifier"], lang)


def mark(row: Row | None) -> str:
    """The mark that stands at the value: one of the closed list, '' for a plain value."""
    if row is None or unknown(row["value"]):
        return str(row["status"] or UNKNOWN_MARK) if row is not None else UNKNOWN_MARK
    return str(row["status"])


def when(row: Row, lang: str) -> str:
    """`станом на 31.12.2025`, or `за 01.01.2026–31.01.2026` for a flow."""
    if row["period_start"] == row["period_end"]:
        return say("figure.as_of", lang, day=as_of(row, lang))
    return say("figure.during", lang, span=as_of(row, lang))


def as_of(row: Row, lang: str) -> str:
    """The day, month, year or span that a figure was measured on."""
    return span(row["period_start"], row["period_end"], row["precision"], lang)


def producer_name(code: str, lang: str) -> str:
    """Who produced a figure."""
    return _producers().get(code, {}).get(f"name_{lang}", code)


def producer_short(code: str, lang: str) -> str:
    """Who produced a figure, without what stands in brackets, after a colon or a dash: `KSE Institute`, `RDNA`."""
    return re.split(r" \(|:| [–—] ", producer_name(code, lang))[0]


def places(codes: Iterable[str], lang: str) -> str:
    """Units by their short names, with the noun that they lack: `Донецька й Харківська області, АР Крим і Київ`."""
    kinds: dict[str, list[str]] = {}
    for code in codes:
        short = data.territory_name(code, lang, short=True)
        kind = data.territory_name(code, lang).rpartition(" ")[2] if short[-1:] in "аий" else ""
        kinds.setdefault(kind if kind in KINDS else "", []).append(short)
    named = kinds.pop("", [])
    told = [
        f"{listed(names, lang)} {say(KINDS[kind], lang).lower() if len(names) > 1 else kind}"
        for kind, names in kinds.items()
    ]
    return listed([*told, *named], lang)


def training_mark() -> str:
    """`НАВЧАЛЬНІ ДАНІ · TRAINING DATA` over synthetic figures, '' over real ones: for all that carries figures away."""
    return say("site.training", LANGUAGES[0]) if data.is_training() else ""


def source(source_id: str) -> Row:
    """A source's record: title, publisher and licence in both languages, published_on, url."""
    return data.source(source_id)


def remarks(row: Row, lang: str) -> list[str]:
    """What must be read with a figure: part of the territory, that sources put it differently, the note."""
    differently = say("figure.over_or_almost", lang) if row["qualifier"] == "over_or_almost" else ""
    return [text for text in (part(row, lang), differently, str(row[f"note_{lang}"])) if text]


def part(row: Row, lang: str) -> str:
    """What part of the territory a figure covers; '' for the whole."""
    return say("figure.part", lang, coverage=term("coverage", row["coverage"], lang)) if row["coverage"] else ""


@data.answer(2, newest=True, everybody=True)
def _producers() -> dict[str, Row]:
    return {row["producer"]: row for row in data.table("producers").to_dict("records")}
