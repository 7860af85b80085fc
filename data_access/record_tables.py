"""The tables of other records: movements, aid, claims. All is aggregated and protected before readers see a figure."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Table

from data_access import codes
from data_access.table_columns import (
    amount,
    batch_id,
    code,
    count,
    metadata,
    one_of,
    place,
    source_id,
    text,
    whole,
    word,
)

about = Table(
    "about",
    metadata,
    Column("name", word(), primary_key=True),
    text("value"),
    comment="What this database is: training = the seed of its synthetic records, absent from a real one",
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
