"""The Association itself on the overview: who it is, its communities by date, what it works for; each with a source."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.answers.places import members
from dashboard.language import figure_text
from dashboard.language.words import day, partial_day, say
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept
from dashboard.parts.cards import ASSOCIATION
from dashboard.parts.choices import show_all
from dashboard.parts.html import tag
from dashboard.view import View
from data_access import CITIES

INDICATOR = "association_members"
WHO = ("founding", "head", "oblasts", "communities", "priorities", "register_of_damage")  # in sight, the newest of each
FURTHER = ("directions", "european_work", "forum", "mobility_contract")
COUNTS = {"memorandum": "UA74"}  # statements of how many communities, and the oblast where each was made
ASKED = "register_of_damage"  # tells that there was talk of it, not what was asked for
Dated = tuple[str, Markup]  # ISO day, what was said


@kept
def section(view: View) -> Markup:
    """Who the Association is, for the country; on an oblast's overview what concerns it; nothing without facts."""
    facts = data.table("association_facts").to_dict("records")
    if not facts:
        return html.NOTHING
    name = next((one for one in facts if one["fact"] == "name"), facts[0])[f"text_{view.lang}"]
    lines = _country(view, facts) if view.area == data.COUNTRY else _oblast(view, facts)
    return tag("section", tag("h2", name), *lines, id=ASSOCIATION[1:])


def membership(record: dict, lang: str) -> str:
    """Since when a community is a member; '' where it is on no list."""
    since = record["member_since_on"]
    if since != since:
        return say("association.undated", lang) if record["member_source_id"] else ""
    return say("association.since", lang, day=day(since, "day", lang))


def _country(view: View, facts: list[dict]) -> Iterator[Markup]:
    newest = {one["fact"]: one for one in sorted(facts, key=lambda one: one["as_of"])}
    told = {key: said(one, view.lang) for key, one in newest.items()} | {"communities": _statements(view, facts)}
    if ASKED in told:
        told[ASKED] = html.joined((told[ASKED], html.note(say("association.not_asked", view.lang))))
    yield _record([(key, told[key]) for key in WHO if key in told], view.lang)
    older = [one for one in facts if one["fact"] in WHO and one is not newest[one["fact"]]]
    rest = [*older, *(one for one in facts if one["fact"] in FURTHER)]
    further = say("association.further", view.lang, count=len(rest))
    if rest and not view.all:
        yield show_all(view, further)
    elif rest:
        items = [tag("li", said(one, view.lang)) for one in rest]
        yield html.joined((tag("h3", further), tag("ul", *items, cls="others")))


def _oblast(view: View, facts: list[dict]) -> Iterator[Markup]:
    """What has been said of the oblast's communities; whether it was named at the founding; the way to the rest."""
    own = _statements(view, facts)
    named = next((one for one in facts if one["fact"] == "oblasts" and _names(one, view.area)), None)
    items = [("communities", own)]
    items += [("oblasts", said(named, view.lang))] if named else []
    yield _record(items, view.lang)
    whole = url.query_of(replace(view, area=data.COUNTRY, place=""))
    yield tag("p", tag("a", say("association.who", view.lang), href=url.address("overview", whole) + ASSOCIATION))


def _names(fact: dict, area: str) -> bool:
    """Whether the fact names the oblast; Kyiv Oblast is not Kyiv."""
    return area not in CITIES and data.territory_name(area, "en").removesuffix(" Oblast") in fact["text_en"]


def _statements(view: View, facts: list[dict]) -> Markup:
    """How many communities, as it was said on each date: single statements, no series; and what the list holds."""
    said = sorted([*_figures(view), *_memoranda(view, facts)], key=lambda one: one[0])
    items = [tag("li", text) for _, text in said]
    listed = [code for code in members() if code.startswith(view.area)]
    key = "loaded" if members() else "unpublished" if items else "unknown"
    notes = [say("association.statements", view.lang)] if len(items) > 1 else []
    notes.append(say(f"association.list_{key}", view.lang, count=len(listed)))
    return html.joined((html.filled("ul", *items, cls="others"), html.note(" ".join(notes))))


def _figures(view: View) -> Iterator[Dated]:
    """Published numbers: on the country's page those of its oblasts too."""
    cells = data.cells(INDICATOR, audience=view.audience, release=view.release)
    for row in cells[cells["territory_code"].str.startswith(view.area)].to_dict("records"):
        inside = row["territory_code"] != view.area
        place = data.territory_name(row["territory_code"], view.lang) if inside else ""
        value = html.joined(filter(None, (place, tag("strong", html.value(row, view.lang)))), ": ")
        told = (html.joined((value, ".")), row[f"note_{view.lang}"], _origin(row["period_end"], row, view.lang))
        yield str(row["period_end"]), html.joined(filter(None, told), " ")


def _memoranda(view: View, facts: list[dict]) -> Iterator[Dated]:
    for one in facts:
        if COUNTS.get(one["fact"], "").startswith(view.area):
            yield str(one["as_of"]), said(one, view.lang)


def said(fact: dict, lang: str) -> Markup:
    """A fact: the sentence, then its day and its source."""
    return html.joined((fact[f"text_{lang}"], " ", _origin(fact["as_of"], fact, lang)))


def _origin(as_of: date, row: dict, lang: str) -> Markup:
    """The source with its day, after the day told of where that is another."""
    when, link = day(as_of, "day", lang), html.source_link(row["source_id"], lang)
    published = partial_day(figure_text.source(row["source_id"])["published_on"], lang)
    return tag("span", link if when == published else html.joined((when, link), " · "), cls="meta")


def _record(items: Iterable[tuple[str, Markup]], lang: str) -> Markup:
    pairs = (tag("div", tag("dt", say(f"association.name_{key}", lang)), tag("dd", text)) for key, text in items)
    return tag("dl", *pairs, cls="who")
