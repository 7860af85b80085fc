"""Pages of the dashboard opened without a browser."""

from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import data

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
OPEN_SECONDS = 120  # a bound, not an expectation: a page takes about one


def opened(page: str, /, **query: str) -> AppTest:
    """The page as it stands after its script has run with these parts of the address."""
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=OPEN_SECONDS)
    for key, value in query.items():
        if value:
            app.query_params[key] = value
    return app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()


def words_of(app: AppTest) -> str:
    """All HTML of a page, its non-breaking spaces as plain ones."""
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


def forget() -> None:
    """Drop every answer and every drawing that is kept."""
    data.forget()
    st.cache_data.clear()
    st.cache_resource.clear()
