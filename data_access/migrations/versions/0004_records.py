"""Records and what they add up to.

Revision 0004: damaged objects with their tallies, projects with their parts, movements, aid, claims; what it all is.
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    Integer,
    PrimaryKeyConstraint,
)

from data_access.migrations.columns import code, refers, text, word

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables of records: damaged objects, projects, movements, aid and claims."""
    op.create_index("ix_cell_territory_code", "cell", ["territory_code"], unique=False)
    op.create_table(
        "about",
        code("name"),
        text("value"),
        PrimaryKeyConstraint("name", name="pk_about"),
        comment="What this database is: training = the seed of its synthetic records, absent from a real one",
    )
    op.create_table(
        "damaged_object",
        Column("id", BigInteger().with_variant(Integer(), "sqlite"), autoincrement=True, nullable=False),
        Column(
            "source_id", word(96), nullable=False, comment="the register; checked by the loader, as is the territory"
        ),
        Column("object_id", word(96), nullable=False, comment="the register's own name of the object"),
        Column("territory_code", word(16), nullable=False, comment="hromada; Kyiv or Sevastopol"),
        code("object_type"),
        code("severity"),
        code("sector"),
        Column("damaged_on", Date(), nullable=False),
        Column("reported_on", Date(), nullable=False),
        Column("floor_area_m2", Double(), nullable=True),
        Column("cost", Double(), nullable=True, comment="estimated, in the currency; NULL where not estimated"),
        text("currency", 3, comment="uah or usd, '' without a cost"),
        text("rd4u_category", 8, comment="B1.2, …; '' where not decided"),
        code("evidence", comment="none, documented, valued, submitted or recorded"),
        code("owner_kind"),
        text("owner_edrpou", 8, comment="8 digits, legal entities only"),
        Column(
            "lat",
            Double(),
            nullable=True,
            comment="degrees; only where the operator's configuration allows coordinates",
        ),
        Column("lon", Double(), nullable=True, comment="degrees"),
        Column("batch_id", Integer(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_damaged_object"),
        comment="Damaged and destroyed objects of registers",
    )
    op.create_index("ix_damaged_object_source_id_object_id", "damaged_object", ["source_id", "object_id"], unique=True)
    op.create_index("ix_damaged_object_territory_code", "damaged_object", ["territory_code"], unique=False)

    op.create_table(
        "aid_activity",
        Column("source_id", word(96), nullable=False),
        Column("activity_id", word(96), nullable=False),
        text("organisation"),
        text("organisation_kind", 32),
        code("sector"),
        Column("territory_code", word(16), nullable=False),
        text("item"),
        text("status", 16, comment="planned, ongoing or completed"),
        Column("start_on", Date(), nullable=False),
        Column("end_on", Date(), nullable=True),
        text("unit", comment="of the three amounts; '' without them"),
        Column("requested", Double(), nullable=True),
        Column("pledged", Double(), nullable=True),
        Column("delivered", Double(), nullable=True),
        Column("delivered_on", Date(), nullable=True),
        Column("people", BigInteger(), nullable=True, comment="people reached, NULL where not counted"),
        Column("batch_id", Integer(), nullable=False),
        refers("aid_activity", "batch_id", "batch.id"),
        refers("aid_activity", "source_id", "source.source_id"),
        refers("aid_activity", "territory_code", "territory.code"),
        PrimaryKeyConstraint("source_id", "activity_id", name="pk_aid_activity"),
        comment="Aid: who does what where (3W)",
    )
    op.create_index("ix_aid_activity_territory_code", "aid_activity", ["territory_code"], unique=False)

    op.create_table(
        "claim_file",
        Column("source_id", word(96), nullable=False),
        Column("territory_code", word(16), nullable=False),
        Column("category", word(8), nullable=False, comment="of the Register of Damage: B and C only"),
        Column("as_of", Date(), nullable=False),
        Column("eligible", BigInteger(), nullable=True, comment="objects or cases that may be claimed"),
        Column("documented", BigInteger(), nullable=True),
        Column("valued", BigInteger(), nullable=True),
        Column("submitted", BigInteger(), nullable=True),
        Column("recorded", BigInteger(), nullable=True),
        Column("batch_id", Integer(), nullable=False),
        refers("claim_file", "batch_id", "batch.id"),
        refers("claim_file", "source_id", "source.source_id"),
        refers("claim_file", "territory_code", "territory.code"),
        PrimaryKeyConstraint("source_id", "territory_code", "category", "as_of", name="pk_claim_file"),
        comment="Readiness of a community's claims",
    )
    op.create_table(
        "cohort",
        code("cohort"),
        text("definition_uk", comment="operator, reference group, period, who is not seen"),
        text("definition_en"),
        Column("batch_id", Integer(), nullable=False),
        refers("cohort", "batch_id", "batch.id"),
        PrimaryKeyConstraint("cohort", name="pk_cohort"),
        comment="Groups of subscribers that movements count",
    )
    op.create_table(
        "damage_tally",
        Column("source_id", word(96), nullable=False),
        Column("territory_code", word(16), nullable=False),
        Column("damaged_month", Date(), nullable=False, comment="first day of the month"),
        code("object_type"),
        code("severity"),
        Column("objects", BigInteger(), nullable=False),
        Column("floor_area_m2", Double(), nullable=True, comment="sum where known"),
        Column("costed_uah", BigInteger(), nullable=False, comment="objects with a cost in UAH"),
        Column("cost_uah", Double(), nullable=True),
        Column("costed_usd", BigInteger(), nullable=False),
        Column("cost_usd", Double(), nullable=True),
        PrimaryKeyConstraint(
            "source_id", "territory_code", "damaged_month", "object_type", "severity", name="pk_damage_tally"
        ),
        comment="Objects by place, month, type and severity",
    )
    op.create_table(
        "evidence_tally",
        Column("source_id", word(96), nullable=False),
        Column("territory_code", word(16), nullable=False),
        code("rd4u_category", comment="'' where not decided"),
        code("owner_kind"),
        code("evidence"),
        Column("objects", BigInteger(), nullable=False),
        PrimaryKeyConstraint(
            "source_id", "territory_code", "rd4u_category", "owner_kind", "evidence", name="pk_evidence_tally"
        ),
        comment="Objects by place and by how ready their claim is",
    )
    op.create_table(
        "payment",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        Column("paid_on", Date(), nullable=True),
        Column("amount", Double(), nullable=True),
        text("currency", 3),
        text("payer"),
        text("payee"),
        refers("payment", "source_id", "source.source_id"),
        PrimaryKeyConstraint("source_id", "project_id", "number", name="pk_payment"),
        comment="Transactions of a project",
    )
    op.create_table(
        "project",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False, comment="OC4IDS id"),
        Column(
            "territory_code", word(16), nullable=False, comment="hromada; region where the source names no smaller unit"
        ),
        text("title_uk"),
        text("title_en"),
        text("description"),
        text("status", 32, comment="OC4IDS status"),
        code("stage", comment="the last one reached: registered, funded, contracted or completed"),
        code("sector"),
        text("kind", 32, comment="OC4IDS type: construction, rehabilitation, …"),
        Column("restricted", Boolean(), nullable=False, comment="of a type shown per oblast only"),
        Column("start_on", Date(), nullable=True),
        Column("end_on", Date(), nullable=True),
        Column("budget", Double(), nullable=True, comment="in the currency"),
        Column("funded", Double(), nullable=True),
        Column("contracted", Double(), nullable=True),
        Column("paid", Double(), nullable=True),
        text("currency", 3, comment="one for all four; amounts in others stay in their tables"),
        Column("physical_progress", Double(), nullable=True, comment="percent"),
        Column("financial_progress", Double(), nullable=True, comment="percent"),
        Column("registered_on", Date(), nullable=True),
        Column("funded_on", Date(), nullable=True),
        Column("contracted_on", Date(), nullable=True),
        Column("completed_on", Date(), nullable=True),
        Column("updated_on", Date(), nullable=False),
        text("url"),
        Column("batch_id", Integer(), nullable=False),
        CheckConstraint("stage IN ('registered', 'funded', 'contracted', 'completed')", name="stage_known"),
        refers("project", "batch_id", "batch.id"),
        refers("project", "source_id", "source.source_id"),
        refers("project", "territory_code", "territory.code"),
        PrimaryKeyConstraint("source_id", "project_id", name="pk_project"),
        comment="Reconstruction projects",
    )
    op.create_index("ix_project_territory_code", "project", ["territory_code"], unique=False)

    op.create_table(
        "project_contract",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        text("contract_id"),
        text("title"),
        text("status", 32),
        text("supplier", comment="legal entities only"),
        text("supplier_edrpou", 8),
        Column("amount", Double(), nullable=True),
        text("currency", 3),
        Column("signed_on", Date(), nullable=True),
        text("url"),
        refers("project_contract", "source_id", "source.source_id"),
        PrimaryKeyConstraint("source_id", "project_id", "number", name="pk_project_contract"),
        comment="Contracting processes of a project",
    )
    op.create_table(
        "project_finance",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        text("funder"),
        Column("amount", Double(), nullable=True),
        text("currency", 3),
        Column("agreed_on", Date(), nullable=True),
        refers("project_finance", "source_id", "source.source_id"),
        PrimaryKeyConstraint("source_id", "project_id", "number", name="pk_project_finance"),
        comment="Who finances a project",
    )
    op.create_table(
        "project_milestone",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        text("title"),
        text("status", 32),
        Column("due_on", Date(), nullable=True),
        Column("met_on", Date(), nullable=True),
        refers("project_milestone", "source_id", "source.source_id"),
        PrimaryKeyConstraint("source_id", "project_id", "number", name="pk_project_milestone"),
        comment="Milestones of a project",
    )
    op.create_table(
        "project_party",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        text("role", 32),
        text("name", comment="organisations only"),
        text("edrpou", 8),
        text("member_code", 16, comment="P-code where the organisation is a hromada's council"),
        refers("project_party", "source_id", "source.source_id"),
        PrimaryKeyConstraint("source_id", "project_id", "number", name="pk_project_party"),
        comment="Organisations in a project",
    )
    op.create_table(
        "project_progress",
        Column("source_id", word(96), nullable=False),
        Column("project_id", word(96), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False),
        Column("reported_on", Date(), nullable=True),
        Column("physical", Double(), nullable=True, comment="percent"),
        Column("financial", Double(), nullable=True, comment="percent"),
        refers("project_progress", "source_id", "source.source_id"),
        PrimaryKeyConstraint("source_id", "project_id", "number", name="pk_project_progress"),
        comment="Progress of a project over time",
    )
    op.create_table(
        "report_tally",
        Column("source_id", word(96), nullable=False),
        Column("damaged_month", Date(), nullable=False),
        Column("reported_month", Date(), nullable=False),
        Column("objects", BigInteger(), nullable=False),
        PrimaryKeyConstraint("source_id", "damaged_month", "reported_month", name="pk_report_tally"),
        comment="Objects by months of damage and of report: how long reports take",
    )
    op.create_table(
        "movement",
        Column("source_id", word(96), nullable=False),
        code("kind", comment="migration, commuting or return"),
        Column("period_start", Date(), nullable=False, comment="first day of a month"),
        Column("origin_code", word(16), nullable=False),
        Column("destination_code", word(16), nullable=False),
        code("cohort"),
        Column("subscribers", BigInteger(), nullable=False),
        Column("persons", BigInteger(), nullable=False, comment="grossed up"),
        Column("batch_id", Integer(), nullable=False),
        CheckConstraint("kind IN ('migration', 'commuting', 'return')", name="kind_known"),
        CheckConstraint("subscribers <= persons", name="grossed_up"),
        refers("movement", "batch_id", "batch.id"),
        refers("movement", "cohort", "cohort.cohort"),
        refers("movement", "destination_code", "territory.code"),
        refers("movement", "origin_code", "territory.code"),
        refers("movement", "source_id", "source.source_id"),
        PrimaryKeyConstraint(
            "source_id", "kind", "period_start", "origin_code", "destination_code", "cohort", name="pk_movement"
        ),
        comment="Movements between hromadas (or regions) by month, as a mobile operator counts them",
    )
