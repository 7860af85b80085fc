"""Movements between places: counted by month, kind and cohort, as the operator hands them over."""

from datetime import date

import pytest
from sqlalchemy import select

from data_access import record_tables as r
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_lists import write_table
from tests.support.examples_records import COHORT, MOVEMENTS, movement, movements
from tests.support.loading import contents
from tests.support.small import DERHACHI, IZIUM, KHARKIV

pytestmark = pytest.mark.first_case_on_postgresql


def loading(engine, path, **how):
    return load(engine, [("movements", path)], source="s1", **how)[0]


def held(engine) -> set[tuple]:
    names = ("source_id", "kind", "period_start", "origin_code", "destination_code", "subscribers", "persons")
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(*(r.movement.c[name] for name in names)))}


def cohorts(engine) -> dict[str, tuple]:
    with engine.connect() as connection:
        return {code: tuple(texts) for code, *texts, _ in connection.execute(select(r.cohort))}


def refusal(engine, tmp_path, *rows) -> str:
    before = contents(engine)
    with pytest.raises(RejectedFile) as caught:
        loading(engine, write_table(tmp_path / "moves.csv", [*rows]))
    assert contents(engine) == before
    return str(caught.value)


def test_movements_and_their_cohort_stand_as_the_file_tells_them(engine, tmp_path):
    done = loading(engine, movements(tmp_path))
    assert [(part.what, part.added) for part in done.parts] == [("producer", 1), ("cohort", 1), ("movement", 5)]
    september, august = date(2026, 9, 1), date(2026, 8, 1)
    assert held(engine) == {
        ("s1", "migration", september, KHARKIV, DERHACHI, 120, 310),
        ("s1", "migration", september, DERHACHI, KHARKIV, 85, 204),
        ("s1", "commuting", september, KHARKIV, IZIUM, 40, 101),
        ("s1", "return", august, "UA80", IZIUM, 25, 61),
        ("s1", "migration", september, "UA80", "UA63", 900, 2150),
    }
    assert cohorts(engine) == {COHORT["cohort"]: (COHORT["cohort_uk"], COHORT["cohort_en"])}


def test_the_same_movements_twice_change_nothing(engine, tmp_path):
    loading(engine, movements(tmp_path))
    before = contents(engine)
    assert "nothing changed" in str(loading(engine, movements(tmp_path)))
    assert contents(engine) == before


def test_a_file_adds_and_corrects_and_a_whole_one_replaces(engine, tmp_path):
    loading(engine, movements(tmp_path))
    load(engine, [("movements", movements(tmp_path))], source="s2")
    newer = write_table(tmp_path / "n.csv", [MOVEMENTS[0] | {"persons": 320}, movement(IZIUM, KHARKIV, 20, 20)])
    done = loading(engine, newer)
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 1, 0)
    assert len(held(engine)) == 11
    done = loading(engine, newer, whole=True)
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 0, 4)
    assert len([row for row in held(engine) if row[0] == "s1"]) == 2
    assert len([row for row in held(engine) if row[0] == "s2"]) == 5


def test_a_newer_text_of_a_cohort_replaces_the_older_one(engine, tmp_path):
    loading(engine, movements(tmp_path))
    loading(engine, write_table(tmp_path / "n.csv", [MOVEMENTS[0] | {"cohort_uk": "Уточнено"}]))
    assert cohorts(engine) == {COHORT["cohort"]: ("Уточнено", COHORT["cohort_en"])}


REFUSED = [
    ({"kind": "tourism"}, "column \"kind\": 'tourism' is not one of commuting, migration, return"),
    ({"period": "2026-09-01"}, "column \"period\": '2026-09-01' is not a month; write it as 2026-09"),
    ({"period": "2026-13"}, "is not a month"),
    ({"period": "2999-01"}, "2999-01-31 is in the future"),
    ({"period": "2021-09"}, "2021-09-30 is before 24.02.2022"),
    ({"origin": "UA6312"}, 'column "origin": UA6312 is a raion; movements are between communities or regions'),
    ({"destination": "UA"}, "UA is a country"),
    ({"destination": "UA9999999"}, "'UA9999999' is not a known territory"),
    ({"destination": KHARKIV}, 'column "destination": is the same place as the origin'),
    ({"destination": KHARKIV + "0" * 10}, "is the same place as the origin"),
    ({"destination": KHARKIV, "kind": "return"}, "is the same place as the origin; return leads"),
    ({"persons": 119}, 'column "persons": 119 is fewer than the 120 subscribers'),
    ({"persons": 2401}, "2401 is more than 20 times the 120 subscribers"),
    ({"persons": 44_000_000, "subscribers": 40_000_000}, "more than the population of Ukraine"),
    ({"persons": "310.5"}, "'310.5' is not a whole number"),
    ({"subscribers": ""}, 'column "subscribers": the cell is empty here'),
    ({"cohort": ""}, 'column "cohort": the cell is empty here'),
    ({"cohort_en": ""}, 'column "cohort_en": is another text than in row 2'),
    ({"cohort": "other"}, 'column "cohort": is another cohort than in row 2'),
    (
        {"cohort": "0671234567", "kind": "return"},
        'column "cohort": a number of ten digits may be a person\'s tax number',
    ),
    ({"origin": "0671234567"}, 'column "origin": a number of ten digits is not a known territory'),
    ({"source_id": "s1"}, 'column "source_id": delete this column'),
]


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_faulty_movement_is_refused_by_name(engine, tmp_path, change, said):
    first = movement(DERHACHI, IZIUM, 20, 20) | dict.fromkeys(set(change) - set(MOVEMENTS[0]), "")
    told = refusal(engine, tmp_path, first, MOVEMENTS[0] | change)
    assert told.startswith("moves.csv") and said in told and "0671234567" not in told


def test_a_movement_that_stands_twice_is_refused(engine, tmp_path):
    twice = MOVEMENTS[0] | {"origin": KHARKIV + "0" * 10}
    assert "moves.csv, row 3" in (told := refusal(engine, tmp_path, MOVEMENTS[0], twice)) and "repeats row 2" in told


def test_the_month_under_way_is_read(engine, tmp_path):
    first = date.today().replace(day=1)
    loading(engine, write_table(tmp_path / "m.csv", [MOVEMENTS[0] | {"period": first.strftime("%Y-%m")}]))
    assert {row[2] for row in held(engine)} == {first}


def test_commuting_within_a_place_is_counted(engine, tmp_path):
    loading(engine, write_table(tmp_path / "c.csv", [movement(KHARKIV, KHARKIV, 20, 400, kind="commuting")]))
    assert len(held(engine)) == 1


def test_a_file_without_cohorts_is_refused(engine, tmp_path):
    rows = [{name: text for name, text in MOVEMENTS[0].items() if name != "cohort_uk"}]
    assert 'moves.csv, row 1, column "cohort_uk": the column is missing' in refusal(engine, tmp_path, *rows)
