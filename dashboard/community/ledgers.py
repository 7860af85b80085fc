"""Four ledgers of a unit side by side (damage, people, reconstruction, claims), and statements from damage to claim."""

import re
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from dashboard import data
from dashboard.answers import known, status_periods, unit
from dashboard.answers.known import WHOLE_COUNTRY, Known
from dashboard.language import figure_text
from dashboard.language.words import say
from dashboard.parts import card, html
from dashboard.parts.cached_drawing import kept_of_place
from dashboard.parts.card import shown
from dashboard.parts.html import tag
from dashboard.view import View

MOST_OPEN = 4  # figures of a ledger; the rest is folded
FEW = 4  # figures of a unit of which so little is known that its ledgers are folded
LEDGERS = {  # ledger: topics, and the indicators of which it is said that they are missing
    "damage": (("damage",), ("buildings_damaged", "residential_damaged", "schools_damaged", "damage_usd")),
    "people": (("displacement",), ("idps_registered", "homes_lost_residents", "returnees_surveyed")),
    "reconstruction": (("reconstruction",), ("dream_projects", "dream_budget_uah", "objects_restored")),
    "claims": (("register",), ("claims_submitted", "claims_recorded")),
}
STEPS = {  # step: indicators that may fill it, the first one known is shown
    "damaged": (
        "buildings_damaged",
        "objects_damaged",
        "schools_damaged",
        "residential_damaged",
        "buildings_damaged_satellite",
        "buildings_damaged_radar",
    ),
    "documented": ("claim_objects_documented",),
    "in_projects": ("dream_projects", "projects_by_stage", "restoration_planned"),
    "funded": ("dream_funding_uah", "projects_funded_uah", "recovery_granted_uah"),
    "completed": ("objects_restored", "objects_restored_in_period"),
    "claim_ready": ("claim_objects_valued",),
}
MEMBERS_ONLY = ("documented", "claim_ready")  # nothing public fills these steps
SHOWN_MARK = re.compile(r'class="mark"[^>]*>\[(\w)\]')


@dataclass(frozen=True)
class Books:
    """What is known of a unit, by indicator, and the headline rows of the units above it."""

    own: dict[str, Known]
    above: tuple[tuple[str, unit.Rows], ...]


def books(view: View) -> Books:
    """What this reader may know of the unit, and rows of its oblast and the country."""
    headlines = partial(unit.headlines, audience=view.audience, release=view.release)
    above = [code for code in (data.oblast_of(view.area), data.COUNTRY) if code != view.area]
    found = known.told(view, _names(), view.area)
    return Books({one.indicator: one for one in found}, tuple((code, headlines(code)) for code in above))


def _names() -> list[str]:
    """All indicators of the ledgers, in the order of the registry."""
    topics = {topic for topics, _ in LEDGERS.values() for topic in topics}
    return [one.id for one in data.registry().values() if one.topic in topics]


def how_many(view: View) -> int:
    """How many indicators of any topic are known of the unit itself."""
    rows = unit.headlines(view.area, audience=view.audience, release=view.release)
    return len({name for name, category in rows if rows[name, category]["breakdown"] not in known.NOT_PARTS})


@kept_of_place
def side_by_side(view: View, on_cards: tuple[str, ...] = ()) -> Markup:
    """The four ledgers, the figure of the unit above beside each of its own, and the marks they use.

    `on_cards`: indicators whose details stand on a card of the page already.
    Folded where little is known of the unit itself: the cards above have said it.
    """
    stored = books(view)
    occupied = status_periods.status_now(view.area) == "temporarily_occupied"
    drawn = html.joined(_ledger(name, stored, occupied, view, on_cards) for name in LEDGERS)
    legend = html.marks_legend(SHOWN_MARK.findall(drawn), view.lang)
    ledgers = html.joined((tag("div", drawn, cls="ledgers"), legend))
    few = sum(one.anything for one in stored.own.values()) < FEW
    return html.joined(
        (
            html.NOTHING if few else tag("h2", say("ledger.title", view.lang)),
            html.note(say("ledger.occupied", view.lang) if occupied else ""),
            html.folded(say("known.folded", view.lang), ledgers) if few else ledgers,
        )
    )


def _ledger(name: str, stored: Books, occupied: bool, view: View, on_cards: tuple[str, ...] = ()) -> Markup:
    lang = view.lang
    topics, expected = LEDGERS[name]
    own = [one for key, one in stored.own.items() if one.anything and data.registry()[key].topic in topics]
    items = [_item(one, stored, view, one.indicator in on_cards) for one in own]
    missing = [stored.own.get(one) or Known(one, "") for one in expected if not _has(stored, one)]
    beside = {one.indicator: text for one in missing if (text := _beside((one.indicator, ""), stored, lang))}
    items += [_unknown(one, text, lang) for one, text in beside.items()]
    note = _missing(name, [one for one in missing if one.indicator not in beside], bool(missing) and not occupied, lang)
    head = tag("h3", say(f"ledger.name_{name}", lang))
    return tag("section", head, _list(items, lang), note, cls=f"ledger {name}")


def _has(stored: Books, name: str) -> bool:
    """Whether an indicator is known, or another that tells the same story."""
    record = known.STORIES.get(name, name)
    return any(one.anything for key in (name, record) if (one := stored.own.get(key)) is not None)


def _list(items: list[Markup], lang: str) -> Markup:
    first, rest = tag("ul", *items[:MOST_OPEN]), items[MOST_OPEN:]
    if not rest:
        return first
    return html.joined((first, html.folded(say("ledger.further", lang, count=len(rest)), tag("ul", *rest))))


def _item(one: Known, stored: Books, view: View, brief: bool) -> Markup:
    title = tag("h4", data.registry()[one.indicator].short[view.lang])
    above = _beside((one.indicator, one.first["category"]), stored, view.lang)
    return tag("li", title, card.figure(one, view.lang), above, card.rest(one, view, brief))


def _unknown(indicator: str, beside: Markup, lang: str) -> Markup:
    name = figure_text.title(indicator, "", lang, short=True)
    return tag("li", tag("h4", name), html.no_value(say("ledger.none", lang), lang), beside)


def _beside(key: tuple[str, str], stored: Books, lang: str) -> Markup:
    """The same figure of the nearest unit above that has one, with its own day and source."""
    for code, rows in stored.above:
        row = rows.get(key)
        if row is None or (code == data.COUNTRY and not _country_fits(key[0], row, stored)):
            continue
        told = html.joined((data.territory_name(code, lang), tag("strong", shown(row, lang))), ": ")
        parts = (told, figure_text.when(row, lang), html.source_link(row["source_id"], lang))
        return html.joined((tag("p", html.joined(parts, " · "), cls="above"), html.coverage(row, lang)))
    return html.NOTHING


def _country_fits(indicator: str, row: dict, stored: Books) -> bool:
    """The country stands beside a region, and beside smaller units in what is published of nothing smaller."""
    fits = len(stored.above) == 1 or data.registry()[indicator].levels == ("country",)
    return fits and row["coverage"] in WHOLE_COUNTRY


def _missing(name: str, unknown: list[Known], suppliable: bool, lang: str) -> Markup:
    """What is not published here, and who could supply it; RD4U's own reservation in the ledger of claims."""
    supply = say(f"ledger.supply_{name}", lang) if suppliable or name == "claims" else ""
    reserve = say("ledger.not_compensation", lang) if name == "claims" else ""
    return html.joined((card.missing(unknown, lang), html.note(" ".join(filter(None, (supply, reserve))))))


@kept_of_place
def steps(view: View) -> Markup:
    """Damage, projects, claims: each with its own figure, [x] where there is none; nothing flows on to the next."""
    found = {name: _first_known(view, indicators) for name, indicators in STEPS.items()}
    if not any(found.values()):
        return html.NOTHING
    items = [_step(name, one, view.lang) for name, one in found.items()]
    title, note = say("step.title", view.lang), html.note(say("step.note", view.lang))
    return html.joined((tag("h2", title), tag("ul", *items, cls="steps"), note))


def _first_known(view: View, indicators: tuple[str, ...]) -> Known | None:
    return next((one for one in known.told(view, indicators, view.area) if one.anything), None)


def _step(name: str, one: Known | None, lang: str) -> Markup:
    head = tag("h3", say(f"step.name_{name}", lang))
    if one is None:
        later = say("step.later", lang) if name in MEMBERS_ONLY else say("ledger.none", lang)
        return tag("li", head, html.no_value("", lang), tag("p", later, cls="meta"))
    row = one.first
    title = tag("p", figure_text.title(one.indicator, row["category"], lang, short=True), cls="meta")
    return tag("li", head, tag("p", shown(row, lang), cls="value"), title, html.dated(row, lang))
