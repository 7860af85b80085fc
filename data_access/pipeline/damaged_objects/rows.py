"""Rows of damaged_object: those that a source holds, and how a load adds, replaces and removes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Index, func, select, text
from sqlalchemy.schema import CreateIndex, DropIndex

from data_access.object_tables import damaged_object
from data_access.pipeline.damaged_objects.column_names import DAYS, NUMBERS
from data_access.pipeline.damaged_objects.object_file import BATCH_ROWS, ObjectFile
from data_access.pipeline.records import bulk

OWN = tuple(c.name for c in damaged_object.c if c.name not in ("id", "source_id", "batch_id"))
NUMBERED = {"id": pa.int64(), "batch_id": pa.int64(), **dict.fromkeys(NUMBERS, pa.float64())}
READ = ", ".join(f"CAST(o.{n} AS TEXT)" if n in DAYS else f"o.{n}" for n in ("id", "batch_id", *OWN))
MANY_ROWS = 200_000  # from so many on it pays to index anew
CACHE = "PRAGMA cache_size = {}"
KEPT, OFTEN = -2_000, -256_000  # KiB: as SQLite has it, and while much is written


class Held:
    """The objects of one source in the database, while a file of it is loaded."""

    def __init__(self, connection: Connection, source_id: str, batch_id: int) -> None:
        self.connection, self.source_id, self.batch_id = connection, source_id, batch_id
        self.any = self._has_rows()
        self.table = "damaged_object"  # where ids are looked up
        self.found: list[np.ndarray] = []  # ids of rows that the file names
        self.without_indexes = False

    def _has_rows(self) -> bool:
        c = damaged_object.c
        return self.connection.scalar(select(c.id).where(c.source_id == self.source_id).limit(1)) is not None

    def prepare(self, file: ObjectFile) -> None:
        """A load larger than what is there goes without indexes and indexes all of it at its end."""
        if self.connection.dialect.name == "sqlite":
            self.connection.exec_driver_sql(CACHE.format(OFTEN))
        else:  # a batch is looked up by its ids, one by one, however many the planner takes them for
            self.connection.exec_driver_sql("SET LOCAL enable_hashjoin = off")
            self.connection.exec_driver_sql("SET LOCAL enable_mergejoin = off")
        there = self.connection.scalar(select(func.max(damaged_object.c.id))) or 0
        if file.rows < max(there, MANY_ROWS):
            return
        self.without_indexes = True
        if self.any:
            self._keep_ids()
        for index in _indexes():
            self.connection.execute(DropIndex(index))

    def _keep_ids(self) -> None:
        """The ids of the source by which to look up, while the table has no index."""
        self.table = "held_object"
        bulk.emptied(self.connection, self.table, "source_id VARCHAR(96), object_id VARCHAR(96), id BIGINT")
        kept = f"INSERT INTO {self.table} SELECT source_id, object_id, id FROM damaged_object WHERE source_id = :source"
        self.connection.execute(text(kept), {"source": self.source_id})
        self.connection.exec_driver_sql(f"CREATE INDEX ix_held_object ON {self.table} (source_id, object_id)")

    def finish(self) -> None:
        """Index what was written."""
        for index in _indexes() if self.without_indexes else ():
            self.connection.execute(CreateIndex(index))
        bulk.drop(self.connection, "wanted_object", "held_object", "gone_object")
        if self.connection.dialect.name == "sqlite":
            self.connection.exec_driver_sql(CACHE.format(KEPT))

    def of(self, object_ids: pa.ChunkedArray) -> pa.Table:
        """The rows with these ids that the source has."""
        if not self.any:
            return _table([])
        bulk.emptied(self.connection, "wanted_object", "object_id VARCHAR(96)")
        bulk.append(self.connection, "wanted_object", pa.table({"object_id": object_ids}))
        # the sub-select keeps both databases to looking each id up; with a join they may read all objects for each
        found = f"SELECT h.id FROM {self.table} h WHERE h.source_id = :source AND h.object_id = w.object_id"
        wanted = f"SELECT {READ} FROM wanted_object w CROSS JOIN damaged_object o WHERE o.id = ({found})"
        return _table(self.connection.execute(text(wanted), {"source": self.source_id}).all())

    def compared(self, rows: pa.Table, old: pa.Table) -> tuple[np.ndarray, np.ndarray, pa.Table]:
        """Which rows are new, which differ from the old ones; and those old ones that do."""
        at = pc.index_in(rows["object_id"], old["object_id"])
        fresh = at.is_null().to_numpy()
        self.found.append(old["id"].to_numpy())
        if fresh.all():
            return fresh, np.zeros(rows.num_rows, bool), old.slice(0, 0)
        before, now = old.take(at.filter(at.is_valid())), rows.filter(at.is_valid())
        differs = np.zeros(before.num_rows, bool)
        for name in OWN:
            differs |= _differ(now[name], before[name])
        changed = np.zeros(rows.num_rows, bool)
        changed[~fresh] = differs
        return fresh, changed, before.filter(pa.array(differs))

    def append(self, rows: pa.Table) -> None:
        """Add rows under this source and this batch."""
        said = {"source_id": pa.scalar(self.source_id), "batch_id": pa.scalar(self.batch_id, pa.int64())}
        for name, value in said.items():
            rows = rows.append_column(name, pa.array([value.as_py()]).dictionary_encode().take(_zeros(rows.num_rows)))
        bulk.append(self.connection, "damaged_object", rows)

    def remove(self, rows: pa.Table) -> None:
        """Remove rows that were read here."""
        if rows.num_rows:
            self._name_gone(rows["id"].to_numpy())
            gone = "DELETE FROM damaged_object WHERE id IN (SELECT id FROM gone_object)"
            self.connection.exec_driver_sql(gone)

    def unseen(self) -> Iterator[pa.Table]:
        """Rows of the source that the file did not name, block by block."""
        if not self.any:
            return
        c = damaged_object.c
        older = select(c.id).where(c.source_id == self.source_id, c.batch_id != self.batch_id)
        blocks = self.connection.execute(older, execution_options={"yield_per": BATCH_ROWS})
        held = np.fromiter(blocks.scalars(), np.int64)
        gone = np.setdiff1d(held, np.concatenate([np.array([], np.int64), *self.found]))
        for start in range(0, len(gone), BATCH_ROWS):
            self._name_gone(gone[start : start + BATCH_ROWS])
            wanted = f"SELECT {READ} FROM gone_object g JOIN damaged_object o ON o.id = g.id"
            yield _table(self.connection.execute(text(wanted)).all())

    def _name_gone(self, ids: np.ndarray) -> None:
        bulk.emptied(self.connection, "gone_object", "id BIGINT")
        bulk.append(self.connection, "gone_object", pa.table({"id": ids}))


def _indexes() -> list[Index]:
    return sorted(damaged_object.indexes, key=lambda index: str(index.name))


def _zeros(size: int) -> pa.Array:
    return pa.array(np.zeros(size, np.int32))


def _table(rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows read from the database as the file's own are held."""
    names = ("id", "batch_id", *OWN)
    columns = zip(*rows, strict=True) if rows else [[]] * len(names)
    made = {
        name: pa.array(list(column), NUMBERED.get(name, pa.string()))
        for name, column in zip(names, columns, strict=True)
    }
    return pa.table(made | {name: made[name].cast(pa.date32()) for name in DAYS})


def _differ(now: pa.ChunkedArray, before: pa.ChunkedArray) -> np.ndarray:
    """Where two columns are not equal; two NULLs are."""
    now = now.cast(now.type.value_type) if pa.types.is_dictionary(now.type) else now
    equal = pc.fill_null(pc.equal(now, before), False)
    both_null = pc.and_(now.is_null(), before.is_null())
    same: np.ndarray = pc.or_(equal, both_null).to_numpy()
    return ~same
