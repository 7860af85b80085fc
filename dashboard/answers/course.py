"""What was published of one unit over time: which figures are one series, and which contradict one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from dashboard import data
from dashboard.answers.measurement import in_order

LOOSE = ("over", "about", "almost", "at_least", "over_or_almost", "none_recorded")  # said of statements, not of counts
LEAST = 3  # days, for a line or a picture over time
MOST_LOOSE = 0.25  # of a producer's figures: one who speaks more loosely makes statements
FAR = 0.15  # of the larger figure: what two sources may differ by
NEAR = pd.Timedelta(days=92)  # a season: what another producer's figure may not fall within
MONTH_DAYS = 30.4


@dataclass(frozen=True)
class Conflict:
    """Figures of about the same time that cannot all be right: the lowest and the highest, and their days."""

    low: dict
    high: dict
    first: pd.Timestamp
    last: pd.Timestamp


def course(cells: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The figures of one indicator and unit, oldest first, none told twice; with `series` and `joined`.

    `series`: what one producer measured in one unit, until a break [b]. `joined`: whether the figure stands on a line:
    of firm figures for three days at least, where hardly any is loose ("over", "about"). A marked day stands there too,
    without a value, so that no line runs over it.
    """
    rows = cells.sort_values(["period_end", "published_on"], kind="stable")
    rows = rows.drop_duplicates(["producer", "unit", "period_start", "period_end", "value", "status"], keep="last")
    rows = rows.reset_index(drop=True)
    rows = rows.assign(series=_series(rows)) if len(rows) else rows.assign(series="")
    joined = [_joined(part) for _, part in rows.groupby("series", sort=False)]
    rows = rows.assign(joined=pd.concat(joined) if joined else False)
    rows = rows[rows["series"].isin(rows.loc[rows["value"].notna(), "series"])]
    place = {code: at for at, code in enumerate(in_order(rows["producer"].unique(), data.registry()[indicator]))}
    order = pd.DataFrame(
        {
            "lineless": ~rows["joined"].groupby(rows["series"]).transform("any"),
            "producer": rows["producer"].map(place),
            "series": rows["series"],
        }
    ).sort_values(["lineless", "producer", "series"], kind="stable")
    return rows.loc[order.index].reset_index(drop=True)


def pictured(rows: pd.DataFrame) -> bool:
    """Whether there are days enough for a picture; two points are a table."""
    return rows.loc[rows["value"].notna(), "period_end"].nunique() >= LEAST


def conflicts(rows: pd.DataFrame) -> list[Conflict]:
    """What the figures contradict one another in, the newest last."""
    known = rows[rows["value"].notna()].to_dict("records")
    groups: list[set[int]] = []
    for pair in combinations(range(len(known)), 2):
        if _contradict(known[pair[0]], known[pair[1]]):
            touched = [group for group in groups if group & set(pair)]
            groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return sorted((_conflict([known[at] for at in group]) for group in groups), key=lambda one: one.last)


def _series(rows: pd.DataFrame) -> pd.Series:
    months = ((rows["period_end"] - rows["period_start"]).dt.days / MONTH_DAYS).round().astype(int).astype(str)
    whose = (
        rows["producer"] + "/" + rows["unit"] + "/" + months + (rows["precision"] == "year").map({True: "y", False: ""})
    )
    breaks = (rows["status"] == "b").groupby(whose).cumsum().astype(int)
    return whose + "/" + breaks.astype(str)


def _joined(part: pd.DataFrame) -> pd.Series:
    known, loose = part["value"].notna(), part["qualifier"].isin(LOOSE)
    firm = known & ~loose & ~part["period_end"].duplicated(keep="last")
    line = firm.sum() >= LEAST and (known & loose).sum() <= MOST_LOOSE * known.sum()
    return (firm | ~known) & line


def _contradict(one: dict, other: dict) -> bool:
    first, second = sorted((one, other), key=lambda row: row["period_end"])
    far = abs(one["value"] - other["value"]) > FAR * max(one["value"], other["value"])
    return far and one["unit"] == other["unit"] and _months(one) == _months(other) and _apart(first, second)


def _months(row: dict) -> int:
    return round((row["period_end"] - row["period_start"]).days / MONTH_DAYS)


def _apart(first: dict, second: dict) -> bool:
    """Whether both speak of the same day or month, or another producer's figure falls within a season.

    That a count rises from one day to the next is no contradiction; a figure of a year has no day.
    """
    if "year" in (first["precision"], second["precision"]):
        return first["precision"] == second["precision"] and first["period_end"] == second["period_end"]
    gap = _begin(second) - first["period_end"]
    if gap <= pd.Timedelta(0) or _begin(first) == _begin(second):
        return True
    return first["producer"] != second["producer"] and second["value"] < first["value"] and gap <= NEAR


def _begin(row: dict) -> pd.Timestamp:
    return row["period_start"].replace(day=1) if row["precision"] == "month" else row["period_start"]


def _conflict(rows: list[dict]) -> Conflict:
    low, high = (choose(rows, key=lambda row: row["value"]) for choose in (min, max))
    days = [row["period_end"] for row in rows]
    return Conflict(low, high, min(days), max(days))


def lines(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """(series, its figures on the line) of each line, the preferred producer's first."""
    for name, part in rows[rows["joined"] & rows["value"].notna()].groupby("series", sort=False):
        yield str(name), part
