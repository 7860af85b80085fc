"""Starts that go wrong: one clear sentence on the console and on the page, never a stack trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.run import every
from tests.support.server import dashboard, health


def no_file(folder: Path) -> str:
    return f"sqlite:///{folder / 'none.db'}"


def no_tables(folder: Path) -> str:
    (folder / "empty.db").touch()
    return f"sqlite:///{folder / 'empty.db'}"


def not_a_database(folder: Path) -> str:
    (folder / "damaged.db").write_bytes(b"no database" * 1000)
    return f"sqlite:///{folder / 'damaged.db'}"


def torn(folder: Path, whole: Path) -> str:
    content = whole.read_bytes()
    (folder / "torn.db").write_bytes(content[: len(content) // 3])
    return f"sqlite:///{folder / 'torn.db'}"


def no_server(folder: Path) -> str:
    return "postgresql://reader:kept-secret@127.0.0.1:1/figures"


def another_kind(folder: Path) -> str:
    return "mysql://reader:kept-secret@127.0.0.1/figures"


@pytest.fixture(params=[no_file, torn, no_server, *every(no_tables, not_a_database, another_kind)])
def bad_url(request, tmp_path, sample_database) -> str:
    return request.param(tmp_path, sample_database) if request.param is torn else request.param(tmp_path)


def test_database_that_cannot_be_read_is_told_on_console_and_page(tab_at, tmp_path, bad_url):
    log = tmp_path / "log.txt"
    with dashboard(bad_url, log) as url:
        visit = tab_at(url).open("/damage?lang=uk")
        told = visit.page.locator("[data-testid=stAlertContentError]").all_inner_texts()
        assert health(url)["status"] == "unavailable"
    assert len(told) == 1
    assert "баз" in told[0].lower()
    assert visit.outside == set()
    said = log.read_text()
    assert "database" in said
    assert "Traceback" not in said
    assert "kept-secret" not in said


@pytest.mark.parametrize("port", ["abc", "0x50", "70000"])
def test_port_that_is_none_is_told_in_a_sentence(port):
    command = [sys.executable, "-m", "dashboard"]
    settings = {**os.environ, "PORT": port, "DATABASE_URL": "sqlite:///none.db"}
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert port in ended.stderr
    assert "Traceback" not in ended.stderr
