"""A small valid file of each kind of records, fit for the database of small.py; and how to write others."""

from collections.abc import Callable
from pathlib import Path

from tests.support.examples_lists import write_table
from tests.support.examples_projects import projects
from tests.support.small import DERHACHI, IZIUM, KHARKIV

COHORT = {
    "cohort": "kyivstar_2022_02",
    "cohort_uk": "Абоненти оператора, активні в лютому 2022 року; поїздки за кордон не враховано",
    "cohort_en": "Subscribers active in February 2022; stays abroad are not seen",
}


def movement(origin: str, destination: str, subscribers: int, persons: int, **more) -> dict:
    row = {"origin": origin, "destination": destination, "period": "2026-09", "kind": "migration"}
    return row | {"subscribers": subscribers, "persons": persons, **COHORT} | more


MOVEMENTS = [
    movement(KHARKIV, DERHACHI, 120, 310),
    movement(DERHACHI, KHARKIV, 85, 204),
    movement(KHARKIV + "0" * 10, IZIUM, 40, 101, kind="commuting"),
    movement("UA80", IZIUM, 25, 61, kind="return", period="2026-08"),
    movement("UA80", "UA63", 900, 2150),
]


def aid_activity(activity_id: str, **more) -> dict:
    row = {
        "activity_id": activity_id,
        "organisation": "Товариство Червоного Хреста України",
        "organisation_kind": "ngo",
        "sector": "aid_food",
        "community": KHARKIV,
        "item": "продуктові набори",
        "status": "completed",
        "start_on": "2026-03-01",
        "end_on": "2026-05-31",
        "unit": "набори",
        "requested": "1500",
        "pledged": "1200",
        "delivered": "1100",
        "delivered_on": "2026-05-20",
        "people": "3300",
    }
    return row | more


AID = [
    aid_activity("TCHU-2026-017"),
    aid_activity(
        "UNHCR-88",
        organisation="УВКБ ООН",
        organisation_kind="un",
        sector="aid_shelter",
        community=DERHACHI + "0" * 10,
        item="ремонт житла",
        status="ongoing",
        end_on="",
        unit="uah",
        requested="25000000.50",
        pledged="20000000",
        delivered="",
        delivered_on="",
        people="",
    ),
]
TAGS = {
    "activity_id": "#activity+id",
    "organisation": "#org +name",
    "organisation_kind": "#org+type",
    "sector": "#sector",
    "community": "#adm3+code",
    "item": "#item+name",
    "status": "#status",
    "start_on": "#date+start",
    "end_on": "#date+end",
    "unit": "#item+unit",
    "requested": "#value+requested",
    "pledged": "#value+pledged",
    "delivered": "#value+delivered",
    "delivered_on": "#date+delivered",
    "people": "#reached+ind",
}


def tagged(rows: list[dict]) -> list[dict]:
    """The same with other names of columns, a row of tags below them, and a column that is nothing to us."""
    named = {name: f"Колонка {number}" for number, name in enumerate(TAGS, 1)}
    tags = {named[name]: tag for name, tag in TAGS.items()} | {"Область": "#adm1+name"}
    return [tags, *({named[name]: text for name, text in row.items()} | {"Область": "Харківська"} for row in rows)]


def claim_count(community: str, category: str, **counts) -> dict:
    steps = {"eligible": 40, "documented": 25, "valued": 12, "submitted": 7, "recorded": 5} | counts
    return {"community": community, "category": category, "as_of": "2026-06-30", **steps}


CLAIMS = [
    claim_count(KHARKIV, "B1.1"),
    claim_count(DERHACHI + "0" * 10, "C2.3", valued="", submitted=2, recorded=0),
    claim_count(DERHACHI, "B1.1", documented="", valued="", submitted="", recorded=""),
]


def movements(folder: Path) -> Path:
    return write_table(folder / "movements.csv", MOVEMENTS)


def aid(folder: Path) -> Path:
    return write_table(folder / "aid.csv", AID)


def aid_with_tags(folder: Path) -> Path:
    return write_table(folder / "aid_hxl.csv", tagged(AID))


def claims(folder: Path) -> Path:
    return write_table(folder / "claims.csv", CLAIMS)


EXAMPLES: dict[str, Callable[[Path], Path]] = {
    "projects": projects,
    "movements": movements,
    "aid": aid,
    "aid with HXL tags": aid_with_tags,
    "claims": claims,
}
