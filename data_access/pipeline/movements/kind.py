"""Movements as a mobile operator counts them, and the groups of subscribers that it counts."""

from __future__ import annotations

from data_access import record_tables
from data_access.pipeline.movements.reader import read_movements
from data_access.pipeline.movements.rules import movement_faults, movement_lists
from data_access.pipeline.movements.totals import movement_figures
from data_access.pipeline.records.columns import SOURCE, place
from data_access.pipeline.sheet.kind import Column, Kind
from data_access.pipeline.sheet.place_codes import in_p_codes

COHORTS = Kind(
    "cohorts",
    record_tables.cohort,
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
    record_tables.movement,
    (
        SOURCE,
        Column("kind", "code", required=True, listed="movement_kind"),
        Column("period", "month", required=True, into="period_start"),
        place("origin", "origin_code"),
        place("destination", "destination_code"),
        Column("cohort", "code", required=True),
        Column("subscribers", "whole", required=True),
        Column("persons", "whole", required=True),
    ),
    key=("source_id", "kind", "period_start", "origin_code", "destination_code", "cohort"),
    scope=("source_id",),
    parts=(COHORTS,),
    read=read_movements,
    prepare=in_p_codes("origin", "destination"),
    rules=movement_faults,
    lists=movement_lists,
    needs_source=True,
    figures=movement_figures,
    exhaustive=("from_oblast", "to_oblast"),
    row_is="movement",
)
