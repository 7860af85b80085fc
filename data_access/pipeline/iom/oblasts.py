"""Finding the oblast that a name means: the forms and spellings in which files from others write it."""

from __future__ import annotations

import difflib
import re

NAMES = {
    "UA": ("Ukraine", "Total", "Grand total", "Україна", "Усього"),
    "UA01": ("Autonomous Republic of Crimea", "AR Crimea", "Crimea", "Автономна Республіка Крим", "АР Крим"),
    "UA05": ("Vinnytska", "Vinnytsia", "Вінницька"),
    "UA07": ("Volynska", "Volyn", "Волинська"),
    "UA12": ("Dnipropetrovska", "Dnipropetrovsk", "Дніпропетровська"),
    "UA14": ("Donetska", "Donetsk", "Донецька"),
    "UA18": ("Zhytomyrska", "Zhytomyr", "Житомирська"),
    "UA21": ("Zakarpatska", "Zakarpattia", "Закарпатська"),
    "UA23": ("Zaporizka", "Zaporizhzhia", "Zaporizhska", "Zaporizhia", "Запорізька"),
    "UA26": ("Ivano-Frankivska", "Ivano-Frankivsk", "Івано-Франківська"),
    "UA32": ("Kyivska", "Kyiv oblast", "Kyiv region", "Київська"),
    "UA35": ("Kirovohradska", "Kirovohrad", "Кіровоградська"),
    "UA44": ("Luhanska", "Luhansk", "Луганська"),
    "UA46": ("Lvivska", "Lviv", "Львівська"),
    "UA48": ("Mykolaivska", "Mykolaiv", "Миколаївська"),
    "UA51": ("Odeska", "Odesa", "Одеська"),
    "UA53": ("Poltavska", "Poltava", "Полтавська"),
    "UA56": ("Rivnenska", "Rivne", "Рівненська"),
    "UA59": ("Sumska", "Sumy", "Сумська"),
    "UA61": ("Ternopilska", "Ternopil", "Тернопільська"),
    "UA63": ("Kharkivska", "Kharkiv", "Харківська"),
    "UA65": ("Khersonska", "Kherson", "Херсонська"),
    "UA68": ("Khmelnytska", "Khmelnytskyi", "Хмельницька"),
    "UA71": ("Cherkaska", "Cherkasy", "Черкаська"),
    "UA73": ("Chernivetska", "Chernivtsi", "Чернівецька"),
    "UA74": ("Chernihivska", "Chernihiv", "Чернігівська"),
    "UA80": ("Kyiv", "Kyiv City", "City of Kyiv", "The city of Kyiv", "Київ", "м. Київ", "місто Київ"),
    "UA85": (
        "Sevastopol",
        "Sevastopol City",
        "City of Sevastopol",
        "Севастополь",
        "м. Севастополь",
        "місто Севастополь",
    ),
}
GOVERNED = tuple(code for code in NAMES if code not in ("UA", "UA01", "UA85"))  # surveys list all of these
UNIT = re.compile(r" (oblast|region|область|обл\.?)$")
CLOSE, APART = 0.85, 0.1  # a misspelt name: how near the right one, how much nearer than any other


def _plain(name: str) -> str:
    text = re.sub(r"[*‐‑–]", lambda found: "" if found[0] == "*" else "-", name)
    return re.sub(r"\s+", " ", text).strip().casefold()


CODES = {_plain(name): code for code, names in NAMES.items() for name in names}


def oblast_code(name: str) -> tuple[str, bool]:
    """P-code of the region that a name means, and whether it is spelt so; ('', False) where none or several fit."""
    plain = _plain(name)
    if plain in CODES:
        return CODES[plain], True
    bare = UNIT.sub("", plain)
    known = {name: code for name, code in CODES.items() if bare == plain or code != "UA80"}  # a city is no oblast
    if bare in known:
        return known[bare], True
    scores: dict[str, float] = {}
    for name, code in known.items():
        scores[code] = max(scores.get(code, 0), difflib.SequenceMatcher(None, bare, name).ratio())
    (best, first), (_, second) = sorted(scores.items(), key=lambda score: -score[1])[:2]
    return (best, False) if first >= CLOSE and first - second >= APART else ("", False)
