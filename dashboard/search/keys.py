"""All spellings by which a unit may be asked for: its names, older names, settlements of it on the official list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard import data
from dashboard.language.words import LANGUAGES
from dashboard.search import spelling

_MEANT = {  # levels and kinds of units, and the words that ask for them
    ("hromada",): "громада територіальна тг отг мтг стг hromada community",
    ("urban", "city"): "міська місто м city urban",
    ("settlement",): "селищна селище смт сще settlement",
    ("rural",): "сільська село с rural village",
    ("region",): "область обл oblast region",
    ("raion",): "район raion district",
    ("republic",): "автономна республіка ар autonomous republic of",
}
KINDS = {word: set(kinds) for kinds, words in _MEANT.items() for word in words.split()}
# `с-ще Грейгове (с-ще Миролюбове) Воскресенської селищної територіальної громади`; the list mixes in a Latin c.
_SETTLEMENT = re.compile(
    r"(?:м|смт|[сc]-ще|[сc])\b[. ]*(?P<name>.+?),?(?: \S+(?:ої|а)(?: \(\S+\))? (?:сільськ|селищн|міськ)(?:ої|а) тер.*)?"
)
_BRACKETS = re.compile(r"(?P<first>[^()]+?) *\((?:(?:м|смт|[сc]-ще|[сc])\.? +)?(?P<second>[^()]+)\)")


@dataclass(frozen=True)
class Key:
    """One spelling of a unit: its full name, its name without the kind, a later word of it, or it with its oblast.

    `other`: in both languages the name that is not the unit's own of today: an older one, or that of a settlement.
    """

    text: str
    code: str
    kind: str  # full, name, word, placed, settlement
    other: tuple[str, ...] = ()
    of_settlement: bool = False


def current(units: pd.DataFrame) -> Iterator[Key]:
    """Spellings of the names that units bear."""
    for code in units.index:
        for lang in LANGUAGES:
            yield from _spellings(code, data.territory_name(code, lang), lang)


def older(names: pd.DataFrame) -> Iterator[Key]:
    """Spellings of older names, without those that the unit still bears."""
    for code, *before in zip(names["code"], names["name_uk"], names["name_en"], strict=True):
        names_now = [(data.territory_name(code, lang), lang) for lang in LANGUAGES]
        today = {key.text for name, lang in names_now for key in _spellings(code, name, lang)}
        for lang, name in zip(LANGUAGES, before, strict=True):
            yield from (key for key in _spellings(code, name, lang, tuple(before)) if key.text not in today)


def settlements(periods: pd.DataFrame) -> Iterator[Key]:
    """Spellings of the settlements of the official list, each leading to its hromada, in either alphabet."""
    rows = periods[periods["unit_kind"] == "settlement"].drop_duplicates("unit_katottg")
    for code, told in zip(rows["code"], rows["unit_name_uk"], strict=True):
        for name in settlement_names(told):
            latin = spelling.transliterated(spelling.folded(name))
            other = (name, " ".join(word.capitalize() for word in latin.split()))
            places = [data.territory_name(above, "uk", short=True) for above in (code, *above_of(code))]
            for text in (spelling.folded(name), latin):
                yield Key(_joined(text), code, "settlement", other, of_settlement=True)
            for start in range(len(places)):
                text = _joined(*core(name), *("".join(core(place)) for place in places[start:]))
                yield Key(text, code, "placed", other, of_settlement=True)


def settlement_names(told: str) -> tuple[str, ...]:
    """The names of a settlement as the official list tells it, without kind and hromada; none for a part of one."""
    match = _SETTLEMENT.fullmatch(told.replace("\u00a0", " ").strip())
    if match is None:
        return ()
    both = _BRACKETS.fullmatch(match["name"])
    return (both["first"], both["second"]) if both else (match["name"],)


def above_of(code: str) -> list[str]:
    """The raion, then the oblast."""
    parent = data.territory(code)["parent_code"]
    return [parent, *above_of(parent)] if parent and parent != data.COUNTRY else []


def core(name: str) -> list[str]:
    """The words of a name without its kind."""
    words = spelling.folded(name).split()
    return [word for word in words if word not in KINDS] or words


def _spellings(code: str, name: str, lang: str, other: tuple[str, ...] = ()) -> Iterator[Key]:
    yield Key(_joined(spelling.folded(name)), code, "full", other)
    places = ["".join(core(data.territory_name(above, lang, short=True))) for above in above_of(code)]
    for part in [name, *name.split("(")] if "(" in name else [name]:
        words = core(part)
        whole = "".join(words)
        yield Key(whole, code, "name", other)
        yield from (Key("".join(words[start:]), code, "word", other) for start in range(1, len(words)))
        if lang == "uk":
            yield Key(_joined(spelling.transliterated(" ".join(words))), code, "name", other)
        for start in range(len(places)):
            yield Key("".join([whole, *places[start:]]), code, "placed", other)


def _joined(*texts: str) -> str:
    return "".join("".join(texts).split())
