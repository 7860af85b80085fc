"""The page of one unit: who it is, its figures, what changed over time, its neighbours and its peers."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.answers import course, known, peers, status_periods, unit
from dashboard.answers.known import Known
from dashboard.community import ledgers, timeline
from dashboard.explore import association
from dashboard.explore.trend import trend
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, listed, number, say
from dashboard.parts import card, html
from dashboard.parts.cached_drawing import block, kept_of_place
from dashboard.parts.choices import select
from dashboard.parts.html import tag
from dashboard.view import View, answer_of_view

AREA_SOURCE = "cod_ab_ukr_20240416"  # of every area; the list of territories does not name it
HEADLINES = {  # what the first cards tell, in this order: the first known of each, then further ones
    "damage": (
        "buildings_damaged",
        "residential_damaged",
        "schools_damaged",
        "buildings_damaged_satellite",
        "buildings_damaged_radar",
        "objects_restored",
    ),
    "people": ("homes_lost_residents", "idps_registered"),
    "money": ("dream_budget_uah", "erecovery_paid_uah", "recovery_granted_uah", "objects_damage_uah"),
    "before": ("population", "population_density", "urban_share"),
}
EXPECTED = ("buildings_damaged", "homes_lost_residents", "idps_registered", "objects_restored", "population")
MOST_CARDS = 4
NEIGHBOURS = 6
PEERS = 6


def link(page: str, view: View, label: str, code: str = "") -> Markup:
    """A link to a page for a unit, the language and a pinned release kept."""
    query = url.query_of(replace(view, area=code or view.area, place="", indicator="", category="", period=""))
    return tag("a", label, href=url.address(page, query))


@kept_of_place
def opening(view: View) -> Markup:
    """Who the unit is, its official status as a sentence and as a band, ways on, its first figures."""
    return html.joined((heading(view), timeline.ribbon(view), ways(view), cards(view)))


def heading(view: View) -> Markup:
    """The unit's name, and its official status now in a sentence."""
    level, above = _level(view), [data.territory_name(code, view.lang) for code in _above(view.area)]
    question = " · ".join([say(f"community.question_{level}", view.lang), *above])
    name = tag("h1", data.territory_name(view.area, view.lang))
    return html.joined((tag("p", question, cls="question"), name, tag("p", timeline.told(view), cls="lead")))


def ways(view: View) -> Markup:
    """On to the comparison with peers, and up to the raion and the oblast."""
    links = [link("compare", view, say(f"community.compare_{_level(view)}", view.lang))]
    links += [link("community", view, data.territory_name(code, view.lang), code) for code in _above(view.area)]
    return _row_of_links(links, "links ways")


def _row_of_links(links: Sequence[Markup], cls: str = "links") -> Markup:
    return tag("ul", *(tag("li", one) for one in links), cls=cls) if links else html.NOTHING


def _level(view: View) -> str:
    return data.territory(view.area)["level"]


def _above(code: str) -> list[str]:
    """The raion and the region of a unit, as far as they are other units."""
    return [code[:size] for size in (6, 4) if size < len(code)]


def cards(view: View) -> Markup:
    """The first figures of the unit with their dates, what is missing in a line, and what is known of the unit."""
    items = [card.card(one, view) for one in first_known(view)]
    missing = card.missing(known.nothing_of(view, EXPECTED, view.area), view.lang)
    count = ledgers.how_many(view)
    few = html.note(say("known.few", view.lang, count=count) if 0 < count <= ledgers.FEW else "")
    return html.joined((html.cards(items), few, missing, _facts(view)))


@kept_of_place
def on_cards(view: View) -> tuple[str, ...]:
    """The indicators of the first cards."""
    return tuple(one.indicator for one in first_known(view))


def first_known(view: View) -> list[Known]:
    """The figures of the first cards: one of damage, people, money and population each, then more of damage."""
    names = [name for group in HEADLINES.values() for name in group]
    found = [one for one in known.told(view, names, view.area) if one.anything]
    groups = [[one for one in found if _group(one) == group] for group in HEADLINES]
    chosen = [group[0] for group in groups if group]
    chosen += [one for group in groups for one in group[1:]]
    return sorted(chosen[:MOST_CARDS], key=found.index)


def _group(one: Known) -> str:
    """The group of an indicator, or of the statement whose story it tells."""
    statement = {record: name for name, record in known.STORIES.items()}.get(one.indicator, one.indicator)
    return next(group for group, names in HEADLINES.items() if one.indicator in names or statement in names)


def _facts(view: View) -> Markup:
    """Area, number of settlements, code, former names, membership: what is known."""
    lang, record = view.lang, data.territory(view.area)
    facts = [
        ("community.area", _area(record, lang)),
        ("community.kind", _kind(record, lang)),
        ("community.settlements", _settlements(record, lang)),
        ("community.former", listed(unit.former_names(view.area, lang), lang)),
        ("community.member", association.membership(record, lang)),
        ("community.code", record["katottg"]),
    ]
    rows = [tag("tr", tag("th", say(key, lang), scope="row"), tag("td", text)) for key, text in facts if text]
    return tag("table", tag("tbody", *rows), cls="facts")


def _kind(record: dict, lang: str) -> str:
    """Of a hromada; nothing for those of Crimea, which have none yet."""
    known = record["level"] == "hromada" and record["kind"]
    return say(f"community.kind_{record['kind']}", lang) if known else ""


def _settlements(record: dict, lang: str) -> str:
    return "" if figure_text.unknown(record["settlements"]) else number(record["settlements"], lang)


def _area(record: dict, lang: str) -> str:
    if figure_text.unknown(record["area_km2"]):
        return html.abbreviation("x", lang)
    area = f"{number(record['area_km2'], lang)} {say('community.km2', lang)}"
    if AREA_SOURCE not in set(data.table("sources")["source_id"]):
        return area
    return html.joined((area, " (", html.source_link(AREA_SOURCE, lang), ")"))


def trends(view: View) -> None:
    """Lines over time of what was measured here more than once, the official status behind them.

    One chart: the first, or the one that is chosen where there are more.
    """
    names = _repeated(view)
    if not names:
        return
    chosen = view.indicator if view.indicator in names else names[0]
    titles = {name: data.registry()[name].title[view.lang] for name in names}
    choice = select(view, "ind", "community.other_trend", titles, chosen) if len(names) > 1 else html.NOTHING
    block(_trends_title(view), choice)
    trend(replace(view, indicator=chosen, category=""), 3)


@kept_of_place
def _trends_title(view: View) -> Markup:
    """The section's title, and what its grounds mean where there are any."""
    cells, bands = unit.cells(view.area, audience=view.audience, release=view.release), status_periods.bands(view.area)
    first = cells.loc[cells["indicator"].isin(_repeated(view)), "period_end"].min()
    note = say("community.bands", view.lang) if bands and bands[-1][1] > first else ""
    return html.joined((tag("h2", say("community.trends", view.lang)), html.note(note)))


@answer_of_view(2000, "area")
def _repeated(view: View) -> tuple[str, ...]:
    """Indicators of which there are enough days for a picture over time; the background last."""
    cells = unit.cells(view.area, audience=view.audience, release=view.release)
    cells = cells[(cells["breakdown"] == "") & (cells["coverage"] == "")]
    repeated = {name for name, rows in cells.groupby("indicator") if course.pictured(rows)}
    names = [name for name in data.registry() if name in repeated]
    return tuple(sorted(names, key=lambda name: data.registry()[name].topic == "context"))


@kept_of_place
def around(view: View) -> Markup:
    """The nearest communities with their distance; of a raion or oblast the units inside it."""
    below = unit.inside(view.area)
    if below:
        title = say("community.raions" if len(view.area) == 4 else "community.hromadas", view.lang)
        order = sorted(below, key=lambda code: alphabetical(data.territory_name(code, view.lang)))
        return _links(view, title, "", [(code, data.territory_name(code, view.lang)) for code in order])
    near = unit.nearest(view.area, NEIGHBOURS)
    labels = [(code, f"{data.territory_name(code, view.lang)} · {_km(away, view.lang)}") for code, away in near]
    note = say("community.distance" if near else "community.no_point", view.lang)
    return _links(view, say("community.neighbours", view.lang), note, labels)


@kept_of_place
def alike(view: View) -> Markup:
    """The group that the unit is compared with, in a sentence, and the nearest of its communities."""
    group = peers.group_of(view)
    told = [peers.explained(group, view), peers.widened(group, view)]
    near = unit.nearest(view.area, PEERS, frozenset(group.codes)) if group.kind == "published" else []
    if near:
        told.append(say("community.peers_shown", view.lang, count=len(near)))
    labels = [(code, data.territory_name(code, view.lang)) for code, _ in near]
    return _links(view, say(f"community.peers_{_level(view)}", view.lang), " ".join(filter(None, told)), labels)


def _km(away: float, lang: str) -> str:
    return say("community.km", lang, km=number(away, lang, 0 if away >= 10 else 1))


def _links(view: View, title: str, note: str, labels: Sequence[tuple[str, str]]) -> Markup:
    links = [link("community", view, label, code) for code, label in labels]
    return html.joined((tag("h2", title), html.note(note), _row_of_links(links)))


@kept_of_place
def country(view: View) -> Markup:
    """What this page offers, and the regions to begin with."""
    lang = view.lang
    items = [tag("li", say(f"community.offer_{part}", lang)) for part in ("status", "ledgers", "peers")]
    order = tuple(sorted(data.oblasts(), key=lambda code: alphabetical(data.territory_name(code, lang))))
    labels = [(code, data.territory_name(code, lang)) for code in order]
    pieces = (
        tag("p", say("question.community", lang), cls="question"),
        tag("h1", say("community.find", lang)),
        tag("p", say("community.how", lang), cls="lead"),
        tag("ul", *items, cls="offer"),
        _links(view, say("community.regions", lang), "", labels),
        timeline.by_region(view, order),
    )
    return html.joined(pieces)
