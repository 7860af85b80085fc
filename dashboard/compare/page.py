"""The compare page: a unit beside its group, indicator by indicator, over time, on a map and as a table."""

from dataclasses import replace

from markupsafe import Markup

import dashboard.compare.choices as choices
from dashboard import data
from dashboard.answers import comparison, peers
from dashboard.answers.peer_values import Values
from dashboard.compare import peer_map, sentences, strip
from dashboard.compare.controls import sort_and_page
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, number, say, sentence, unit_word, unknown
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing
from dashboard.parts.html import tag
from dashboard.parts.table_pages import PAGE
from dashboard.view import View

GROUPS = {"published": "similar", "criteria": "similar"}  # how sentences name them; the other kinds by their own name


@cached_drawing
def heading(view: View) -> None:
    """The page's question, whom the unit stands beside, and how that group came about."""
    group, place = peers.group_of(view), data.territory_name(view.area, view.lang)
    question = tag("p", f"{say('question.compare', view.lang)} · {place}", cls="question")
    title = say("compare.title", view.lang, place=place) if group.kind else say("compare.title_country", view.lang)
    lead = tag("p", peers.explained(group, view), cls="lead")
    block(question, tag("h1", title), lead, html.note(peers.widened(group, view)))


@cached_drawing
def rows(view: View) -> None:
    """For each indicator the comparison in words, the group's distribution and the values."""
    if view.area == data.COUNTRY:
        _groups(view)
        return
    found = [(choice, choices.values(view, choice)) for choice in view.indicators]
    compared = [comparison.compared(values) for _, values in found]
    block(_legend(view, compared), *(row(view, *one, told) for one, told in zip(found, compared, strict=True)))


def _groups(view: View) -> None:
    """By what the groups of the release were formed, where no unit is chosen yet."""
    lines = [
        [peers.criteria_named(kept, view.lang), number(communities, view.lang), sizes]
        for kept, communities, sizes in peers.formed(view)
    ]
    caption = say("compare.groups", view.lang, release=view.release)
    block(html.table(caption, [say(f"compare.groups_{name}", view.lang) for name in ("by", "count", "size")], lines))


def row(view: View, choice: str, values: Values, compared: comparison.Comparison) -> Markup:
    """One indicator: the comparison in words, mine and the group's values, the strip, where it is from."""
    lang, group = view.lang, GROUPS.get(peers.group_of(view).kind, peers.group_of(view).kind)
    finding = sentences.finding(compared, values, lang, group)
    drawn_strip = html.NOTHING if compared.withheld else strip.strip(values, compared, finding, lang)
    title = tag("h2", choices.title(choice, lang))
    verdict = tag("p", _verdict(compared, values, lang, group), cls="verdict")
    told = tag("div", title, verdict, _flip(view, choice), _values(values, compared, lang))
    drawn = tag("div", drawn_strip, strip.marks(values, lang))
    return tag("section", told, drawn, tag("p", _origin(values, lang), cls="source"), cls="beside")


def _verdict(compared: comparison.Comparison, values: Values, lang: str, group: str) -> str:
    """Where the unit stands and on which side most of its peers are; why nothing is said where that is withheld."""
    if compared.withheld or compared.position == "unknown":
        told = sentences.finding(compared, values, lang, group)
        return sentence(told.removeprefix(sentences.title(values, lang)).lstrip(": "))  # the heading names it
    place = sentence(sentences.position(compared, lang))
    told = say("compare.verdict", lang, position=place, side=sentences.side(compared, lang, group))
    return f"{told} {sentences.preferable(values, lang)}".strip()


def _values(values: Values, compared: comparison.Comparison, lang: str) -> Markup:
    """Mine, and of the group the median, the lowest and the highest."""
    own = values.rows[values.mine]
    known = [values.value(code) for code in values.known]
    shown = figure_text.value_text(own, lang) + (
        f" [{own['status']}]" if own["status"] and not unknown(own["value"]) else ""
    )
    parts: list[tuple[str, str]] = [(data.territory_name(values.mine, lang), tag("strong", shown))]
    if not compared.withheld:
        numbers = (("median_of", compared.median), ("lowest", min(known)), ("highest", max(known)))
        parts += [(say(f"compare.{key}", lang), strip.bare(value, values, lang)) for key, value in numbers]
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", text)) for name, text in parts), cls="four")


def _origin(values: Values, lang: str) -> Markup:
    """Unit, denominator, day, producer and sources."""
    unit = sentence(unit_word(values.unit, 1000, lang))
    producer = figure_text.producer_name(values.producer, lang) if values.producer else ""
    parts = [part for part in (unit, values.told(lang).rstrip("."), values.when(lang), producer) if part]
    told = html.named_sources(values.sources, lang)
    return html.joined(filter(None, (" · ".join(parts), told)), ". ")


def _flip(view: View, choice: str) -> Markup:
    """The notice that another denominator would turn the conclusion round."""
    pers = choices.denominators(view, choice)
    found = {per: comparison.compared(choices.values(replace(view, per=per), choice)) for per in pers}
    return html.filled("p", sentences.flipping(found, view.lang), cls="note flips")


def _legend(view: View, compared: list[comparison.Comparison]) -> Markup:
    """What the strips are made of, where any is drawn."""
    if all(one.withheld for one in compared):
        return html.NOTHING
    many = any(one.known - len(one.outliers) > strip.MOST_DOTS for one in compared)
    keys = ("mine", "peers_many" if many else "peers", "half", "middle")
    items = [tag("li", tag("i", cls=f"key {key}"), _key(view, key)) for key in keys]
    return tag("ul", *items, cls="legend keys", aria_label=say("compare.legend", view.lang))


def _key(view: View, key: str) -> str:
    return data.territory_name(view.area, view.lang) if key == "mine" else say(f"compare.key_{key}", view.lang)


@cached_drawing
def where(view: View) -> None:
    """The group on a map."""
    group = peers.group_of(view)
    if group.kind in ("", "regions") or not group.codes:
        return
    place = data.territory_name(view.area, view.lang)
    alt = say("compare.map_alt", view.lang, place=place, count=len(group.codes))
    block(tag("h2", say("compare.where", view.lang)), peer_map.peer_map(view.area, group.codes, alt, view.lang))


def table(view: View) -> None:
    """The same values as a table, mine first, the others by name or by one of the columns."""
    if view.area != data.COUNTRY:
        block(tag("h2", say("compare.table_title", view.lang)))
        _table(view, *sort_and_page(view))


@cached_drawing
def _table(view: View, sort: str, page: int) -> None:
    found = {choice: choices.values(view, choice) for choice in view.indicators}
    ordered = order(view, found.get(sort))
    codes = [view.area, *ordered[page * PAGE : (page + 1) * PAGE]]
    lines = [
        [data.territory_name(code, view.lang), *(_cell(one, code, view.lang) for one in found.values())]
        for code in codes
    ]
    heads = [say("column.territory", view.lang), *(_head(choice, one, view.lang) for choice, one in found.items())]
    caption = say("compare.table", view.lang, count=len(ordered))
    content = html.table(caption, heads, lines, data.territory_name(view.area, view.lang))
    marks = {mark for one in found.values() for code in codes if (mark := one.mark(code)) not in ("", "0")}
    block(content, html.marks_legend(marks, view.lang))


def order(view: View, by: Values | None) -> list[str]:
    """The group by name, or by a column from the highest, those without a value last."""
    codes = sorted(peers.group_of(view).codes, key=lambda code: alphabetical(data.territory_name(code, view.lang)))
    if by is None:
        return codes
    return sorted(codes, key=lambda code: -by.value(code) if not unknown(by.value(code)) else float("inf"))


def _head(choice: str, values: Values, lang: str) -> str:
    unit, when = unit_word(values.unit, 1000, lang), values.when(lang)
    return f"{choices.title(choice, lang, short=True)}, {unit}" + (f" ({when})" if when else "")


def _cell(values: Values, code: str, lang: str) -> Markup:
    row = values.rows[code]
    if unknown(row["value"]):
        return html.abbreviation(figure_text.mark(row), lang)
    shown = tag("span", figure_text.value_text(row, lang, unit=False), cls="number")
    return html.joined((shown, html.abbreviation(str(row["status"]), lang)), " ").strip()
