"""Reading a table from a CSV or XLSX file as text, each cell with the row it stands in."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from data_access.pipeline.sheet.faults import RejectedFile, rejected

LARGEST_FILE_BYTES = 100 * 2**20
LARGEST_UNPACKED_BYTES = 400 * 2**20
MOST_ROWS, MOST_COLUMNS = 2**20, 1000  # of a sheet: a cell far out may not fill the memory
S = TypeVar("S")  # what is made of a sheet
IF_TITLE = "; if this is a title, delete the rows above the column names"

Lines = list[tuple[int, list[str]]]  # rows with their numbers


@dataclass(frozen=True)
class Sheet:
    """A table as text: `rows` are (row number, {column: text}); `decimal_comma` where the file is written so.

    `remarks`: sentences about what a reader mended or left out, for the person who loads the file.
    `called`: names that columns bear in the file itself, where a reader has given them ours.
    `speaks_of`: what the file says all of though it may have no row here, as columns of the kind's scope.
    """

    file: str
    sha256: str
    columns: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]] = field(repr=False)
    decimal_comma: bool = False
    remarks: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    speaks_of: Sequence[Mapping[str, str]] = ()


def read_sheet(path: Path) -> Sheet:
    """The table in a CSV or XLSX file. Raises RejectedFile."""
    content = content_of(path)
    lines, comma = _xlsx_lines(path.name, content) if _is_xlsx(path, content) else _csv_lines(path.name, content)
    _, names = next(lines, (0, []))
    if not names:
        raise rejected(path.name, "the file is empty; it needs a row of column names and rows below it")
    columns = tuple(name.strip() for name in names)
    while columns and not columns[-1]:
        columns = columns[:-1]
    _check_header(path.name, columns)
    rows = [_row(path.name, number, columns, texts) for number, texts in lines]
    return Sheet(path.name, hashlib.sha256(content).hexdigest(), columns, rows, comma)


def read_workbook(path: Path) -> tuple[str, dict[str, Lines]]:
    """sha256 of an XLSX file, and the lines of its filled sheets by title. Raises RejectedFile."""
    content = content_of(path)
    if not _is_xlsx(path, content):
        raise rejected(path.name, "is not an XLSX workbook; load it as it was published, as .xlsx")
    return hashlib.sha256(content).hexdigest(), _workbook(path.name, content)


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not too large. Raises RejectedFile."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise rejected(path.name, f"the file is larger than {LARGEST_FILE_BYTES >> 20} MB; split it")
        return path.read_bytes()
    except OSError as error:
        raise rejected(path.name, f"the file cannot be read ({error.strerror}); check its name and rights") from None


def _check_header(file: str, columns: tuple[str, ...]) -> None:
    for place, name in enumerate(columns, 1):
        if not name:
            raise rejected(file, f"column {place} has no name; give it one or delete it{IF_TITLE}", 1)
        if columns.index(name) != place - 1:
            raise rejected(file, "this column stands twice; delete one of them", 1, name)


def _row(file: str, number: int, columns: tuple[str, ...], texts: list[str]) -> tuple[int, dict[str, str]]:
    if any(texts[len(columns) :]) and len(columns) == 1:
        raise rejected(file, f"holds one name only, while row {number} has more cells{IF_TITLE}", 1, columns[0])
    if any(texts[len(columns) :]):
        more = "has more cells than the header has names; put texts that hold the separator in quotation marks"
        raise rejected(file, more, number)
    padded = [*texts, *[""] * (len(columns) - len(texts))]
    return number, dict(zip(columns, padded[: len(columns)], strict=True))


def _is_xlsx(path: Path, content: bytes) -> bool:
    if content[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
        raise rejected(path.name, "is protected by a password or is an old .xls; save it as .xlsx without a password")
    return content[:2] == b"PK" or path.suffix.lower() in (".xlsx", ".xlsm")


def _csv_lines(file: str, content: bytes) -> tuple[Iterator[tuple[int, list[str]]], bool]:
    """Filled rows of a CSV with , ; or tab; a file with ; or tab is taken to write decimal commas."""
    encoding = _encoding(file, content)
    text = io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")
    header = next((line for line in text if line.strip("\r\n")), "")
    separator = max(",;\t", key=header.count)
    text.seek(0)
    return _read_csv(file, csv.reader(text, delimiter=separator, strict=True)), separator != ","


def _read_csv(file: str, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Row by row, equal texts as one object: of a million rows there is not room for every copy."""
    number = 0
    shared: dict[str, str] = {}
    try:
        for number, texts in enumerate(reader, 1):
            if any(texts := [shared.setdefault(text, text) for text in map(str.strip, texts)]):
                yield number, texts
    except csv.Error as error:
        raise rejected(file, f"the row cannot be read ({error}); check its quotation marks", number + 1) from None


def _encoding(file: str, content: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1251 as Excel writes it in Ukraine."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in content:
        raise rejected(file, "is no text table; save it as CSV (UTF-8) or XLSX")
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            content.decode(encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    raise rejected(file, "the letters cannot be read; save the file as CSV (UTF-8)")


def _xlsx_lines(file: str, content: bytes) -> tuple[Iterator[tuple[int, list[str]]], bool]:
    """Rows of the only filled sheet of a workbook; formulas are refused."""
    filled = _workbook(file, content)
    if len(filled) > 1:
        raise rejected(file, f"has several filled sheets ({', '.join(filled)}); keep one and delete the others")
    return iter(next(iter(filled.values()), [])), False


def _workbook(file: str, content: bytes) -> dict[str, Lines]:
    """Lines of the filled sheets of a workbook, by title; formulas are refused."""
    sheets = sheets_of(
        content,
        partial(_sheet_lines, file),
        LARGEST_UNPACKED_BYTES,
        rejected(file, f"unpacks to more than {LARGEST_UNPACKED_BYTES >> 20} MB; split it"),
        rejected(file, "is damaged or is not an XLSX workbook; open and save it anew as .xlsx"),
    )
    return {title: lines for title, lines in sheets.items() if lines}


def sheets_of(
    content: bytes, read: Callable[[Any], S], most_bytes: int, too_large: RejectedFile, damaged: RejectedFile
) -> dict[str, S]:
    """What `read` makes of each sheet of a workbook, by title. Raises one of the two refusals, or read's own."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > most_bytes:
                raise too_large
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        return {sheet.title: read(sheet) for sheet in book.worksheets}
    except RejectedFile:
        raise
    except Exception:  # whatever a broken workbook makes openpyxl raise, the person needs one sentence
        raise damaged from None


def _sheet_lines(file: str, sheet: Any) -> Lines:
    lines = []
    sheet.reset_dimensions()  # what the file says of its size need not be true
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            what = f"sheet {sheet.title!r} is larger than {MOST_ROWS} rows or {MOST_COLUMNS} columns; delete empty ones"
            raise rejected(file, what, number)
        texts = [_cell_text(file, sheet.title, number, cell) for cell in cells]
        if any(texts):
            lines.append((number, texts))
    return lines


def _cell_text(file: str, title: str, number: int, cell: Any) -> str:
    value = cell.value
    if getattr(cell, "data_type", "") == "f":
        what = f"sheet {title!r} holds a formula; copy the sheet and paste it as values"
        raise rejected(file, what, number, getattr(cell, "column_letter", ""))
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
