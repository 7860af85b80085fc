"""python -m data_access: what it prints, where, and how it ends. Never a traceback, never a password."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.pipeline.kinds import KINDS
from tests.support.small import VALUES, figure, write

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
    assert all(command in done.stdout for command in ("init", "load", "template", "publish", "check", "releases"))


def test_the_help_names_every_kind_and_the_types_of_its_files(run):
    words = "".join(run("load", "--help")[1].split())  # argparse breaks lines within names
    formats = "CSV or XLSX; GeoJSON for boundaries, CSV or Parquet for damaged objects, JSON for projects"
    assert all(said.replace(" ", "") in words for said in (", ".join(KINDS), formats))


def test_from_an_empty_database_to_a_second_release(run, small_url, tmp_path):
    path = write(tmp_path / "new.csv", "published-values", [NEW])
    code, out, _ = run("load", "published-values", path, "--url", small_url)
    assert (code, out) == (0, "new.csv (published-values)\n  read       1 figure\n  new        1 figure\n")
    code, out, err = run("publish", "--note", "September", "--url", small_url)
    assert code == 0 and "idps_registered" in out and "1 new, 0 changed, 0 vanished" in out
    assert "order 376 is of 2023-05-10" in err
    shown = re.sub(r"\[ *[0-9]+\.[0-9] s\]", "[s]", err).splitlines()  # progress has its seconds, a warning has none
    assert shown[0].startswith("[s] Published values: ") and shown[-1].startswith("The newest loaded edition")
    code, out, _ = run("releases", "--url", small_url)
    assert code == 0 and "September" in out.splitlines()[0] and out.count("\n") == 2
    code, out, _ = run("publish", "--url", small_url)
    assert code == 0 and "Nothing has changed" in out


def test_checking_a_file_loads_nothing(run, small_url, tmp_path):
    path = write(tmp_path / "new.csv", "published-values", [NEW])
    code, out, _ = run("load", "published-values", path, "--check", "--url", small_url)
    assert code == 0 and out.endswith("Checked only: nothing was loaded.\n")
    assert "new        1 figure" in run("load", "published-values", path, "--url", small_url)[1]


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
    assert code == 1 and "There are 4 regions instead of 27" in err and out == "Inconsistencies found: 1.\n"


def test_check_of_the_sample_data_ends_with_0(run, _sample):
    code, out, _ = run("check", "--url", _sample)
    assert (code, out) == (0, "Everything is consistent.\n")


def test_publishing_an_empty_database_is_refused(run, tables_url):
    code, _, err = run("publish", "--url", tables_url)
    assert code == 1 and "There is nothing to publish yet" in err


REASONS = ("--reason-uk", "Помилка у джерелі", "--reason-en", "A mistake in the source")
FIGURE = ("--indicator", "idps_registered", "--area", "UA63", "--as-of", "2025-06-05")


def test_a_dry_run_shows_what_publishing_then_does(run, small_url, tmp_path):
    path = write(tmp_path / "new.csv", "published-values", [VALUES[3] | {"value": 510_000}])
    run("load", "published-values", path, "--url", small_url)
    code, tried, _ = run("publish", "--dry-run", "--url", small_url)
    assert code == 0 and "500,000 → 510,000 (+2.0 %)" in tried and "nothing was published" in tried
    assert run("releases", "--url", small_url)[1].count("\n") == 1
    code, done, _ = run("publish", "--url", small_url)
    assert code == 0 and done.splitlines()[:-1] == tried.splitlines()[:-1]
    assert run("releases", "--url", small_url)[1].count("\n") == 2


def test_a_correction_from_the_command_line(run, small_url, tmp_path):
    code, out, err = run("correct", *FIGURE, *REASONS, "--url", small_url)
    assert (code, out) == (1, "") and "has not changed" in err
    path = write(tmp_path / "new.csv", "published-values", [VALUES[3] | {"value": 510_000}])
    run("load", "published-values", path, "--url", small_url)
    code, out, _ = run("correct", *FIGURE, *REASONS, "--url", small_url)
    assert code == 0 and out.splitlines()[-1].startswith("Recorded: 500,000 → 510,000, right since release ")


def test_a_withdrawal_is_told_first_and_done_with_yes(run, small_url):
    command = ("withdraw", *FIGURE, *REASONS, "--url", small_url)
    code, out, err = run(*command)
    assert code == 0 and "It would be so: 1 cell of 1 figure in 1 release" in out and "--yes" in err
    assert run(*command, "--yes")[1].splitlines()[-1] == "1 cell of 1 figure in 1 release is [s]."
    code, out, _ = run(*command, "--yes")
    assert code == 0 and "withdrawn before" in out


@pytest.mark.parametrize("more", [["--as-of", "June"], ["--reason-uk", "так"]])
def test_half_a_correction_is_not_understood(run, small_url, more):
    assert run("correct", "--indicator", "idps_registered", "--area", "UA63", *more, "--url", small_url)[0] == 2
