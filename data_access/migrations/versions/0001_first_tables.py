"""The first tables.

Revision 0001: territories, sources, producers, official periods, published figures, releases, cells.
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)

from data_access.migrations.columns import KEY, code, key_columns, text, word

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the first tables: territories, sources, statuses, published values, releases and cells."""
    op.create_table(
        "batch",
        Column("id", Integer(), nullable=False),
        code("kind", comment="kind of file: published-values, sources, …"),
        text("file_name"),
        text("sha256", 64, comment="of the file's content"),
        Column("rows", BigInteger(), nullable=False),
        Column("added", BigInteger(), nullable=False),
        Column("changed", BigInteger(), nullable=False),
        Column("removed", BigInteger(), nullable=False),
        code("state", comment="loaded, or unchanged when every row stood there already"),
        Column("loaded_at", DateTime(), nullable=False, comment="UTC"),
        PrimaryKeyConstraint("id", name="pk_batch"),
        comment="One file = one batch = one transaction",
    )
    op.create_index("ix_batch_kind_sha256", "batch", ["kind", "sha256"], unique=False)
    op.create_table(
        "producer",
        code("producer"),
        text("name_uk"),
        text("name_en"),
        PrimaryKeyConstraint("producer", name="pk_producer"),
        comment="Who produced a figure (a source may quote several)",
    )
    op.create_table(
        "release",
        Column("id", Integer(), autoincrement=False, nullable=False),
        Column("name", String(length=16), nullable=False, comment="year.month.number, as 2026.11.1"),
        Column("published_at", DateTime(), nullable=False, comment="UTC"),
        text("sha256", 64, comment="over the release's cells in canonical order"),
        text("note"),
        Column("cells", BigInteger(), nullable=False, comment="number of cells in this release"),
        PrimaryKeyConstraint("id", name="pk_release"),
        UniqueConstraint("name", name="uq_release_name"),
        comment="Frozen states of the cells",
    )
    op.create_table(
        "source",
        Column("source_id", word(96), nullable=False),
        text("title"),
        text("publisher_uk"),
        text("publisher_en"),
        text("published_on", 10, comment="ISO date; may be a month (2024-12), a year (2025) or ''"),
        text("url"),
        text("licence_uk", comment="terms of use"),
        text("licence_en"),
        text("kind"),
        PrimaryKeyConstraint("source_id", name="pk_source"),
        comment="Where figures come from",
    )
    op.create_table(
        "territory",
        Column("code", word(16), nullable=False, comment="OCHA P-code; the country is UA"),
        Column("parent_code", word(16), nullable=True, comment="NULL for the country"),
        code("level", comment="country, region, raion or hromada"),
        text("katottg", 19, comment="19 characters"),
        text("iso", 8, comment="ISO 3166-2, regions only"),
        text("name_uk"),
        text("name_en", comment="2010 transliteration"),
        text("short_name_uk"),
        text("short_name_en"),
        text("kind", 16, comment="oblast, republic, city; urban, settlement, rural; raion"),
        Column("lat", Double(), nullable=True, comment="degrees: the seat, else the centre"),
        Column("lon", Double(), nullable=True, comment="degrees"),
        Column("area_km2", Double(), nullable=True, comment="square kilometres"),
        Column("settlements", Integer(), nullable=True, comment="number of settlements, where known"),
        Column("member_since_on", Date(), nullable=True, comment="member of the Association since"),
        CheckConstraint("level IN ('country', 'region', 'raion', 'hromada')", name=op.f("ck_territory_level_known")),
        ForeignKeyConstraint(["parent_code"], ["territory.code"], name="fk_territory_parent_code"),
        PrimaryKeyConstraint("code", name="pk_territory"),
        comment="Regions, raions and hromadas of Ukraine, Crimea and Sevastopol included",
    )
    op.create_index("ix_territory_parent_code", "territory", ["parent_code"], unique=False)
    op.create_table(
        "cell",
        *key_columns(),
        Column("audience", word(16), nullable=False, comment="public or members, nothing else"),
        Column("from_release", Integer(), nullable=False, comment="first release that holds it"),
        Column("to_release", Integer(), nullable=True, comment="first release without it; NULL = still current"),
        Column("value", Double(), nullable=True, comment="NULL under a mark"),
        text("qualifier", 16, comment="'', over, about, …"),
        text("status", 1, comment="'' or one mark"),
        Column("as_of", Date(), nullable=False, comment="the day the figure speaks of: the end of its period"),
        text("published_on", 10, comment="of the source; may be partial"),
        text("note_uk"),
        text("note_en"),
        CheckConstraint("(value IS NULL) = (status IN ('x', 'z', 'c', 's'))", name=op.f("ck_cell_value_or_mark")),
        CheckConstraint("audience IN ('public', 'members')", name=op.f("ck_cell_audience_known")),
        CheckConstraint("precision IN ('day', 'month', 'year')", name=op.f("ck_cell_precision_known")),
        CheckConstraint(
            "status IN ('', 'x', 'z', 'c', 's', 'u', 'p', 'r', 'e', 'b')", name=op.f("ck_cell_status_known")
        ),
        ForeignKeyConstraint(["from_release"], ["release.id"], name="fk_cell_from_release"),
        ForeignKeyConstraint(["producer"], ["producer.producer"], name="fk_cell_producer"),
        ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_cell_source_id"),
        ForeignKeyConstraint(["territory_code"], ["territory.code"], name="fk_cell_territory_code"),
        ForeignKeyConstraint(["to_release"], ["release.id"], name="fk_cell_to_release"),
        PrimaryKeyConstraint(*KEY, "audience", "from_release", name="pk_cell"),
        comment="What readers see: indicator × territory × period × breakdown × audience",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "published_value",
        Column("figure_id", word(96), nullable=False, comment="the editor's name of this figure"),
        *key_columns(),
        Column(
            "value", Double(), nullable=True, comment="in the unit itself (dollars, not billions); NULL under a mark"
        ),
        text("qualifier", 16, comment="'', over, about, …"),
        text("status", 1, comment="'' or one mark"),
        text("note_uk"),
        text("note_en"),
        Column("safe_to_publish", Boolean(), nullable=False, comment="set by an editor"),
        Column("batch_id", Integer(), nullable=False),
        CheckConstraint(
            "(value IS NULL) = (status IN ('x', 'z', 'c', 's'))", name=op.f("ck_published_value_value_or_mark")
        ),
        CheckConstraint("precision IN ('day', 'month', 'year')", name=op.f("ck_published_value_precision_known")),
        CheckConstraint(
            "status IN ('', 'x', 'z', 'c', 's', 'u', 'p', 'r', 'e', 'b')",
            name=op.f("ck_published_value_status_known"),
        ),
        ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_published_value_batch_id"),
        ForeignKeyConstraint(["producer"], ["producer.producer"], name="fk_published_value_producer"),
        ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_published_value_source_id"),
        ForeignKeyConstraint(["territory_code"], ["territory.code"], name="fk_published_value_territory_code"),
        PrimaryKeyConstraint("figure_id", name="pk_published_value"),
        UniqueConstraint(*KEY, name="uq_published_value_indicator"),
        comment="Figures that arrive as figures, as their sources publish them",
    )
    op.create_table(
        "release_change",
        Column("release_id", Integer(), nullable=False),
        code("indicator"),
        Column("audience", word(16), nullable=False),
        Column("new", BigInteger(), nullable=False),
        Column("changed", BigInteger(), nullable=False),
        Column("vanished", BigInteger(), nullable=False),
        ForeignKeyConstraint(["release_id"], ["release.id"], name="fk_release_change_release_id"),
        PrimaryKeyConstraint("release_id", "indicator", "audience", name="pk_release_change"),
        comment="Cells that a release brought, altered or ended, per indicator",
    )
    op.create_table(
        "territory_name",
        Column("code", word(16), nullable=False),
        Column("name_uk", word(200), nullable=False, comment="an older name"),
        text("name_en"),
        Column("until", Date(), nullable=True, comment="borne until this day, where known"),
        Column("source_id", word(96), nullable=False),
        ForeignKeyConstraint(["code"], ["territory.code"], name="fk_territory_name_code"),
        ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_territory_name_source_id"),
        PrimaryKeyConstraint("code", "name_uk", name="pk_territory_name"),
        comment="Older names, so that renamed units are found",
    )
    op.create_table(
        "territory_status",
        Column("edition_on", Date(), nullable=False, comment="edition of the official list (order 376)"),
        Column("unit_katottg", word(19), nullable=False, comment="the listed unit itself"),
        code("status"),
        Column("start_on", Date(), nullable=False, comment="first day"),
        Column("end_on", Date(), nullable=True, comment="last day; NULL = still open"),
        Column("code", word(16), nullable=False, comment="hromada, raion or region concerned"),
        text("unit_name_uk"),
        code("unit_kind", comment="settlement, hromada, raion or region"),
        text("hromada_code", 16, comment="P-code, '' for raions and regions"),
        code("scope", comment="whole or part of the unit"),
        Column("source_id", word(96), nullable=False),
        CheckConstraint("scope IN ('whole', 'part')", name=op.f("ck_territory_status_scope_known")),
        CheckConstraint(
            "status IN ('temporarily_occupied', 'active_hostilities', 'active_hostilities_e_registers', "
            "'possible_hostilities')",
            name=op.f("ck_territory_status_status_known"),
        ),
        CheckConstraint(
            "unit_kind IN ('settlement', 'hromada', 'raion', 'region')",
            name=op.f("ck_territory_status_unit_kind_known"),
        ),
        ForeignKeyConstraint(["code"], ["territory.code"], name="fk_territory_status_code"),
        ForeignKeyConstraint(["source_id"], ["source.source_id"], name="fk_territory_status_source_id"),
        PrimaryKeyConstraint("edition_on", "unit_katottg", "status", "start_on", name="pk_territory_status"),
        comment="Official periods of hostilities and occupation",
    )
    op.create_index("ix_territory_status_code", "territory_status", ["code"], unique=False)
