"""Members, names and categories of the Register: what a file says is what stands there, and nothing else moves."""

import pytest

from data_access import association_facts, cells, connect, register_categories, sources, territories, territory_names
from tests.support.examples_lists import EXAMPLES, FACTS, MEMBERS, NAMES, REGISTER, category, fact, write_table
from tests.support.loading import contents, loading, refusal
from tests.support.small import DERHACHI, IZIUM, KHARKIV

pytestmark = pytest.mark.first_case_on_postgresql


def members_of(url) -> dict:
    frame = territories(connect(url)).set_index("code")
    named = frame[frame["member_source_id"] != ""]
    return {code: (str(row.member_since_on)[:10], row.member_source_id) for code, row in named.iterrows()}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_example_loads_and_a_second_time_changes_nothing(engine, tmp_path, kind):
    loading(engine, EXAMPLES[kind](tmp_path), kind)
    before = contents(engine)
    assert "nothing changed" in str(loading(engine, EXAMPLES[kind](tmp_path), kind))
    assert contents(engine) == before


def test_members_are_those_of_the_file(engine, small_url, tmp_path):
    done = loading(engine, EXAMPLES["members"](tmp_path), "members")
    assert (done.own.added, done.own.changed, done.own.removed) == (2, 0, 0)
    assert members_of(small_url) == {KHARKIV: ("2025-09-18", "s1"), DERHACHI: ("NaT", "s1")}


def test_who_is_not_in_a_newer_list_of_members_is_none_any_more(engine, small_url, tmp_path):
    loading(engine, EXAMPLES["members"](tmp_path), "members")
    others = {name: rows for name, rows in contents(engine).items() if name not in ("territory", "batch")}
    rows = [MEMBERS[0] | {"since": "2025-10-01"}, MEMBERS[1] | {"katottg": IZIUM}]
    done = loading(engine, write_table(tmp_path / "newer.csv", rows), "members")
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 1, 1)
    assert members_of(small_url) == {KHARKIV: ("2025-10-01", "s1"), IZIUM: ("NaT", "s1")}
    assert {name: rows for name, rows in contents(engine).items() if name in others} == others
    assert len(territories(connect(small_url))) == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"katottg": "UA99000000000000000"},
            "members.csv, row 3, column \"katottg\": 'UA99000000000000000' is not a known",
        ),
        ({"katottg": KHARKIV}, "repeats row 2"),
        ({"katottg": "UA63"}, "UA63 is a region; members are hromadas"),
        ({"since": "2099-01-01"}, "2099-01-01 is in the future"),
        ({"since": "осінь"}, "'осінь' is not a day"),
        ({"source_id": "nowhere"}, "'nowhere' is not a known source"),
        ({"code": KHARKIV}, "stands beside the column code"),
    ],
)
def test_faulty_lists_of_members_are_refused_by_name(engine, tmp_path, change, said):
    rows = [row | dict.fromkeys(change, row.get(next(iter(change)), "")) for row in MEMBERS]
    assert said in refusal(engine, write_table(tmp_path / "members.csv", [rows[0], rows[1] | change]), "members")


def test_a_renamed_unit_bears_the_newest_name_and_keeps_the_older(engine, small_url, tmp_path):
    before = territories(connect(small_url)).set_index("code")
    loading(engine, EXAMPLES["names"](tmp_path), "names")
    after = territories(connect(small_url)).set_index("code")
    assert list(after.loc[IZIUM, ["name_uk", "name_en", "short_name_uk", "short_name_en"]]) == [
        "Нова громада",
        "Nova hromada",
        "Нова",
        "Nova",
    ]
    assert after.drop(IZIUM).equals(before.drop(IZIUM))
    older = territory_names(connect(small_url))
    told = {(row["code"], row["name_uk"]) for row in NAMES}
    assert told < set(zip(older["code"], older["name_uk"], strict=True)) and len(older) == 3


@pytest.mark.parametrize("kind", ["members", "names"])
def test_a_list_without_codes_is_refused(engine, tmp_path, kind):
    rows = [{"unit": "Харків", "since": "2025-09-18", "source_id": "s1"}]
    said = refusal(engine, write_table(tmp_path / "x.csv", rows), kind)
    assert 'row 1, column "code": the column is missing; it holds P-codes' in said


def test_names_may_come_by_katottg_and_without_newest_ones(engine, small_url, tmp_path):
    plain = [{name: text for name, text in row.items() if not name.startswith("newest")} for row in NAMES]
    rows = [{"katottg": row.pop("code").ljust(19, "0"), **row} for row in plain]
    assert loading(engine, write_table(tmp_path / "names.csv", rows), "names").own.added == 2
    assert set(territory_names(connect(small_url))["code"]) == {"UA6304", "UA6312", IZIUM}


def test_a_newest_name_without_its_short_form_is_refused(engine, tmp_path):
    path = write_table(tmp_path / "names.csv", [NAMES[0] | {"newest_short_name_uk": ""}])
    assert 'row 2, column "newest_short_name_uk": the cell is empty here' in refusal(engine, path, "names")
    rows = [{name: text for name, text in NAMES[0].items() if name != "newest_name_en"}]
    path = write_table(tmp_path / "names.csv", rows)
    assert 'column "newest_name_en": the column is missing' in refusal(engine, path, "names")


def test_categories_are_answered_as_they_stand_in_the_file(engine, small_url, tmp_path):
    loading(engine, EXAMPLES["register-categories"](tmp_path), "register-categories")
    found = register_categories(connect(small_url))
    assert list(found.columns) == list(REGISTER[0].keys())
    told = sorted(tuple(row.values()) for row in REGISTER)
    plain = found.assign(
        title_confirmed=found["title_confirmed"].astype(int).astype(str), seen_on=found["seen_on"].astype(str)
    )
    assert sorted(plain.itertuples(index=False, name=None)) == told


def test_a_newer_file_replaces_the_states_of_the_categories_it_names(engine, small_url, tmp_path):
    loading(engine, EXAMPLES["register-categories"](tmp_path), "register-categories")
    newer = write_table(tmp_path / "newer.csv", [category("B1.2", "open", since="2026-01", seen_on="2026-02-01")])
    done = loading(engine, newer, "register-categories")
    assert (done.own.added, done.own.removed) == (1, 2)
    found = register_categories(connect(small_url))
    assert dict(zip(found["code"], found["state"], strict=True)) == {"A3.1": "open", "B1.2": "open", "C4": "unknown"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"claimant_group": "B"}, "'B' does not begin the code A3.1"),
        ({"claimant_group": "D"}, "'D' is not one of A, B, C"),
        ({"code": "Б1.2"}, "holds letters that only look Latin"),
        ({"code": "A"}, "'A' is not the code of a category"),
        ({"state": "closed"}, "'closed' is not one of form_adopted"),
        ({"since": "2026-01"}, "2026-01 is after the day on which it was seen"),
        ({"since": "spring"}, "is not a date"),
        ({"seen_on": "2025-11"}, "'2025-11' is not a day"),
        ({"source_ids": "s1 nowhere"}, "'nowhere' is not a known source"),
        ({"title_uk": "=cmd"}, "looks like a formula"),
    ],
)
def test_faulty_categories_are_refused_by_name(engine, tmp_path, change, said):
    path = write_table(tmp_path / "x.csv", [category("A3.1", "open", title_en="") | change])
    assert said in refusal(engine, path, "register-categories")


def test_the_sample_data_hold_36_categories_and_say_which_titles_are_unconfirmed(sample_db):
    found = register_categories(sample_db)
    assert len(found) == 36 and found["code"].is_unique
    assert found["state"].value_counts().to_dict() == {"open": 20, "form_adopted": 11, "test": 5}
    unconfirmed = {"A2.10", "A4.1", "A4.2", "B1.4", "C1.4", "C3.4", "C4"}
    assert set(found.loc[~found["title_confirmed"], "code"]) == unconfirmed
    assert not found["title_en"].str.contains("checked").any()
    undated = found[found["source_ids"].str.contains("rd4u_thepublic")]
    assert set(undated["seen_on"].astype(str)) == {"2026-03-31"} and set(undated["since"]) == {""}


def test_facts_of_the_association_are_answered_as_they_stand_in_the_file(engine, small_url, tmp_path):
    loading(engine, EXAMPLES["association-facts"](tmp_path), "association-facts")
    found = association_facts(connect(small_url))
    assert list(found.columns) == list(FACTS[0])
    told = found.assign(as_of=found["as_of"].dt.strftime("%Y-%m-%d")).to_dict("records")
    assert told == sorted(FACTS, key=lambda row: (row["as_of"], row["fact"]))


def test_a_newer_file_replaces_what_is_known_of_the_facts_it_names(engine, small_url, tmp_path):
    loading(engine, EXAMPLES["association-facts"](tmp_path), "association-facts")
    newer = write_table(tmp_path / "newer.csv", [fact("priorities", "2027-01-01")])
    loading(engine, newer, "association-facts")
    found = association_facts(connect(small_url))
    assert found["text_en"].tolist() == ["founding of 2025-09-18", "priorities of 2027-01-01"]


def test_a_fact_has_its_source_and_both_languages(engine, tmp_path):
    path = write_table(tmp_path / "facts.csv", [fact("head", "2025-09-18", source_id="s99")])
    assert "'s99' is not a known source" in refusal(engine, path, "association-facts")
    path = write_table(tmp_path / "facts.csv", [fact("head", "2025-09-18", text_en="")])
    assert 'column "text_en"' in refusal(engine, path, "association-facts")


def test_the_association_of_the_sample_data_is_dated_and_sourced_in_both_languages(sample_db):
    facts = association_facts(sample_db)
    assert {"name", "founding", "head", "oblasts", "priorities"} <= set(facts["fact"])
    founding = facts.set_index("fact").loc["founding"]
    assert f"{founding['as_of']:%Y-%m-%d}" == "2025-09-18" and "Kharkiv" in founding["text_en"]
    assert set(facts["source_id"]) <= set(sources(sample_db)["source_id"])
    members = cells(sample_db, "association_members")
    said = [(row.territory_code, f"{row.as_of:%Y-%m-%d}", row.qualifier, row.value) for row in members.itertuples()]
    assert sorted(said) == [
        ("UA", "2025-09-18", "over", 100),
        ("UA", "2026-02-05", "over", 300),
        ("UA63", "2025-10-16", "", 56),
    ]
