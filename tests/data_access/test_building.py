"""The embedded database appears whole or not at all, however its making ends."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data_access import DatabaseProblem, connect, release, releases
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.pipeline import building
from data_access.pipeline.building import build, initialise
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support import examples_lists, small
from tests.support.run import amount

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_sample(tmp_path) -> Path:
    """The hand-made rows in place of the sample data."""
    folder = tmp_path / "sample"
    folder.mkdir()
    small.write_all(folder)
    examples_lists.write_table(folder / "register_categories.csv", examples_lists.REGISTER)
    examples_lists.write_table(folder / "association_facts.csv", examples_lists.FACTS)
    return folder


def starting(path: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "data_access", "init", "--with-sample-data", "--url", f"sqlite:///{path}"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_embedded_database_is_one_file_in_wal_mode(tmp_path, small_sample):
    path = tmp_path / "new folder" / "dashboard.db"
    build(path, sample_data=True, folder=small_sample)
    assert [entry.name for entry in path.parent.iterdir()] == ["dashboard.db"]
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert release(connect(f"sqlite:///{path}")).name


def test_without_the_command_line_nothing_is_printed(tmp_path, small_sample, capfd):
    build(tmp_path / "dashboard.db", sample_data=True, folder=small_sample)
    assert capfd.readouterr() == ("", "")


def test_a_build_that_fails_leaves_nothing(tmp_path, small_sample):
    (small_sample / "values.csv").write_text("nonsense", encoding="utf-8")
    with pytest.raises(RejectedFile):
        build(tmp_path / "x" / "dashboard.db", sample_data=True, folder=small_sample)
    assert list((tmp_path / "x").iterdir()) == []


@pytest.mark.kill
@pytest.mark.parametrize("moment", [1.2, 0.8, 0.3, 1.6][: amount(2, of=4)])
def test_a_build_killed_at_any_moment_leaves_no_database_and_the_next_one_succeeds(tmp_path, moment):
    path = tmp_path / "dashboard.db"
    process = starting(path)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if path.exists():
        assert release(connect(f"sqlite:///{path}")).name, "what is there is whole"
    again = starting(path)
    assert again.wait(120) == 0, again.stderr.read()
    assert release(connect(f"sqlite:///{path}")).name


def test_what_interrupted_builds_left_is_swept_but_not_what_another_is_building(tmp_path, small_sample):
    old, young = (tmp_path / f".dashboard.db.{number}.building" for number in (1, 2))
    for left in (old, young):
        left.write_text("half")
    os.utime(old, (0, 0))
    build(tmp_path / "dashboard.db", sample_data=True, folder=small_sample)
    assert not old.exists() and young.exists()


@pytest.mark.kill
def test_two_starts_at_once_both_end_well(tmp_path):
    path = tmp_path / "dashboard.db"
    processes = [starting(path) for _ in range(2)]
    ends = [(process.communicate(timeout=120), process.returncode) for process in processes]
    assert [code for _, code in ends] == [0, 0], ends
    assert len(releases(connect(f"sqlite:///{path}"))) == 1
    assert [entry.name for entry in tmp_path.iterdir() if "building" in entry.name] == []


def test_a_slower_build_never_replaces_a_finished_one(tmp_path, small_sample):
    path = tmp_path / "dashboard.db"
    build(path, sample_data=True, folder=small_sample)
    before = path.stat().st_ino
    said = build(path, sample_data=True, folder=small_sample)
    assert "meanwhile been built" in said and path.stat().st_ino == before


def test_a_disk_without_hard_links_will_do(tmp_path, small_sample, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(building.os, "link", refuse)
    path = tmp_path / "dashboard.db"
    build(path, sample_data=True, folder=small_sample)
    assert release(connect(f"sqlite:///{path}")).name
    assert "meanwhile been built" in build(path, sample_data=True, folder=small_sample)


def test_init_fills_an_empty_database_and_leaves_a_filled_one_alone(tables_url, small_sample):
    assert "filled with the sample data" in initialise(tables_url, sample_data=True, folder=small_sample)
    assert "nothing was changed" in initialise(tables_url, sample_data=True, folder=small_sample)
    assert len(releases(connect(tables_url))) == 1


def test_init_creates_tables_only_where_that_is_asked(make_database):
    url = make_database()
    said = initialise(url, sample_data=False)
    assert "tables have been created" in said or "is ready" in said
    assert "still empty" in initialise(url, sample_data=False)
    with pytest.raises(DatabaseProblem) as caught:
        release(connect(url))
    assert caught.value.code == "no_release"


def test_init_leaves_a_newer_database_alone(tables_url):
    with writing_engine(tables_url).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseProblem) as caught:
        initialise(tables_url, sample_data=False)
    assert caught.value.code == "newer"


def test_init_says_that_a_file_is_damaged_and_leaves_it(tmp_path):
    path = tmp_path / "dashboard.db"
    path.write_bytes(b"a letter, not a database" * 100)
    with pytest.raises(DatabaseProblem) as caught:
        initialise(f"sqlite:///{path}", sample_data=True)
    assert caught.value.code == "damaged" and path.read_bytes().startswith(b"a letter")


def test_two_inits_of_one_server_at_once_both_end_well(postgres_server, small_sample):
    from concurrent.futures import ThreadPoolExecutor

    from tests.support.databases import new_postgres

    url = new_postgres(postgres_server)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: initialise(url, sample_data=True, folder=small_sample), "ab"))
    with connect(url).engine.connect() as connection:
        assert len(connection.execute(t.published_value.select()).all()) == len(small.VALUES)
        assert len(connection.execute(t.release.select()).all()) == 1
