"""Opening the workbook of a community's return: its cells by key, and what was done to the form itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from data_access.indicators import Text
from data_access.pipeline.community_return import words as w
from data_access.pipeline.community_return.form_rows import FORM, LISTS, NOTES, ROWS, SECTIONS, VERSION
from data_access.pipeline.community_return.template import headers
from data_access.pipeline.sheet.faults import Fault, RejectedFile
from data_access.pipeline.sheet.personal_data import is_personal_column
from data_access.pipeline.sheet.table_file import sheets_of

LARGEST_FILE, LARGEST_UNPACKED = 5 * 2**20, 20 * 2**20
MOST_ROWS, MOST_COLUMNS = 500, 60
OPENING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of an encrypted workbook and of an old .xls
HEAD_KEYS = ("katottg", "name_uk", "name_en", "month", "filled_on")
FREE_TEXT = {"template", "title", "about"} | {f"{word}:{s.key}" for s in SECTIONS for word in ("title", "note")}
LISTED_MONTH = re.compile(r"20\d\d-\d\d(-01 00:00:00)?$", re.ASCII)  # a day where a program has made one of it


class Cell(NamedTuple):
    """A cell as it stands: its value, and whether that is a formula."""

    value: object
    is_formula: bool


EMPTY = Cell(None, False)


@dataclass
class Form:
    """The form of one file. `lines`: key -> (row number, cells from column A on)."""

    file: str
    sha256: str
    lang: str
    lines: dict[str, tuple[int, list[Cell]]]
    faults: list[Fault] = field(default_factory=list)

    def row(self, key: str) -> int:
        """The number of the row that bears this key; 0 where there is none."""
        return self.lines[key][0] if key in self.lines else 0

    def cell(self, key: str, column: int) -> Cell:
        """The cell of a row; `column` 0 is A."""
        cells = self.lines[key][1] if key in self.lines else []
        return cells[column] if column < len(cells) else EMPTY

    def fault(self, word: str, row: int, column: int, sheet: str = FORM, **values: object) -> None:
        """Note what is wrong with a cell; of a row that is missing nothing more is said."""
        if not row:
            return
        where = f"{chr(65 + column) if column < 26 else 'A' + chr(39 + column)}{row}"
        self.add(w.PLACE[self.lang].format(sheet=sheet, cell=where, what=w.FAULTS[word][self.lang].format(**values)))

    def sheet_fault(self, word: str, sheet: str = FORM, **values: object) -> None:
        """Note what is wrong with a whole sheet."""
        self.add(w.ON_SHEET[self.lang].format(sheet=sheet, what=w.FAULTS[word][self.lang].format(**values)))

    def add(self, what: str) -> None:
        self.faults.append(Fault(self.file, 0, "", what))

    def refusal(self) -> RejectedFile:
        """All faults, in the language of the template."""
        return RejectedFile(self.faults, (self.lang,))


def open_form(path: Path) -> Form:
    """Read the form and note every change made to it. Raises RejectedFile where there is no form to read."""
    content = _content(path)
    sheets, many = _sheets(path.name, content)
    if FORM not in sheets:
        raise _refused(path.name, w.NO_FORM)
    rows = sheets[FORM]
    control = next((cells for cells in rows if cells[0].value == "template"), [EMPTY] * 4)
    form = Form(path.name, hashlib.sha256(content).hexdigest(), "en" if control[2].value == "en" else "uk", {})
    if control[1].value != VERSION:
        form.sheet_fault("version", found=str(control[1].value or ""), wanted=VERSION)
        raise form.refusal()
    for title in sheets:
        if title not in (FORM, NOTES, LISTS):
            form.sheet_fault("extra_sheet", title)
    for title in (NOTES, LISTS):
        _check_unread(form, title, sheets.get(title, []))
    if many:
        form.sheet_fault("many_rows")
    _take_lines(form, rows)
    _check_labels(form)
    return form


def _refused(file: str, words: Text) -> RejectedFile:
    """The refusal of a file whose language cannot be read, in both."""
    what = " · ".join((words.uk, words.en)).replace("{sheet}", FORM)
    return RejectedFile([Fault(file, 0, "", what)], ("uk", "en"))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refused(path.name, w.UNREADABLE)
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused(path.name, w.NO_FILE) from None
    except OSError:
        raise _refused(path.name, w.UNREADABLE) from None
    if content.startswith(OPENING):
        raise _refused(path.name, w.PROTECTED)
    return content


def _sheets(file: str, content: bytes) -> tuple[dict[str, list[list[Cell]]], bool]:
    """The cells of every sheet, and whether the form has more rows than any return."""
    sheets = sheets_of(content, _cells, LARGEST_UNPACKED, _refused(file, w.UNREADABLE), _refused(file, w.DAMAGED))
    return sheets, len(sheets.get(FORM, ())) > MOST_ROWS


def _cells(sheet: Any) -> list[list[Cell]]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    return [[*map(_cell, row), *[EMPTY] * (7 - len(row))] for row in rows]


def _cell(cell: Any) -> Cell:
    value = cell.value.strip() if isinstance(cell.value, str) else cell.value
    return Cell(None if value == "" else value, getattr(cell, "data_type", "") == "f")


def _check_unread(form: Form, title: str, rows: list[list[Cell]]) -> None:
    """Note the first cell of a sheet that is not read, where the template has not put it there."""
    for number, cells in enumerate(rows, 1):
        added = [column for column, cell in enumerate(cells) if not _is_of_template(title, cell)]
        if added:
            form.fault("unread", number, added[0], title)
            break


def _is_of_template(title: str, cell: Cell) -> bool:
    """Whether the cell is empty, a month of the list, or a line of the notes."""
    text = _plain(cell.value)
    if cell.value is None or title == LISTS:
        return cell.value is None or bool(LISTED_MONTH.match(text))
    return any(text == _plain(line[lang].format(version=VERSION)) for line in w.NOTE_LINES for lang in ("uk", "en"))


def _take_lines(form: Form, rows: list[list[Cell]]) -> None:
    """The rows by key; added, repeated and missing ones are faults."""
    known = {*HEAD_KEYS, *FREE_TEXT, *(f"head:{section.key}" for section in SECTIONS), *ROWS}
    for number, cells in enumerate(rows[:MOST_ROWS], 1):
        key = cells[0].value
        if key in form.lines:
            form.fault("twice", number, 1, first=form.row(key))
        elif isinstance(key, str) and key in known:
            form.lines[key] = (number, cells)
        elif any(cell.value is not None for cell in cells):
            column = next(place for place, cell in enumerate(cells) if cell.value is not None)
            form.fault("extra_row", number, max(column, 1))
    for key, label in _labels(form.lang).items():
        if key not in form.lines:
            form.sheet_fault("missing", label=label)


def _labels(lang: str) -> dict[str, str]:
    """What stands in column B of each row that is needed."""
    heads = {f"head:{section.key}": section.title[lang] for section in SECTIONS}
    return {key: w.HEAD[key][lang] for key in HEAD_KEYS} | heads | {k: row.label[lang] for k, (_, row) in ROWS.items()}


def _check_labels(form: Form) -> None:
    """Names of rows and columns are those of the template; nothing stands beside them."""
    other = _labels("en" if form.lang == "uk" else "uk")
    for key, label in _labels(form.lang).items():
        if key not in form.lines:
            continue
        wanted = [None, None] if key.startswith("head:") else [label, other[key]]
        for column, text in enumerate(wanted, 1):
            if _plain(form.cell(key, column).value) != _plain(text):
                form.fault("renamed" if text else "closed", form.row(key), column, label=text)
    for section in SECTIONS:
        _check_header(form, f"head:{section.key}", headers(section, form.lang))
    for word, number, column in _beyond(form):
        form.fault(word, number, column)


def _check_header(form: Form, key: str, wanted: list[str | None]) -> None:
    for column in range(3, 7) if key in form.lines else ():
        text = wanted[column - 1]
        if _plain(form.cell(key, column).value) != _plain(text):
            is_personal = is_personal_column(str(form.cell(key, column).value or ""))
            word = "personal" if is_personal else "column" if text else "closed"
            form.fault(word, form.row(key), column, label=" ".join(str(text).split()))


def _beyond(form: Form) -> Iterator[tuple[str, int, int]]:
    """Cells to the right of the form's columns that hold something, and what is wrong with them."""
    for key, (number, cells) in form.lines.items():
        for column, cell in enumerate(cells[7:], 7):
            if is_personal_column(str(cell.value or "")):
                yield "personal", number, column
            elif cell.value is not None and key not in FREE_TEXT:
                yield "closed", number, column


def _plain(text: object) -> str:
    """One kind of space and of apostrophe, no capitals: what the eye takes for the same."""
    return " ".join(str(text or "").split()).replace("'", "’").replace("ʼ", "’").casefold()
