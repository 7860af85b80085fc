"""Projects from an OC4IDS 0.9.5 package, as DREAM publishes them: a table of projects and one of each of their parts.

Geometry, persons and contacts are left behind. A project's places stay codes until the database can tell the hromada.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from data_access.pipeline.projects.package import Node, package_of
from data_access.pipeline.projects.parts import Rows, contracts, finances, milestones, parties, payments, progress
from data_access.pipeline.projects.restricted import is_restricted
from data_access.pipeline.sheet.faults import Fault, RejectedFile
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.report import counted
from data_access.pipeline.sheet.table_file import Sheet

STATUSES = (
    *("identification", "preparation", "implementation", "completion", "completed"),
    *("maintenance", "decommissioning", "decommissioned", "cancelled"),
)
COMPLETED = ("completion", "completed", "maintenance", "decommissioning", "decommissioned")
SECTORS = {
    "education": "education_sector",
    "health": "health_sector",
    "energy": "energy",
    "waterAndWaste": "municipal_services",
    "transport": "transport",
    "socialHousing": "housing",
}
WB_SECTORS = {"E": "education_sector", "H": "health_sector", "L": "energy", "W": "municipal_services", "T": "transport"}
PLACE = re.compile(r"\bUA(?:\d{17}|\d{7}|\d{4}|\d{2})\b", re.ASCII)
DREAM_ID = re.compile(r"DREAM-UA-\d{6}-[0-9A-F]{8}")
DREAM_PAGE = "https://dream.gov.ua/ua/project/{}/profile"
LEFT_BEHIND = (  # members of OC4IDS, which every package has: of organisations, or never read
    *("name", "legalName", "contactPoint", "email", "telephone", "faxNumber", "people", "beneficialOwners"),
    *("address", "streetAddress", "postalCode", "location", "locations", "deliveryLocation", "deliveryLocations"),
    *("deliveryAddress", "deliveryAddresses", "geometry", "coordinates", "contactPoints"),
)
STAGE_DAYS = ("registered_on", "funded_on", "contracted_on", "completed_on")


def read_projects(kind: Kind, path: Path) -> Parts:
    """The parts of the projects, then the projects themselves. Raises RejectedFile."""
    content, records = package_of(path, "projects")
    rows: list[tuple[int, dict[str, str]]] = []
    parts: dict[str, list[tuple[int, dict[str, str]]]] = {part.name: [] for part in kind.parts}
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, record in enumerate(records, 1):
        node = _project(path.name, number, record, faults)
        project_id = node.code("id")
        if not project_id:
            node.fault("id", "is missing; each project needs the id that its register gave it")
        elif project_id in seen:
            node.fault("id", f"repeats project number {seen[project_id]} of the file; keep one of the two")
        seen.setdefault(project_id, number)
        row, own = _read(node, project_id)
        rows.append((number, row))
        for name, some in own.items():
            parts[name] += [
                (number, {"project_id": project_id, "number": str(n)} | one) for n, one in enumerate(some, 1)
            ]
    if faults:
        raise RejectedFile(faults)
    sha256 = hashlib.sha256(content).hexdigest()
    named = [{"project_id": texts["project_id"]} for _, texts in rows]
    made = [(part, Sheet(path.name, sha256, _columns(part), parts[part.name], speaks_of=named)) for part in kind.parts]
    return [*made, (kind, Sheet(path.name, sha256, _columns(kind), rows, remarks=tuple(_remarks(rows))))]


def _columns(kind: Kind) -> tuple[str, ...]:
    return tuple(column.name for column in kind.columns if column.name != "source_id")


def _project(file: str, number: int, record: object, faults: list[Fault]) -> Node:
    """The record with the name under which its faults are told."""
    given = record.get("id") if isinstance(record, dict) else None
    fit = isinstance(given, str) and re.fullmatch(r"[!-~]{1,96}", given) and not re.fullmatch(r"\d{10}", given)
    node = Node(file, f"project {given!r}" if fit else f"project number {number}", {}, faults=faults)
    if not isinstance(record, dict):
        node.fault("", "is not an object; see the OC4IDS schema")
        return node
    return Node(node.file, node.record, record, faults=faults)


def _read(node: Node, project_id: str) -> tuple[dict[str, str], dict[str, Rows]]:
    """A row of the table of projects, and the rows of its parts."""
    node.note_personal(LEFT_BEHIND)
    organisations = parties(node)
    own = {
        "project_finance": finances(node, organisations),
        "project_contract": contracts(node, organisations),
        "payment": payments(node, organisations),
        "project_milestone": milestones(node),
        "project_progress": progress(node),
        "project_party": organisations.rows,
    }
    titles = node.texts("title")
    if not any(titles.values()):
        node.fault("title", "is missing; a project needs a title")
    status = node.text("status", 32)
    if status and status not in STATUSES:
        node.fault("status", f"{status!r} is not one of {', '.join(STATUSES)}")
    sectors, wb_codes = node.words("sector"), _wb_codes(node)
    description = node.texts("description")
    period = node.object("period")
    row = {
        "project_id": project_id,
        "places": " ".join(_places(node)),
        "title_uk": titles["uk"],
        "title_en": titles["en"],
        "description": description["uk"] or description["en"],
        "status": status,
        "sector": _sector(sectors, wb_codes),
        "kind": node.text("type", 32),
        "restricted": str(int(is_restricted(sectors, wb_codes, titles.values()))),
        "start_on": _text(period.day("startDate")),
        "end_on": _text(period.day("endDate")),
        "url": _url(node),
    }
    row |= _amounts(node, own) | _stage(node, own, status)
    latest = own["project_progress"]
    for name in ("physical", "financial"):
        row[f"{name}_progress"] = next((one[name] for one in reversed(latest) if one[name]), "")
    return row, own


def _places(node: Node) -> list[str]:
    """Codes of KATOTTG or P-codes in the locations of the project, and of its parts where DREAM gives them there."""
    found: dict[str, None] = {}
    within = [node, *(item for approach in node.objects("approaches") for item in approach.objects("items"))]
    for location in (location for one in within for location in one.objects("locations")):
        gazetteer = location.object("gazetteer")
        for code in gazetteer.words("identifiers"):
            if re.search("K?CATOTT|KATOTT|PCOD", gazetteer.text("scheme").upper()) or PLACE.fullmatch(code):
                found[code] = None
        address = json.dumps(location.object("address").value, ensure_ascii=False)
        found |= dict.fromkeys(PLACE.findall(address))
    return [code.replace(" ", "") for code in found if code]


def _wb_codes(node: Node) -> list[str]:
    listed = node.objects("additionalClassifications")
    return [one.text("id") for one in listed if one.text("scheme").upper().startswith("WB-")]


def _sector(sectors: list[str], wb_codes: list[str]) -> str:
    found = (SECTORS.get(sector.partition(".")[0], "") for sector in sectors)
    found_wb = (WB_SECTORS.get(code[:1].upper(), "") for code in wb_codes)
    return next(filter(None, (*found, *found_wb)), "other_sectors")


def _amounts(node: Node, own: dict[str, Rows]) -> dict[str, str]:
    """Budget, funded, contracted and paid in the one currency in which most of them are told."""
    budget, its_currency = node.object("budget").money("amount")
    told = {"budget": [(budget, its_currency)] if budget is not None else []}
    for name, part in (("funded", "project_finance"), ("contracted", "project_contract"), ("paid", "payment")):
        told[name] = [(float(row["amount"]), row["currency"]) for row in own[part] if row["amount"]]
    counts: dict[str, int] = {}
    for some in told.values():
        for currency in dict.fromkeys(currency for _, currency in some):
            counts[currency] = counts.get(currency, 0) + 1
    chosen = max(counts, key=counts.__getitem__, default="")
    sums = {name: [amount for amount, currency in some if currency == chosen] for name, some in told.items()}
    return {name: repr(sum(some)) if some else "" for name, some in sums.items()} | {"currency": chosen}


def _stage(node: Node, own: dict[str, Rows], status: str) -> dict[str, str]:
    """The last stage reached, and the days on which the package says that it and those before it were."""
    updated = node.day("updated")
    if updated is None or updated > date.today() + timedelta(days=1):
        node.fault("updated", "is missing or in the future; each project needs the day of its last update")
        updated = date.today()
    updated = min(updated, date.today())
    signed = [row for row in own["project_contract"] if row["amount"] or row["signed_on"]]
    funded = [row for row in own["project_finance"] if float(row["amount"] or 0) > 0]
    stage = "contracted" if signed else "funded" if funded else "registered"
    budget, completion = node.object("budget"), node.object("completion")
    days = {
        "registered_on": node.object("identificationPeriod").day("startDate") or node.day("dateCreated"),
        "funded_on": budget.day("approvalDate") or _first(row["agreed_on"] for row in funded),
        "contracted_on": _first(row["signed_on"] for row in signed),
        "completed_on": completion.day("endDate") or node.object("completionPeriod").day("endDate"),
    }
    stage = "completed" if status in COMPLETED else stage
    reached = STAGE_DAYS[: ("registered", "funded", "contracted", "completed").index(stage) + 1]
    told = {name: _text(day) if name in reached and day and day <= updated else "" for name, day in days.items()}
    return {"stage": stage, "updated_on": updated.isoformat(), **told}


def _first(days: Iterator[str]) -> date | None:
    return min((date.fromisoformat(day) for day in days if day), default=None)


def _url(node: Node) -> str:
    """The page of the project: as the package tells it, else DREAM's."""
    given = node.text("uri")
    codes = [one.text("id") for one in node.objects("identifiers")] + [node.text("id")]
    found = next(filter(None, map(DREAM_ID.search, codes)), None)
    return given if re.match(r"https?://", given) else DREAM_PAGE.format(found[0]) if found else ""


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _remarks(rows: list[tuple[int, dict[str, str]]]) -> Iterator[str]:
    unplaced = sum(not texts["places"] for _, texts in rows)
    if unplaced:
        yield f"without a KATOTTG code or P-code, and counted for the country only: {counted(unplaced, 'project')}."
