"""Long tables, page by page."""

import streamlit as st

from dashboard.language.words import say
from dashboard.view import View

PAGE = 50  # rows of a table
BUTTONS = 6  # pages shown as buttons; more make a list


def page_number(view: View, name: str, count: int) -> int:
    """The page of a long table that the reader turned to, from 0; nothing to choose where one page holds all."""
    pages = -(-count // PAGE)
    if pages < 2:
        return 0
    words = {page: f"{PAGE * page + 1}–{min(PAGE * (page + 1), count)}" for page in range(pages)}
    key = f"page-{name}-{view.indicator if name == 'values' else ''}"
    label = say("record.page", view.lang)
    if pages > BUTTONS:
        return st.selectbox(
            label, words, format_func=words.get, key=key, placeholder=say("filter.choose", view.lang), width=300
        )
    return st.segmented_control(label, words, default=0, required=True, format_func=words.get, key=key)
