"""Files as they really come: each is read rightly, or refused with file, row, column and what to do."""

import pytest

from data_access import connect, release, sources
from data_access.engine import writing_engine
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.loading import file_of, loading, refusal, value_of
from tests.support.run import amount, chance
from tests.support.small import ROWS, VALUES, territory, write

pytestmark = pytest.mark.first_case_on_postgresql

FAULTY_CELLS = [
    ({"value": "дванадцять"}, "new.csv, row 2, column \"value\": 'дванадцять' is not a number"),
    ({"value": "1,234"}, "is not a number (or can be read in two ways)"),
    ({"value": ""}, 'column "value": is empty; give it, or one of the marks'),
    ({"value": "-5"}, 'column "value": -5 is negative; write 0 or more'),
    ({"value": "99000000"}, "99000000 is more than twice the population of UA63, 2,598,961 in 2022"),
    ({"value": "5197923"}, "5197923 is more than twice the population of UA63"),  # 2 × 2,598,961 + 1
    ({"value": "44000000", "territory_code": "UA"}, "more than the population of Ukraine, 43,600,000 in 2022"),
    ({"value": "12.5"}, "12.5 is not whole; persons are counted, write a whole number"),
    ({"value": "100.1", "unit": "percent"}, "100.1 is more than 100 percent; check the number and the unit"),
    ({"value": "3e12", "unit": "usd"}, "3e12 is more than 2,000,000,000,000 usd"),
    ({"value": "5", "status": "x"}, "stands beside the mark 'x'"),
    ({"status": "q"}, "column \"status\": 'q' is not one of b, c, e"),
    ({"value": "=1+1"}, "looks like a formula"),
    ({"note_uk": "@SUM(A1)", "note_en": "x"}, "column \"note_uk\": '@SUM(A1)' looks like a formula"),
    ({"note_uk": "два\nрядки", "note_en": "x"}, "holds a line break or an invisible sign"),
    ({"note_uk": "лише українською"}, 'column "note_en": is empty; a note stands in both languages'),
    ({"indicator": "idps"}, "'idps' is not a known indicator"),
    ({"territory_code": "UA99"}, "'UA99' is not a known territory"),
    ({"territory_code": "UА63"}, "letters that only look Latin"),
    ({"territory_code": "UA6312027"}, "UA6312027 is a hromada; idps_registered knows country, region"),
    ({"source_id": "nowhere"}, "'nowhere' is not a known source; check the code or load it first"),
    ({"producer": "somebody"}, "'somebody' is not a known producer"),
    ({"unit": ""}, 'column "unit": the cell is empty here; fill it in'),
    ({"unit": "people"}, "'people' is not a known unit"),
    ({"qualifier": "more than"}, "'more than' is not one of about"),
    ({"coverage": "half"}, "'half' is not one of"),
    ({"breakdown": "type"}, "breakdown and category stand together"),
    ({"breakdown": "type", "category": "apartment"}, "type/apartment is not a breakdown of idps_registered"),
    ({"precision": "week"}, "'week' is not one of day, month, year"),
    ({"precision": "month"}, "2025-09-01 is not the last day of its month"),
    ({"precision": "year"}, "2025-09-01 is not 31 December"),
    ({"period_start": "2025-08-01"}, "a stock has one day, written in both"),
    ({"period_start": "2025-09-02"}, "2025-09-01 is before period_start 2025-09-02"),
    ({"period_start": "2999-01-01", "period_end": "2999-01-01"}, "2999-01-01 is in the future"),
    ({"period_start": "1025-09-01", "period_end": "1025-09-01"}, "1025-09-01 is before 24.02.2022, when"),
    ({"period_start": "2021-09-01", "period_end": "2021-09-01"}, "2021-09-01 is before 24.02.2022, when"),
    ({"period_start": "9/1/2025"}, "'9/1/2025' is not a day; write it as 2025-11-10"),
    ({"safe_to_publish": "yes"}, "'yes' is neither 1 nor 0"),
    ({"safe_to_publish": ""}, "is empty here"),
]


@pytest.mark.parametrize(("change", "said"), FAULTY_CELLS, ids=[said for _, said in FAULTY_CELLS])
def test_a_faulty_cell_is_refused_by_name(engine, tmp_path, change, said):
    assert said in refusal(engine, file_of(tmp_path, change))


@pytest.mark.parametrize(
    "change",
    [
        {"value": "5197922"},
        {"value": "43600000", "territory_code": "UA"},
        {"value": "0.4", "unit": "percent"},
        {"value": "1234567.89", "unit": "uah"},
        {"period_start": "2022-02-28", "period_end": "2022-02-28", "precision": "month"},
        {"period_start": "2022-02-24", "period_end": "2022-02-24"},
        {"indicator": "population", "period_start": "2022-01-01", "period_end": "2022-01-01", "coverage": "right_bank"},
    ],
)
def test_figures_at_the_bounds_are_read(engine, tmp_path, change):
    assert loading(engine, file_of(tmp_path, change)).own.added == 1


def test_a_flow_of_the_first_month_of_the_war_is_read(engine, tmp_path):
    flow = VALUES[9] | {"figure_id": "new", "precision": "month"}
    first = {"period_start": "2022-02-01", "period_end": "2022-02-28"}
    assert loading(engine, write(tmp_path / "new.csv", "published-values", [flow | first])).own.added == 1
    before = {"period_start": "2020-01-01", "period_end": "2020-01-31"}
    path = write(tmp_path / "old.csv", "published-values", [flow | before])
    assert "2020-01-01 is before 24.02.2022" in refusal(engine, path)


@pytest.mark.parametrize("mark", ["x", "z", "c", "s"])
def test_a_value_beside_a_mark_that_says_there_is_none_is_refused(engine, tmp_path, mark):
    assert f"beside the mark '{mark}'" in refusal(engine, file_of(tmp_path, {"value": "5", "status": mark}))
    assert loading(engine, file_of(tmp_path, {"value": "", "status": mark})).own.added == 1


def test_all_faults_are_told_at_once_and_the_report_stays_short(engine, tmp_path):
    said = refusal(engine, file_of(tmp_path, *({"figure_id": f"n{n}", "value": f"x{n}"} for n in range(3000))))
    assert said.count("\n") == 20 and "row 2," in said and "and 2980 more" in said


def test_equal_faults_are_one_line_with_the_first_row_and_the_number_of_rows(engine, tmp_path):
    unknown = [{"figure_id": f"n{row}", "source_id": "none"} for row in range(25)]
    words = refusal(
        engine, file_of(tmp_path, *unknown, {"figure_id": "a", "unit": "q"}, {"figure_id": "b", "unit": "q"})
    )
    assert [line.partition(": ")[0] for line in words.splitlines()] == [
        'new.csv, row 2 and 24 more rows, column "source_id"',
        'new.csv, row 27 and 1 more row, column "unit"',
    ]


def test_lists_that_are_not_loaded_are_told_once(tables_url, tmp_path):
    empty = writing_engine(tables_url)
    words = refusal(empty, file_of(tmp_path, *({"figure_id": f"n{row}"} for row in range(5)))).splitlines()
    empty.dispose()
    assert [line.partition(",")[0] for line in words] == [
        f"new.csv: needs {what}" for what in ("territories", "producers", "sources")
    ]
    assert words[2].endswith("load them first: python -m data_access load sources FILE.")


def test_one_bad_row_stops_all_the_others(engine, tmp_path):
    good = [
        {"figure_id": f"n{n}", "period_start": f"2025-09-{n:02}", "period_end": f"2025-09-{n:02}"} for n in range(2, 30)
    ]
    refusal(engine, file_of(tmp_path, *good, {"value": "x"}))


def test_the_same_row_twice_is_refused(engine, tmp_path):
    assert "repeats row 2" in refusal(engine, file_of(tmp_path, {}, {}))


def test_two_ids_for_the_same_figure_are_refused(engine, tmp_path):
    assert "has the same indicator" in refusal(engine, file_of(tmp_path, {}, {"figure_id": "other"}))
    twin = VALUES[3] | {"figure_id": "twin"}
    assert "as 'idp63'" in refusal(engine, write(tmp_path / "twin.csv", "published-values", [twin]))


def test_an_id_that_stands_for_another_figure_is_refused(engine, tmp_path):
    said = refusal(engine, file_of(tmp_path, {"figure_id": "idp80"}))
    assert "'idp80' already stands for idps_registered of UA80" in said


def test_missing_and_misspelt_columns_are_named(engine, tmp_path):
    path = file_of(tmp_path)
    path.write_text(path.read_text("utf-8").replace("qualifier", "Qualifyer").replace(",unit,", ",Unit,"), "utf-8")
    said = refusal(engine, path)
    assert 'row 1, column "unit": the column is missing' in said and "did you mean 'qualifier'" in said


def test_columns_in_another_order_are_read(engine, tmp_path):
    lines = [",".join(reversed(line.split(","))) for line in file_of(tmp_path).read_text("utf-8").splitlines()]
    (tmp_path / "new.csv").write_text("\n".join(lines), "utf-8")
    assert loading(engine, tmp_path / "new.csv").own.added == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_encodings_of_ukrainian_offices_are_read(engine, tmp_path, encoding):
    notes = {"note_uk": "Їжак і ґава", "note_en": "Note"}
    loading(engine, file_of(tmp_path, notes, encoding=encoding))
    assert value_of(engine)["note_uk"] == "Їжак і ґава"


def test_semicolons_and_decimal_commas_are_read(engine, tmp_path):
    loading(engine, file_of(tmp_path, {"value": "1 234,5", "unit": "usd"}, delimiter=";"))
    assert value_of(engine)["value"] == 1234.5


def test_spaces_around_and_european_dates_are_read(engine, tmp_path):
    loading(engine, file_of(tmp_path, {"value": " 5 ", "period_start": "01.09.2025", "period_end": "01.09.2025 "}))
    assert value_of(engine)["value"] == 5.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"figure_id\n", "the column is missing"),
        (b"\0\0\0\0", "is no text table"),
        (b"a,a\n1,2\n", "this column stands twice"),
        (b"a,,b\n1,2,3\n", "column 2 has no name"),
        (b'a,b\n"1,2\n', "check its quotation marks"),
        (b"a,b\n1,2,3\n", "more cells than the header has names"),
        (b"\x98\xff\n", "the letters cannot be read"),
        (b"PK\x03\x04 broken", "is damaged or is not an XLSX workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "protected by a password or is an old .xls"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_files_that_are_no_tables_are_refused(engine, tmp_path, content, said):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert said in refusal(engine, path)


def test_a_header_without_rows_is_refused(engine, tmp_path):
    path = write(tmp_path / "x.csv", "published-values", [])
    assert "has no rows below its header" in refusal(engine, path)


def test_a_file_that_is_not_there_is_refused(engine, tmp_path):
    assert "cannot be read (No such file" in refusal(engine, tmp_path / "nowhere.csv")


OTHER_KINDS = [
    ("territories", {"code": "UA7", "level": "region"}, "is not the P-code of a region"),
    ("territories", {"code": "UA07", "level": "region", "parent_code": "UA44"}, "'UA44' is not a known territory"),
    ("territories", {"code": "UA07", "level": "region", "lat": "4.9"}, "4.9 is outside 44 to 53"),
    ("territories", {"code": "UA07", "level": "region", "katottg": "UA63000"}, "does not begin with the code UA07"),
    ("territories", {"code": "UA07", "level": "region", "settlements": "2.5"}, "is not a whole number"),
    ("territories", {"code": "UA07", "level": "region", "parent_code": ""}, "only the country has none"),
    ("sources", {"source_id": "s9", "title": ""}, "is empty here"),
    ("sources", {"source_id": "s9", "published_on": "spring 2025"}, "is not a date; write 2025-11-10 or 2025"),
    ("producers", {"producer": "two words", "name_en": "=cmd"}, "looks like a formula"),
    ("producers", {"producer": "9" * 65}, "is longer than 64 signs; shorten it"),
    ("territory-names", {"code": "UA99"}, "'UA99' is not a known territory"),
    ("territory-status", {"end_on": "2022-01-01"}, "2022-01-01 is before the start 2022-02-24"),
    ("territory-status", {"start_on": "2023-06-01"}, "is after the edition of the list"),
    ("territory-status", {"status": "liberated"}, "'liberated' is not one of active_hostilities"),
    ("territory-status", {"hromada_code": ""}, "a settlement or community names its community"),
]


@pytest.mark.parametrize(("kind", "change", "said"), OTHER_KINDS, ids=[said for *_, said in OTHER_KINDS])
def test_faults_in_other_kinds_are_refused_by_name(engine, tmp_path, kind, change, said):
    base = (
        territory("UA07", "region", "Volyn") if kind == "territories" else ROWS[kind][2 if len(ROWS[kind]) > 2 else 0]
    )
    assert said in refusal(engine, write(tmp_path / "x.csv", kind, [base | change]), kind)


@pytest.mark.slow
def test_mutated_files_end_in_a_refusal_or_a_load_never_in_a_traceback(engine, tmp_path):
    luck, files = chance("mutated"), amount(40, of=150)
    whole = write(tmp_path / "m.csv", "published-values", VALUES).read_bytes()
    loaded = refused = 0
    for _ in range(files):
        content = bytearray(whole)
        for _ in range(luck.randint(1, 4)):
            place = luck.randrange(len(content))
            content[place : place + luck.randint(0, 3)] = bytes(
                luck.choices(b'\0\xff,;"\n=-9xA\xd0', k=luck.randint(0, 3))
            )
        (tmp_path / "m.csv").write_bytes(content)
        try:
            loading(engine, tmp_path / "m.csv")
            loaded += 1
        except RejectedFile as refusal_:
            refused += 1
            assert str(refusal_).startswith("m.csv")
    assert loaded and refused > files / 3


def test_readers_are_served_while_files_are_refused(engine, small_url, tmp_path):
    db = connect(small_url)
    refusal(engine, file_of(tmp_path, {"value": "x"}))
    assert release(db).name == "2026.5.1" and len(sources(db)) == 3
