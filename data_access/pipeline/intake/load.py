"""Intake: one file = one batch = one transaction; the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)

from data_access import codes
from data_access import tables as t
from data_access.editing_tables import register_category
from data_access.engine import explained
from data_access.indicators import indicators, vocabulary
from data_access.pipeline.intake.batches import batches, begin_batch, end_batch
from data_access.pipeline.intake.bulk import insert_rows
from data_access.pipeline.intake.origin import Origin, check_origin
from data_access.pipeline.intake.readers import STREAMED, Parts, read_file, read_stream
from data_access.pipeline.sheet.checks import Known, check_sheet
from data_access.pipeline.sheet.kind import OF_RECORDS, Kind
from data_access.pipeline.sheet.report import Loaded, Part
from data_access.pipeline.sheet.row_rules import RULES, no_rules
from data_access.pipeline.sheet.row_values import typed_row
from data_access.pipeline.sheet.table_file import Fault, RejectedFile, Sheet, rejected

WRITERS_LOCK = 37604  # any number, the same for all our writers
WAIT_FOR_LOCK = "30s"


def load(
    engine: Engine,
    files: Sequence[tuple[str, Path]],
    *,
    source: str = "",
    whole: bool = False,
    only_check: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[Loaded]:
    """Load files, given as (kind, path), in one transaction: all or nothing.

    `source`: source_id of the files of records among them. With `whole` a file of records is all that the source
    has: what it lacks is removed. With `only_check` everything is tried and taken back.
    `say` is told how a long file gets on. Raises RejectedFile, DatabaseProblem.
    """
    of_records = Origin(source, whole)
    if of_records != Origin() and not any(kind in OF_RECORDS for kind, _ in files):
        raise rejected(files[-1][1].name, f"a {files[-1][0]} file takes neither --source nor --whole; leave them out")
    read = [(kind, (read_stream if kind in STREAMED else read_file)(kind, path)) for kind, path in files]
    with explained(engine), engine.connect() as connection, connection.begin() as transaction:
        lock_for_writing(connection)
        done = [
            _load_stream(connection, kind, found, of_records, say)
            if kind in STREAMED
            else _load_file(connection, kind, found, of_records if kind in OF_RECORDS else Origin())
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


def known_words(connection: Connection) -> Known:
    """Closed lists of the registry and of this program, and the codes that the database holds."""
    listed = vocabulary()
    levels = dict(connection.execute(select(t.territory.c.code, t.territory.c.level)).all())
    lists = {name: listed[name] for name in ("breakdown", "category", "coverage", "unit", "qualifier")}
    lists |= {
        "indicator": indicators(),
        "territory": levels,
        "katottg": connection.scalars(select(t.territory.c.katottg).where(t.territory.c.katottg != "")),
        "source": connection.scalars(select(t.source.c.source_id)),
        "producer": connection.scalars(select(t.producer.c.producer)),
        "level": codes.LEVELS,
        "precision": codes.PRECISIONS,
        "mark": [mark for mark in codes.MARKS if mark],
        "territory_status": codes.TERRITORY_STATUSES,
        "unit_kind": codes.UNIT_KINDS,
        "scope": ("whole", "part"),
        "category_state": codes.CATEGORY_STATES,
        "movement_kind": codes.MOVEMENT_KINDS,
        "aid_sector": [category for category in listed["category"] if category.startswith("aid_")],
        "aid_status": codes.AID_STATUSES,
        "register_category": connection.scalars(select(register_category.c.code)),
    }
    listed = {name: frozenset(codes) for name, codes in lists.items()}
    return Known(listed, indicators(), levels, _places(connection), _population(connection))


def _population(connection: Connection) -> dict[str, float]:
    """Registered population by P-code, where it is loaded."""
    c = t.published_value.c
    whole = select(c.territory_code, c.value).where(c.indicator == "population", c.breakdown == "", c.coverage == "")
    return dict(connection.execute(whole.where(c.value > 0).order_by(c.period_end)).all())


def _places(connection: Connection) -> dict[str, str]:
    """P-code by P-code and by KATOTTG."""
    rows = connection.execute(select(t.territory.c.code, t.territory.c.katottg)).all()
    return {katottg: code for code, katottg in rows if katottg} | {code: code for code, _ in rows}


def _load_file(connection: Connection, kind: str, parts: Parts, origin: Origin) -> Loaded:
    """One file is one batch; one that is the newest of its kind already is none.

    Records are compared row by row at any rate: the same file may come from another source, or be whole now.
    """
    sheet = parts[-1][1]
    made = check_origin(connection, sheet.file, origin) if kind in OF_RECORDS else []
    newest = connection.scalar(batches(kind, t.batch.c.sha256).limit(1))
    if newest == sheet.sha256 and kind not in OF_RECORDS:
        known = tuple(Part(table.row_is, len(part.rows)) for table, part in parts)
        return Loaded(sheet.file, kind, known, sheet.remarks)
    seen = connection.scalar(batches(kind, t.batch.c.id).where(t.batch.c.sha256 == sheet.sha256).limit(1))
    batch_id = begin_batch(connection, kind, sheet.file, sheet.sha256)
    loaded = [_load_sheet(connection, table, part, batch_id, origin) for table, part in parts]
    remarks = tuple(remark for _, some in loaded for remark in some)
    done = Loaded(sheet.file, kind, (*made, *(part for part, _ in loaded)), remarks)
    end_batch(connection, done, batch_id, forget=bool(seen) and not done.news)
    return done


def _load_stream(connection: Connection, kind: str, file, origin: Origin, say: Callable[[str], None]) -> Loaded:
    """A file too long to be held in memory is one batch as well."""
    from data_access.pipeline.damaged_objects.loading import load_objects

    made = check_origin(connection, file.path.name, origin)
    sha256 = file.sha256()
    seen = connection.scalar(batches(kind, t.batch.c.id).where(t.batch.c.sha256 == sha256).limit(1))
    batch_id = begin_batch(connection, kind, file.path.name, sha256)
    part = load_objects(connection, file, batch_id, origin, say)
    done = Loaded(file.path.name, kind, (*made, part))
    end_batch(connection, done, batch_id, forget=bool(seen) and not done.news)
    return done


def _load_sheet(
    connection: Connection, kind: Kind, sheet: Sheet, batch_id: int, origin: Origin
) -> tuple[Part, tuple[str, ...]]:
    """What became of one table, and the remarks."""
    known = known_words(connection)
    kind, sheet = origin.applied(kind, sheet)
    sheet = kind.prepare(sheet, known) if kind.prepare else sheet
    check_sheet(sheet, kind, known, RULES.get(kind.name, no_rules))
    rows = [typed_row(kind, texts, sheet.decimal_comma) for _, texts in sheet.rows]
    old = _old_rows(connection, kind, [*rows, *sheet.speaks_of])
    _check_figures(connection, kind, sheet, rows, old)
    return _write(connection, kind, rows, old, batch_id, origin.removes(kind)), sheet.remarks


def _old_rows(connection: Connection, kind: Kind, rows: list[dict]) -> dict[tuple, dict]:
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
    connection: Connection, kind: Kind, rows: list[dict], old: dict[tuple, dict], batch_id: int, removes: bool
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


def _differs(row: dict, before: dict | None) -> bool:
    return before is not None and any(before[name] != row[name] for name in row)


def _as_key(row: dict, kind: Kind) -> dict[str, object]:
    return {f"key_{name}": row[name] for name in kind.key}


def _check_figures(connection: Connection, kind: Kind, sheet: Sheet, rows: list[dict], old: dict[tuple, dict]) -> None:
    """Figures only: two ids never stand for the same figure, and an id never changes what it speaks of."""
    if kind.table is not t.published_value:
        return
    replaced = {row["figure_id"] for row in rows}
    taken = {tuple(o[name] for name in t.KEY): o["figure_id"] for o in old.values() if o["figure_id"] not in replaced}
    faults = []
    for (number, _), row in zip(sheet.rows, rows, strict=True):
        key = tuple(row[name] for name in t.KEY)
        if key in taken:
            what = f"{row['figure_id']!r} has the same indicator, territory, period, breakdown, unit and source as "
            faults.append(Fault(sheet.file, number, "figure_id", f"{what}{taken[key]!r}; keep one of the two"))
        taken.setdefault(key, row["figure_id"])
        before = old.get((row["figure_id"],))
        if before and any(before[name] != row[name] for name in ("indicator", "territory_code")):
            what = f"{row['figure_id']!r} already stands for {before['indicator']} of {before['territory_code']}"
            faults.append(Fault(sheet.file, number, "figure_id", f"{what}; choose another id"))
    if faults:
        raise RejectedFile(faults)
