"""Columns as the migrations write them. What stands here must never change: old migrations are made of it."""

from typing import Any

from sqlalchemy import Column, Date, ForeignKeyConstraint, String, Text
from sqlalchemy.dialects.postgresql import VARCHAR

KEY: tuple[str, ...]
KEY = ("indicator", "territory_code", "period_start", "period_end", "precision", "breakdown", "category", "coverage")
KEY += ("unit", "producer", "source_id")


def word(size: int = 64) -> String:
    """An id or a word of a closed list, ordered byte by byte on every database."""
    return String(size).with_variant(VARCHAR(size, collation="C"), "postgresql")


def code(name: str, **more: Any) -> Column[Any]:
    """A word of a closed list, or an id."""
    return Column(name, word(), nullable=False, **more)


def text(name: str, size: int | None = None, **more: Any) -> Column[Any]:
    """A text that is '' when nothing is known."""
    return Column(name, String(size) if size else Text(), server_default="", nullable=False, **more)


def refers(table: str, column: str, to: str) -> ForeignKeyConstraint:
    """A foreign key of one column."""
    return ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def key_columns() -> list[Column[Any]]:
    """What makes a figure, or a cell, this one and no other."""
    return [
        code("indicator"),
        Column("territory_code", word(16), nullable=False),
        Column("period_start", Date(), nullable=False),
        Column("period_end", Date(), nullable=False),
        code("precision", comment="day, month or year"),
        code("breakdown", comment="'' for the total"),
        code("category", comment="'' for the total"),
        code("coverage", comment="'' for the whole unit"),
        code("unit", comment="what was counted"),
        code("producer"),
        Column("source_id", word(96), nullable=False),
    ]
