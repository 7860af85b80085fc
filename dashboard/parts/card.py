"""A figure as cards and ledgers show it: value, one line of date and producer, what contradicts it, the rest folded."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.answers.beside import Beside, Row, newer_part
from dashboard.answers.known import Known
from dashboard.language import figure_text
from dashboard.language.words import DASH, alphabetical, say, sentence, term
from dashboard.parts import html
from dashboard.parts.html import tag
from dashboard.view import View

MOST_PARTS = 4  # in sight; further ones are folded with the other values
MOST_NAMES = 4
RECORDED = "claims_recorded"  # which many take for an award
MOST_OTHERS = 2  # of a figure's other values; all are listed below on the page and on that of sources
MOST_MISSING = 2  # told in sight


def card(one: Known, view: View, where: str = "", brief: bool = False) -> Markup:
    """One figure as a card; `where` names the place where it is not the page's. A brief one only leads to the rest."""
    head = joined_head(where, data.registry()[one.indicator].short[view.lang])
    warned = say("ledger.not_compensation", view.lang) if one.indicator == RECORDED else ""
    held = html.joined((figure(one, view.lang), html.note(warned), rest(one, view, brief)))
    return tag("article", head, held, cls="card")


def rest(one: Known, view: View, brief: bool) -> Markup:
    """All that does not stand on the card, folded; or the way to it."""
    return tag("p", _way(one.indicator, view), cls="meta") if brief else details(one, view)


def joined_head(where: str, name: str) -> Markup:
    """The name of a figure, after its place where there is one."""
    return tag("h3", html.joined(filter(None, (where, name)), ": "))


def figure(one: Known, lang: str) -> Markup:
    """The value, its line, and what must be read with it; without a total the parts that are known."""
    if one.front is None:
        told = tag("p", say("known.no_total", lang), " ", _parts(one.parts, lang), cls="value parts")
        return html.joined((told, html.dated(one.parts[0], lang), _beside(one, lang)))
    return html.joined((tag("p", shown(one.front, lang), cls="value"), html.dated(one.front, lang), _beside(one, lang)))


def shown(row: Row, lang: str) -> Markup:
    """The value with its unit and mark; the mark alone where no value is known."""
    if figure_text.unknown(row["value"]):
        return html.abbreviation(figure_text.mark(row), lang)
    return html.value(row, lang)


def _beside(one: Known, lang: str) -> Markup:
    """One paragraph: parts that are newer or larger than the total, then figures that contradict it, by reason."""
    told = [_told(list(near), lang) for _, near in groupby(one.beside, key=_reason)]
    if one.front is not None and one.parts:
        why = "parts" if all(newer_part(one.front, row) for row in one.parts) else "larger"
        told.insert(0, html.joined((say(f"beside.{why}", lang), ": ", _parts(one.parts, lang), _days(one.parts, lang))))
    return html.filled("p", html.joined((html.joined((sentence(text), ".")) for text in told), " "), cls="against")


def _reason(near: Beside) -> tuple[str, str, str]:
    return near.why, near.row["territory_code"], near.row["coverage"] if near.why == "partial" else ""


def _told(near: Sequence[Beside], lang: str) -> Markup:
    """`newer: about 3.7 million people (1 September 2025, papers to the state budget)`; several of one reason."""
    row = near[0].row
    words = {
        "place": data.territory_name(row["territory_code"], lang),
        "name": figure_text.title(row["indicator"], row["category"], lang, short=True),
        "coverage": term("coverage", row["coverage"], lang),
    }
    figures = (html.joined((tag("strong", shown(one.row, lang)), _days([one.row], lang))) for one in near)
    return html.joined((say(f"beside.{near[0].why}", lang, **words), ": ", html.joined(figures, "; ")))


def _days(rows: Sequence[Row], lang: str) -> Markup:
    """When and by whom, in brackets, each pair once."""
    who = dict.fromkeys(
        f"{figure_text.as_of(row, lang)}, {figure_text.producer_short(row['producer'], lang)}" for row in rows
    )
    return html.joined((" (", "; ".join(who), ")"))


def _parts(rows: Sequence[Row], lang: str) -> Markup:
    told = [
        html.joined((term("category", row["category"], lang), DASH[lang], tag("strong", shown(row, lang))))
        for row in rows[:MOST_PARTS]
    ]
    return html.joined(told, "; ")


def details(one: Known, view: View) -> Markup:
    """All that does not stand on the card, in one fold: source, note, other values, definition."""
    lang = view.lang
    rows = [one.front] if one.front is not None else list(one.parts)
    others = [*rows[1:], *one.others, *(near.row for near in one.beside if near.why != "whole")]
    others = [*others, *(one.parts if one.front is not None else ())]
    count = say("known.more_values", lang, count=len(others)) if others else say("known.more", lang)
    source = html.joined((html.meta(rows[0], lang), *map(html.note, figure_text.remarks(rows[0], lang))))
    left = len(others) - MOST_OTHERS
    note = html.note(say("known.left_out", lang, count=left) if left > 0 else "")
    listed = values(others[:MOST_OTHERS], lang, one)
    return tag("details", tag("summary", count), source, listed, note, about(one.indicator, view))


def values(rows: Iterable[Row], lang: str, one: Known) -> Markup:
    """Further values, each with what it counts, its day, producer, source and notes."""
    return html.filled("ul", *(_value(row, lang, one) for row in rows), cls="others")


def _value(row: Row, lang: str, one: Known) -> Markup:
    names = [data.territory_name(row["territory_code"], lang)] if row["territory_code"] != one.place else []
    names += [data.registry()[row["indicator"]].short[lang]] if row["indicator"] != one.indicator else []
    names += [term("category", row["category"], lang)] if row["category"] else []
    name = html.joined((": ".join(names), ": ")) if names else html.NOTHING
    notes = map(html.note, figure_text.remarks(row, lang))
    return tag("li", name, tag("strong", shown(row, lang)), " ", html.meta(row, lang), *notes)


def about(indicator: str, view: View) -> Markup:
    """What an indicator means, and the way to its method and caveats."""
    record, lang = data.registry()[indicator], view.lang
    return tag("p", record.definition[lang], " ", _way(indicator, view))


def _way(indicator: str, view: View) -> Markup:
    """The link to all values of an indicator, its definition, method and caveats."""
    there = url.query_of(View("sources", lang=view.lang, pinned=view.pinned, indicator=indicator))
    return tag("a", say("known.method", view.lang), href=url.address("sources", there))


def missing(unknown: Sequence[Known], lang: str) -> Markup:
    """What is not published here, and who else has it; folded where that is much."""
    if not unknown:
        return html.NOTHING
    nowhere = [data.registry()[one.indicator].short[lang] for one in unknown if not one.elsewhere]
    told = [_only_elsewhere(one, lang) for one in unknown if one.elsewhere]
    if nowhere:
        told.append(say("answer.missing", lang, names=", ".join(nowhere)))
    note = html.note(" ".join(told))
    return note if len(unknown) <= MOST_MISSING else html.folded(say("known.missing", lang, count=len(unknown)), note)


def _only_elsewhere(one: Known, lang: str) -> str:
    """`Homes lost: published for Kharkiv hromada only`, of many places the first and how many more."""
    name = data.registry()[one.indicator].short[lang]
    if set(one.elsewhere) == {data.COUNTRY}:
        return say("known.elsewhere_country", lang, name=name)
    names = sorted((data.territory_name(code, lang) for code in one.elsewhere), key=alphabetical)
    told = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        told += say("known.and_more", lang, count=len(names) - MOST_NAMES)
    return say("known.elsewhere", lang, name=name, places=told)
