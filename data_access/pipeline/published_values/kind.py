"""Figures that arrive as figures."""

from __future__ import annotations

from data_access import tables as t
from data_access.pipeline.published_values.clashes import figure_clashes
from data_access.pipeline.published_values.rules import value_faults, value_lists
from data_access.pipeline.sheet.kind import Column, Kind, texts

PUBLISHED_VALUES = Kind(
    "published-values",
    t.published_value,
    (
        Column("figure_id", "code", required=True),
        Column("indicator", "code", required=True, listed="indicator"),
        Column("territory_code", "code", required=True, listed="territory"),
        Column("period_start", "day", required=True),
        Column("period_end", "day", required=True),
        Column("precision", "code", required=True, listed="precision"),
        Column("breakdown", "code", listed="breakdown"),
        Column("category", "code", listed="category"),
        Column("coverage", "code", listed="coverage"),
        Column("value", "number"),
        Column("unit", "code", required=True, listed="unit"),
        Column("qualifier", "code", listed="qualifier"),
        Column("status", "code", listed="mark"),
        Column("producer", "code", required=True, listed="producer"),
        Column("source_id", "code", required=True, listed="source"),
        *texts("note_uk", "note_en"),
        Column("safe_to_publish", "flag", required=True),
    ),
    key=("figure_id",),
    rules=value_faults,
    clashes=figure_clashes,
    lists=value_lists,
    row_is="figure",
)
