"""The one door to the data: who may see what, and each answer kept for its release and audience.

Two things lie in the key of every answer (`answer`): as whose and of which release it was asked, and the edits of
releases. So an answer that was on its way while a figure was withdrawn is not found later.
"""

import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any, ParamSpec, TypedDict, TypeVar

import pandas as pd

import data_access
from data_access import PUBLIC, Audience, DatabaseProblem, Indicator, Release

ROOT = Path(__file__).resolve().parent.parent
GEOMETRY = {
    "oblasts.geojson": ROOT / "sample_data" / "oblasts.geojson",
    "world_110m.json": Path(__file__).parent / "static" / "world_110m.json",
}
LOADED_GEOMETRY = {"raions.geojson": "raion", "hromadas.geojson": "hromada"}
COUNTRY = "UA"
_RELEASE_SECONDS = 5
P = ParamSpec("P")
R = TypeVar("R")


class _Kept(TypedDict, total=False):
    """What is asked of the database once: its connection, and the newest release with the second of asking."""

    database: data_access.Database
    release: tuple[float, Release]


_lock = threading.RLock()
_kept: _Kept = {}
_answers: list[Any] = []


class Unavailable(Exception):
    """Nothing can be read. `code` names the reason (a key of [problem] in words.toml); `str()` tells the operator."""

    def __init__(self, problem: DatabaseProblem):
        super().__init__(str(problem))
        self.code = problem.code


def database() -> data_access.Database:
    """The database that `DATABASE_URL` names, opened once; tried again at each call while it cannot be opened."""
    with _lock:
        if "database" not in _kept:
            try:
                _kept["database"] = data_access.connect()
            except DatabaseProblem as problem:
                raise Unavailable(problem) from problem
        return _kept["database"]


def forget() -> None:
    """Drop the connection and every kept answer (tests, and after an error of the database)."""
    with _lock:
        _kept.pop("database", None)
        _kept.pop("release", None)
        _drop_answers()


def answer(size: int, *, newest: bool = False, everybody: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep a function's answers, `size` of them, by its arguments, `release` and `audience`, until the next edit.

    The function has these two as keyword-only parameters; an empty release is the newest one. One that has no release
    must say that it is of the newest (`newest=True`), one that has no audience that it tells everybody the same
    (`everybody=True`): TypeError with its name where it does not. A kept answer is shared: nobody may change it.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        # `kept` makes each answer once, however the call is spelled; `as_spelled` finds it again without binding
        # arguments to the signature, which would cost ten times the call.
        parameters = _with_release_and_audience(function, newest, everybody)

        @lru_cache(maxsize=size)
        def kept(_version: tuple, *args: Any, **named: Any) -> R:
            return function(*args, **named)

        @lru_cache(maxsize=size)
        def as_spelled(version: tuple, *args: Any, **named: Any) -> R:
            given = parameters.bind(*args, **named)
            given.apply_defaults()
            if not newest:
                given.arguments["release"] = given.arguments["release"] or version[0]
            return kept(version if newest else version[1:], *given.args, **given.kwargs)

        _answers.extend((kept, as_spelled))
        return wraps(function)(lambda *args, **named: as_spelled(_version(), *args, **named))

    return keep


def _with_release_and_audience(function: Callable[..., Any], newest: bool, everybody: bool) -> Signature:
    """The function's signature; raises TypeError where release or audience is forgotten, or said in two ways."""
    found = signature(function)
    for name, left_out, word in (("release", newest, "newest"), ("audience", everybody, "everybody")):
        known = name in found.parameters and found.parameters[name].kind is Parameter.KEYWORD_ONLY
        if known == left_out:
            what = f"takes {name}, and says {word}=True" if known else f"needs {name}=, keyword-only, or {word}=True"
            raise TypeError(f"{function.__qualname__} {what}")
    return found


def edits() -> tuple[int, int]:
    """The newest withdrawal and correction: what may alter releases that stand already, and what is told of them."""
    return _version()[1:]


def newest_release() -> Release:
    """The newest release, asked for at most once in five seconds. Raises Unavailable."""
    kept = _kept.get("release")
    return kept[1] if kept and _is_fresh(kept[0]) else _release_asked_for()


def _is_fresh(asked: float) -> bool:
    return time.monotonic() - asked <= _RELEASE_SECONDS


def _release_asked_for() -> Release:
    with _lock:
        kept = _kept.get("release")
        if kept and _is_fresh(kept[0]):
            return kept[1]  # another thread has just asked
        release = _ask(data_access.release, database())
        before = kept[1] if kept else None
        if before and (before.withdrawals, before.corrections) != (release.withdrawals, release.corrections):
            _drop_answers()
        _kept["release"] = (time.monotonic(), release)
        return release


@answer(64, newest=True, everybody=True)
def release_named(name: str) -> Release:
    """The release of that name, '' for the newest; raises data_access.UnknownRelease, Unavailable."""
    return _ask(data_access.release, database(), name) if name else newest_release()


def registry() -> Mapping[str, Indicator]:
    """All indicators, by id."""
    return data_access.indicators()


def rules_of_records() -> frozenset[str]:
    """Ids of the publication rules for figures made from records: those that delay, hide or round."""
    return frozenset(name for name, rule in data_access.rules().items() if rule.threshold or rule.base)


@answer(512)
def cells(
    indicator: str, *, breakdown: str | None = "", audience: Audience = PUBLIC, release: str = ""
) -> pd.DataFrame:
    """The visible cells of an indicator in a release, of every source and period (do not change them).

    `breakdown`: one of its breakdowns, '' for the totals, None for all of it.
    """
    return _ask(data_access.cells, database(), indicator, breakdown=breakdown, audience=audience, release=release)


def unit_cells(code: str, *, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """The visible cells of one unit in a release: every indicator, breakdown, source and period."""
    return _ask(data_access.unit_cells, database(), code, audience=audience, release=release or newest_release().name)


@answer(256)
def headlines(indicator: str, *, breakdown: str = "", audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """One row per territory and category: the preferred source's newest, in `others` how many more there are."""
    frame = cells(indicator, breakdown=breakdown, audience=audience, release=release)
    return data_access.headline(frame, registry()[indicator])


@answer(2, newest=True, everybody=True)
def territories() -> pd.DataFrame:
    """All territories, indexed by P-code."""
    return table("territories").set_index("code", drop=False)


@answer(16, newest=True, everybody=True)
def table(name: str) -> pd.DataFrame:
    """A whole small table: producers, releases, changes_by_release, corrections, withdrawals."""
    return _ask(getattr(data_access, name), database())


@answer(4, newest=True, everybody=True)
def is_training() -> bool:
    """Whether the figures are synthetic; what shows or hands out figures must then say `site.training`."""
    return _ask(data_access.training, database())


@answer(4, newest=True)
def sources(*, audience: Audience = PUBLIC) -> pd.DataFrame:
    """Where the figures come from that the audience may see, and the official lists."""
    return _ask(data_access.sources, database(), audience=audience)


def source(source_id: str) -> dict:
    """The record of a source that a cell at hand names: who may see the cell may see where it comes from."""
    return _sources_by_id()[source_id]


@answer(4, newest=True, everybody=True)
def _sources_by_id() -> dict[str, dict]:
    return {row["source_id"]: row for row in sources(audience=Audience("editor")).to_dict("records")}


def changes(release: str = "") -> pd.DataFrame:
    """Per indicator, how many cells are new, changed and vanished in a release."""
    return _ask(data_access.release_changes, database(), release or None)


def coverage(*, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """Per indicator and level: cells, territories, first and last as-of day."""
    return _ask(data_access.coverage, database(), audience=audience, release=release or newest_release().name)


@answer(2, newest=True, everybody=True)
def status_periods() -> pd.DataFrame:
    """All rows of the newest edition of the official status list, oldest first."""
    return _ask(data_access.status_periods, database(), COUNTRY)


@answer(2000, newest=True, everybody=True)
def status_history(code: str) -> pd.DataFrame:
    """The official status of a hromada through time: first, last, status, mixed, partly; empty for other units."""
    return _ask(data_access.status_history, database(), code)


def territory_code(code: str) -> str | None:
    """The P-code of a full KATOTTG or a P-code; None where no such unit is listed."""
    return _codes().get(code)


@answer(2, newest=True, everybody=True)
def _codes() -> dict[str, str]:
    places = _places()
    return {row["katottg"]: code for code, row in places.items() if row["katottg"]} | {code: code for code in places}


@answer(8, everybody=True)
def peer_profiles(*, release: str = "") -> pd.DataFrame:
    """Every hromada as peer groups see it in a release (data_access.peer_profiles)."""
    return _ask(data_access.peer_profiles, database(), release=release)


def oblast_of(code: str) -> str:
    """The region that a unit belongs to (the P-code's first four characters), or the country itself."""
    return code[:4] if len(code) > 2 else COUNTRY


def territory(code: str) -> dict:
    """The record of a unit: parent_code, level, katottg, names, kind, lat, lon, area_km2."""
    return _places()[code]


@answer(2, newest=True, everybody=True)
def _places() -> dict[str, dict]:
    return {str(code): row for code, row in territories().to_dict("index").items()}


def territory_name(code: str, lang: str, short: bool = False) -> str:
    """The name of a unit; `short` leaves out its kind (`Харківська`, `Kharkiv`)."""
    row = territory(code)
    return (short and row[f"short_name_{lang}"]) or row[f"name_{lang}"]


@answer(2, newest=True, everybody=True)
def oblasts() -> tuple[str, ...]:
    """The P-codes of the 27 regions, Crimea and Sevastopol included."""
    return tuple(code for code, row in _places().items() if row["level"] == "region")


def _version() -> tuple[str, int, int]:
    """Name, withdrawals and corrections of the newest release: what an answer of it depends on."""
    release = newest_release()
    return release.name, release.withdrawals, release.corrections


def _drop_answers() -> None:
    for answers in _answers:
        answers.cache_clear()


def boundaries(level: str) -> tuple[str, str]:
    """Outlines of raions or hromadas as GeoJSON and their version for an ETag; ('', '') where none are loaded."""
    version = _ask(data_access.boundaries_version, database(), level)
    return (_outlines(level, version), f'"{level}-{version}"') if version else ("", "")


@answer(4, newest=True, everybody=True)
def _outlines(level: str, version: int) -> str:
    return _ask(data_access.boundaries, database(), level)


def _ask(query: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    try:
        return query(*args, **named)
    except DatabaseProblem as problem:
        raise Unavailable(problem) from problem
