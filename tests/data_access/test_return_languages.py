"""A refused return speaks the language of its template, in every line; and what may be done to its other sheets."""

import re
from datetime import date, datetime

import pytest

from data_access.__main__ import main
from data_access.engine import writing_engine
from data_access.pipeline.community_return.form_rows import FORM, LISTS, NOTES
from data_access.pipeline.community_return.template import write_template
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_returns import KHARKIV_UNIT, KIND, filled, put
from tests.support.loading import refusal
from tests.support.mutations import mutated
from tests.support.return_faults import FAULTS, spoil
from tests.support.run import amount, chance, in_languages

pytestmark = pytest.mark.first_case_on_postgresql

LANGS = ["uk", "en"]
CYRILLIC, LATIN = re.compile("[а-яґєії]{2,}", re.IGNORECASE), re.compile("[a-z]{2,}", re.IGNORECASE)
NAMES = re.compile(r"«[^«»]*»|“[^“”]*”|\b[\w-]+\.xlsx\b|\bUA\d+\b|XLSX|\.xlsx?\b")  # cells, sheets, files, codes
BOTH = " · "
MADE_TWICE = amount(15, of=60)  # mutated files of each language


def is_of_one_language(report: str, lang: str) -> bool:
    """Whether no word of the other language stands outside the names; lines in both languages are those of neither."""
    said = NAMES.sub("", report)
    return not (LATIN if lang == "uk" else CYRILLIC).search(said)


def report(engine, path) -> str:
    with pytest.raises(RejectedFile) as caught:
        load(engine, [(KIND, path)])
    return caught.value.report


def in_cells(values):
    return lambda sheet, rows, book: put(sheet, rows, **values)


def clear(sheet, rows, book) -> None:
    for row in sheet.iter_rows(min_row=12, min_col=4, max_col=6):
        for cell in row:
            if isinstance(cell.value, int):
                cell.value = None


def many(sheet, rows, book) -> None:
    for number in range(100, 3000):
        sheet.cell(number, 4).value = "?"


CHANGES = {
    **{said: in_cells(values) for values, said in FAULTS},
    "another version": lambda sheet, rows, book: put(sheet, rows, 2, template=7),
    "everything at once": spoil,
    "nothing filled in": clear,
    "a million rows": many,
    "a row twice": lambda sheet, rows, book: put(sheet, rows, 1, title="homes"),
    "a renamed row": lambda sheet, rows, book: put(sheet, rows, 3, homes="?"),
    "a sign in the name": in_cells({"name_uk": "Харківська\nгромада"}),
    "a fraction": in_cells({"money": 1.5}),
    "spent more than granted": lambda sheet, rows, book: put(sheet, rows, 6, **{"money.housing": 10**9}),
    "written on the notes": lambda sheet, rows, book: put(book[NOTES], {"cell": 40}, cell=5),
}


@pytest.mark.parametrize(("change", "lang"), in_languages(list(CHANGES)))
def test_every_refusal_is_wholly_in_the_language_of_the_template(loaded, tmp_path, change, lang):
    said = report(loaded, filled(tmp_path / "r.xlsx", lang=lang, change=CHANGES[change]))
    assert is_of_one_language(said, lang), said
    assert said.endswith("Нічого не завантажено." if lang == "uk" else "Nothing was loaded.")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", ["UA63120270000099999", "UA99000000000000000", "UA63120000000030689"])
def test_an_unknown_community_is_refused_in_the_language_of_the_template(loaded, tmp_path, lang, code):
    said = report(loaded, filled(tmp_path / "r.xlsx", KHARKIV_UNIT | {"katottg": code}, lang))
    assert is_of_one_language(said, lang), said
    sentence = {
        "uk": f"громади з кодом {code} немає в базі даних; повідомте Асоціацію",
        "en": f"no community with the code {code} is in the database; tell the Association",
    }
    assert sentence[lang] in said and ("клітинка D4" if lang == "uk" else "cell D4") in said


@pytest.mark.parametrize("lang", LANGS)
def test_the_line_about_more_faults_is_in_the_language_of_the_template(loaded, tmp_path, lang):
    said = report(loaded, filled(tmp_path / "r.xlsx", lang=lang, change=many)).splitlines()
    assert len(said) == 22
    assert ("та ще помилок: " if lang == "uk" else " more of this kind; mend these first") in said[-2]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_spoilt_returns_are_refused_in_the_language_of_the_template_or_in_both(loaded, tmp_path, lang):
    luck = chance(lang)
    path = filled(tmp_path / "r.xlsx", lang=lang)
    whole, refused = path.read_bytes(), 0
    for _ in range(MADE_TWICE):
        path.write_bytes(mutated(path, luck))
        try:
            load(loaded, [(KIND, path)], only_check=True)
        except RejectedFile as refusal_:
            refused += 1
            said = refusal_.report
            in_both = said.splitlines()[-1] == "Нічого не завантажено. · Nothing was loaded."
            assert in_both or is_of_one_language(said, lang) or is_of_one_language(said, "uk"), said
            assert not in_both or all(BOTH in line for line in said.splitlines())
        path.write_bytes(whole)
    assert refused > MADE_TWICE / 4


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_prints_the_refusal_in_that_language_and_nothing_else(loaded, small_url, tmp_path, capsys, lang):
    path = filled(tmp_path / "r.xlsx", lang=lang, change=spoil)
    assert main(["load", KIND, str(path), "--url", small_url]) == 1
    out, err = capsys.readouterr()
    assert out == "" and is_of_one_language(err, lang), err


def test_the_check_of_languages_itself_sees_a_foreign_word():
    assert not is_of_one_language("r.xlsx: немає; take a new one.", "uk")
    assert not is_of_one_language("r.xlsx: is missing; візьміть.", "en")
    assert is_of_one_language("r.xlsx: аркуш «Sheet one», клітинка D4: код UA63120270000099999", "uk")


def without_the_others(sheet, rows, book) -> None:
    del book[NOTES], book[LISTS]


def rearranged(sheet, rows, book) -> None:
    book.move_sheet(FORM, 1)
    book[NOTES].delete_rows(3, 4)
    book[NOTES].insert_rows(1, 2)
    book[LISTS].delete_rows(1, 30)
    book[LISTS]["B1"], book[LISTS]["C1"] = "2030-01", datetime(2030, 1, 1)
    book[LISTS].sheet_state = "visible"


@pytest.mark.parametrize("change", [without_the_others, rearranged])
def test_notes_and_lists_may_be_deleted_cut_and_moved(loaded, tmp_path, change):
    assert load(loaded, [(KIND, filled(tmp_path / "r.xlsx", change=change))])[0].own.added == 79


WRITTEN = {
    "beside the notes": (NOTES, "C5", "усього 12 будинків", "C5"),
    "over a note": (NOTES, "A3", "Усе гаразд", "A3"),
    "a number below the notes": (NOTES, "A60", 0, "A60"),
    "a formula": (NOTES, "B2", "=1+1", "B2"),
    "among the months": (LISTS, "A4", "жовтень", "A4"),
    "beside the months": (LISTS, "B2", 17, "B2"),
    "a day among the months": (LISTS, "A4", date(2026, 10, 17), "A4"),
}


@pytest.mark.parametrize("place", WRITTEN)
def test_what_is_written_on_notes_or_lists_is_refused_and_not_passed_over(loaded, tmp_path, place):
    title, cell, value, told = WRITTEN[place]

    def change(sheet, rows, book):
        book[title][cell] = value

    said = refusal(loaded, filled(tmp_path / "r.xlsx", change=change), KIND)
    assert said == (
        f"r.xlsx: аркуш «{title}», клітинка {told}: на цьому аркуші нічого не вписують, його не читають; "
        "очистіть клітинку або видаліть аркуш."
    )


def test_a_renamed_sheet_of_notes_is_told_as_one_too_many(loaded, tmp_path):
    def change(sheet, rows, book):
        book[NOTES].title = "Нотатки"

    said = refusal(loaded, filled(tmp_path / "r.xlsx", change=change), KIND)
    assert "аркуш «Нотатки»: зайвий аркуш; видаліть його" in said


def test_an_untouched_form_has_only_faults_of_being_empty(loaded, tmp_path):
    write_template(KHARKIV_UNIT, tmp_path / "r.xlsx")
    assert "на цьому аркуші" not in refusal(loaded, tmp_path / "r.xlsx", KIND)


@pytest.mark.parametrize("lang", LANGS)
def test_a_database_without_territories_says_so_in_the_language_of_the_template(tables_url, tmp_path, lang):
    engine = writing_engine(tables_url)
    said = report(engine, filled(tmp_path / "r.xlsx", lang=lang)).splitlines()
    engine.dispose()
    words = {"uk": "у базі даних немає жодної території", "en": "needs territories, and the database holds none"}
    assert len(said) == 2 and said[0].startswith(f"r.xlsx: {words[lang]}; ")


@pytest.mark.parametrize("lang", LANGS)
def test_a_count_beyond_the_population_is_refused_by_its_cell(loaded, tmp_path, lang):
    path = filled(tmp_path / "r.xlsx", lang=lang, change=in_cells({"homes": 6_000_000}))
    said = report(loaded, path).splitlines()  # Kharkiv Oblast had 2,598,961 residents; money is 9,000,000
    words = {"uk": "клітинка D51: 6000000 — неймовірно велике", "en": "cell D51: 6000000 is too large to be true"}
    assert len(said) == 2 and words[lang] in said[0]
