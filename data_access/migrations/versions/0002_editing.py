"""What editors keep beside the figures.

Revision 0002: categories of the Register, boundaries, corrections, withdrawals; who may see a published figure.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    PrimaryKeyConstraint,
    Text,
)

from data_access.migrations.columns import KEY, code, key_columns, refers, text, word

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables of corrections and withdrawals."""
    audience = code("audience", comment="who may see it: public or members", server_default="public")
    op.add_column("published_value", audience)
    op.add_column("territory", text("member_source_id", 96, comment="where the membership is told"))
    _register_category()
    _boundary()
    _correction()
    _withdrawal()


def _register_category() -> None:
    states = "state IN ('open', 'test', 'form_adopted', 'not_open', 'unknown')"
    op.create_table(
        "register_category",
        code("code", comment="A3.1, B1.2, …"),
        code("state", comment="open, test, form_adopted, not_open or unknown"),
        Column("seen_on", Date(), nullable=False, comment="the day on which the source said so"),
        code("claimant_group", comment="A, B or C"),
        text("title_uk"),
        text("title_en"),
        Column("title_confirmed", Boolean(), nullable=False, comment="checked on the official list"),
        text("since", 10, comment="in this state since: ISO, may be partial, '' where not known"),
        text("source_ids", comment="one or more source_id, separated by spaces"),
        Column("batch_id", Integer(), nullable=False),
        CheckConstraint(states, name="state_known"),
        refers("register_category", "batch_id", "batch.id"),
        PrimaryKeyConstraint("code", "state", "seen_on", name="pk_register_category"),
        comment="Categories of the Register of Damage with their state; conflicting states stand side by side",
    )


def _boundary() -> None:
    shape = "GeoJSON geometry, longitude and latitude, exterior rings clockwise"
    op.create_table(
        "boundary",
        Column("territory_code", word(16), nullable=False),
        Column("geometry", Text(), nullable=False, comment=shape),
        text("attribution"),
        Column("batch_id", Integer(), nullable=False),
        refers("boundary", "batch_id", "batch.id"),
        refers("boundary", "territory_code", "territory.code"),
        PrimaryKeyConstraint("territory_code", name="pk_boundary"),
        comment="Outlines of raions and hromadas, one feature a unit",
    )


def _correction() -> None:
    op.create_table(
        "correction",
        Column("id", Integer(), nullable=False),
        Column("recorded_at", DateTime(), nullable=False, comment="UTC"),
        Column("release_id", Integer(), nullable=False, comment="the first release that is right"),
        code("indicator"),
        Column("territory_code", word(16), nullable=False),
        Column("period_end", Date(), nullable=False, comment="as-of day of the corrected figure"),
        Column("old_value", Double(), comment="what readers saw before; NULL where nothing or a mark"),
        Column("new_value", Double(), comment="what they see now; NULL where nothing or a mark"),
        code("unit"),
        text("reason_uk"),
        text("reason_en"),
        refers("correction", "release_id", "release.id"),
        refers("correction", "territory_code", "territory.code"),
        PrimaryKeyConstraint("id", name="pk_correction"),
        comment="Public log of corrections",
    )


def _withdrawal() -> None:
    op.create_table(
        "withdrawal",
        Column("id", Integer(), nullable=False),
        Column("withdrawn_at", DateTime(), nullable=False, comment="UTC"),
        Column("cells", Integer(), nullable=False, comment="how many cells of all releases became [s]"),
        text("reason_uk", comment="says why, never what"),
        text("reason_en", comment="says why, never what"),
        PrimaryKeyConstraint("id", name="pk_withdrawal"),
        comment="Public log of withdrawals",
    )
    op.create_table(
        "withdrawn_cell",
        *key_columns(),
        Column("withdrawal_id", Integer(), nullable=False),
        refers("withdrawn_cell", "producer", "producer.producer"),
        refers("withdrawn_cell", "source_id", "source.source_id"),
        refers("withdrawn_cell", "territory_code", "territory.code"),
        refers("withdrawn_cell", "withdrawal_id", "withdrawal.id"),
        PrimaryKeyConstraint(*KEY, name="pk_withdrawn_cell"),
        comment="Figures that no publication may bring back; no reader may see this table",
    )
