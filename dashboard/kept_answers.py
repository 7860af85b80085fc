"""The database, opened once, and answers that are kept for their release and audience until an edit."""

import threading
import time
from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import Parameter, Signature, signature
from typing import Any, ParamSpec, TypedDict, TypeVar

import data_access
from data_access import DatabaseProblem, Release

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
        drop_answers()


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

        @_once(size)
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


def _once(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep answers, and let one thread alone make each: those who ask for the same at that moment wait for it.

    Else two hundred visitors who come at once would each make what all of them need. Every function has a lock of its
    own, so no two wait for each other as long as they do not call in a circle.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        made, turn = lru_cache(maxsize=size)(function), threading.RLock()

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            with turn:
                return made(*args, **named)  # type: ignore[arg-type]

        asked.cache_clear = made.cache_clear  # type: ignore[attr-defined]
        return asked

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
        release = ask(data_access.release, database())
        before = kept[1] if kept else None
        if before and (before.withdrawals, before.corrections) != (release.withdrawals, release.corrections):
            drop_answers()
        _kept["release"] = (time.monotonic(), release)
        return release


def _version() -> tuple[str, int, int]:
    """Name, withdrawals and corrections of the newest release: what an answer of it depends on."""
    release = newest_release()
    return release.name, release.withdrawals, release.corrections


def drop_answers() -> None:
    for answers in _answers:
        answers.cache_clear()


def ask(query: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    try:
        return query(*args, **named)
    except DatabaseProblem as problem:
        raise Unavailable(problem) from problem
