"""Claims: how many may be made and how far each community is with them; of categories B and C only."""

from datetime import date

import pytest
from sqlalchemy import select

from data_access import record_tables as r
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.examples_lists import EXAMPLES, REGISTER, write_table
from tests.support.examples_records import CLAIMS, claim_count, claims
from tests.support.loading import contents
from tests.support.small import DERHACHI, IZIUM, KHARKIV

pytestmark = pytest.mark.first_case_on_postgresql


def loading(engine, path, **how):
    return load(engine, [("claims", path)], source="s1", **how)[0]


def held(engine) -> set[tuple]:
    with engine.connect() as connection:
        return {tuple(row)[:-1] for row in connection.execute(select(r.claim_file))}


def refusal(engine, tmp_path, *rows) -> str:
    before = contents(engine)
    with pytest.raises(RejectedFile) as caught:
        loading(engine, write_table(tmp_path / "rd4u.csv", [*rows]))
    assert contents(engine) == before
    return str(caught.value)


def test_claims_stand_as_the_file_tells_them_and_nothing_is_not_zero(engine, tmp_path):
    done = loading(engine, claims(tmp_path))
    assert (done.own.what, done.own.added) == ("claim count", 3)
    day = date(2026, 6, 30)
    assert held(engine) == {
        ("s1", KHARKIV, "B1.1", day, 40, 25, 12, 7, 5),
        ("s1", DERHACHI, "C2.3", day, 40, 25, None, 2, 0),
        ("s1", DERHACHI, "B1.1", day, 40, None, None, None, None),
    }


def test_the_same_claims_twice_change_nothing(engine, tmp_path):
    loading(engine, claims(tmp_path))
    before = contents(engine)
    assert "nothing changed" in str(loading(engine, claims(tmp_path)))
    assert contents(engine) == before


def test_a_file_adds_and_corrects_and_a_whole_one_replaces(engine, tmp_path):
    loading(engine, claims(tmp_path))
    load(engine, [("claims", claims(tmp_path))], source="s2")
    newer = write_table(tmp_path / "n.csv", [CLAIMS[0] | {"recorded": 6}, claim_count(IZIUM, "B1.1")])
    done = loading(engine, newer)
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 1, 0)
    assert len(held(engine)) == 7 and ("s1", KHARKIV, "B1.1", date(2026, 6, 30), 40, 25, 12, 7, 6) in held(engine)
    done = loading(engine, newer, whole=True)
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 0, 2)
    assert len([row for row in held(engine) if row[0] == "s2"]) == 3


REFUSED = [
    ({"category": "A3.1"}, 'column "category": A3.1 is a category of persons, of which only published totals are kept'),
    ({"category": "D1"}, 'column "category": is not a category B or C'),
    ({"category": "3012345678"}, "a number of ten digits may be"),
    ({"community": "UA63"}, "UA63 is a region; write the code of a community"),
    ({"community": "3012345678"}, "a number of ten digits is not a known territory"),
    ({"as_of": "2999-01-01"}, "2999-01-01 is in the future"),
    ({"as_of": "2022-01-01"}, "2022-01-01 is before 24.02.2022"),
    ({"documented": 41}, 'column "documented": 41 is more than the 40 eligible'),
    ({"recorded": 8}, 'column "recorded": 8 is more than the 7 submitted'),
    ({"valued": "", "submitted": 26}, "26 is more than the 25 documented"),
    ({"eligible": "40.5"}, "'40.5' is not a whole number"),
    ({"eligible": 44_000_000}, "44000000 is more than there are people"),
    (dict.fromkeys(("eligible", "documented", "valued", "submitted", "recorded"), ""), "give at least one of eligible"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_faulty_claims_are_refused_by_name(engine, tmp_path, change, said):
    first = CLAIMS[1] | dict.fromkeys(set(change) - set(CLAIMS[1]), "")
    told = refusal(engine, tmp_path, first, CLAIMS[0] | change)
    assert told.startswith("rd4u.csv") and said in told and "3012345678" not in told


def test_a_loaded_register_tells_which_categories_there_are(engine, tmp_path):
    load(engine, [("register-categories", EXAMPLES["register-categories"](tmp_path))])
    listed = next((row["code"] for row in REGISTER if row["code"][0] in "BC"), None) or "B1.1"
    loading(engine, write_table(tmp_path / "ok.csv", [claim_count(KHARKIV, listed)]))
    told = refusal(engine, tmp_path, claim_count(KHARKIV, "B77"))
    assert "B77 is not a known category; check it or load it with the register-categories" in told
