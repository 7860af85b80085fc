"""Four ledgers of a unit side by side (damage, people, reconstruction, claims) and the steps from damage to claim."""

import re
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from dashboard import data
from dashboard.answers import status_periods, unit
from dashboard.language import figure_text
from dashboard.language.words import say
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing_of_place
from dashboard.parts.cards import WHOLE_COUNTRY
from dashboard.parts.html import tag
from dashboard.view import View

MOST_OPEN = 4  # figures of a ledger; the rest is folded
MOST_CATEGORIES = 3  # shown of an indicator that has no total here
TELLING = ("producer", "period_end", "value", "unit")
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
    """What is stored of a unit and of the units above it: headline rows, and all rows of its own."""

    own: unit.Rows
    above: tuple[tuple[str, unit.Rows], ...]
    cells: tuple[dict, ...]


def books(view: View) -> Books:
    """Rows of the unit, its oblast and the country, as this reader may see them."""
    headlines = partial(unit.headlines, audience=view.audience, release=view.release)
    above = [code for code in (data.oblast_of(view.area), data.COUNTRY) if code != view.area]
    cells = unit.cells(view.area, audience=view.audience, release=view.release)
    cells = cells[cells["breakdown"] != "territory_status"]
    rows = tuple((code, headlines(code)) for code in above)
    return Books(headlines(view.area), rows, tuple(cells.to_dict("records")))


@cached_drawing_of_place
def side_by_side(view: View) -> None:
    """The four ledgers, the figure of the unit above beside each of its own, and the marks they use."""
    stored = books(view)
    occupied = status_periods.status_now(view.area) == "temporarily_occupied"
    drawn = html.joined(_ledger(name, stored, occupied, view.lang) for name in LEDGERS)
    block(
        tag("h2", say("ledger.title", view.lang)),
        html.note(say("ledger.occupied", view.lang) if occupied else ""),
        tag("div", drawn, cls="ledgers"),
        html.marks_legend(SHOWN_MARK.findall(drawn), view.lang),
    )


def _ledger(name: str, stored: Books, occupied: bool, lang: str) -> Markup:
    topics, expected = LEDGERS[name]
    items = [
        _item(key, row, stored, lang)
        for indicator in data.registry().values()
        if indicator.topic in topics
        for key, row in found(stored.own, indicator.id)
    ]
    missing = [one for one in expected if not found(stored.own, one)]
    beside = {one: text for one in missing if (text := _beside((one, ""), stored, lang))}
    items += [_unknown(one, text, lang) for one, text in beside.items()]
    note = _missing(name, [one for one in missing if one not in beside], bool(missing) and not occupied, lang)
    head = tag("h3", say(f"ledger.name_{name}", lang))
    return tag("section", head, _list(items, lang), note, cls=f"ledger {name}")


def _list(items: list[Markup], lang: str) -> Markup:
    first, rest = tag("ul", *items[:MOST_OPEN]), items[MOST_OPEN:]
    if not rest:
        return first
    return html.joined((first, html.folded(say("ledger.further", lang, count=len(rest)), tag("ul", *rest))))


def found(rows: unit.Rows, indicator: str) -> list[tuple[tuple[str, str], dict]]:
    """Headline rows of an indicator: its total, else its first categories."""
    if (indicator, "") in rows:
        return [((indicator, ""), rows[indicator, ""])]
    parts = [(key, row) for key, row in rows.items() if key[0] == indicator and row["status"] != "z"]
    return parts[:MOST_CATEGORIES]


def _item(key: tuple[str, str], row: dict, stored: Books, lang: str) -> Markup:
    indicator = data.registry()[key[0]]
    others = [one for one in stored.cells if (one["indicator"], one["category"]) == key]
    others = [one for one in _distinct(others) if any(one[part] != row[part] for part in TELLING)]
    return tag(
        "li",
        tag("h4", figure_text.title(*key, lang, short=True)),
        html.figure(_value(row, lang), row, lang),
        _beside(key, stored, lang),
        html.more(others, lang),
        html.about(indicator, lang, str(row["note_" + lang])),
    )


def _unknown(indicator: str, beside: Markup, lang: str) -> Markup:
    name = figure_text.title(indicator, "", lang, short=True)
    return tag("li", tag("h4", name), html.no_value(say("ledger.none", lang), lang), beside)


def _value(row: dict, lang: str) -> Markup:
    if figure_text.unknown(row["value"]):
        return html.abbreviation(figure_text.mark(row), lang)
    return html.value(row, lang)


def _distinct(rows: list[dict]) -> list[dict]:
    """Each published value once, the newest first."""
    newest = sorted(rows, key=lambda row: (row["period_end"], row["published_on"]), reverse=True)
    return list({tuple(row[part] for part in TELLING): row for row in reversed(newest)}.values())[::-1]


def _beside(key: tuple[str, str], stored: Books, lang: str) -> Markup:
    """The same figure of the nearest unit above that has one, with its own day and source."""
    for code, rows in stored.above:
        row = rows.get(key)
        if row is None or (code == data.COUNTRY and not _country_fits(key[0], row, stored)):
            continue
        told = html.joined((data.territory_name(code, lang), tag("strong", _value(row, lang))), ": ")
        parts = (told, figure_text.when(row, lang), html.source_link(row["source_id"], lang))
        return html.joined((tag("p", html.joined(parts, " · "), cls="above"), html.coverage(row, lang)))
    return html.NOTHING


def _country_fits(indicator: str, row: dict, stored: Books) -> bool:
    """The country stands beside a region, and beside smaller units in what is published of nothing smaller."""
    fits = len(stored.above) == 1 or data.registry()[indicator].levels == ("country",)
    return fits and row["coverage"] in WHOLE_COUNTRY


def _missing(name: str, unknown: list[str], suppliable: bool, lang: str) -> Markup:
    """What is not published, and who could supply it; RD4U's own reservation in the ledger of claims."""
    names = ", ".join(figure_text.title(one, "", lang, short=True) for one in unknown)
    told = say("answer.missing", lang, names=names) if names else ""
    supply = say(f"ledger.supply_{name}", lang) if suppliable or name == "claims" else ""
    reserve = say("ledger.not_compensation", lang) if name == "claims" else ""
    return tag("p", " ".join(part for part in (told, supply, reserve) if part), cls="note")


@cached_drawing_of_place
def steps(view: View) -> None:
    """From damage to claim: each step's own published figure, [x] where there is none; nothing is subtracted."""
    lang, rows = view.lang, unit.headlines(view.area, audience=view.audience, release=view.release)
    items = [_step(name, indicators, rows, lang) for name, indicators in STEPS.items()]
    block(tag("h2", say("step.title", lang)), tag("ol", *items, cls="steps"), html.note(say("step.note", lang)))


def _step(name: str, indicators: tuple[str, ...], rows: unit.Rows, lang: str) -> Markup:
    known = next((first[0] for one in indicators if (first := found(rows, one))), None)
    head = tag("h3", say(f"step.name_{name}", lang))
    if known is None:
        later = say("step.later", lang) if name in MEMBERS_ONLY else say("ledger.none", lang)
        return tag("li", head, html.no_value("", lang), tag("p", later, cls="meta"))
    key, row = known
    title = figure_text.title(*key, lang, short=True)
    return tag("li", head, html.figure(_value(row, lang), row, lang, title))
