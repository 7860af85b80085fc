"""Rules between the cells of one movement. Yields (column, what is wrong)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from data_access import codes
from data_access.pipeline.records.rules import MOST_PEOPLE, ids, past
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Faults
from data_access.pipeline.sheet.known import Known

MOST_PERSONS_A_SUBSCRIBER = 20


def movement_lists(_connection: Connection) -> Mapping[str, Iterable[str]]:
    """Returns the kinds of movements."""
    return {"movement_kind": codes.MOVEMENT_KINDS}


def movement_faults(texts: Mapping[str, str], known: Known, _comma: bool) -> Faults:
    """Between hromadas or regions, in a month that has begun, of no more persons than a subscriber may stand for."""
    for column in ("origin", "destination"):
        level = known.levels[texts[column]]
        if level not in ("hromada", "region"):
            yield column, f"{texts[column]} is a {level}; movements are between communities or regions"
    if texts["kind"] != "commuting" and texts["origin"] == texts["destination"]:
        yield "destination", f"is the same place as the origin; {texts['kind']} leads from one place to another"
    last_day = cell_text.month_end(cell_text.given_day(f"{texts['period']}-01"))
    yield from past("period", last_day, until=cell_text.month_end(date.today()))
    yield from _grossed_up(int(texts["subscribers"]), int(texts["persons"]))
    yield from ids(texts, "cohort")


def _grossed_up(subscribers: int, persons: int) -> Faults:
    if persons < subscribers:
        yield "persons", f"{persons} is fewer than the {subscribers} subscribers; each stands for one person or more"
    elif persons > MOST_PERSONS_A_SUBSCRIBER * subscribers:
        times = f"{MOST_PERSONS_A_SUBSCRIBER} times the {subscribers} subscribers"
        yield "persons", f"{persons} is more than {times}; check how it was grossed up"
    elif persons > MOST_PEOPLE:
        yield "persons", f"{persons} is more than the population of Ukraine; check the number"
