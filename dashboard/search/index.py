"""Finds a unit by its name in either language, an older name or a code, however it is typed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from dashboard import data
from dashboard.language.words import LANGUAGES
from dashboard.search import spelling

LONGEST = 120  # characters that are read: a name with its raion and oblast has fewer
_LEVELS = ("country", "region", "raion", "hromada")
_BEGUN, _WITHIN, _NEAR = 2, 3, 4  # ranks of a match, the best being 0
_EXACT = {"full": 0, "placed": 0, "name": 1, "word": _WITHIN}  # what an exact match of a key is worth
_BEGINNING = {"full": _BEGUN, "placed": _BEGUN, "name": _BEGUN, "word": _WITHIN}
_OLDER = 0.5  # an older name stands half a rank below
_SOUND = 1.2  # names that sound alike stand below one wrong letter
_UNFINISHED = 0.3  # so does a beginning with a wrong letter below a whole name with one
_EDITS_PER_LETTER, _MOST_EDITS = 0.34, 3
_SHORT = 4  # letters that begin too many names to be held against with one of them wrong
_MEANT = {  # levels and kinds of units, and the words that ask for them
    ("hromada",): "громада територіальна тг отг мтг стг hromada community",
    ("urban", "city"): "міська місто м city urban",
    ("settlement",): "селищна селище смт settlement",
    ("rural",): "сільська село с rural",
    ("region",): "область обл oblast region",
    ("raion",): "район raion district",
    ("republic",): "автономна республіка ар autonomous republic of",
}
_KINDS = {word: set(kinds) for kinds, words in _MEANT.items() for word in words.split()}


@dataclass(frozen=True)
class Found:
    """A unit: its code, its full name, where it is, and the older name by which it was found ('' if none).

    `where` names its raion and oblast, and its code where a neighbour in the raion bears the same name.
    """

    code: str
    name: str
    where: str
    older: str


@dataclass(frozen=True)
class Key:
    """One spelling of a unit: its full name, its name without the kind, a later word of it, or it with its oblast."""

    text: str
    code: str
    kind: str  # full, name, word, placed
    older: tuple[str, ...] = ()  # in both languages, where this is no longer the unit's name


@dataclass(frozen=True)
class Index:
    """All keys by text; those that nearness is tried on, by text and by sound; units by KATOTTG, size, kind.

    `alike`: by language, the units with a namesake in their own raion.
    """

    keys: list[Key]
    near: dict[str, list[Key]]
    sounds: dict[str, list[Key]]
    katottg: list[tuple[str, str]]
    order: dict[str, int]
    tags: dict[str, set[str]]
    alike: dict[str, set[str]]


Matches = dict[str, tuple[float, int, tuple[str, ...]]]  # code -> rank, kinds asked for in vain, older name


def found(text: str, lang: str, release: str, limit: int = 8) -> list[Found]:
    """The units meant by `text`, the best first: exact, then begun, then nearly so; larger before smaller.

    Empty where nothing is like it. Raises data.Unavailable.
    """
    listed, typed = index(release=release), text[:LONGEST]
    best = _by_code(spelling.code(typed), listed) or _by_name(spelling.folded(typed), listed)
    if len(typed.strip()) > 2 and all(rank >= _NEAR for rank, *_ in best.values()):
        swapped = _by_name(spelling.folded(spelling.other_keyboard(typed)), listed)
        best = {code: match for code, match in swapped.items() if match[0] < _NEAR} or best
    ranked = sorted(best, key=lambda code: (*best[code][:2], listed.order[code]))
    return [_told(code, best[code][2], lang, listed) for code in ranked[:limit]]


@data.answer(2, everybody=True)
def index(*, release: str = "") -> Index:
    """All spellings of all units, made once per release."""
    units = data.territories()
    people = data.cells("population", release=release).groupby("territory_code")["value"].max().fillna(0).to_dict()
    by_size = sorted(units.index, key=lambda code: (_LEVELS.index(units.level[code]), -people.get(code, 0), code))
    keys = sorted(set(_current(units)) | set(_older(data.table("territory_names"))), key=lambda key: key.text)
    near: dict[str, list[Key]] = {}
    sounds: dict[str, list[Key]] = {}
    for key in keys:
        if key.kind in ("full", "name"):
            near.setdefault(key.text, []).append(key)
        if key.kind == "name" and key.text.isascii():
            sounds.setdefault(spelling.sound(key.text), []).append(key)
    katottg = sorted((own or code, code) for own, code in zip(units["katottg"], units["code"], strict=True))
    tags = {code: {level, kind} for code, level, kind in zip(units.index, units.level, units.kind, strict=True)}
    order = {code: place for place, code in enumerate(by_size)}
    return Index(keys, near, sounds, katottg, order, tags, {lang: _alike(units, lang) for lang in LANGUAGES})


def _alike(units: pd.DataFrame, lang: str) -> set[str]:
    return set(units.index[units.duplicated(["parent_code", f"name_{lang}"], keep=False)])


def _above(code: str) -> list[str]:
    """The raion, then the oblast."""
    parent = data.territory(code)["parent_code"]
    return [parent, *_above(parent)] if parent and parent != data.COUNTRY else []


def _told(code: str, older: tuple[str, ...], lang: str, listed: Index) -> Found:
    before = older[LANGUAGES.index(lang)] if older else ""
    name = data.territory_name(code, lang)
    where = [data.territory_name(above, lang) for above in _above(code)] + [code] * (code in listed.alike[lang])
    return Found(code, name, ", ".join(where), before if before != name else "")


def _current(units: pd.DataFrame) -> Iterator[Key]:
    for code in units.index:
        for lang in LANGUAGES:
            yield from _spellings(code, data.territory_name(code, lang), lang)


def _older(names: pd.DataFrame) -> Iterator[Key]:
    """Spellings of older names, without those that the unit still bears."""
    for code, *older in zip(names["code"], names["name_uk"], names["name_en"], strict=True):
        names_now = [(data.territory_name(code, lang), lang) for lang in LANGUAGES]
        today = {key.text for name, lang in names_now for key in _spellings(code, name, lang)}
        for lang, name in zip(LANGUAGES, older, strict=True):
            yield from (key for key in _spellings(code, name, lang, tuple(older)) if key.text not in today)


def _spellings(code: str, name: str, lang: str, older: tuple[str, ...] = ()) -> Iterator[Key]:
    yield Key("".join(spelling.folded(name).split()), code, "full", older)
    places = ["".join(_core(data.territory_name(above, lang, short=True))) for above in _above(code)]
    for part in [name, *name.split("(")] if "(" in name else [name]:
        words = _core(part)
        whole = "".join(words)
        yield Key(whole, code, "name", older)
        yield from (Key("".join(words[start:]), code, "word", older) for start in range(1, len(words)))
        if lang == "uk":
            yield Key("".join(spelling.transliterated(" ".join(words)).split()), code, "name", older)
        for start in range(len(places)):
            yield Key("".join([whole, *places[start:]]), code, "placed", older)


def _core(name: str) -> list[str]:
    """The words of a name without its kind."""
    words = spelling.folded(name).split()
    return [word for word in words if word not in _KINDS] or words


def _by_code(asked: str, listed: Index) -> Matches:
    """The unit of that code first, then all whose KATOTTG begins so; else the unit that a settlement's code names."""
    units = listed.katottg[_slice(listed.katottg, asked, lambda pair: pair[0])]
    begun: Matches = {code: (0 if asked in (full, code) else _BEGUN, 0, ()) for full, code in units} if asked else {}
    settlement = data.territory_code(asked[:9]) if len(asked) > 9 else None
    return begun or ({settlement: (_NEAR, 0, ())} if settlement else {})


def _by_name(text: str, listed: Index) -> Matches:
    """Units with a key that is, begins like, or is nearly one of the forms of a folded text."""
    words, core = text.split(), _core(text)
    if not words:
        return {}
    forms = ["".join(form.split()) for form in dict.fromkeys(spelling.scripts(" ".join(core)))]
    whole = ["".join(form.split()) for form in spelling.scripts(" ".join(words))] if words != core else []
    wanted = [_KINDS[word] for word in words if word in _KINDS] if words != core else []
    best: Matches = {}
    for rank, key in _begun(filter(None, [*forms, *whole]), listed.keys):
        _note(best, rank, key, wanted, listed)
    if all(rank >= _BEGUN for rank, *_ in best.values()):
        for rank, key in _nearly(forms, whole, listed):
            _note(best, rank, key, wanted, listed)
    worst = max(min(rank for rank, *_ in best.values()), _NEAR) + 1.5 if best else 0
    return {code: match for code, match in best.items() if match[0] <= worst}


def _note(best: Matches, rank: float, key: Key, wanted: list[set[str]], listed: Index) -> None:
    rank += _OLDER if key.older else 0
    if key.code not in best or rank < best[key.code][0]:
        misfit = sum(not kinds & listed.tags[key.code] for kinds in wanted)
        best[key.code] = (rank, misfit, key.older)


def _begun(forms: Iterable[str], keys: list[Key]) -> Iterator[tuple[float, Key]]:
    for form in forms:
        for key in keys[_slice(keys, form, lambda key: key.text)]:
            yield (_EXACT if key.text == form else _BEGINNING)[key.kind], key


def _slice(items: list, beginning: str, by) -> slice:
    """Where in the sorted items those lie that begin so."""
    return slice(bisect_left(items, beginning, key=by), bisect_left(items, beginning + "\U0010ffff", key=by))


def _nearly(forms: list[str], whole: list[str], listed: Index) -> Iterator[tuple[float, Key]]:
    """Keys within a few wrong letters of a form: as a whole, as a beginning, or by their sound."""
    texts = list(listed.near)
    for form in dict.fromkeys([*forms, *whole]):
        most = min(int(len(form) * _EDITS_PER_LETTER), _MOST_EDITS)
        yield from _within(form, texts, listed.near, most, 0)
        if form in forms and len(form) > _SHORT:
            yield from _within(form, texts, listed.near, most, _UNFINISHED)
        if form.isascii() and most:
            yield from _within(spelling.sound(form), list(listed.sounds), listed.sounds, most // 2, _SOUND)


def _within(
    form: str, texts: list[str], keys: dict[str, list[Key]], most: int, extra: float
) -> Iterator[tuple[float, Key]]:
    """Keys at most `most` edits away, ranked by edits and `extra`; an unfinished form is held against beginnings."""
    shown = [text[: len(form)] for text in texts] if extra == _UNFINISHED else texts
    edits = cdist([form], shown, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    for place in np.flatnonzero(edits <= most):
        for key in keys[texts[place]]:
            yield _NEAR + int(edits[place]) + extra, key
