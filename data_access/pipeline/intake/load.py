"""Intake: one file = one batch = one transaction; the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, func, or_, select, text, update

from data_access import tables as t
from data_access.engine import explained
from data_access.pipeline.intake.batches import batches, begin_batch, end_batch
from data_access.pipeline.intake.known_words import known_words
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.records.bulk import insert_rows
from data_access.pipeline.records.origin import Origin, check_origin
from data_access.pipeline.sheet.checks import check_sheet
from data_access.pipeline.sheet.faults import RejectedFile, rejected
from data_access.pipeline.sheet.kind import Kind, Parts, Streamed, Values
from data_access.pipeline.sheet.report import Loaded, Part
from data_access.pipeline.sheet.row_values import typed_row
from data_access.pipeline.sheet.table_file import Sheet

WRITERS_LOCK = 37604  # any number, the same for all our writers
WAIT_FOR_LOCK = "30s"
Key = tuple[object, ...]


def load(
    engine: Engine,
    files: Sequence[tuple[str, Path]],
    *,
    source: str = "",
    whole: bool = False,
    only_check: bool = False,
) -> list[Loaded]:
    """Load files, given as (kind, path), in one transaction: all or nothing.

    `source`: source_id of the files of records among them. With `whole` a file of records is all that the source
    has: what it lacks is removed. With `only_check` everything is tried and taken back.
    Raises RejectedFile, DatabaseProblem.
    """
    of_records = Origin(source, whole)
    kinds = [KINDS[name] for name, _ in files]
    if of_records != Origin() and not any(kind.needs_source for kind in kinds):
        raise rejected(files[-1][1].name, f"a {files[-1][0]} file takes neither --source nor --whole; leave them out")
    read = [(kind, kind.read(kind, path)) for kind, (_, path) in zip(kinds, files, strict=True)]
    with explained(engine), engine.connect() as connection, connection.begin() as transaction:
        lock_for_writing(connection)
        done = [
            _load_file(connection, kind, found, of_records if kind.needs_source else Origin())
            if isinstance(found, list)
            else _load_stream(connection, kind, found, of_records)
            for kind, found in read
        ]
        if only_check:
            transaction.rollback()
    return done


def lock_for_writing(connection: Connection) -> None:
    """One writer at a time: PostgreSQL waits here until the other has ended (SQLite did so at BEGIN)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_FOR_LOCK}'"))
        connection.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))


def _load_file(connection: Connection, kind: Kind, parts: Parts, origin: Origin) -> Loaded:
    """One file is one batch; one that is the newest of its kind already is none.

    Records are compared row by row at any rate: the same file may come from another source, or be whole now.
    """
    sheet = parts[-1][1]
    made = check_origin(connection, sheet.file, origin) if kind.needs_source else []
    newest = connection.scalar(batches(kind, t.batch.c.sha256).limit(1))
    if newest == sheet.sha256 and not kind.needs_source:
        known = tuple(Part(table.row_is, len(part.rows)) for table, part in parts)
        return Loaded(sheet.file, kind.name, known, sheet.remarks)
    seen = connection.scalar(batches(kind, t.batch.c.id).where(t.batch.c.sha256 == sheet.sha256).limit(1))
    batch_id = begin_batch(connection, kind.name, sheet.file, sheet.sha256)
    loaded = [_load_sheet(connection, table, part, batch_id, origin) for table, part in parts]
    remarks = tuple(remark for _, some in loaded for remark in some)
    done = Loaded(sheet.file, kind.name, (*made, *(part for part, _ in loaded)), remarks)
    end_batch(connection, done, batch_id, forget=bool(seen) and not done.news)
    return done


def _load_stream(connection: Connection, kind: Kind, file: Streamed, origin: Origin) -> Loaded:
    """A file too long to be held in memory is one batch as well."""
    assert kind.stream is not None  # whoever only opens a file loads it so
    made = check_origin(connection, file.path.name, origin)
    sha256 = file.sha256()
    seen = connection.scalar(batches(kind, t.batch.c.id).where(t.batch.c.sha256 == sha256).limit(1))
    batch_id = begin_batch(connection, kind.name, file.path.name, sha256)
    part = kind.stream(kind, connection, file, batch_id, origin)
    done = Loaded(file.path.name, kind.name, (*made, part))
    end_batch(connection, done, batch_id, forget=bool(seen) and not done.news)
    return done


def _load_sheet(
    connection: Connection, kind: Kind, sheet: Sheet, batch_id: int, origin: Origin
) -> tuple[Part, tuple[str, ...]]:
    """What became of one table, and the remarks."""
    known = known_words(connection)
    kind, sheet = origin.applied(kind, sheet)
    sheet = kind.prepare(sheet, known) if kind.prepare else sheet
    check_sheet(sheet, kind, known)
    rows: list[Values] = [typed_row(kind, texts, sheet.decimal_comma) for _, texts in sheet.rows]
    old = _old_rows(connection, kind, [*rows, *sheet.speaks_of])
    faults = kind.clashes(sheet, rows, old) if kind.clashes else ()
    if faults:
        raise RejectedFile(faults)
    return _write(connection, kind, rows, old, batch_id, origin.removes(kind)), sheet.remarks


def _old_rows(connection: Connection, kind: Kind, rows: list[Values]) -> dict[Key, Values]:
    """Rows of the table by key; where the kind has a scope, only those within the file's."""
    wanted = select(kind.table)
    scopes = {tuple(row[name] for name in kind.scope) for row in rows}
    if kind.scope:
        wanted = wanted.where(kind.table.c[kind.scope[0]].in_({scope[0] for scope in scopes}))
    if kind.fills:
        wanted = wanted.where(or_(*(kind.table.c[name].is_distinct_from(empty) for name, empty in kind.fills.items())))
    found = (dict(row) for row in connection.execute(wanted).mappings())
    within = (row for row in found if tuple(row[name] for name in kind.scope) in scopes)
    return {tuple(row[name] for name in kind.key): row for row in within}


def _write(
    connection: Connection, kind: Kind, rows: Sequence[Values], old: Mapping[Key, Values], batch_id: int, removes: bool
) -> Part:
    """Insert, update and (where it `removes`) delete what differs."""
    new = {tuple(row[name] for name in kind.key): row for row in rows}
    added = [row for key, row in new.items() if key not in old]
    changed = [] if kind.only_new else [row for key, row in new.items() if _differs(row, old.get(key))]
    removed = [dict(zip(kind.key, key, strict=True)) for key in old if removes and key not in new]
    extra = {"batch_id": batch_id} if "batch_id" in kind.table.c else {}
    match = [kind.table.c[name] == bindparam(f"key_{name}") for name in kind.key]
    if removed:
        empty = update(kind.table).values(**kind.fills) if kind.fills else kind.table.delete()
        connection.execute(empty.where(*match), [_as_key(row, kind) for row in removed])
    altered = [*changed, *added] if kind.fills else changed
    if altered:
        values = [{**row, **extra, **_as_key(row, kind)} for row in altered]
        connection.execute(update(kind.table).where(*match), values)
    if added and not kind.fills:
        ordered = sorted(added, key=lambda row: len(str(row.get("code", ""))))  # parents before children
        insert_rows(connection, kind.table, [{**row, **extra} for row in ordered])
    return Part(kind.row_is, len(rows), len(added), len(changed), len(removed))


def _differs(row: Values, before: Values | None) -> bool:
    return before is not None and any(before[name] != row[name] for name in row)


def _as_key(row: Values, kind: Kind) -> dict[str, object]:
    return {f"key_{name}": row[name] for name in kind.key}
