"""One file = one batch = one transaction; the same file twice changes nothing."""

import threading

import pytest

from data_access import connect, territories
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.pipeline.intake import load as intake
from data_access.pipeline.intake.load import load
from data_access.pipeline.records.bulk import insert_rows
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support import small
from tests.support.loading import batches, contents, value_of
from tests.support.small import PERIODS, ROWS, VALUES, figure, sample_rows, write


def test_every_kind_of_file_is_one_batch(engine):
    assert [(batch.kind, batch.rows, batch.added) for batch in batches(engine)] == [
        (kind, len(rows), len(rows)) for kind, rows in ROWS.items()
    ]
    assert all(len(batch.sha256) == 64 for batch in batches(engine))


def test_the_same_files_twice_change_nothing(engine, tmp_path):
    before = contents(engine)
    done = load(engine, small.write_all(tmp_path))
    assert contents(engine) == before
    assert all("nothing changed" in str(one) for one in done)


def test_an_older_file_between_two_is_noticed(engine, tmp_path):
    first = write(tmp_path / "a.csv", "published-values", [VALUES[3]])
    second = write(tmp_path / "b.csv", "published-values", [VALUES[3] | {"value": 1}])
    assert load(engine, [("published-values", first)])[0].own.changed == 0
    assert load(engine, [("published-values", second)])[0].own.changed == 1
    assert load(engine, [("published-values", first)])[0].own.changed == 1
    assert value_of(engine, "idp63")["value"] == 500_000


def test_a_newer_file_replaces_rows_with_the_same_key_and_says_what_changed(engine, tmp_path):
    rows = [VALUES[3] | {"value": 510_000}, VALUES[5], figure("more", "idps_registered", "UA01", "2025-09-01", 3)]
    done = load(engine, [("published-values", write(tmp_path / "b.csv", "published-values", rows))])[0]
    assert (done.own.rows, done.own.added, done.own.changed, done.own.removed) == (3, 1, 1, 0)
    assert str(done).splitlines() == [
        "b.csv (published-values)",
        "  read       3 figures",
        "  new        1 figure",
        "  changed    1 figure",
        "  unchanged  1 figure",
    ]
    assert value_of(engine, "idp63")["value"] == 510_000
    assert value_of(engine, "idp80")["batch_id"] < value_of(engine, "idp63")["batch_id"] == batches(engine)[-1].id


def test_a_list_of_the_same_edition_replaces_the_whole_of_it(engine, tmp_path):
    rows = [*PERIODS[:-1], PERIODS[-1] | {"start_on": "2022-09-12"}]
    done = load(engine, [("territory-status", write(tmp_path / "x.csv", "territory-status", rows))])[0]
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 0, 1)
    newer = [row | {"edition": "2023-06-10"} for row in rows]
    done = load(engine, [("territory-status", write(tmp_path / "y.csv", "territory-status", newer))])[0]
    assert (done.own.added, done.own.removed) == (9, 0), "another edition stands beside it"


def test_sources_and_values_are_loaded_in_one_step_or_not_at_all(engine, tmp_path):
    sources = write(tmp_path / "s.csv", "sources", [{"source_id": "s9", "title": "Ninth"}])
    row = figure("new", "idps_registered", "UA63", "2025-09-01", 5, source_id="s9")
    files = [("sources", sources), ("published-values", write(tmp_path / "v.csv", "published-values", [row]))]
    before = contents(engine)
    bad = write(tmp_path / "bad.csv", "published-values", [row | {"value": "x"}])
    with pytest.raises(RejectedFile):
        load(engine, [files[0], ("published-values", bad)])
    assert contents(engine) == before
    load(engine, files)
    assert value_of(engine)["source_id"] == "s9"


def test_checking_loads_nothing(engine, tmp_path):
    path = write(tmp_path / "v.csv", "published-values", [figure("new", "idps_registered", "UA63", "2025-09-01", 5)])
    before = contents(engine)
    assert load(engine, [("published-values", path)], only_check=True)[0].own.added == 1
    assert contents(engine) == before


def test_a_failure_in_the_middle_of_writing_leaves_the_old_state(engine, tmp_path, monkeypatch):
    before = contents(engine)
    rows = [figure("new", "idps_registered", "UA63", "2025-09-01", 5), VALUES[3] | {"value": 1}]

    def fail(connection, table, new):
        insert_rows(connection, table, new)
        raise RuntimeError("the power fails")

    monkeypatch.setattr(intake, "insert_rows", fail)
    with pytest.raises(RuntimeError):
        load(engine, [("published-values", write(tmp_path / "v.csv", "published-values", rows))])
    assert contents(engine) == before


def test_two_loaders_at_once_both_end_well(small_url, tmp_path):
    rows = [
        [figure(f"{n}-{k}", "idps_registered", "UA63", f"20{n}-09-{k:02}", k) for k in range(1, 29)] for n in (23, 24)
    ]
    failures = []

    def work(number):
        try:
            path = write(tmp_path / f"{number}.csv", "published-values", rows[number])
            load(writing_engine(small_url), [("published-values", path)])
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with writing_engine(small_url).connect() as connection:
        assert len(connection.execute(t.published_value.select()).all()) == len(VALUES) + 56


def test_readers_see_the_old_state_until_a_load_has_ended(small_url, engine):
    db = connect(small_url)
    with engine.begin() as connection:
        connection.execute(t.territory.update().values(name_uk="half-way"))
        assert "half-way" not in set(territories(db)["name_uk"])
    assert set(territories(db)["name_uk"]) == {"half-way"}


def test_every_published_value_of_the_sample_data_is_stored_as_written(sample_db):
    with sample_db.engine.connect() as connection:
        stored = {row["figure_id"]: row for row in connection.execute(t.published_value.select()).mappings()}
    rows = sample_rows("published-values")
    assert set(stored) == {row["figure_id"] for row in rows}
    for row in rows:
        kept = stored[row["figure_id"]]
        assert kept["value"] == (float(row["value"]) if row["value"] else None)
        texts = {name: text for name, text in row.items() if name not in ("value", "figure_id", "safe_to_publish")}
        assert {name: str(kept[name]) for name in texts} == texts
        assert kept["safe_to_publish"] is (row["safe_to_publish"] == "1")
