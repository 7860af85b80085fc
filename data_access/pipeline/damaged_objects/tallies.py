"""What damaged objects add up to, counted while they are in memory and written once.

Areas and sums are counted in hundredths, as whole numbers: adding and taking away in any order gives the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, text

from data_access import codes
from data_access.object_tables import TALLIES, damage_tally, evidence_tally, report_tally
from data_access.pipeline.records import bulk

FIRST_MONTH = np.datetime64("2022-02")
TYPES = (*codes.OBJECT_TYPES, *codes.RESTRICTED_TYPES)
MEASURES = {"objects": (), "costed_uah": (), "costed_usd": (), "floor_area_m2": (), "cost_uah": (), "cost_usd": ()}
HUNDREDTHS = {"floor_area_m2": "", "cost_uah": "costed_uah", "cost_usd": "costed_usd"}  # NULL where that is 0
MOST_HUNDREDTHS = 2**53  # beyond, a number of the database cannot hold them one by one


class Sums:
    """Sums of whole numbers by key, while more and more come."""

    FOLDED_AT = 1_000_000

    def __init__(self, measures: Sequence[str]) -> None:
        self.measures = list(measures)
        self.keys = np.array([], np.int64)
        self.sums = np.zeros((len(self.measures), 0), np.int64)
        self.waiting: list[tuple[np.ndarray, np.ndarray]] = []

    def add(self, keys: np.ndarray, numbers: Sequence[np.ndarray]) -> None:
        """A row of numbers for each key; keys may repeat."""
        self.waiting.append(_by_key(keys, np.array(numbers, np.int64)))
        if sum(len(some) for some, _ in self.waiting) > self.FOLDED_AT:
            self.fold()

    def fold(self) -> None:
        """One number of each measure for each key, without those that are 0 altogether."""
        parts = [(self.keys, self.sums), *self.waiting]
        keys, sums = _by_key(*(np.concatenate(some, axis=-1) for some in zip(*parts, strict=True)))
        there = sums.any(axis=0)
        self.keys, self.sums, self.waiting = keys[there], sums[:, there], []


def _by_key(keys: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.add.reduceat(numbers[:, order], first, axis=1) if len(keys) else numbers


class Tallies:
    """Changes of the tallies of one source."""

    def __init__(self, territories: Iterable[str], categories: Sequence[str], today: date) -> None:
        months = [FIRST_MONTH + n for n in range((np.datetime64(today, "M") - FIRST_MONTH).astype(int) + 1)]
        self.axes: dict[str, list[Any]] = {
            "territory_code": sorted(territories),
            "damaged_month": months,
            "reported_month": months,
            "object_type": list(TYPES),
            "severity": list(codes.SEVERITIES),
            "rd4u_category": ["", *categories],
            "owner_kind": list(codes.OWNER_KINDS),
            "evidence": list(codes.EVIDENCE),
        }
        self.of = {table.name: [c.name for c in table.primary_key if c.name != "source_id"] for table in TALLIES}
        self.changes = {table.name: Sums([c.name for c in table.c if c.name in MEASURES]) for table in TALLIES}
        self.taken_away = False

    def add(self, rows: pa.Table, sign: int = 1) -> None:
        """Count objects, or with the sign −1 take them away. `rows`: as the table of objects holds them."""
        if not rows.num_rows:
            return
        self.taken_away |= sign < 0
        places = {name: self._places(name, rows) for name in self.axes}
        numbers = {name: sign * of for name, of in _measured(rows).items()}
        for table, names in self.of.items():
            keys = np.ravel_multi_index([places[name] for name in names], [len(self.axes[name]) for name in names])
            changes = self.changes[table]
            changes.add(keys, [numbers[name] for name in changes.measures])

    def _places(self, axis: str, rows: pa.Table) -> np.ndarray:
        if axis.endswith("_month"):
            days = rows[axis.replace("_month", "_on")]
            plain = days.cast(pa.date32()) if pa.types.is_dictionary(days.type) else days
            return np.asarray((plain.to_numpy().astype("datetime64[M]") - FIRST_MONTH).astype(int))
        return _numbers(rows[axis], self.axes[axis])

    def too_large(self) -> bool:
        """Whether a sum is more than can be kept exactly."""
        changes = self.changes[damage_tally.name]
        changes.fold()
        return bool(np.abs(changes.sums).max(initial=0) >= MOST_HUNDREDTHS)

    def write(self, connection: Connection, source_id: str) -> None:
        """Bring the tables up to date; what no object is left of is deleted."""
        for table in (damage_tally, evidence_tally, report_tally):
            rows = self._rows(table.name)
            types = {c.name: c.type.compile(connection.dialect) for c in table.c if c.name in rows.column_names}
            bulk.emptied(connection, "tally_change", ", ".join(f"{name} {kind}" for name, kind in types.items()))
            bulk.append(connection, "tally_change", rows)
            connection.execute(
                text(_merged(table.name, self.of[table.name], self.changes[table.name].measures)), {"source": source_id}
            )
            bulk.drop(connection, "tally_change")
            if self.taken_away:
                gone = text(f"DELETE FROM {table.name} WHERE source_id = :source AND objects = 0")
                connection.execute(gone, {"source": source_id})

    def _rows(self, table: str) -> pa.Table:
        names, changes = self.of[table], self.changes[table]
        changes.fold()
        places = np.unravel_index(changes.keys, [len(self.axes[name]) for name in names])
        columns: dict[str, pa.Array] = {}
        for name, place in zip(names, places, strict=True):
            months = name.endswith("_month")
            values = pa.array(np.array(self.axes[name], "datetime64[D]")) if months else pa.array(self.axes[name])
            columns[name] = pa.DictionaryArray.from_arrays(pa.array(place.astype(np.int32)), values)
        for name, found in zip(changes.measures, changes.sums, strict=True):
            columns[name] = pa.array(found / 100 if name in HUNDREDTHS else found)
        return pa.table(columns)


def _merged(table: str, names: list[str], measures: list[str]) -> str:
    """INSERT or add. Sums are NULL where nothing is summed, and stay whole hundredths."""
    added = {name: f"{table}.{name} + excluded.{name}" for name in measures}
    first = {name: name for name in measures}
    for name in (name for name in measures if name in HUNDREDTHS):
        total = f"ROUND(COALESCE({table}.{name}, 0) * 100 + COALESCE(excluded.{name}, 0) * 100) / 100.0"
        costed = HUNDREDTHS[name]
        nothing = f"{table}.{costed} + excluded.{costed} = 0" if costed else f"{total} = 0"
        added[name] = f"CASE WHEN {nothing} THEN NULL ELSE {total} END"
        none = f"{name} = 0 AND {costed} = 0" if costed else f"{name} = 0"
        first[name] = f"CASE WHEN {none} THEN NULL ELSE {name} END"
    keys, sums = ", ".join(names), ", ".join(measures)
    return (
        f"INSERT INTO {table} (source_id, {keys}, {sums}) SELECT :source, {keys}, {', '.join(first.values())} "
        f"FROM tally_change WHERE true ON CONFLICT (source_id, {keys}) DO UPDATE SET "
        + ", ".join(f"{name} = {how}" for name, how in added.items())
    )


def _numbers(column: pa.ChunkedArray, values: Sequence[str]) -> np.ndarray:
    """Each text as its place in the list; a text that no row holds may stand in the dictionary."""
    place = {value: number for number, value in enumerate(values)}
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = coded.unify_dictionaries().combine_chunks()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    known = np.array([place.get(value, -1) for value in coded.dictionary.to_pylist()], np.int64)
    return np.asarray(known[coded.indices.to_numpy(zero_copy_only=False)])


def _measured(rows: pa.Table) -> dict[str, np.ndarray]:
    """What each object adds to the tallies."""
    currency = _numbers(rows["currency"], ["", *codes.CURRENCIES])
    cost, ones = _hundredths(rows["cost"]), np.ones(rows.num_rows, np.int64)
    found = {"objects": ones, "floor_area_m2": _hundredths(rows["floor_area_m2"])}
    for number, name in enumerate(codes.CURRENCIES, 1):
        found |= {f"costed_{name}": ones * (currency == number), f"cost_{name}": cost * (currency == number)}
    return found


def _hundredths(column: pa.ChunkedArray) -> np.ndarray:
    numbers: np.ndarray = column.to_numpy()
    return np.asarray(np.rint(np.nan_to_num(numbers.astype(float)) * 100).astype(np.int64))
