"""Rules between the cells of one row of a list. Each yields (column, what is wrong)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from data_access.codes import CITIES
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Faults
from data_access.pipeline.sheet.known import Known

CODE_SIZES = {"country": 2, "region": 4, "raion": 6, "hromada": 9}


def territory_faults(texts: Mapping[str, str], _known: Known, comma: bool) -> Faults:
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


def period_faults(texts: Mapping[str, str], _known: Known, _comma: bool) -> Faults:
    """Periods of territorial status run forwards, and begin before the list's edition."""
    start, end = cell_text.given_day(texts["start_on"]), cell_text.day(texts["end_on"])
    if end and end < start:
        yield "end_on", f"{end} is before the start {start}; check both days"
    if start > cell_text.given_day(texts["edition"]):
        yield "start_on", f"{start} is after the edition of the list; check both days"
    if texts["unit_kind"] in ("settlement", "hromada") and not texts["hromada_code"] and len(texts["code"]) == 9:
        yield "hromada_code", "is empty; a settlement or community names its community"


def member_faults(texts: Mapping[str, str], known: Known, _comma: bool) -> Faults:
    """Hromadas and the two cities that have none are members, from a day that has come."""
    level = known.levels[texts["code"]]
    if level != "hromada" and texts["code"] not in CITIES:
        yield "code", f"{texts['code']} is a {level}; members are hromadas"
    if texts["since"] and cell_text.given_day(texts["since"]) > date.today():
        yield "since", f"{texts['since']} is in the future"


def category_faults(texts: Mapping[str, str], known: Known, _comma: bool) -> Faults:
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
