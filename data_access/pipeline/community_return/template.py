"""The form of a community's return as an XLSX workbook, drawn from community_return.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from data_access.indicators import Text
from data_access.pipeline.community_return.form_rows import (
    FIRST_MONTH,
    FORM,
    LISTS,
    MONTH,
    NOTES,
    SECTIONS,
    VERSION,
    Row,
    Section,
)
from data_access.pipeline.community_return.words import (
    HEAD,
    MARK_HEADER,
    MARK_HINT,
    MONTH_HINT,
    NOTE_LINES,
    NUMBER_HINT,
    TITLE,
)

Unit = Mapping[str, Any]  # a row of territories
WIDTHS = {"A": 4, "B": 38, "C": 38, "D": 16, "E": 16, "F": 16, "G": 20}
INPUT, CLOSED, BAND = (PatternFill("solid", fgColor=colour) for colour in ("FFFBE6", "E4E7EB", "1F3A5F"))
LINE = Border(*[Side(style="thin", color="9AA5B1")] * 4)
WRAP = Alignment(wrap_text=True, vertical="center")
CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")


class NoForm(LookupError):
    """A form is made for a hromada that the database knows and a month of the invasion that has begun."""


def community(units: Iterable[Unit], code: str) -> Unit:
    """The hromada of this KATOTTG or P-code among the territories. Raises NoForm."""
    for unit in units:
        if unit["level"] == "hromada" and code in (unit["code"], unit["katottg"]):
            return unit
    raise NoForm(f"{code!r} is not the KATOTTG code of a community that is loaded; look it up and write it in full.")


def month_of(text: str, today: date) -> str:
    """The month as 2026-10, where a return may speak of it, now or when it has ended. Raises NoForm."""
    if not MONTH.fullmatch(text):
        raise NoForm(f"{text!r} is not a month; write the year and the month, as 2026-10.")
    if not FIRST_MONTH <= text <= f"{today:%Y-%m}":
        raise NoForm(f"{text} is before {FIRST_MONTH} or has not begun; a return speaks of a month that has passed.")
    return text


def write_template(unit: Unit, path: Path, *, lang: str = "uk", month: str = "", today: date | None = None) -> None:
    """Write the empty form for one hromada (a row of territories); `lang` stands first. An existing file is kept."""
    book = template(unit, lang, today or date.today(), month)
    with path.open("xb") as file:
        book.save(file)


def template(unit: Unit, lang: str, today: date, month: str = "") -> Workbook:
    """The form, the notes and the hidden list of months."""
    book = Workbook()
    form = book.active
    form.title = FORM
    _list_months(book, today)
    _head(form, unit, lang, month)
    for section in SECTIONS:
        _section(form, section, lang)
    _finish(form)
    _notes(book, lang)
    return book


def both(text: Text, lang: str, between: str = "\n") -> str:
    """Both languages, `lang` first."""
    return between.join((text[lang], text["en" if lang == "uk" else "uk"]))


def _head(form: Worksheet, unit: Unit, lang: str, month: str) -> None:
    form.append(["template", VERSION, lang, unit["katottg"]])
    form.row_dimensions[1].hidden = True
    form.append(["title", both(TITLE, lang, " · ")])
    form.append(["about", both(HEAD["about"], lang)])
    for key, value in (("katottg", unit["katottg"]), ("name_uk", unit["name_uk"]), ("name_en", unit["name_en"])):
        _head_row(form, key, lang, value)
    _head_row(form, "month", lang, month or None, is_input=True)
    _head_row(form, "filled_on", lang, None, is_input=True)
    for row, height in ((2, 30), (3, 48)):
        form.merge_cells(start_row=row, end_row=row, start_column=2, end_column=7)
        form.row_dimensions[row].height = height
        form.cell(row, 2).alignment = WRAP
    form["B2"].font = Font(name="Calibri", bold=True, size=14)
    _validate(form, "D7", DataValidation("list", formula1=f"'{LISTS}'!$A$1:$A$400"), MONTH_HINT, lang)
    form["D8"].number_format = "dd.mm.yyyy"


def _head_row(form: Worksheet, key: str, lang: str, value: str | None, *, is_input: bool = False) -> None:
    form.append([key, HEAD[key][lang], HEAD[key]["en" if lang == "uk" else "uk"], value])
    row = form.max_row
    form.merge_cells(start_row=row, end_row=row, start_column=4, end_column=7)
    _dress(form, row, 4, is_input=is_input)
    for column in (2, 3):
        form.cell(row, column).alignment = WRAP
    form.cell(row, 4).number_format = "@"
    form.row_dimensions[row].height = 20


def _section(form: Worksheet, section: Section, lang: str) -> None:
    """A coloured title, a note, the names of the columns, the rows."""
    form.append([])
    if section.key == "money":  # the second page
        form.row_breaks.append(Break(form.max_row))
    form.append([f"title:{section.key}", section.title[lang], section.title["en" if lang == "uk" else "uk"]])
    for column in range(2, 8):
        form.cell(form.max_row, column).fill = BAND
        form.cell(form.max_row, column).font = Font(name="Calibri", bold=True, color="FFFFFF")
    form.append([f"note:{section.key}", both(section.note, lang)])
    form.merge_cells(start_row=form.max_row, end_row=form.max_row, start_column=2, end_column=7)
    form.cell(form.max_row, 2).alignment = WRAP
    form.row_dimensions[form.max_row].height = 32
    form.append([f"head:{section.key}", *headers(section, lang)])
    for column in range(4, 8):
        form.cell(form.max_row, column).alignment = CENTRE
        form.cell(form.max_row, column).font = Font(name="Calibri", bold=True)
    form.row_dimensions[form.max_row].height = 62
    for row in section.rows:
        _row(form, section, row, lang)


def headers(section: Section, lang: str) -> list[str | None]:
    """What stands in columns B to G of the section's header."""
    names = [both(name, lang) for name in section.columns]
    return [None, None, *names, *[None] * (3 - len(names)), both(MARK_HEADER, lang)]


def _row(form: Worksheet, section: Section, row: Row, lang: str) -> None:
    form.append([row.key, row.label[lang], row.label["en" if lang == "uk" else "uk"]])
    number = form.max_row
    total = "." not in row.key
    for column in (2, 3):
        form.cell(number, column).alignment = Alignment(
            horizontal="left", vertical="center", wrap_text=True, indent=0 if total else 2
        )
        form.cell(number, column).font = Font(name="Calibri", bold=total)
    for place in range(3):
        _dress(form, number, 4 + place, is_input=place < len(row.figures) and bool(row.figures[place]))
        form.cell(number, 4 + place).number_format = "#,##0"
    _dress(form, number, 7, is_input=True)
    whole = DataValidation("whole", operator="between", formula1="0", formula2=str(section.largest))
    _validate(form, f"D{number}:{'DEF'[len(row.figures) - 1]}{number}", whole, NUMBER_HINT, lang)
    _validate(form, f"G{number}", DataValidation("list", formula1='"x,z"'), MARK_HINT, lang)


def _dress(form: Worksheet, row: int, column: int, *, is_input: bool) -> None:
    cell = form.cell(row, column)
    cell.border, cell.alignment = LINE, CENTRE
    cell.fill = INPUT if is_input else CLOSED
    cell.protection = Protection(locked=not is_input)


def _validate(form: Worksheet, where: str, rule: DataValidation, hint: Text, lang: str) -> None:
    rule.allow_blank = True
    rule.showErrorMessage = rule.showInputMessage = True
    rule.error = rule.prompt = both(hint, lang)
    rule.add(where)
    form.add_data_validation(rule)


def _finish(form: Worksheet) -> None:
    """Hidden keys, widths, frozen head, print on A4, protection without a password."""
    for letter, width in WIDTHS.items():
        form.column_dimensions[letter].width = width
    form.column_dimensions["A"].hidden = True
    form.freeze_panes = "A3"
    form.sheet_view.showGridLines = False
    _fit_to_a4(form)
    form.print_title_rows = "2:2"
    form.oddFooter.center.text = "&P / &N"
    form.protection.sheet = True
    form.protection.formatColumns = form.protection.formatRows = False


def _fit_to_a4(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5


def _list_months(book: Workbook, today: date) -> None:
    months = book.create_sheet(LISTS)
    first = int(FIRST_MONTH[:4]) * 12 + int(FIRST_MONTH[5:]) - 1
    for month in reversed(range(first, today.year * 12 + today.month)):
        months.append([f"{month // 12}-{month % 12 + 1:02}"])
    months.sheet_state = "hidden"
    months.protection.sheet = True


def _notes(book: Workbook, lang: str) -> None:
    """How to fill the form in, in both languages."""
    notes = book.create_sheet(NOTES, 1)
    for language in (lang, "en" if lang == "uk" else "uk"):
        for line in NOTE_LINES:
            notes.append([line[language].format(version=VERSION)])
            notes.cell(notes.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
            notes.row_dimensions[notes.max_row].height = 32 if len(line[language]) > 80 else 18
        notes.cell(notes.max_row - len(NOTE_LINES) + 1, 1).font = Font(name="Calibri", bold=True, size=13)
        notes.append([])
    notes.column_dimensions["A"].width = 74
    _fit_to_a4(notes)
    notes.protection.sheet = True
