"""Checks of a file before anything of it is loaded: single cells, then what must fit together in a row."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from data_access.pipeline.sheet import cell_text, personal_data
from data_access.pipeline.sheet.faults import Fault, RejectedFile, refuse_personal_tags
from data_access.pipeline.sheet.kind import Column, Kind
from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.table_file import Sheet

LOADED = {"territory": "territory", "territory_or_file": "territory", "source": "source", "producer": "producer"}
LISTS = {"territory": "territories", "source": "sources", "producer": "producers"}  # as load calls them
LOADED["katottg"] = "KATOTTG code"
CHUNK_ROWS, ENOUGH_FAULTS = 10_000, 1000  # a file with that many faults is not looked at to its end
WHOLE = re.compile(r"[0-9]{1,18}")
Check = tuple[Callable[[str], object], str]  # what a text must pass, and the words of its refusal
Rows = Sequence[tuple[int, Mapping[str, str]]]
NOT_A_NUMBER = "is not a number (or can be read in two ways); write digits and a point, as 1234.5"


def check_sheet(sheet: Sheet, kind: Kind, known: Known) -> None:
    """Raise RejectedFile with every fault of the sheet, in the order of its rows, or with the first thousand."""
    _check_columns(sheet, kind)
    if sheet.rows:
        refuse_personal_tags(sheet.file, *sheet.rows[0])
    if not sheet.rows and not sheet.speaks_of:
        raise RejectedFile([Fault(sheet.file, 0, "", "has no rows below its header")])
    _check_loaded(sheet, kind, known)
    faults, looked_at = _column_faults(sheet, kind, known)
    if not faults:
        faults = list(islice(_row_faults(sheet, kind, known), ENOUGH_FAULTS))
        looked_at = sum(number <= faults[-1].row for number, _ in sheet.rows) if faults[ENOUGH_FAULTS - 1 :] else 0
    if faults:
        named = [replace(fault, column=sheet.called.get(fault.column, fault.column)) for fault in faults]
        looked_at = looked_at if looked_at < len(sheet.rows) else 0
        raise RejectedFile(sorted(named, key=lambda fault: fault.row), looked_at=looked_at)


def _check_columns(sheet: Sheet, kind: Kind) -> None:
    """Exactly the known columns, in any order."""
    known = [column.name for column in kind.columns]
    missing = [c.name for c in kind.columns if c.name not in sheet.columns and not c.optional_column]
    unknown = [name for name in sheet.columns if name not in known]
    faults = [Fault(sheet.file, 1, name, f"the column is missing; a {kind.name} file needs it") for name in missing]
    for name in unknown:
        if personal_data.is_personal_column(name, known):
            faults.append(Fault(sheet.file, 1, name, personal_data.DELETE_COLUMN))
            continue
        near = difflib.get_close_matches(name, missing or known, 1)
        hint = f"did you mean {near[0]!r}" if near else f"delete it; known are {', '.join(known)}"
        faults.append(Fault(sheet.file, 1, name, f"is not a column of a {kind.name} file; {hint}"))
    if faults:
        raise RejectedFile(faults)


def _check_loaded(sheet: Sheet, kind: Kind, known: Known) -> None:
    """In a database without territories, sources or producers no code is known: that is said once."""
    wanted = {c.listed: LISTS[c.listed] for c in kind.columns if c.listed in LISTS and c.name in sheet.columns}
    empty = [plural for listed, plural in wanted.items() if not known.lists[listed]]
    if empty:
        said = "needs {0}, and the database holds none; load them first: python -m data_access load {0} FILE"
        raise RejectedFile([Fault(sheet.file, 0, "", said.format(plural)) for plural in empty])


def _column_faults(sheet: Sheet, kind: Kind, known: Known) -> tuple[list[Fault], int]:
    """What is wrong in single cells, and how many rows were looked at."""
    present = [column for column in kind.columns if column.name in sheet.columns]
    checks = {column.name: [*_checks(column, known, sheet), *_length(column, kind)] for column in present}
    faults: list[Fault] = []
    looked_at = 0
    while looked_at < len(sheet.rows) and len(faults) < ENOUGH_FAULTS:
        rows = sheet.rows[looked_at : looked_at + CHUNK_ROWS]
        faults += _faults_of(sheet.file, checks, rows)
        looked_at += len(rows)
    return faults, looked_at


def _faults_of(file: str, checks: Mapping[str, list[Check]], rows: Rows) -> list[Fault]:
    """Every fault of every cell; each different text of a column is looked at once."""
    faults = []
    for name, own in checks.items():
        different = {texts[name] for _, texts in rows}
        for passes, otherwise in own:
            bad = {text for text in different if not passes(text)}
            found = [(number, texts[name]) for number, texts in rows if texts[name] in bad] if bad else []
            faults += [Fault(file, number, name, f"{_shown(text)} {otherwise}") for number, text in found]
    return faults


def _checks(column: Column, known: Known, sheet: Sheet) -> list[Check]:
    """What a cell of this column must pass, each with the words of its refusal."""
    checks: list[Check] = [
        (lambda text: text[:1] not in "=+@" or not text, "looks like a formula; write it as plain text"),
        (cell_text.is_clean, "holds a line break or an invisible sign; delete it"),
    ]
    if column.required:
        checks.append((bool, "is empty here; fill it in"))
    checks += _form_checks(column, sheet.decimal_comma)
    if column.listed:
        allowed = _allowed(column, known, sheet)
        checks.append((lambda text: not text or text in allowed, _unlisted(column, allowed)))
    return checks


def _length(column: Column, kind: Kind) -> list[Check]:
    """What the table's column holds at most; SQLite would take more, PostgreSQL would end in an error."""
    held = kind.table.c.get(column.target)
    most = getattr(held.type, "length", None) if held is not None else None
    return [(lambda text: len(text) <= most, f"is longer than {most} signs; shorten it")] if most else []


def _form_checks(column: Column, comma: bool) -> list[Check]:
    numberless: Check = (lambda text: not personal_data.is_personal_number(text), personal_data.TAX_NUMBER)
    of_form: dict[str, list[Check]] = {
        "number": [(_or_empty(lambda text: cell_text.number(text, decimal_comma=comma) is not None), NOT_A_NUMBER)],
        "whole": [(_or_empty(WHOLE.fullmatch), "is not a whole number")],
        "day": [(_or_empty(cell_text.day), "is not a day; write it as 2025-11-10")],
        "month": [(_or_empty(cell_text.month), "is not a month; write it as 2026-09")],
        "partial_date": [(_or_empty(cell_text.is_partial_date), "is not a date; write 2025-11-10 or 2025")],
        "flag": [(lambda text: text in ("", "0", "1"), "is neither 1 nor 0")],
        "code": [numberless, (str.isascii, "holds letters that only look Latin; type the code anew")],
        "text": [numberless],
    }
    return of_form.get(column.form, [])


def _or_empty(passes: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: not text or passes(text)


def _allowed(column: Column, known: Known, sheet: Sheet) -> frozenset[str]:
    if column.listed != "territory_or_file":
        return known.lists[column.listed]
    return known.lists["territory"] | {texts["code"] for _, texts in sheet.rows}


def _unlisted(column: Column, allowed: frozenset[str]) -> str:
    """Closed lists are told; codes that are loaded or stand in the registry are too many for that."""
    if column.listed in LOADED:
        return f"is not a known {LOADED[column.listed]}; check the code or load it first"
    if len(allowed) <= 12:
        return f"is not one of {', '.join(sorted(allowed))}"
    return f"is not a known {column.listed}; see the registry's vocabulary"


def _row_faults(sheet: Sheet, kind: Kind, known: Known) -> Iterator[Fault]:
    """Faults between the cells of a row, and keys that stand twice."""
    seen: dict[tuple[str, ...], int] = {}
    keys = {column.target: column.name for column in kind.columns}
    for number, texts in sheet.rows:
        for column, what in kind.rules(texts, known, sheet.decimal_comma):
            yield Fault(sheet.file, number, column, what)
        key = tuple(texts[keys[name]] for name in kind.key)
        if key in seen:
            yield Fault(sheet.file, number, keys[kind.key[0]], f"repeats row {seen[key]}; keep one of the two")
        seen.setdefault(key, number)


def _shown(text: object) -> str:
    if personal_data.is_personal_number(str(text)):
        return "a number of ten digits"
    return repr(str(text)[:60]) if str(text) else "the cell"
