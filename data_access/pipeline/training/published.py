"""Published values of the training country: population as it was, and invented headline figures that say so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data_access.codes import CITIES
from data_access.indicators import indicators
from data_access.pipeline.training.country import Country
from data_access.pipeline.training.invented import NOTE, PUBLISHED

QUARTERS = 6
GROWTH = 1.04  # in a quarter
PER_RESIDENT = {  # indicator: what a resident stands for, and whether it lies where the damage is
    "idps_registered": (0.11, False),
    "idps_surveyed": (0.085, False),
    "returnees_surveyed": (0.095, False),
    "buildings_damaged": (0.008, True),
    "residential_damaged": (0.006, True),
    "schools_damaged": (0.0001, True),
    "damage_usd": (4500, True),
    "needs_usd": (12_500, True),
    "erecovery_paid_uah": (420, True),
    "objects_restored": (0.002, True),
    "dream_projects": (0.0003, True),
    "dream_budget_uah": (9_000, True),
    "claims_submitted": (0.0024, True),
    "claims_recorded": (0.0014, True),
}
ROUND_FROM = 1_000_000  # three digits then, as money is told


def write_published(country: Country, folder: Path, path: Path) -> None:
    """A CSV file in the columns of sample_data/values.csv: its figures of topic context, then the invented ones."""
    real = pd.read_csv(folder / "values.csv", dtype=str, keep_default_na=False)
    context = [name for name, record in indicators().items() if record.topic == "context"]
    real = real[real["indicator"].isin(context)]
    invented = pd.DataFrame(_invented(country)).reindex(columns=real.columns, fill_value="")
    pd.concat([real, invented]).to_csv(path, index=False)


def _invented(country: Country) -> list[dict[str, object]]:
    regions, place = np.unique([code[:4] for code in country.codes], return_inverse=True)
    seen = ~country.occupied
    residents = np.bincount(place, country.population * seen)
    harm = np.bincount(place, country.population * country.hazard.mean(axis=1) * seen)
    covered = (residents > 0) & ~np.isin(regions, ["UA01", CITIES[1]])
    days = _quarter_ends(country)
    rows = []
    for name, (per_resident, by_damage) in PER_RESIDENT.items():
        weight = harm / harm[covered].sum() * residents[covered].sum() if by_damage else residents
        now = per_resident * weight * country.chance(name).lognormal(0, 0.25, len(regions))
        for age, day in enumerate(reversed(days)):
            known = {region: value / GROWTH**age for region, value in zip(regions[covered], now[covered], strict=True)}
            rows += _rows(name, str(day), known)
    return [{"figure_id": f"training{number + 1:05d}", **row} for number, row in enumerate(rows)]


def _rows(name: str, day: str, known: dict[str, float]) -> list[dict[str, object]]:
    """One indicator on one day: the regions, and the country as their sum."""
    record = indicators()[name]
    rounded = {region: _rounded(value) for region, value in known.items()}
    told = rounded if "region" in record.levels else {}
    told = told | ({"UA": sum(rounded.values())} if "country" in record.levels else {})
    same: dict[str, object] = {
        "indicator": name,
        "period_start": day,
        "period_end": day,
        "precision": "day",
        "unit": record.unit,
    }
    same |= {"producer": PUBLISHED, "source_id": PUBLISHED, "safe_to_publish": 1}
    same |= {"note_uk": NOTE["uk"], "note_en": NOTE["en"]}
    return [{**same, "territory_code": code, "value": value} for code, value in told.items()]


def _rounded(value: float) -> int:
    return int(float(f"{value:.3g}")) if value >= ROUND_FROM else round(value)


def _quarter_ends(country: Country) -> np.ndarray:
    ended = country.ends[country.ends.astype("datetime64[M]").astype(int) % 3 == 2]
    return np.asarray(ended[-QUARTERS:])
