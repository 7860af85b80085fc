"""One run of the tests: how much of everything it tries, which chance it follows, and what its processes share.

`TESTS=full` (make test-full) tries all, otherwise a fixed part is tried; `TEST_SEED=7` repeats the chance of a run.
"""

import fcntl
import itertools
import os
import random
import secrets
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
LANGUAGES = ("uk", "en")
FULL = os.environ.get("TESTS") == "full"
SEED = int(os.environ.setdefault("TEST_SEED", str(secrets.randbelow(10**6) if FULL else 0)))  # workers inherit it


def chance(name: object) -> random.Random:
    """Random numbers of one test: the same at each run, others in each full run (its seed is in pytest's header)."""
    return random.Random(zlib.crc32(f"{SEED} {name}".encode()))


def amount(few: int, *, of: int) -> int:
    """How many of so many cases this run tries."""
    return of if FULL else few


def every(*further: T) -> tuple[T, ...]:
    """These cases in a full run, and none otherwise."""
    return further if FULL else ()


def once(folder: Path, name: str, make: Callable[[], str]) -> str:
    """What `make` returns; made by the first process of a run that asks, while the others wait."""
    with (folder / f"{name}.turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        answer = folder / f"{name}.made"
        if not answer.exists():
            made = make()
            answer.write_text(made, encoding="utf-8")
        return answer.read_text(encoding="utf-8")


def in_languages(*lists: Sequence) -> list[tuple]:
    """Every combination of the lists, each in both languages in a full run, else in the two by turns."""
    places = itertools.product(*(range(len(one)) for one in lists))
    return [
        (*(one[at] for one, at in zip(lists, place, strict=True)), lang)
        for place in places
        for turn, lang in enumerate(LANGUAGES)
        if FULL or sum(place) % 2 == turn
    ]
