"""From the checked texts of a row to what the table holds."""

from __future__ import annotations

from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Column, Kind


def typed_row(kind: Kind, texts: dict[str, str], comma: bool) -> dict[str, object]:
    """The row by the table's columns; `comma` where the file writes decimal commas."""
    present = (column for column in kind.columns if column.name in texts)
    return {column.target: _typed(column, texts[column.name], comma) for column in present}


def _typed(column: Column, given: str, comma: bool) -> object:
    if column.form == "number":
        return cell_text.number(given, decimal_comma=comma)
    if column.form == "whole":
        return int(given) if given else None
    if column.form == "day":
        return cell_text.day(given)
    if column.form == "month":
        return cell_text.month(given)
    if column.form == "flag":
        return given == "1"
    return None if column.name == "parent_code" and not given else given
