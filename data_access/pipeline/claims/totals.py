"""Readiness of claims in categories B and C of the Register of Damage: for members only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
from sqlalchemy import Connection, select

from data_access.pipeline.claims.rules import STEPS
from data_access.pipeline.records.exact_figures import COUNTRY, figures, read
from data_access.record_tables import claim_file

KEYS = ["level", "territory_code"]


def claim_figures(connection: Connection, today: date) -> Iterator[pd.DataFrame]:
    """Exact figures of every source: of each community and category the newest, dated by the newest of the sum."""
    claims = read(connection, select(claim_file).where(claim_file.c.as_of <= today))
    for source_id, own in claims.groupby("source_id", sort=True):
        newest = own.sort_values("as_of").groupby(["territory_code", "category"], as_index=False).last()
        placed = _at_each_level(newest)
        for step in STEPS:
            known = placed[placed[step].notna()].astype({step: float})
            for frame in _sums(known, step):
                constant = {"indicator": f"claim_objects_{step}", "unit": "objects", "source_id": source_id}
                yield figures(frame, precision="day", **constant)


def _at_each_level(own: pd.DataFrame) -> pd.DataFrame:
    region = own["territory_code"].str[:4]
    levels = (own.assign(level="country", territory_code=COUNTRY), own.assign(level="region", territory_code=region))
    return pd.concat([*levels, own[own["territory_code"].str.len() > 4].assign(level="hromada")], ignore_index=True)


def _sums(known: pd.DataFrame, step: str) -> Iterator[pd.DataFrame]:
    for names, more in ((KEYS, {}), ([*KEYS, "category"], {"breakdown": "rd4u"})):
        found = known.groupby(names).agg(value=(step, "sum"), period_end=("as_of", "max")).reset_index()
        yield found.assign(count=found["value"].astype("int64"), period_start=found["period_end"], **more)
