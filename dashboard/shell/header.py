"""What stands around every page: style, language of the document, name, links between pages, territory."""

from dataclasses import replace
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.address.visitor import go, language, offered_english
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, say
from dashboard.parts import html
from dashboard.parts.cached_drawing import block
from dashboard.search import results
from dashboard.view import View

SHEET = Path(__file__).with_name("style.css")


def style(lang: str) -> None:
    """Our style sheet, and the document's language for screen readers and browsers."""
    st.html(SHEET)
    st.html(html.language(lang), unsafe_allow_javascript=True)


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


def bar(pages: dict, chosen) -> None:
    """The name, the search, the choice of territory, the language switch, links to all pages with the filters kept."""
    lang = language()
    view, _ = url.read(st.query_params.to_dict(), chosen.url_path or "overview", (), lang)
    with st.container(key="top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(_brand(lang), width="content")
        _search(view)
        if chosen.url_path != "sources":
            _area(view)
        _switch(chosen, view)
    if offered_english():
        st.page_link(
            chosen, label=say("site.offer_english", lang), query_params={**st.query_params.to_dict(), "lang": "en"}
        )
    if view.place:
        _way_back(pages["community"], view)
    with st.container(key="nav", horizontal=True, gap=None):
        for name, page in pages.items():
            st.page_link(page, label=say("page." + name, lang), query_params=url.query_of(replace(view, period="")))


def _brand(lang: str) -> Markup:
    """The sign, the name of the site and what it is."""
    words = html.tag("div", html.tag("strong", say("site.name", lang)), html.tag("span", say("site.what", lang)))
    return html.tag("div", html.tag("span", cls="sign", aria_hidden="true"), words, cls="fc fc-brand")


def fault(key: str, lang: str) -> None:
    """One sentence in the reader's language where a page could not be shown."""
    st.error(say(key, lang), icon="⚠️")


def _search(view: View) -> None:
    """The search box; once Enter is pressed, what was found follows it. Whatever the reader does next empties it."""
    if not st.session_state.pop("searched", False) and st.session_state.get("search"):
        st.session_state["search"] = ""
    text = st.text_input(
        say("search.label", view.lang),
        placeholder=say("search.placeholder", view.lang),
        icon=":material/search:",  # type="search" would add a button with an English name
        autocomplete="off",
        label_visibility="collapsed",
        key="search",
        on_change=lambda: st.session_state.update(searched=True),
    )
    if text.strip():
        with st.container(key="found", gap=None):
            _found(text, view)


def _found(text: str, view: View) -> None:
    """What was found, each as a link to its page."""
    block(results.listing(text, view))


def _switch(chosen, view: View) -> None:
    other = "en" if view.lang == "uk" else "uk"
    label = say("site.in_english" if other == "en" else "site.in_ukrainian", other)
    st.page_link(chosen, label=label, query_params={**st.query_params.to_dict(), "lang": other})


def _way_back(page, view: View) -> None:
    """From a page of oblasts to the community that the address names."""
    names = {"oblast": data.territory_name(view.area, view.lang), "place": data.territory_name(view.place, view.lang)}
    st.page_link(page, label=say("site.way_back", view.lang, **names), query_params=url.query_of(view))


def _area(view: View) -> None:
    st.session_state["choose-area"] = view.area
    st.selectbox(
        say("filter.area", view.lang),
        _areas(view.lang, view.area),
        format_func=lambda code: (
            say("filter.whole_country", view.lang) if code == data.COUNTRY else data.territory_name(code, view.lang)
        ),
        key="choose-area",
        on_change=_chosen,
        placeholder=say("filter.choose", view.lang),
        label_visibility="collapsed",
        width=300,
    )


def _chosen() -> None:
    code = st.session_state["choose-area"]
    go(area="" if code == data.COUNTRY else data.territory(code)["katottg"])


@data.answer(256, newest=True, everybody=True)
def _areas(lang: str, shown: str) -> list[str]:
    """The country, the unit shown where it is no oblast, and the oblasts by name."""
    by_name = sorted(data.oblasts(), key=lambda code: alphabetical(data.territory_name(code, lang)))
    return [data.COUNTRY, *([shown] if len(shown) > 4 else []), *by_name]
