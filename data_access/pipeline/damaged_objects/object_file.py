"""Damaged objects in a CSV or Parquet file of any length, batch by batch as Arrow holds them."""

from __future__ import annotations

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from data_access.pipeline.damaged_objects.column_names import CODES, COLUMNS, DAYS, NAMES, NUMBERS
from data_access.pipeline.sheet.faults import Fault, RejectedFile, rejected
from data_access.pipeline.sheet.kind import Kind

BATCH_ROWS = 65_536  # so many sums of kopiykas fit 64 bits
BLOCK_BYTES = 8 * 2**20
SAMPLE_BYTES = 2**20
MOST_ROWS = 20_000_000
ROW_BYTES = 100  # of a CSV, roughly
DAMAGED = "is damaged or is no Parquet file; write it anew"
RAGGED = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
UNREADABLE = "the table cannot be read to its end; check its quotation marks, or save the file as CSV (UTF-8)"


@dataclass(frozen=True)
class ObjectFile:
    """A file that has been looked into. `columns`: its own, in its order; `decimal_comma` where it is written so."""

    path: Path
    columns: tuple[str, ...]
    parquet: bool = False
    encoding: str = "utf8"
    separator: str = ","
    first_row: int = 2

    @property
    def decimal_comma(self) -> bool:
        """A CSV with ; or tabs is taken to write decimal commas."""
        return self.separator != ","

    @property
    def rows(self) -> int:
        """How many there are, of a CSV roughly."""
        if self.parquet:
            return int(pa.parquet.read_metadata(self.path).num_rows)
        return self.path.stat().st_size // ROW_BYTES

    def sha256(self) -> str:
        """Of the content."""
        with self.path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()

    def batches(self, columns: tuple[str, ...] = ()) -> Iterator[tuple[int, pa.Table]]:
        """(number of the first row, rows): those columns, or all. Texts of a CSV are as they stand.

        Rows count as a spreadsheet does, the header being row 1 and empty lines left out. Raises RejectedFile.
        """
        number, rows = self.first_row, 0
        try:
            for batch in self._parquet(columns) if self.parquet else self._csv(columns):
                for start in range(0, batch.num_rows, BATCH_ROWS):
                    yield number + rows + start, pa.table(batch.slice(start, BATCH_ROWS))
                rows += batch.num_rows
                if rows > MOST_ROWS:
                    raise rejected(self.path.name, f"holds more than {MOST_ROWS:,} objects; split it")
        except (pa.ArrowException, OSError, UnicodeError):
            raise rejected(self.path.name, DAMAGED if self.parquet else UNREADABLE) from None

    def _parquet(self, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        with pa.parquet.ParquetFile(
            self.path, read_dictionary=[name for name in CODES if name in self.columns]
        ) as file:
            if file.metadata.num_rows > MOST_ROWS:
                raise rejected(self.path.name, f"holds more than {MOST_ROWS:,} objects; split it")
            yield from file.iter_batches(BATCH_ROWS, columns=list(columns) or None)

    def _csv(self, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        try:
            with pa.csv.open_csv(self.path, **self._csv_options(columns)) as reader:
                yield from reader
        except pa.ArrowInvalid as error:
            ragged = RAGGED.search(str(error))
            if not ragged:
                raise
            row, names, cells = map(int, ragged.groups())
            what = f"has {cells} cells, and the header {names} names; give each cell its own column"
            raise rejected(self.path.name, what, row + self.first_row - 2) from None

    def _csv_options(self, columns: tuple[str, ...]) -> dict[str, Any]:
        coded = pa.dictionary(pa.int32(), pa.string())
        types = {name: coded if name in (*CODES, *DAYS) else pa.string() for name in self.columns}
        reading = {"use_threads": False, "block_size": BLOCK_BYTES, "encoding": self.encoding}
        return {
            "read_options": pa.csv.ReadOptions(column_names=self.columns, skip_rows=self.first_row - 1, **reading),
            "parse_options": pa.csv.ParseOptions(delimiter=self.separator),
            "convert_options": pa.csv.ConvertOptions(
                column_types=types, strings_can_be_null=False, include_columns=columns or self.columns
            ),
        }


def open_objects(_kind: Kind, path: Path) -> ObjectFile:
    """Look into a file: its form and its header, not yet its rows. Raises RejectedFile."""
    try:
        with path.open("rb") as content:
            sample = content.read(SAMPLE_BYTES)
    except OSError as error:
        raise rejected(path.name, f"the file cannot be read ({error.strerror}); check its name and rights") from None
    if sample[:4] == b"PAR1":
        return _open_parquet(path)
    if sample[:2] == b"PK" or sample[:4] == b"\xd0\xcf\x11\xe0":
        raise rejected(path.name, "damaged objects come as CSV or Parquet; save the sheet as CSV (UTF-8)")
    return _open_csv(path, sample)


def _open_parquet(path: Path) -> ObjectFile:
    try:
        schema = pa.parquet.read_schema(path)
    except (pa.ArrowException, OSError):
        raise rejected(path.name, DAMAGED) from None
    faults = [
        Fault(path.name, 1, field.name, "holds values of a kind that does not fit; write texts, numbers or days")
        for field in schema
        if field.name in COLUMNS and not _fits(field.name, field.type)
    ]
    if faults:
        raise RejectedFile(faults)
    return ObjectFile(path, tuple(schema.names), parquet=True)


def _fits(name: str, kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_null(kind) or pa.types.is_string(plain) or pa.types.is_large_string(plain):
        return True
    if name in NUMBERS:
        return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
    if name in DAYS:
        return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))
    return name in NAMES and bool(pa.types.is_integer(kind))


def _open_csv(path: Path, sample: bytes) -> ObjectFile:
    encoding = _encoding(path.name, sample)
    try:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    except UnicodeError:
        raise rejected(path.name, "the letters cannot be read; save the file as CSV (UTF-8)") from None
    lines = text.splitlines()
    above = next((number for number, line in enumerate(lines) if line.strip()), None)
    if above is None:
        raise rejected(path.name, "the file is empty; it needs a row of column names and rows below it")
    separator = max(",;\t", key=lines[above].count)
    try:
        names = next(csv.reader([lines[above]], delimiter=separator, strict=True))
    except csv.Error as error:
        raise rejected(path.name, f"the header cannot be read ({error}); check its quotation marks", 1) from None
    columns = tuple(name.strip().removeprefix("\ufeff") for name in names)
    arrow = {"utf-8-sig": "utf8"}.get(encoding, encoding)
    return ObjectFile(path, columns, encoding=arrow, separator=separator, first_row=above + 2)


def _encoding(file: str, sample: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1251 as Excel writes it in Ukraine."""
    if sample[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if b"\0" in sample:
        raise rejected(file, "is no text table; save it as CSV (UTF-8) or Parquet")
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(sample)
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "cp1251"
