"""Outlines of communities and raions."""

from __future__ import annotations

from data_access import editing_tables as e
from data_access.pipeline.boundaries.reader import read_boundaries
from data_access.pipeline.boundaries.units import of_one_level
from data_access.pipeline.sheet.kind import Column, Kind

BOUNDARIES = Kind(
    "boundaries",
    e.boundary,
    (
        Column("code", "code", required=True, listed="territory", into="territory_code"),
        Column("geometry", required=True),
        Column("attribution"),
    ),
    key=("territory_code",),
    read=read_boundaries,
    prepare=of_one_level,
    row_is="outline",
    formats="GeoJSON",
)
