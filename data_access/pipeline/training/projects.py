"""Reconstruction projects as an OC4IDS 0.9.5 package: each as far along as its days say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from data_access.pipeline.training.country import Country
from data_access.pipeline.training.invented import organisation

FEWEST, MOST = 300, 5_000
FIRST = np.datetime64("2023-01-01")
WORKS = (  # OC4IDS sector, OC4IDS type, what it is, share
    ("education", "rehabilitation", "капітальний ремонт школи", "major repair of a school", 0.2),
    ("education", "construction", "будівництво шкільного укриття", "construction of a school shelter", 0.06),
    ("health", "rehabilitation", "ремонт амбулаторії", "repair of an outpatient clinic", 0.07),
    ("health", "rehabilitation", "відбудова лікарні", "rebuilding of a hospital", 0.05),
    ("socialHousing", "rehabilitation", "ремонт багатоквартирного будинку", "repair of an apartment building", 0.24),
    ("cultureSportsAndRecreation", "rehabilitation", "ремонт будинку культури", "repair of a cultural centre", 0.06),
    ("governance", "replacement", "новий ЦНАП", "a new administrative service centre", 0.06),
    ("transport.road", "rehabilitation", "ремонт дороги", "repair of a road", 0.12),
    ("waterAndWaste", "replacement", "заміна водогону", "replacement of a water main", 0.08),
    ("energy", "replacement", "відновлення котельні", "restoration of a boiler house", 0.06),
)
GAPS_DAYS = ((60, 300), (40, 200), (150, 600))  # to funding, to a contract, to completion
GOES_ON = (0.75, 0.8, 0.9)  # share that reaches each
STATUSES = ("identification", "preparation", "implementation", "completed")
DEAREST = 900_000_000
Part = dict[str, Any]  # of an OC4IDS package
Days = list[np.datetime64]
AUTHORITIES, FUNDERS, BUILDERS = range(100, 160), range(160, 172), range(200, 320)


def write_projects(country: Country, objects: int, path: Path) -> None:
    """A JSON file of one package, a project a line."""
    n, chance = int(np.clip(objects // 50, FEWEST, MOST)), country.chance("projects")
    weight = (0.001 + country.hazard.mean(axis=1)) * country.population**0.8 * ~country.occupied
    places = chance.choice(len(weight), n, p=weight / weight.sum())
    head: Part = {"version": "0.9.5", "uri": "https://example.org/training.json"}
    head["publishedDate"] = _moment(country.last_day)
    head["publisher"] = {"name": "Навчальний перелік проєктів (вигадано)"}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "projects": [\n')
        for number, place in enumerate(places):
            project = _project(country, chance, number + 1, place)
            file.write(",\n" * bool(number) + json.dumps(project, ensure_ascii=False))
        file.write("\n]}\n")


def _project(country: Country, chance: np.random.Generator, number: int, place: int) -> Part:
    sector, kind, what_uk, what_en, _ = WORKS[chance.choice(len(WORKS), p=[work[-1] for work in WORKS])]
    days = _days(country, chance)
    reached = len(days) - 1
    money = _money(chance, reached)
    authority, funder, builder = (organisation(int(chance.choice(who))) for who in (AUTHORITIES, FUNDERS, BUILDERS))
    code = f"training-{number:06d}"
    project: Part = {
        "id": f"oc4ids-{code}",
        "updated": _moment(min(days[-1] + 20, np.datetime64(country.last_day))),
        "title": f"Навчальний проєкт {number}: {what_uk}",
        "title_en": f"Training project {number}: {what_en}",
        "description": "Навчальні дані: проєкт вигадано. Training data: the project is invented.",
        "status": STATUSES[reached],
        "identificationPeriod": {"startDate": _moment(days[0])},
        "period": {"startDate": _moment(days[0]), "endDate": _moment(days[0] + 900 if reached < 3 else days[3])},
        "sector": [sector],
        "type": kind,
        "locations": [_location(country, place)],
        "budget": _budget(days, money, funder),
        "parties": _parties(authority, funder, builder, reached),
        "publicAuthority": _named(authority),
        "milestones": _milestones(days),
    }
    if reached >= 2:
        project["contractingProcesses"] = [_contract(code, days, money, authority, builder)]
        project["metrics"] = _progress(days, money)
    if reached == 3:
        project["completion"] = {"endDate": _moment(days[3]), "finalValue": _value(money["contracted"])}
    return project


def _days(country: Country, chance: np.random.Generator) -> Days:
    """Days of registration, funding, contract and completion, as far as it has come."""
    last_day = np.datetime64(country.last_day)
    days = [FIRST + int(chance.integers(0, (last_day - FIRST).astype(int) - 10))]
    for (shortest, longest), share in zip(GAPS_DAYS, GOES_ON, strict=True):
        following = days[-1] + int(chance.integers(shortest, longest))
        if following > last_day or chance.random() > share:
            break
        days.append(following)
    return days


def _money(chance: np.random.Generator, reached: int) -> dict[str, int]:
    """Budget, funded, contracted and paid, each within the one before, in whole thousands of UAH."""
    budget = min(float(chance.lognormal(16.6, 1.1)), DEAREST)
    funded = budget * chance.uniform(0.6, 1)
    contracted = funded * chance.uniform(0.85, 1)
    paid = contracted * (1 if reached == 3 else chance.uniform(0.05, 0.8))
    exact = {"budget": budget, "funded": funded, "contracted": contracted, "paid": paid}
    return {name: max(int(amount // 1000), 1) * 1000 for name, amount in exact.items()}


def _location(country: Country, place: int) -> Part:
    gazetteer = {"scheme": "KATOTTG", "identifiers": [str(country.katottg[place])]}
    return {"id": "1", "description": str(country.names_uk[place]), "gazetteer": gazetteer}


def _budget(days: Days, money: dict[str, int], funder: dict[str, str]) -> Part:
    budget: Part = {"amount": _value(money["budget"]), "requestDate": _moment(days[0])}
    if len(days) > 1:
        agreed = {"startDate": _moment(days[1])}
        finance = {"id": "1", "value": _value(money["funded"]), "financingParty": _named(funder), "period": agreed}
        budget |= {"approvalDate": _moment(days[1]), "finance": [finance]}
    return budget


def _parties(authority: dict[str, str], funder: dict[str, str], builder: dict[str, str], reached: int) -> list[Part]:
    roles = ((authority, ["publicAuthority", "buyer", "payer"]), (funder, ["funder"]), (builder, ["supplier", "payee"]))
    identifier = [{"scheme": "UA-EDR", "id": one["edrpou"]} for one, _ in roles]
    present = (True, reached >= 1, reached >= 2)
    return [
        {**_named(one), "identifier": named, "roles": does}
        for (one, does), named, there in zip(roles, identifier, present, strict=True)
        if there
    ]


def _contract(code: str, days: Days, money: dict[str, int], authority: dict[str, str], builder: dict[str, str]) -> Part:
    ocid = f"ocds-{code}"
    halves = (money["paid"] // 2, money["paid"] - money["paid"] // 2)
    between = {"payer": _named(authority), "payee": _named(builder)}
    transactions = [
        {"id": f"{ocid}-{n + 1}", "date": _moment(day), "value": _value(amount), **between}
        for n, (day, amount) in enumerate(zip((days[2], days[-1]), halves, strict=True))
    ]
    summary = {
        "ocid": ocid,
        "title": "Навчальний договір підряду (вигадано)",
        "status": "closed" if len(days) > 3 else "active",
        "suppliers": [_named(builder)],
        "contractValue": _value(money["contracted"]),
        "contractPeriod": {"startDate": _moment(days[2]), "endDate": _moment(days[2] + 600)},
        "transactions": transactions,
    }
    return {"id": ocid, "summary": summary}


def _milestones(days: Days) -> list[Part]:
    titles = ("Проєкт зареєстровано", "Кошти виділено", "Договір укладено", "Роботи завершено")
    due = [*days, *(days[-1] + 180 * (step + 1) for step in range(len(titles) - len(days)))]
    milestones = []
    for number, (title, day) in enumerate(zip(titles, due, strict=True)):
        met = {"status": "met", "dateMet": _moment(day)} if number < len(days) else {"status": "scheduled"}
        milestones.append({"id": str(number + 1), "title": title, "type": "delivery", "dueDate": _moment(day), **met})
    return milestones


def _progress(days: Days, money: dict[str, int]) -> list[Part]:
    done = 100 * money["paid"] / money["contracted"]
    shares = {"physicalProgress": min(done * 1.1, 100), "financialProgress": done}
    return [
        {"id": name, "title": name, "observations": [_observation(days[-1], share)]} for name, share in shares.items()
    ]


def _observation(day: np.datetime64, share: float) -> Part:
    period = {"startDate": _moment(day), "endDate": _moment(day)}
    percent = {"name": "percent", "id": "P1", "scheme": "UNCEFACT"}
    return {"id": "1", "measure": f"{share:.0f}", "unit": percent, "period": period}


def _named(one: dict[str, str]) -> Part:
    return {"id": one["id"], "name": one["name"]}


def _value(amount: int) -> Part:
    return {"amount": amount, "currency": "UAH"}


def _moment(day: np.datetime64 | date) -> str:
    return f"{day}T00:00:00Z"
