"""Which units a file of boundaries outlines: those of one level are taken; missing and unknown ones are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from data_access.codes import CITIES
from data_access.pipeline.sheet.faults import rejected
from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.report import counted
from data_access.pipeline.sheet.table_file import Sheet

LEVELS = ("raion", "hromada")
SHOWN = 12


def of_one_level(sheet: Sheet, known: Known) -> Sheet:
    """The known units of the file's level under their P-codes, with remarks on all others. Raises RejectedFile."""
    codes = {texts["code"]: known.places.get(texts["code"], "") for _, texts in sheet.rows}
    levels = Counter(known.levels[code] for code in codes.values() if code and code not in CITIES)
    level = max(levels, key=levels.__getitem__, default="")
    if level not in LEVELS:
        what = "holds no known raion or community; give each feature its P-code or KATOTTG, and load territories first"
        raise rejected(sheet.file, what)
    rows = [
        (number, texts | {"code": codes[texts["code"]]})
        for number, texts in sheet.rows
        if codes[texts["code"]] in CITIES or known.levels.get(codes[texts["code"]]) == level
    ]
    taken = {texts["code"] for _, texts in rows}
    remarks = (*sheet.remarks, *_others(codes, taken, level), *_missing(taken, level, known))
    return replace(sheet, rows=rows, remarks=remarks)


def _others(codes: dict[str, str], taken: set[str], level: str) -> Iterable[str]:
    unknown = [given for given, code in codes.items() if not code]
    if unknown:
        yield f"not known and left out: {counted(len(unknown), 'unit')} ({_listed(unknown)})."
    other = [given for given, code in codes.items() if code and code not in taken]
    if other:
        yield f"not of level {level} and left out: {counted(len(other), 'unit')} ({_listed(other)})."


def _missing(taken: set[str], level: str, known: Known) -> Iterable[str]:
    """Units of the level without an outline; a region of which none is there is told as one."""
    every = defaultdict(list)
    for code in sorted(code for code, its_level in known.levels.items() if its_level == level):
        every[code[:4]].append(code)
    absent = {region: [code for code in units if code not in taken] for region, units in every.items()}
    total, lacking = sum(map(len, every.values())), sum(map(len, absent.values()))
    if lacking:
        whole = [
            f"all of {region} ({len(units)})" for region, units in absent.items() if len(units) == len(every[region])
        ]
        single = [code for region, units in absent.items() if len(units) < len(every[region]) for code in units]
        named = "; ".join(filter(None, (", ".join(whole), _listed(single))))
        yield f"without an outline in this file: {lacking:,} of {counted(total, level)}: {named}."


def _listed(codes: list[str]) -> str:
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return ", ".join(repr(code[:40]) if not code.isascii() else code[:40] for code in codes[:SHOWN]) + more
