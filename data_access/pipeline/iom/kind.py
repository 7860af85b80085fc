"""Workbooks of IOM: published values, with the producer and the source where they are not known yet."""

from __future__ import annotations

from dataclasses import replace

from data_access.pipeline.iom.reader import read_idps, read_returnees
from data_access.pipeline.lists.kind import PRODUCERS, SOURCES
from data_access.pipeline.published_values.kind import PUBLISHED_VALUES

IOM_IDPS = replace(
    PUBLISHED_VALUES,
    name="iom-idps",
    scope=("source_id", "indicator"),
    parts=(replace(PRODUCERS, only_new=True), replace(SOURCES, only_new=True)),
    read=read_idps,
)
IOM_RETURNEES = replace(IOM_IDPS, name="iom-returnees", read=read_returnees)
