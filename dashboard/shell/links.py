"""Plain links, lists to choose from and clicks on maps that go to an address without loading the application anew."""

from pathlib import Path

import streamlit as st

from dashboard.address import url

LINES = Path(__file__).with_name("links.js").read_text("utf-8").splitlines()
SCRIPT = "\n".join(
    line for one in LINES if (line := one.strip()) and not line.startswith("//")
)  # it goes with each view

_listen = st.components.v2.component("links", js=SCRIPT)


def listen(lang: str) -> None:
    """Follow addresses of all pages; also name the language of the document.

    One script for the whole page: each of Streamlit's own links would be an element with a cost of its own.
    """
    _listen(key="links", data={"lang": lang, "pages": [url.path(name) for name in url.ORDER]})
