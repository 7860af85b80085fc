"""Is this database usable? One sentence when it is not."""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from data_access.address import file_of, shown_url
from data_access.problems import DatabaseProblem
from data_access.tables import SCHEMA_REVISION

SMALL_FILE_BYTES = 64 * 2**20  # up to this size each start reads the whole SQLite file for damage


def check_ready(engine: Engine, url: URL) -> None:
    """Raise DatabaseProblem unless the database can be read and has this program's tables."""
    is_file = url.drivername == "sqlite"
    if is_file and not file_of(url).is_file():
        raise DatabaseProblem("missing", f"There is no database at {url.database}; create it with: {_init(True)}.")
    try:
        if is_file and file_of(url).stat().st_size <= SMALL_FILE_BYTES:
            _check_for_damage(engine, url)
        found = schema_revision(engine)
    except DBAPIError as error:
        raise explain(error, url) or error from error
    _compare_revision(found, url)


def schema_revision(engine: Engine) -> str | None:
    """The migration at which the database stands; None when it has no tables of ours."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def explain(error: DBAPIError, url: URL) -> DatabaseProblem | None:
    """The driver's error as a DatabaseProblem; None when it is a fault of ours."""
    said = str(error.orig).strip().lower()
    if any(words in said for words in ("malformed", "not a database", "disk i/o error", "file is encrypted")):
        return damaged(url)
    if "locked" in said or "lock timeout" in said:
        sentence = "Another load or publication is under way; wait until it has ended and try again."
        return DatabaseProblem("busy", sentence)
    if "no such table" in said or "undefinedtable" in type(error.orig).__name__.lower():
        return _no_tables(url)
    if "no such" in said or "syntax error" in said:
        return None
    if error.connection_invalidated or isinstance(error, OperationalError):
        return _unreachable(error, url)
    return None


def damaged(url: URL) -> DatabaseProblem:
    """The file is there but is not a sound SQLite database."""
    place = url.database if url.drivername == "sqlite" else shown_url(url)
    sentence = f"The database {place} is damaged or is not a database; move it away and run: {_init(True)}."
    return DatabaseProblem("damaged", sentence)


def _check_for_damage(engine: Engine, url: URL) -> None:
    with engine.connect() as connection:
        if connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
            raise damaged(url)


def _compare_revision(found: str | None, url: URL) -> None:
    if found == SCHEMA_REVISION:
        return
    if found is None:
        raise _no_tables(url)
    if found < SCHEMA_REVISION:
        sentence = f"The database is from an older version of this program (tables {found}, needed {SCHEMA_REVISION})"
        raise DatabaseProblem("older", f"{sentence}; bring it up to date with: {_init(False)}.")
    sentence = f"The database is from a newer version of this program (tables {found}, known {SCHEMA_REVISION})"
    raise DatabaseProblem("newer", f"{sentence}; update the program (git pull) or name another DATABASE_URL.")


def _no_tables(url: URL) -> DatabaseProblem:
    sentence = f"The database {shown_url(url)} has no tables of this program yet; create them with: {_init(False)}."
    return DatabaseProblem("no_tables", sentence)


def _unreachable(error: DBAPIError, url: URL) -> DatabaseProblem:
    reason = str(error.orig).strip().partition("\n")[0]
    for secret in (url.password, url.query.get("password")):
        reason = reason.replace(str(secret), "***") if secret else reason
    sentence = f"The database {shown_url(url)} cannot be reached ({reason})"
    return DatabaseProblem("unreachable", f"{sentence}; check DATABASE_URL and that the server is running.")


def _init(with_sample_data: bool) -> str:
    return "python -m data_access init" + (" --with-sample-data" if with_sample_data else "")
