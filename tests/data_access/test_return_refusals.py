"""Returns that are refused: every fault at once, by sheet and cell, in the language of the template."""

import pytest
from openpyxl import load_workbook

from data_access.pipeline.community_return.template import write_template
from data_access.pipeline.intake.load import load
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_returns import EXAMPLES, FILLED, KHARKIV_UNIT, KIND, SHEET, filled, put
from tests.support.loading import refusal
from tests.support.return_faults import FAULTS, spoil

pytestmark = pytest.mark.first_case_on_postgresql


@pytest.mark.parametrize(("values", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_faulty_cell_is_refused_by_sheet_and_cell(loaded, tmp_path, values, said):
    path = filled(tmp_path / "r.xlsx", change=lambda sheet, rows, _: put(sheet, rows, **values))
    words = refusal(loaded, path, KIND)
    assert said in words and f"аркуш «{SHEET}», клітинка " in words


def test_an_empty_extra_sheet_is_refused_like_any_other(loaded, tmp_path):
    path = filled(tmp_path / "r.xlsx", change=lambda _sheet, _rows, book: book.create_sheet("Аркуш1"))
    assert "аркуш «Аркуш1»: зайвий аркуш; видаліть його" in refusal(loaded, path, KIND)


def test_a_return_that_is_not_there_is_called_so_in_both_languages(loaded, tmp_path):
    words = refusal(loaded, tmp_path / "r.xlsx", KIND)
    assert "такого файлу немає" in words and "there is no such file" in words


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_thousands_may_be_held_apart_by_any_space(loaded, tmp_path, space):
    path = filled(tmp_path / "r.xlsx", change=lambda sheet, rows, _: put(sheet, rows, homes=f"1{space}234"))
    (row,) = [texts for _, texts in KINDS[KIND].read(KINDS[KIND], path)[-1][1].rows if texts["value"] == "1234"]
    assert row["indicator"] == "homes_lost_residents"


SPOILT = {
    "uk": [
        "аркуш «Люди»: зайвий аркуш; видаліть його",
        "D12: назву або місце колонки змінено; тут має бути «Усього Total»",
        "E12: назву або місце колонки змінено",
        "B51: назву змінено; тут має стояти «Мешканці, що втратили домівки»",
        "I22: тут нічого не вписують",
        "F46: тут нічого не вписують",
        "немає рядка «продукти харчування»",
        "рядка немає в шаблоні; видаліть його",
        "G30: знак «z» зайвий",
        "G51: «немає» — не знак; оберіть x чи z",
        "D46: «близько 1500» — не число",
        "D13: тут 121, а частини",
        "D56: формула",
        "D7: 2099-01: місяць ще не закінчився",
    ],
    "en": [
        "sheet “Люди”: is an extra sheet; delete it",
        "cell D12: the column was renamed or moved; “Total Усього” must stand here",
        "cell B51: the name was changed; it must be “Residents who lost their homes”",
        "cell I22: nothing is entered here",
        "the row “food” is missing",
        "cell D46: “близько 1500” is not a number",
        "cell D13: is 121, but its parts (D14, D18, D22, D23, D24, D25) add up to 120",
    ],
}


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_an_over_eager_return_is_refused_with_every_fault_at_once(loaded, tmp_path, lang):
    said = refusal(loaded, filled(tmp_path / "r.xlsx", lang=lang, change=spoil), KIND)
    assert [fault for fault in SPOILT[lang] if fault not in said] == []


def test_an_empty_template_is_refused(loaded, tmp_path):
    def clear(sheet, rows, _):
        for key in FILLED:
            put(sheet, rows, **{key: None})
            put(sheet, rows, 5, **{key: None})
            put(sheet, rows, 6, **{key: None})

    assert "не заповнено жодного числа" in refusal(loaded, filled(tmp_path / "r.xlsx", change=clear), KIND)
    write_template(KHARKIV_UNIT, tmp_path / "new.xlsx")
    said = refusal(loaded, tmp_path / "new.xlsx", KIND)
    assert said.count("\n") == 2 and "не заповнено" in said and "D7: не вказано" in said and "D8: не вказано" in said


def test_another_version_of_the_template_is_refused(loaded, tmp_path):
    path = filled(tmp_path / "r.xlsx", change=lambda sheet, rows, _: put(sheet, rows, 2, template=7))
    assert "версія шаблону «7», а потрібна 1; візьміть новий шаблон" in refusal(loaded, path, KIND)


def test_a_community_that_is_not_loaded_is_refused(loaded, tmp_path):
    unknown = KHARKIV_UNIT | {"katottg": "UA63120270000099999"}
    said = refusal(loaded, filled(tmp_path / "r.xlsx", unknown), KIND)
    assert "клітинка D4: громади з кодом UA63120270000099999 немає в базі даних" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "файл пошкоджено"),
        (b"PK\x03\x04 broken", "is damaged or is not an XLSX workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "файл захищено паролем"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused_in_both_languages(loaded, tmp_path, content, said):
    (tmp_path / "r.xlsx").write_bytes(content)
    words = refusal(loaded, tmp_path / "r.xlsx", KIND)
    assert said in words and " · " in words


def test_a_truncated_return_and_another_workbook_are_refused(loaded, tmp_path):
    path = EXAMPLES[KIND](tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "файл пошкоджено" in refusal(loaded, path, KIND)
    path.write_bytes(whole)
    book = load_workbook(path)
    book[SHEET].title = "Інше"
    book.save(path)
    assert f"немає аркуша «{SHEET}»" in refusal(loaded, path, KIND)


def test_a_million_faulty_rows_give_a_short_refusal(loaded, tmp_path):
    def change(sheet, rows, _):
        for number in range(100, 3000):
            sheet.cell(number, 4).value = "?"

    with pytest.raises(RejectedFile) as caught:
        load(loaded, [(KIND, filled(tmp_path / "r.xlsx", change=change))])
    assert str(caught.value).count("\n") == 20 and "забагато рядків" in str(caught.value)


def test_a_row_that_stands_twice_is_refused_with_both_places(tmp_path):
    def twice(sheet, rows, _):
        last = max(rows.values()) + 1
        sheet.cell(last, 1).value = "homes"

    with pytest.raises(RejectedFile, match=r"повторює рядок \d+"):
        KINDS[KIND].read(KINDS[KIND], filled(tmp_path / "r.xlsx", change=twice))
