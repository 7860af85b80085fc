"""What a reader looks at: a page, the filters of its address, the audience she belongs to."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from operator import attrgetter
from typing import Concatenate, ParamSpec, TypeVar

from dashboard import data
from data_access import PUBLIC, Audience

P = ParamSpec("P")
R = TypeVar("R")
Notice = tuple[str, dict[str, str]]  # a key of words.toml and what its sentence names


@dataclass(frozen=True)
class View:
    """What a reader looks at: the page, the language and the filters of its address, and who she is.

    `area` is the territory that the page shows. `place` is the unit below it that the address names, kept for the
    way back where a page shows oblasts only. `peers` and `chosen`: the group compared with (answers/peers.py).
    `per`: the denominator, '' for none. `level`: the units of the map, '' for oblasts.
    `all`: whether every figure of the page's topic is listed.
    """

    page: str
    lang: str = "uk"
    area: str = data.COUNTRY
    indicator: str = ""
    category: str = ""
    period: str = ""
    pinned: str = ""
    audience: Audience = PUBLIC
    place: str = ""
    indicators: tuple[str, ...] = ()
    peers: str = ""
    chosen: tuple[str, ...] = ()
    per: str = ""
    level: str = ""
    all: bool = False

    @property
    def release(self) -> str:
        """The name of the release shown: the pinned one, else the newest."""
        return self.pinned or data.newest_release().name

    @property
    def breakdown(self) -> str:
        """The breakdown of the indicator to which the chosen category belongs; '' for the total."""
        return breakdown_of(self.indicator, self.category)


def breakdown_of(indicator: str, category: str) -> str:
    """The name of the indicator's breakdown that lists `category`; '' where there is none."""
    if not category:
        return ""
    breakdowns = data.registry()[indicator].breakdowns
    return next((name for name, codes in breakdowns.items() if category in codes), "")


def answer_of_view(
    size: int, *named: str
) -> Callable[[Callable[Concatenate[View, P], R]], Callable[Concatenate[View, P], R]]:
    """Keep what a function answers of a view by these fields of it, its audience, its release and further arguments.

    The function is given a view in which nothing else is set, so that no answer depends on what is not in its key.
    """

    def keep(function: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
        if unknown := set(named) - {field.name for field in fields(View)}:
            raise TypeError(f"{function.__qualname__} cannot be kept by {', '.join(sorted(unknown))} of a view")
        parts = attrgetter(*named, "audience", "release")

        @data.answer(size)
        def kept(values: tuple, args: tuple, others: tuple, *, audience: Audience = PUBLIC, release: str = "") -> R:
            shown = View("", audience=audience, pinned=release, **dict(zip(named, values, strict=True)))
            return function(shown, *args, **dict(others))

        @wraps(function)
        def asked(view: View, *args: P.args, **others: P.kwargs) -> R:
            *values, audience, release = parts(view)
            return kept(tuple(values), args, tuple(others.items()), audience=audience, release=release)

        return asked

    return keep
