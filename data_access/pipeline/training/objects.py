"""Damaged objects, a chunk at a time: where the hazard is and people live, reported late, valued one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data_access.codes import EVIDENCE, OWNER_KINDS, SEVERITIES
from data_access.pipeline.training import likely
from data_access.pipeline.training.country import FIGHTING, FIRST_DAY, Country

CHUNK = 250_000  # objects held in memory at once
CITY_RESIDENTS = 50_000
SHARE_COSTED, SHARE_MEASURED, SHARE_IN_USD, SHARE_NAMED = 0.55, 0.7, 0.03, 0.6
UAH_PER_USD = 41
DEAREST = 900_000_000  # no sum with ten digits, which might be taken for a person's number
DELAY_MEDIAN_DAYS, DELAY_SPREAD = 24, 1.35
OWNERS_NAMED = 4000  # legal entities with an invented EDRPOU
EVIDENCE_SHARES = np.array([[0.62, 0.22, 0.1, 0.04, 0.02], [0.3, 0.28, 0.2, 0.13, 0.09]])  # of young and of old damage
OLD_DAYS = 400


@dataclass
class Ready:
    """Objects by hromada, category (as in likely.CATEGORIES) and evidence, counted over all chunks."""

    country: Country
    counts: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.shape = (len(self.country.codes), len(likely.CATEGORIES), len(EVIDENCE))
        self.counts = np.zeros(self.shape, np.int64)

    def add(self, place: np.ndarray, category: np.ndarray, evidence: np.ndarray) -> None:
        """Count a chunk."""
        cell = np.ravel_multi_index((place, category, evidence), self.shape)
        self.counts += np.bincount(cell, minlength=self.counts.size).reshape(self.shape)


def write_objects(country: Country, objects: int, path: Path) -> Ready:
    """A Parquet file of that many objects; returns how ready their claims are."""
    ready, writer = Ready(country), None
    for table in chunks(country, objects, ready):
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer:
        writer.close()
    return ready


def chunks(country: Country, objects: int, ready: Ready) -> Iterator[pa.Table]:
    """The objects in tables of at most CHUNK rows, each chunk from all over the country."""
    delays = np.sort(country.chance("delays").lognormal(np.log(DELAY_MEDIAN_DAYS), DELAY_SPREAD, 20_000)).astype(int)
    expected = _expected(country, delays)
    for number, first in enumerate(range(0, objects, CHUNK)):
        chance = country.chance("objects", number)
        yield _chunk(country, chance, expected, delays, range(first, min(first + CHUNK, objects)), ready)


def _expected(country: Country, delays: np.ndarray) -> np.ndarray:
    """Share of the reported objects in each hromada and month (flat): hazard, residents, and reports that have come."""
    age = (np.datetime64(country.last_day) - country.months).astype(int) - 15
    reported = np.searchsorted(delays, np.maximum(age, 4)) / len(delays)
    weight = country.hazard * (country.population**0.9)[:, None] * reported
    return np.asarray(weight / weight.sum()).ravel()


def _chunk(
    country: Country,
    chance: np.random.Generator,
    expected: np.ndarray,
    delays: np.ndarray,
    numbers: range,
    ready: Ready,
) -> pa.Table:
    n = len(numbers)
    cell = np.repeat(np.arange(len(expected)), chance.multinomial(n, expected))
    place, month = np.divmod(chance.permutation(cell), len(country.months))
    fighting = (country.hazard[place, month] >= FIGHTING / 2).astype(int)
    rural = (country.population[place] < CITY_RESIDENTS).astype(int)
    kind = _drawn(chance, likely.SHARES, rural)
    severity = _drawn(chance, likely.SEVERITY_SHARES, fighting)
    owner = _drawn(chance, likely.OWNERS, kind)
    damaged, reported = _days(country, chance, month, delays)
    old = ((np.datetime64(country.last_day) - damaged).astype(int) > OLD_DAYS).astype(int)
    evidence = _drawn(chance, EVIDENCE_SHARES, old)
    decided = (evidence > 0) | (chance.random(n) < 0.5)
    category = np.where(decided, likely.category_numbers()[kind, owner], 0)
    ready.add(place, category, evidence)
    size = likely.SIZES[kind] * chance.lognormal(0, 0.5, n)
    cost = likely.PRICES[kind] * likely.SEVERITY_COSTS[severity] * chance.lognormal(0, 0.7, n)
    return pa.table(
        {
            "object_id": pc.binary_join_element_wise("T", pa.array(np.array(numbers) + 1).cast(pa.string()), ""),
            "community": _words(country.katottg, place),
            "object_type": _words(likely.TYPES, kind),
            "severity": _words(np.array(SEVERITIES), severity),
            "sector": _words(likely.SECTORS, kind),
            "damaged_on": pa.array(damaged),
            "reported_on": pa.array(reported),
            "floor_area_m2": _some(chance, np.round(size, 1), SHARE_MEASURED, known=size > 0),
            **_costs(chance, cost),
            "rd4u_category": _words(likely.CATEGORIES, category),
            "evidence": _words(np.array(EVIDENCE), evidence),
            "owner_kind": _words(np.array(OWNER_KINDS), owner),
            "owner_edrpou": _named(chance, owner),
        }
    )


def _drawn(chance: np.random.Generator, shares: np.ndarray, row: np.ndarray) -> np.ndarray:
    """A number of a column for each element, by the shares in its row."""
    bounds = np.cumsum(shares, axis=1)[:, :-1]
    found, chances = np.zeros(len(row), np.int8), chance.random(len(row))
    for column in range(bounds.shape[1]):
        found += chances >= bounds[row, column]
    return found


def _days(
    country: Country, chance: np.random.Generator, month: np.ndarray, delays: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Days of damage and of report: late by `delays` (sorted), among those short enough to have come by now."""
    first = np.maximum(country.months, np.datetime64(FIRST_DAY))[month]
    lengths = (country.ends[month] - first).astype(int) + 1
    damaged = first + (chance.random(len(month)) * lengths).astype(int)
    come = np.searchsorted(delays, (np.datetime64(country.last_day) - damaged).astype(int), side="right")
    late = delays[(chance.random(len(month)) * come).astype(int)]
    return damaged, np.minimum(damaged + late, np.datetime64(country.last_day))


def _costs(chance: np.random.Generator, cost: np.ndarray) -> dict[str, pa.Array]:
    """Cost and currency of the valued ones, in thousands or hundreds; a few in US dollars."""
    known, in_usd = chance.random(len(cost)) < SHARE_COSTED, chance.random(len(cost)) < SHARE_IN_USD
    rounded = np.minimum(np.where(in_usd, np.round(cost / UAH_PER_USD, -2), np.round(cost, -3)), DEAREST)
    currency = np.where(known, np.where(in_usd, 2, 1), 0)
    words = _words(np.array(["", "uah", "usd"]), currency)
    return {"cost": pa.array(np.maximum(rounded, 100), mask=~known), "currency": words}


def _named(chance: np.random.Generator, owner: np.ndarray) -> pa.Array:
    """Invented EDRPOU, 99 and six digits, of owners that are legal entities; '' for the rest."""
    entity = np.isin(owner, (likely.STATE, likely.COMMUNAL, likely.LEGAL_ENTITY))
    entity &= chance.random(len(owner)) < SHARE_NAMED
    codes = np.array(["", *(f"99{number:06d}" for number in range(OWNERS_NAMED))])
    return _words(codes, np.where(entity, 1 + chance.integers(0, OWNERS_NAMED, len(owner)), 0))


def _some(chance: np.random.Generator, values: np.ndarray, share: float, known: np.ndarray) -> pa.Array:
    return pa.array(values, mask=~(known & (chance.random(len(values)) < share)))


def _words(words: np.ndarray, numbers: np.ndarray) -> pa.Array:
    """Texts by number."""
    return pa.array(words.tolist()).take(pa.array(numbers.astype(np.int32)))
