"""Databases for the tests: every test that asks for one runs on SQLite and on PostgreSQL."""

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data_access import Database, connect
from data_access.engine import writing_engine
from data_access.migrations import upgrade
from data_access.pipeline.building import initialise
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.release import publish
from tests.support import examples_returns, small
from tests.support.databases import copies, new_postgres, new_sqlite
from tests.support.run import once
from tests.support.small import FIRST_OF_MAY, sample_rows, write

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """URL of an empty database on that server."""
    return new_postgres(postgres_server)


@pytest.fixture(scope="session", params=DATABASES)
def database_kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def make_database(database_kind: str, request: pytest.FixtureRequest, tmp_path_factory) -> Callable[..., str]:
    """A function that makes a new empty database, or a copy of another, and returns its URL."""
    if database_kind == "sqlite":
        return lambda copy_of="": new_sqlite(tmp_path_factory.mktemp("sqlite"), copy_of)
    server = request.getfixturevalue("postgres_server")
    return lambda copy_of="": new_postgres(server, copy_of)


@pytest.fixture(scope="session")
def make_once(database_kind: str, make_database, run_folder: Path) -> Callable[..., str]:
    """A function that fills a copy of a database and returns its URL, once a run; nobody may change it."""

    def made(name: str, copy_of: str, fill: Callable[[str], object]) -> str:
        def make() -> str:
            url = make_database(copy_of)
            fill(url)
            return url

        return once(run_folder, f"{name}-{database_kind}", make)

    return made


@pytest.fixture(scope="session")
def _tables(make_once) -> str:
    return make_once("tables", "", _create_tables)


@pytest.fixture(scope="session")
def _small(make_once, _tables: str, tmp_path_factory) -> str:
    return make_once("small", _tables, lambda url: _fill_small(url, tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def _all_regions(make_once, _small: str, tmp_path_factory) -> str:
    """The small database with the other regions, which the surveys name."""
    folder = tmp_path_factory.mktemp("regions")
    return make_once("all-regions", _small, lambda url: _load_territories(url, folder, "region"))


@pytest.fixture(scope="session")
def _regions(make_once, _tables: str, tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("regions")
    return make_once("regions", _tables, lambda url: _load_territories(url, folder, "country", "region"))


@pytest.fixture(scope="session")
def _sample(make_once, _tables: str) -> str:
    return make_once("sample-data", _tables, lambda url: initialise(url, sample_data=True))


def _create_tables(url: str) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()


def _fill_small(url: str, folder: Path) -> None:
    engine = writing_engine(url)
    load(engine, small.write_all(folder))
    publish(engine, "first", now=FIRST_OF_MAY)
    engine.dispose()


def _load_territories(url: str, folder: Path, *levels: str) -> None:
    rows = [row for row in sample_rows("territories") if row["level"] in levels]
    engine = writing_engine(url)
    load(engine, [("territories", write(folder / "t.csv", "territories", rows))])
    engine.dispose()


@pytest.fixture
def tables_url(make_database, _tables: str) -> Iterator[str]:
    """A database with tables and no rows."""
    yield from copies(_tables, make_database)


@pytest.fixture
def small_url(make_database, _small: str) -> Iterator[str]:
    """A database with the hand-made rows of small.py, published once; the test may change it."""
    yield from copies(_small, make_database)


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """The small database as a SQLite file, for what only files can suffer."""
    path = tmp_path / "small.db"
    _create_tables(f"sqlite:///{path}")
    _fill_small(f"sqlite:///{path}", tmp_path)
    return path


@pytest.fixture
def small_db(small_url: str) -> Iterator[Database]:
    """The same, open for reading."""
    db = connect(small_url)
    yield db
    db.close()


@pytest.fixture(scope="session")
def sample_db(_sample: str, make_database) -> Iterator[Database]:
    """A database with the sample data, published; nobody changes it."""
    db = connect(make_database(_sample))
    yield db
    db.close()


def _engine(url: str):
    made = writing_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def sample_engine(_sample: str, make_database):
    """A writing engine on a copy of the sample data; the test may change it."""
    for url in copies(_sample, make_database):
        yield from _engine(url)


@pytest.fixture
def regions(_regions: str, make_database):
    """A database that knows the country and its regions and nothing else."""
    for url in copies(_regions, make_database):
        yield from _engine(url)


@pytest.fixture
def engine(small_url: str):
    """A writing engine on the small database."""
    yield from _engine(small_url)


@pytest.fixture
def engine_of_tables(tables_url: str):
    """A writing engine on a database with tables and no rows."""
    yield from _engine(tables_url)


@pytest.fixture
def change(engine, tmp_path: Path) -> Callable[..., None]:
    """A function that loads rows of published values."""

    def changing(*rows: dict) -> None:
        load(engine, [("published-values", write(tmp_path / "change.csv", "published-values", list(rows)))])

    return changing


@pytest.fixture
def loaded(engine, tmp_path: Path):
    """The small database with the communities whose returns are tried, under their true codes."""
    load(engine, [("territories", write(tmp_path / "places.csv", "territories", examples_returns.PLACES))])
    return engine


@pytest.fixture(scope="module")
def processes():
    """Processes that have all modules imported already, so that chance falls on the work and not on the imports."""
    context = multiprocessing.get_context("forkserver")
    pipeline = [f"data_access.pipeline.{name}" for name in ("intake.load", "publish.release", "edit.figure_choice")]
    context.set_forkserver_preload(["pytest", "pandas", "psycopg", "data_access.__main__", *pipeline])
    return context
