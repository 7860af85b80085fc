"""Claims to the Register of Damage: how far a community is with each category."""

from __future__ import annotations

from data_access import record_tables
from data_access.pipeline.claims.rules import STEPS, claim_faults
from data_access.pipeline.claims.totals import claim_figures
from data_access.pipeline.records.columns import SOURCE, place
from data_access.pipeline.sheet.kind import Column, Kind, typed
from data_access.pipeline.sheet.place_codes import in_p_codes

CLAIMS = Kind(
    "claims",
    record_tables.claim_file,
    (
        SOURCE,
        place("community", "territory_code"),
        Column("category", "code", required=True),
        Column("as_of", "day", required=True),
        *typed("whole", *STEPS),
    ),
    key=("source_id", "territory_code", "category", "as_of"),
    scope=("source_id",),
    prepare=in_p_codes("community"),
    rules=claim_faults,
    needs_source=True,
    figures=claim_figures,
    row_is="claim count",
)
