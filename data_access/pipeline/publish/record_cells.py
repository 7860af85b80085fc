"""Cells of figures made from records: added up, protected, and written apart for the public and for members."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data_access.indicators import Rule, indicators, rules
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.publish.cells import NewCell
from data_access.pipeline.publish.protection import public_figures
from data_access.pipeline.records.hostilities import inside_hostilities

log = logging.getLogger(__name__)
OWN = ("indicator", "territory_code", "period_start", "period_end", "precision", "breakdown", "category")
SHOWN = ("value", "status", "note_uk", "note_en")


def record_cells(connection: Connection, today: date) -> Iterator[NewCell]:
    """Cells of all records that are loaded, as they may be seen on this day."""
    registry, inside = indicators(), inside_hostilities(connection, today)
    for figures in filter(None, (kind.figures for kind in KINDS.values())):
        made = [frame for frame in figures(connection, today) if len(frame) and frame["indicator"].iat[0] in registry]
        if made:
            exact = pd.concat(made, ignore_index=True)
            by_rule = exact["indicator"].map(lambda name: registry[name].rule)
            for rule_id, frame in exact.groupby(by_rule, sort=True):
                log.info("Protecting %d figures by the rule %s", len(frame), rule_id)
                yield from _cells(public_figures(frame, rules()[rule_id], inside), "public")
                yield from _cells(members_figures(frame, rules()[rule_id]), "members")


def members_figures(exact: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Exact figures of the territories of which there are records (where small counts are hidden, all are listed)."""
    if not rule.members or not rule.threshold:
        return exact if rule.members else exact.head(0)
    known = exact.groupby(["source_id", "indicator", "territory_code"])["count"].transform("max") > 0
    return exact[known]


def _cells(frame: pd.DataFrame, audience: str) -> Iterator[NewCell]:
    """A register is its own producer."""
    for row in frame.to_dict("records"):
        row["value"] = None if pd.isna(row["value"]) else float(row["value"])
        own = {name: row[name] for name in (*OWN, "unit", "source_id", *SHOWN)}
        yield NewCell(**own, coverage="", producer=row["source_id"], audience=audience)
