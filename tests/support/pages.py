"""Pages of the dashboard opened without a browser."""

from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import data

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
OPEN_SECONDS = 120  # a bound, not an expectation: a page takes about one

BAR = '<header class="head"'


@dataclass(frozen=True)
class Link:
    """A link to an address of ours: its words, the page ('' for the first), the query."""

    words: str
    page: str
    query: dict[str, str]


def opened(page: str, /, **query: str) -> AppTest:
    """The page as it stands after its script has run with these parts of the address."""
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=OPEN_SECONDS)
    for key, value in query.items():
        if value:
            app.query_params[key] = value
    return app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()


def words_of(app: AppTest) -> str:
    """All HTML of a page but its bar, which names every page and oblast; its non-breaking spaces as plain ones."""
    return " ".join(body for body in _bodies(app) if BAR not in body).replace("\u00a0", " ")


def bar_of(app: AppTest) -> str:
    """The HTML of what stands above every page."""
    return next(body for body in _bodies(app) if BAR in body)


def links_of(app: AppTest, bar: bool = False) -> list[Link]:
    """The links of a page, or of the bar, to addresses of ours, in their order."""
    reader = _Links()
    reader.feed(bar_of(app) if bar else words_of(app))
    return [link for link in reader.found if link.page or link.query]


def _bodies(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


class _Links(HTMLParser):
    """Reads `<a href="/page?query">words</a>`."""

    def __init__(self):
        super().__init__()
        self.found: list[Link] = []
        self.open = False

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith("/"):
            parts = urlsplit(address)
            self.found.append(Link("", parts.path.strip("/"), dict(parse_qsl(parts.query))))
            self.open = True

    def handle_endtag(self, tag):
        self.open = self.open and tag != "a"

    def handle_data(self, data):
        if self.open:
            self.found[-1] = replace(self.found[-1], words=self.found[-1].words + data)


def forget() -> None:
    """Drop every answer and every drawing that is kept."""
    data.forget()
    st.cache_data.clear()
    st.cache_resource.clear()
