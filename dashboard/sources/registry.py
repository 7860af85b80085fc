"""The sources page: the record of every indicator, its values, what changed, and every source."""

import pandas as pd
from markupsafe import Markup

from dashboard import data
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, day, number, partial_day, say, sentence, span, term, unit_word
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept, kept_of_place
from dashboard.parts.cards import changes_said
from dashboard.parts.choices import select
from dashboard.parts.html import tag
from dashboard.parts.table_pages import page_asked, page_choice
from dashboard.sources import history
from dashboard.view import View
from data_access import PUBLIC, Audience

ROWS = 25  # of a table at once: this page has two long ones
VALUE_COLUMNS = ("territory", "category", "value", "as_of", "producer", "source", "note")
SOURCE_COLUMNS = ("title", "publisher", "published", "licence")
TOPICS = ("damage", "displacement", "reconstruction", "register", "aid", "context")  # as this reader needs them
CATEGORIES = "claim_categories_open"  # whose figures are read beside the list of categories


@data.answer(4)
def choices(*, audience: Audience = PUBLIC, release: str = "") -> tuple[str, ...]:
    """All indicators, those with values first: by topic, and within it by the number of sources that they draw on."""
    drawn_on = data.sources_by_indicator(audience=audience, release=release)["indicator"].value_counts()
    topic = {name: TOPICS.index(one.topic) for name, one in data.registry().items()}
    return tuple(sorted(topic, key=lambda name: (name not in drawn_on, topic[name], -drawn_on.get(name, 0))))


@kept_of_place
def opening(view: View) -> Markup:
    """The page's question and what it holds: indicators that have values, their sources; what the release changed."""
    drawn_on = _drawn_on(view)
    counts = {"indicators": drawn_on["indicator"].nunique(), "sources": drawn_on["source_id"].nunique()}
    question = tag("p", say("question.sources", view.lang), cls="question")
    title = tag("h1", say("record.title", view.lang, **counts))
    lead = tag("p", say("record.lead", view.lang), " ", changes_said(view), cls="lead")
    return html.joined((question, title, lead))


@kept
def indicator_choice(view: View) -> Markup:
    """Choose the indicator whose record and values are shown, by topic and name; those without values say so."""
    known = set(_drawn_on(view)["indicator"])

    def words(name: str) -> str:
        title = f"{_topic(name, view.lang)}: {data.registry()[name].title[view.lang]}"
        return title if name in known else f"{title} · {say('record.no_figures', view.lang)}"

    listed = choices(audience=view.audience, release=view.release)
    return select(view, "ind", "filter.indicator", {name: words(name) for name in listed}, view.indicator)


@kept
def record(view: View) -> Markup:
    """Definition, method, caveats, unit, frequency, coverage and rule of an indicator."""
    indicator, lang = data.registry()[view.indicator], view.lang
    rows = [
        ("figure.definition", indicator.definition[lang]),
        ("figure.method", indicator.method[lang]),
        ("figure.caveats", " ".join(term("caveat", code, lang) for code in indicator.caveats)),
        ("record.categories", _categories(view) if indicator.id == CATEGORIES else ""),
        ("column.unit", sentence(unit_word(indicator.unit, 1000, lang))),
        ("record.kind", sentence(term("kind", indicator.kind, lang))),
        ("record.frequency", sentence(term("frequency", indicator.frequency, lang))),
        ("record.order", sentence(" → ".join(_producer(code, lang) for code in indicator.source_order))),
        ("record.coverage", sentence(_coverage(view))),
        ("record.related", ", ".join(data.registry()[name].title[lang] for name in indicator.related)),
    ]
    items = [part for key, text in rows if text for part in (tag("dt", say(key, lang)), tag("dd", text))]
    return html.joined((tag("h2", indicator.title[lang]), tag("dl", *items, cls="record")))


def values(view: View) -> Markup:
    """All published values of the indicator, page by page."""
    count = len(data.cells(view.indicator, breakdown=None, audience=view.audience, release=view.release))
    page = page_asked("page", count, ROWS)
    return html.joined((page_choice(view, "page", count, page, ROWS), _values(view, page)))


@kept
def marks_and_history(view: View) -> Markup:
    """What the marks mean; releases, corrections, withdrawals."""
    marks = (tag("h2", say("figure.marks", view.lang)), html.marks_legend("0xzcsupreb", view.lang))
    return html.joined((*marks, history.releases(view), history.corrections(view), history.withdrawals(view)))


def _before_sources(view: View) -> Markup:
    """How many sources there are, and of what."""
    of_figures = _drawn_on(view)["source_id"].nunique()
    others = number(len(data.sources(audience=view.audience)) - of_figures, view.lang)
    note = say("record.sources_note", view.lang, count=of_figures, more=others)
    return html.joined((tag("h2", say("record.sources", view.lang)), tag("p", note)))


@kept
def _values(view: View, page: int) -> Markup:
    frame = data.cells(view.indicator, breakdown=None, audience=view.audience, release=view.release)
    if frame.empty:
        return html.no_value(sentence(say("record.no_figures", view.lang)), view.lang)
    frame = frame.sort_values(
        ["period_end", "territory_code", "category"], ascending=[False, True, True], kind="stable"
    )
    lines = []
    for row in frame.iloc[ROWS * page : ROWS * (page + 1)].to_dict("records"):
        cells = html.figure_cells(row, view.lang, data.territory_name(row["territory_code"], view.lang))
        lines.append([cells[0], term("category", row["category"], view.lang), *cells[1:]])
    caption = say("record.values", view.lang, count=len(frame))
    return html.figures(caption, html.heads(view.lang, *VALUE_COLUMNS), lines)


def sources(view: View) -> Markup:
    """Every source with its publisher, day, address and terms, page by page."""
    count = len(data.sources(audience=view.audience))
    page = page_asked("sources", count, ROWS)
    return html.joined((_before_sources(view), page_choice(view, "sources", count, page, ROWS), _sources(view, page)))


@kept_of_place
def _sources(view: View, page: int) -> Markup:
    records = sorted(
        data.sources(audience=view.audience).to_dict("records"),
        key=lambda row: (alphabetical(row[f"publisher_{view.lang}"]), row["title"]),
    )
    lines = [
        (
            html.link(row["url"], row["title"] or say("record.no_title", view.lang)),
            row[f"publisher_{view.lang}"],
            partial_day(row["published_on"], view.lang) or html.abbreviation("x", view.lang),
            row[f"licence_{view.lang}"],
        )
        for row in records[ROWS * page : ROWS * (page + 1)]
    ]
    return html.table(say("record.sources_caption", view.lang), html.heads(view.lang, *SOURCE_COLUMNS), lines)


def _drawn_on(view: View) -> pd.DataFrame:
    return data.sources_by_indicator(audience=view.audience, release=view.release)


def _categories(view: View) -> str:
    """Why the list holds more open categories than the latest figure counts; '' where it does not."""
    listed = data.table("register_categories")
    listed = listed[listed["state"] == "open"]
    figures = data.headlines(CATEGORIES, audience=view.audience, release=view.release)
    later = listed[listed["seen_on"] > figures["as_of"].max()]
    if figures.empty or later.empty:
        return ""
    return say(
        "record.categories_differ",
        view.lang,
        all=number(len(listed), view.lang),
        then=number(len(listed) - len(later), view.lang),
        day=day(figures["as_of"].max(), "day", view.lang),
        later=number(len(later), view.lang),
        codes=", ".join(later["code"]),
        seen=day(later["seen_on"].max(), "day", view.lang),
    )


def _topic(name: str, lang: str) -> str:
    return term("topic", data.registry()[name].topic, lang)


def _producer(code: str, lang: str) -> str:
    own = {"*": "record.everybody", "community": "record.communities"}
    return say(own[code], lang) if code in own else figure_text.producer_name(code, lang)


def _coverage(view: View) -> str:
    rows = data.coverage(audience=view.audience, release=view.release)
    rows = rows[rows["indicator"] == view.indicator]
    return "; ".join(
        say(
            "record.level",
            view.lang,
            level=say("level." + row["level"], view.lang, count=row["territories"]),
            span=span(row["first_as_of"], row["last_as_of"], "day", view.lang),
        )
        for row in rows.to_dict("records")
    )
