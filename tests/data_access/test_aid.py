"""Aid: who does what where, in our columns or in others with a row of HXL tags."""

from datetime import date

import pytest
from sqlalchemy import select

from data_access import record_tables as r
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_lists import write_table
from tests.support.examples_records import AID, TAGS, aid, aid_activity, aid_with_tags, tagged
from tests.support.loading import contents
from tests.support.small import DERHACHI, KHARKIV

pytestmark = pytest.mark.first_case_on_postgresql


def loading(engine, path, **how):
    return load(engine, [("aid", path)], source="s1", **how)[0]


def held(engine, *names: str) -> set[tuple]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(*(r.aid_activity.c[name] for name in names)))}


def refusal(engine, tmp_path, *rows) -> str:
    before = contents(engine)
    with pytest.raises(RejectedFile) as caught:
        loading(engine, write_table(tmp_path / "3w.csv", [*rows]))
    assert contents(engine) == before
    return str(caught.value)


@pytest.mark.parametrize("example", [aid, aid_with_tags])
def test_aid_stands_as_the_file_tells_it(engine, tmp_path, example):
    done = loading(engine, example(tmp_path))
    assert (done.own.what, done.own.added) == ("aid record", 2)
    assert held(engine, "activity_id", "organisation", "organisation_kind", "sector", "territory_code", "status") == {
        ("TCHU-2026-017", "Товариство Червоного Хреста України", "ngo", "aid_food", KHARKIV, "completed"),
        ("UNHCR-88", "УВКБ ООН", "un", "aid_shelter", DERHACHI, "ongoing"),
    }
    assert held(engine, "item", "unit", "requested", "pledged", "delivered", "delivered_on", "people", "end_on") == {
        ("продуктові набори", "набори", 1500, 1200, 1100, date(2026, 5, 20), 3300, date(2026, 5, 31)),
        ("ремонт житла", "uah", 25_000_000.5, 20_000_000, None, None, None, None),
    }


def test_columns_without_a_place_of_ours_are_named_and_left_out(engine, tmp_path):
    done = loading(engine, aid_with_tags(tmp_path))
    assert done.remarks == ("left out, as the HXL tags do not say that aid needs them: Область.",)


def test_the_same_aid_twice_changes_nothing_with_tags_or_without(engine, tmp_path):
    loading(engine, aid(tmp_path))
    before = contents(engine)
    assert "nothing changed" in str(loading(engine, aid(tmp_path)))
    assert contents(engine) == before
    assert "nothing changed" in str(loading(engine, aid_with_tags(tmp_path)))


def test_a_file_adds_and_corrects_and_a_whole_one_replaces(engine, tmp_path):
    loading(engine, aid(tmp_path))
    load(engine, [("aid", aid(tmp_path))], source="s2")
    newer = write_table(tmp_path / "n.csv", [AID[0] | {"people": "3500"}, aid_activity("NEW-1")])
    done = loading(engine, newer)
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 1, 0)
    done = loading(engine, newer, whole=True)
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 0, 1)
    assert held(engine, "source_id", "activity_id", "people") == {
        ("s1", "TCHU-2026-017", 3500),
        ("s1", "NEW-1", 3300),
        ("s2", "TCHU-2026-017", 3300),
        ("s2", "UNHCR-88", None),
    }


REFUSED = [
    ({"sector": "food"}, "column \"sector\": 'food' is not one of aid_education, aid_food"),
    ({"status": "done"}, "'done' is not one of completed, ongoing, planned"),
    ({"community": "UA63"}, 'column "community": UA63 is a region; write the code of a community'),
    ({"community": "UA9999999"}, "'UA9999999' is not a known territory"),
    ({"organisation": ""}, 'column "organisation": the cell is empty here'),
    ({"start_on": "2999-01-01", "end_on": ""}, "2999-01-01 is in the future"),
    ({"start_on": "2999-01-01", "end_on": "", "status": "planned"}, "2999-01-01 is in the future; check the year"),
    ({"start_on": "2021-01-01"}, "2021-01-01 is before 24.02.2022"),
    ({"end_on": "2026-02-01"}, 'column "end_on": 2026-02-01 is before the start 2026-03-01'),
    ({"unit": ""}, 'column "unit": is empty beside amounts; write uah'),
    ({"unit": "UAH"}, "column \"unit\": 'UAH' is money; write uah or usd"),
    ({"unit": "грн"}, "'грн' is money; write uah or usd"),
    ({"unit": "12"}, 'column "unit": is not a unit'),
    ({"delivered_on": ""}, 'column "delivered_on": is empty beside delivered'),
    ({"delivered": ""}, 'column "delivered": is empty beside delivered_on'),
    ({"delivered_on": "2999-01-01"}, "2999-01-01 is in the future"),
    ({"requested": "-5"}, "-5 is not between 0 and"),
    ({"requested": "1,500"}, "is not a number (or can be read in two ways)"),
    ({"people": "3300.5"}, "'3300.5' is not a whole number"),
    ({"people": "50000000"}, "50000000 is more than the population of Ukraine"),
    ({"people": "9" * 30}, "is not a whole number"),
    ({"activity_id": "3012345678"}, 'column "activity_id": a number of ten digits may be a person\'s tax number'),
    ({"organisation": "3012345678"}, "a number of ten digits may be"),
    ({"organisation_kind": "x" * 33}, "is longer than 32 signs"),
    ({"colour": "red"}, 'column "colour": is not a column of a aid file'),
]


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_faulty_aid_is_refused_by_name(engine, tmp_path, change, said):
    first = AID[1] | dict.fromkeys(set(change) - set(AID[1]), "")
    told = refusal(engine, tmp_path, first, AID[0] | change)
    assert told.startswith("3w.csv") and said in told and "3012345678" not in told


def test_faults_below_tags_are_told_by_the_names_of_the_file(engine, tmp_path):
    rows = tagged([AID[0], AID[1] | {"sector": "food"}])
    assert "3w.csv, row 4, column \"Колонка 4\": 'food' is not one of" in refusal(engine, tmp_path, *rows)
    untold = [{name: text for name, text in row.items() if name != "Колонка 4"} for row in rows]
    assert 'row 1, column "sector": the column is missing' in refusal(engine, tmp_path, *untold)


def test_tags_that_say_the_same_are_refused(engine, tmp_path):
    tags, *rows = tagged(AID)
    said = "column \"Область\": has the tags of 'Колонка 4'; keep one of the two columns"
    assert said in refusal(engine, tmp_path, tags | {"Область": "#sector"}, *rows)


def test_the_example_tags_every_column(engine, tmp_path):
    assert set(TAGS) == set(AID[0])
