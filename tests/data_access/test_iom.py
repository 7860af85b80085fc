"""The workbooks that IOM publishes go in as they are, and nothing that is wrong in them goes in unseen."""

from datetime import datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from data_access import tables as t
from data_access.pipeline.intake.load import load
from data_access.pipeline.iom.oblasts import NAMES, oblast_code
from tests.support.iom_files import IDPS, KIND, RETURNEES, plainly, real, small_workbook, stored_values
from tests.support.loading import contents, refusal
from tests.support.small import SAMPLE, sample_rows

pytestmark = pytest.mark.first_case_on_postgresql

ALL = [*IDPS, *RETURNEES]


@pytest.mark.parametrize("name", ALL)
def test_every_value_equals_what_a_plain_reader_finds(regions, name):
    done = load(regions, [(KIND[name], real(name))])
    expected = plainly(real(name))
    stored = stored_values(regions)
    assert {key: row["value"] for key, row in stored.items()} == expected
    assert {row["status"] for row in stored.values()} == {"x", "e"}
    assert all((row["status"] == "x") == (row["value"] is None) for row in stored.values())
    assert done[-1].own.added == len(expected) == (64 if name in IDPS else 26)


@pytest.mark.parametrize("name", ALL)
def test_loading_twice_changes_nothing(regions, name):
    load(regions, [(KIND[name], real(name))])
    before = contents(regions)
    (done,) = load(regions, [(KIND[name], real(name))])
    assert "all there already, nothing changed" in str(done)
    assert contents(regions) == before


def test_the_curated_sample_data_say_the_same_as_the_published_files(sample_engine):
    tables = ("published_value", "source", "producer")
    before = {name: rows for name, rows in contents(sample_engine).items() if name in tables}
    for name in ALL:
        for done in load(sample_engine, [(KIND[name], real(name))]):
            assert done.news == 0, name
    assert {name: rows for name, rows in contents(sample_engine).items() if name in tables} == before


def test_codes_that_contradict_the_names_are_told(regions):
    remarks = load(regions, [("iom-idps", real(IDPS[0]))])[-1].remarks
    assert len(remarks) == 2
    assert remarks[0] == (
        "sheet 'Estimated Population', row 11: 'Kyiv' bears 'UA32', the code of another oblast; "
        "taken by its name as UA80."
    )
    assert stored_values(regions)["idps_surveyed", "UA80"]["value"] == 370_000
    assert "Temp03" in load(regions, [("iom-idps", real(IDPS[1]))])[-1].remarks[0]


def test_sheets_that_are_left_out_are_told(regions):
    remarks = load(regions, [("iom-returnees", real(RETURNEES[1]))])[-1].remarks
    assert [remark for remark in remarks if "was not read" in remark] == [
        f"sheet {title!r} was not read: none of the indicators speaks of it." for title in ("Origin", "Displacement")
    ]


@pytest.mark.parametrize("kind", ["iom-idps", "iom-returnees"])
def test_a_round_nobody_has_seen_brings_its_own_source(regions, tmp_path, kind):
    done = load(regions, [(kind, small_workbook(tmp_path / "new.xlsx", kind))])
    stored = stored_values(regions)
    assert [part.added for part in done[0].parts] == [1, 1, (52 + 6) if kind == "iom-idps" else 26]
    row = stored["returnees_surveyed", "UA74"]
    assert (row["figure_id"], row["source_id"], str(row["period_end"]), row["precision"]) == (
        *("iom21-returnees-UA74", "iom_dtm_gps_r21"),
        *("2025-07-31", "month"),
    )
    assert row["value"] == (2001 if kind == "iom-idps" else 2000)
    if kind == "iom-idps":
        shares = {code: row["value"] for (name, code), row in stored.items() if name == "idps_hosted_share"}
        assert shares == {"UA63": 40, "UA46": 10, "other": 50}
    with regions.connect() as connection:
        source = connection.execute(select(t.source)).mappings().one()
    assert source["title"].endswith("General Population Survey round 21") and source["published_on"] == ""


def test_a_day_within_a_month_is_kept_as_a_day(regions, tmp_path):
    path = small_workbook(tmp_path / "new.xlsx", "iom-returnees", day=datetime(2025, 7, 9))
    load(regions, [("iom-returnees", path)])
    row = stored_values(regions)["returnees_surveyed", "UA74"]
    assert (row["precision"], str(row["period_end"])) == ("day", "2025-07-09")


def test_a_newer_file_of_a_round_replaces_the_older_one_and_leaves_an_edited_source(regions, tmp_path):
    load(regions, [("iom-idps", small_workbook(tmp_path / "new.xlsx", "iom-idps"))])
    with regions.begin() as connection:
        connection.execute(t.source.update().values(title="As an editor wrote it"))
    book = load_workbook(tmp_path / "new.xlsx")
    book.worksheets[0]["G3"] = 7000
    book.worksheets[1].delete_rows(3)
    book.worksheets[1]["B3"] = 0.6
    book.save(tmp_path / "newer.xlsx")
    done = load(regions, [("iom-idps", tmp_path / "newer.xlsx")])
    assert [(part.added, part.changed, part.removed) for part in done[0].parts] == [(0, 0, 0), (0, 0, 0), (0, 2, 1)]
    with regions.connect() as connection:
        assert connection.scalar(select(t.source.c.title)) == "As an editor wrote it"


def test_an_asterisk_beside_a_number_is_kept_as_a_warning(regions, tmp_path):
    book = load_workbook(small_workbook(tmp_path / "new.xlsx", "iom-returnees"))
    book.active["G27"] = 9000  # Khersonska*
    book.active["G26"], book.active["E26"] = "n/a", "Luhanska"
    book.save(tmp_path / "new.xlsx")
    load(regions, [("iom-returnees", tmp_path / "new.xlsx")])
    stored = stored_values(regions)
    assert stored["returnees_surveyed", "UA65"]["status"] == "e"
    assert stored["returnees_surveyed", "UA65"]["note_en"].startswith("IOM warns: the estimate is likely too low")
    assert stored["returnees_surveyed", "UA44"]["note_en"] == "IOM publishes no estimate. This is not zero."


@pytest.mark.parametrize("kind", ["iom-idps", "iom-returnees"])
def test_a_database_without_territories_says_so_once(engine_of_tables, tmp_path, kind):
    words = refusal(engine_of_tables, small_workbook(tmp_path / "new.xlsx", kind), kind)
    said = (
        "needs territories, and the database holds none; load them first: python -m data_access load territories FILE"
    )
    assert words == f"new.xlsx: {said}."


def test_an_estimate_beyond_the_population_is_refused_by_sheet_row_and_column(sample_engine, tmp_path):
    path = small_workbook(tmp_path / "new.xlsx", "iom-idps")
    book = load_workbook(path)
    book.active["G3"] = 9_000_000  # Cherkasy Oblast had 1,160,744 residents
    book.save(path)
    words = refusal(sample_engine, path, "iom-idps")
    place = f'new.xlsx, sheet {book.active.title!r}, row 3, column "Estimated de facto IDPs present": 9000000'
    assert words.startswith(f"{place} is more than twice the population of UA71, ") and "\n" not in words


def put(cell, value):
    def change(book):
        book.worksheets[0][cell] = value

    return change


def header_is(text):
    def change(book):
        book.worksheets[0]["E1"], book.worksheets[0]["E2"] = text, None

    return change


CORRUPTIONS = {
    "text": (put("G5", "багато"), "row 5, column \"{}\": 'багато' is not a number of persons; write digits, or n/a"),
    "blank": (put("G5", None), 'row 5, column "{}": the cell is empty and is not a number of persons'),
    "negative": (put("G5", -1000), "'-1000' is not a number of persons"),
    "absurd": (put("G5", 4e9), "'…' is not a number of persons"),
    "half a person": (put("G5", 1000.5), "'1000.5' is not a number of persons"),
    "no column": (lambda book: book.worksheets[0].delete_cols(7), "the column is missing; "),
    "no name column": (header_is(None), 'column "Oblast": the column is missing; load the file as IOM publishes it'),
    "renamed column": (header_is("Area"), 'column "Oblast": the column is missing'),
    "unknown oblast": (put("E5", "Galicia"), "row 5, column \"Oblast\": 'Galicia' is not an oblast that we know"),
    "formula": (put("G5", "=1000+1"), "row 5, column \"G\": sheet '{sheet}' holds a formula; copy the sheet"),
    "duplicate": (put("E5", "Cherkaska"), "row 5, column \"Oblast\": 'Cherkaska' repeats row 3; keep one of the two"),
    "removed": (lambda book: book.worksheets[0].delete_rows(5), "the row of Chernivetska (UA73) is missing; IOM lists"),
    "other round": (put("A9", 3), 'row 9, column "Round": 3 differs from '),
    "no round": (put("A9", "three"), "'three' is not the number of a round"),
    "other day": (put("D9", datetime(2023, 5, 1)), 'row 9, column "Reported Date": 2023-05-01 differs from '),
    "no day": (put("D9", "31 грудня"), "'31 грудня' is not a day; write it as 2025-11-10"),
    "far future": (put("D9", datetime(2924, 12, 31)), "2924-12-31 is before 2022-02-24 or in the future"),
    "misspelt": (
        put("E5", "Chernivetskaa"),
        "'Chernivetskaa' is misspelt, and the code 'UA99' beside it",
    ),
}


@pytest.mark.parametrize("fault", CORRUPTIONS)
@pytest.mark.parametrize("name", ALL)
def test_a_corrupted_copy_is_refused_with_a_sentence(regions, tmp_path, name, fault):
    change, said = CORRUPTIONS[fault]
    book = load_workbook(real(name))
    change(book)
    if fault == "misspelt":
        book.worksheets[0]["F5"] = "UA99"
    book.save(tmp_path / name)
    column = book.worksheets[0]["G1"].value
    words = refusal(regions, tmp_path / name, KIND[name])
    assert said.format(column, sheet=book.worksheets[0].title) in words
    assert "Traceback" not in words and len(words) < 2000


@pytest.mark.parametrize("name", ALL)
def test_a_truncated_copy_is_refused(regions, tmp_path, name):
    (tmp_path / name).write_bytes(real(name).read_bytes()[:-3000])
    assert "is damaged or is not an XLSX workbook; open and save it anew" in refusal(
        regions, tmp_path / name, KIND[name]
    )


def test_a_file_given_as_the_wrong_kind_is_refused_with_the_right_one(regions):
    assert "if the file is one of returnees only, load it as iom-returnees" in refusal(
        regions, real(RETURNEES[0]), "iom-idps"
    )
    assert "is a file of displaced persons; load it as iom-idps" in refusal(regions, real(IDPS[0]), "iom-returnees")
    assert "is not an XLSX workbook" in refusal(regions, SAMPLE / "values.csv", "iom-idps")
    book = "published-values"
    assert "several filled sheets" in refusal(regions, real(IDPS[0]), book)


def test_shares_that_do_not_make_the_whole_are_refused(regions, tmp_path):
    book = load_workbook(small_workbook(tmp_path / "new.xlsx", "iom-idps"))
    book.worksheets[1].delete_rows(2)
    book.worksheets[2]["A2"] = "Other oblast"
    book.save(tmp_path / "new.xlsx")
    said = refusal(regions, tmp_path / "new.xlsx", "iom-idps")
    assert "sheet 'Top 5 IDP hosting Oblasts': the shares add up to 60 % instead of 100 %" in said


def test_columns_are_found_wherever_they_stand_and_whatever_the_sheet_is_called(regions, tmp_path):
    book = load_workbook(small_workbook(tmp_path / "new.xlsx", "iom-idps"))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(max_col=8):
        for cell, value in zip(row, [cell.value for cell in reversed(row)], strict=True):
            cell.value = value
    sheet.title = "Аркуш"
    sheet.insert_rows(1)
    book.move_sheet(sheet, 2)
    book.save(tmp_path / "new.xlsx")
    load(regions, [("iom-idps", tmp_path / "new.xlsx")])
    assert stored_values(regions)["idps_surveyed", "UA74"]["value"] == 2000


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kyiv", "UA80"),
        ("Kyiv City ", "UA80"),
        ("Kyivska Oblast", "UA32"),
        ("Kyiv region", "UA32"),
        ("Zaporizka*", "UA23"),
        ("Livivska Oblast", "UA46"),
        ("Київська область", "UA32"),
        ("м. Київ", "UA80"),
        ("Chernivska", ""),  # Chernivetska or Chernihivska
        ("Київ область", ""),
        ("", ""),
        ("*", ""),
    ],
)
def test_an_oblast_is_found_by_every_form_of_its_name(name, code):
    assert oblast_code(name)[0] == code


def test_every_oblast_is_found_by_the_names_of_our_own_list():
    regions = {row["code"]: row for row in sample_rows("territories") if row["level"] == "region"}
    assert set(regions) == set(NAMES) - {"UA"}
    for code, row in regions.items():
        for column in ("name_uk", "name_en", "short_name_uk", "short_name_en"):
            assert oblast_code(row[column]) == (code, True), row[column]
