"""Executes the SELECTs of the other modules: lost connections are tried again, troubles become a DatabaseProblem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select
from sqlalchemy.exc import DBAPIError

from data_access.engine import Database, explained
from data_access.frames import frame_of
from data_access.problems import DatabaseProblem

ATTEMPTS = 3  # of a read, when the connection was lost meanwhile


def read_rows(db: Database, wanted: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Execute a SELECT; a lost connection is tried again, other troubles become a DatabaseProblem."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _once(db, wanted)
        except DatabaseProblem as problem:
            if not _was_lost(problem):
                raise
    return _once(db, wanted)


def _once(db: Database, wanted: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    with explained(db.engine), db.engine.connect() as connection:
        return connection.execute(wanted).all()


def _was_lost(problem: DatabaseProblem) -> bool:
    cause = problem.__cause__
    return isinstance(cause, DBAPIError) and cause.connection_invalidated


def read_frame(db: Database, wanted: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """The answer as a frame, its columns typed. Raises DatabaseProblem."""
    return frame_of(read_rows(db, wanted), [column.name for column in wanted.selected_columns])
