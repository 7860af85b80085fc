"""A small OC4IDS package as DREAM publishes it, fit for the database of small.py; and how to change and write it."""

import copy
import json
from pathlib import Path

from tests.support.small import DERHACHI, KHARKIV

SETTLEMENT = f"{DERHACHI}0010031578"  # a town in its hromada, as DREAM names places
SCHOOL = {
    "id": "oc4ids-ua0001-DREAM-UA-240115-1A2B3C4D",
    "updated": "2026-03-02T09:15:00+02:00",
    "title": [
        {"lang": "uk", "translation": "Капітальний ремонт ліцею № 2 у місті Дергачі"},
        {"lang": "en", "translation": "Overhaul of lyceum No 2 in Derhachi"},
    ],
    "description": "Заміна вікон і даху.\nКонтакт: Іваненко, +38 (067) 123-45-67, ivanenko@example.org",
    "status": "implementation",
    "type": "rehabilitation",
    "sector": ["education"],
    "period": {"startDate": "2024-02-01T00:00:00Z", "endDate": "2026-12-31T00:00:00Z"},
    "identificationPeriod": {"startDate": "2024-01-15"},
    "locations": [
        {
            "id": "1",
            "geometry": {"type": "Point", "coordinates": [36.123456, 50.114567]},
            "gazetteer": {"scheme": "UA-CATOTTG", "identifiers": [SETTLEMENT]},
            "address": {"streetAddress": "вулиця Сумський Шлях, 77", "locality": "Дергачі"},
        }
    ],
    "budget": {
        "amount": {"amount": 12_500_000.5, "currency": "UAH"},
        "approvalDate": "2024-03-10T00:00:00Z",
        "finance": [
            {
                "id": "1",
                "value": {"amount": 10_000_000, "currency": "UAH"},
                "financingParty": {"id": "XM-DAC-44000", "name": "World Bank"},
                "period": {"startDate": "2024-03-01"},
            },
            {"id": "2", "value": {"amount": 50_000, "currency": "USD"}, "financingParty": {"id": "UA-EDR-04058858"}},
        ],
    },
    "parties": [
        {
            "id": "UA-EDR-04058858",
            "name": "Дергачівська міська рада",
            "identifier": {"scheme": "UA-EDR", "id": "04058858", "legalName": "Дергачівська міська рада"},
            "contactPoint": {"name": "Петренко Олена", "telephone": "+380671112233", "email": "rada@example.org"},
            "people": [{"id": "1", "name": "Петренко Олена", "jobTitle": "Начальниця відділу"}],
            "roles": ["publicAuthority", "buyer"],
        },
        {
            "id": "UA-IPN-3012345678",
            "name": "ФОП Шевчук Тарас Іванович",
            "identifier": {"scheme": "UA-IPN", "id": "3012345678"},
            "roles": ["supplier"],
        },
    ],
    "contractingProcesses": [
        {
            "id": "ocds-be6bcu-UA-2024-04-01-000123-a",
            "summary": {
                "title": "Ремонт даху",
                "status": "active",
                "suppliers": [{"id": "UA-IPN-3012345678", "name": "ФОП Шевчук Тарас Іванович"}],
                "contractValue": {"amount": 7_000_000, "currency": "UAH"},
                "contractPeriod": {"startDate": "2024-05-20", "endDate": "2025-12-31"},
                "documents": [{"id": "1", "url": "https://prozorro.gov.ua/tender/UA-2024-04-01-000123-a"}],
                "milestones": [{"id": "1", "title": "Дах", "status": "met", "dueDate": "2025-06-01"}],
                "transactions": [
                    {
                        "id": "1",
                        "date": "2024-06-10",
                        "value": {"amount": 2_000_000, "currency": "UAH"},
                        "payer": {"id": "UA-EDR-04058858", "name": "Дергачівська міська рада"},
                        "payee": {"id": "UA-IPN-3012345678", "name": "ФОП Шевчук Тарас Іванович"},
                    },
                    {"id": "2", "date": "2024-09-10", "value": {"amount": 1_500_000.25, "currency": "UAH"}},
                ],
            },
        },
        {
            "id": "ocds-be6bcu-UA-2024-07-01-000456-b",
            "summary": {
                "title": "Технічний нагляд",
                "status": "active",
                "suppliers": [
                    {"id": "38765432", "name": "ТОВ «Нагляд»", "identifier": {"scheme": "UA-EDR", "id": "38765432"}}
                ],
                "contractValue": {"amount": 20_000, "currency": "EUR"},
            },
            "releases": [{"id": "r1", "tag": ["contract"], "date": "2024-07-15T12:00:00Z"}],
        },
    ],
    "metrics": [
        {
            "id": "physicalProgress",
            "observations": [
                {"id": "1", "measure": "20", "period": {"endDate": "2024-08-01"}},
                {"id": "2", "measure": 45.5, "period": {"endDate": "2025-08-01"}},
            ],
        },
        {
            "id": "financialProgress",
            "observations": [{"id": "1", "measure": "28", "period": {"endDate": "2024-08-01"}}],
        },
    ],
    "milestones": [{"id": "1", "title": "Введення в експлуатацію", "status": "scheduled", "dueDate": "2026-12-31"}],
}
BRIDGE = {
    "id": "oc4ids-ua0001-DREAM-UA-250320-AAAABBBB",
    "updated": "2026-02-01T00:00:00Z",
    "title": "Відновлення мосту через річку Лопань",
    "status": "preparation",
    "type": "reconstruction",
    "sector": ["transport", "transport.road"],
    "locations": [{"id": "1", "gazetteer": {"scheme": "UA-CATOTTG", "identifiers": [KHARKIV + "0" * 10]}}],
    "budget": {"amount": {"amount": 90_000_000, "currency": "UAH"}},
}
PACKAGE = {
    "version": "0.9",
    "publishedDate": "2026-03-03T00:00:00Z",
    "publisher": {"name": "DREAM"},
    "projects": [SCHOOL, BRIDGE],
}


def with_change(record: dict, path: str, value: object) -> dict:
    """A copy of the record with another value at the path (budget/finance/0/value); None removes it."""
    changed = copy.deepcopy(record)
    *before, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    place = changed
    for part in before:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return changed


def write_package(path: Path, *projects: object) -> Path:
    path.write_text(json.dumps(PACKAGE | {"projects": list(projects)}, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def projects(folder: Path) -> Path:
    return write_package(folder / "projects.json", SCHOOL, BRIDGE)
