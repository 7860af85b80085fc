"""The compare page: a unit beside its group, indicator by indicator, over time, on a map and as a table."""

from dataclasses import replace

from markupsafe import Markup

import dashboard.compare.choices as choices
from dashboard import data
from dashboard.address import url
from dashboard.answers import comparison, peers
from dashboard.answers.freshness import status_edition
from dashboard.answers.peer_values import Values
from dashboard.compare import links, peer_map, sentences, small_multiples, strip, table
from dashboard.compare.controls import controls
from dashboard.language import figure_text
from dashboard.language.words import number, say, sentence, unit_word, unknown
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept
from dashboard.parts.html import tag
from dashboard.view import View

GROUPS = {"published": "similar", "criteria": "similar"}  # how sentences name them; the other kinds by their own name


@kept
def page(view: View, sort: str, number: int, sought: str) -> Markup:
    """All of it in one piece: the heading, the choices, the rows, the course over time, the group's map, the table."""
    if view.area == data.COUNTRY:
        return html.joined((heading(view), _groups(view)))
    found = {choice: choices.values(view, choice) for choice in view.indicators}
    edition = html.note(status_edition(view.lang) if "status" in peers.group_of(view).kept else "")
    below = (small_multiples.over_time(view, found), _where(view), table.table(view, found, sort, number), edition)
    return html.joined((heading(view), controls(view, sought), rows(view, found), *below))


def heading(view: View) -> Markup:
    """The page's question, whom the unit stands beside, and how that group came about."""
    group, place = peers.group_of(view), data.territory_name(view.area, view.lang)
    question = tag("p", f"{say('question.compare', view.lang)} · {place}", cls="question")
    title = (
        sentence(say("compare.title", view.lang, place=place))
        if group.kind
        else say("compare.title_country", view.lang)
    )
    more = links.unit(view, view.area, say("compare.own_page", view.lang)) if group.kind else html.NOTHING
    lead = tag("p", html.joined((peers.explained(group, view), more), " "), cls="lead")
    return html.joined((question, tag("h1", title), lead, html.note(peers.widened(group, view))))


def rows(view: View, found: dict[str, Values]) -> Markup:
    """For each indicator the comparison in words, the group's distribution and the values.

    Damage, people and money first: those that can be compared, then those that cannot, in brief, then of which of them
    nobody in the group has figures; the others follow.
    """
    told = {choice: comparison.compared(values) for choice, values in found.items()}
    opening = [choice for choice in choices.opening(view) if choice in found]
    brief = [choice for choice in opening if told[choice].withheld]
    drawn = {one: row(view, one, values, told[one]) for one, values in found.items() if one not in brief}
    first = [drawn.pop(choice) for choice in opening if choice in drawn]
    cards = _cards(view, {one: (found[one], told[one]) for one in brief})
    legend = _legend(view, list(told.values()))
    above, below = (legend, html.NOTHING) if first else (html.NOTHING, legend)
    return html.joined((above, *first, cards, _nobody(view), below, *drawn.values()))


def _nobody(view: View) -> Markup:
    """Of which of damage, people and money the group has no figures at all, and how they are supplied."""
    if not (topics := choices.nobody(view)):
        return html.NOTHING
    names = "; ".join(say(f"compare.topic_{topic}", view.lang) for topic in topics)
    return tag("p", html.joined((say("compare.nobody", view.lang, names=names), _supply(view)), " "), cls="note nobody")


def _supply(view: View) -> Markup:
    """How the missing figures come here: a community's return, with the command that writes its form."""
    level = data.territory(view.area)["level"]
    if level == "hromada":
        month = f"{data.release_named(view.pinned).published_at:%Y-%m}"
        code = tag(
            "code", f"python -m data_access template community-return --area {url.katottg(view.area)} --month {month}"
        )
        return html.joined((say("compare.supply_hromada", view.lang), " ", code, "."))
    return tag("span", say("compare.supply_raion", view.lang)) if level == "raion" else html.NOTHING


def _groups(view: View) -> Markup:
    """By what the groups of the release were formed, where no unit is chosen yet."""
    lines = [
        [peers.criteria_named(kept, view.lang), number(communities, view.lang), sizes]
        for kept, communities, sizes in peers.formed(view)
    ]
    caption = say("compare.groups", view.lang, release=view.release)
    return html.table(caption, [say(f"compare.groups_{name}", view.lang) for name in ("by", "count", "size")], lines)


def row(view: View, choice: str, values: Values, compared: comparison.Comparison) -> Markup:
    """One indicator: the comparison in words, mine and the group's values, the strip, where it is from."""
    lang, group = view.lang, GROUPS.get(peers.group_of(view).kind, peers.group_of(view).kind)
    finding = sentences.finding(compared, values, lang, group)
    drawn_strip = html.NOTHING if compared.withheld else strip.strip(values, compared, finding, lang)
    title = tag("h2", choices.title(choice, lang))
    verdict = tag("p", _verdict(compared, values, lang, group), cls="verdict")
    known = (_few(compared, values, lang), _also(view, choice, values))
    told = tag("div", title, verdict, _flip(view, choice), _values(values, compared, lang), *known)
    drawn = tag("div", drawn_strip, strip.marks(values, lang))
    return tag("section", told, drawn, tag("p", _origin(values, lang), cls="source"), cls="beside")


def _cards(view: View, alone: dict[str, tuple[Values, comparison.Comparison]]) -> Markup:
    """Indicators that cannot be compared: my figures, and why they stand alone (once, where it is the same of all)."""
    group = GROUPS.get(peers.group_of(view).kind, peers.group_of(view).kind)
    why = {choice: _verdict(compared, values, view.lang, group) for choice, (values, compared) in alone.items()}
    once = len(set(why.values())) == 1
    cards = [_card(view, one, *known, "" if once else why[one]) for one, known in alone.items()]
    return html.joined((html.cards(cards), html.note(next(iter(why.values()))) if once else html.NOTHING))


def _card(view: View, choice: str, values: Values, compared: comparison.Comparison, why: str) -> Markup:
    """One of them, with where it is from."""
    lang = view.lang
    own = tag("p", _own(values, lang), cls="value") if not unknown(values.value(values.mine)) else html.NOTHING
    known = (_few(compared, values, lang), _also(view, choice, values))
    title, origin = tag("h2", choices.title(choice, lang)), tag("p", _origin(values, lang), cls="source")
    return tag("article", title, own, *known, html.note(why), origin, cls="card")


def _few(compared: comparison.Comparison, values: Values, lang: str) -> Markup:
    """Who of the group is known, where they are too few to compare with."""
    if not compared.withheld or not 0 < compared.known < comparison.FEWEST:
        return html.NOTHING
    named = "; ".join(
        say(
            "compare.named",
            lang,
            name=data.territory_name(code, lang),
            value=figure_text.value_text(values.rows[code], lang),
        )
        for code in values.known
    )
    return html.note(say("compare.few_known", lang, named=named))


def _also(view: View, choice: str, values: Values) -> Markup:
    """What else is known of the unit on the same story, parts of a total too, each with its date and producer."""
    told = [
        say(
            "compare.also_one",
            view.lang,
            title=figure_text.title(one["indicator"], one["category"], view.lang, short=True),
            value=figure_text.value_text(one, view.lang),
            when=figure_text.when(one, view.lang),
            producer=figure_text.producer_name(one["producer"], view.lang),
        )
        for one in choices.also(view, choice, not unknown(values.value(view.area)))
    ]
    return html.note(say("compare.also", view.lang, named="; ".join(told)) if told else "")


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
    known = [values.value(code) for code in values.known]
    parts: list[tuple[str, str]] = [(data.territory_name(values.mine, lang), tag("strong", _own(values, lang)))]
    if not compared.withheld:
        median = [("median_of", values.as_written(compared.median))] if compared.large else []
        numbers = (*median, ("lowest", min(known)), ("highest", max(known)))
        parts += [(say(f"compare.{key}", lang), strip.bare(value, values, lang)) for key, value in numbers]
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", text)) for name, text in parts), cls="four")


def _own(values: Values, lang: str) -> str:
    """My value, with its mark where it has one."""
    own = values.rows[values.mine]
    mark = f"\N{NO-BREAK SPACE}[{own['status']}]" if own["status"] and not unknown(own["value"]) else ""
    return figure_text.value_text(own, lang) + mark


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
    median = ("half", "middle") if any(one.large and not one.withheld for one in compared) else ()
    keys = ("mine", "peers_many" if many else "peers", *median)
    items = [tag("li", tag("i", cls=f"key {key}"), _key(view, key)) for key in keys]
    return tag("ul", *items, cls="legend keys", aria_label=say("compare.legend", view.lang))


def _key(view: View, key: str) -> str:
    return data.territory_name(view.area, view.lang) if key == "mine" else say(f"compare.key_{key}", view.lang)


def _where(view: View) -> Markup:
    """The group on a map."""
    group = peers.group_of(view)
    if group.kind in ("", "regions") or not group.codes:
        return html.NOTHING
    place = data.territory_name(view.area, view.lang)
    alt = say("compare.map_alt", view.lang, place=place, count=len(group.codes))
    title = tag("h2", say("compare.where", view.lang))
    return html.joined((title, peer_map.peer_map(view.area, group.codes, alt, view.lang)))
