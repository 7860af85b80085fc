"""Making a database: tables alone, or the embedded one with the sample data in it.

The embedded SQLite file is built beside its place under another name and linked into it when it is whole: an
interrupted build leaves nothing half-made, and of two builds at once the first to end wins, both well.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.engine import URL

from data_access import tables as t
from data_access.address import file_of
from data_access.engine import ROOT, connect, database_url, explained, writing_engine
from data_access.health import schema_revision
from data_access.migrations import upgrade
from data_access.pipeline.intake.load import load, lock_for_writing
from data_access.pipeline.publish.release import publish
from data_access.tables import SCHEMA_REVISION

log = logging.getLogger(__name__)
SAMPLE_DATA = ROOT / "sample_data"
SAMPLE_FILES = (
    ("territories", "territories.csv"),
    ("sources", "sources.csv"),
    ("producers", "producers.csv"),
    ("territory-names", "territory_names.csv"),
    ("territory-status", "territory_status_periods.csv"),
    ("published-values", "values.csv"),
    ("register-categories", "register_categories.csv"),
    ("association-facts", "association_facts.csv"),
)
FORGOTTEN_AFTER_S = 600  # a build takes seconds; what has lain longer was interrupted


def initialise(url: str | None, *, sample_data: bool, folder: Path = SAMPLE_DATA) -> str:
    """Create or migrate the database; with `sample_data` fill and publish it where it holds nothing yet.

    Returns one sentence about what was done. Raises DatabaseProblem, RejectedFile.
    """
    address = database_url(url)
    if address.drivername == "sqlite" and not file_of(address).exists():
        return build(file_of(address), sample_data=sample_data, folder=folder)
    engine = writing_engine(url)
    try:
        before = _migrate(engine, address)
        empty = _is_empty(engine)
        if sample_data and empty:
            _fill(engine, folder)
            return "The database has been filled with the sample data and published."
        return _sentence(before, empty)
    finally:
        engine.dispose()


def build(target: Path, *, sample_data: bool, folder: Path = SAMPLE_DATA) -> str:
    """Make a new SQLite database in one piece. Returns one sentence about what was done."""
    return build_with(target, (lambda engine: _fill(engine, folder)) if sample_data else None)


def build_with(target: Path, fill: Callable[[Engine], None] | None) -> str:
    """The same with what `fill` puts into it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.{time.time_ns()}.building")
    engine = writing_engine(f"sqlite:///{unfinished}")
    try:
        with explained(engine), engine.begin() as connection:
            upgrade(connection)
        if fill:
            fill(engine)
        _close(engine, unfinished)
        return _put_in_place(unfinished, target)
    finally:
        engine.dispose()
        _remove(unfinished)


def _migrate(engine: Engine, address: URL) -> str | None:
    """Bring the tables up to date; returns the revision before. A newer database is left alone."""
    with explained(engine):
        before = schema_revision(engine)
        if before is not None and before > SCHEMA_REVISION:
            connect(address.render_as_string(hide_password=False))  # says what is wrong
        with engine.begin() as connection:
            lock_for_writing(connection)
            upgrade(connection)
    return before


def _is_empty(engine: Engine) -> bool:
    with explained(engine), engine.connect() as connection:
        return not any(connection.execute(select(table).limit(1)).first() for table in (t.batch, t.release))


def _sentence(before: str | None, empty: bool) -> str:
    if before is None:
        return "The tables have been created; load files and publish next."
    if before < SCHEMA_REVISION:
        return f"The tables have been brought from version {before} to {SCHEMA_REVISION}."
    return "The database is up to date" + (" and still empty." if empty else "; nothing was changed.")


def _fill(engine: Engine, folder: Path) -> None:
    """Load all sample files in one transaction, then publish."""
    log.info("Reading the sample data")
    for done in load(engine, [(kind, folder / name) for kind, name in SAMPLE_FILES]):
        log.info("%s: %s", done.file, done.read)
    log.info(publish(engine, "Sample data"))


def _close(engine: Engine, path: Path) -> None:
    """Fold the write-ahead log into the file and put it on the disk, so that one file holds everything."""
    with engine.connect() as connection:
        connection.rollback()
    engine.dispose()
    plain = create_engine(f"sqlite:///{path}")
    with plain.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA optimize")
    plain.dispose()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _put_in_place(unfinished: Path, target: Path) -> str:
    """Give the finished file its name; another build may have been quicker."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        return f"{target} has meanwhile been built by another start; it is used."
    except OSError:  # a disk without hard links
        if target.exists():
            return f"{target} has meanwhile been built by another start; it is used."
        unfinished.rename(target)
    return f"The database {target} is ready."


def _sweep(target: Path) -> None:
    """Remove what interrupted builds have left."""
    for left in target.parent.glob(f".{target.name}.*.building*"):
        try:
            if time.time() - left.stat().st_mtime > FORGOTTEN_AFTER_S:
                left.unlink()
        except FileNotFoundError:
            continue


def _remove(unfinished: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{unfinished}{ending}").unlink(missing_ok=True)
