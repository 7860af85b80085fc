"""Plain links, lists to choose from and clicks on maps that go to an address without loading the application anew."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from dashboard.address import url
from dashboard.shell.style import SHEET_ADDRESS

SCRIPT = Path(__file__).with_name("links.js").read_text("utf-8")

_listen = st.components.v2.component("links", js=SCRIPT)


def listen(pages: Iterable[str], lang: str) -> None:
    """Follow addresses of these pages; also name the language of the document and its style sheet.

    One script for the whole page: each of Streamlit's own links would be an element with a cost of its own.
    """
    paths = ["/", *(f"/{name}" for name in pages if name != url.FIRST_PAGE)]
    _listen(key="links", data={"lang": lang, "pages": paths, "style": SHEET_ADDRESS})
