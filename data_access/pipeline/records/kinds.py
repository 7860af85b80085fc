"""Movements, aid and claims, as tables of files of records; the rules between their cells stand in record_rules."""

from __future__ import annotations

from dataclasses import replace

from data_access import record_tables as r
from data_access.pipeline.sheet.checks import Known
from data_access.pipeline.sheet.kind import Column, Kind
from data_access.pipeline.sheet.table_file import Sheet

SOURCE = Column("source_id", "code", required=True, listed="source")
CLAIM_STEPS = ("eligible", "documented", "valued", "submitted", "recorded")


def in_p_codes(*columns: str):
    """A `prepare` that puts KATOTTG codes of these columns as P-codes; what is neither stays for the checks."""

    def prepare(sheet: Sheet, known: Known) -> Sheet:
        given = [name for name in columns if name in sheet.columns]
        rows = [
            (number, texts | {name: known.places.get(texts[name], texts[name]) for name in given})
            for number, texts in sheet.rows
        ]
        return replace(sheet, rows=rows)

    return prepare


def _place(name: str, into: str) -> Column:
    return Column(name, "code", required=True, listed="territory", into=into)


COHORTS = Kind(
    "cohorts",
    r.cohort,
    (
        Column("cohort", "code", required=True),
        Column("cohort_uk", required=True, into="definition_uk"),
        Column("cohort_en", required=True, into="definition_en"),
    ),
    key=("cohort",),
    row_is="cohort",
)

MOVEMENTS = Kind(
    "movements",
    r.movement,
    (
        SOURCE,
        Column("kind", "code", required=True, listed="movement_kind"),
        Column("period", "month", required=True, into="period_start"),
        _place("origin", "origin_code"),
        _place("destination", "destination_code"),
        Column("cohort", "code", required=True),
        Column("subscribers", "whole", required=True),
        Column("persons", "whole", required=True),
    ),
    key=("source_id", "kind", "period_start", "origin_code", "destination_code", "cohort"),
    scope=("source_id",),
    prepare=in_p_codes("origin", "destination"),
    row_is="movement",
)

AID = Kind(
    "aid",
    r.aid_activity,
    (
        SOURCE,
        Column("activity_id", "code", required=True),
        Column("organisation", required=True),
        Column("organisation_kind"),
        Column("sector", "code", required=True, listed="aid_sector"),
        _place("community", "territory_code"),
        Column("item"),
        Column("status", "code", required=True, listed="aid_status"),
        Column("start_on", "day", required=True),
        Column("end_on", "day"),
        Column("unit"),
        *(Column(name, "number") for name in ("requested", "pledged", "delivered")),
        Column("delivered_on", "day"),
        Column("people", "whole"),
    ),
    key=("source_id", "activity_id"),
    scope=("source_id",),
    prepare=in_p_codes("community"),
    row_is="aid record",
)

CLAIMS = Kind(
    "claims",
    r.claim_file,
    (
        SOURCE,
        _place("community", "territory_code"),
        Column("category", "code", required=True),
        Column("as_of", "day", required=True),
        *(Column(name, "whole") for name in CLAIM_STEPS),
    ),
    key=("source_id", "territory_code", "category", "as_of"),
    scope=("source_id",),
    prepare=in_p_codes("community"),
    row_is="claim count",
)
