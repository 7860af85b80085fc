"""The compare page's choices: indicators, group, denominator, day. All of them stand in the address, as links."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

import dashboard.compare.choices as choices
from dashboard import data
from dashboard.address import url, visitor
from dashboard.address.url import MOST_CHOSEN, MOST_INDICATORS
from dashboard.answers import peers, rates
from dashboard.compare import links
from dashboard.compare.table import ROWS
from dashboard.language.words import day, say, sentence
from dashboard.parts import html
from dashboard.parts.choices import select
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
        notices += _no_such_day(view)
    for key, values in notices:
        st.info(say(key, view.lang, **values), icon="ℹ️")
    return view


def asked() -> tuple[str, int, str]:
    """The address's own parts of this page: by what the table is sorted, its page from 0, the unit sought."""
    query = st.query_params
    number = query.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 4 else 1
    return query.get("sort", ""), max(page, 1) - 1, query.get("find", "")


def within(view: View, sort: str, page: int) -> tuple[str, int]:
    """The same as far as the table has such a column and page."""
    last = max(len(peers.group_of(view).codes) - 1, 0) // ROWS
    return sort if sort in view.indicators else "", min(page, last)


def controls(view: View, sought: str) -> Markup:
    """What is compared, with whom, divided by what and on which day."""
    if view.area == data.COUNTRY:
        return html.NOTHING
    lists = tag("div", _add(view), _group(view), _denominator(view), _day(view), cls="choices narrow")
    return html.joined((_indicators(view), lists, _own_group(view, sought)))


def _indicators(view: View) -> Markup:
    """The indicators shown, each with a link that leaves it out."""
    left = {one: tuple(other for other in view.indicators if other != one) for one in view.indicators}
    shown = {one: links.address(replace(view, indicators=rest)) for one, rest in left.items()}
    return _chips(view, {choices.title(one, view.lang, short=True): there for one, there in shown.items()})


def _chips(view: View, removed: dict[str, str]) -> Markup:
    """Names, each with the address at which it is gone."""
    remove = say("compare.remove", view.lang)
    items = [
        tag("li", name, " ", tag("a", "×", href=there, aria_label=f"{remove}: {name}"))
        for name, there in removed.items()
    ]
    return html.filled("ul", *items, cls="chips")


def _add(view: View) -> Markup:
    """A list of the indicators that are not shown yet; nothing where no more may be."""
    if len(view.indicators) >= MOST_INDICATORS:
        return html.note(say("notice.ind_limit", view.lang, most=MOST_INDICATORS))
    others = [one for one in choices.offered(view) if one not in view.indicators]
    shown = ",".join(view.indicators)
    further = {f"{shown},{one}": choices.title(one, view.lang, short=True) for one in others}
    options = {shown: say("compare.add", view.lang), **further}
    return select(view, "ind", "compare.indicators", options, shown)


def _group(view: View) -> Markup:
    """With whom: the published group, members, own criteria, or chosen units."""
    kind = peers.group_of(view).kind
    community = data.territory(view.area)["level"] == "hromada"
    first = "published" if community else kind if kind in ("regions", "raions") else "others"
    options = {_PUBLISHED: first}
    if community:
        options |= {peers.MEMBERS: peers.MEMBERS} if peers.has_members(view) else {}
        options[view.peers if kind == OWN else _criteria_kept(view)] = OWN
    options[peers.CHOSEN] = peers.CHOSEN
    chosen = view.peers if kind in (peers.MEMBERS, OWN) else peers.CHOSEN if kind == peers.CHOSEN else _PUBLISHED
    words = {value: say(f"compare.group_{name}", view.lang) for value, name in options.items()}
    return select(view, "peers", "compare.group", words, chosen, cmp="")


def _criteria_kept(view: View) -> str:
    """The criteria of the published group, with which own criteria begin."""
    kept = peers.group_of(replace(view, peers="", chosen=())).kept
    return _named(tuple(one.removesuffix(peers.NEAR) for one in kept))


def _named(criteria: Sequence[str]) -> str:
    return ".".join(criteria) or peers.ALL


def _denominator(view: View) -> Markup:
    found = {per for choice in view.indicators for per in choices.denominators(view, choice)} | {view.per}
    names = {one: sentence(say(f"denominator.{one or 'none'}", view.lang)) for one in rates.CODES if one in found}
    return select(view, "per", "compare.per", names, view.per) if len(names) > 1 else html.NOTHING


def _day(view: View) -> Markup:
    """The day, where there are several; the newest of each indicator where none is chosen."""
    found = choices.days(view, view.indicators)
    if len(found) < 2:
        return html.NOTHING
    chosen = next((one for one in found if view.period and one.startswith(view.period)), "")
    names = {"": say("compare.newest", view.lang)} | {iso: day(pd.Timestamp(iso), "day", view.lang) for iso in found}
    return select(view, "period", "filter.period", names, chosen)


def _no_such_day(view: View) -> list[Notice]:
    if not view.period or any(one.startswith(view.period) for one in choices.days(view, view.indicators)):
        return []
    return [("notice.period", {"value": view.period[:20]})]


def _own_group(view: View, sought: str) -> Markup:
    """The criteria as switches, or the chosen units with a box to find further ones."""
    group = peers.group_of(view)
    if group.kind == OWN:
        return _criteria(view, group)
    return _units(view, group.codes, sought) if group.kind == peers.CHOSEN else html.NOTHING


def _criteria(view: View, group: peers.Group) -> Markup:
    """What must agree: each criterion as a link that takes it in or leaves it out."""
    items = []
    for one in peers.known_criteria(view):
        on = one in group.kept
        kept = [other for other in peers.known_criteria(view) if (other in group.kept) != (other == one)]
        words = ("✓ " if on else "+ ") + say(f"compare.by_{one}", view.lang)
        there = links.address(replace(view, peers=_named(kept)))
        items.append(tag("li", tag("a", words, href=there, aria_current="true" if on else None)))
    return html.joined((tag("p", say("compare.criteria", view.lang), cls="meta"), tag("ul", *items, cls="switches")))


def _units(view: View, codes: tuple[str, ...], sought: str) -> Markup:
    """The chosen units, a box that finds further ones, and what was found as links that add it."""
    left = {code: tuple(one for one in codes if one != code) for code in codes}
    chips = _chips(
        view, {data.territory_name(code, view.lang): links.chosen(view, rest) for code, rest in left.items()}
    )
    if len(codes) >= MOST_CHOSEN:
        return html.joined((chips, html.note(say("notice.cmp_limit", view.lang, most=MOST_CHOSEN))))
    box = tag("input", type="search", id="find", name="find", value=sought, autocomplete="off", maxlength=index.LONGEST)
    label = tag("label", say("compare.find", view.lang), **{"for": "find"})
    form = tag("form", label, box, action=url.address("compare", url.query_of(view)), cls="search", role="search")
    return html.joined((chips, form, _found(view, codes, sought)))


def _found(view: View, codes: tuple[str, ...], sought: str) -> Markup:
    """Units of the same level that the text finds, as links that add them."""
    if not sought.strip():
        return html.NOTHING
    level, shown = data.territory(view.area)["level"], (view.area, *codes)
    units = [one for one in index.found(sought, view.lang, view.release, MOST_SOUGHT) if one.code not in shown]
    units = [one for one in units if data.territory(one.code)["level"] == level][:MOST_FOUND]
    added = {one: links.chosen(view, (*codes, one.code)) for one in units}
    items = [tag("li", tag("a", f"+ {one.name}", href=there), f" · {one.where}") for one, there in added.items()]
    return tag("div", tag("ul", *items), cls="found") if items else html.note(say("search.nothing", view.lang))
