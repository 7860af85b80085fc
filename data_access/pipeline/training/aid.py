"""Aid: who gave what, where and when, more of it where the war is near."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data_access.pipeline.training.country import Country
from data_access.pipeline.training.invented import organisation

FEWEST, MOST = 400, 20_000
SECTORS = {  # what is given, share
    "aid_shelter": ("ремонтні набори", 0.2),
    "aid_food": ("продуктові набори", 0.26),
    "aid_water_hygiene": ("гігієнічні набори", 0.14),
    "aid_heating": ("паливо", 0.14),
    "aid_medical": ("ліки", 0.12),
    "aid_education": ("шкільне приладдя", 0.06),
    "aid_psychosocial": ("консультації", 0.08),
}
KINDS = ("ngo", "un", "government", "private")
KIND_SHARES = (0.55, 0.2, 0.15, 0.1)
ORGANISATIONS = range(1, 61)
FIRST = np.datetime64("2024-01-01")
LONGEST_DAYS, JUST_BEGUN_DAYS = 180, 15


def write_aid(country: Country, objects: int, path: Path) -> None:
    """A CSV file of aid activities; sums in UAH."""
    n, chance = int(np.clip(objects // 20, FEWEST, MOST)), country.chance("aid")
    last_day = np.datetime64(country.last_day)
    need = (0.003 + country.hazard[:, -12:].mean(axis=1)) * country.population**0.8 * ~country.occupied
    place = chance.choice(len(need), n, p=need / need.sum())
    start = FIRST + chance.integers(0, (last_day - FIRST).astype(int) - 5, n)
    end = start + chance.integers(7, LONGEST_DAYS, n)
    over = end <= last_day
    requested = np.round(chance.lognormal(12.6, 1.0, n), -3) + 1000
    pledged = np.round(requested * np.minimum(chance.beta(5, 1.5, n), 1), -2)
    delivered = np.round(pledged * np.where(over, chance.beta(9, 1, n), chance.beta(2, 3, n)), -2)
    people = np.maximum(1, requested / chance.lognormal(7, 0.5, n)).astype(int)
    sector = chance.choice(len(SECTORS), n, p=[share for _, share in SECTORS.values()])
    kinds, who = chance.choice(KINDS, len(ORGANISATIONS), p=KIND_SHARES), chance.integers(0, len(ORGANISATIONS), n)
    planned = (last_day - start).astype(int) < JUST_BEGUN_DAYS
    known = pd.Series(delivered.astype(int), dtype="Int64").mask(planned | (delivered < 1))
    frame = pd.DataFrame(
        {
            "activity_id": [f"T{number + 1}" for number in range(n)],
            "organisation": [organisation(ORGANISATIONS[number])["name"] for number in who],
            "organisation_kind": kinds[who],
            "sector": np.array(list(SECTORS))[sector],
            "community": country.katottg[place],
            "item": np.array([item for item, _ in SECTORS.values()])[sector],
            "status": np.where(over, "completed", np.where(planned, "planned", "ongoing")),
            "start_on": start,
            "end_on": end,
            "unit": "uah",
            "requested": requested.astype(int),
            "pledged": pledged.astype(int),
            "delivered": known,
            "delivered_on": pd.Series(np.where(over, end, start + 5)).where(known.notna()),
            "people": pd.Series(people, dtype="Int64").mask((chance.random(n) < 0.15) | planned),
        }
    )
    frame.to_csv(path, index=False)
