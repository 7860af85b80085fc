"""Rules between the cells of one row of published values: what must fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from data_access.codes import MARKS, MARKS_WITHOUT_VALUE, PRECISIONS
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Faults
from data_access.pipeline.sheet.known import Known
from data_access.territorial_status import FULL_SCALE_INVASION

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
PARENT_SIZES = {9: 6, 6: 4, 4: 2, 2: 2}


def value_lists(_connection: Connection) -> Mapping[str, Iterable[str]]:
    """Returns the precisions of a period, and the marks of figures that are not plain."""
    return {"precision": PRECISIONS, "mark": [mark for mark in MARKS if mark]}


def value_faults(texts: Mapping[str, str], known: Known, comma: bool) -> Faults:
    """A published value: period, mark, level, breakdown, notes."""
    yield from _period(texts, known)
    yield from _mark(texts, comma)
    yield from _size(texts, known, comma)
    yield from _place_and_breakdown(texts, known)
    if bool(texts["note_uk"]) != bool(texts["note_en"]):
        yield ("note_en" if texts["note_uk"] else "note_uk"), "is empty; a note stands in both languages or in none"


def _period(texts: Mapping[str, str], known: Known) -> Faults:
    start, end = cell_text.given_day(texts["period_start"]), cell_text.given_day(texts["period_end"])
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


def _size(texts: Mapping[str, str], known: Known, comma: bool) -> Faults:
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


def count_fault(found: float, place: str, known: Known) -> str:
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


def _place_and_breakdown(texts: Mapping[str, str], known: Known) -> Faults:
    record = known.indicators[texts["indicator"]]
    level = known.levels[texts["territory_code"]]
    if level not in record.levels:
        yield "territory_code", f"{texts['territory_code']} is a {level}; {record.id} knows {', '.join(record.levels)}"
    if bool(texts["breakdown"]) != bool(texts["category"]):
        yield "category", "breakdown and category stand together or not at all"
    elif texts["breakdown"] and texts["category"] not in record.breakdowns.get(texts["breakdown"], ()):
        yield "category", f"{texts['breakdown']}/{texts['category']} is not a breakdown of {record.id}"
