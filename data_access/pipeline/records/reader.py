"""Files of movements, aid (3W) and claims; aid in columns of its own where a row of HXL tags says what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from data_access.pipeline.records.kinds import AID, CLAIMS, COHORTS, MOVEMENTS
from data_access.pipeline.sheet.kind import Kind
from data_access.pipeline.sheet.table_file import (
    Fault,
    RejectedFile,
    Sheet,
    read_sheet,
    refuse_personal,
    refuse_personal_tags,
    rejected,
)

Parts = list[tuple[Kind, Sheet]]
COHORT = tuple(column.name for column in COHORTS.columns)
HXL = re.compile(r"#[a-z][a-z0-9_]*( ?\+[a-z0-9_]+)*", re.IGNORECASE)
TAGS = (  # the first that fits a column's tag: its name and the attributes that it must have
    ("#activity", {"id"}, "activity_id"),
    ("#activity", {"code"}, "activity_id"),
    ("#org", {"type"}, "organisation_kind"),
    ("#org", set(), "organisation"),
    ("#sector", set(), "sector"),
    ("#subsector", set(), ""),
    ("#adm3", {"code"}, "community"),
    ("#item", {"unit"}, "unit"),
    ("#item", set(), "item"),
    ("#status", set(), "status"),
    ("#date", {"start"}, "start_on"),
    ("#date", {"end"}, "end_on"),
    ("#date", {"delivered"}, "delivered_on"),
    ("#unit", set(), "unit"),
    *((tag, {"unit"}, "unit") for tag in ("#value", "#output")),
    *((tag, {"currency"}, "unit") for tag in ("#value", "#output", "#currency")),
    *((tag, {name}, name) for tag in ("#value", "#output") for name in ("requested", "pledged", "delivered")),
    ("#currency", set(), "unit"),
    ("#reached", set(), "people"),
)
LEFT_OUT = "left out, as the HXL tags do not say that aid needs them: {}."


def read_movements(path: Path) -> Parts:
    """The cohorts that the file tells of, and the movements. Raises RejectedFile."""
    sheet = read_sheet(path)
    own = (*COHORT, *(column.name for column in MOVEMENTS.columns))
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
    cohorts = replace(sheet, columns=COHORT, rows=list(texts_of.values()) or sheet.rows)
    return [(COHORTS, cohorts), (MOVEMENTS, replace(sheet, columns=columns))]


def _cohort_faults(sheet: Sheet, texts_of: dict[str, tuple[int, dict[str, str]]]) -> Iterator[Fault]:
    """Fill the row that first tells of each cohort, and its texts; a later row may not say otherwise."""
    cohort_of: dict[str, tuple[int, str]] = {}
    for number, texts in sheet.rows:
        cohort, kind = texts["cohort"], texts.get("kind", "")
        if not cohort:
            continue  # the checks say so
        if cohort not in texts_of:
            texts_of[cohort] = number, {name: texts[name] for name in COHORT}
        if kind not in cohort_of:
            cohort_of[kind] = number, cohort
        first, told = texts_of[cohort]
        for name in COHORT[1:]:
            if texts[name] != told[name]:
                what = f"is another text than in row {first}, which has the same cohort; keep one of the two"
                yield Fault(sheet.file, number, name, what)
        first, usual = cohort_of[kind]
        if cohort != usual:
            what = f"is another cohort than in row {first}; a source counts each kind of movement with one cohort"
            yield Fault(sheet.file, number, "cohort", what)


def read_aid(path: Path) -> Parts:
    """Who does what where: in our columns, or in others with a row of HXL tags. Raises RejectedFile."""
    sheet = read_sheet(path)
    if sheet.rows and _is_tagged(sheet.rows[0][1]):
        return [(AID, _untagged(sheet))]
    return [(AID, sheet)]


def read_claims(path: Path) -> Parts:
    """Claims by community and category. Raises RejectedFile."""
    return [(CLAIMS, read_sheet(path))]


def _is_tagged(texts: dict[str, str]) -> bool:
    tags = [text for text in texts.values() if text]
    return bool(tags) and all(HXL.fullmatch(tag) for tag in tags)


def _untagged(sheet: Sheet) -> Sheet:
    """The columns under our names, as their tags (or already their own names) tell them."""
    tags = sheet.rows[0][1]
    own = {column.name for column in AID.columns if column.name != "source_id"}
    refuse_personal(sheet.file, sheet.columns, own)
    refuse_personal_tags(sheet.file, *sheet.rows[0])
    called: dict[str, str] = {}
    left_out = []
    for name in sheet.columns:
        ours = _meant(tags[name]) if tags[name] else name if name in own else ""
        if not ours:
            left_out.append(name)
        elif ours in called:
            raise rejected(sheet.file, f"has the tags of {called[ours]!r}; keep one of the two columns", 1, name)
        else:
            called[ours] = name
    optional = dict.fromkeys((column.name for column in AID.columns if not column.required), "")
    rows = [
        (number, optional | {ours: texts[name] for ours, name in called.items()}) for number, texts in sheet.rows[1:]
    ]
    remarks = (LEFT_OUT.format(", ".join(left_out)[:200]),) if left_out else ()
    return replace(sheet, columns=tuple(optional | called), rows=rows, called=called, remarks=remarks)


def _meant(tag: str) -> str:
    """Our name of a column with these tags, '' for one that aid has no place for."""
    name, *attributes = tag.lower().replace(" ", "").split("+")
    fitting = (ours for hashtag, needed, ours in TAGS if hashtag == name and needed <= set(attributes))
    return next(fitting, "")
