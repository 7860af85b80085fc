"""Columns that kinds of records have in common."""

from __future__ import annotations

from data_access.pipeline.sheet.kind import Column

SOURCE = Column("source_id", "code", required=True, listed="source")


def place(name: str, into: str) -> Column:
    """Returns a column of P-codes or KATOTTG codes."""
    return Column(name, "code", required=True, listed="territory", into=into)
