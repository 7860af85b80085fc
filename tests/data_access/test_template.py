"""The empty form: complete in both languages, guarded against slips, fit for A4; and the command that writes it."""

from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from data_access.__main__ import main
from data_access.pipeline.community_return.form_rows import FORM, LISTS, NOTES, ROWS
from data_access.pipeline.community_return.template import NoForm, community, month_of, template, write_template
from tests.support.examples_returns import KHARKIV_UNIT, RURAL_UNIT

CYRILLIC = set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")


@pytest.fixture(params=["uk", "en"])
def book(request, tmp_path):
    """The form as it is after it was written and read again, and its first language."""
    write_template(RURAL_UNIT, tmp_path / "t.xlsx", lang=request.param, today=date(2026, 11, 23))
    return load_workbook(tmp_path / "t.xlsx"), request.param


def test_it_holds_the_community_and_every_row_in_both_languages(book):
    form, lang = book[0][FORM], book[1]
    column = {"uk": 2 if lang == "uk" else 3, "en": 3 if lang == "uk" else 2}
    rows = {form.cell(number, 1).value: number for number in range(1, form.max_row + 1)}
    assert form.cell(rows["katottg"], 4).value == "UA21100210000026937"
    assert form.cell(rows["name_uk"], 4).value == "Тур’є-Реметівська сільська громада"
    for key in ROWS:
        assert set(form.cell(rows[key], column["uk"]).value.lower()) & CYRILLIC
        assert not set(form.cell(rows[key], column["en"]).value.lower()) & CYRILLIC


def is_locked(cell) -> bool:
    return isinstance(cell, MergedCell) or cell.protection.locked  # what is merged away cannot be filled in


def test_only_cells_to_fill_in_can_be_changed_and_no_password_is_asked(book):
    form = book[0][FORM]
    assert form.protection.sheet and not form.protection.password
    open_cells = [cell.coordinate for row in form.iter_rows() for cell in row if not is_locked(cell)]
    figures = sum(bool(figure) for _, row in ROWS.values() for figure in row.figures)
    assert len(open_cells) == 2 + figures + len(ROWS)  # month and day, the numbers, a mark for each row
    assert all(form[name].value is None for name in open_cells)
    assert not any(cell.data_type == "f" for row in form.iter_rows() for cell in row)


def test_numbers_marks_and_months_are_chosen_or_checked(book):
    rules = book[0][FORM].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"whole", "list"}
    assert all(rule.formula1 == "0" for rule in rules if rule.type == "whole")
    assert {rule.formula1 for rule in rules if rule.type == "list"} == {'"x,z"', f"'{LISTS}'!$A$1:$A$400"}
    assert all(len(rule.prompt) <= 255 and len(rule.error) <= 255 for rule in rules)  # Excel refuses longer ones
    months = [cell.value for cell in book[0][LISTS]["A"]]
    assert (months[0], months[-1], len(months)) == ("2026-11", "2022-02", 58) and "2026-10" in months


def test_it_prints_on_a4_with_its_head_in_sight(book):
    form = book[0][FORM]
    assert str(form.page_setup.paperSize) == form.PAPERSIZE_A4 and form.page_setup.fitToWidth == 1
    assert form.freeze_panes == "A3" and form.column_dimensions["A"].hidden
    notes = " ".join(cell.value or "" for cell in book[0][NOTES]["A"])
    assert "версія 1" in notes and "template version 1" in notes


def test_only_a_hromada_has_a_return():
    units = [KHARKIV_UNIT | {"level": "hromada"}, {"code": "UA63", "katottg": "UA63000000000041885", "level": "region"}]
    assert community(units, "UA63120270000028556") is community(units, "UA6312027") is units[0]
    for wrong in ("UA63", "UA63000000000041885", "", "UА6312027"):
        with pytest.raises(NoForm, match="is not the KATOTTG code of a community"):
            community(units, wrong)


def test_the_form_is_the_same_each_time():
    first, second = (template(KHARKIV_UNIT, "uk", date(2026, 11, 23))[FORM] for _ in range(2))
    assert [[cell.value for cell in row] for row in first] == [[cell.value for cell in row] for row in second]


def test_the_command_writes_it_once_and_leaves_what_is_there(small_url, tmp_path, capsys):
    path = tmp_path / "form.xlsx"
    arguments = ["template", "community-return", "--area", "UA6312027", "--out", str(path), "--url", small_url]
    assert main(arguments) == 0 and path.name in capsys.readouterr().out
    before = path.read_bytes()
    assert main([*arguments, "--lang", "en"]) == 1 and path.read_bytes() == before
    assert "is there already" in capsys.readouterr().err
    assert main([*arguments[:3], "UA99", *arguments[4:]]) == 1
    assert "'UA99' is not the KATOTTG code of a community" in capsys.readouterr().err


def test_a_month_that_is_given_stands_in_the_form_and_may_still_be_changed(tmp_path):
    write_template(KHARKIV_UNIT, tmp_path / "t.xlsx", month="2026-10")
    cell = load_workbook(tmp_path / "t.xlsx")[FORM]["D7"]
    assert (cell.value, cell.protection.locked) == ("2026-10", False)


@pytest.mark.parametrize("month", ["2022-02", "2026-10", "2026-11"])
def test_a_form_is_made_for_a_month_that_has_begun(month):
    assert month_of(month, date(2026, 11, 23)) == month


@pytest.mark.parametrize("month", ["2022-01", "2021-12", "2026-12", "2027-01"])
def test_no_form_is_made_for_a_month_before_the_invasion_or_ahead(month):
    with pytest.raises(NoForm, match="is before 2022-02 or has not begun; a return speaks"):
        month_of(month, date(2026, 11, 23))


@pytest.mark.parametrize("month", ["2026-13", "10.2026", "жовтень", "2026-1", "2026-10-01"])
def test_what_is_not_a_month_is_refused_with_an_example(month):
    with pytest.raises(NoForm, match="is not a month; write the year and the month, as 2026-10"):
        month_of(month, date(2026, 11, 23))


def test_the_command_fills_in_the_month_and_the_return_bears_it(small_url, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = ["template", "community-return", "--area", "UA6312027", "--url", small_url, "--month"]
    assert main([*arguments, "2025-10"]) == 0
    assert capsys.readouterr().out.startswith("return_UA6312027_2025-10.xlsx: the form for Kharkiv en, UA63120270")
    assert load_workbook("return_UA6312027_2025-10.xlsx")[FORM]["D7"].value == "2025-10"
    for month, said in (("2099-01", "has not begun"), ("2022-01", "before 2022-02"), ("October", "is not a month")):
        assert main([*arguments, month]) == 1 and said in capsys.readouterr().err
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["return_UA6312027_2025-10.xlsx"]
