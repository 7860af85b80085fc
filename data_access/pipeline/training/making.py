"""Making a training database: files of all kinds, loaded as real ones are, into a database that held nothing."""

from __future__ import annotations

import csv
import logging
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, insert, inspect, select

from data_access.address import file_of
from data_access.engine import DEFAULT_PATH, database_url, explained, writing_engine
from data_access.migrations import upgrade
from data_access.pipeline import building
from data_access.pipeline.edit.figure_choice import Refused
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.release import publish
from data_access.pipeline.training import invented
from data_access.pipeline.training.aid import write_aid
from data_access.pipeline.training.claims import write_claims
from data_access.pipeline.training.country import country
from data_access.pipeline.training.movements import write_movements
from data_access.pipeline.training.objects import write_objects
from data_access.pipeline.training.projects import write_projects
from data_access.pipeline.training.published import write_published
from data_access.record_tables import about
from data_access.table_columns import metadata

log = logging.getLogger(__name__)
REAL = ("territories", "sources", "producers", "territory-names", "territory-status", "register-categories")
RECORDS = {  # kind: file, source
    "damaged-objects": ("objects.parquet", invented.REGISTER),
    "projects": ("projects.json", invented.PROJECTS),
    "movements": ("movements.csv", invented.OPERATOR),
    "aid": ("aid.csv", invented.AID),
    "claims": ("claims.csv", invented.CLAIMS),
}
FORMAT_TITLES = ("sources", "producers")
FEWEST_OBJECTS, MOST_OBJECTS = 1, 90_000_000  # their numbers have eight digits


def make(out: str, *, objects: int, seed: int, last_day: date, files: Path | None = None) -> str:
    """Make the training database `out` (a file or a URL). Returns one sentence about what was done.

    `last_day`: nothing in it is younger. `files`: a folder that keeps the files. Raises Refused, DatabaseProblem.
    """
    if not FEWEST_OBJECTS <= objects <= MOST_OBJECTS:
        raise Refused(f"{objects} objects cannot be made; ask for {FEWEST_OBJECTS} to {MOST_OBJECTS:,}.")
    url = out if "://" in out else f"sqlite:///{Path(out).resolve()}"
    _refuse_a_used_one(url)
    with ExitStack() as stack:
        folder = files or Path(stack.enter_context(TemporaryDirectory(prefix="training_")))
        folder.mkdir(parents=True, exist_ok=True)
        write_files(folder, objects=objects, seed=seed, last_day=last_day)
        return _build(url, folder, {"training": str(seed), "objects": str(objects), "last_day": str(last_day)})


def write_files(folder: Path, *, objects: int, seed: int, last_day: date) -> None:
    """All files of the training country, the same for the same seed, number of objects and last day."""
    place = country(building.SAMPLE_DATA, seed, last_day)
    for kind, rows in {"sources": invented.sources(str(last_day)), "producers": invented.producers()}.items():
        _write_rows(folder / f"{kind}.csv", rows)
    write_published(place, building.SAMPLE_DATA, folder / "values.csv")
    started = time.monotonic()
    ready = write_objects(place, objects, folder / RECORDS["damaged-objects"][0])
    log.info(f"{objects:,} objects written in {time.monotonic() - started:.1f} s")
    for kind, write in {"projects": write_projects, "movements": write_movements, "aid": write_aid}.items():
        write(place, objects, folder / RECORDS[kind][0])
    write_claims(ready, folder / RECORDS["claims"][0])


def _refuse_a_used_one(url: str) -> None:
    """Only a database that is not there yet, or holds nothing at all, may become one of training."""
    address = database_url(url)
    if address.drivername == "sqlite":
        path = file_of(address)
        if path.resolve() == DEFAULT_PATH.resolve():
            raise Refused(f"{path} is the dashboard's own database; choose another file with --out.")
        if path.exists():
            raise Refused(f"{path} is there already; training data need a new database: choose another file.")
        return
    engine = writing_engine(url)
    try:
        _refuse_rows(engine)
    finally:
        engine.dispose()


def _refuse_rows(engine: Engine) -> None:
    with explained(engine), engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        tables = [table for table in metadata.sorted_tables if table.name in there]
        foreign = there - set(metadata.tables) - {"alembic_version"}
        if foreign or any(connection.execute(select(table).limit(1)).first() for table in tables):
            raise Refused("The database holds something already; training data need one that holds nothing.")


def _build(url: str, folder: Path, marks: dict[str, str]) -> str:
    """A SQLite file appears under its name when it is whole; elsewhere the mark is the first thing written."""
    address = database_url(url)
    if address.drivername == "sqlite":
        return building.build_with(file_of(address), lambda engine: _fill(engine, folder, marks))
    engine = writing_engine(url)
    try:
        with explained(engine), engine.begin() as connection:
            upgrade(connection)
        _fill(engine, folder, marks)
    finally:
        engine.dispose()
    return "The training database is ready."


def _fill(engine: Engine, folder: Path, marks: dict[str, str]) -> None:
    """The mark, then the real lists and the invented files, then a release."""
    with explained(engine), engine.begin() as connection:
        connection.execute(insert(about), [{"name": name, "value": value} for name, value in marks.items()])
    real = [(kind, building.SAMPLE_DATA / name) for kind, name in building.SAMPLE_FILES if kind in REAL]
    own = [(kind, folder / f"{kind}.csv") for kind in FORMAT_TITLES]
    order = [kind for kind, _ in building.SAMPLE_FILES]
    lists = sorted([*real, *own], key=lambda item: order.index(item[0]))
    for done in load(engine, [*lists, ("published-values", folder / "values.csv")]):
        log.info("%s: %s", done.file, done.read)
    for kind, (name, source) in RECORDS.items():
        for done in load(engine, [(kind, folder / name)], source=source):
            log.info("%s: %s", done.file, done.read)
    log.info(publish(engine, "Навчальні дані · Training data"))


def _write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
