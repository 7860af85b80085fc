"""A release is frozen, hashed, the same on every database, and made only when something has changed."""

import hashlib
import json
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from data_access import cells, connect, release, release_changes, releases, status_periods
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.migrations import upgrade
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.cells import NewCell, fingerprint
from data_access.pipeline.publish.release import (
    NothingToPublish,
    compute_cells,
    edition_warning,
    publish,
    release_cells,
)
from tests.support import small
from tests.support.loading import contents
from tests.support.small import FIRST_OF_MAY, VALUES, figure, sample_rows, write

LATER = FIRST_OF_MAY + timedelta(days=10)


def change(engine, tmp_path, *rows):
    load(engine, [("published-values", write(tmp_path / "change.csv", "published-values", list(rows)))])


def test_publishing_twice_with_nothing_new_makes_no_new_release(engine):
    before = contents(engine)
    done = publish(engine, now=LATER)
    assert done.name == "" and "Nothing has changed" in str(done)
    assert contents(engine) == before


def test_releases_are_named_by_month_and_number(engine, tmp_path):
    names = []
    for number, moment in enumerate((LATER, LATER, datetime(2026, 11, 2), datetime(2026, 12, 2), datetime(2026, 1, 2))):
        change(engine, tmp_path, VALUES[3] | {"value": number})
        names.append(publish(engine, now=moment).name)
    assert names == ["2026.5.2", "2026.5.3", "2026.11.1", "2026.12.1", "2026.1.1"]


def test_a_release_says_what_is_new_changed_and_vanished(engine, small_url, tmp_path):
    new = figure("n", "idps_surveyed", "UA63", "2025-06-05", 1, producer="iom")
    change(engine, tmp_path, VALUES[3] | {"value": 1}, VALUES[5] | {"safe_to_publish": 0}, new)
    done = publish(engine, "second", now=LATER)
    assert (dict(done.new), dict(done.changed), dict(done.vanished)) == (
        {"idps_surveyed": 1},
        {"idps_registered": 1},
        {"idps_registered": 1},
    )
    db = connect(small_url)
    found = release_changes(db).set_index("indicator")
    assert found.loc["idps_registered"].tolist() == [0, 1, 1] and found.loc["idps_surveyed"].tolist() == [1, 0, 0]
    assert releases(db)["name"].tolist() == ["2026.5.2", "2026.5.1"]
    assert releases(db).loc[0, ["note", "cells", "new", "changed", "vanished"]].tolist() == [
        "second",
        done.cells,
        *(1, 1, 1),
    ]


def test_a_pinned_release_shows_what_it_showed_after_later_ones(engine, small_url, tmp_path):
    db = connect(small_url)
    first = release(db)
    shown = {
        name: cells(db, name, release=first, breakdown=None) for name in ("idps_registered", "communities_by_status")
    }
    for number in range(3):
        change(engine, tmp_path, VALUES[3] | {"value": number}, VALUES[5] | {"safe_to_publish": number % 2})
        publish(engine, now=LATER)
        with engine.connect() as connection:
            assert fingerprint(release_cells(connection, release(db).id)) == fingerprint(compute_cells(connection))
    assert not cells(db, "idps_registered").equals(shown["idps_registered"])
    for name, before in shown.items():
        assert cells(db, name, release=first, breakdown=None).equals(before)
        assert cells(db, name, release=first.name, breakdown=None).equals(before)


def test_a_newer_edition_of_the_list_takes_the_place_of_the_older_one(engine, small_url, tmp_path):
    newer = [row | {"edition": "2023-06-10"} for row in small.PERIODS if row["code"] != small.KHARKIV]
    load(engine, [("territory-status", write(tmp_path / "new.csv", "territory-status", newer))])
    publish(engine, now=LATER)
    db = connect(small_url)
    assert status_periods(db, small.KHARKIV).empty and len(status_periods(db, "UA")) == len(newer)
    months = cells(db, "months_under_status", breakdown="territory_status")
    assert small.KHARKIV not in set(months["territory_code"])
    assert set(months["period_end"].astype(str)) == {"2023-06-10"}
    assert len(cells(db, "communities_by_status", areas=["UA"], breakdown="uniformity")) == 2 * 17


def test_only_values_that_an_editor_marked_safe_are_published(small_db):
    with small_db.engine.connect() as connection:
        held = connection.execute(t.cell.select().where(t.cell.c.territory_code == "UA85")).all()
    assert 7.0 not in [row.value for row in held] and "UA85" not in set(
        cells(small_db, "idps_registered")["territory_code"]
    )


def test_the_newest_release_is_what_the_records_give_now(small_db):
    with small_db.engine.connect() as connection:
        computed = compute_cells(connection)
        assert fingerprint(computed) == release(small_db).sha256
        assert len(computed) == len({cell.key for cell in computed}), "no two cells of one key"


def test_the_fingerprint_is_worked_out_again_from_plain_rows(small_db):
    with small_db.engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(t.cell.select()).mappings()]
    names = [*t.KEY, "audience", "value", "qualifier", "status", "as_of", "published_on", "note_uk", "note_en"]
    rows.sort(key=lambda row: [str(row[name]) for name in names[:12]])
    lines = [json.dumps([row[n] for n in names], default=str, separators=(",", ":")) + "\n" for row in rows]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == release(small_db).sha256


def test_the_fingerprint_sees_every_change(small_db):
    with small_db.engine.connect() as connection:
        computed = compute_cells(connection)
    whole = fingerprint(computed)
    assert fingerprint(reversed(computed)) == whole
    for changed in ({"value": 1.5}, {"status": "e"}, {"note_uk": "Інше"}, {"audience": "members"}):
        assert fingerprint([computed[0]._replace(**changed), *computed[1:]]) != whole
    assert fingerprint(computed[1:]) != whole


@pytest.mark.parametrize("data", ["small", "sample"])
def test_sqlite_and_postgresql_give_the_same_release_cell_for_cell(postgres_server, tmp_path, data):
    from data_access.pipeline.building import SAMPLE_DATA, SAMPLE_FILES
    from tests.support.databases import new_postgres

    files = (
        small.write_all(tmp_path) if data == "small" else [(kind, SAMPLE_DATA / name) for kind, name in SAMPLE_FILES]
    )
    found = []
    for url in (f"sqlite:///{tmp_path / 'same.db'}", new_postgres(postgres_server)):
        engine = writing_engine(url)
        with engine.begin() as connection:
            upgrade(connection)
        load(engine, files)
        publish(engine, now=FIRST_OF_MAY)
        with engine.connect() as connection:
            rows = connection.execute(t.cell.select()).mappings()
            held = sorted(([row[name] for name in NewCell._fields] for row in rows), key=lambda cell: cell[:12])
        found.append((release(connect(url)).sha256, held))
        engine.dispose()
    assert found[0] == found[1]


def test_nothing_loaded_is_nothing_to_publish(tables_url):
    with pytest.raises(NothingToPublish, match="load files first"):
        publish(writing_engine(tables_url))


def test_a_failure_while_publishing_leaves_the_last_release(engine, small_url, tmp_path):
    change(engine, tmp_path, VALUES[3] | {"value": 1})
    before = contents(engine)

    def fail(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO release_change"):
            raise RuntimeError("the power fails")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError):
        publish(engine, now=LATER)
    event.remove(engine, "before_cursor_execute", fail)
    assert contents(engine) == before and release(connect(small_url)).name == "2026.5.1"


def test_two_publications_at_once_make_one_release(small_url, engine, tmp_path):
    change(engine, tmp_path, VALUES[3] | {"value": 1})
    names = []
    threads = [
        threading.Thread(target=lambda: names.append(publish(writing_engine(small_url), now=LATER).name)) for _ in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names) == ["", "2026.5.2"]


def test_an_old_edition_of_the_list_is_said(engine, tables_url):
    with engine.connect() as connection:
        assert edition_warning(connection, datetime(2023, 7, 1)) == ""
        assert "of 2023-05-10 (100 days old)" in edition_warning(connection, datetime(2023, 8, 18))
    with writing_engine(tables_url).connect() as connection:
        assert "No edition" in edition_warning(connection, FIRST_OF_MAY)


def test_the_sample_data_are_consistent(sample_db):
    assert doubts(sample_db.engine) == []


SPOILT = [
    ("UPDATE cell SET value = value + 1 WHERE indicator = 'idps_registered' AND value > 5", "differ from those it was"),
    ("DELETE FROM cell WHERE indicator = 'idps_registered'", "and now holds"),
    (
        "UPDATE published_value SET indicator = 'gone' WHERE figure_id = 'idp63'",
        "the indicator gone is not in the registry",
    ),
    ("UPDATE published_value SET unit = 'souls' WHERE figure_id = 'idp63'", "the unit souls of idps_registered"),
    ("UPDATE territory SET parent_code = 'UA6312029' WHERE code = 'UA6312027'", "which is no higher unit"),
]


@pytest.mark.parametrize(("spoil", "said"), SPOILT, ids=[said for _, said in SPOILT])
def test_an_inconsistency_is_found_and_named(engine, spoil, said):
    expected = {"There are 4 regions instead of 27; load the whole territories file."}
    assert set(doubts(engine)) == expected
    with engine.begin() as connection:
        connection.exec_driver_sql(spoil)
    found = [doubt for doubt in doubts(engine) if doubt not in expected]
    assert found and all(doubt.endswith(".") for doubt in found) and said in " ".join(found)


def test_every_safe_value_of_the_sample_data_is_a_public_cell(sample_db):
    rows = [row for row in sample_rows("published-values") if row["safe_to_publish"] == "1"]
    by_indicator = {}
    for row in rows:
        by_indicator.setdefault(row["indicator"], []).append(row)
    for indicator, expected in by_indicator.items():
        frame = cells(sample_db, indicator, breakdown=None)
        held = {
            tuple(str(row[name])[:10] if name.startswith("period_") else row[name] for name in t.KEY): row
            for row in frame.to_dict("records")
        }
        for row in expected:
            cell = held[tuple(row[name] for name in t.KEY)]
            assert (cell["value"] == float(row["value"])) if row["value"] else cell["value"] != cell["value"]
            for name in ("qualifier", "status", "note_uk", "note_en"):
                assert cell[name] == row[name]


def test_the_registered_displaced_of_june_2025_add_to_4_594_254(sample_db):
    frame = cells(sample_db, "idps_registered", level="region")
    june = frame[(frame["producer"] == "minsocpol") & (frame["period_end"] == "2025-06-05") & (frame["coverage"] == "")]
    assert len(june) == 25 and june["value"].sum() == 4_594_254


def test_the_figures_of_kharkiv_keep_their_dates_and_sources(sample_db):
    lost = cells(sample_db, "homes_lost_residents", areas=["UA6312027"])
    assert ((lost["value"] == 160_000) & (lost["period_end"] == "2025-11-10")).any()
    damaged = cells(sample_db, "buildings_damaged", areas=["UA6312027"], breakdown=None)
    damaged = damaged[damaged["breakdown"] == ""]
    told = {(v, str(day)[:10]) for v, day in zip(damaged["value"], damaged["period_end"], strict=True)}
    assert {(12_000.0, "2025-11-10"), (12_700.0, "2025-12-25")} <= told
    assert damaged.loc[damaged["period_end"] == "2025-11-10", "qualifier"].tolist() == ["over"]
