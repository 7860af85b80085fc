"""Damaged objects from a file into the database: checked, written and counted batch by batch."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from data_access import tables as t
from data_access.editing_tables import register_category
from data_access.indicators import indicators
from data_access.pipeline.damaged_objects.checks import Batch, Lists, check_header
from data_access.pipeline.damaged_objects.object_file import ObjectFile
from data_access.pipeline.damaged_objects.rows import Held
from data_access.pipeline.damaged_objects.tallies import Tallies
from data_access.pipeline.records.origin import Origin
from data_access.pipeline.sheet.checks import ENOUGH_FAULTS
from data_access.pipeline.sheet.faults import Fault, RejectedFile, rejected
from data_access.pipeline.sheet.kind import Kind
from data_access.pipeline.sheet.report import Part

log = logging.getLogger(__name__)
TOLD_EVERY = 500_000


def lists(connection: Connection) -> Lists:
    """The codes that objects may use."""
    rows = connection.execute(select(t.territory.c.code, t.territory.c.katottg, t.territory.c.level)).all()
    places = {katottg: code for code, katottg, _ in rows if katottg} | {code: code for code, _, _ in rows}
    sectors = {code for record in indicators().values() for code in record.breakdowns.get("sector", ())}
    categories = connection.scalars(select(register_category.c.code).distinct().order_by(register_category.c.code))
    return Lists(places, {code: level for code, _, level in rows}, frozenset(sectors), tuple(categories))


def load_objects(
    kind: Kind,
    connection: Connection,
    file: ObjectFile,
    batch_id: int,
    origin: Origin,
) -> Part:
    """What became of the objects of a file. Raises RejectedFile, DBAPIError."""
    check_header(file)
    known = lists(connection)
    tallies = Tallies(known.levels, known.categories, known.today)
    loading = Loading(file, Held(connection, origin.source, batch_id), tallies)
    loading.held.prepare(file)
    try:
        _read(loading, known)
    except IntegrityError:  # the only thing that a row can hurt is that its id stands there
        raise RejectedFile(repeated(file)) from None
    loading.refuse_repeated()
    if not loading.rows:
        raise rejected(file.path.name, "has no rows below its header")
    if origin.whole:
        loading.remove_the_others()
    log.info("Counting and indexing")
    if tallies.too_large():
        raise rejected(file.path.name, "the costs together are more than can be true; check the currency")
    tallies.write(connection, origin.source)
    loading.held.finish()
    return Part(kind.row_is, loading.rows, loading.added, loading.changed, loading.removed)


def _read(loading: Loading, known: Lists) -> None:
    """All batches of the file; once there is a fault the rest is only checked. Raises RejectedFile."""
    faults: list[Fault] = []
    for number, table in loading.file.batches():
        batch = Batch(loading.file, number, table, known)
        rows = batch.rows()
        faults += batch.faults
        before, loading.rows = loading.rows, loading.rows + rows.num_rows
        if len(faults) >= ENOUGH_FAULTS:
            raise RejectedFile(_in_order(faults), looked_at=loading.rows)
        if not faults:
            loading.take(rows, number)
        if loading.rows // TOLD_EVERY > before // TOLD_EVERY:
            log.info(f"{loading.rows:,} objects read")
    if faults:
        raise RejectedFile(_in_order(faults))


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.row)[:ENOUGH_FAULTS]


@dataclass
class Loading:
    """A load under way, and what it has done."""

    file: ObjectFile
    held: Held
    tallies: Tallies
    rows: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    seen: list[np.ndarray] = field(default_factory=list)

    def take(self, rows: pa.Table, number: int) -> None:
        """Write a batch: new objects are added, changed ones replaced, equal ones left."""
        ids = rows["object_id"].to_numpy()
        if pd.Series(ids).duplicated().any():
            raise RejectedFile(repeated(self.file))
        self.seen.append(hashed(ids))
        old = self.held.of(rows["object_id"])
        fresh, changed, stale = self.held.compared(rows, old)
        if (old["batch_id"].to_numpy() == self.held.batch_id).any():
            raise RejectedFile(repeated(self.file))
        self.held.remove(stale)
        self.tallies.add(stale, -1)
        written = rows.filter(pa.array(fresh | changed))
        self.held.append(written)
        self.tallies.add(written)
        self.added += int(fresh.sum())
        self.changed += int(changed.sum())

    def refuse_repeated(self) -> None:
        """Raise RejectedFile where an id stands twice in the file; equal numbers are looked at again as texts."""
        numbers = np.sort(np.concatenate(self.seen)) if self.seen else np.array([])
        if (numbers[1:] == numbers[:-1]).any():
            faults = repeated(self.file)
            if faults:
                raise RejectedFile(faults)

    def remove_the_others(self) -> None:
        """Objects of the source that the file does not hold."""
        for gone in self.held.unseen():
            self.held.remove(gone)
            self.tallies.add(gone, -1)
            self.removed += gone.num_rows


def hashed(ids: np.ndarray) -> np.ndarray:
    """64-bit numbers that stand for ids: ten million take 80 MB."""
    return pd.util.hash_array(ids.astype(object), categorize=False)


def repeated(file: ObjectFile) -> list[Fault]:
    """A fault for each id that stood above already. Reads the file twice, one column of it."""

    def ids() -> Iterator[tuple[int, np.ndarray]]:
        for number, table in file.batches(("object_id",)):
            texts = table["object_id"].cast(pa.string()).to_pylist()
            yield number, np.array([(text or "").strip() for text in texts], object)

    numbers = pd.Series(np.concatenate([hashed(texts) for _, texts in ids()] or [np.array([])]))
    suspects = np.unique(numbers[numbers.duplicated()])
    first: dict[str, int] = {}
    faults: list[Fault] = []
    for number, texts in ids():
        for place in np.flatnonzero(np.isin(hashed(texts), suspects)):
            row = number + int(place)
            if texts[place] in first and len(faults) < ENOUGH_FAULTS:
                what = f"repeats row {first[texts[place]]}; keep one of the two"
                faults.append(Fault(file.path.name, row, "object_id", what))
            first.setdefault(texts[place], row)
    return faults
