"""Reconstruction projects and their parts, as tables of a file of projects."""

from __future__ import annotations

from sqlalchemy import Table

from data_access import project_tables
from data_access.pipeline.projects.places import in_their_places
from data_access.pipeline.projects.reader import read_projects
from data_access.pipeline.projects.totals import project_figures
from data_access.pipeline.records.columns import SOURCE
from data_access.pipeline.sheet.kind import Column, Kind, texts, typed


def _part(table: Table, row_is: str, *columns: Column) -> Kind:
    """Parts of a project: the file replaces all that were known of the projects it names."""
    own = (SOURCE, Column("project_id", "code", required=True), Column("number", "whole", required=True))
    key = ("source_id", "project_id", "number")
    return Kind(table.name, table, (*own, *columns), key, scope=("source_id", "project_id"), row_is=row_is)


MONEY = (Column("amount", "number"), *texts("currency"))
PARTS = (
    _part(project_tables.project_finance, "financing", *texts("funder"), *MONEY, *typed("day", "agreed_on")),
    _part(
        project_tables.project_contract,
        "contract",
        *texts("contract_id", "title", "status", "supplier", "supplier_edrpou"),
        *MONEY,
        *typed("day", "signed_on"),
        *texts("url"),
    ),
    _part(project_tables.payment, "payment", *typed("day", "paid_on"), *MONEY, *texts("payer", "payee")),
    _part(project_tables.project_milestone, "milestone", *texts("title", "status"), *typed("day", "due_on", "met_on")),
    _part(
        project_tables.project_progress,
        "progress report",
        *typed("day", "reported_on"),
        *typed("number", "physical", "financial"),
    ),
    _part(project_tables.project_party, "role", *texts("role", "name", "edrpou", "member_code")),
)

PROJECTS = Kind(
    "projects",
    project_tables.project,
    (
        SOURCE,
        Column("project_id", "code", required=True),
        Column("places", "code", required=True, listed="territory", into="territory_code"),
        *texts("title_uk", "title_en", "description", "status"),
        Column("stage", "code", required=True),
        Column("sector", "code", required=True, listed="category"),
        *texts("kind"),
        Column("restricted", "flag", required=True),
        *typed("day", "start_on", "end_on"),
        *typed("number", "budget", "funded", "contracted", "paid"),
        *texts("currency"),
        *typed("number", "physical_progress", "financial_progress"),
        *typed("day", "registered_on", "funded_on", "contracted_on", "completed_on"),
        Column("updated_on", "day", required=True),
        *texts("url"),
    ),
    key=("source_id", "project_id"),
    scope=("source_id",),
    parts=PARTS,
    read=read_projects,
    prepare=in_their_places,
    needs_source=True,
    figures=project_figures,
    row_is="project",
    formats="JSON",
)
