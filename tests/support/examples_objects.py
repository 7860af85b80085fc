"""Damaged objects for the small database: a row, a file of rows, and the tallies worked out plainly."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from data_access import object_tables as o
from tests.support.small import DERHACHI, IZIUM, KHARKIV

PLACES = (IZIUM, KHARKIV, DERHACHI, "UA80")
COLUMNS = (
    *("object_id", "community", "object_type", "severity", "sector", "damaged_on", "reported_on", "floor_area_m2"),
    *("cost", "currency", "rd4u_category", "evidence", "owner_kind", "owner_edrpou"),
)


def damaged(object_id: str, community: str = IZIUM, **more) -> dict:
    """A row of a file; the rest is as plain as can be."""
    plain = {
        "object_type": "residential",
        "severity": "severe",
        "damaged_on": "2022-03-05",
        "reported_on": "2022-04-01",
    }
    return dict.fromkeys(COLUMNS, "") | {"object_id": object_id, "community": community} | plain | more


ROWS = [
    damaged("RD-1", floor_area_m2="54.5", cost="470632.24", currency="uah", evidence="valued", owner_kind="individual"),
    damaged("RD-2", KHARKIV, object_type="education", severity="destroyed", cost="1200000", currency="usd"),
    damaged("ДМ-3", "UA80", object_type="energy", owner_kind="state", owner_edrpou="00032112", rd4u_category="B1.2"),
    damaged("RD-4", KHARKIV + "0" * 10, damaged_on="05.06.2024", reported_on="2024-06-05", sector="transport"),
]


def write_objects(path: Path, rows: list[dict], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_parquet(path: Path, rows: list[dict]) -> Path:
    """The same rows with numbers and days as Parquet holds them."""
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    made = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    for name in ("floor_area_m2", "cost"):
        made[name] = pa.array([float(text) if text else None for text in columns[name]], pa.float64())
    days = ["-".join(reversed(text.split("."))) for text in columns["reported_on"]]
    made["reported_on"] = pa.array(days).cast(pa.date32())
    made["severity"] = made["severity"].dictionary_encode()
    pa.parquet.write_table(pa.table(made), path)
    return path


def held(engine) -> dict[tuple, dict]:
    """The objects in the database by source and id, without our own numbers."""
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(o.damaged_object.select()).mappings()]
    return {(row.pop("source_id"), row.pop("object_id")): row | {"id": 0, "batch_id": 0} for row in rows}


def plain_tallies(engine) -> dict[str, dict[tuple, tuple]]:
    """What the tallies must hold, by counting object by object."""
    found = {table.name: Counter() for table in o.TALLIES}
    sums: dict[tuple, dict[str, Decimal]] = defaultdict(dict)
    for (source, _), row in held(engine).items():
        damaged_month, reported_month = row["damaged_on"].replace(day=1), row["reported_on"].replace(day=1)
        place = row["territory_code"]
        key = (source, place, damaged_month, row["object_type"], row["severity"])
        found["damage_tally"][key] += 1
        found["evidence_tally"][source, place, row["rd4u_category"], row["owner_kind"], row["evidence"]] += 1
        found["report_tally"][source, damaged_month, reported_month] += 1
        for name, value in (("area", row["floor_area_m2"]), (row["currency"], row["cost"])):
            if value is not None:
                sums[key][name] = sums[key].get(name, 0) + Decimal(str(value))
                sums[key][f"n {name}"] = sums[key].get(f"n {name}", 0) + 1
    wanted = {name: {key: (count,) for key, count in counts.items()} for name, counts in found.items()}
    for key, (count,) in wanted["damage_tally"].items():
        own = sums[key]
        money = [part for name in ("uah", "usd") for part in (own.get(f"n {name}", 0), _float(own.get(name)))]
        wanted["damage_tally"][key] = (count, _float(own.get("area")), *money)
    return wanted


def tallies(engine) -> dict[str, dict[tuple, tuple]]:
    """What the tallies hold."""
    found = {}
    with engine.connect() as connection:
        for table in o.TALLIES:
            keys = len(table.primary_key)
            found[table.name] = {tuple(row[:keys]): tuple(row[keys:]) for row in connection.execute(table.select())}
    return found


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


PLAIN = [row | {"rd4u_category": ""} for row in ROWS]  # fit for a database without categories
EXAMPLES = {
    "damaged-objects": lambda folder: write_objects(folder / "objects.csv", PLAIN),
    "damaged-objects as Parquet": lambda folder: write_parquet(folder / "objects.parquet", PLAIN),
}
