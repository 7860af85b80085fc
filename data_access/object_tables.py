"""The tables of damaged objects. No page reads them.

Tallies hold what damaged objects add up to; loading keeps them, so that publication never scans the objects.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Date, Double, Index, Integer, Table

from data_access.table_columns import (
    amount,
    code,
    count,
    metadata,
    text,
    word,
)

damaged_object = Table(
    "damaged_object",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("source_id", word(96), nullable=False, comment="the register; checked by the loader, as is the territory"),
    Column("object_id", word(96), nullable=False, comment="the register's own name of the object"),
    Column("territory_code", word(16), nullable=False, comment="hromada; Kyiv or Sevastopol"),
    code("object_type"),
    code("severity"),
    code("sector"),
    Column("damaged_on", Date, nullable=False),
    Column("reported_on", Date, nullable=False),
    amount("floor_area_m2"),
    amount("cost", "estimated, in the currency; NULL where not estimated"),
    text("currency", "uah or usd, '' without a cost", 3),
    text("rd4u_category", "B1.2, …; '' where not decided", 8),
    code("evidence", "none, documented, valued, submitted or recorded"),
    code("owner_kind"),
    text("owner_edrpou", "8 digits, legal entities only", 8),
    Column("lat", Double, comment="degrees; only where the operator's configuration allows coordinates"),
    Column("lon", Double, comment="degrees"),
    Column("batch_id", Integer, nullable=False),
    Index("ix_damaged_object_source_id_object_id", "source_id", "object_id", unique=True),
    Index("ix_damaged_object_territory_code", "territory_code"),
    comment="Damaged and destroyed objects of registers",
)


def of_tally() -> tuple[Column[Any], Column[Any]]:
    """Without foreign keys: the loader counts what it has checked, and they cost it a second a million objects."""
    return (
        Column("source_id", word(96), primary_key=True),
        Column("territory_code", word(16), primary_key=True),
    )


damage_tally = Table(
    "damage_tally",
    metadata,
    *of_tally(),
    Column("damaged_month", Date, primary_key=True, comment="first day of the month"),
    code("object_type", primary_key=True),
    code("severity", primary_key=True),
    count("objects"),
    amount("floor_area_m2", "sum where known"),
    count("costed_uah", "objects with a cost in UAH"),
    amount("cost_uah"),
    count("costed_usd"),
    amount("cost_usd"),
    comment="Objects by place, month, type and severity",
)
evidence_tally = Table(
    "evidence_tally",
    metadata,
    *of_tally(),
    code("rd4u_category", "'' where not decided", primary_key=True),
    code("owner_kind", primary_key=True),
    code("evidence", primary_key=True),
    count("objects"),
    comment="Objects by place and by how ready their claim is",
)
report_tally = Table(
    "report_tally",
    metadata,
    Column("source_id", word(96), primary_key=True),
    Column("damaged_month", Date, primary_key=True),
    Column("reported_month", Date, primary_key=True),
    count("objects"),
    comment="Objects by months of damage and of report: how long reports take",
)
TALLIES = (damage_tally, evidence_tally, report_tally)
