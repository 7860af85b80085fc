"""The list under order 376 in the layout in which it circulates, recognised by its header, or in our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.faults import Fault, RejectedFile, refuse_personal
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.report import counted
from data_access.pipeline.sheet.table_file import Sheet, read_sheet

RECOGNISED_BY = {"katottg_category", "list_edition"}  # either: our own layout has none of them
CALLED = {
    "unit_katottg": "katottg",
    "unit_name_uk": "name_in_list_uk",
    "status": "status",
    "scope": "scope",
    "start_on": "start_date",
    "end_on": "end_date",
    "edition": "list_edition",
    "source_id": "source_id",
}
MADE_FROM = {"code": "katottg", "unit_kind": "katottg_category", "hromada_code": "hromada_katottg"}
KINDS_OF_UNITS = {"O": "region", "K": "region", "P": "raion", "H": "hromada"}
KINDS_OF_UNITS |= dict.fromkeys("MXCTB", "settlement")  # city, two kinds of settlement, village, district of a city
CODE_SIZES = {"region": 4, "raion": 6, "hromada": 9}
SHOWN = 5
KATOTTG = re.compile(r"UA[0-9]{17}")
APOSTROPHES = str.maketrans("'`ʼ‘", "’’’’")


def read_territory_status(kind: Kind, path: Path) -> Parts:
    """An edition of the list. Raises RejectedFile."""
    sheet = read_sheet(path)
    sheet = _tidied(sheet) if RECOGNISED_BY & set(sheet.columns) else sheet
    return [(kind, replace(sheet, remarks=tuple(_ends_to_come(sheet))))]


def _ends_to_come(sheet: Sheet) -> Iterator[str]:
    """A remark where periods end after the edition's own day: figures will change on that day without a new list."""
    found = []
    for _, texts in sheet.rows:
        end, edition = (cell_text.day(texts.get(name, "")) for name in ("end_on", "edition"))
        if end and edition and end > edition:
            found.append(f"{texts.get('unit_katottg')} on {end}")
    if found:
        verb, more = "ends" if len(found) == 1 else "end", ", …" if len(found) > SHOWN else ""
        listed = ", ".join(found[:SHOWN])
        yield f"{counted(len(found), 'period')} {verb} after the day of the edition ({listed}{more}); check the list"


def _tidied(sheet: Sheet) -> Sheet:
    """The circulating layout as our own; columns that ours does not know are left out."""
    needed = [*CALLED.values(), *MADE_FROM.values()]
    refuse_personal(sheet.file, sheet.columns, needed)
    missing = [name for name in dict.fromkeys(needed) if name not in sheet.columns]
    faults = [Fault(sheet.file, 1, name, "the column is missing; the list under order 376 has it") for name in missing]
    faults = faults or [fault for number, texts in sheet.rows for fault in _faults(sheet.file, number, texts)]
    if faults:
        raise RejectedFile(faults)
    rows = [(number, _tidy_row(texts)) for number, texts in sheet.rows]
    return replace(sheet, columns=(*CALLED, *MADE_FROM), rows=rows, called=CALLED | MADE_FROM)


def _faults(file: str, number: int, texts: dict[str, str]) -> list[Fault]:
    """What keeps the codes of a row from being read."""
    found = []
    for column in ("katottg", "hromada_katottg"):
        given = texts[column]
        if not KATOTTG.fullmatch(given) and (given or column == "katottg"):
            what = f"{given[:40]!r} is not a KATOTTG code (UA and 17 digits, in Latin letters)"
            found.append(Fault(file, number, column, what))
    if texts["katottg_category"] not in KINDS_OF_UNITS:
        what = f"{texts['katottg_category'][:40]!r} is not one of {', '.join(KINDS_OF_UNITS)}"
        found.append(Fault(file, number, "katottg_category", what))
    if texts.get("pcode") and not texts["katottg"].startswith(texts["pcode"]):
        what = f"{texts['pcode'][:40]!r} is not the beginning of {texts['katottg'][:40]}; check both codes"
        found.append(Fault(file, number, "pcode", what))
    return found


def _tidy_row(texts: dict[str, str]) -> dict[str, str]:
    """A settlement is looked up under its hromada; one of the exclusion zone, which has none, under its region."""
    row = {ours: texts[theirs] for ours, theirs in CALLED.items()}
    kind = KINDS_OF_UNITS[texts["katottg_category"]]
    hromada = texts["hromada_katottg"][:9] if kind in ("settlement", "hromada") else ""
    hromada = "" if hromada[6:] == "000" else hromada
    code = texts["katottg"][: CODE_SIZES[kind]] if kind in CODE_SIZES else hromada or texts["katottg"][:4]
    name = row["unit_name_uk"].translate(APOSTROPHES)
    return row | {"unit_name_uk": name, "code": code, "unit_kind": kind, "hromada_code": hromada}
