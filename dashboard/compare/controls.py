"""The compare page's choices: indicators, group, denominator, day. All of them stand in the address."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

import dashboard.compare.choices as choices
from dashboard import data
from dashboard.address import visitor
from dashboard.address.url import MOST_CHOSEN, MOST_INDICATORS
from dashboard.address.visitor import go
from dashboard.answers import peers, rates
from dashboard.compare import links
from dashboard.compare.table import ROWS
from dashboard.language.words import day, say, sentence
from dashboard.parts import html
from dashboard.parts.cached_drawing import block
from dashboard.parts.cards import choose
from dashboard.parts.html import tag
from dashboard.search import index
from dashboard.view import Notice, View

MOST_SOUGHT, MOST_FOUND = 60, 6  # units of all levels that are looked through, and of the right one that are offered
_PUBLISHED, OWN = "", "criteria"  # choices of the group beside those of dashboard/answers/peers.py


def arrive() -> View:
    """The view that the address asks for, its indicators chosen and what cannot be shown said."""
    view = visitor.arrive("compare", choices.possible())
    notices = peers.notices(view)
    if view.area != data.COUNTRY:
        offered = choices.offered(view)
        if missing := [choices.title(one, view.lang) for one in view.indicators if one not in offered]:
            notices.append(("compare.not_here", {"names": "; ".join(missing)}))
        view = replace(view, indicators=choices.shown(view))
    for key, values in [*notices, *_said()]:
        st.info(say(key, view.lang, **values), icon="ℹ️")
    return view


def controls(view: View) -> None:
    """What is compared, with whom, divided by what and on which day."""
    if view.area == data.COUNTRY:
        return
    _indicators(view)
    with st.container(key="compare-with", horizontal=True):
        _group(view)
        _denominator(view)
        _day(view)
    _own_group(view)


def _indicators(view: View) -> None:
    """The choice of several as chips; more than MOST_INDICATORS are cut, and it is said."""
    st.session_state["choose-ind"] = list(view.indicators)
    st.multiselect(
        say("compare.indicators", view.lang, most=MOST_INDICATORS),
        choices.offered(view),
        format_func=lambda choice: choices.title(choice, view.lang, short=True),
        key="choose-ind",
        on_change=lambda: _chosen(st.session_state["choose-ind"]),
        placeholder=say("compare.add", view.lang),
        select_all=False,
    )


def _chosen(names: Sequence[str]) -> None:
    if len(names) > MOST_INDICATORS:
        st.session_state["said"] = ("notice.ind_limit", {"most": MOST_INDICATORS})
    go(ind=",".join(names[:MOST_INDICATORS]))


def _group(view: View) -> None:
    """With whom: the published group, members, own criteria, or chosen units."""
    kind = peers.group_of(view).kind
    community = data.territory(view.area)["level"] == "hromada"
    options = [_PUBLISHED, *([peers.MEMBERS] if peers.has_members(view) else []), OWN] if community else [_PUBLISHED]
    chosen = kind if kind in (peers.MEMBERS, OWN, peers.CHOSEN) else _PUBLISHED
    options += [one for one in (peers.CHOSEN, chosen) if one not in options]
    first = "published" if community else kind if kind in ("regions", "raions") else "others"
    st.session_state["choose-group"] = chosen
    st.selectbox(
        say("compare.group", view.lang),
        options,
        format_func=lambda one: say(f"compare.group_{first if one == _PUBLISHED else one}", view.lang),
        key="choose-group",
        on_change=lambda: _regroup(view, st.session_state["choose-group"]),
        placeholder=say("filter.choose", view.lang),
    )


def _regroup(view: View, kind: str) -> None:
    if kind == OWN:
        kept = peers.group_of(replace(view, peers="", chosen=())).kept
        kind = _address_of([one.removesuffix(peers.NEAR) for one in kept])
    go(peers="" if kind == _PUBLISHED else kind, cmp="")


def _own_group(view: View) -> None:
    """The criteria as pills, or the chosen units with a box to find further ones."""
    group = peers.group_of(view)
    if group.kind == OWN:
        _criteria(view, group)
    elif group.kind == peers.CHOSEN:
        _units(view, group.codes)


def _units(view: View, codes: tuple[str, ...]) -> None:
    """A box that finds units, links that add what is found, and the chosen ones with links that remove them."""
    text = st.text_input(say("compare.find", view.lang), key=f"find-{'.'.join(codes)}", autocomplete="off")
    block(_found(text, view, codes), _kept(view, codes))


def _found(text: str, view: View, codes: tuple[str, ...]) -> Markup:
    """Units of the same level that the text finds, as links that add them."""
    if not text.strip():
        return html.NOTHING
    level = data.territory(view.area)["level"]
    units = [
        one for one in index.found(text, view.lang, view.release, MOST_SOUGHT) if one.code not in (view.area, *codes)
    ]
    units = [one for one in units if data.territory(one.code)["level"] == level][:MOST_FOUND]
    if not units or len(codes) >= MOST_CHOSEN:
        return html.note(
            say("notice.cmp_limit", view.lang, most=MOST_CHOSEN) if units else say("search.nothing", view.lang)
        )
    added = [(one, links.chosen(view, (*codes, one.code))) for one in units]
    return tag(
        "ul",
        *(tag("li", tag("a", f"+ {one.name}", href=there), f" · {one.where}") for one, there in added),
        cls="found",
    )


def _kept(view: View, codes: tuple[str, ...]) -> Markup:
    """The chosen units, each with a link that removes it."""
    remove, names = say("compare.remove", view.lang), {code: data.territory_name(code, view.lang) for code in codes}
    left = {code: links.chosen(view, tuple(one for one in codes if one != code)) for code in codes}
    signs = {code: tag("a", "×", href=left[code], aria_label=f"{remove}: {names[code]}") for code in codes}
    return html.filled("ul", *(tag("li", names[code], " ", signs[code]) for code in codes), cls="chips")


def _criteria(view: View, group: peers.Group) -> None:
    st.session_state["choose-criteria"] = list(group.kept)
    st.pills(
        say("compare.criteria", view.lang),
        peers.known_criteria(view),
        selection_mode="multi",
        format_func=lambda one: say(f"compare.by_{one}", view.lang),
        key="choose-criteria",
        on_change=lambda: go(peers=_address_of(st.session_state["choose-criteria"])),
    )


def _address_of(criteria: Sequence[str]) -> str:
    return ".".join(criteria) or peers.ALL


def _denominator(view: View) -> None:
    found = {per for choice in view.indicators for per in choices.denominators(view, choice)} | {view.per}
    if len(found) > 1:
        choose(
            "per",
            "compare.per",
            [one for one in rates.CODES if one in found],
            view.per,
            lambda one: sentence(say(f"denominator.{one or 'none'}", view.lang)),
        )


def _day(view: View) -> None:
    """The day, where there are several; the newest of each indicator where none is chosen."""
    found = choices.days(view, view.indicators)
    if view.period and not any(one.startswith(view.period) for one in found):
        st.info(say("notice.period", view.lang, value=view.period[:20]), icon="ℹ️")
    if len(found) > 1:
        chosen = next((one for one in found if view.period and one.startswith(view.period)), "")
        choose(
            "period",
            "filter.period",
            ["", *found],
            chosen,
            lambda iso: day(pd.Timestamp(iso), "day", view.lang) if iso else say("compare.newest", view.lang),
        )


def _said() -> list[Notice]:
    """What the last choice must be told, once."""
    return [said] if (said := st.session_state.pop("said", None)) else []


def sorting(view: View) -> tuple[str, int]:
    """By which column the table is sorted ('' = by name), and which of its pages is shown, from 0."""
    asked, last = st.query_params.get("sort", ""), (len(peers.group_of(view).codes) - 1) // ROWS
    number = st.query_params.get("page", "1")
    page = min(max(int(number), 1), last + 1) if number.isdecimal() and len(number) < 4 else 1
    return asked if asked in view.indicators else "", page - 1
