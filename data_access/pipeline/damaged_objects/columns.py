"""Columns of Arrow as the checks look at them: different values, texts, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.pipeline.sheet import cell_text

LAST_DAY = 2_000_000  # in the year 7445


@dataclass(frozen=True)
class Coded:
    """A column as numbers of its different values, which `values` holds."""

    numbers: np.ndarray
    values: list[Any]

    def where(self, *wanted: object) -> np.ndarray:
        """Which rows hold one of these values."""
        chosen = np.array([value in wanted for value in self.values], bool)
        return np.asarray(chosen[self.numbers])

    def array(self, kind: pa.DataType | None = None) -> pa.Array:
        """The column for Arrow."""
        return pa.DictionaryArray.from_arrays(pa.array(self.numbers, pa.int32()), pa.array(self.values, kind))


def only_chunk(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name).combine_chunks()
    return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column


def as_numpy(column: pa.Array) -> np.ndarray:
    """The column for numpy, copied where Arrow holds it otherwise."""
    found: np.ndarray = column.to_numpy(zero_copy_only=False)
    return found


def equal(texts: pa.Array, to: str) -> np.ndarray:
    return as_numpy(pc.equal(texts, to))


def matches(texts: pa.Array, pattern: str, size: int = 0) -> np.ndarray:
    """Which texts match; with a size (in bytes) only those of that size are looked at."""
    if not size:
        return as_numpy(pc.match_substring_regex(texts, pattern))
    found = as_numpy(pc.equal(pc.binary_length(texts), size)).copy()
    found[found] = matches(texts.filter(pa.array(found)), pattern)
    return found


def filled(column: pa.Array | None, size: int) -> np.ndarray:
    """Which cells hold anything."""
    if column is None or pa.types.is_null(column.type):
        return np.zeros(size, bool)
    there = pc.is_valid(column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        there = pc.and_(there, pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(column, "")), ""))
    return as_numpy(there)


def plain_days(column: pa.Array) -> pa.Array:
    """Days of a Parquet file; those that no calendar of ours holds become one before the war."""
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        return column
    days = column.cast(pa.date32(), safe=False).cast(pa.int32())
    held = pc.and_(pc.greater(days, 0), pc.less(days, LAST_DAY))
    return pc.if_else(held, days, pa.scalar(0, pa.int32())).cast(pa.date32())


def ordinals(days: Coded) -> np.ndarray:
    found = np.array([day.toordinal() if day else 0 for day in days.values])
    return np.asarray(found[days.numbers])


def floats(column: pa.Array | None, size: int, comma: bool) -> tuple[np.ndarray, np.ndarray]:
    """The numbers, NaN where there is none, and where a text is none."""
    if column is not None and pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    there = filled(column, size)
    found = np.full(size, np.nan)
    if column is not None and there.any():
        found[there] = _read_floats(column.filter(pa.array(there)), comma)
    return found, there & ~np.isfinite(found)


def _read_floats(column: pa.Array, comma: bool) -> np.ndarray:
    if not comma or not pa.types.is_string(column.type):
        try:
            return as_numpy(column.cast(pa.float64()))
        except pa.ArrowInvalid:
            pass  # at least one is not as plain as that
    coded = column.cast(pa.string()).dictionary_encode()
    read = (cell_text.number(text.strip(), decimal_comma=comma) for text in coded.dictionary.to_pylist())
    different = np.array([np.nan if number is None else number for number in read], float)
    return np.asarray(different[as_numpy(coded.indices)])
