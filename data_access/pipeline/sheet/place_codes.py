"""KATOTTG codes of a sheet as P-codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.table_file import Sheet


def in_p_codes(*columns: str) -> Callable[[Sheet, Known], Sheet]:
    """Returns a `prepare` that makes P-codes of KATOTTG codes in these columns; the checks refuse what is neither."""

    def prepare(sheet: Sheet, known: Known) -> Sheet:
        given = [name for name in columns if name in sheet.columns]
        rows = [
            (number, texts | {name: known.places.get(texts[name], texts[name]) for name in given})
            for number, texts in sheet.rows
        ]
        return replace(sheet, rows=rows)

    return prepare
