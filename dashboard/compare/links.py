"""Addresses of this page with a part changed, and of the pages of units."""

from dataclasses import replace

from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.answers.peers import CHOSEN
from dashboard.parts.html import tag
from dashboard.view import View


def address(view: View, **parts: str) -> str:
    """The address of the comparison with these parts set beside those of the view."""
    return url.address("compare", {**url.query_of(view), **parts})


def unit(view: View, code: str, words: str = "") -> Markup:
    """A link to everything about a unit, by its name unless other words are given; language and release are kept."""
    query = url.query_of(View("community", view.lang, area=code, pinned=view.pinned))
    return tag("a", words or data.territory_name(code, view.lang), href=url.address("community", query))


def chosen(view: View, codes: tuple[str, ...]) -> str:
    """The address of the comparison with these units and no others."""
    return address(replace(view, chosen=codes, peers="" if codes else CHOSEN))
