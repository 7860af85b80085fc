"""Movements between hromadas as a mobile operator would count them: by gravity, for the last eighteen months."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data_access.pipeline.training.country import Country

MONTHS = 18
COHORT = "training_operator"
COHORT_TEXT = {
    "uk": "Навчальний оператор (вигадано): абоненти за місяць; дітей і місцевостей без зв’язку не видно.",
    "en": "Training operator (invented): subscribers in a month; children and places without coverage are not seen.",
}
REACH = {"migration": 1.1, "commuting": 3.0, "return": 1.1}  # how fast movements fade with distance
SHARE_OF_PAIRS = {"migration": 0.5, "commuting": 0.25, "return": 0.25}
PER_RESIDENT = {"migration": 0.004, "commuting": 0.02, "return": 0.002}
FEWEST_PAIRS, MOST_PAIRS = 2_000, 20_000
SPREAD = 0.9


def write_movements(country: Country, objects: int, path: Path) -> None:
    """A CSV file: origin, destination, period, kind, subscribers, persons, cohort and its two texts."""
    pairs = int(np.clip(objects // 5, FEWEST_PAIRS, MOST_PAIRS))
    fear = country.hazard[:, -12:].mean(axis=1)
    parts = [_movements(country, kind, int(pairs * share), fear) for kind, share in SHARE_OF_PAIRS.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(cohort=COHORT, cohort_uk=COHORT_TEXT["uk"], cohort_en=COHORT_TEXT["en"])
    frame.to_csv(path, index=False)


def _movements(country: Country, kind: str, pairs: int, fear: np.ndarray) -> pd.DataFrame:
    """Rows of one kind; months without a subscriber have none."""
    chance = country.chance(kind)
    origin, destination, pull = _pairs(country, chance, kind, pairs, fear)
    residents = country.population[destination if kind == "return" else origin]
    mean = PER_RESIDENT[kind] * residents * pull * chance.lognormal(0, SPREAD, len(origin))
    months = country.months[-MONTHS:]
    season = 1 + 0.3 * np.sin(np.arange(len(months)) / 2)
    subscribers = chance.poisson(mean[:, None] * season)
    factor = chance.uniform(2.4, 3.6, len(country.codes))[origin]
    pair, month = np.nonzero(subscribers)
    counted = subscribers[pair, month]
    return pd.DataFrame(
        {
            "origin": country.katottg[origin[pair]],
            "destination": country.katottg[destination[pair]],
            "period": months.astype("datetime64[M]").astype(str)[month],
            "kind": kind,
            "subscribers": counted,
            "persons": np.round(counted * factor[pair]).astype(int),
        }
    )


def _pairs(
    country: Country, chance: np.random.Generator, kind: str, pairs: int, fear: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Origins, destinations, and each pair's share of its origin's movements (of its destination's, for returns).

    People leave where the hazard is for where it is not, and return the other way; commuting is between neighbours.
    Nobody is counted where the operator does not work.
    """
    push, draw = 0.02 + fear / (fear.max() or 1), country.population / (0.02 + fear / (fear.max() or 1))
    if kind == "commuting":
        push, draw = np.ones(len(fear)), country.population
    gravity = np.outer(push * country.population**0.8, draw**0.8) / country.distances() ** REACH[kind]
    gravity[country.occupied, :] = gravity[:, country.occupied] = 0
    np.fill_diagonal(gravity, 0)
    gravity = gravity.T if kind == "return" else gravity
    with np.errstate(divide="ignore"):
        keys = np.log(gravity) + chance.gumbel(size=gravity.shape)  # the largest keys are a sample without repetition
    pairs = min(pairs, int(np.count_nonzero(gravity)))
    chosen = np.sort(np.argpartition(keys.ravel(), -pairs)[-pairs:])
    origin, destination = np.divmod(chosen, len(fear))
    picked = gravity[origin, destination]
    around = destination if kind == "return" else origin
    return origin, destination, picked / np.bincount(around, picked, minlength=len(fear))[around]
