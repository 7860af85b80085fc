"""Choices that are parts of the address: each option is the address of the same view with another part."""

from collections.abc import Mapping

from markupsafe import Markup

from dashboard.address import url
from dashboard.language.words import say
from dashboard.parts.html import tag
from dashboard.view import View


def select(
    view: View, name: str, label: str, options: Mapping[str, str], chosen: str, said: bool = True, **others: str
) -> Markup:
    """A list to choose from, `options` being values of the part `name` of the address with their words.

    `label`: a key of words.toml, shown above where `said`, else told to screen readers only. `others`: parts of the
    address that change with it; an empty one goes. first_page/links.js follows what is chosen.
    """
    query, ident = {**url.query_of(view), **others}, f"choose-{name}"
    items = [
        tag("option", words, value=_address(view, query, name, value), selected="" if value == chosen else None)
        for value, words in options.items()
    ]
    words = tag("label", say(label, view.lang), cls=None if said else "aside", **{"for": ident})
    return tag("p", words, tag("select", *items, id=ident), cls="choice")


def show_all(view: View, words: str) -> Markup:
    """The link to the same page with all that it lists only when asked: as much as all the rest of the page."""
    return tag("p", tag("a", f"{words} →", href=url.address(view.page, {**url.query_of(view), "all": "1"})))


def _address(view: View, query: Mapping[str, str], name: str, value: str) -> str:
    return url.address(view.page, {key: part for key, part in {**query, name: value}.items() if part})
