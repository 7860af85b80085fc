"""Damaged objects of a register: read, checked and written batch by batch as Arrow holds them (see checks.py)."""

from __future__ import annotations

from data_access import object_tables
from data_access.pipeline.damaged_objects.column_names import CODES, COLUMNS, DAYS, NUMBERS, REQUIRED
from data_access.pipeline.damaged_objects.loading import load_objects
from data_access.pipeline.damaged_objects.object_file import open_objects
from data_access.pipeline.damaged_objects.tally_doubts import tally_doubts
from data_access.pipeline.damaged_objects.totals import damage_figures
from data_access.pipeline.records.columns import SOURCE
from data_access.pipeline.sheet.kind import Column, Kind

FORMS = dict.fromkeys(CODES, "code") | dict.fromkeys(DAYS, "day") | dict.fromkeys(NUMBERS, "number")
INTO = {"community": "territory_code"}


DAMAGED_OBJECTS = Kind(
    "damaged-objects",
    object_tables.damaged_object,
    (
        SOURCE,
        *(Column(name, FORMS.get(name, "text"), name in REQUIRED, into=INTO.get(name, "")) for name in COLUMNS),
    ),
    key=("source_id", "object_id"),
    scope=("source_id",),
    read=open_objects,
    needs_source=True,
    stream=load_objects,
    doubts=tally_doubts,
    figures=damage_figures,
    exhaustive=("type", "severity"),
    row_is="damaged object",
    formats="CSV or Parquet",
)
