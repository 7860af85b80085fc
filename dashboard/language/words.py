"""Interface strings in pairs, and how numbers, dates and names read in each language."""

import math
import re
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal

from data_access import vocabulary

LANGUAGES = ("uk", "en")
NBSP = "\u00a0"
_LOCALES = {"uk": Locale.parse("uk"), "en": Locale.parse("en_GB")}
DASH = {"uk": NBSP + "— ", "en": NBSP + "– "}  # in a sentence; a range has the en dash in both languages
_NESTED = re.compile("«([^«»]*)«([^«»]*)»([^«»]*)»")  # a name with quotation marks of its own, quoted
_FILE = Path(__file__).with_name("words.toml")
_ALPHABET = {letter: place for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}
_VOWELS = frozenset("аеєиіїоуюя")
MONEY = {"usd": ("дол." + NBSP + "США", "USD"), "uah": ("грн", "UAH"), "eur": ("євро", "EUR")}


@lru_cache(maxsize=1)
def strings() -> dict[str, dict[str, str | dict[str, str]]]:
    """The interface strings: key -> {"uk": text or plural forms, "en": …}. ValueError names a half-filled key."""
    table = {
        f"{section}.{key}": pair
        for section, keys in tomllib.loads(_FILE.read_text("utf-8")).items()
        for key, pair in keys.items()
    }
    for key, pair in table.items():
        if set(pair) != set(LANGUAGES) or not all(pair.values()):
            raise ValueError(f"dashboard/language/words.toml: {key} needs both uk and en")
    return table


def say(key: str, lang: str, count: float | str | None = None, **values: object) -> str:
    """The string of `key` in `lang`, with `values` filled in; `count` chooses the plural form, unless it is a text."""
    text = strings()[key][lang]
    number_of = None if isinstance(count, str) else count
    if isinstance(text, dict):
        text = text["other"] if number_of is None else text.get(plural(number_of, lang), text["other"])
    if count is not None:
        values["count"] = count if number_of is None else number(number_of, lang)
    return _NESTED.sub(r"«\1„\2“\3»", text.format(**values)) if values else text


def plural(count: float, lang: str) -> str:
    """The CLDR plural category: one, few, many or other."""
    whole = int(count) if float(count).is_integer() else count
    return _LOCALES[lang].plural_form(whole)


def number(value: float, lang: str, decimals: int = 3) -> str:
    """`1 234 567,5` or `1,234,567.5`; at most `decimals` places, no zeros added."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, format=pattern, locale=_LOCALES[lang]).replace("\u202f", NBSP)


def percent(value: float, lang: str) -> str:
    """`12,5 %` or `12.5%`; `value` counts in hundredths."""
    return number(value, lang, 1) + (NBSP + "%" if lang == "uk" else "%")


def money(value: float, currency: str, lang: str) -> str:
    """`1,2 млрд грн` or `UAH 1.2 billion`, with as many places as were published."""
    # Babel would write `₴` and `USD` after a Ukrainian number, `UAH1.2B` and `US$1.2B` in English.
    amount = short_number(value, lang)
    return NBSP.join((amount, MONEY[currency][0]) if lang == "uk" else (MONEY[currency][1], amount))


def short_number(value: float, lang: str) -> str:
    """For axes: `5 млн`, `150 млрд`, `2.5 million`; whole numbers under a million."""
    if abs(value) < 1e6:
        return number(value, lang)
    form: Literal["short", "long"] = "short" if lang == "uk" else "long"  # Babel's long Ukrainian is `5 мільйона`
    text = format_compact_decimal(value, format_type=form, locale=_LOCALES[lang], fraction_digits=3)
    return text.replace(" ", NBSP)


def counted(value: float, unit: str, lang: str) -> str:
    """A number with its unit in the right case: `12 700 будівель`, `USD 195 billion`, `14 %`."""
    if unit in MONEY:
        return money(value, unit, lang)
    if unit == "percent":
        return percent(value, lang)
    whole, base = divided_unit(unit)
    if whole in MONEY:
        return f"{money(_rounded(value), whole, lang)} {term('per', base, lang)}"
    return plain(value, unit, lang) + NBSP + unit_word(unit, round(value, _places(value, unit)), lang)


def plain(value: float, unit: str, lang: str) -> str:
    """The number alone: as published, but rates that we compute (`persons_per_km2`) with one place or one digit."""
    return number(value, lang, _places(value, unit))


def unit_word(unit: str, value: float, lang: str) -> str:
    """The name of a unit in the form that `value` asks for."""
    whole, base = divided_unit(unit)
    if base:
        return f"{unit_word(whole, value, lang)} {term('per', base, lang)}"
    forms = vocabulary()["unit"][unit][lang]
    return forms if isinstance(forms, str) else forms.get(plural(value, lang), forms["other"])


def divided_unit(unit: str) -> tuple[str, str]:
    """A unit and what it is divided by: `persons_per_1000_residents` -> persons, 1000_residents; the unit and ''."""
    whole, _, base = unit.partition("_per_")
    return (whole, base) if base in vocabulary()["per"] else (unit, "")


def _places(value: float, unit: str) -> int:
    """How many places a number is shown with."""
    if "_per_" not in unit:
        return 3
    return 1 if value == 0 or abs(value) >= 0.05 else -math.floor(math.log10(abs(value)))


def _rounded(value: float) -> float:
    """Money per resident: two places under 100, else whole."""
    return round(value, 2 if abs(value) < 100 else None)


def term(kind: str, code: str, lang: str) -> str:
    """A word of the registry's closed lists (category, coverage, qualifier, status, caveat, ...)."""
    return vocabulary()[kind][code][lang] if code else ""


def day(value: date, precision: str, lang: str) -> str:
    """`30.06.2026` or `30 June 2026`; `червень 2026 року` or `June 2026`; `2026 рік` or `2026`."""
    if precision == "year":
        return f"{value.year} рік" if lang == "uk" else f"{value.year}"
    if precision == "month":
        return format_date(value, "LLLL y 'року'" if lang == "uk" else "LLLL y", locale=_LOCALES[lang])
    return format_date(value, "dd.MM.y" if lang == "uk" else "d MMMM y", locale=_LOCALES[lang])


def partial_day(iso: str, lang: str) -> str:
    """A published date that may lack its day or month (`2025-12`); '' where nothing is known."""
    parts = [int(part) for part in iso.split("-") if part]
    if not parts:
        return ""
    precision = ("year", "month", "day")[len(parts) - 1]
    return day(date(*[*parts, 1, 1][:3]), precision, lang)


def span(start: date, end: date, precision: str, lang: str) -> str:
    """A period in words: one day for a stock, `01.01.2026–31.01.2026` or `1 May 2025 – 2 June 2025` for a flow."""
    alike = {"year": 1, "month": 2}.get(precision, 3)
    if start.timetuple()[:alike] == end.timetuple()[:alike]:
        return day(end, precision, lang)
    return ranged(day(start, precision, lang), day(end, precision, lang))


def ranged(first: str, last: str) -> str:
    """`01.01.2026–31.01.2026`; spaces round the dash where an end has several words: `1 May 2025 – 2 June 2025`."""
    spaced = any(letter.isspace() for letter in first + last)
    return first + ("\u00a0– " if spaced else "–") + last


def alphabetical(name: str) -> list[float]:
    """A sort key: the Ukrainian alphabet for Ukrainian, the usual order for the rest."""
    return [_ALPHABET.get(letter, ord(letter) / 1000 - 1) for letter in name.casefold() if letter not in "’ʼ'"]


def listed(names: list[str], lang: str) -> str:
    """`a, b і c`, after a vowel `a, b й c`; `a, b and c`."""
    text = format_list(names, locale=_LOCALES[lang])
    if lang != "uk" or len(names) < 2 or not _takes_y(*names[-2:]):
        return text
    return text.removesuffix(f" і {names[-1]}") + f" й {names[-1]}"


def _takes_y(before: str, after: str) -> bool:
    """Whether `і` is `й` between two words: after a vowel, but not before another [j]."""
    return before[-1:].lower() in _VOWELS and after[:1].isalpha() and after[:1].lower() not in "йїєюя"


def sentence(text: str) -> str:
    """The text with its first letter capital."""
    return text[:1].upper() + text[1:]


def unknown(value: float | None) -> bool:
    """Whether a cell holds no number (a mark stands in its place)."""
    return value is None or math.isnan(value)
