"""Rules between the cells of one row, for each kind: what must fit together. Yields (column, what is wrong)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from data_access.codes import MARKS_WITHOUT_VALUE
from data_access.pipeline.records.rules import aid_faults, claim_faults, movement_faults
from data_access.pipeline.sheet import cell_text
from data_access.territorial_status import FULL_SCALE_INVASION

Faults = Iterator[tuple[str, str]]
EARLIEST = date(1991, 8, 24)  # independence: no figure of ours is older
WAR_BEGAN = {"day": FULL_SCALE_INVASION, "month": date(2022, 2, 1), "year": date(2022, 1, 1)}  # in whole periods
NOT_COUNTED = {  # units that may have fractions, and the largest figure that can be true
    "percent": 100,  # each is a share
    "usd": 2e12,  # ten times what the country produced in 2021; the largest published need is 0.6e12
    "uah": 1e14,
    "persons_per_km2": 50_000,
    "km": 1e6,  # there are 170,000 km of roads
    "months": 1200,
}
MOST_COUNTED = 43_600_000  # residents on 01.01.2022: 41.2 million, and 2.4 million in Crimea and Sevastopol, not in it
TIMES_POPULATION = 2  # the largest published share is 0.35: returnees in Kyiv Oblast
CODE_SIZES = {"country": 2, "region": 4, "raion": 6, "hromada": 9}
PARENT_SIZES = {9: 6, 6: 4, 4: 2, 2: 2}


def no_rules(_texts: Mapping[str, str], _known, _comma: bool) -> Faults:
    """For kinds whose cells stand alone."""
    yield from ()


def territory_faults(texts: Mapping[str, str], _known, comma: bool) -> Faults:
    """The code fits the level, the KATOTTG code continues it, the place lies in or near Ukraine."""
    code, level = texts["code"], texts["level"]
    if not re.fullmatch(r"UA\d*", code) or len(code) != CODE_SIZES[level]:
        yield "code", f"{code!r} is not the P-code of a {level} (UA and {CODE_SIZES[level] - 2} digits)"
    if (level == "country") == bool(texts["parent_code"]):
        yield "parent_code", "every unit has one, and only the country has none"
    if texts["katottg"] and not re.fullmatch(re.escape(code) + r"\d+", texts["katottg"]):
        yield "katottg", f"{texts['katottg']!r} does not begin with the code {code}"
    for column, low, high in (("lat", 44, 53), ("lon", 22, 41), ("area_km2", 0, 700_000)):
        found = cell_text.number(texts[column], decimal_comma=comma)
        if found is not None and not low <= found <= high:
            yield column, f"{texts[column]} is outside {low} to {high}"


def period_faults(texts: Mapping[str, str], _known, _comma: bool) -> Faults:
    """Periods of territorial status run forwards, and begin before the list's edition."""
    start, end = cell_text.day(texts["start_on"]), cell_text.day(texts["end_on"])
    if end and end < start:
        yield "end_on", f"{end} is before the start {start}; check both days"
    if start > cell_text.day(texts["edition"]):
        yield "start_on", f"{start} is after the edition of the list; check both days"
    if texts["unit_kind"] in ("settlement", "hromada") and not texts["hromada_code"] and len(texts["code"]) == 9:
        yield "hromada_code", "is empty; a settlement or hromada names its hromada"


def value_faults(texts: Mapping[str, str], known, comma: bool) -> Faults:
    """A published value: period, mark, level, breakdown, notes."""
    yield from _period(texts, known)
    yield from _mark(texts, comma)
    yield from _size(texts, known, comma)
    yield from _place_and_breakdown(texts, known)
    if bool(texts["note_uk"]) != bool(texts["note_en"]):
        yield ("note_en" if texts["note_uk"] else "note_uk"), "is empty; a note stands in both languages or in none"


def _period(texts: Mapping[str, str], known) -> Faults:
    start, end = cell_text.day(texts["period_start"]), cell_text.day(texts["period_end"])
    if end < start:
        yield "period_end", f"{end} is before period_start {start}"
    if known.indicators[texts["indicator"]].topic == "context" and start < EARLIEST:
        yield "period_start", f"{start} is before {EARLIEST}; check the year"
    elif known.indicators[texts["indicator"]].topic != "context" and start < WAR_BEGAN[texts["precision"]]:
        yield "period_start", f"{start} is before 24.02.2022, when the full-scale invasion began; check the year"
    if end > date.today():
        yield "period_end", f"{end} is in the future; a figure speaks of a day that has passed"
    if known.indicators[texts["indicator"]].kind == "stock" and start != end:
        yield "period_start", "differs from period_end; a stock has one day, written in both"
    if texts["precision"] == "month" and end != cell_text.month_end(end):
        yield "period_end", f"{end} is not the last day of its month, which precision month asks for"
    if texts["precision"] == "year" and (end.month, end.day) != (12, 31):
        yield "period_end", f"{end} is not 31 December, which precision year asks for"


def _mark(texts: Mapping[str, str], comma: bool) -> Faults:
    found, mark = cell_text.number(texts["value"], decimal_comma=comma), texts["status"]
    if found is None and mark not in MARKS_WITHOUT_VALUE:
        yield "value", f"is empty; give it, or one of the marks {', '.join(MARKS_WITHOUT_VALUE)} in status"
    if found is not None and mark in MARKS_WITHOUT_VALUE:
        yield "value", f"stands beside the mark {mark!r}, which says that there is none; keep one of them"


def _size(texts: Mapping[str, str], known, comma: bool) -> Faults:
    """Counts are whole and fit the place; shares and money have bounds of their own."""
    found, unit = cell_text.number(texts["value"], decimal_comma=comma), texts["unit"]
    if found is None:
        return
    if found < 0:
        yield "value", f"{texts['value']} is negative; write 0 or more"
    elif unit in NOT_COUNTED and found > NOT_COUNTED[unit]:
        yield "value", f"{texts['value']} is more than {NOT_COUNTED[unit]:,.0f} {unit}; check the number and the unit"
    elif unit not in NOT_COUNTED and not found.is_integer():
        yield "value", f"{texts['value']} is not whole; {unit} are counted, write a whole number"
    elif unit not in NOT_COUNTED:
        place = texts["territory_code"]
        too_many = count_fault(
            found, place[: PARENT_SIZES.get(len(place))] if texts["indicator"] == "population" else place, known
        )
        if too_many:
            yield "value", f"{texts['value']} {too_many}"


def count_fault(found: float, place: str, known) -> str:
    """Why so many persons, families or objects cannot be in a place (P-code), else ''.

    A place whose population is not known is held against that of the unit it lies in, at last the country.
    """
    around = (place[:size] for size in (9, 6, 4) if len(place) >= size)
    unit = next((code for code in around if known.population.get(code)), "")
    if unit and found > TIMES_POPULATION * known.population[unit]:
        residents = f"{known.population[unit]:,.0f}"
        return f"is more than twice the population of {unit}, {residents} in 2022; check the number and the place"
    if found > MOST_COUNTED:
        return f"is more than the population of Ukraine, {MOST_COUNTED:,} in 2022; check the number"
    return ""


def _place_and_breakdown(texts: Mapping[str, str], known) -> Faults:
    record = known.indicators[texts["indicator"]]
    level = known.levels[texts["territory_code"]]
    if level not in record.levels:
        yield "territory_code", f"{texts['territory_code']} is a {level}; {record.id} knows {', '.join(record.levels)}"
    if bool(texts["breakdown"]) != bool(texts["category"]):
        yield "category", "breakdown and category stand together or not at all"
    elif texts["breakdown"] and texts["category"] not in record.breakdowns.get(texts["breakdown"], ()):
        yield "category", f"{texts['breakdown']}/{texts['category']} is not a breakdown of {record.id}"


def member_faults(texts: Mapping[str, str], known, _comma: bool) -> Faults:
    """Hromadas and the two cities that have none are members, from a day that has come."""
    level = known.levels[texts["code"]]
    if level != "hromada" and texts["code"] not in ("UA80", "UA85"):
        yield "code", f"{texts['code']} is a {level}; members are hromadas"
    if texts["since"] and cell_text.day(texts["since"]) > date.today():
        yield "since", f"{texts['since']} is in the future"


def category_faults(texts: Mapping[str, str], known, _comma: bool) -> Faults:
    """The code begins with its group, its state is not older than its being seen, its sources are loaded."""
    if texts["claimant_group"] not in ("A", "B", "C"):
        yield "claimant_group", f"{texts['claimant_group']!r} is not one of A, B, C"
    if not re.fullmatch(r"[ABC][0-9]{1,2}(\.[0-9]{1,2})?", texts["code"]):
        yield "code", f"{texts['code']!r} is not the code of a category, as A3.1"
    elif texts["code"][0] != texts["claimant_group"]:
        yield "claimant_group", f"{texts['claimant_group']!r} does not begin the code {texts['code']}"
    if texts["since"] > str(cell_text.day(texts["seen_on"])):
        yield "since", f"{texts['since']} is after the day on which it was seen"
    for source_id in texts["source_ids"].split():
        if source_id not in known.lists["source"]:
            yield "source_ids", f"{source_id[:60]!r} is not a known source; check the code or load it first"


RULES = {
    "territories": territory_faults,
    "territory-status": period_faults,
    "members": member_faults,
    "register-categories": category_faults,
    "published-values": value_faults,
    "movements": movement_faults,
    "aid": aid_faults,
    "claims": claim_faults,
}
