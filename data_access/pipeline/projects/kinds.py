"""Reconstruction projects and their parts, as tables of a file of projects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Table

from data_access import record_tables as r
from data_access.pipeline.records.kinds import SOURCE
from data_access.pipeline.sheet.checks import Known
from data_access.pipeline.sheet.kind import Column, Kind
from data_access.pipeline.sheet.table_file import Fault, RejectedFile, Sheet

COUNTRY = "UA"
PLACE = re.compile(r"UA(\d{17}|\d{7}|\d{4}|\d{2})", re.ASCII)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _typed(form: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, form) for name in names)


def _part(table: Table, row_is: str, *columns: Column) -> Kind:
    """Parts of a project: the file replaces all that were known of the projects it names."""
    own = (SOURCE, Column("project_id", "code", required=True), Column("number", "whole", required=True))
    key = ("source_id", "project_id", "number")
    return Kind(table.name, table, (*own, *columns), key, scope=("source_id", "project_id"), row_is=row_is)


MONEY = (Column("amount", "number"), *_texts("currency"))
PARTS = {
    part.name: part
    for part in (
        _part(r.project_finance, "financing", *_texts("funder"), *MONEY, *_typed("day", "agreed_on")),
        _part(
            r.project_contract,
            "contract",
            *_texts("contract_id", "title", "status", "supplier", "supplier_edrpou"),
            *MONEY,
            *_typed("day", "signed_on"),
            *_texts("url"),
        ),
        _part(r.payment, "payment", *_typed("day", "paid_on"), *MONEY, *_texts("payer", "payee")),
        _part(r.project_milestone, "milestone", *_texts("title", "status"), *_typed("day", "due_on", "met_on")),
        _part(
            r.project_progress,
            "progress report",
            *_typed("day", "reported_on"),
            *_typed("number", "physical", "financial"),
        ),
        _part(r.project_party, "role", *_texts("role", "name", "edrpou", "member_code")),
    )
}


def in_their_places(sheet: Sheet, known: Known) -> Sheet:
    """The places that a project names as the smallest unit that holds them all. Raises RejectedFile."""
    rows, faults = [], []
    for number, texts in sheet.rows:
        found = {given: _unit(given, known) for given in texts["places"].split()}
        for given in (given for given, unit in found.items() if not unit):
            what = f"{given[:40]!r} is not a known KATOTTG code or P-code; check the code or load the territories"
            faults.append(Fault(sheet.file, 0, "", what, at=f"project {texts['project_id']!r}, locations"))
        rows.append((number, texts | {"places": _common(set(found.values()) - {""}, known)}))
    if faults:
        raise RejectedFile(faults)
    return replace(sheet, rows=rows)


def _unit(given: str, known: Known) -> str:
    """P-code of the hromada (of a settlement as well), else of the region, else ''."""
    if not PLACE.fullmatch(given):
        return ""
    code = known.places.get(given, given)
    own = ((9, code[6:9]), (6, code[4:6]), (4, code[2:4]), (2, code[:2]))  # UA8000…: Kyiv has no hromada
    smallest = next((size for size, digits in own if digits.strip("0")), 0)
    unit = code[:smallest] if code[:smallest] in known.levels else ""
    return unit[:4] if known.levels.get(unit) == "raion" else unit


def _common(units: Iterable[str], known: Known) -> str:
    """One unit itself; several of one region as that region; those of several regions, and none at all: the country."""
    units = set(units)
    regions = {unit[:4] for unit in units}
    if len(units) == 1:
        return units.pop()
    return regions.pop() if len(regions) == 1 else COUNTRY


PROJECTS = Kind(
    "projects",
    r.project,
    (
        SOURCE,
        Column("project_id", "code", required=True),
        Column("places", "code", required=True, listed="territory", into="territory_code"),
        *_texts("title_uk", "title_en", "description", "status"),
        Column("stage", "code", required=True),
        Column("sector", "code", required=True, listed="category"),
        *_texts("kind"),
        Column("restricted", "flag", required=True),
        *_typed("day", "start_on", "end_on"),
        *_typed("number", "budget", "funded", "contracted", "paid"),
        *_texts("currency"),
        *_typed("number", "physical_progress", "financial_progress"),
        *_typed("day", "registered_on", "funded_on", "contracted_on", "completed_on"),
        Column("updated_on", "day", required=True),
        *_texts("url"),
    ),
    key=("source_id", "project_id"),
    scope=("source_id",),
    prepare=in_their_places,
    row_is="project",
)
