"""The compare page's choices: indicators, group, denominator, day. All of them stand in the address."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

import dashboard.compare.choices as choices
from dashboard import data
from dashboard.address import url, visitor
from dashboard.address.url import MOST_CHOSEN, MOST_INDICATORS
from dashboard.address.visitor import go
from dashboard.answers import peers, rates
from dashboard.language.words import alphabetical, day, say, sentence
from dashboard.parts.cards import choose
from dashboard.parts.table_pages import PAGE
from dashboard.view import Notice, View

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
    with st.container(key="compare-choices"):
        _several(
            "ind",
            "compare.indicators",
            choices.offered(view),
            view.indicators,
            MOST_INDICATORS,
            lambda choice: choices.title(choice, view.lang, short=True),
        )
        with st.container(key="compare-with", horizontal=True):
            _group(view)
            _denominator(view)
            _day(view)
        _own_group(view)


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
    """The criteria as pills, or the chosen units as chips."""
    group = peers.group_of(view)
    if group.kind == OWN:
        _criteria(view, group)
    elif group.kind == peers.CHOSEN:
        units = _units(data.territory(view.area)["level"], view.lang)
        _several(
            "cmp",
            "compare.chosen",
            [code for code in units if code != view.area],
            [code for code in view.chosen if code in group.codes],
            MOST_CHOSEN,
            units.get,
            url.katottg,
        )


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


def _several(name: str, label: str, options, chosen, most: int, words, code=str) -> None:
    """A choice of several as chips; more than `most` are cut, and it is said."""
    key = f"choose-{name}"
    st.session_state[key] = list(chosen)
    st.multiselect(
        say(label, st.session_state["view"].lang, most=most),
        options,
        format_func=words,
        key=key,
        on_change=lambda: _chosen(name, [code(one) for one in st.session_state[key]], most),
        placeholder=say("compare.add", st.session_state["view"].lang),
        select_all=False,
    )


def _chosen(name: str, codes: list[str], most: int) -> None:
    if len(codes) > most:
        st.session_state["said"] = (f"notice.{name}_limit", {"most": most})
    if name == "cmp":
        go(cmp=",".join(codes[:most]), peers="" if codes else peers.CHOSEN)
    else:
        go(**{name: ",".join(codes[:most])})


def _said() -> list[Notice]:
    """What the last choice must be told, once."""
    return [said] if (said := st.session_state.pop("said", None)) else []


@data.answer(16, newest=True, everybody=True)
def _units(level: str, lang: str) -> dict[str, str]:
    """The units of a level by name, with the oblast that tells namesakes apart."""
    units = data.territories()
    names = {code: data.territory_name(code, lang) for code in units.index[units["level"] == level].tolist()}
    if level != "region":
        names = {code: f"{name}, {data.territory_name(code[:4], lang)}" for code, name in names.items()}
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1])))


def sort_and_page(view: View) -> tuple[str, int]:
    """By which column the table is sorted ('' = by name), and which of its pages is shown."""
    asked, last = st.query_params.get("sort", ""), (len(peers.group_of(view).codes) - 1) // PAGE
    sort = asked if asked in view.indicators else ""
    number = st.query_params.get("page", "1")
    page = min(max(int(number), 1), last + 1) if number.isdecimal() and len(number) < 4 else 1
    with st.container(key="table-choices", horizontal=True):
        choose(
            "sort",
            "compare.sort",
            ["", *view.indicators],
            sort,
            lambda one: choices.title(one, view.lang, short=True) if one else say("compare.by_name", view.lang),
            page="",
        )
        if last > 0:
            choose(
                "page",
                "compare.page",
                [str(one + 1) for one in range(last + 1)],
                str(page),
                lambda one: say("compare.page_of", view.lang, page=one, all=last + 1),
            )
    return sort, page - 1
