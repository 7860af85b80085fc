"""Where a project is: the smallest unit that holds all the places that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from data_access.pipeline.sheet.faults import Fault, RejectedFile
from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.table_file import Sheet

COUNTRY = "UA"
PLACE = re.compile(r"UA(\d{17}|\d{7}|\d{4}|\d{2})", re.ASCII)


def in_their_places(sheet: Sheet, known: Known) -> Sheet:
    """The places that a project names as the smallest unit that holds them all. Raises RejectedFile."""
    rows, faults = [], []
    for number, texts in sheet.rows:
        found = {given: _unit(given, known) for given in texts["places"].split()}
        for given in (given for given, unit in found.items() if not unit):
            what = f"{given[:40]!r} is not a known KATOTTG code or P-code; check the code or load the territories"
            faults.append(Fault(sheet.file, 0, "", what, at=f"project {texts['project_id']!r}, locations"))
        rows.append((number, texts | {"places": _common(set(found.values()) - {""}, known)}))
    if faults:
        raise RejectedFile(faults)
    return replace(sheet, rows=rows)


def _unit(given: str, known: Known) -> str:
    """P-code of the hromada (of a settlement as well), else of the region, else ''."""
    if not PLACE.fullmatch(given):
        return ""
    code = known.places.get(given, given)
    own = ((9, code[6:9]), (6, code[4:6]), (4, code[2:4]), (2, code[:2]))  # UA8000…: Kyiv has no hromada
    smallest = next((size for size, digits in own if digits.strip("0")), 0)
    unit = code[:smallest] if code[:smallest] in known.levels else ""
    return unit[:4] if known.levels.get(unit) == "raion" else unit


def _common(units: Iterable[str], known: Known) -> str:
    """One unit itself; several of one region as that region; those of several regions, and none at all: the country."""
    units = set(units)
    regions = {unit[:4] for unit in units}
    if len(units) == 1:
        return units.pop()
    return regions.pop() if len(regions) == 1 else COUNTRY
