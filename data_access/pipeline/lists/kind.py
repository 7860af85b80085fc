"""Lists that editors keep: territories, sources, producers, the official list, members, names, the Register, facts."""

from __future__ import annotations

from dataclasses import replace

from data_access import editing_tables as e
from data_access import tables as t
from data_access.pipeline.lists.codes_listed import (
    category_lists,
    producer_list,
    source_list,
    status_lists,
    territory_lists,
)
from data_access.pipeline.lists.official_list import read_territory_status
from data_access.pipeline.lists.reader import read_members, read_names
from data_access.pipeline.lists.rules import category_faults, member_faults, period_faults, territory_faults
from data_access.pipeline.sheet.kind import Column, Kind, texts
from data_access.pipeline.sheet.place_codes import in_p_codes

TERRITORIES = Kind(
    "territories",
    t.territory,
    (
        Column("code", "code", required=True),
        Column("parent_code", "code", listed="territory_or_file"),
        Column("level", "code", required=True, listed="level"),
        Column("katottg", "code"),
        Column("iso", "code"),
        *texts("name_uk", "name_en", "short_name_uk", "short_name_en", required=True),
        Column("kind", "code"),
        Column("lat", "number"),
        Column("lon", "number"),
        Column("area_km2", "number"),
        Column("settlements", "whole"),
        Column("member_since_on", "day", optional_column=True),
    ),
    key=("code",),
    rules=territory_faults,
    lists=territory_lists,
    row_is="unit",
)

SOURCES = Kind(
    "sources",
    t.source,
    (
        Column("source_id", "code", required=True),
        *texts("title", required=True),
        *texts("publisher_uk", "publisher_en"),
        Column("published_on", "partial_date"),
        *texts("url", "licence_uk", "licence_en", "kind"),
    ),
    key=("source_id",),
    lists=source_list,
    row_is="source",
)

PRODUCERS = Kind(
    "producers",
    t.producer,
    (Column("producer", "code", required=True), *texts("name_uk", "name_en", required=True)),
    key=("producer",),
    lists=producer_list,
    row_is="producer",
)

TERRITORY_NAMES = Kind(
    "territory-names",
    t.territory_name,
    (
        Column("code", "code", required=True, listed="territory"),
        *texts("name_uk", required=True),
        *texts("name_en"),
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
        *texts("unit_name_uk"),
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
    read=read_territory_status,
    rules=period_faults,
    lists=status_lists,
    row_is="period",
)

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
    prepare=in_p_codes("code"),
    read=read_members,
    rules=member_faults,
    row_is="member",
)

NEWEST_NAMES = Kind(
    "newest-names",
    t.territory,
    (
        Column("code", "code", required=True, listed="territory"),
        *texts("name_uk", "name_en", "short_name_uk", "short_name_en", required=True),
    ),
    key=("code",),
    prepare=in_p_codes("code"),
    row_is="newest name",
)

OLDER_NAMES = replace(TERRITORY_NAMES, name="names", parts=(NEWEST_NAMES,), read=read_names, prepare=in_p_codes("code"))

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
    rules=category_faults,
    lists=category_lists,
    row_is="category state",
)

ASSOCIATION_FACTS = Kind(
    "association-facts",
    e.association_fact,
    (
        Column("fact", "code", required=True),
        *texts("text_uk", "text_en", required=True),
        Column("as_of", "day", required=True),
        Column("source_id", "code", required=True, listed="source"),
    ),
    key=("fact", "as_of"),
    scope=("fact",),  # a file replaces all that is known of the facts it names
    row_is="fact",
)
