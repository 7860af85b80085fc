"""XLSX files as they really come: read rightly, or refused with file, row, column and what to do."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.loading import NEW, loading, refusal, value_of
from tests.support.small import VALUES

pytestmark = pytest.mark.first_case_on_postgresql

COLUMNS = [*VALUES[0], "breakdown", "category", "coverage", "qualifier", "status", "note_uk", "note_en"]


def workbook(path, *rows, sheets=("Дані",)):
    book = Workbook()
    for place, title in enumerate(sheets):
        sheet = book.active if not place else book.create_sheet(title)
        sheet.title = title
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def cells_of(row):
    return [row.get(name, "") for name in COLUMNS]


def test_a_workbook_is_read_with_its_numbers_and_days(engine, tmp_path):
    row = NEW | {"value": 1234.5, "unit": "usd", "period_start": date(2025, 9, 1), "period_end": date(2025, 9, 1)}
    assert loading(engine, workbook(tmp_path / "x.xlsx", COLUMNS, cells_of(row))).own.added == 1
    assert value_of(engine)["value"] == 1234.5 and str(value_of(engine)["period_end"]) == "2025-09-01"


def test_a_formula_in_a_workbook_is_refused_with_its_place(engine, tmp_path):
    path = workbook(tmp_path / "x.xlsx", COLUMNS, cells_of(NEW | {"value": "=1+1"}))
    assert "row 2, column \"G\": sheet 'Дані' holds a formula; copy the sheet" in refusal(engine, path)


def test_a_second_filled_sheet_is_refused(engine, tmp_path):
    path = workbook(tmp_path / "x.xlsx", COLUMNS, cells_of(NEW), sheets=("One", "Two"))
    assert "several filled sheets (One, Two)" in refusal(engine, path)


def test_a_truncated_workbook_is_refused(engine, tmp_path):
    path = workbook(tmp_path / "x.xlsx", COLUMNS, cells_of(NEW))
    path.write_bytes(path.read_bytes()[:-400])
    assert "is damaged or is not an XLSX workbook" in refusal(engine, path)


def test_an_archive_that_unpacks_to_gigabytes_is_refused_unopened(engine, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/huge.xml", "w") as part:
        for _ in range(500):
            part.write(b" " * 2**20)
    (tmp_path / "bomb.xlsx").write_bytes(packed.getvalue())
    assert "unpacks to more than" in refusal(engine, tmp_path / "bomb.xlsx")


@pytest.mark.parametrize("title", [["Внутрішньо переміщені особи"], ["Переміщені", "", "", "станом на 01.09.2025"]])
def test_a_merged_title_above_the_column_names_is_called_so(engine, tmp_path, title):
    path = workbook(tmp_path / "x.xlsx", title, COLUMNS, cells_of(NEW))
    book = load_workbook(path)
    book.active.merge_cells("A1:C1")
    book.save(path)
    assert "row 1" in (said := refusal(engine, path))
    assert said.endswith("; if this is a title, delete the rows above the column names.")
