"""A small valid file of each kind of list, fit for the database of small.py; and how to write others."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from tests.support.small import DERHACHI, IZIUM, KHARKIV, PERIODS

CATEGORIES = {"region": "O", "raion": "P", "hromada": "H", "settlement": "C"}
NEWEST = ("newest_name_uk", "newest_name_en", "newest_short_name_uk", "newest_short_name_en")


def katottg(code: str) -> str:
    return code + "0" * (19 - len(code))


def listed(period: dict, **more) -> dict:
    """A row of the list as it circulates, from one in our own layout."""
    kind = period["unit_kind"]
    return {
        "status": period["status"],
        "katottg": period["unit_katottg"],
        "pcode": "" if kind == "settlement" else period["code"],
        "name_in_list_uk": period["unit_name_uk"],
        "katottg_category": CATEGORIES[kind],
        "katottg_name_uk": "",
        "scope": period["scope"],
        "hromada_katottg": katottg(period["hromada_code"]) if period["hromada_code"] else "",
        "raion_katottg": "",
        "region_pcode": period["code"][:4],
        "region_heading_uk": "ОБЛАСТЬ",
        "period_no": "1",
        "start_date": period["start_on"],
        "end_date": period["end_on"],
        "list_edition": period["edition"],
        "source_id": period["source_id"],
    } | more


def write_table(path: Path, rows: list[dict]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def territory_status(folder: Path) -> Path:
    return write_table(folder / "list_376.csv", [listed(period) for period in PERIODS])


MEMBERS = [
    {"katottg": katottg(KHARKIV), "since": "2025-09-18", "source_id": "s1"},
    {"katottg": katottg(DERHACHI), "since": "", "source_id": "s1"},
]


def members(folder: Path) -> Path:
    return write_table(folder / "members.csv", MEMBERS)


NAMES = [
    {"code": IZIUM, "name_uk": "Стара громада", "name_en": "Stara hromada", "until": "2024-09-26", "source_id": "s1"}
    | dict(zip(NEWEST, ("Нова громада", "Nova hromada", "Нова", "Nova"), strict=True)),
    {"code": "UA6312", "name_uk": "Давній район", "name_en": "Davnii raion", "until": "", "source_id": "s2"}
    | dict.fromkeys(NEWEST, ""),
]


def names(folder: Path) -> Path:
    return write_table(folder / "names.csv", NAMES)


def category(code: str, state: str, **more) -> dict:
    return {
        "code": code,
        "claimant_group": code[0],
        "title_uk": "Назва",
        "title_en": "Title",
        "title_confirmed": "1",
        "state": state,
        "since": "",
        "seen_on": "2025-11-07",
        "source_ids": "s1",
    } | more


def fact(name: str, day: str, **more: str) -> dict[str, str]:
    texts = {"text_uk": f"{name} від {day}", "text_en": f"{name} of {day}"}
    return {"fact": name, **texts, "as_of": day, "source_id": "s1"} | more


REGISTER = [
    category("A3.1", "open", since="2024-04-02", source_ids="s1 s2"),
    category("B1.2", "test", since="2025-03", title_uk=""),
    category("B1.2", "form_adopted", title_uk=""),
    category("C4", "unknown", title_uk="", title_en="", title_confirmed="0"),
]


def register_categories(folder: Path) -> Path:
    return write_table(folder / "categories.csv", REGISTER)


FACTS = [
    fact("founding", "2025-09-18", source_id="s2"),
    fact("priorities", "2025-09-18"),
    fact("priorities", "2026-02-05"),
]


def association_facts(folder: Path) -> Path:
    return write_table(folder / "association.csv", FACTS)


def square(west: float, south: float, size: float = 0.5) -> list:
    """A ring, anticlockwise as RFC 7946 has it."""
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: str, *rings: list, **properties) -> dict:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"pcode": code, **properties}, "geometry": geometry}


FEATURES = [
    feature(KHARKIV, square(36, 49.5), square(36.1, 49.6, 0.1)),
    feature(DERHACHI, square(36, 50)),
    feature(IZIUM, square(37, 49)),
]


def write_features(path: Path, features: list, **members) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}), encoding="utf-8")
    return path


def boundaries(folder: Path) -> Path:
    return write_features(folder / "hromadas.geojson", FEATURES, attribution="© OpenStreetMap contributors")


EXAMPLES: dict[str, Callable[[Path], Path]] = {
    "territory-status": territory_status,
    "members": members,
    "names": names,
    "register-categories": register_categories,
    "association-facts": association_facts,
    "boundaries": boundaries,
}
