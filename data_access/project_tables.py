"""The tables of reconstruction projects and their parts, which a page reads by key only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table

from data_access import codes
from data_access.table_columns import (
    amount,
    batch_id,
    code,
    metadata,
    one_of,
    place,
    source_id,
    text,
    word,
)

project = Table(
    "project",
    metadata,
    source_id(),
    Column("project_id", word(96), primary_key=True, comment="OC4IDS id"),
    place(comment="hromada; region where the source names no smaller unit"),
    text("title_uk"),
    text("title_en"),
    text("description"),
    text("status", "OC4IDS status", 32),
    code("stage", "the last one reached: registered, funded, contracted or completed"),
    code("sector"),
    text("kind", "OC4IDS type: construction, rehabilitation, …", 32),
    Column("restricted", Boolean(create_constraint=False), nullable=False, comment="of a type shown per oblast only"),
    Column("start_on", Date),
    Column("end_on", Date),
    amount("budget", "in the currency"),
    amount("funded"),
    amount("contracted"),
    amount("paid"),
    text("currency", "one for all four; amounts in others stay in their tables", 3),
    amount("physical_progress", "percent"),
    amount("financial_progress", "percent"),
    Column("registered_on", Date),
    Column("funded_on", Date),
    Column("contracted_on", Date),
    Column("completed_on", Date),
    Column("updated_on", Date, nullable=False),
    text("url"),
    batch_id(),
    one_of("stage", codes.PROJECT_STAGES),
    Index(None, "territory_code"),
    comment="Reconstruction projects",
)


def project_part(name: str, *columns: Column[Any], comment: str) -> Table:
    """A table of parts of a project, numbered in the order of the file."""
    return Table(
        name,
        metadata,
        source_id(),
        Column("project_id", word(96), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        *columns,
        comment=comment,
    )


project_finance = project_part(
    "project_finance",
    text("funder"),
    amount("amount"),
    text("currency", size=3),
    Column("agreed_on", Date),
    comment="Who finances a project",
)
project_contract = project_part(
    "project_contract",
    text("contract_id"),
    text("title"),
    text("status", size=32),
    text("supplier", "legal entities only"),
    text("supplier_edrpou", size=8),
    amount("amount"),
    text("currency", size=3),
    Column("signed_on", Date),
    text("url"),
    comment="Contracting processes of a project",
)
payment = project_part(
    "payment",
    Column("paid_on", Date),
    amount("amount"),
    text("currency", size=3),
    text("payer"),
    text("payee"),
    comment="Transactions of a project",
)
project_milestone = project_part(
    "project_milestone",
    text("title"),
    text("status", size=32),
    Column("due_on", Date),
    Column("met_on", Date),
    comment="Milestones of a project",
)
project_progress = project_part(
    "project_progress",
    Column("reported_on", Date),
    amount("physical", "percent"),
    amount("financial", "percent"),
    comment="Progress of a project over time",
)
project_party = project_part(
    "project_party",
    text("role", size=32),
    text("name", "organisations only"),
    text("edrpou", size=8),
    text("member_code", "P-code where the organisation is a hromada's council", 16),
    comment="Organisations in a project",
)

# In the order in which a load fills them.
PROJECT_PARTS = (project_finance, project_contract, payment, project_milestone, project_progress, project_party)
