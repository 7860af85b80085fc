"""Figures of movements, projects, aid and claims: small tables added up by hand, on both databases alike."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from data_access import Audience, cells, connect, project_tables, record_tables
from data_access import tables as t
from data_access.pipeline.publish.release import publish
from tests.support.small import DERHACHI, IZIUM, KHARKIV

SOURCE = "training_partner"
NOW = datetime(2026, 11, 24)
COORDINATOR = Audience("coordinator")


@pytest.fixture
def batch(engine) -> dict:
    """What every record bears: its source and batch."""
    with engine.begin() as connection:
        connection.execute(insert(t.source).values(source_id=SOURCE, title="P", publisher_uk="П", publisher_en="P"))
        connection.execute(insert(t.producer).values(producer=SOURCE, name_uk="П", name_en="P"))
        counts = {"rows": 1, "added": 1, "changed": 0, "removed": 0}
        moment = datetime.now(UTC).replace(tzinfo=None)
        row = {"kind": "x", "state": "loaded", "loaded_at": moment, **counts}
        key = connection.execute(insert(t.batch).values(**row)).inserted_primary_key[0]
    return {"source_id": SOURCE, "batch_id": key}


@pytest.fixture
def seen(engine, small_url, batch):
    """Put records into a table, publish; returns {(territory, category, period end): value or mark} of an indicator."""

    def seeing(table, rows, indicator, *, audience=COORDINATOR, breakdown=None):
        if rows:
            with engine.begin() as connection:
                connection.execute(insert(table), [{**batch, **row} for row in rows])
        publish(engine, now=NOW)
        frame = cells(connect(small_url), indicator, audience=audience, breakdown=breakdown)
        return {
            (row.territory_code, row.category, str(row.period_end)[:10]): row.status or row.value
            for row in frame.itertuples()
        }

    return seeing


@pytest.fixture
def moves(engine, batch):
    """Three months of movements; the cohort's text is the note."""
    with engine.begin() as connection:
        text = {"definition_uk": "Абоненти", "definition_en": "Subscribers", "batch_id": batch["batch_id"]}
        connection.execute(insert(record_tables.cohort).values(cohort="c1", **text))
    rows = []
    for month in (7, 8, 9):
        for origin, destination, count in ((KHARKIV, "UA80", 100), ("UA80", KHARKIV, 7), (KHARKIV, DERHACHI, 30)):
            row = {"kind": "migration", "period_start": date(2026, month, 1), "cohort": "c1"}
            row |= {"origin_code": origin, "destination_code": destination, "subscribers": count, "persons": 2 * count}
            rows.append(row)
    rows.append(rows[0] | {"period_start": date(2026, 10, 1), "subscribers": 900, "persons": 900})
    return rows


def test_moves_across_an_oblasts_border_by_month_and_by_the_other_oblast(seen, moves):
    out = seen(record_tables.movement, moves, "migration_out")
    months = {key: value for key, value in out.items() if len(key[0]) == 4}
    assert {key[2] for key in months} == {"2026-07-31", "2026-08-31", "2026-09-30"}  # October is too young
    assert months["UA63", "", "2026-09-30"] == 200 == months["UA63", "oblast_UA80", "2026-09-30"]
    assert months["UA80", "oblast_UA63", "2026-09-30"] == 14
    public = seen(record_tables.movement, [], "migration_out", audience=Audience())
    assert public["UA63", "oblast_UA80", "2026-09-30"] == 200 and public["UA80", "", "2026-09-30"] == "c"


def test_moves_of_a_hromada_by_quarter_only_outside_hostilities(seen, moves):
    public = seen(record_tables.movement, moves, "migration_in", audience=Audience())
    assert public[DERHACHI, "", "2026-09-30"] == 180
    assert not any(code in (KHARKIV, IZIUM) for code, _, _ in public)  # the list is old: possible hostilities count
    exact = seen(record_tables.movement, [], "migration_in")
    assert exact[KHARKIV, "", "2026-09-30"] == 42 and exact[DERHACHI, "", "2026-09-30"] == 180


def test_commuters_of_a_quarter_are_an_average_and_no_sum(seen, moves):
    commuters = [row | {"kind": "commuting"} for row in moves]
    assert seen(record_tables.movement, commuters, "commuting_in")[DERHACHI, "", "2026-09-30"] == 60


def test_the_cohort_stands_at_every_figure(seen, moves, small_url):
    seen(record_tables.movement, moves, "migration_in")
    notes = cells(connect(small_url), "migration_in", audience=COORDINATOR, breakdown=None)["note_en"]
    assert (notes == "Subscribers").all() and len(notes)


PROJECT = {"sector": "other", "currency": "uah", "updated_on": date(2026, 10, 5), "restricted": False}
PROJECTS = [
    {"project_id": "1", "territory_code": KHARKIV, "stage": "completed", "budget": 100.0, "paid": 90.0, **PROJECT},
    {"project_id": "2", "territory_code": KHARKIV, "stage": "funded", "budget": 50.0, "paid": None, **PROJECT},
    {"project_id": "3", "territory_code": KHARKIV, "stage": "registered", "budget": 7.0, "paid": None, **PROJECT}
    | {"restricted": True},
    {"project_id": "4", "territory_code": "UA80", "stage": "contracted", "budget": 9.0, "paid": None, **PROJECT}
    | {"currency": "usd"},
]


@pytest.mark.parametrize("audience", [Audience(), COORDINATOR])
def test_projects_count_in_every_stage_that_they_have_reached(seen, audience):
    found = seen(project_tables.project, PROJECTS, "projects_by_stage", audience=audience)
    counts = {(code, category): value for (code, category, day), value in found.items() if day == "2026-10-05"}
    assert [counts[KHARKIV, c] for c in ("", "registered", "funded", "contracted", "completed")] == [2, 2, 2, 1, 1]
    assert [counts["UA63", c] for c in ("", "registered", "funded", "contracted", "completed")] == [3, 3, 2, 1, 1]
    assert counts["UA", ""] == 4 and counts["UA", "completed"] == 1


def test_money_of_projects_in_hryvnias_only_and_no_zero_for_what_is_unknown(seen):
    assert seen(project_tables.project, PROJECTS, "projects_budget_uah", audience=Audience()) == {
        (KHARKIV, "", "2026-10-05"): 150,
        ("UA63", "", "2026-10-05"): 157,
        ("UA", "", "2026-10-05"): 157,
    }
    assert set(seen(project_tables.project, [], "projects_paid_uah")) == {
        (c, "", "2026-10-05") for c in (KHARKIV, "UA63", "UA")
    }
    assert seen(project_tables.project, [], "projects_funded_uah") == {}


def aid(key: str, code: str, people: int | None, **more) -> dict:
    row = {"activity_id": key, "territory_code": code, "sector": "aid_food", "start_on": date(2026, 10, 3)}
    return row | {"people": people, "unit": "uah", "requested": None, "pledged": None, "delivered": 10.0} | more


ACTIVITIES = [
    aid("1", DERHACHI, 444),
    aid("2", DERHACHI, 4, sector="aid_medical", delivered=None, requested=99.0, unit="usd"),
    aid("3", KHARKIV, 1000),  # inside hostilities
    aid("4", "UA80", None, sector="aid_medical"),
]


def test_aid_is_public_per_oblast_without_communities_inside_hostilities(seen):
    public = seen(record_tables.aid_activity, ACTIVITIES, "aid_people_reached", audience=Audience())
    assert {code for code, _, _ in public} == {"UA63", "UA"}
    assert public["UA63", "", "2026-10-31"] == 450
    assert public["UA63", "aid_medical", "2026-10-31"] == "c"
    exact = seen(record_tables.aid_activity, [], "aid_people_reached")
    assert exact[KHARKIV, "", "2026-10-31"] == 1000 and exact["UA63", "", "2026-10-31"] == 448


def test_aid_activities_and_money_in_its_own_currency(seen):
    public = seen(record_tables.aid_activity, ACTIVITIES, "aid_activities", audience=Audience())
    assert (public["UA", "", "2026-10-31"], public["UA63", "aid_food", "2026-10-31"]) == (3, 1)
    assert seen(record_tables.aid_activity, [], "aid_delivered", audience=Audience())["UA63", "", "2026-10-31"] == 10
    assert seen(record_tables.aid_activity, [], "aid_requested", audience=Audience())["UA63", "", "2026-10-31"] == 99


CLAIMS = [
    {"territory_code": KHARKIV, "category": "B1.1", "as_of": date(2026, 9, 1), "eligible": 10, "documented": 1},
    {"territory_code": KHARKIV, "category": "B1.1", "as_of": date(2026, 10, 1), "eligible": 12, "documented": 5},
    {"territory_code": KHARKIV, "category": "C3.1", "as_of": date(2026, 8, 1), "eligible": 3, "documented": None},
    {"territory_code": IZIUM, "category": "B1.1", "as_of": date(2026, 7, 1), "eligible": 4, "documented": 0},
]


def test_claims_are_for_members_and_the_newest_of_each_category_counts(seen):
    assert seen(record_tables.claim_file, CLAIMS, "claim_objects_eligible", audience=Audience()) == {}
    own = seen(record_tables.claim_file, [], "claim_objects_eligible", audience=Audience("member", KHARKIV))
    assert own == {
        (KHARKIV, "", "2026-10-01"): 15,
        (KHARKIV, "B1.1", "2026-10-01"): 12,
        (KHARKIV, "C3.1", "2026-08-01"): 3,
    }
    everywhere = seen(record_tables.claim_file, [], "claim_objects_documented")
    assert everywhere["UA63", "", "2026-10-01"] == 5 and everywhere[IZIUM, "", "2026-07-01"] == 0
