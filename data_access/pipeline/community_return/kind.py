"""A community's monthly return: published values for members, with the source and producer that it makes."""

from __future__ import annotations

from dataclasses import replace

from data_access import tables as t
from data_access.pipeline.community_return.reader import read_return
from data_access.pipeline.lists.kind import PRODUCERS, SOURCES
from data_access.pipeline.published_values.kind import PUBLISHED_VALUES
from data_access.pipeline.sheet.kind import Column, Kind

COMMUNITY = Kind(
    "community-return",
    t.territory,
    (
        Column("code", "code", required=True, listed="territory"),
        Column("KATOTTG", "code", required=True, listed="katottg", into="katottg"),
    ),
    key=("code",),
    row_is="community",
)

COMMUNITY_RETURN = replace(
    PUBLISHED_VALUES,
    name="community-return",
    columns=(*PUBLISHED_VALUES.columns, Column("audience", "code", required=True)),
    scope=("source_id",),
    parts=(COMMUNITY, PRODUCERS, SOURCES),
    read=read_return,
)
