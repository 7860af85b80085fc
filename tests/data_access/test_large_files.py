"""Files of many rows: looked at in pieces, no further than faults are of use, and without a copy of every text."""

import pytest

from data_access.pipeline.sheet import checks
from data_access.pipeline.sheet.faults import RejectedFile
from data_access.pipeline.sheet.table_file import read_sheet
from tests.support.loading import NEW, file_of, loading, refusal
from tests.support.small import TERRITORIES, write

pytestmark = pytest.mark.first_case_on_postgresql


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Pieces of four rows, and six faults are enough."""
    monkeypatch.setattr(checks, "CHUNK_ROWS", 4)
    monkeypatch.setattr(checks, "ENOUGH_FAULTS", 6)


def figures(count: int, **change) -> list[dict]:
    return [{"figure_id": f"new{number}", "territory_code": "UA63", **change} for number in range(count)]


def test_a_fault_in_the_last_piece_is_found(engine, tmp_path):
    rows = [NEW | {"figure_id": f"new{number}"} for number in range(10)] + [NEW | {"value": "багато"}]
    said = refusal(engine, write(tmp_path / "new.csv", "published-values", rows))
    assert "row 12, column \"value\": 'багато' is not a number" in said and "looked at" not in said


def test_the_check_ends_when_there_are_faults_enough_and_says_how_many_rows_it_saw(engine, tmp_path):
    path = file_of(tmp_path, *figures(30, value="багато"))
    with pytest.raises(RejectedFile) as caught:
        loading(engine, path)
    assert [fault.row for fault in caught.value.faults] == list(range(2, 10))  # two pieces of four rows
    assert str(caught.value).splitlines()[-1] == "Only the first 8 rows were looked at."


def test_faults_between_cells_end_the_check_as_well(engine, tmp_path):
    said = refusal(engine, file_of(tmp_path, *figures(30, value="-1")))
    assert said.splitlines()[-1] == "Only the first 6 rows were looked at."


def test_a_file_that_was_looked_at_to_its_end_does_not_say_otherwise(engine, tmp_path):
    for change in ({"value": "багато"}, {"value": "-1"}):
        for count in (6, 8):
            said = refusal(engine, file_of(tmp_path, *figures(count, **change)))
            assert ("looked at" in said) == (change["value"] == "-1" and count == 8)


def test_a_parent_may_stand_in_another_piece_of_the_file(engine, tmp_path):
    assert loading(engine, write(tmp_path / "t.csv", "territories", TERRITORIES[::-1]), "territories").own.rows == 12


def test_equal_texts_of_a_file_are_held_once(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n" + "Харків і область,1\n" * 3, "utf-8")
    rows = [texts for _, texts in read_sheet(tmp_path / "x.csv").rows]
    assert rows[0]["a"] == "Харків і область" and rows[0]["a"] is rows[1]["a"] is rows[2]["a"]
