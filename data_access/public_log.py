"""What readers are told of the figures' history: what each release changed, corrections, withdrawals."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Select, exists, select

from data_access import editing_tables as e
from data_access import tables as t
from data_access.engine import Database
from data_access.reading import read_frame


def changes_by_release(db: Database) -> pd.DataFrame:
    """What every release changed, newest first: release, indicator, new, changed, vanished (public cells)."""
    change = t.release_change.c
    counts = (change.new, change.changed, change.vanished)
    wanted = select(t.release.c.name.label("release"), change.indicator, *counts).join_from(t.release, t.release_change)
    return read_frame(db, wanted.where(change.audience == "public").order_by(t.release.c.id.desc(), change.indicator))


def corrections(db: Database) -> pd.DataFrame:
    """Corrections of public figures, newest first; a value is NaN where nothing or a mark stood, or stands.

    Columns: release (the first that is right), indicator, territory_code, period_end, old_value, new_value, unit,
    reason_uk, reason_en, recorded_at (UTC).
    """
    c = e.correction.c
    names = ("indicator", "territory_code", "period_end", "old_value", "new_value", "unit", "reason_uk", "reason_en")
    wanted = select(t.release.c.name.label("release"), *(c[name] for name in names), c.recorded_at)
    wanted = wanted.join_from(e.correction, t.release).where(exists(_public_cells_corrected()))
    return read_frame(db, wanted.order_by(c.recorded_at.desc(), c.id.desc()))


def withdrawals(db: Database) -> pd.DataFrame:
    """That something was withdrawn, never what, newest first: withdrawn_at (UTC), cells, reason_uk, reason_en."""
    c = e.withdrawal.c
    return read_frame(db, select(c.withdrawn_at, c.cells, c.reason_uk, c.reason_en).order_by(c.id.desc()))


def _public_cells_corrected() -> Select[int]:
    same = (t.cell.c[name] == e.correction.c[name] for name in ("indicator", "territory_code", "period_end"))
    return select(1).where(*same, t.cell.c.audience == "public").correlate(e.correction)
