"""What is known of the Association itself.

Revision 0005: dated facts with their sources, which the pages show.
"""

from alembic import op
from sqlalchemy import Column, Date, PrimaryKeyConstraint

from data_access.migrations.columns import code, refers, text, word

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table of facts about the Association."""
    op.create_table(
        "association_fact",
        code("fact", comment="name_full, founding, head, priorities, …"),
        Column("as_of", Date(), nullable=False, comment="the day of which the source speaks"),
        text("text_uk"),
        text("text_en"),
        Column("source_id", word(96), nullable=False),
        refers("association_fact", "source_id", "source.source_id"),
        PrimaryKeyConstraint("fact", "as_of", name="pk_association_fact"),
        comment="What is known of the Association itself; its members over time are figures",
    )
