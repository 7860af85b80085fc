"""python -m data_access: what it prints, where, and how it ends. Never a traceback, never a password."""

import subprocess
import sys
from pathlib import Path

import pytest

from data_access.__main__ import KINDS, main
from data_access.pipeline import kinds
from data_access.pipeline.readers import READERS
from tests.data_access.small import VALUES, figure, write

ROOT = Path(__file__).resolve().parents[2]
NEW = figure("new", "idps_registered", "UA63", "2025-09-01", 1234)


@pytest.fixture
def run(capsys):
    """Run a command in this process; returns (exit code, standard output, standard error)."""

    def running(*arguments: str):
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return running


def test_it_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "data_access", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("init", "load", "publish", "check", "releases"))


def test_the_kinds_on_the_command_line_are_those_that_can_be_loaded():
    assert set(KINDS) == {*kinds.KINDS, *READERS}


def test_from_an_empty_database_to_a_second_release(run, small_url, tmp_path):
    path = write(tmp_path / "new.csv", "published-values", [NEW])
    code, out, _ = run("load", "published-values", path, "--url", small_url)
    assert (code, out) == (0, "new.csv: 1 rows; 1 new, 0 changed, 0 removed.\n")
    code, out, err = run("publish", "--note", "September", "--url", small_url)
    assert code == 0 and "idps_registered" in out and "1 new, 0 changed, 0 vanished" in out
    assert "Published values" in err and "order 376 is of 2023-05-10" in err
    code, out, _ = run("releases", "--url", small_url)
    assert code == 0 and "September" in out.splitlines()[0] and out.count("\n") == 2
    code, out, _ = run("publish", "--url", small_url)
    assert code == 0 and "Nothing has changed" in out


def test_checking_a_file_loads_nothing(run, small_url, tmp_path):
    path = write(tmp_path / "new.csv", "published-values", [NEW])
    code, out, _ = run("load", "published-values", path, "--check", "--url", small_url)
    assert code == 0 and "checked only, nothing was loaded" in out
    assert "1 new" in run("load", "published-values", path, "--url", small_url)[1]


def test_sources_come_with_their_values(run, small_url, tmp_path):
    sources = write(tmp_path / "s.csv", "sources", [{"source_id": "s9", "title": "Ninth"}])
    path = write(tmp_path / "new.csv", "published-values", [NEW | {"source_id": "s9"}])
    assert run("load", "published-values", path, "--url", small_url)[0] == 1
    assert run("load", "published-values", path, "--sources", sources, "--url", small_url)[0] == 0


def test_a_rejected_file_ends_with_1_and_says_what_to_do(run, small_url, tmp_path):
    path = write(tmp_path / "bad.csv", "published-values", [VALUES[0], NEW | {"value": "many"}])
    code, out, err = run("load", "published-values", path, "--url", small_url)
    assert (code, out) == (1, "")
    assert err.startswith("bad.csv, row 3, column \"value\": 'many' is not a number")
    assert err.endswith("Nothing was loaded.\n")


@pytest.mark.parametrize("command", [[], ["load"], ["load", "poems", "x.csv"], ["publish", "--often"], ["fly"]])
def test_a_command_that_is_not_understood_ends_with_2(run, command):
    assert run(*command)[0] == 2


@pytest.mark.parametrize("command", [["publish"], ["check"], ["releases"], ["load", "sources", "x.csv"]])
@pytest.mark.parametrize("url", ["sqlite:////nowhere/x.db", "postgres://u:s3cret@127.0.0.1:1/db", "nonsense"])
def test_a_database_that_cannot_be_used_ends_with_1_and_one_sentence(run, command, url):
    code, out, err = run(*command, "--url", url)
    assert (code, out) == (1, "") and err.count("\n") == 1 and "s3cret" not in err


def test_init_where_nothing_may_be_written_is_one_sentence(run):
    code, _, err = run("init", "--url", "sqlite:////proc/nowhere/x.db")
    assert code == 1 and err.count("\n") == 1


def test_init_of_a_server_that_cannot_be_reached_is_one_sentence(run):
    code, _, err = run("init", "--with-sample-data", "--url", "postgres://u:s3cret@127.0.0.1:1/db")
    assert code == 1 and err.count("\n") == 1 and "cannot be reached" in err and "s3cret" not in err


def test_check_ends_with_1_when_something_is_inconsistent(run, small_url, engine):
    code, out, err = run("check", "--url", small_url)
    assert code == 1 and "There are 4 regions instead of 27" in err and out == "1 inconsistencies.\n"


def test_check_of_the_sample_data_ends_with_0(run, _sample):
    code, out, _ = run("check", "--url", _sample)
    assert (code, out) == (0, "Everything is consistent.\n")


def test_publishing_an_empty_database_is_refused(run, tables_url):
    code, _, err = run("publish", "--url", tables_url)
    assert code == 1 and "There is nothing to publish yet" in err
