"""What a page is made of. What does not answer clicks is drawn once for a view, and replayed."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.answers import known, unit
from dashboard.answers.known import OBLAST, Known
from dashboard.answers.page_indicators import CHOICES, HEADLINES
from dashboard.language import figure_text
from dashboard.language.words import DASH, day, number, say, sentence, term
from dashboard.parts import card, html
from dashboard.parts.cached_drawing import FEW as FEW_KEPT
from dashboard.parts.cached_drawing import block, kept, kept_of_place, kept_up_to
from dashboard.parts.choices import show_all
from dashboard.parts.html import tag
from dashboard.parts.table_pages import page_asked, page_choice
from dashboard.view import View

TABLE_COLUMNS = ("territory", "value", "as_of", "producer", "source", "note")
PARTS_TOLD = 2  # in a title
BAND = 4  # cards in sight, a row on a wide screen
ASSOCIATION = "#association"  # where the overview says who it is
SHOWN_APART = ("communities_by_status", "months_under_status", "settlements_share_by_status")  # tables of their own
LISTED = 60  # rows of a page of all figures
FEW = 3  # communities shown as cards; more make a table


def top(view: View) -> None:
    """The page's question, its answer, and the figures that it rests on, as one piece."""
    block(opening(view))


def opening(view: View) -> Markup:
    """The same as HTML. An indicator that the reader has chosen stands in front."""
    usual, asked = HEADLINES[view.page], view.indicator
    chosen = asked not in ("", CHOICES[view.page][0])
    leads = chosen and (asked in usual or known.known(view, asked, view.area).front is not None)
    return _opening(view, tuple(dict.fromkeys([asked, *usual])) if leads else usual)


@kept_of_place
def _opening(view: View, indicators: tuple[str, ...]) -> Markup:
    return html.joined((heading(view, indicators), cards(view, indicators)))


def end(view: View, topic: str = "", *before: Markup) -> None:
    """What the page tells last, all figures of a topic or of all, and what holds for every page, as one piece."""
    block(*before, everything(view, topic), footer(view))


def heading(view: View, indicators: Sequence[str]) -> Markup:
    """The page's question, and its answer: the first of `indicators` that has a figure here, then two more."""
    found = [one for one in known.told(view, indicators, view.area) if one.anything][:3]
    place = data.territory_name(view.area, view.lang)
    question = tag("p", f"{say('question.' + view.page, view.lang)} · {place}", cls="question")
    if not found:
        return html.joined((question, tag("h1", place), tag("p", _nothing(view, indicators), cls="lead")))
    told = [(_told(one, view.lang), figure_text.when(one.first, view.lang)) for one in found]
    lead = " ".join(f"{sentence(text)} ({when})." for text, when in told[1:])
    first, when = told[0]
    return html.joined((question, tag("h1", sentence(first)), tag("p", f"{sentence(when)}. {lead}", cls="lead")))


def _nothing(view: View, indicators: Sequence[str]) -> str:
    """That nothing is known here: of this place only, or of any."""
    known_inside = any(community_rows(view, name) for name in indicators) if view.area != data.COUNTRY else False
    return say("answer.only_inside" if known_inside else "answer.none", view.lang)


def _told(one: Known, lang: str) -> str:
    """`Short name: value`, without a total its parts."""
    short = data.registry()[one.indicator].short[lang]
    if one.front is not None:
        return f"{short}: {figure_text.value_text(one.front, lang)}"
    parts = (
        term("category", row["category"], lang) + DASH[lang] + figure_text.value_text(row, lang)
        for row in one.parts[:PARTS_TOLD]
    )
    return f"{short}: {'; '.join(parts)}"


def cards(view: View, indicators: Sequence[str]) -> Markup:
    """A band of headline figures: those of the territory, then of its communities; the rest and what is missing folded.

    What contradicts a figure stands on its card, so that nothing in the fold does.
    """
    found = known.told(view, indicators, view.area)
    here = [one for one in found if one.anything]
    usual = [name for name in indicators if name in HEADLINES.get(view.page, indicators)]  # not what every one has
    below, tables = ([], []) if view.area == data.COUNTRY else _communities(view, usual)
    shown = [*here[: BAND - 1], *below[:1], *here[BAND - 1 :], *below[1:]]  # the band tells of a community, too
    items = [card.card(one, view, _where(one, view), brief=place >= BAND) for place, one in enumerate(shown)]
    missing = card.missing([one for one in found if not one.anything and not _shown_below(view, one)], view.lang)
    count = len(items[BAND:]) + len(tables)
    if not count:
        return html.joined((html.cards(items), missing))
    rest = html.joined((html.cards(items[BAND:]), *tables, missing))
    return html.joined((html.cards(items[:BAND]), html.folded(say("answer.further", view.lang, count=count), rest)))


def _shown_below(view: View, one: Known) -> bool:
    """Whether the page itself shows the indicator for communities of the territory."""
    return view.area != data.COUNTRY and any(code.startswith(view.area) for code in one.elsewhere)


def _communities(view: View, indicators: Sequence[str]) -> tuple[list[Known], list[Markup]]:
    """What has been published for communities of the oblast: for cards, and a table where an indicator has many."""
    found = {name: rows for name in indicators if (rows := community_rows(view, name))}
    few = [one for rows in found.values() if len(rows) <= FEW for one in rows]
    few.sort(key=lambda one: one.first["status"] == "u")  # what is least reliable never stands in front
    return few, [_community_table(view, name, rows) for name, rows in found.items() if len(rows) > FEW]


def community_rows(view: View, name: str) -> list[Known]:
    """What is known of the communities inside the oblast that have any figure, total or part, the largest first."""
    places = known.places_with(name, audience=view.audience, release=view.release)
    inside = [code for code in places if code.startswith(view.area) and len(code) > OBLAST]
    found = (known.known(view, name, code) for code in inside)
    return sorted((one for one in found if one.anything), key=lambda one: (one.front is None, -_size(one)))


def _size(one: Known) -> float:
    return 0.0 if figure_text.unknown(one.first["value"]) else one.first["value"]


def _name(one: Known, lang: str) -> str:
    return data.territory_name(one.place, lang)


def _where(one: Known, view: View) -> str:
    """The place of a figure, where it is not the page's."""
    return "" if one.place == view.area else _name(one, view.lang)


def _community_table(view: View, name: str, rows: list[Known]) -> Markup:
    lines = [
        html.figure_cells(row, view.lang, ": ".join(filter(None, (_name(one, view.lang), _category(row, view.lang)))))
        for one in rows
        for row in ([one.front] if one.front is not None else one.parts)
    ]
    return html.figures(data.registry()[name].title[view.lang], html.heads(view.lang, *TABLE_COLUMNS), lines)


def _category(row: figure_text.Row, lang: str) -> str:
    return term("category", row["category"], lang) if row["category"] else ""


def everything(view: View, topic: str = "") -> Markup:
    """All published figures of a topic, or of all, for the view's territory, page by page, where they are asked for.

    Conflicting ones and those of a part of the territory are among them. Else a link that asks for them.
    """
    count = _how_many(view, topic)
    if not count or not view.all:
        return _offer(view, topic)
    page = page_asked("figures", count, LISTED)
    return html.joined((page_choice(view, "figures", count, page, LISTED, all="1"), _listing(view, topic, page)))


@kept
def _how_many(view: View, topic: str) -> int:
    return len(_here(view, topic))


def _caption(view: View, topic: str) -> str:
    place, key = data.territory_name(view.area, view.lang), "answer.everything" if topic else "answer.everything_here"
    return say(key, view.lang, count=number(_how_many(view, topic), view.lang), place=place)


@kept
def _offer(view: View, topic: str) -> Markup:
    return show_all(view, _caption(view, topic)) if _how_many(view, topic) else html.NOTHING


@kept_up_to(FEW_KEPT)
def _listing(view: View, topic: str, page: int) -> Markup:
    rows = _here(view, topic)[LISTED * page : LISTED * (page + 1)]
    lines = [html.figure_cells(row, view.lang, _what(row, view.lang)) for row in rows]
    content = html.figures(_caption(view, topic), html.heads(view.lang, "indicator", *TABLE_COLUMNS[1:]), lines)
    return html.joined((content, html.marks_legend((row["status"] for row in rows), view.lang)))


def _here(view: View, topic: str) -> list[dict]:
    """What is published for the view's territory: each indicator's total, then each breakdown, the newest first."""
    cells = unit.cells(view.area, audience=view.audience, release=view.release)
    fitting = [name for name, one in data.registry().items() if one.topic == topic or not topic]
    cells = cells[cells["indicator"].isin(fitting) & ~cells["indicator"].isin(SHOWN_APART)]
    groups = cells.groupby(["indicator", "breakdown"], sort=False)
    return [row for _, own in groups for row in own.sort_values("period_end", ascending=False).to_dict("records")]


def _what(row: dict, lang: str) -> str:
    return figure_text.title(row["indicator"], row["category"], lang, short=True)


@kept_of_place
def last_changes(view: View) -> Markup:
    """What the last release changed."""
    return html.joined((tag("h2", say("release.title", view.lang)), tag("p", changes_said(view))))


def changes_said(view: View) -> str:
    """The last release, its day, and how many values are new, changed and gone, in a sentence."""
    release = data.release_named(view.pinned)
    changed = data.changes(view.pinned)
    totals = {word: int(changed[word].sum()) for word in ("new", "changed", "vanished")}
    return say(
        "release.summary" if any(totals.values()) else "release.unchanged",
        view.lang,
        name=release.name,
        day=day(release.published_at, "day", view.lang),
        **{k: number(v, view.lang) for k, v in totals.items()},
    )


@kept_of_place
def footer(view: View) -> Markup:
    """What holds for every figure, the release shown, and the way to who the Association is."""
    release, who = say("site.release", view.lang, name=view.release), html.NOTHING
    if len(data.table("association_facts")):
        whole = url.query_of(replace(view, area=data.COUNTRY, place=""))
        who = tag("p", tag("a", say("association.who", view.lang), href=url.address("overview", whole) + ASSOCIATION))
    return tag("footer", who, tag("p", say("site.footer", view.lang)), tag("p", release), cls="foot")
