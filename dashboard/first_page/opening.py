"""The head of a page as HTML while the application does not run yet: question, answer, first figures."""

from collections.abc import Callable

from markupsafe import Markup

from dashboard import data
from dashboard.answers import peers, unit
from dashboard.community import page as community
from dashboard.community import timeline
from dashboard.first_page.outline import outline
from dashboard.language import figure_text
from dashboard.language.words import say, sentence
from dashboard.parts import cards, html
from dashboard.parts.html import tag
from dashboard.view import View


def opening(view: View) -> Markup:
    """The heading and the cards of a page, as the page itself draws them."""
    return PAGES.get(view.page, _topic)(view)


def _headed(question: str, title: str, lead: str, *more: Markup) -> Markup:
    named = (tag("p", question, cls="question"), tag("h1", title), html.filled("p", lead, cls="lead"))
    return html.joined((*named, *more))


def _topic(view: View) -> Markup:
    """Of a page with headline figures."""
    names = outline(view.page).headlines
    known = {name: row for name in names if (row := cards.headline(view, name)) is not None}
    place = data.territory_name(view.area, view.lang)
    question = f"{say('question.' + view.page, view.lang)} · {place}"
    if not known:
        return _headed(question, place, say("answer.none", view.lang))
    told = [_told(name, row, view.lang) for name, row in list(known.items())[:3]]
    lead = " ".join([f"{sentence(told[0][1])}.", *(f"{sentence(text)} ({when})." for text, when in told[1:])])
    items = [
        html.card(data.registry()[name], row, cards.others(view, name, row), view.lang) for name, row in known.items()
    ]
    return _headed(question, sentence(told[0][0]), lead, html.cards(items))


def _told(name: str, row: dict, lang: str) -> tuple[str, str]:
    return f"{data.registry()[name].short[lang]}: {figure_text.value_text(row, lang)}", figure_text.when(row, lang)


def _community(view: View) -> Markup:
    if view.area == data.COUNTRY:
        find, how = say("community.find", view.lang), say("community.how", view.lang)
        return _headed(say("question.community", view.lang), find, how)
    level = data.territory(view.area)["level"]
    name = data.territory_name(view.area, view.lang)
    rows = unit.headlines(view.area, audience=view.audience, release=view.release)
    known = [name for name in community.HEADLINES if (name, "") in rows][: community.MOST_CARDS]
    items = [html.card(data.registry()[name], rows[name, ""], (), view.lang) for name in known]
    question = say(f"community.question_{level}", view.lang)
    return _headed(question, name, timeline.told(view), html.cards(items))


def _compare(view: View) -> Markup:
    group, place = peers.group_of(view), data.territory_name(view.area, view.lang)
    key = "compare.title" if group.kind else "compare.title_country"
    question = f"{say('question.compare', view.lang)} · {place}"
    return _headed(question, say(key, view.lang, place=place), peers.explained(group, view))


def _sources(view: View) -> Markup:
    count = len(data.sources(audience=view.audience))
    title = say("record.title", view.lang, indicators=len(data.registry()), sources=count)
    return _headed(say("question.sources", view.lang), title, say("record.lead", view.lang))


PAGES: dict[str, Callable[[View], Markup]] = {"community": _community, "compare": _compare, "sources": _sources}
