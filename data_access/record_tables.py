"""The tables of records, which no page reads but by key: all is aggregated and protected before readers see a figure.

Tallies hold what damaged objects add up to; loading keeps them, so that publication never scans the objects.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, Double, ForeignKey, Index, Integer, Table

from data_access import codes
from data_access.tables import code, metadata, one_of, text, word


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


about = Table(
    "about",
    metadata,
    Column("name", word(), primary_key=True),
    text("value"),
    comment="What this database is: training = the seed of its synthetic records, absent from a real one",
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

cohort = Table(
    "cohort",
    metadata,
    Column("cohort", word(), primary_key=True),
    text("definition_uk", "operator, reference group, period, who is not seen"),
    text("definition_en"),
    batch_id(),
    comment="Groups of subscribers that movements count",
)

movement = Table(
    "movement",
    metadata,
    source_id(),
    code("kind", "migration, commuting or return", primary_key=True),
    Column("period_start", Date, primary_key=True, comment="first day of a month"),
    place("origin_code", primary=True),
    place("destination_code", primary=True),
    Column("cohort", word(), ForeignKey("cohort.cohort"), primary_key=True),
    count("subscribers"),
    count("persons", "grossed up"),
    batch_id(),
    one_of("kind", codes.MOVEMENT_KINDS),
    CheckConstraint("subscribers <= persons", name="grossed_up"),
    comment="Movements between hromadas (or regions) by month, as a mobile operator counts them",
)

aid_activity = Table(
    "aid_activity",
    metadata,
    source_id(),
    Column("activity_id", word(96), primary_key=True),
    text("organisation"),
    text("organisation_kind", size=32),
    code("sector"),
    place(),
    text("item"),
    text("status", "planned, ongoing or completed", 16),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date),
    text("unit", "of the three amounts; '' without them"),
    amount("requested"),
    amount("pledged"),
    amount("delivered"),
    Column("delivered_on", Date),
    whole("people", "people reached, NULL where not counted"),
    batch_id(),
    Index(None, "territory_code"),
    comment="Aid: who does what where (3W)",
)

claim_file = Table(
    "claim_file",
    metadata,
    source_id(),
    place(primary=True),
    Column("category", word(8), primary_key=True, comment="of the Register of Damage: B and C only"),
    Column("as_of", Date, primary_key=True),
    whole("eligible", "objects or cases that may be claimed"),
    whole("documented"),
    whole("valued"),
    whole("submitted"),
    whole("recorded"),
    batch_id(),
    comment="Readiness of a community's claims",
)

# Tables that a newer file of the same source adds to, in the order in which they are filled.
PROJECT_PARTS = (project_finance, project_contract, payment, project_milestone, project_progress, project_party)
TALLIES = (damage_tally, evidence_tally, report_tally)
