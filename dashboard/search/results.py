"""What a search found, units and topics, each with its label and address; and the list of links that shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.language.words import say
from dashboard.parts import html
from dashboard.search import index, topics
from dashboard.search.index import Found
from dashboard.search.topics import Topic
from dashboard.view import View

MOST_UNITS, MOST_TOPICS = 8, 5


@dataclass(frozen=True)
class Hit:
    """Something found: its name, what else is said of it, the address that shows it.

    `sure`: what was typed is its name or begins it; a guess corrects the spelling.
    """

    name: str
    about: str
    address: str
    sure: bool


def hits(text: str, view: View) -> list[Hit]:
    """Topics and units that a text asks for, the best first; one unit more than are shown where there are more.

    A guess at a unit's name yields to a topic that is named; a topic by its categories or definition, to any unit.
    Raises data.Unavailable.
    """
    meant = topics.found(text, view)[:MOST_TOPICS]
    named = [topic for topic in meant if topic.named]
    units = index.found(text, view.lang, view.release, MOST_UNITS + 1, guess=not named)
    return [_topic(one, view) for one in (named if named or units else meant)] + [_unit(one, view) for one in units]


def listing(text: str, view: View) -> Markup:
    """How much was found, and each as a link; guesses under words of their own; or what the search knows at all."""
    found = hits(text, view)
    if not found:
        return html.tag("p", say("search.nothing", view.lang, count=_settlements()), cls="subtitle", role="status")
    more = len(found) > MOST_UNITS
    sure, guesses = ([hit for hit in found[:MOST_UNITS] if hit.sure is certain] for certain in (True, False))
    key = "search.more" if more and sure else "search.found"
    first = html.filled("p", say(key, view.lang, count=len(sure)) if sure else "", cls="subtitle", role="status")
    second = html.filled(
        "p", say("search.also" if sure else "search.guess", view.lang) if guesses else "", cls="subtitle", role="status"
    )
    return html.joined((first, _links(sure), second, _links(guesses)))


def address(there: View) -> str:
    """The address of a view."""
    return url.address(there.page, url.query_of(there))


def _unit(unit: Found, view: View) -> Hit:
    older = say("search.older", view.lang, name=unit.older) if unit.older else ""
    page = view.page if view.page in url.FOR_EVERY_UNIT else "community"
    there = address(replace(view, page=page, area=unit.code, place="", period=""))
    if unit.settlement:
        return Hit(unit.settlement, _of_settlement(unit, view.lang), there, unit.sure)
    return Hit(unit.name, " · ".join(filter(None, (unit.where, older))), there, unit.sure)


def _of_settlement(unit: Found, lang: str) -> str:
    return " · ".join(filter(None, (say("search.settlement", lang, name=unit.name), unit.where)))


def _topic(topic: Topic, view: View) -> Hit:
    record = data.registry()[topic.indicator]
    plain = replace(view, page=topic.page, indicators=(), category="", period="", per="", level="")
    there = address(replace(plain, indicator=topic.indicator))
    none = "" if topic.known else say("record.no_figures", view.lang)
    about = " · ".join(filter(None, (say(f"page.{topic.page}", view.lang), none)))
    return Hit(record.title[view.lang], about, there, True)


def _links(found: Sequence[Hit]) -> Markup:
    return html.filled("ul", *(html.tag("li", html.tag("a", *_words(hit), href=hit.address)) for hit in found))


def _words(hit: Hit) -> Iterator[str]:
    yield html.tag("strong", hit.name)
    yield f" · {hit.about}" if hit.about else ""


@data.answer(1, newest=True, everybody=True)
def _settlements() -> int:
    """How many settlements the official list names."""
    periods = data.status_periods()
    return int(periods.loc[periods["unit_kind"] == "settlement", "unit_katottg"].nunique())
