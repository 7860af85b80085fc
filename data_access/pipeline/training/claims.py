"""Readiness of claims: as many as the register's objects say, now and a quarter earlier."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data_access.pipeline.training.likely import CATEGORIES
from data_access.pipeline.training.objects import Ready

STEPS = ("eligible", "documented", "valued", "submitted", "recorded")
EARLIER_SHARE, EARLIER_DAYS = 0.85, 92


def write_claims(ready: Ready, path: Path) -> None:
    """A CSV file: community, category of the Register, as_of and the five counts, each at most the one before."""
    reached = np.flip(np.cumsum(np.flip(ready.counts, axis=2), axis=2), axis=2)  # each state holds those after it
    place, category = np.nonzero(reached[:, 1:, 0])
    counts = reached[place, category + 1]
    last_day = np.datetime64(ready.country.last_day)
    earlier = np.floor(counts * EARLIER_SHARE)
    moments = ((last_day - EARLIER_DAYS, earlier), (last_day, counts))
    parts = [
        pd.DataFrame(
            {"community": ready.country.katottg[place], "category": CATEGORIES[category + 1], "as_of": as_of}
            | {step: known[:, number].astype(int) for number, step in enumerate(STEPS)}
        )
        for as_of, known in moments
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame[frame["eligible"] > 0].to_csv(path, index=False)
