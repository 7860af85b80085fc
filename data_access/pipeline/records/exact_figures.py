"""Records added up to exact figures, which no reader sees; `protection` makes of them what each audience may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, select

from data_access import tables as t

# `count`: what the threshold is held against; `value`: what is shown; `open`: may be public where the rule lets it.
COLUMNS = (
    *("indicator", "level", "territory_code", "period_start", "period_end", "precision", "breakdown", "category"),
    *("unit", "source_id", "count", "value", "status", "note_uk", "note_en", "open"),
)
EMPTY = {
    "breakdown": "",
    "category": "",
    "precision": "month",
    "status": "",
    "note_uk": "",
    "note_en": "",
    "open": True,
}
COUNTRY = "UA"


def figures(frame: pd.DataFrame, **constant: Any) -> pd.DataFrame:
    """The frame with all COLUMNS: those given, those that stand in it, and empty ones."""
    missing = {name: value for name, value in EMPTY.items() if name not in frame}
    return frame.assign(**{**missing, **constant}).reindex(columns=list(COLUMNS))


def read(connection: Connection, wanted: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """The rows as a frame, in blocks, so that a million of them do not stand twice in memory."""
    result = connection.execute(wanted, execution_options={"yield_per": 50_000})
    columns = list(result.keys())
    parts = [pd.DataFrame.from_records(block, columns=columns) for block in result.partitions()]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def hromadas(connection: Connection) -> list[str]:
    """P-codes of all hromadas."""
    return sorted(connection.scalars(select(t.territory.c.code).where(t.territory.c.level == "hromada")))


def month_end(day: date) -> date:
    """The last day of its month."""
    return (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()


def last_public_month(today: date, delay_days: int) -> date:
    """The last day of the newest month that ended at least so many days ago."""
    first_open = pd.Timestamp(today) - pd.Timedelta(days=delay_days) + pd.Timedelta(days=1)
    return (first_open.normalize().replace(day=1) - pd.Timedelta(days=1)).date()
