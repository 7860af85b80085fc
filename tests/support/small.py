"""A few hand-made rows of every kind, small enough to be added up on paper, and how to write them as files."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from data_access.pipeline.kinds import KINDS

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
KHARKIV, DERHACHI, IZIUM, CRIMEAN = "UA6312027", "UA6312029", "UA6304005", "UA0102001"
FILES = {
    "territories": "territories.csv",
    "sources": "sources.csv",
    "producers": "producers.csv",
    "territory-names": "territory_names.csv",
    "territory-status": "territory_status_periods.csv",
    "published-values": "values.csv",
}


def territory(code: str, level: str, name: str, **more) -> dict:
    parent = {"country": "", "region": "UA", "raion": code[:4], "hromada": code[:6]}[level]
    katottg = "" if level == "country" else code + "0" * (19 - len(code))
    names = {f"{size}name_{lang}": f"{name} {lang}" for size in ("", "short_") for lang in ("uk", "en")}
    return {"code": code, "parent_code": parent, "level": level, "katottg": katottg, **names, **more}


def period(code: str, unit: str, kind: str, status: str, start: str, end: str = "", scope: str = "whole") -> dict:
    """A row of the list; `unit` is the settlement's number within its hromada, or ''."""
    return {
        "code": code,
        "unit_katottg": code + (unit or "0" * (19 - len(code))),
        "unit_name_uk": f"{kind} {unit}",
        "unit_kind": kind,
        "hromada_code": code if len(code) == 9 else "",
        "status": status,
        "scope": scope,
        "start_on": start,
        "end_on": end,
        "edition": "2023-05-10",
        "source_id": "list376",
    }


def figure(figure_id: str, indicator: str, code: str, day: str, value: object, **more) -> dict:
    """A row of published values; the rest is as plain as can be."""
    row = {
        "figure_id": figure_id,
        "indicator": indicator,
        "territory_code": code,
        "period_start": day,
        "period_end": day,
        "precision": "day",
        "value": value,
        "unit": "persons",
        "producer": "minsocpol",
        "source_id": "s1",
        "safe_to_publish": 1,
    }
    return row | more


TERRITORIES = [
    territory("UA", "country", "Ukraine"),
    territory("UA01", "region", "Crimea", iso="UA-43"),
    territory("UA63", "region", "Kharkiv", iso="UA-63", area_km2=31000),
    territory("UA80", "region", "Kyiv City"),
    territory("UA85", "region", "Sevastopol"),
    territory("UA0102", "raion", "Bakhchysarai"),
    territory("UA6304", "raion", "Izium"),
    territory("UA6312", "raion", "Kharkiv"),
    territory(CRIMEAN, "hromada", "Andriivka", settlements=2),
    territory(IZIUM, "hromada", "Izium", settlements=4, area_km2=100),
    territory(KHARKIV, "hromada", "Kharkiv", settlements=1, area_km2=350.5),
    territory(DERHACHI, "hromada", "Derhachi", settlements=3),
]
SOURCES = [
    {"source_id": "s1", "title": "First", "publisher_uk": "П", "publisher_en": "P", "published_on": "2025-06-05"},
    {"source_id": "s2", "title": "Second", "published_on": "2025"},
    {"source_id": "list376", "title": "Order 376", "published_on": "2023-05-10"},
]
PRODUCERS = [
    {"producer": name, "name_uk": f"{name} uk", "name_en": f"{name} en"}
    for name in ("minsocpol", "iom", "ukrstat", "kharkiv_ova", "mindev_order376")
]
NAMES = [{"code": "UA6304", "name_uk": "Стара назва", "until": "2020-07-17", "source_id": "s1"}]
PERIODS = [
    period("UA01", "", "region", "temporarily_occupied", "2014-02-20"),
    period("UA85", "", "region", "temporarily_occupied", "2014-02-20"),
    period(KHARKIV, "", "hromada", "active_hostilities", "2022-02-24", "2022-09-11"),
    period(KHARKIV, "", "hromada", "possible_hostilities", "2022-09-12"),
    period(DERHACHI, "", "hromada", "active_hostilities", "2022-02-24", "2022-09-15", "part"),
    period(DERHACHI, "0200000001", "settlement", "temporarily_occupied", "2022-03-01", "2022-09-10"),
    period(DERHACHI, "0300000002", "settlement", "temporarily_occupied", "2022-03-01", "2022-09-10"),
    period("UA6304", "", "raion", "temporarily_occupied", "2022-04-01", "2022-09-10"),
    period(IZIUM, "0200000003", "settlement", "possible_hostilities", "2022-09-11"),
]
VALUES = [
    figure("pop63", "population", "UA63", "2022-01-01", 2_598_961, producer="ukrstat"),
    figure(
        "urb63",
        "population",
        "UA63",
        "2022-01-01",
        2_111_127,
        producer="ukrstat",
        breakdown="settlement",
        category="urban",
    ),
    figure("pop-izium", "population", IZIUM, "2022-01-01", 50_000, producer="ukrstat", qualifier="about"),
    figure("idp63", "idps_registered", "UA63", "2025-06-05", 500_000),
    figure("idp01", "idps_registered", "UA01", "2025-06-05", "", status="x"),
    figure("idp80", "idps_registered", "UA80", "2025-06-05", 400_000),
    figure(
        "idp63-old",
        "idps_registered",
        "UA63",
        "2024-12-31",
        450_000,
        source_id="s2",
        note_uk="Примітка",
        note_en="Note",
    ),
    figure("idp63-iom", "idps_registered", "UA63", "2025-07-01", 510_000, producer="iom", source_id="s2"),
    figure("secret", "idps_registered", "UA85", "2025-06-05", 7, safe_to_publish=0),
    figure("flow", "buildings_damaged_in_period", "UA63", "2025-08-07", 12, unit="buildings", producer="kharkiv_ova")
    | {"period_start": "2025-08-01"},
    figure(
        "built", "objects_restored", "UA63", "2025-06-05", 30, unit="objects", producer="kharkiv_ova", qualifier="over"
    ),
    figure("broken", "buildings_damaged", "UA63", "2025-06-05", 120, unit="objects", producer="kharkiv_ova"),
]
ROWS = {
    "territories": TERRITORIES,
    "sources": SOURCES,
    "producers": PRODUCERS,
    "territory-names": NAMES,
    "territory-status": PERIODS,
    "published-values": VALUES,
}


def write(path: Path, kind: str, rows: list[dict], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write rows as a file of this kind."""
    columns = [column.name for column in KINDS[kind].columns if not column.optional_column]
    columns += [name for name in dict.fromkeys(name for row in rows for name in row) if name not in columns]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_all(folder: Path) -> list[tuple[str, Path]]:
    """All kinds as files, in the order in which they are loaded."""
    return [(kind, write(folder / FILES[kind], kind, rows)) for kind, rows in ROWS.items()]


def sample_rows(kind: str) -> list[dict]:
    """The sample data as plain dictionaries of text, read without any of our code."""
    with (SAMPLE / FILES[kind]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIRST_OF_MAY = datetime(2026, 5, 1, 12)


LATER = FIRST_OF_MAY + timedelta(days=10)


REASONS = ("Помилка у джерелі", "A mistake in the source")


SMALL_DOUBT = ["There are 4 regions instead of 27; load the whole territories file."]
