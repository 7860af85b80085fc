"""Drawings that are kept: what does not answer clicks is drawn once for a view, and replayed."""

from dataclasses import astuple, replace
from functools import wraps

import streamlit as st

from dashboard import data
from dashboard.answers import snapshot
from dashboard.view import View

KEPT = 600  # drawings of each function: about 30 kB each


def view_key(view: View) -> tuple:
    """What tells one drawn view from another: all its fields, the release, and the edits of releases."""
    return (*astuple(replace(view, place="")), view.release, *data.edits())


def cached_drawing(function):
    """Keep what the function draws, by view, release and arguments, and replay it (decision 4)."""
    return st.cache_data(show_spinner=False, max_entries=KEPT, hash_funcs={View: view_key})(function)


def cached_drawing_of_place(function):
    """The same for what does not depend on the indicator chosen, nor on its category or day."""
    kept = cached_drawing(function)

    @wraps(function)
    def draw(view: View, *arguments):
        plain = replace(snapshot.anywhere_else(view), page=view.page, indicator="", category="", period="")
        return kept(plain, *arguments)

    return draw


def block(*pieces: str) -> None:
    """A piece of the page as HTML."""
    st.html(f'<div class="fc">{"".join(pieces)}</div>')
