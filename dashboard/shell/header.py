"""What stands around every page: name, links between pages, language, search, territory."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.address.visitor import language, offered_english
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, say
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, flush, kept
from dashboard.parts.choices import select
from dashboard.parts.html import tag
from dashboard.search import index, results
from dashboard.view import View


def title(page: str, lang: str, mark: str = "") -> str:
    """The title of a page, after the mark of synthetic figures where they are."""
    return " · ".join(filter(None, (mark, say("page." + page, lang), say("site.short", lang))))


def training_mark() -> str:
    """The mark of synthetic figures, '' over real ones and where nothing can be read."""
    try:
        return figure_text.training_mark()
    except data.Unavailable:
        return ""


def training(mark: str, lang: str) -> None:
    """The band over a page of synthetic figures, which stays while the page scrolls and goes to paper with it."""
    with st.container(key="training"):
        st.html(html.training(mark, lang))


def bar(shown: str) -> None:
    """What stands above a page."""
    query = st.query_params.to_dict()
    view, _ = url.read(query, shown, (), language())
    block(head(view, url.known_parts(query), offered_english()))


@kept
def head(view: View, query: tuple[tuple[str, str], ...], english: bool = False) -> Markup:
    """The name, links to all pages with the filters kept, the languages, the search, the choice of territory."""
    lang, asked, here = view.lang, dict(query), url.query_of(replace(view, period=""))
    links = [_link(name, here, say("page." + name, lang), name == view.page) for name in url.ORDER]
    lines = [
        brand(lang),
        tag("div", _area(view), _search(view, asked), cls="finding"),
        _found(asked.get("q", ""), view),
        _languages(view, asked),
        tag("nav", *links, aria_label=say("site.pages", lang)),
        _way_back(view),
    ]
    if english:
        words = say("site.offer_english", lang)
        lines.append(tag("p", _link(view.page, {**asked, "lang": "en"}, words, lang="en"), cls="offered"))
    return tag("header", *lines, cls="head", lang=lang)


def _way_back(view: View) -> Markup:
    """From a page of oblasts to the community that the address names."""
    if not view.place:
        return html.NOTHING
    names = {name: data.territory_name(getattr(view, name), view.lang) for name in ("area", "place")}
    return tag("p", _link("community", url.query_of(view), say("site.way_back", view.lang, **names)), cls="offered")


def _link(page: str, query: Mapping[str, str], words: str, shown: bool = False, lang: str | None = None) -> Markup:
    return tag("a", words, href=url.address(page, query), aria_current="page" if shown else None, lang=lang)


def brand(lang: str) -> Markup:
    """The sign, the name of the site and what it is."""
    words = tag("div", tag("strong", say("site.name", lang)), tag("span", say("site.what", lang)))
    return tag("div", tag("span", cls="sign", aria_hidden="true"), words, cls="brand")


def _languages(view: View, query: Mapping[str, str]) -> Markup:
    """A link to this view in the other language."""
    other = "en" if view.lang == "uk" else "uk"
    label = say("site.in_english" if other == "en" else "site.in_ukrainian", other)
    return tag("p", _link(view.page, {**query, "lang": other}, label, lang=other), cls="languages")


def fault(key: str, lang: str) -> None:
    """One sentence in the reader's language where a page could not be shown, after what was drawn of it."""
    flush()
    st.error(say(key, lang), icon="⚠️")


def _search(view: View, asked: Mapping[str, str]) -> Markup:
    """The search box; its text becomes a part of the address."""
    words = say("search.label", view.lang)
    box = tag(
        "input",
        type="search",
        id="search",
        name="q",
        value=asked.get("q", ""),
        placeholder=say("search.placeholder", view.lang),
        aria_label=words,
        autocomplete="off",
        maxlength=index.LONGEST,
    )
    return tag("form", box, action=url.address(view.page, url.query_of(view)), cls="search", role="search")


def _found(text: str, view: View) -> Markup:
    """What was found, as links; nothing where nothing was asked."""
    return tag("div", results.listing(text, view), cls="found") if text.strip() else html.NOTHING


def _area(view: View) -> Markup:
    """The choice of the territory; the page of sources shows none."""
    if view.page == "sources":
        return html.NOTHING
    names = {url.unit_of(code): _area_name(code, view.lang) for code in _areas(view.lang, view.area)}
    return select(view, "area", "filter.area", names, url.unit_of(view.area), said=False)


def _area_name(code: str, lang: str) -> str:
    return say("filter.whole_country", lang) if code == data.COUNTRY else data.territory_name(code, lang)


@data.answer(256, newest=True, everybody=True)
def _areas(lang: str, shown: str) -> list[str]:
    """The country, the unit shown where it is no oblast, and the oblasts by name."""
    by_name = sorted(data.oblasts(), key=lambda code: alphabetical(data.territory_name(code, lang)))
    return [data.COUNTRY, *([shown] if len(shown) > 4 else []), *by_name]
