"""The tables, for SQLite and PostgreSQL alike. Texts are never NULL: '' means that nothing is known.

Territories are named by their OCHA P-code (UA63 · UA6312 · UA6312027), which is the beginning of the
KATOTTG code. A stock has `period_start = period_end` = its as-of day; a flow has its true period.
`migrations/` holds the same tables as a history; a test keeps both equal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from data_access.codes import LEVELS, MARKS, PRECISIONS, TERRITORY_STATUSES, UNIT_KINDS
from data_access.table_columns import code, metadata, one_of, text, value_or_mark, word

SCHEMA_REVISION = "0005"  # the newest migration; connect() compares it with the database's own

territory = Table(
    "territory",
    metadata,
    Column("code", word(16), primary_key=True, comment="OCHA P-code; the country is UA"),
    Column("parent_code", word(16), ForeignKey("territory.code"), comment="NULL for the country"),
    code("level", "country, region, raion or hromada"),
    text("katottg", "19 characters", 19),
    text("iso", "ISO 3166-2, regions only", 8),
    text("name_uk"),
    text("name_en", "2010 transliteration"),
    text("short_name_uk"),
    text("short_name_en"),
    text("kind", "oblast, republic, city; urban, settlement, rural; raion", 16),
    Column("lat", Double, comment="degrees: the seat, else the centre"),
    Column("lon", Double, comment="degrees"),
    Column("area_km2", Double, comment="square kilometres"),
    Column("settlements", Integer, comment="number of settlements, where known"),
    Column("member_since_on", Date, comment="member of the Association since"),
    text("member_source_id", "where the membership is told", 96),
    one_of("level", LEVELS),
    Index(None, "parent_code"),
    comment="Regions, raions and hromadas of Ukraine, Crimea and Sevastopol included",
)

source = Table(
    "source",
    metadata,
    Column("source_id", word(96), primary_key=True),
    text("title"),
    text("publisher_uk"),
    text("publisher_en"),
    text("published_on", "ISO date; may be a month (2024-12), a year (2025) or ''", 10),
    text("url"),
    text("licence_uk", "terms of use"),
    text("licence_en"),
    text("kind"),
    comment="Where figures come from",
)

producer = Table(
    "producer",
    metadata,
    Column("producer", word(), primary_key=True),
    text("name_uk"),
    text("name_en"),
    comment="Who produced a figure (a source may quote several)",
)

territory_name = Table(
    "territory_name",
    metadata,
    Column("code", word(16), ForeignKey("territory.code"), primary_key=True),
    Column("name_uk", word(200), primary_key=True, comment="an older name"),
    text("name_en"),
    Column("until", Date, comment="borne until this day, where known"),
    Column("source_id", word(96), ForeignKey("source.source_id"), nullable=False),
    comment="Older names, so that renamed units are found",
)

territory_status = Table(
    "territory_status",
    metadata,
    Column("edition_on", Date, primary_key=True, comment="edition of the official list (order 376)"),
    Column("unit_katottg", word(19), primary_key=True, comment="the listed unit itself"),
    Column("status", word(), primary_key=True),
    Column("start_on", Date, primary_key=True, comment="first day"),
    Column("end_on", Date, comment="last day; NULL = still open"),
    Column(
        "code", word(16), ForeignKey("territory.code"), nullable=False, comment="hromada, raion or region concerned"
    ),
    text("unit_name_uk"),
    code("unit_kind", "settlement, hromada, raion or region"),
    text("hromada_code", "P-code, '' for raions and regions", 16),
    code("scope", "whole or part of the unit"),
    Column("source_id", word(96), ForeignKey("source.source_id"), nullable=False),
    one_of("status", TERRITORY_STATUSES),
    one_of("scope", ("whole", "part")),
    one_of("unit_kind", UNIT_KINDS),
    Index(None, "code"),
    comment="Official periods of hostilities and occupation",
)

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True),
    code("kind", "kind of file: published-values, sources, …"),
    text("file_name"),
    text("sha256", "of the file's content", 64),
    Column("rows", BigInteger, nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("removed", BigInteger, nullable=False),
    code("state", "loaded, or unchanged when every row stood there already"),
    Column("loaded_at", DateTime, nullable=False, comment="UTC"),
    Index(None, "kind", "sha256"),
    comment="One file = one batch = one transaction",
)

# What makes a published figure, or a cell, one and not another.
KEY = (
    "indicator",
    "territory_code",
    "period_start",
    "period_end",
    "precision",
    "breakdown",
    "category",
    "coverage",
    "unit",
    "producer",
    "source_id",
)


def key_columns(*, primary: bool) -> list[Column[Any]]:
    """Columns of KEY, in that order."""
    return [
        code("indicator", primary_key=primary),
        Column("territory_code", word(16), ForeignKey("territory.code"), primary_key=primary, nullable=False),
        Column("period_start", Date, primary_key=primary, nullable=False),
        Column("period_end", Date, primary_key=primary, nullable=False),
        code("precision", "day, month or year", primary_key=primary),
        code("breakdown", "'' for the total", primary_key=primary),
        code("category", "'' for the total", primary_key=primary),
        code("coverage", "'' for the whole unit", primary_key=primary),
        code("unit", "what was counted", primary_key=primary),
        Column("producer", word(), ForeignKey("producer.producer"), primary_key=primary, nullable=False),
        Column("source_id", word(96), ForeignKey("source.source_id"), primary_key=primary, nullable=False),
    ]


published_value = Table(
    "published_value",
    metadata,
    Column("figure_id", word(96), primary_key=True, comment="the editor's name of this figure"),
    *key_columns(primary=False),
    Column("value", Double, comment="in the unit itself (dollars, not billions); NULL under a mark"),
    text("qualifier", "'', over, about, …", 16),
    text("status", "'' or one mark", 1),
    text("note_uk"),
    text("note_en"),
    Column("safe_to_publish", Boolean(create_constraint=False), nullable=False, comment="set by an editor"),
    code("audience", "who may see it: public or members", server_default="public"),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    UniqueConstraint(*KEY),
    one_of("status", MARKS),
    one_of("precision", PRECISIONS),
    value_or_mark(),
    comment="Figures that arrive as figures, as their sources publish them",
)

release = Table(
    "release",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(16), nullable=False, comment="year.month.number, as 2026.11.1"),
    Column("published_at", DateTime, nullable=False, comment="UTC"),
    text("sha256", "over the release's public cells in canonical order", 64),
    text("note"),
    Column("cells", BigInteger, nullable=False, comment="number of public cells in this release"),
    text("members_sha256", "the same over members' cells, '' where there are none; no reader sees it", 64),
    Column(
        "members_cells", BigInteger, nullable=False, server_default="0", comment="members' cells; no reader sees it"
    ),
    UniqueConstraint("name"),
    comment="Frozen states of the cells",
)

release_change = Table(
    "release_change",
    metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("indicator", word(), primary_key=True),
    Column("audience", word(16), primary_key=True),
    Column("new", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("vanished", BigInteger, nullable=False),
    comment="Cells that a release brought, altered or ended, per indicator",
)

cell = Table(
    "cell",
    metadata,
    *key_columns(primary=True),
    Column("audience", word(16), primary_key=True, comment="public or members, nothing else"),
    Column("from_release", ForeignKey("release.id"), primary_key=True, comment="first release that holds it"),
    Column("to_release", ForeignKey("release.id"), comment="first release without it; NULL = still current"),
    Column("value", Double, comment="NULL under a mark"),
    text("qualifier", "'', over, about, …", 16),
    text("status", "'' or one mark", 1),
    Column("as_of", Date, nullable=False, comment="the day the figure speaks of: the end of its period"),
    text("published_on", "of the source; may be partial", 10),
    text("note_uk"),
    text("note_en"),
    one_of("audience", ("public", "members")),
    one_of("status", MARKS),
    one_of("precision", PRECISIONS),
    value_or_mark(),
    Index(None, "territory_code"),
    comment="What readers see: indicator × territory × period × breakdown × audience",
    sqlite_with_rowid=False,
)
