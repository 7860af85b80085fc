"""The batches of the database: one file = one batch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, update

from data_access import tables as t
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.sheet.kind import Kind
from data_access.pipeline.sheet.report import Loaded

Value = TypeVar("Value")


def batches(kind: Kind, column: ColumnElement[Value]) -> Select[Value]:
    """A column of the batches that filled the same table as this kind does, the newest first.

    A file of one kind may have replaced what a file of another had brought.
    """
    kinds = [other.name for other in KINDS.values() if other.table is kind.table and other.fills == kind.fills]
    return select(column).where(t.batch.c.kind.in_(kinds)).order_by(t.batch.c.id.desc())


def begin_batch(connection: Connection, kind: str, file: str, sha256: str) -> int:
    """A batch that has done nothing yet: what it brings needs its number."""
    counts = dict.fromkeys(("rows", "added", "changed", "removed"), 0)
    loaded_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    named = {"kind": kind, "file_name": file, "sha256": sha256, "state": "unchanged"}
    made = connection.execute(insert(t.batch).values(**named, **counts, loaded_at=loaded_at)).inserted_primary_key
    assert made is not None  # one row has one
    return int(made[0])


def end_batch(connection: Connection, done: Loaded, batch_id: int, *, forget: bool) -> None:
    """Write down what the batch has done; a file that was seen before and did nothing leaves no trace."""
    own, state = done.own, "loaded" if done.news else "unchanged"
    counts = {"rows": own.rows, "added": own.added, "changed": own.changed, "removed": own.removed, "state": state}
    ended = delete(t.batch) if forget else update(t.batch).values(counts)
    connection.execute(ended.where(t.batch.c.id == batch_id))
