"""Rules between the cells of one row that kinds of records have in common. Each yields (column, what is wrong)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data_access.codes import CITIES
from data_access.pipeline.sheet.kind import Faults
from data_access.pipeline.sheet.known import Known
from data_access.territorial_status import FULL_SCALE_INVASION

MOST_PEOPLE = 43_600_000  # residents on 01.01.2022
LONGEST = {"activity_id": 96, "cohort": 64, "organisation_kind": 32}


def hromada(texts: Mapping[str, str], known: Known) -> Faults:
    """Asks that the community is a hromada, Kyiv or Sevastopol."""
    place = texts["community"]
    if known.levels[place] != "hromada" and place not in CITIES:
        what = f"{place} is a {known.levels[place]}"
        yield "community", f"{what}; write the code of a community (of Kyiv UA80, of Sevastopol UA85)"


def ids(texts: Mapping[str, str], *columns: str) -> Faults:
    """Asks that texts are no longer than the table holds."""
    for column in columns:
        if len(texts[column]) > LONGEST.get(column, 1000):
            yield column, f"is longer than {LONGEST.get(column, 1000)} signs; shorten it"


def past(column: str, day: date, *, until: date | None = None) -> Faults:
    """Since the full-scale invasion and not later than today, or another day."""
    if day < FULL_SCALE_INVASION:
        yield column, f"{day} is before 24.02.2022, when the full-scale invasion began; check the year"
    elif day > (until or date.today()):
        yield column, f"{day} is in the future; check the year"
