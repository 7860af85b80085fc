"""Aid: who does what where (3W)."""

from __future__ import annotations

from data_access import record_tables
from data_access.pipeline.aid.reader import read_aid
from data_access.pipeline.aid.rules import AMOUNTS, aid_faults, aid_lists
from data_access.pipeline.aid.totals import aid_figures
from data_access.pipeline.records.columns import SOURCE, place
from data_access.pipeline.sheet.kind import Column, Kind, typed
from data_access.pipeline.sheet.place_codes import in_p_codes

AID = Kind(
    "aid",
    record_tables.aid_activity,
    (
        SOURCE,
        Column("activity_id", "code", required=True),
        Column("organisation", required=True),
        Column("organisation_kind"),
        Column("sector", "code", required=True, listed="aid_sector"),
        place("community", "territory_code"),
        Column("item"),
        Column("status", "code", required=True, listed="aid_status"),
        Column("start_on", "day", required=True),
        Column("end_on", "day"),
        Column("unit"),
        *typed("number", *AMOUNTS),
        Column("delivered_on", "day"),
        Column("people", "whole"),
    ),
    key=("source_id", "activity_id"),
    scope=("source_id",),
    read=read_aid,
    prepare=in_p_codes("community"),
    rules=aid_faults,
    lists=aid_lists,
    needs_source=True,
    figures=aid_figures,
    exhaustive=("aid",),
    row_is="aid record",
)
