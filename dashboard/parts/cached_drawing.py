"""What is drawn once for a view: pieces of HTML that are kept, charts that are replayed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.answers import freshness, snapshot
from dashboard.parts import html
from dashboard.view import View
from data_access import PUBLIC, Audience

KEPT = 600  # answers of each function: pieces of HTML and charts are about 10 kB each
FEW = 60  # of those that hold all communities: half a megabyte each
P = ParamSpec("P")
R = TypeVar("R")
OfView = Callable[Concatenate[View, P], R]
_run = threading.local()


def kept_up_to(size: int) -> Callable[[OfView[P, R]], OfView[P, R]]:
    """Keep what a function makes of a view (a piece of HTML, a figure), by all fields of the view and the arguments.

    Figures age, so it holds for a day. It is dropped with every answer of the data (dashboard/kept_answers.py), and
    shared: nobody may change it.
    """

    def keep(function: OfView[P, R]) -> OfView[P, R]:
        _first_is_a_view(function)

        @data.answer(size)
        def made(
            view: View, today: date, args: tuple, named: tuple, *, audience: Audience = PUBLIC, release: str = ""
        ) -> R:
            return function(view, *args, **dict(named))

        @wraps(function)
        def asked(view: View, *args: P.args, **named: P.kwargs) -> R:
            return made(
                view, freshness.today(), args, tuple(named.items()), audience=view.audience, release=view.release
            )

        return asked

    return keep


kept = kept_up_to(KEPT)


def _of_place(keep: Callable[[OfView[P, R]], OfView[P, R]]) -> Callable[[OfView[P, R]], OfView[P, R]]:
    """The same way of keeping, for what does not depend on the indicator chosen, nor on its category or day."""

    def keep_of_place(function: OfView[P, R]) -> OfView[P, R]:
        of_view = keep(function)

        @wraps(function)
        def asked(view: View, *args: P.args, **named: P.kwargs) -> R:
            plain = replace(snapshot.anywhere_else(view), page=view.page, indicator="", category="", period="")
            return of_view(plain, *args, **named)

        return asked

    return keep_of_place


def drawn_up_to(size: int) -> Callable[[OfView[P, None]], OfView[P, None]]:
    """Keep the chart that a function draws, by view, release and arguments, and replay it (decision 4).

    Streamlit's cache is given one text as its key: hashing views and snapshots would cost more than the replay.
    """

    def keep(function: OfView[P, None]) -> OfView[P, None]:
        _first_is_a_view(function)
        name = f"{function.__module__}.{function.__qualname__}"

        def drawn(key: str, _view: View, _args: tuple, _named: dict) -> None:
            function(_view, *_args, **_named)

        drawn.__module__, drawn.__qualname__ = function.__module__, function.__qualname__  # its own cache
        drawn = st.cache_data(show_spinner=False, max_entries=size)(drawn)

        @wraps(function)
        def draw(view: View, *args: P.args, **named: P.kwargs) -> None:
            flush()
            shown = replace(view, place="")
            key = (name, _fields(shown), data.edits(), freshness.today(), [*map(_fields, args)], named)
            drawn(repr(key), shown, args, named)

        return draw

    return keep


cached_drawing = drawn_up_to(KEPT)


kept_of_place, cached_drawing_of_place = _of_place(kept), _of_place(cached_drawing)


def block(*pieces: Markup) -> None:
    """A piece of the page as HTML. Raises TypeError for a plain text: it needs an element around it.

    It waits for what comes next: each element of a page costs by itself, so all pieces between two charts are one.
    """
    if plain := [piece for piece in pieces if not isinstance(piece, Markup)]:
        raise TypeError(f"a block is made of Markup (dashboard/parts/html.py), not of the plain text {plain[0]!r}")
    if any(pieces):
        _waiting().append(html.tag("div", *pieces, cls="fc"))


def flush() -> None:
    """Draw the pieces that wait, before anything else is drawn and at the end of the page."""
    if pieces := _waiting():
        st.html(html.joined(pieces))
        pieces.clear()


def discard() -> None:
    """Forget pieces that a run left behind which was broken off."""
    _waiting().clear()


@contextmanager
def frame(key: str) -> Iterator[None]:
    """A part of the page that the style sheet and the browser's script know by its key."""
    flush()
    with st.container(key=key):
        yield
        flush()


def _waiting() -> list[Markup]:
    """The pieces of this run: each runs in a thread of its own."""
    if not hasattr(_run, "pieces"):
        _run.pieces = []
    pieces: list[Markup] = _run.pieces
    return pieces


def _fields(argument: object) -> object:
    """What tells an argument from another: a view's fields and release; the key of a snapshot, which made its rows."""
    if isinstance(argument, snapshot.Snapshot):
        return argument.key
    return (argument, argument.release) if isinstance(argument, View) else argument


def _first_is_a_view(function: Callable[..., Any]) -> None:
    """Raises TypeError with the function's name where its first parameter is no View."""
    first = next(iter(signature(function).parameters.values()))
    if first.annotation is not View:
        raise TypeError(f"{function.__qualname__} is kept, so its first parameter is a View")
