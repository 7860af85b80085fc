"""Files of aid (3W), in columns of their own where a row of HXL tags says what they hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from data_access.pipeline.sheet.faults import refuse_personal, refuse_personal_tags, rejected
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.table_file import Sheet, read_sheet

HXL = re.compile(r"#[a-z][a-z0-9_]*( ?\+[a-z0-9_]+)*", re.IGNORECASE)
TAGS = (  # the first that fits a column's tag: its name and the attributes that it must have
    ("#activity", {"id"}, "activity_id"),
    ("#activity", {"code"}, "activity_id"),
    ("#org", {"type"}, "organisation_kind"),
    ("#org", set(), "organisation"),
    ("#sector", set(), "sector"),
    ("#subsector", set(), ""),
    ("#adm3", {"code"}, "community"),
    ("#item", {"unit"}, "unit"),
    ("#item", set(), "item"),
    ("#status", set(), "status"),
    ("#date", {"start"}, "start_on"),
    ("#date", {"end"}, "end_on"),
    ("#date", {"delivered"}, "delivered_on"),
    ("#unit", set(), "unit"),
    *((tag, {"unit"}, "unit") for tag in ("#value", "#output")),
    *((tag, {"currency"}, "unit") for tag in ("#value", "#output", "#currency")),
    *((tag, {name}, name) for tag in ("#value", "#output") for name in ("requested", "pledged", "delivered")),
    ("#currency", set(), "unit"),
    ("#reached", set(), "people"),
)
LEFT_OUT = "left out, as the HXL tags do not say that aid needs them: {}."


def read_aid(kind: Kind, path: Path) -> Parts:
    """Who does what where: in our columns, or in others with a row of HXL tags. Raises RejectedFile."""
    sheet = read_sheet(path)
    if sheet.rows and _is_tagged(sheet.rows[0][1]):
        return [(kind, _untagged(kind, sheet))]
    return [(kind, sheet)]


def _is_tagged(texts: dict[str, str]) -> bool:
    tags = [text for text in texts.values() if text]
    return bool(tags) and all(HXL.fullmatch(tag) for tag in tags)


def _untagged(kind: Kind, sheet: Sheet) -> Sheet:
    """The columns under our names, as their tags (or already their own names) tell them."""
    tags = sheet.rows[0][1]
    own = {column.name for column in kind.columns if column.name != "source_id"}
    refuse_personal(sheet.file, sheet.columns, own)
    refuse_personal_tags(sheet.file, *sheet.rows[0])
    called: dict[str, str] = {}
    left_out = []
    for name in sheet.columns:
        ours = _meant(tags[name]) if tags[name] else name if name in own else ""
        if not ours:
            left_out.append(name)
        elif ours in called:
            raise rejected(sheet.file, f"has the tags of {called[ours]!r}; keep one of the two columns", 1, name)
        else:
            called[ours] = name
    optional = dict.fromkeys((column.name for column in kind.columns if not column.required), "")
    rows = [
        (number, optional | {ours: texts[name] for ours, name in called.items()}) for number, texts in sheet.rows[1:]
    ]
    remarks = (LEFT_OUT.format(", ".join(left_out)[:200]),) if left_out else ()
    return replace(sheet, columns=tuple(optional | called), rows=rows, called=called, remarks=remarks)


def _meant(tag: str) -> str:
    """Our name of a column with these tags, '' for one that aid has no place for."""
    name, *attributes = tag.lower().replace(" ", "").split("+")
    fitting = (ours for hashtag, needed, ours in TAGS if hashtag == name and needed <= set(attributes))
    return next(fitting, "")
