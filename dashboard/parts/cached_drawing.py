"""Drawings that are kept: what does not answer clicks is drawn once for a view, and replayed."""

from collections.abc import Callable
from dataclasses import astuple, replace
from functools import wraps
from inspect import signature
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.answers import freshness, snapshot
from dashboard.answers.snapshot import Snapshot
from dashboard.parts import html
from dashboard.view import View

KEPT = 600  # drawings of each function: about 30 kB each


def view_key(view: View) -> tuple:
    """What tells one drawn view from another: its fields, the release, the edits of releases; today, as figures age."""
    return (*astuple(replace(view, place="")), view.release, *data.edits(), freshness.today())


def snapshot_key(shown: Snapshot) -> tuple:
    """What a snapshot was made from. Its rows follow from that; hashing a frame would cost more than the replay."""
    return shown.key


KEYS: dict[str | type[Any], Callable[[Any], Any]] = {View: view_key, Snapshot: snapshot_key}


def cached_drawing(function):
    """Keep what the function draws, by view, release and arguments, and replay it (decision 4)."""
    return st.cache_data(show_spinner=False, max_entries=KEPT, hash_funcs=KEYS)(_of_view(function))


def cached_figure(size: int):
    """Keep figures that a function makes, `size` of them, and share them: a chart that answers clicks is drawn anew."""

    def keep(function):
        return st.cache_resource(show_spinner=False, max_entries=size, hash_funcs=KEYS)(_of_view(function))

    return keep


def _of_view(function):
    """The function, where its first parameter is a View (which carries release and audience) and all are in its key.

    Streamlit leaves parameters whose names begin with `_` out of the key. Raises TypeError with the function's name.
    """
    first, *others = signature(function).parameters.values()
    if first.annotation is not View or any(one.name.startswith("_") for one in (first, *others)):
        raise TypeError(f"{function.__qualname__} is kept, so its first parameter is a View, and none begins with _")
    return function


def cached_drawing_of_place(function):
    """The same for what does not depend on the indicator chosen, nor on its category or day."""
    kept = cached_drawing(function)

    @wraps(function)
    def draw(view: View, *arguments):
        plain = replace(snapshot.anywhere_else(view), page=view.page, indicator="", category="", period="")
        return kept(plain, *arguments)

    return draw


def block(*pieces: Markup) -> None:
    """A piece of the page as HTML. Raises TypeError for a plain text: it needs an element around it."""
    if plain := [piece for piece in pieces if not isinstance(piece, Markup)]:
        raise TypeError(f"a block is made of Markup (dashboard/parts/html.py), not of the plain text {plain[0]!r}")
    st.html(html.tag("div", *pieces, cls="fc"))
