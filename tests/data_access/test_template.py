"""The empty form: complete in both languages, guarded against slips, fit for A4; and the command that writes it."""

from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from data_access.__main__ import main
from data_access.pipeline.community_return import FORM, LISTS, NOTES, ROWS
from data_access.pipeline.template import NoCommunity, community, template, write_template
from tests.data_access.examples_returns import KHARKIV_UNIT, RURAL_UNIT

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
    assert (months[0], months[-1], len(months)) == ("2028-11", "2022-02", 82) and "2026-10" in months


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
        with pytest.raises(NoCommunity, match="is not the KATOTTG code of a hromada"):
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
    assert "'UA99' is not the KATOTTG code of a hromada" in capsys.readouterr().err
