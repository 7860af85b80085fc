"""Reconstruction projects: how many have reached each stage, and the money of each stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
from sqlalchemy import Connection, select

from data_access.codes import PROJECT_STAGES
from data_access.pipeline.records.exact_figures import COUNTRY, figures, read
from data_access.project_tables import project

MONEY = ("budget", "funded", "contracted", "paid")
KEYS = ["level", "territory_code"]


def project_figures(connection: Connection, today: date) -> Iterator[pd.DataFrame]:
    """Exact figures of every source of projects, as of its newest update."""
    p = project.c
    names = ("source_id", "territory_code", "stage", "restricted", "currency", "updated_on", *MONEY)
    projects = read(connection, select(*(p[name] for name in names)))
    for source_id, own in projects.groupby("source_id", sort=True):
        as_of = own["updated_on"].max()
        stock = {"period_start": as_of, "period_end": as_of, "precision": "day", "source_id": source_id}
        placed = at_each_level(own, own["restricted"].astype(bool))
        yield from (figures(frame, **stock) for frame in (*_stages(placed), *_money(placed)))


def at_each_level(own: pd.DataFrame, kept_from_hromadas: pd.Series) -> pd.DataFrame:
    """The rows once for each level; of hromadas without those that are shown per oblast only."""
    hromada = own[~kept_from_hromadas & (own["territory_code"].str.len() > 4)]
    placed = own[own["territory_code"] != COUNTRY]  # a project of several regions, or of no place, is the country's
    region = placed.assign(level="region", territory_code=placed["territory_code"].str[:4])
    country = own.assign(level="country", territory_code=COUNTRY)
    return pd.concat([country, region, hromada.assign(level="hromada")], ignore_index=True)


def _stages(placed: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Projects in all, and those that have reached each stage (0 where none has)."""
    totals = placed.groupby(KEYS).size().rename("count").reset_index()
    yield _counts(totals)
    reached = placed["stage"].map(PROJECT_STAGES.index)
    for rank, stage in enumerate(PROJECT_STAGES):
        found = placed[reached >= rank].groupby(KEYS).size().rename("count")
        counts = totals[KEYS].join(found, on=KEYS).fillna({"count": 0}).astype({"count": "int64"})
        yield _counts(counts.assign(breakdown="stage", category=stage))


def _counts(found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(indicator="projects_by_stage", unit="projects", value=found["count"].astype(float))


def _money(placed: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Sums in hryvnias of the projects that have one; none where no project has."""
    for name in MONEY:
        known = placed[(placed["currency"] == "uah") & placed[name].notna()].astype({name: float})
        sums = known.groupby(KEYS)[name].agg(["size", "sum"]).reset_index()
        named = sums.rename(columns={"size": "count", "sum": "value"})
        yield named.assign(indicator=f"projects_{name}_uah", unit="uah")
