"""Finds a unit by its name in either language, an older name or a code, however it is typed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from dashboard import data
from dashboard.language.words import LANGUAGES
from dashboard.search import keys as spelled
from dashboard.search import spelling
from dashboard.search.keys import KINDS, Key, above_of, core

LONGEST = 120  # characters that are read: a name with its raion and oblast has fewer
_LEVELS = ("country", "region", "raion", "hromada")
_BEGUN, _WITHIN, _NEAR = 2, 3, 4  # ranks of a match, the best being 0
_EXACT = {"full": 0, "placed": 0, "name": 1, "word": _WITHIN, "settlement": 1}  # what an exact match is worth
_BEGINNING = {"full": _BEGUN, "placed": _BEGUN, "name": _BEGUN, "word": _WITHIN, "settlement": 5}  # a guess
_OLDER, _SETTLEMENT = 0.5, 0.6  # an older name stands half a rank below, a settlement's a little more
_SOUND = 1.2  # names that sound alike stand below one wrong letter
_UNFINISHED = 0.3  # so does a beginning with a wrong letter below a whole name with one
_GUESSES = 0.9  # how far below the best guess others are told
_LETTERS_PER_EDIT, _MOST_EDITS = 5, 3
_LETTERS_BEGUN = 7  # letters of a beginning for each wrong one: shorter ones begin too many names
_LETTERS_SOUND = 8  # the same for names by their sound


@dataclass(frozen=True)
class Found:
    """A unit: its code, its full name, where it is, and the older name by which it was found ('' if none).

    `where` names its raion and oblast, and its code where a neighbour in the raion bears the same name.
    `settlement`: the settlement of it that was asked for, '' where the unit itself was. `sure`: not found by guess.
    """

    code: str
    name: str
    where: str
    older: str
    settlement: str = ""
    sure: bool = True


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


Matches = dict[str, tuple[float, int, Key | None]]  # code -> rank, kinds asked for in vain, by which spelling


def found(text: str, lang: str, release: str, limit: int = 8, guess: bool = True) -> list[Found]:
    """The units meant by `text`, the best first: exact, then begun, then nearly so; larger before smaller.

    `guess`: whether names that are only nearly so are told. Empty where nothing is like it. Raises data.Unavailable.
    """
    listed, typed = index(release=release), text[:LONGEST]
    best = _by_code(spelling.code(typed), listed) or _by_name(spelling.folded(typed), listed, guess)
    if guess and len(typed.strip()) > 2 and all(rank >= _NEAR for rank, *_ in best.values()):
        swapped = _by_name(spelling.folded(spelling.other_keyboard(typed)), listed, guess=False)
        best = {code: match for code, match in swapped.items() if match[0] < _NEAR} or best
    ranked = sorted(best, key=lambda code: (*best[code][:2], listed.order[code]))
    return [_told(code, best[code], lang, listed) for code in ranked[:limit]]


@data.answer(2, everybody=True)
def index(*, release: str = "") -> Index:
    """All spellings of all units, made once per release."""
    units = data.territories()
    people = data.cells("population", release=release).groupby("territory_code")["value"].max().fillna(0).to_dict()
    by_size = sorted(units.index, key=lambda code: (_LEVELS.index(units.level[code]), -people.get(code, 0), code))
    of_settlements = spelled.settlements(data.status_periods())
    every = chain(spelled.current(units), spelled.older(data.table("territory_names")), of_settlements)
    keys = sorted(set(every), key=lambda key: key.text)
    near: dict[str, list[Key]] = {}
    sounds: dict[str, list[Key]] = {}
    for key in keys:
        if key.kind in ("full", "name", "settlement"):
            near.setdefault(key.text, []).append(key)
        if key.kind == "name" and key.text.isascii():
            sounds.setdefault(spelling.sound(key.text), []).append(key)
    katottg = sorted((own or code, code) for own, code in zip(units["katottg"], units["code"], strict=True))
    tags = {code: {level, kind} for code, level, kind in zip(units.index, units.level, units.kind, strict=True)}
    order = {code: place for place, code in enumerate(by_size)}
    return Index(keys, near, sounds, katottg, order, tags, {lang: _alike(units, lang) for lang in LANGUAGES})


def _alike(units: pd.DataFrame, lang: str) -> set[str]:
    return set(units.index[units.duplicated(["parent_code", f"name_{lang}"], keep=False)])


def _told(code: str, match: tuple[float, int, Key | None], lang: str, listed: Index) -> Found:
    rank, _, key = match
    other = key.other[LANGUAGES.index(lang)] if key and key.other else ""
    name = data.territory_name(code, lang)
    where = [data.territory_name(above, lang) for above in above_of(code)] + [code] * (code in listed.alike[lang])
    of_settlement = other if key and key.of_settlement else ""
    older = "" if of_settlement or other == name else other
    return Found(code, name, ", ".join(where), older, of_settlement, rank < _NEAR)


def _by_code(asked: str, listed: Index) -> Matches:
    """The unit of that code first, then all whose KATOTTG begins so; else the unit that a settlement's code names."""
    units = listed.katottg[_slice(listed.katottg, asked, lambda pair: pair[0])]
    begun: Matches = {code: (0 if asked in (full, code) else _BEGUN, 0, None) for full, code in units} if asked else {}
    settlement = data.territory_code(asked[:9]) if len(asked) > 9 else None
    return begun or ({settlement: (_WITHIN, 0, None)} if settlement else {})


def _by_name(text: str, listed: Index, guess: bool) -> Matches:
    """Units with a key that is, begins like, or is nearly one of the forms of a folded text."""
    words, meant = text.split(), core(text)
    if not words:
        return {}
    forms = ["".join(form.split()) for form in dict.fromkeys(spelling.scripts(" ".join(meant)))]
    whole = ["".join(form.split()) for form in spelling.scripts(" ".join(words))] if words != meant else []
    wanted = [KINDS[word] for word in words if word in KINDS] if words != meant else []
    best: Matches = {}
    for rank, key in _begun(filter(None, [*forms, *whole]), listed.keys):
        _note(best, rank, key, wanted, listed)
    if guess and all(rank >= _BEGUN for rank, *_ in best.values()):
        for rank, key in _nearly(forms, whole, listed):
            _note(best, rank, key, wanted, listed)
    guesses = [rank for rank, *_ in best.values() if rank >= _NEAR]
    worst = min(guesses, default=0) + _GUESSES
    return {code: match for code, match in best.items() if match[0] <= max(worst, _NEAR)}


def _note(best: Matches, rank: float, key: Key, wanted: list[set[str]], listed: Index) -> None:
    rank += _SETTLEMENT if key.of_settlement else _OLDER if key.other else 0
    if key.code not in best or rank < best[key.code][0]:
        misfit = sum(not kinds & listed.tags[key.code] for kinds in wanted)
        best[key.code] = (rank, misfit, key)


def _begun(forms: Iterable[str], keys: list[Key]) -> Iterator[tuple[float, Key]]:
    for form in forms:
        for key in keys[_slice(keys, form, lambda key: key.text)]:
            yield (_EXACT if key.text == form else _BEGINNING)[key.kind], key


def _slice(items: list, beginning: str, by) -> slice:
    """Where in the sorted items those lie that begin so."""
    return slice(bisect_left(items, beginning, key=by), bisect_left(items, beginning + "\U0010ffff", key=by))


def _nearly(forms: list[str], whole: list[str], listed: Index) -> Iterator[tuple[float, Key]]:
    """Keys within a few wrong letters of a form: as a whole, as a beginning, or by their sound."""
    sounds = list(listed.sounds)
    for form in dict.fromkeys([*forms, *whole]):
        texts = [text for text in listed.near if text.isascii() == form.isascii()]
        letters = len(form)
        yield from _within(form, texts, listed.near, _edits(letters, _LETTERS_PER_EDIT), 0)
        if form in forms and letters >= _LETTERS_BEGUN:
            yield from _within(form, texts, listed.near, _edits(letters, _LETTERS_BEGUN), _UNFINISHED)
        if form.isascii():
            sound = spelling.sound(form)
            alike = [text for text in sounds if len(text) == len(sound)]
            yield from _within(sound, alike, listed.sounds, _edits(letters, _LETTERS_SOUND), _SOUND)


def _edits(letters: int, each: int) -> int:
    """How many letters of so many may be wrong."""
    return min(letters // each, _MOST_EDITS)


def _within(
    form: str, texts: list[str], keys: dict[str, list[Key]], most: int, extra: float
) -> Iterator[tuple[float, Key]]:
    """Keys at most `most` edits away, ranked by edits and `extra`; an unfinished form is held against beginnings."""
    shown = [text[: len(form)] for text in texts] if extra == _UNFINISHED else texts
    edits = cdist([form], shown, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    for place in np.flatnonzero(edits <= most):
        for key in keys[texts[place]]:
            if extra == _UNFINISHED and key.of_settlement:
                continue  # `_BEGINNING` has told it
            yield _NEAR + int(edits[place]) + extra, key
