"""Lists of members and of names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data_access.pipeline.sheet.faults import rejected
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.table_file import Sheet, read_sheet

Rows = list[tuple[int, dict[str, str]]]
NEWEST = {f"newest_{name}": name for name in ("name_uk", "name_en", "short_name_uk", "short_name_en")}


def read_members(kind: Kind, path: Path) -> Parts:
    """The whole list of members: who is not in it is none any more. Raises RejectedFile."""
    return [(kind, _coded(read_sheet(path)))]


def read_names(kind: Kind, path: Path) -> Parts:
    """Older names, and where the file gives them the newest ones, which the unit bears from now on."""
    (newest,) = kind.parts
    sheet = _coded(read_sheet(path))
    older = [name for name in sheet.columns if name not in NEWEST]
    renamed = [(number, texts) for number, texts in sheet.rows if any(texts.get(name) for name in NEWEST)]
    parts = [(kind, _picked(sheet, {name: name for name in older}, sheet.rows))]
    if renamed:
        _need_all(sheet)
        parts.insert(0, (newest, _picked(sheet, {"code": "code"} | NEWEST, _once(renamed))))
    return parts


def _coded(sheet: Sheet) -> Sheet:
    """A column `katottg` is taken for `code`, which may hold either; both together would be one too many."""
    if "katottg" not in sheet.columns:
        if "code" not in sheet.columns:
            raise rejected(sheet.file, "the column is missing; it holds P-codes or KATOTTG codes", 1, "code")
        return sheet
    if "code" in sheet.columns:
        raise rejected(sheet.file, "stands beside the column code; keep one of the two", 1, "katottg")
    columns = tuple("code" if name == "katottg" else name for name in sheet.columns)
    rows = [(number, dict(zip(columns, texts.values(), strict=True))) for number, texts in sheet.rows]
    return replace(sheet, columns=columns, rows=rows, called={"code": "katottg"})


def _picked(sheet: Sheet, columns: dict[str, str], rows: Rows) -> Sheet:
    """Some columns of the sheet under other names."""
    picked = [(number, {ours: texts[theirs] for theirs, ours in columns.items()}) for number, texts in rows]
    called = {ours: sheet.called.get(theirs, theirs) for theirs, ours in columns.items()}
    return replace(sheet, columns=tuple(columns.values()), rows=picked, called=called)


def _need_all(sheet: Sheet) -> None:
    for name in NEWEST:
        if name not in sheet.columns:
            raise rejected(sheet.file, f"the column is missing; the newest name needs {', '.join(NEWEST)}", 1, name)


def _once(rows: Rows) -> Rows:
    """A unit renamed twice stands in two rows; the newest name may be told in both if it is the same."""
    told: dict[tuple[str, ...], tuple[int, dict[str, str]]] = {}
    for number, texts in rows:
        told.setdefault(tuple(texts[name] for name in ("code", *NEWEST)), (number, texts))
    return list(told.values())
