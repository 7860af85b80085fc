"""Who a unit is compared with, worked out again from the official list and the population, and said in a sentence."""

from collections import defaultdict
from dataclasses import replace

import pytest

from dashboard import data
from dashboard.answers import peers
from dashboard.view import View

CITY, KHARKIV, RAION = "UA6312027", "UA63", "UA6312"
BOUNDS = (5_000, 10_000, 20_000, 50_000, 100_000, 250_000)


def profiles():
    return data.peer_profiles().set_index("code")


def some(count=24):
    codes = sorted(profiles().index)
    return codes[:: len(codes) // count]


def view(area, lang="uk", **parts):
    return View("compare", lang, area=area, **parts)


def test_a_published_group_shares_the_criteria_kept_and_only_them():
    rows = profiles()
    for code in some():
        group = peers.group_of(view(code))
        mine, others = rows.loc[code], rows.drop(index=code)
        if set(group.kept) <= {"status", "population", "kind"}:
            columns = ["population_band" if one == "population" else one for one in group.kept]
            alike = (others[columns] == mine[columns]).all(axis=1)
            assert group.codes == tuple(sorted(others.index[alike])), code
        assert len(group.codes) >= 5
        assert code not in group.codes


def test_bands_follow_the_population_of_2022():
    people = data.cells("population").set_index("territory_code")["value"]
    for code, row in profiles().iloc[::60].iterrows():
        expected = f"p{sum(people[code] >= bound for bound in BOUNDS)}" if code in people else ""
        assert row["population_band"] == expected, code


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_sentence_names_exactly_the_criteria_kept(lang):
    words = {
        "uk": {"status": "статусом території", "population": "населенням", "kind": "типом"},
        "en": {"status": "territorial status", "population": "population (", "kind": "kind ("},
    }[lang]
    for code in some():
        group = peers.group_of(view(code))
        text = peers.explained(group, view(code, lang))
        kept = {one.removesuffix("_near") for one in group.kept}
        assert {name for name, word in words.items() if word in text} == kept, text
        assert str(len(group.codes)) in text


@pytest.mark.parametrize(("lang", "word"), [("uk", "тип громади"), ("en", "kind of community")])
def test_what_was_left_out_is_said_with_the_number_that_would_have_agreed(lang, word):
    rows = profiles()
    found = defaultdict(int)
    for code in rows.index[rows["kept"] == "status population"]:
        mine, others = rows.loc[code], rows.drop(index=code)
        columns = ["status", "population_band", "kind"]
        agree = int((others[columns] == mine[columns]).all(axis=1).sum())
        assert agree < 5
        text = peers.widened(peers.group_of(view(code)), view(code, lang))
        assert word in text
        assert not agree or str(agree) in text.partition(".")[0]
        found[agree] += 1
    assert found


def test_own_criteria_are_shared_and_nothing_is_widened():
    rows = profiles()
    group = peers.group_of(view(CITY, peers="kind.status"))
    same = (rows["kind"] == rows.loc[CITY, "kind"]) & (rows["status"] == rows.loc[CITY, "status"])
    assert group.codes == tuple(sorted(code for code in rows.index[same] if code != CITY))
    assert group.kept == ("status", "kind")
    assert peers.widened(group, view(CITY)) == ""


def test_no_criteria_are_all_other_communities():
    assert len(peers.group_of(view(CITY, peers="all")).codes) == len(profiles()) - 1


def test_oblasts_and_raions_stand_beside_all_of_their_kind():
    rows = data.territories()
    assert set(peers.group_of(view(KHARKIV)).codes) == set(data.oblasts()) - {KHARKIV}
    inside = {code for code in rows.index[rows["level"] == "raion"] if code.startswith("UA63")}
    assert set(peers.group_of(view(RAION)).codes) == inside - {RAION}
    few = next(code for code in rows.index[rows["level"] == "raion"] if code.startswith("UA21"))
    counted = sum(code.startswith(few[:4]) for code in rows.index[rows["level"] == "raion"])
    assert len(peers.group_of(view(few)).codes) == (counted - 1 if counted > 5 else 135)


def test_chosen_units_are_the_group_and_those_of_another_kind_are_named():
    asked = view(CITY, "en", chosen=("UA6510007", CITY, KHARKIV))
    assert peers.group_of(asked).codes == ("UA6510007",)
    assert peers.notices(asked) == [("peers.other_level", {"names": "Kharkiv Oblast"})]
    assert peers.explained(peers.group_of(asked), asked) == "Chosen for comparison: Darivka hromada (Darivska)."


@pytest.mark.parametrize("wrong", ["nonsense", "status.nonsense", "status,kind", "<script>", "."])
def test_a_wrong_group_is_said_and_the_published_one_shown(wrong):
    asked = view(CITY, peers=wrong)
    assert [key for key, _ in peers.notices(asked)] == ["peers.wrong"]
    assert peers.group_of(asked) == peers.group_of(replace(asked, peers=""))


def test_the_country_has_no_group():
    assert peers.group_of(view("UA")).codes == ()
    assert peers.explained(peers.group_of(view("UA")), view("UA"))


def test_the_ways_groups_were_formed_cover_every_community():
    assert sum(communities for _, communities, _ in peers.formed(view("UA"))) == len(profiles())
