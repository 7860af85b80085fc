"""The tables of editors' work beside the figures.

Categories of the Register, facts of the Association, boundaries, corrections, withdrawals.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Double, ForeignKey, Integer, Table, Text

from data_access.codes import CATEGORY_STATES
from data_access.table_columns import code, metadata, one_of, text, word
from data_access.tables import key_columns

register_category = Table(
    "register_category",
    metadata,
    code("code", "A3.1, B1.2, …", primary_key=True),
    code("state", "open, test, form_adopted, not_open or unknown", primary_key=True),
    Column("seen_on", Date, primary_key=True, comment="the day on which the source said so"),
    code("claimant_group", "A, B or C"),
    text("title_uk"),
    text("title_en"),
    Column("title_confirmed", Boolean(create_constraint=False), nullable=False, comment="checked on the official list"),
    text("since", "in this state since: ISO, may be partial, '' where not known", 10),
    text("source_ids", "one or more source_id, separated by spaces"),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    one_of("state", CATEGORY_STATES),
    comment="Categories of the Register of Damage with their state; conflicting states stand side by side",
)

association_fact = Table(
    "association_fact",
    metadata,
    code("fact", "name_full, founding, head, priorities, …", primary_key=True),
    Column("as_of", Date, primary_key=True, comment="the day of which the source speaks"),
    text("text_uk"),
    text("text_en"),
    Column("source_id", word(96), ForeignKey("source.source_id"), nullable=False),
    comment="What is known of the Association itself; its members over time are figures",
)

boundary = Table(
    "boundary",
    metadata,
    Column("territory_code", word(16), ForeignKey("territory.code"), primary_key=True),
    Column(
        "geometry", Text, nullable=False, comment="GeoJSON geometry, longitude and latitude, exterior rings clockwise"
    ),
    text("attribution"),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    comment="Outlines of raions and hromadas, one feature a unit",
)

correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recorded_at", DateTime, nullable=False, comment="UTC"),
    Column("release_id", ForeignKey("release.id"), nullable=False, comment="the first release that is right"),
    code("indicator"),
    Column("territory_code", word(16), ForeignKey("territory.code"), nullable=False),
    Column("period_end", Date, nullable=False, comment="as-of day of the corrected figure"),
    Column("old_value", Double, comment="what readers saw before; NULL where nothing or a mark"),
    Column("new_value", Double, comment="what they see now; NULL where nothing or a mark"),
    code("unit"),
    text("reason_uk"),
    text("reason_en"),
    comment="Public log of corrections",
)

withdrawal = Table(
    "withdrawal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("withdrawn_at", DateTime, nullable=False, comment="UTC"),
    Column("cells", Integer, nullable=False, comment="how many cells of all releases became [s]"),
    text("reason_uk", "says why, never what"),
    text("reason_en", "says why, never what"),
    comment="Public log of withdrawals",
)

withdrawn_cell = Table(
    "withdrawn_cell",
    metadata,
    *key_columns(primary=True),
    Column("withdrawal_id", ForeignKey("withdrawal.id"), nullable=False),
    comment="Figures that no publication may bring back; no reader may see this table",
)
