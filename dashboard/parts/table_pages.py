"""Long tables, page by page; the page is a part of the address."""

import streamlit as st
from markupsafe import Markup

from dashboard.parts import html
from dashboard.parts.choices import select
from dashboard.view import View

PAGE = 50  # rows of a table
MOST_OFFERED, NEAR = 30, 3  # pages: so many all over a long table, and so many on each side of the one shown


def page_asked(name: str, count: int, size: int = PAGE) -> int:
    """The page of a table, from 0, that the part `name` of the address asks for; where it is none, the nearest."""
    asked = st.query_params.get(name, "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    return min(max(number - 1, 0), max(count - 1, 0) // size)


def page_choice(view: View, name: str, count: int, page: int, size: int = PAGE, **others: str) -> Markup:
    """The choice of a page, `others` being parts of its address; nothing where one page holds all."""
    if count <= size:
        return html.NOTHING
    last = (count - 1) // size
    step = -(-last // MOST_OFFERED) or 1
    offered = sorted({*range(0, last + 1, step), *range(max(page - NEAR, 0), min(page + NEAR, last) + 1), last})
    words = {str(one + 1): f"{size * one + 1}–{min(size * (one + 1), count)}" for one in offered}
    return select(view, name, "record.page", words, str(page + 1), True, **others)
