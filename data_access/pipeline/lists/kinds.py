"""Kinds of lists that editors keep: members, names, categories of the Register, boundaries."""

from __future__ import annotations

from dataclasses import replace

from data_access import editing_tables as e
from data_access import tables as t
from data_access.pipeline.boundaries.units import of_one_level
from data_access.pipeline.sheet.checks import Known
from data_access.pipeline.sheet.kind import TERRITORY_NAMES, Column, Kind
from data_access.pipeline.sheet.table_file import Sheet


def with_p_codes(sheet: Sheet, known: Known) -> Sheet:
    """KATOTTG codes as P-codes; what is neither stays, and the checks will say so."""
    rows = [(row, texts | {"code": known.places.get(texts["code"], texts["code"])}) for row, texts in sheet.rows]
    return replace(sheet, rows=rows)


MEMBERS = Kind(
    "members",
    t.territory,
    (
        Column("code", "code", required=True, listed="territory"),
        Column("since", "day", into="member_since_on"),
        Column("source_id", "code", required=True, listed="source", into="member_source_id"),
    ),
    key=("code",),
    fills={"member_since_on": None, "member_source_id": ""},
    prepare=with_p_codes,
    row_is="member",
)

OLDER_NAMES = replace(TERRITORY_NAMES, name="names", prepare=with_p_codes)

NEWEST_NAMES = Kind(
    "newest-names",
    t.territory,
    (
        Column("code", "code", required=True, listed="territory"),
        *(Column(name, required=True) for name in ("name_uk", "name_en", "short_name_uk", "short_name_en")),
    ),
    key=("code",),
    prepare=with_p_codes,
    row_is="newest name",
)

REGISTER_CATEGORIES = Kind(
    "register-categories",
    e.register_category,
    (
        Column("code", "code", required=True),
        Column("claimant_group", "code", required=True),
        Column("title_uk"),
        Column("title_en"),
        Column("title_confirmed", "flag", required=True),
        Column("state", "code", required=True, listed="category_state"),
        Column("since", "partial_date"),
        Column("seen_on", "day", required=True),
        Column("source_ids", required=True),
    ),
    key=("code", "state", "seen_on"),
    scope=("code",),  # a file replaces all that is known of the categories it names
    row_is="category state",
)

BOUNDARIES = Kind(
    "boundaries",
    e.boundary,
    (
        Column("code", "code", required=True, listed="territory", into="territory_code"),
        Column("geometry", required=True),
        Column("attribution"),
    ),
    key=("territory_code",),
    prepare=of_one_level,
    row_is="outline",
)
