"""The sources page: the record of every indicator, and every source."""

from collections.abc import Sequence

from dashboard import data
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, day, partial_day, say, sentence, term, unit_word
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing, cached_drawing_of_place
from dashboard.parts.cards import choose
from dashboard.parts.html import tag
from dashboard.parts.table_pages import PAGE, page_number
from dashboard.view import View

SOURCE_COLUMNS = ("title", "publisher", "published", "licence")


@cached_drawing_of_place
def opening(view: View) -> None:
    """The page's question and what it holds."""
    count = len(data.sources(audience=view.audience))
    title = say("record.title", view.lang, indicators=len(data.registry()), sources=count)
    question = tag("p", say("question.sources", view.lang), cls="question")
    block(question, tag("h1", title), tag("p", say("record.lead", view.lang), cls="lead"))


def indicator_choice(view: View, choices: Sequence[str]) -> None:
    """Choose the indicator whose record and values are shown, by topic and name."""
    registry = data.registry()
    choose(
        "ind",
        "filter.indicator",
        list(choices),
        view.indicator,
        lambda name: f"{_topic(name, view.lang)}: {registry[name].title[view.lang]}",
    )


@cached_drawing
def record(view: View) -> None:
    """Definition, method, caveats, unit, frequency, coverage and rule of an indicator."""
    indicator, lang = data.registry()[view.indicator], view.lang
    rows = [
        ("figure.definition", indicator.definition[lang]),
        ("figure.method", indicator.method[lang]),
        ("figure.caveats", " ".join(term("caveat", code, lang) for code in indicator.caveats)),
        ("column.unit", sentence(unit_word(indicator.unit, 1000, lang))),
        ("record.kind", term("kind", indicator.kind, lang)),
        ("record.frequency", term("frequency", indicator.frequency, lang)),
        ("record.order", ", ".join(_producer(code, lang) for code in indicator.source_order)),
        ("record.coverage", _coverage(view)),
        ("record.related", ", ".join(data.registry()[name].title[lang] for name in indicator.related)),
        ("record.id", indicator.id),
    ]
    items = [part for key, text in rows if text for part in (tag("dt", say(key, lang)), tag("dd", text))]
    block(tag("h2", indicator.title[lang]), tag("dl", *items, cls="record"))


def values(view: View) -> None:
    """All published values of the indicator, page by page."""
    frame = data.cells(view.indicator, breakdown=None, audience=view.audience, release=view.release)
    _values(view, page_number(view, "values", len(frame)))


@cached_drawing
def _values(view: View, page: int) -> None:
    frame = data.cells(view.indicator, breakdown=None, audience=view.audience, release=view.release)
    frame = frame.sort_values(
        ["period_end", "territory_code", "category"], ascending=[False, True, True], kind="stable"
    )
    rows = frame.iloc[PAGE * page : PAGE * (page + 1)].to_dict("records")
    lines = []
    for row in rows:
        cells = html.figure_cells(row, view.lang, data.territory_name(row["territory_code"], view.lang))
        lines.append([cells[0], term("category", row["category"], view.lang), *cells[1:]])
    caption = say("record.values", view.lang, count=len(frame))
    columns = ("territory", "category", "value", "as_of", "producer", "source", "note")
    block(
        html.table(caption, html.heads(view.lang, *columns), lines),
        html.marks_legend((row["status"] for row in rows), view.lang),
    )


def sources(view: View) -> None:
    """Every source with its publisher, day, address and terms, page by page."""
    count = len(data.sources(audience=view.audience))
    block(tag("h2", say("record.sources", view.lang, count=count)))
    _sources(view, page_number(view, "sources", count))


@cached_drawing_of_place
def _sources(view: View, page: int) -> None:
    records = sorted(
        data.sources(audience=view.audience).to_dict("records"),
        key=lambda row: (alphabetical(row[f"publisher_{view.lang}"]), row["title"]),
    )
    lines = [
        (
            html.link(row["url"], row["title"] or row["source_id"]),
            row[f"publisher_{view.lang}"],
            partial_day(row["published_on"], view.lang) or html.abbreviation("x", view.lang),
            row[f"licence_{view.lang}"],
        )
        for row in records[PAGE * page : PAGE * (page + 1)]
    ]
    block(html.table(say("record.sources_caption", view.lang), html.heads(view.lang, *SOURCE_COLUMNS), lines))


@cached_drawing_of_place
def marks(view: View) -> None:
    """The closed list of marks, and what each means."""
    block(tag("h2", say("figure.marks", view.lang)), html.marks_legend("0xzcsupreb", view.lang))


def _topic(name: str, lang: str) -> str:
    return term("topic", data.registry()[name].topic, lang)


def _producer(code: str, lang: str) -> str:
    return say("record.everybody", lang) if code == "*" else figure_text.producer_name(code, lang)


def _coverage(view: View) -> str:
    rows = data.coverage(audience=view.audience, release=view.release)
    rows = rows[rows["indicator"] == view.indicator]
    return "; ".join(
        say(
            "record.level",
            view.lang,
            level=say("level." + row["level"], view.lang, count=row["territories"]),
            first=day(row["first_as_of"], "day", view.lang),
            last=day(row["last_as_of"], "day", view.lang),
        )
        for row in rows.to_dict("records")
    )
