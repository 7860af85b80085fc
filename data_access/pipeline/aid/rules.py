"""Rules between the cells of one record of aid. Yields (column, what is wrong)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from data_access import codes
from data_access.indicators import vocabulary
from data_access.pipeline.records.rules import MOST_PEOPLE, hromada, ids, past
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Faults
from data_access.pipeline.sheet.known import Known

LARGEST_AMOUNT = 1e14
UNIT = re.compile(r"[^\W\d_][\w²³ ,.()/’'-]{0,39}")
MONEY = re.compile(r"uah|usd|eur|грн\.?|гривн\w*|дол\w*\.?( США)?|євро|dollars?|hryvnias?", re.IGNORECASE)
AMOUNTS = ("requested", "pledged", "delivered")


def aid_lists(_connection: Connection) -> Mapping[str, Iterable[str]]:
    """Returns the kinds of aid, and the words for how far it is."""
    sectors = [category for category in vocabulary()["category"] if category.startswith("aid_")]
    return {"aid_sector": sectors, "aid_status": codes.AID_STATUSES}


def aid_faults(texts: Mapping[str, str], known: Known, comma: bool) -> Faults:
    """Amounts have a unit, what was delivered has its day, days run forwards, people are counted."""
    yield from hromada(texts, known)
    yield from ids(texts, "activity_id", "organisation", "organisation_kind", "item")
    yield from _days_of_aid(texts)
    yield from _amounts(texts, comma)
    if texts["people"] and int(texts["people"]) > MOST_PEOPLE:
        yield "people", f"{texts['people']} is more than the population of Ukraine; check the number"


def _days_of_aid(texts: Mapping[str, str]) -> Faults:
    start = cell_text.given_day(texts["start_on"])
    end, delivered_on = cell_text.day(texts["end_on"]), cell_text.day(texts["delivered_on"])
    planned = date(date.today().year + 10, 12, 31) if texts["status"] == "planned" else None
    yield from past("start_on", start, until=planned)
    if end and end < start:
        yield "end_on", f"{end} is before the start {start}; check both days"
    if bool(texts["delivered"]) != bool(delivered_on):
        column, other = ("delivered_on", "delivered") if texts["delivered"] else ("delivered", "delivered_on")
        yield column, f"is empty beside {other}; what was delivered has an amount and a day"
    if delivered_on:
        yield from past("delivered_on", delivered_on)


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
