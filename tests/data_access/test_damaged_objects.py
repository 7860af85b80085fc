"""Damaged objects: a file adds and corrects, a whole one replaces, and the tallies say what the objects add up to."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import codes, object_tables
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.damaged_objects.columns import floats
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_lists import EXAMPLES
from tests.support.examples_objects import (
    PLACES,
    ROWS,
    damaged,
    held,
    plain_tallies,
    tallies,
    write_objects,
    write_parquet,
)
from tests.support.loading import batches, contents
from tests.support.run import amount
from tests.support.small import IZIUM, KHARKIV

SMALL_DOUBT = ["There are 4 regions instead of 27; load the whole territories file."]


@pytest.fixture
def objects(engine, tmp_path):
    """The small database with the categories of the Register of Damage."""
    load(engine, [("register-categories", EXAMPLES["register-categories"](tmp_path))])
    return engine


def loading(engine, path, source="s1", **how):
    return load(engine, [("damaged-objects", path)], source=source, **how)[0]


@pytest.fixture(params=[False, True], ids=["", "indexed anew"])
def indexed_anew(request, monkeypatch):
    """Small loads keep the indexes; large ones drop them and make them again."""
    if request.param:
        monkeypatch.setattr("data_access.pipeline.damaged_objects.rows.MANY_ROWS", 0)


def test_every_row_stands_in_the_table_with_what_the_file_left_out(objects, tmp_path):
    done = loading(objects, write_objects(tmp_path / "o.csv", ROWS))
    assert str(done).splitlines() == [
        "o.csv (damaged-objects)",
        "  read       4 damaged objects",
        "  new        4 damaged objects, 1 producer",
    ]
    found = held(objects)
    assert {key: row["territory_code"] for key, row in found.items()} == {
        ("s1", "RD-1"): IZIUM,
        ("s1", "RD-2"): KHARKIV,
        ("s1", "ДМ-3"): "UA80",
        ("s1", "RD-4"): KHARKIV,
    }
    first, school, plant, road = (found["s1", name] for name in ("RD-1", "RD-2", "ДМ-3", "RD-4"))
    assert (first["floor_area_m2"], first["cost"], first["currency"], first["sector"]) == (
        54.5,
        470632.24,
        "uah",
        "housing",
    )
    assert (school["sector"], school["evidence"], school["owner_kind"]) == ("education_sector", "none", "unknown")
    assert (plant["owner_edrpou"], plant["rd4u_category"], plant["cost"]) == ("00032112", "B1.2", None)
    assert (road["damaged_on"], road["sector"]) == (date(2024, 6, 5), "transport")
    batch = batches(objects)[-1]
    assert (batch.kind, batch.rows, batch.added, batch.state) == ("damaged-objects", 4, 4, "loaded")
    assert tallies(objects) == plain_tallies(objects)


def test_parquet_brings_the_same_as_csv(objects, tmp_path):
    loading(objects, write_objects(tmp_path / "o.csv", ROWS), "s1")
    loading(objects, write_parquet(tmp_path / "o.parquet", ROWS), "s2")
    found = held(objects)
    assert {name: row for (source, name), row in found.items() if source == "s1"} == {
        name: row for (source, name), row in found.items() if source == "s2"
    }


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp1251", ","), ("utf-8-sig", ","), ("utf-16", "\t"), ("cp1251", ";"), ("utf-8", ";")]
)
def test_other_encodings_and_decimal_commas_are_read(objects, tmp_path, encoding, delimiter):
    rows = [row | {"cost": row["cost"].replace(".", ",")} for row in ROWS] if delimiter == ";" else ROWS
    loading(objects, write_objects(tmp_path / "o.csv", ROWS), "s1")
    loading(objects, write_objects(tmp_path / "p.csv", rows, encoding=encoding, delimiter=delimiter), "s2")
    found = held(objects)
    assert all(found["s1", row["object_id"]] == found["s2", row["object_id"]] for row in ROWS)


def test_numbers_with_decimal_commas_are_those_of_each_text():
    texts = ["1,5", "1 234,5", None, "1,234", "", " 7 ", "1,5", "x", "−3,25", "1e5", "1,234", "1.5"]
    found, wrong = floats(pa.array(texts, pa.string()), len(texts), comma=True)
    one_by_one = [cell_text.number((text or "").strip(), decimal_comma=True) for text in texts]
    np.testing.assert_array_equal(found, np.array(one_by_one, float))
    assert [text for text, is_wrong in zip(texts, wrong, strict=True) if is_wrong] == ["1,234", "x", "1,234"]


def test_a_file_adds_and_corrects(objects, tmp_path, indexed_anew):
    loading(objects, write_objects(tmp_path / "o.csv", ROWS))
    rows = [ROWS[0] | {"cost": "5", "severity": "slight"}, ROWS[1], damaged("RD-9", KHARKIV)]
    done = loading(objects, write_objects(tmp_path / "p.csv", rows))
    assert (done.own.rows, done.own.added, done.own.changed, done.own.removed) == (3, 1, 1, 0)
    assert len(held(objects)) == 5 and held(objects)["s1", "RD-1"]["cost"] == 5
    assert tallies(objects) == plain_tallies(objects)


def test_a_whole_file_is_all_that_its_source_has(objects, tmp_path, indexed_anew):
    loading(objects, write_objects(tmp_path / "o.csv", ROWS), "s1")
    loading(objects, write_objects(tmp_path / "o.csv", ROWS), "s2")
    done = loading(objects, write_objects(tmp_path / "p.csv", [ROWS[1], damaged("RD-9")]), whole=True)
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 0, 3)
    assert sorted(name for source, name in held(objects) if source == "s1") == ["RD-2", "RD-9"]
    assert sum(source == "s2" for source, _ in held(objects)) == 4
    assert tallies(objects) == plain_tallies(objects)


def test_the_same_file_twice_changes_nothing(objects, tmp_path, indexed_anew):
    path = write_objects(tmp_path / "o.csv", ROWS)
    loading(objects, path)
    before = contents(objects)
    assert "all there already, nothing changed" in str(loading(objects, path))
    assert "nothing changed" in str(loading(objects, path, whole=True))
    assert contents(objects) == before


def test_checking_a_file_loads_nothing(objects, tmp_path, indexed_anew):
    before = contents(objects)
    assert loading(objects, write_objects(tmp_path / "o.csv", ROWS), only_check=True).own.added == 4
    assert contents(objects) == before


def test_the_indexes_stand_after_a_load_and_after_a_refusal(objects, tmp_path, monkeypatch):
    from sqlalchemy import inspect

    monkeypatch.setattr("data_access.pipeline.damaged_objects.rows.MANY_ROWS", 0)
    loading(objects, write_objects(tmp_path / "o.csv", ROWS))
    with pytest.raises(RejectedFile):
        loading(objects, write_objects(tmp_path / "p.csv", [*ROWS, damaged("x", severity="bad")]))
    names = {index["name"]: index["unique"] for index in inspect(objects).get_indexes("damaged_object")}
    assert {name: bool(unique) for name, unique in names.items()} == {
        "ix_damaged_object_source_id_object_id": True,
        "ix_damaged_object_territory_code": False,
    }


def test_an_id_that_stands_twice_is_refused_in_whatever_batch(objects, tmp_path, monkeypatch, indexed_anew):
    path = write_objects(tmp_path / "o.csv", [damaged(f"a{n}") for n in (1, 2, 3, 4, 5, 2, 6)])
    for rows in (100, 3, 1):
        monkeypatch.setattr("data_access.pipeline.damaged_objects.object_file.BATCH_ROWS", rows)
        for _ in range(2):  # the second time some of them are there
            with pytest.raises(RejectedFile, match='row 7, column "object_id": repeats row 3; keep one of the two'):
                loading(objects, path)
            loading(objects, write_objects(tmp_path / "some.csv", [damaged("a1"), damaged("a4")]))


def test_check_finds_a_tally_that_is_wrong(objects, tmp_path):
    loading(objects, write_objects(tmp_path / "o.csv", ROWS))
    assert doubts(objects) == SMALL_DOUBT
    with objects.begin() as connection:
        connection.execute(
            object_tables.damage_tally.update().where(object_tables.damage_tally.c.cost_uah > 0).values(cost_uah=1)
        )
        connection.execute(object_tables.report_tally.delete())
    found = doubts(objects)[1:]
    assert found[0].startswith("damage_tally differs") and found[1].startswith("report_tally differs")


def test_progress_is_told(objects, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("data_access.pipeline.damaged_objects.loading.TOLD_EVERY", 2)
    caplog.set_level("INFO", "data_access")
    loading(objects, write_objects(tmp_path / "o.csv", ROWS))
    assert caplog.messages == ["4 objects read", "Counting and indexing"]


MONEY = st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
ROW = st.fixed_dictionaries(
    {
        "object_id": st.sampled_from([f"id{n}" for n in range(12)]),
        "community": st.sampled_from(PLACES),
        "object_type": st.sampled_from(("residential", "energy")),
        "severity": st.sampled_from(codes.SEVERITIES[:2]),
        "damaged_on": st.sampled_from(("2022-03-01", "2022-03-31", "2024-02-29")),
        "reported_on": st.sampled_from(("2024-02-29", "2025-01-01")),
        "floor_area_m2": st.one_of(st.just(""), MONEY),
        "rd4u_category": st.sampled_from(("", "A3.1", "B1.2")),
        "evidence": st.sampled_from(("", *codes.EVIDENCE)),
        "owner_kind": st.sampled_from(("", *codes.OWNER_KINDS)),
        "money": st.one_of(st.just(("", "")), st.tuples(MONEY, st.sampled_from(codes.CURRENCIES))),
    }
)
FILES = st.lists(
    st.tuples(
        st.lists(ROW, min_size=1, max_size=12, unique_by=lambda row: row["object_id"]),
        st.sampled_from(("s1", "s2")),
        st.booleans(),
        st.sampled_from((2, 5, 100)),
        st.sampled_from((0, 10**9)),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@pytest.mark.postgresql_in_full
@settings(max_examples=amount(12, of=30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_tallies_equal_a_plain_count_after_any_files(objects, tmp_path, files):
    for rows, source, whole, batch_rows, many in files:
        plain = [row | dict(zip(("cost", "currency"), row["money"], strict=True)) for row in rows]
        path = write_objects(tmp_path / "o.csv", [{k: v for k, v in row.items() if k != "money"} for row in plain])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("data_access.pipeline.damaged_objects.object_file.BATCH_ROWS", batch_rows)
            patch.setattr("data_access.pipeline.damaged_objects.rows.MANY_ROWS", many)
            loading(objects, path, source, whole=whole)
        assert tallies(objects) == plain_tallies(objects)
    assert doubts(objects) == SMALL_DOUBT
