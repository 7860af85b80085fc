"""Which other figures of the same thing must stand in sight of the one in front, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import data
from data_access import STILL_CURRENT, producer_rank

Row = Mapping[Any, Any]
TELLING = ("indicator", "category", "coverage", "producer", "period_end", "value", "unit")
NEAR = (0.8, 1.25)  # within these a lesser source's older figure does not contradict
SUDDEN = 1.5  # times; a producer's own figures of one season must not differ by more unsaid
SEASON = pd.Timedelta(days=92)
TELLING_PART = 0.1  # of the total
PARTS_NEWER = pd.Timedelta(days=31)


@dataclass(frozen=True)
class Beside:
    """A figure to be read with the one in front. `why`: a key of [beside] in words.toml."""

    why: str
    row: Row


def beside(front: Row, totals: Sequence[Row]) -> Iterator[Beside]:
    """Of the other figures of a total: of each producer the newest that is newer or contradicts; newer partial ones."""
    alike = [row for row in totals if row["coverage"] == front["coverage"] and not _same(row, front)]
    found: dict[str, Beside] = {}
    for row in sorted(alike, key=likely, reverse=True):
        if row["producer"] not in found and (why := _why(front, row)):
            found[row["producer"]] = Beside(why, row)
    yield from found.values()
    partial = [row for row in totals if row["coverage"] and row["coverage"] != front["coverage"]]
    newest = max(partial, key=likely, default=None)
    if newest is not None and first_day(newest) > last_day(front) + PARTS_NEWER:
        yield Beside("partial", newest)


def in_sight(front: Row | None, categories: Sequence[Row]) -> list[Row]:
    """Parts that must be seen: beside a total those of a breakdown that tells more, without one all of the first.

    A breakdown tells more where a part exceeds the total, or is newer and at least a tenth of it.
    """
    if front is None:
        first = next((row["breakdown"] for row in categories), "")
        return sorted((row for row in categories if row["breakdown"] == first), key=_size)
    telling = {row["breakdown"] for row in categories if larger(front, row) or _substantial(front, row)}
    fitting = [
        row for row in categories if row["breakdown"] in telling and (newer_part(front, row) or larger(front, row))
    ]
    return sorted(fitting, key=_size)


def newer_part(front: Row, row: Row) -> bool:
    """Whether a part is newer than the whole beyond doubt, by more than a month."""
    return bool(first_day(row) > last_day(front) + PARTS_NEWER)


def _substantial(front: Row, row: Row) -> bool:
    return newer_part(front, row) and bool(row["value"] >= TELLING_PART * front["value"])


def larger(front: Row, row: Row) -> bool:
    """Whether a part exceeds the whole, counted in the same unit. Shares may."""
    counts = data.registry()[front["indicator"]].kind != "ratio"
    return bool(counts and row["unit"] == front["unit"] and row["value"] > front["value"])


def _why(front: Row, row: Row) -> str:
    """Why a figure must be seen with the one in front: `newer`, `better`, `differs`; '' where it need not."""
    if row["value"] != row["value"] or front["value"] != front["value"]:
        return ""
    if row["producer"] == front["producer"]:
        near = abs(likely(front) - likely(row)) <= SEASON and row["unit"] == front["unit"]
        return "differs" if near and _stock(front) and not 1 / SUDDEN < _ratio(front, row) < SUDDEN else ""
    if last_day(row) >= first_day(front):
        return "newer" if likely(row) > likely(front) else "differs"
    if _better(row, front):
        return "better"
    current = likely(row) >= likely(front) - STILL_CURRENT
    return "differs" if current and not NEAR[0] <= _ratio(front, row) <= NEAR[1] else ""


def _better(row: Row, front: Row) -> bool:
    ranks = producer_rank([row["producer"], front["producer"]], data.registry()[front["indicator"]].source_order)
    return ranks[row["producer"]] < ranks[front["producer"]]


def _stock(row: Row) -> bool:
    return data.registry()[row["indicator"]].kind == "stock"


def _ratio(front: Row, row: Row) -> float:
    return row["value"] / front["value"] if front["value"] else float(row["value"] == 0) or float("inf")


def _same(row: Row, front: Row) -> bool:
    return bool(row["value"] == front["value"] and row["unit"] == front["unit"])


def _size(row: Row) -> float:
    return -row["value"] if row["value"] == row["value"] else 0.0


def told_alike(row: Row) -> tuple:
    """What a reader sees of a figure: equal where two rows say the same."""
    return tuple(str(row[part]) for part in TELLING)


def likely(row: Row) -> pd.Timestamp:
    """The day that a figure most likely speaks of (data_access.likely_day): the middle of its year or month."""
    if _period(row) == "D":
        return row["period_end"]
    return first_day(row) + pd.Timedelta(days=181 if _period(row) == "Y" else 14)


def first_day(row: Row) -> pd.Timestamp:
    """The first day that a figure may speak of: of its year or month where no more is known."""
    return row["period_end"].to_period(_period(row)).start_time


def last_day(row: Row) -> pd.Timestamp:
    """The last day that a figure may speak of."""
    return row["period_end"].to_period(_period(row)).end_time.normalize()


def _period(row: Row) -> str:
    uncertain = row["period_start"] == row["period_end"]
    return {"year": "Y", "month": "M"}.get(row["precision"], "D") if uncertain else "D"
