"""Long tables, page by page."""

import streamlit as st

from dashboard.language.words import say
from dashboard.view import View

PAGE = 50  # rows of a table
BUTTONS = 6  # pages shown as buttons; more make a list


def page_number(view: View, name: str, count: int, size: int = PAGE) -> int:
    """The page of a long table, `size` rows each, that the reader turned to, from 0; one page leaves no choice."""
    pages = -(-count // size)
    if pages < 2:
        return 0
    words = {page: f"{size * page + 1}–{min(size * (page + 1), count)}" for page in range(pages)}
    key = f"page-{name}-{view.indicator if name == 'values' else ''}"
    label, words_of = say("record.page", view.lang), words.__getitem__
    if pages > BUTTONS:
        placeholder = say("filter.choose", view.lang)
        return st.selectbox(label, words, format_func=words_of, key=key, placeholder=placeholder, width=300)
    return st.segmented_control(label, words, default=0, required=True, format_func=words_of, key=key) or 0
