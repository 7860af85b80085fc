"""Opening a database: the embedded SQLite file by default, or PostgreSQL by DATABASE_URL.

Readers get a connection that cannot write; only the pipeline asks for `writing_engine`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from data_access.address import file_of, parse_url, shown_url
from data_access.health import check_ready, explain

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PATH = ROOT / ".data" / "dashboard.db"
WAIT_FOR_LOCK_S = 30


@dataclass(frozen=True)
class Database:
    """An open database. `address` is its URL without the password, fit to be shown."""

    engine: Engine
    address: str

    def close(self) -> None:
        """Close all connections; the object can still be used and reconnects when it is."""
        self.engine.dispose()


def database_url(url: str | None = None) -> URL:
    """The URL given, else DATABASE_URL, else the embedded file. Raises DatabaseProblem (bad_url)."""
    given = url or os.environ.get("DATABASE_URL", "").strip()
    return parse_url(given) if given else URL.create("sqlite", database=str(DEFAULT_PATH))


def connect(url: str | None = None) -> Database:
    """Open a database for reading and check that its tables are those this program expects.

    `url` is sqlite:///path, postgresql://… or postgres://…; None means DATABASE_URL, else the embedded
    file `.data/dashboard.db`. Raises DatabaseProblem with one sentence that says what to do.
    """
    parsed = database_url(url)
    engine = _sqlite_reader(parsed) if parsed.drivername == "sqlite" else _postgres_engine(parsed, read_only=True)
    try:
        check_ready(engine, parsed)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, shown_url(parsed))


def writing_engine(url: str | None = None) -> Engine:
    """An engine for the pipeline: transactions begin by taking the write lock. Raises DatabaseProblem."""
    parsed = database_url(url)
    return _sqlite_writer(parsed) if parsed.drivername == "sqlite" else _postgres_engine(parsed, read_only=False)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors into a DatabaseProblem; anything else passes."""
    try:
        yield
    except DBAPIError as error:
        problem = explain(error, engine.url)
        if problem is None:
            raise
        raise problem from error


def _sqlite_reader(url: URL) -> Engine:
    """A pool of connections that can neither write nor ATTACH (which could still create a file)."""

    def open_file() -> sqlite3.Connection:
        connection = sqlite3.connect(_sqlite_uri(file_of(url)), uri=True, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return connection

    return create_engine(url, creator=open_file, pool_size=8, max_overflow=24)


def _sqlite_uri(path: Path) -> str:
    """Read-only address of the file; `immutable` where WAL could not place its side files."""
    alone = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"file:{quote(str(path.resolve()))}?mode=ro" + ("&immutable=1" if alone else "")


def _sqlite_writer(url: URL) -> Engine:
    """Write connections in WAL mode; BEGIN IMMEDIATE, so that a second writer waits at the door."""
    file_of(url).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": WAIT_FOR_LOCK_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: URL, *, read_only: bool) -> Engine:
    """psycopg 3; each transaction is READ ONLY for readers (no session-level SET, safe with pgbouncer)."""
    arguments: dict[str, int | None] = {"prepare_threshold": None}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = 5
    return create_engine(
        url,
        connect_args=arguments,
        pool_pre_ping=True,
        pool_recycle=300,
        pool_size=8,
        max_overflow=24,
        execution_options={"postgresql_readonly": True} if read_only else {},
    )
