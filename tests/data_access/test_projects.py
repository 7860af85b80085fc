"""Projects of an OC4IDS package: all stands there as the package says it, without persons and addresses."""

from datetime import date

import pytest
from sqlalchemy import select

from data_access import Audience, cells, connect, project_tables
from data_access.pipeline.intake.load import load
from data_access.pipeline.projects.parts import PRIVATE
from data_access.pipeline.publish.release import publish
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_projects import BRIDGE, SCHOOL, projects, with_change, write_package
from tests.support.loading import contents
from tests.support.small import CRIMEAN, DERHACHI, IZIUM, KHARKIV

pytestmark = pytest.mark.first_case_on_postgresql


def loading(engine, path, **how):
    return load(engine, [("projects", path)], source="s1", **how)[0]


def rows(engine, table, project=SCHOOL) -> list:
    with engine.connect() as connection:
        found = select(table).where(table.c.project_id == project["id"]).order_by(*table.primary_key)
        return connection.execute(found).all()


def project_row(engine, project=SCHOOL):
    (row,) = rows(engine, project_tables.project, project)
    return row


def changed(engine, tmp_path, path: str, value: object, project=SCHOOL):
    """The row of a project of which one member is another, or is absent."""
    loading(engine, write_package(tmp_path / "changed.json", with_change(project, path, value)))
    return project_row(engine, project)


def refusal(engine, tmp_path, *projects) -> str:
    before = contents(engine)
    with pytest.raises(RejectedFile) as caught:
        loading(engine, write_package(tmp_path / "dream.json", *projects))
    assert contents(engine) == before
    return str(caught.value)


def test_a_project_stands_as_the_package_tells_it(engine, tmp_path):
    done = loading(engine, projects(tmp_path))
    assert (done.own.what, done.own.added) == ("project", 2)
    row = project_row(engine)
    assert (row.title_uk, row.title_en) == (
        "Капітальний ремонт ліцею № 2 у місті Дергачі",
        "Overhaul of lyceum No 2 in Derhachi",
    )
    assert (row.territory_code, row.sector, row.kind, row.restricted) == (
        DERHACHI,
        "education_sector",
        "rehabilitation",
        False,
    )
    # in UAH: budget 12.5 m; funded 10 m of the World Bank, not 50,000 USD; paid 2 m + 1.5 m
    assert (row.currency, row.budget, row.funded, row.contracted, row.paid) == (
        "uah",
        12_500_000.5,
        10_000_000,
        7_000_000,
        3_500_000.25,
    )
    assert (row.physical_progress, row.financial_progress) == (45.5, 28)
    assert (row.stage, row.registered_on, row.funded_on, row.contracted_on, row.completed_on) == (
        "contracted",
        date(2024, 1, 15),
        date(2024, 3, 10),
        date(2024, 5, 20),
        None,
    )
    assert (row.start_on, row.end_on, row.updated_on) == (date(2024, 2, 1), date(2026, 12, 31), date(2026, 3, 2))
    assert row.url == "https://dream.gov.ua/ua/project/DREAM-UA-240115-1A2B3C4D/profile"


def test_the_parts_of_a_project_stand_each_in_its_table(engine, tmp_path):
    loading(engine, projects(tmp_path))
    finance = [
        (row.number, row.funder, row.amount, row.currency) for row in rows(engine, project_tables.project_finance)
    ]
    assert finance == [(1, "World Bank", 10_000_000, "uah"), (2, "Дергачівська міська рада", 50_000, "usd")]
    contracts = [
        (row.contract_id, row.supplier, row.supplier_edrpou, row.amount, row.currency, row.signed_on)
        for row in rows(engine, project_tables.project_contract)
    ]
    assert contracts == [
        ("ocds-be6bcu-UA-2024-04-01-000123-a", PRIVATE, "", 7_000_000, "uah", date(2024, 5, 20)),
        ("ocds-be6bcu-UA-2024-07-01-000456-b", "ТОВ «Нагляд»", "38765432", 20_000, "eur", date(2024, 7, 15)),
    ]
    payments = [(row.paid_on, row.amount, row.payer, row.payee) for row in rows(engine, project_tables.payment)]
    assert payments == [
        (date(2024, 6, 10), 2_000_000, "Дергачівська міська рада", PRIVATE),
        (date(2024, 9, 10), 1_500_000.25, "", ""),
    ]
    assert [(row.title, row.due_on) for row in rows(engine, project_tables.project_milestone)] == [
        ("Введення в експлуатацію", date(2026, 12, 31)),
        ("Дах", date(2025, 6, 1)),
    ]
    assert [
        (row.reported_on, row.physical, row.financial) for row in rows(engine, project_tables.project_progress)
    ] == [
        (date(2024, 8, 1), 20, 28),
        (date(2025, 8, 1), 45.5, None),
    ]
    assert [(row.role, row.name, row.edrpou) for row in rows(engine, project_tables.project_party)] == [
        ("publicAuthority", "Дергачівська міська рада", "04058858"),
        ("buyer", "Дергачівська міська рада", "04058858"),
        ("supplier", PRIVATE, ""),
    ]


def test_persons_contacts_and_coordinates_are_stored_nowhere(engine, tmp_path):
    loading(engine, projects(tmp_path))
    held = str(contents(engine))
    for secret in ("Шевчук", "3012345678", "Петренко", "0671112233", "123-45-67", "@example", "Сумський", "36.12"):
        assert secret not in held
    assert "Заміна вікон і даху." in held


def test_the_same_package_twice_changes_nothing(engine, tmp_path):
    loading(engine, projects(tmp_path))
    before = contents(engine)
    assert "nothing changed" in str(loading(engine, projects(tmp_path)))
    assert contents(engine) == before


def test_a_newer_package_corrects_a_project_with_all_its_parts_and_leaves_the_others(engine, tmp_path):
    loading(engine, projects(tmp_path))
    bridge = project_row(engine, BRIDGE)
    newer = with_change(with_change(SCHOOL, "contractingProcesses", None), "status", "preparation")
    loading(engine, write_package(tmp_path / "newer.json", newer))
    assert project_row(engine).stage == "funded" and project_row(engine).contracted is None
    assert not rows(engine, project_tables.project_contract) and not rows(engine, project_tables.payment)
    assert len(rows(engine, project_tables.project_finance)) == 2 and project_row(engine, BRIDGE) == bridge


def test_a_whole_package_removes_the_projects_it_lacks(engine, tmp_path):
    loading(engine, projects(tmp_path))
    load(engine, [("projects", projects(tmp_path))], source="s2")
    done = loading(engine, write_package(tmp_path / "whole.json", BRIDGE), whole=True)
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 0, 1)
    for table in (project_tables.project, *project_tables.PROJECT_PARTS):
        assert {row.source_id for row in rows(engine, table)} == {"s2"}, table.name
    assert len(rows(engine, project_tables.project, BRIDGE)) == 2


@pytest.mark.parametrize(
    ("path", "value", "stage"),
    [
        ("status", "completed", "completed"),
        ("status", "cancelled", "contracted"),
        ("contractingProcesses", [], "funded"),
        ("contractingProcesses", [{"id": "x", "summary": {"title": "Без договору"}}], "funded"),
    ],
)
def test_the_stage_is_the_last_one_reached(engine, tmp_path, path, value, stage):
    assert changed(engine, tmp_path, path, value).stage == stage


def test_a_project_without_finance_or_contract_is_registered(engine, tmp_path):
    row = changed(engine, tmp_path, "status", "identification", BRIDGE)
    assert (row.stage, row.budget, row.funded, row.contracted, row.paid) == ("registered", 90_000_000, None, None, None)


def test_a_broken_down_budget_counts_as_finance_where_none_is_told(engine, tmp_path):
    parts = [
        {"id": "1", "amount": {"amount": 5, "currency": "UAH"}},
        {"id": "2", "amount": {"amount": 6, "currency": "UAH"}},
    ]
    row = changed(engine, tmp_path, "budget/budgetBreakdown", parts, BRIDGE)
    assert (row.stage, row.funded) == ("funded", 11)
    row = changed(engine, tmp_path, "budget/budgetBreakdown", parts)
    assert row.funded == 10_000_000  # its sources of finance are told


@pytest.mark.parametrize(
    ("codes", "place"),
    [
        ([DERHACHI], DERHACHI),
        ([DERHACHI + "0" * 10], DERHACHI),
        ([DERHACHI + "0010031578", DERHACHI + "0020031579"], DERHACHI),
        ([DERHACHI, IZIUM], "UA63"),
        (["UA6312"], "UA63"),
        (["UA63" + "0" * 15], "UA63"),
        ([DERHACHI, CRIMEAN], "UA"),
        (["UA80000000000126643"], "UA80"),  # a district of Kyiv
        ([], "UA"),
    ],
)
def test_the_place_is_the_smallest_unit_that_holds_all_that_are_named(engine, tmp_path, codes, place):
    assert changed(engine, tmp_path, "locations/0/gazetteer/identifiers", codes).territory_code == place


def test_a_project_without_a_place_counts_for_the_country_only(engine, small_url, tmp_path):
    unplaced = with_change(SCHOOL, "locations", None)
    done = loading(engine, write_package(tmp_path / "u.json", unplaced, BRIDGE))
    assert done.remarks == ("without a KATOTTG code or P-code, and counted for the country only: 1 project.",)
    publish(engine)
    frame = cells(connect(small_url), "projects_by_stage", audience=Audience("coordinator"), breakdown="")
    assert dict(zip(frame["territory_code"], frame["value"], strict=True)) == {"UA": 2, "UA63": 1}


def test_places_are_found_where_dream_keeps_them_too(engine, tmp_path):
    location = {"gazetteer": {"scheme": "UA-CATOTTG", "identifiers": [IZIUM + "0" * 10]}}
    elsewhere = with_change(SCHOOL, "locations", None) | {"approaches": [{"items": [{"locations": [location]}]}]}
    loading(engine, write_package(tmp_path / "approach.json", elsewhere))
    assert project_row(engine).territory_code == IZIUM
    assert (
        changed(engine, tmp_path, "locations/0", {"address": {"region": KHARKIV + "0" * 10}}).territory_code == KHARKIV
    )


REFUSED = [
    ("id", "3012345678", "dream.json, project number 1, id: a number of ten digits may be a person's tax number"),
    ("id", None, "project number 1, id: is missing"),
    ("updated", None, "updated: is missing or in the future"),
    ("updated", "2999-01-01", "updated: 2999-01-01 is not between"),
    ("title", None, "title: is missing; a project needs a title"),
    ("title", "=1+1", "title: looks like a formula"),
    ("status", "done", "status: 'done' is not one of identification, preparation"),
    ("period/startDate", "весна", "period/startDate: is not a date; write it as 2025-11-10"),
    ("budget/amount/amount", "багато", "budget/amount/amount: is not a number"),
    ("budget/amount/amount", -5, "budget/amount/amount: is not between 0 and"),
    ("budget/amount/amount", 10**40, "budget/amount/amount: is not between 0 and"),
    ("budget/amount/amount", True, "budget/amount/amount: is not a number"),
    ("budget/amount/currency", "грн", "budget/amount/currency: is not a currency"),
    ("budget/finance", {}, "budget/finance: is not a list"),
    ("parties/1", "Шевчук", "parties/1: is not an object"),
    ("metrics/0/observations/1/measure", 101, "metrics/0/observations/1/measure: is not between 0 and 100"),
    ("locations/0/gazetteer/identifiers", ["UA63129990000000000"], "locations: 'UA63129990000000000' is not a known"),
    ("locations/0/gazetteer/identifiers", ["UA99"], "locations: 'UA99' is not a known KATOTTG code or P-code"),
]


@pytest.mark.parametrize(("path", "value", "said"), REFUSED, ids=[f"{path} {value}" for path, value, _ in REFUSED])
def test_a_fault_is_told_by_file_project_and_path(engine, tmp_path, path, value, said):
    told = refusal(engine, tmp_path, with_change(SCHOOL, path, value), BRIDGE)
    assert told.startswith("dream.json, project ") and said in told
    assert "3012345678" not in told


def test_the_project_is_named_by_its_id_and_a_repeated_one_is_refused(engine, tmp_path):
    told = refusal(engine, tmp_path, BRIDGE, SCHOOL, with_change(BRIDGE, "type", 5))
    assert f"dream.json, project '{BRIDGE['id']}', id: repeats project number 1 of the file" in told
    assert f"dream.json, project '{BRIDGE['id']}', type: is not a text" in told


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"projects": []}', '{"projects": 5}', '{"projects": NaN}', "[" * 9**5]
)
def test_what_is_no_package_is_refused(engine, tmp_path, content):
    (path := tmp_path / "p.json").write_text(content)
    with pytest.raises(RejectedFile, match=r"p\.json: (is no|holds no)"):
        loading(engine, path)
