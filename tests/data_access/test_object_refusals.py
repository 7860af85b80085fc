"""Files of damaged objects that are refused: what the words say, and that personal data are never repeated."""

from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet
import pytest

from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_objects import ROWS, damaged, held, write_objects
from tests.support.loading import contents
from tests.support.small import IZIUM

pytestmark = pytest.mark.first_case_on_postgresql

FUTURE = str(date.today() + timedelta(days=2))  # still ahead when the run passes midnight
TAX_NUMBER = "2934512345"


def refusal(engine, path) -> str:
    """The words of the refusal; nothing at all has changed in the database."""
    before = contents(engine)
    with pytest.raises(RejectedFile) as refused:
        load(engine, [("damaged-objects", path)], source="s1")
    assert contents(engine) == before
    return str(refused.value)


def refused_rows(engine, tmp_path, *rows: dict) -> str:
    return refusal(engine, write_objects(tmp_path / "o.csv", list(rows)))


CELLS = [
    ({"object_id": ""}, "object_id", "the cell is empty; fill it in"),
    ({"object_id": "x" * 97}, "object_id", "is longer than 96 signs"),
    ({"object_id": "=1+1"}, "object_id", "may hold letters, digits and"),
    ({"object_id": "@x"}, "object_id", "may hold letters, digits and"),
    ({"object_id": "a\u200bb"}, "object_id", "may hold letters, digits and"),
    ({"object_id": "Іваненко Іван"}, "object_id", "may hold letters, digits and"),
    ({"community": ""}, "community", "the cell is empty"),
    ({"community": "UA99"}, "community", "is not a known territory"),
    ({"community": "UA63"}, "community", "is the code of a region; write that of the community"),
    ({"community": "UA6304"}, "community", "is the code of a raion"),
    ({"object_type": "house"}, "object_type", "is not one of residential, education"),
    ({"object_type": ""}, "object_type", "the cell is empty"),
    ({"severity": "sevеre"}, "severity", "is not one of destroyed, severe, moderate, slight"),
    ({"sector": "poetry"}, "sector", "is not one of agriculture, "),
    ({"evidence": "some"}, "evidence", "is not one of none, documented"),
    ({"owner_kind": "king"}, "owner_kind", "is not one of state, communal"),
    ({"rd4u_category": "B9.9"}, "rd4u_category", "is not a category of the Register of Damage that is loaded"),
    ({"damaged_on": "2022-02-23"}, "damaged_on", "is before 24.02.2022"),
    ({"damaged_on": "yesterday"}, "damaged_on", "is not a day; write it as 2025-11-10"),
    ({"damaged_on": ""}, "damaged_on", "the cell is empty"),
    ({"reported_on": FUTURE}, "reported_on", "is in the future"),
    ({"reported_on": "2022-03-04"}, "reported_on", "is before damaged_on"),
    ({"floor_area_m2": "-1"}, "floor_area_m2", "is outside 0 to 10,000,000"),
    ({"floor_area_m2": "10000001"}, "floor_area_m2", "is outside 0 to"),
    ({"floor_area_m2": "12 sq"}, "floor_area_m2", "is not a number"),
    ({"cost": "1e13", "currency": "uah"}, "cost", "is outside 0 to 1,000,000,000,000"),
    ({"cost": "nan", "currency": "uah"}, "cost", "is not a number"),
    ({"cost": "inf", "currency": "uah"}, "cost", "is not a number"),
    ({"cost": "1,234", "currency": "uah"}, "cost", "is not a number"),
    ({"cost": "5"}, "currency", "is empty beside a cost"),
    ({"currency": "uah"}, "currency", "stands without a cost"),
    ({"cost": "5", "currency": "eur"}, "currency", "is not one of uah, usd"),
    ({"owner_kind": "state", "owner_edrpou": "32112"}, "owner_edrpou", "8 digits"),
    ({"owner_kind": "individual", "owner_edrpou": "00032112"}, "owner_edrpou", "stands beside no legal entity"),
    ({"owner_edrpou": "00032112"}, "owner_edrpou", "stands beside no legal entity"),
]


@pytest.mark.parametrize(("change", "column", "said"), CELLS, ids=[f"{c} {s}"[:50] for _, c, s in CELLS])
def test_a_wrong_cell_is_named_by_row_and_column_without_its_value(engine, tmp_path, change, column, said):
    words = refused_rows(engine, tmp_path, ROWS[0], damaged("RD-5") | change)
    assert words.startswith(f'o.csv, row 3, column "{column}": ') and said in words
    value = change.get(column, "")
    assert len(value) < 4 or value not in words


@pytest.mark.parametrize("column", ["object_id", "owner_edrpou"])
def test_ten_digits_are_refused_before_anything_else_and_not_repeated(engine, tmp_path, column):
    rows = [damaged("RD-1", severity="wrong"), damaged("RD-2", owner_kind="state") | {column: TAX_NUMBER}]
    words = refused_rows(engine, tmp_path, *rows)
    assert words.startswith(f'o.csv, row 3, column "{column}": a number of ten digits') and "severity" not in words
    assert TAX_NUMBER not in words


def test_ten_digits_are_found_as_a_number_of_parquet_too(engine, tmp_path):
    row = damaged("RD-2")
    columns = {name: [text] for name, text in row.items() if text} | {"object_id": [int(TAX_NUMBER)]}
    pa.parquet.write_table(pa.table(columns), tmp_path / "o.parquet")
    words = refusal(engine, tmp_path / "o.parquet")
    assert "a number of ten digits" in words and TAX_NUMBER not in words


def test_coordinates_are_refused_unless_the_operator_allows_them(engine, tmp_path, monkeypatch):
    rows = [damaged("RD-1") | {"lat": "", "lon": ""}, damaged("RD-2") | {"lat": "49.2", "lon": "37.25"}]
    words = refused_rows(engine, tmp_path, *rows)
    assert words.startswith('o.csv, row 3, column "lat": coordinates may not be loaded here') and "49.2" not in words
    monkeypatch.setenv("ALLOW_COORDINATES", "1")
    load(engine, [("damaged-objects", tmp_path / "o.csv")], source="s1")
    assert (held(engine)["s1", "RD-2"]["lat"], held(engine)["s1", "RD-2"]["lon"]) == (49.2, 37.25)
    assert held(engine)["s1", "RD-1"]["lat"] is None
    outside = damaged("RD-3") | {"lat": "55.7", "lon": "37.6"}
    assert 'row 2, column "lat": is outside 44 to 53' in refused_rows(engine, tmp_path, outside)
    assert "lat and lon stand together" in refused_rows(engine, tmp_path, damaged("RD-3") | {"lat": "49", "lon": ""})


def test_empty_columns_of_coordinates_are_no_coordinates(engine, tmp_path):
    path = write_objects(tmp_path / "o.csv", [damaged("RD-1") | {"lat": "", "lon": ""}])
    assert load(engine, [("damaged-objects", path)], source="s1")[0].own.added == 1


def test_a_file_without_a_header_is_not_repeated(engine, tmp_path):
    path = tmp_path / "o.csv"
    path.write_text(f"RD-1,{TAX_NUMBER},Canary\nRD-2,{TAX_NUMBER},Canary\n")
    words = refusal(engine, path)
    assert "the first row holds no column names" in words and TAX_NUMBER not in words and "Canary" not in words


def test_missing_unknown_and_doubled_columns_are_named(engine, tmp_path):
    path = tmp_path / "o.csv"
    path.write_text("object_id,community,object_type,damaged_on,reported_on,colour,object_id\n")
    words = refusal(engine, path)
    assert 'column "severity": the column is missing' in words and 'column "colour": is not a column' in words
    assert 'column "object_id": this column stands twice' in words


def test_a_row_with_too_many_or_too_few_cells_is_named(engine, tmp_path):
    path = write_objects(tmp_path / "o.csv", ROWS)
    lines = path.read_text().splitlines()
    for row, changed, cells in ((4, lines[3] + ",Canary", 15), (3, "Canary,x", 2)):
        path.write_text("\n".join([*lines[: row - 1], changed, *lines[row:]]))
        words = refusal(engine, path)
        assert words.startswith(f"o.csv, row {row}: has {cells} cells, and the header 14 names")
        assert "Canary" not in words


HOSTILE = {
    "empty": b"",
    "blank": b"\n\n",
    "workbook": b"PK\x03\x04 nothing",
    "nul": b"object_id,community\0\n",
    "torn parquet": b"PAR1 nothing at all",
    "header only": b"object_id,community,object_type,severity,damaged_on,reported_on\n",
    "open quotation mark": b'object_id,community,object_type,severity,damaged_on,reported_on\n"a,b,c,d,e,f\n',
    "bad letters": b"object_id,community,object_type,severity,damaged_on,reported_on\n" + b"\xff" * 40 + b",,,,,\n",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_table_is_one_clear_sentence(engine, tmp_path, content):
    path = tmp_path / "o.csv"
    path.write_bytes(content)
    assert refusal(engine, path).startswith("o.csv")


def test_a_kind_of_value_that_does_not_fit_is_named(engine, tmp_path):
    row = {name: [text] for name, text in damaged("RD-2").items() if text}
    for column, value in (("severity", 1.5), ("damaged_on", True), ("floor_area_m2", datetime(2024, 1, 1))):
        pa.parquet.write_table(pa.table(row | {column: [value]}), tmp_path / "o.parquet")
        assert f'column "{column}": holds values of a kind that does not fit' in refusal(engine, tmp_path / "o.parquet")


def test_days_beyond_any_calendar_are_refused(engine, tmp_path):
    row = {name: [text] for name, text in damaged("RD-2").items() if text}
    for value in (pa.array([2**31 - 1], pa.int32()).cast(pa.date32()), pa.array([-(2**62)], pa.timestamp("ms"))):
        pa.parquet.write_table(pa.table(row | {"reported_on": value}), tmp_path / "o.parquet")
        assert 'row 2, column "reported_on"' in refusal(engine, tmp_path / "o.parquet")


def test_the_check_stops_at_a_thousand_faults(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("data_access.pipeline.damaged_objects.object_file.BATCH_ROWS", 600)
    path = write_objects(tmp_path / "o.csv", [damaged(f"RD-{n}", severity="bad") for n in range(5000)])
    with pytest.raises(RejectedFile) as refused:
        load(engine, [("damaged-objects", path)], source="s1")
    assert len(refused.value.faults) == 1000
    assert "Only the first 1,200 rows were looked at" in str(refused.value) and "and 999 more rows" in str(
        refused.value
    )


def test_a_file_without_a_source_is_refused(engine, tmp_path):
    with pytest.raises(RejectedFile, match="Name their source"):
        load(engine, [("damaged-objects", write_objects(tmp_path / "o.csv", [damaged("RD-1", IZIUM)]))])
