"""Peer groups, and members' cells counted apart.

Revision 0003: the profile of every hromada, from which its peers follow, frozen with each release; count and checksum
of a release's members' cells, so that those which readers see cover public cells only.
"""

from alembic import op
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Integer, PrimaryKeyConstraint

from data_access.migrations.columns import refers, text, word

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATUSES = (
    "status IN ('', 'temporarily_occupied', 'active_hostilities', 'active_hostilities_e_registers', "
    "'possible_hostilities', 'no_open_status')"
)


def upgrade() -> None:
    _members_seals()
    _peer_profile()


def _members_seals() -> None:
    comment = "the same over members' cells, '' where there are none; no reader sees it"
    op.add_column("release", text("members_sha256", 64, comment=comment))
    count = Column("members_cells", BigInteger(), nullable=False, server_default="0")
    count.comment = "members' cells; no reader sees it"
    op.add_column("release", count)
    if op.get_context().dialect.name == "postgresql":  # SQLite keeps no comments
        for name, said in (
            ("sha256", "over the release's public cells in canonical order"),
            ("cells", "number of public cells in this release"),
        ):
            op.alter_column("release", name, comment=said, existing_nullable=False)


def _peer_profile() -> None:
    op.create_table(
        "peer_profile",
        Column("territory_code", word(16), nullable=False),
        Column("from_release", Integer(), nullable=False, comment="first release that holds it"),
        Column("to_release", Integer(), comment="first release without it; NULL = still current"),
        text("status", 32, comment="official status of the majority of settlements on the day of the edition"),
        text("population_band", 2, comment="p0 to p6, by the population of 2022"),
        text("kind", 16, comment="urban, settlement or rural"),
        text("displaced_band", 2, comment="d0 to d3, by displaced persons per 100 of the population of 2022"),
        Column("member", Boolean(), nullable=False, comment="of the Association"),
        text("kept", comment="criteria of the peer group, separated by spaces"),
        Column("peers", Integer(), nullable=False, comment="how many others share them"),
        CheckConstraint(STATUSES, name="status_known"),
        refers("peer_profile", "from_release", "release.id"),
        refers("peer_profile", "territory_code", "territory.code"),
        refers("peer_profile", "to_release", "release.id"),
        PrimaryKeyConstraint("territory_code", "from_release", name="pk_peer_profile"),
        comment="Hromadas as peer groups see them, worked out at publication from public cells",
    )
