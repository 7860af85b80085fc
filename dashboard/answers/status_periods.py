"""The official status of a unit through time (order No. 376), as stretches of days."""

import pandas as pd

from dashboard import data
from dashboard.answers import unit
from data_access import TERRITORY_STATUSES

FULL_SCALE_INVASION = pd.Timestamp("2022-02-24")
NO_STATUS = "no_open_status"
STATUSES = (*TERRITORY_STATUSES, NO_STATUS)  # the most severe first
ONE_DAY = pd.Timedelta(days=1)


def periods(code: str) -> list[dict]:
    """The unit's status from 24.02.2022 to the day of the edition: first, last, status, mixed, partly.

    Of a raion or region: only what the list says of it as a whole; [] where it says nothing.
    """
    return data.status_history(code).to_dict("records")


def _holds(row: dict, on: pd.Timestamp) -> bool:
    return row["start_on"] <= on and (pd.isna(row["end_on"]) or on <= row["end_on"])


def bands(code: str) -> list[tuple[pd.Timestamp, pd.Timestamp, str]]:
    """First day, last day and status of each period under a status, for the ground of a chart over time."""
    found: list[tuple] = []
    for one in periods(code):
        first = found.pop()[0] if found and found[-1][2] == one["status"] else one["first"]
        found.append((first, one["last"], one["status"]))
    return [band for band in found if band[2] != NO_STATUS]


def status_now(code: str) -> str:
    """The status by the newest edition, of the majority of settlements; '' where the list says nothing of the unit."""
    stretches = periods(code)
    return stretches[-1]["status"] if stretches else ""


def since(code: str, first: pd.Timestamp, status: str) -> pd.Timestamp:
    """Since when the status holds: the day of the list where it names the whole unit, before 24.02.2022 too."""
    earliest = pd.Timestamp.min if first == FULL_SCALE_INVASION else first - ONE_DAY
    rows = unit.status_rows(code)
    whole = [row for row in rows if row["unit_kind"] != "settlement" and row["status"] == status and _holds(row, first)]
    return min([first, *(row["start_on"] for row in whole if row["start_on"] >= earliest)])
