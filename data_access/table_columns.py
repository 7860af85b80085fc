"""What the tables are made of: columns that mean the same wherever they stand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Double, ForeignKey, MetaData, String, Text
from sqlalchemy.dialects.postgresql import VARCHAR

from data_access.codes import MARKS_WITHOUT_VALUE

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def word(size: int = 64) -> String:
    """An id or a word of a closed list, ordered byte by byte on every database."""
    return String(size).with_variant(VARCHAR(size, collation="C"), "postgresql")


def text(name: str, comment: str = "", size: int | None = None) -> Column[Any]:
    kind = String(size) if size else Text()
    return Column(name, kind, nullable=False, server_default="", comment=comment or None)


def code(name: str, comment: str = "", **more: Any) -> Column[Any]:
    return Column(name, word(), nullable=False, comment=comment or None, **more)


def one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def value_or_mark() -> CheckConstraint:
    listed = ", ".join(f"'{mark}'" for mark in MARKS_WITHOUT_VALUE)
    return CheckConstraint(f"(value IS NULL) = (status IN ({listed}))", name="value_or_mark")


def whole(name: str, comment: str = "", **more: Any) -> Column[Any]:
    return Column(name, BigInteger, comment=comment or None, **more)


def count(name: str, comment: str = "") -> Column[Any]:
    return whole(name, comment, nullable=False)


def amount(name: str, comment: str = "") -> Column[Any]:
    return Column(name, Double, comment=comment or None)


def source_id() -> Column[Any]:
    return Column("source_id", word(96), ForeignKey("source.source_id"), nullable=False, primary_key=True)


def place(name: str = "territory_code", comment: str = "", *, primary: bool = False) -> Column[Any]:
    link = ForeignKey("territory.code")
    return Column(name, word(16), link, nullable=False, primary_key=primary, comment=comment or None)


def batch_id() -> Column[Any]:
    return Column("batch_id", ForeignKey("batch.id"), nullable=False)
