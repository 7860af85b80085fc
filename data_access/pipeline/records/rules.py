"""Rules between the cells of one row of movements, aid and claims. Yields (column, what is wrong)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from data_access.codes import CITIES
from data_access.pipeline.records.kinds import CLAIM_STEPS
from data_access.pipeline.sheet import cell_text
from data_access.territorial_status import FULL_SCALE_INVASION

Faults = Iterator[tuple[str, str]]
MOST_PERSONS_A_SUBSCRIBER = 20
MOST_PEOPLE = 43_600_000  # residents on 01.01.2022
LARGEST_AMOUNT = 1e14
LONGEST = {"activity_id": 96, "cohort": 64, "organisation_kind": 32}
UNIT = re.compile(r"[^\W\d_][\w²³ ,.()/’'-]{0,39}")
MONEY = re.compile(r"uah|usd|eur|грн\.?|гривн\w*|дол\w*\.?( США)?|євро|dollars?|hryvnias?", re.IGNORECASE)
CATEGORY = re.compile(r"[ABC][0-9]{1,2}(\.[0-9]{1,2})?")
AMOUNTS = ("requested", "pledged", "delivered")


def movement_faults(texts: Mapping[str, str], known, _comma: bool) -> Faults:
    """Between hromadas or regions, in a month that has begun, of no more persons than a subscriber may stand for."""
    for column in ("origin", "destination"):
        level = known.levels[texts[column]]
        if level not in ("hromada", "region"):
            yield column, f"{texts[column]} is a {level}; movements are between hromadas or regions"
    if texts["kind"] != "commuting" and texts["origin"] == texts["destination"]:
        yield "destination", f"is the same place as the origin; {texts['kind']} leads from one place to another"
    today = date.today()
    yield from _past("period", cell_text.month_end(cell_text.month(texts["period"])), until=cell_text.month_end(today))
    yield from _grossed_up(int(texts["subscribers"]), int(texts["persons"]))
    yield from _ids(texts, "cohort")


def _grossed_up(subscribers: int, persons: int) -> Faults:
    if persons < subscribers:
        yield "persons", f"{persons} is fewer than the {subscribers} subscribers; each stands for one person or more"
    elif persons > MOST_PERSONS_A_SUBSCRIBER * subscribers:
        times = f"{MOST_PERSONS_A_SUBSCRIBER} times the {subscribers} subscribers"
        yield "persons", f"{persons} is more than {times}; check how it was grossed up"
    elif persons > MOST_PEOPLE:
        yield "persons", f"{persons} is more than the population of Ukraine; check the number"


def aid_faults(texts: Mapping[str, str], known, comma: bool) -> Faults:
    """Amounts have a unit, what was delivered has its day, days run forwards, people are counted."""
    yield from _hromada(texts, known)
    yield from _ids(texts, "activity_id", "organisation", "organisation_kind", "item")
    yield from _days_of_aid(texts)
    yield from _amounts(texts, comma)
    if texts["people"] and int(texts["people"]) > MOST_PEOPLE:
        yield "people", f"{texts['people']} is more than the population of Ukraine; check the number"


def _days_of_aid(texts: Mapping[str, str]) -> Faults:
    start, end, delivered_on = (cell_text.day(texts[name]) for name in ("start_on", "end_on", "delivered_on"))
    planned = date(date.today().year + 10, 12, 31) if texts["status"] == "planned" else None
    yield from _past("start_on", start, until=planned)
    if end and end < start:
        yield "end_on", f"{end} is before the start {start}; check both days"
    if bool(texts["delivered"]) != bool(delivered_on):
        column, other = ("delivered_on", "delivered") if texts["delivered"] else ("delivered", "delivered_on")
        yield column, f"is empty beside {other}; what was delivered has an amount and a day"
    if delivered_on:
        yield from _past("delivered_on", delivered_on)


def _amounts(texts: Mapping[str, str], comma: bool) -> Faults:
    for name in AMOUNTS:
        amount = cell_text.number(texts[name], decimal_comma=comma)
        if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
            yield name, f"{texts[name]} is not between 0 and {LARGEST_AMOUNT:,.0f}; check the amount and its unit"
    if any(texts[name] for name in AMOUNTS) and not texts["unit"]:
        yield "unit", "is empty beside amounts; write uah, usd or what the items are counted in"
    if texts["unit"] and not UNIT.fullmatch(texts["unit"]):
        yield "unit", "is not a unit; write uah, usd or a few words at most, as kits"
    elif MONEY.fullmatch(texts["unit"]) and texts["unit"] not in ("uah", "usd"):
        yield "unit", f"{texts['unit']!r} is money; write uah or usd"


def claim_faults(texts: Mapping[str, str], known, _comma: bool) -> Faults:
    """Of a hromada and a category of legal entities or the state, each step holding the one after it."""
    yield from _hromada(texts, known)
    yield from _past("as_of", cell_text.day(texts["as_of"]))
    yield from _category(texts["category"], known.lists.get("register_category", ()))
    counts = {name: int(texts[name]) for name in CLAIM_STEPS if texts.get(name)}
    if not counts:
        yield CLAIM_STEPS[0], f"is empty, and so are the others; give at least one of {', '.join(CLAIM_STEPS)}"
    for (before, most), (name, count) in pairwise(counts.items()):
        if count > most:
            yield name, f"{count} is more than the {most} {before}; what is {name} has been {before} before"
    for name, count in counts.items():
        if count > MOST_PEOPLE:
            yield name, f"{count} is more than there are people in Ukraine; check the number"


def _category(category: str, listed) -> Faults:
    """B or C, and of the loaded list where there is one."""
    if not CATEGORY.fullmatch(category):
        yield "category", "is not a category B or C of the Register of Damage; write it as B1.2"
    elif category[0] == "A":
        yield "category", f"{category} is a category of persons, of which only published totals are kept; leave it out"
    elif any(code[0] != "A" for code in listed) and category not in listed:
        yield "category", f"{category} is not a known category; check it or load it with the register-categories"


def _hromada(texts: Mapping[str, str], known) -> Faults:
    place = texts["community"]
    if known.levels[place] != "hromada" and place not in CITIES:
        what = f"{place} is a {known.levels[place]}"
        yield "community", f"{what}; write the code of a hromada (of Kyiv UA80, of Sevastopol UA85)"


def _ids(texts: Mapping[str, str], *columns: str) -> Faults:
    for column in columns:
        if len(texts[column]) > LONGEST.get(column, 1000):
            yield column, f"is longer than {LONGEST.get(column, 1000)} signs; shorten it"


def _past(column: str, day: date, *, until: date | None = None) -> Faults:
    """Since the full-scale invasion and not later than today, or another day."""
    if day < FULL_SCALE_INVASION:
        yield column, f"{day} is before 24.02.2022, when the full-scale invasion began; check the year"
    elif day > (until or date.today()):
        yield column, f"{day} is in the future; check the year"
