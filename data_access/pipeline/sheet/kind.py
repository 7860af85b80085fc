"""What each kind of file holds: its columns, its key, and what a newer file replaces.

A column's `form` says how its texts are read: text, code (a word without spaces), number, whole, day,
partial_date, flag (1 or 0). `listed` names a closed list (see checks.Known) its codes must stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from data_access import tables as t

# Files of records: the source is named when loading (see origin.Origin) and stands in no column of theirs.
OF_RECORDS = ("damaged-objects", "projects", "movements", "aid", "claims")


@dataclass(frozen=True)
class Column:
    """One column of a file. `into` is its name in the table where that differs."""

    name: str
    form: str = "text"
    required: bool = False
    optional_column: bool = False
    listed: str = ""
    into: str = ""

    @property
    def target(self) -> str:
        """Name of the column in the table."""
        return self.into or self.name


@dataclass(frozen=True)
class Kind:
    """A kind of file. Rows of the table that share the file's `scope` values but not its keys are removed.

    Records have source_id in their `columns` and `key`: the loader fills it. Under the scope ("source_id",) rows are
    removed only if the file is said to be whole; then that is the scope of each of its tables with that key.
    With `only_new` rows that stand in the table already are left as they are.
    With `fills` a file only fills columns of rows that are there (their empty values given): rows that it does not
    name are emptied. `prepare(sheet, known)` puts codes right before the checks, where that takes the database.
    `row_is`: what a row is, in the singular, for the report.
    """

    name: str
    table: Table
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    scope: tuple[str, ...] = ()
    only_new: bool = False
    fills: Mapping[str, object] | None = None
    prepare: Callable | None = None
    row_is: str = "row"


def _texts(*names: str, required: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, required=required) for name in names)


TERRITORIES = Kind(
    "territories",
    t.territory,
    (
        Column("code", "code", required=True),
        Column("parent_code", "code", listed="territory_or_file"),
        Column("level", "code", required=True, listed="level"),
        Column("katottg", "code"),
        Column("iso", "code"),
        *_texts("name_uk", "name_en", "short_name_uk", "short_name_en", required=True),
        Column("kind", "code"),
        Column("lat", "number"),
        Column("lon", "number"),
        Column("area_km2", "number"),
        Column("settlements", "whole"),
        Column("member_since_on", "day", optional_column=True),
    ),
    key=("code",),
    row_is="unit",
)

SOURCES = Kind(
    "sources",
    t.source,
    (
        Column("source_id", "code", required=True),
        *_texts("title", required=True),
        *_texts("publisher_uk", "publisher_en"),
        Column("published_on", "partial_date"),
        *_texts("url", "licence_uk", "licence_en", "kind"),
    ),
    key=("source_id",),
    row_is="source",
)

PRODUCERS = Kind(
    "producers",
    t.producer,
    (Column("producer", "code", required=True), *_texts("name_uk", "name_en", required=True)),
    key=("producer",),
    row_is="producer",
)

TERRITORY_NAMES = Kind(
    "territory-names",
    t.territory_name,
    (
        Column("code", "code", required=True, listed="territory"),
        *_texts("name_uk", required=True),
        *_texts("name_en"),
        Column("until", "day"),
        Column("source_id", "code", required=True, listed="source"),
    ),
    key=("code", "name_uk"),
    row_is="older name",
)

TERRITORY_STATUS = Kind(
    "territory-status",
    t.territory_status,
    (
        Column("code", "code", required=True, listed="territory"),
        Column("unit_katottg", "code", required=True),
        *_texts("unit_name_uk"),
        Column("unit_kind", "code", required=True, listed="unit_kind"),
        Column("hromada_code", "code", listed="territory"),
        Column("status", "code", required=True, listed="territory_status"),
        Column("scope", "code", required=True, listed="scope"),
        Column("start_on", "day", required=True),
        Column("end_on", "day"),
        Column("edition", "day", required=True, into="edition_on"),
        Column("source_id", "code", required=True, listed="source"),
    ),
    key=("edition_on", "unit_katottg", "status", "start_on"),
    scope=("edition_on",),
    row_is="period",
)

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
        *_texts("note_uk", "note_en"),
        Column("safe_to_publish", "flag", required=True),
    ),
    key=("figure_id",),
    row_is="figure",
)

KINDS = {
    kind.name: kind for kind in (TERRITORIES, SOURCES, PRODUCERS, TERRITORY_NAMES, TERRITORY_STATUS, PUBLISHED_VALUES)
}
