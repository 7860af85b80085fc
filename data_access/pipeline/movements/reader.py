"""Files of movements, each row of which says what its cohort is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from data_access.pipeline.sheet.faults import Fault, RejectedFile, refuse_personal
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.table_file import Sheet, read_sheet

COHORT = ("cohort", "cohort_uk", "cohort_en")


def read_movements(kind: Kind, path: Path) -> Parts:
    """The cohorts that the file tells of, and the movements. Raises RejectedFile."""
    (cohorts,) = kind.parts
    sheet = read_sheet(path)
    own = (*COHORT, *(column.name for column in kind.columns))
    refuse_personal(sheet.file, sheet.columns, own)
    missing = [name for name in COHORT if name not in sheet.columns]
    if missing:
        what = "the column is missing; a movements file needs it"
        raise RejectedFile([Fault(sheet.file, 1, name, what) for name in missing])
    texts_of: dict[str, tuple[int, dict[str, str]]] = {}
    faults = list(_cohort_faults(sheet, texts_of))
    if faults:
        raise RejectedFile(faults)
    columns = tuple(name for name in sheet.columns if name not in COHORT[1:])
    told = replace(sheet, columns=COHORT, rows=list(texts_of.values()) or sheet.rows)
    return [(cohorts, told), (kind, replace(sheet, columns=columns))]


def _cohort_faults(sheet: Sheet, texts_of: dict[str, tuple[int, dict[str, str]]]) -> Iterator[Fault]:
    """Fill the row that first tells of each cohort, and its texts; a later row may not say otherwise."""
    cohort_of: dict[str, tuple[int, str]] = {}
    for number, texts in sheet.rows:
        cohort, moved = texts["cohort"], texts.get("kind", "")
        if not cohort:
            continue  # the checks say so
        if cohort not in texts_of:
            texts_of[cohort] = number, {name: texts[name] for name in COHORT}
        if moved not in cohort_of:
            cohort_of[moved] = number, cohort
        first, told = texts_of[cohort]
        for name in COHORT[1:]:
            if texts[name] != told[name]:
                what = f"is another text than in row {first}, which has the same cohort; keep one of the two"
                yield Fault(sheet.file, number, name, what)
        first, usual = cohort_of[moved]
        if cohort != usual:
            what = f"is another cohort than in row {first}; a source counts each kind of movement with one cohort"
            yield Fault(sheet.file, number, "cohort", what)
