"""Who is here and what her address asks for. The address is the state; the session only remembers the language."""

from collections.abc import Sequence

import streamlit as st

from dashboard.address import url
from dashboard.answers.page_indicators import CHOICES
from dashboard.language.words import LANGUAGES, say
from dashboard.view import View


def language() -> str:
    """Ukrainian unless the link or an earlier choice says otherwise."""
    asked = st.query_params.get("lang")
    if asked in LANGUAGES:
        st.session_state["lang"] = asked
    return st.session_state.get("lang", "uk")


def offered_english() -> bool:
    """Whether to offer English in a line: an English browser that has chosen no language."""
    return not st.query_params.get("lang") and language() == "uk" and (st.context.locale or "").lower().startswith("en")


def arrive(page: str, choices: Sequence[str] = ()) -> View:
    """Read the address into a View; say in a sentence what it asked for in vain.

    `choices`: the indicators that the page offers, where answers/page_indicators.py does not name them.
    """
    view, notices = url.read(st.query_params.to_dict(), page, choices or CHOICES.get(page, ()), language())
    for key, values in notices:
        st.info(say(key, view.lang, **values), icon="ℹ️")
    return view
