"""Who is alike: bands, the order of widening, and every community of the sample held against every other one."""

from collections import Counter
from math import nextafter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access import group_exists, peers_of
from data_access.peers import Traits, displaced_band, groups, population_band
from tests.support.plain_peers import (
    GRAVEST_FIRST,
    NARROW_TO_WIDE,
    SEQUENCES,
    plain_band,
    plain_group,
    sample_groups,
    sample_traits,
)
from tests.support.run import amount

KNOWN = ("active_hostilities", "p3", "rural", "d1")
OCCUPIED, NONE = GRAVEST_FIRST[0], GRAVEST_FIRST[-1]
TRAITS = st.builds(
    Traits,
    st.sampled_from(("", *GRAVEST_FIRST)),
    st.sampled_from(("", *SEQUENCES["population"])),
    st.sampled_from(("", "urban", "settlement", "rural")),
    st.sampled_from(("", "", "d0", "d1", "d2", "d3")),
)


def numbered(traits) -> dict[str, Traits]:
    return {f"UA{place:07}": Traits(*one) for place, one in enumerate(traits)}


def profiles_of(traits: dict[str, Traits]) -> pd.DataFrame:
    """The frame that `peer_profiles` would answer."""
    found = groups(traits)
    names = ("status", "population_band", "kind", "displaced_band")
    rows = [
        {"code": code, **dict(zip(names, one, strict=True)), "kept": " ".join(found[code][0])}
        for code, one in traits.items()
    ]
    return pd.DataFrame(rows)


def kept_and_peers(traits: dict[str, Traits], code: str) -> tuple[str, set[str]]:
    kept, group = groups(traits)[code]
    return " ".join(kept), group - {code}


@pytest.mark.parametrize("bound", [0, 5_000, 10_000, 20_000, 50_000, 100_000, 250_000])
def test_a_bound_begins_the_higher_band(bound):
    for persons in (bound, nextafter(bound, -1) if bound else 0.0, bound + 1):
        assert population_band(persons) == plain_band(persons)


def test_displaced_persons_are_banded_by_their_share():
    shares = [None, 0, 4.99, 5, 9.99, 10, 19.99, 20, 250]
    assert [displaced_band(share) for share in shares] == ["", "d0", "d0", "d1", "d1", "d2", "d2", "d3", "d3"]
    assert population_band(None) == ""


FIVE = [
    ("status population kind displaced", KNOWN),
    ("status population kind", (*KNOWN[:3], "d2")),
    ("status population", (*KNOWN[:2], "urban", "d1")),
    ("status population_near", (KNOWN[0], "p4", *KNOWN[2:])),
    ("status population_near", (KNOWN[0], "p2", *KNOWN[2:])),
    ("status", (KNOWN[0], "p5", *KNOWN[2:])),
    ("status_near", (OCCUPIED, *KNOWN[1:])),
    ("status_near", (GRAVEST_FIRST[2], *KNOWN[1:])),
    ("", (NONE, *KNOWN[1:])),
]


@pytest.mark.parametrize(("kept", "others"), FIVE)
def test_a_group_is_widened_until_it_holds_five_others(kept, others):
    traits = numbered([KNOWN, *[others] * 5])
    assert kept_and_peers(traits, "UA0000000") == (kept, set(traits) - {"UA0000000"})


def test_the_steps_stand_in_the_documented_order():
    assert list(dict.fromkeys(kept for kept, _ in FIVE)) == list(NARROW_TO_WIDE)


def test_four_are_too_few():
    traits = numbered([*[KNOWN] * 5, *[(KNOWN[0], KNOWN[1], "urban", "")] * 7])
    assert kept_and_peers(traits, "UA0000000") == ("status population", set(traits) - {"UA0000000"})


def test_where_there_are_only_five_communities_the_group_stays_too_small():
    traits = numbered([KNOWN] * 5)
    profiles = profiles_of(traits)
    assert kept_and_peers(traits, "UA0000000")[0] == "" and len(peers_of(profiles, "UA0000000")) == 4
    assert not group_exists(profiles, "UA0000000")


def test_where_all_are_the_same_everybody_else_is_a_peer():
    traits = numbered([KNOWN] * 9)
    profiles = profiles_of(traits)
    for code in traits:
        assert peers_of(profiles, code) == tuple(sorted(set(traits) - {code})) and group_exists(profiles, code)
    assert set(profiles["kept"]) == {"status population kind displaced"}


def test_what_is_not_known_of_a_community_is_no_criterion_for_it():
    traits = numbered([(KNOWN[0], "", "", ""), *[KNOWN] * 3, *[(KNOWN[0], "", "urban", "")] * 3, (NONE, "", "", "")])
    assert kept_and_peers(traits, "UA0000000") == ("status", {f"UA{place:07}" for place in range(1, 7)})


def test_what_is_not_known_of_another_never_equals_what_is_known():
    traits = numbered([KNOWN, *[KNOWN] * 5, (KNOWN[0], "", "rural", "d1"), (KNOWN[0], "p3", "", "d1")])
    assert kept_and_peers(traits, "UA0000000")[1] == {f"UA{place:07}" for place in range(1, 6)}
    near = peers_of(profiles_of(traits), "UA0000000", ["population_near"])
    assert "UA0000006" not in near and "UA0000007" in near


def test_two_unknowns_are_not_alike():
    traits = numbered([("", "", "", ""), *[KNOWN] * 6])
    assert kept_and_peers(traits, "UA0000000") == ("", set(traits) - {"UA0000000"}), "it has no criterion at all"
    assert "UA0000000" not in kept_and_peers(traits, "UA0000001")[1]


def test_a_reader_may_choose_other_criteria():
    profiles = profiles_of(numbered([KNOWN, KNOWN, (NONE, *KNOWN[1:]), (KNOWN[0], "p4", "rural", "d1")]))
    assert peers_of(profiles, "UA0000000", ["status", "population"]) == ("UA0000001",)
    assert peers_of(profiles, "UA0000000", ["kind"]) == ("UA0000001", "UA0000002", "UA0000003")
    assert peers_of(profiles, "UA0000000", ["status", "population_near"]) == ("UA0000001", "UA0000003")
    assert peers_of(profiles, "UA0000000", []) == ("UA0000001", "UA0000002", "UA0000003")
    assert not group_exists(profiles, "UA0000000", ["kind"])


@pytest.mark.parametrize("criterion", ["kind_near", "displaced_near", "mood", "", "_near"])
def test_a_criterion_that_is_none_is_refused(criterion):
    with pytest.raises(ValueError, match="Unknown criterion"):
        peers_of(profiles_of(numbered([KNOWN])), "UA0000000", [criterion])


def test_a_unit_without_a_profile_has_no_peers():
    profiles = profiles_of(numbered([KNOWN] * 9))
    assert peers_of(profiles, "UA63") == () and not group_exists(profiles, "UA63")
    assert peers_of(profiles.head(0), "UA0000000") == ()


@settings(max_examples=amount(60, of=150), deadline=None)
@given(st.lists(TRAITS, min_size=1, max_size=40))
def test_any_communities_grouped_as_slowly_as_possible(listed):
    traits = numbered(listed)
    plain = {code: one._asdict() for code, one in traits.items()}
    profiles, found = profiles_of(traits), groups(traits)
    for code in traits:
        kept, peers = plain_group(plain, code)
        assert found[code] == (tuple(kept.split()), peers | {code})
        assert peers_of(profiles, code) == tuple(sorted(peers))
        assert group_exists(profiles, code) == (len(peers) >= 5)


@pytest.mark.slow
def test_every_community_of_the_sample_held_against_every_other():
    traits = {code: Traits(**one) for code, one in sample_traits().items()}
    profiles, found, plain = profiles_of(traits), groups(traits), sample_groups()
    assert len(plain) == 1772
    for code, (kept, peers) in plain.items():
        assert found[code] == (tuple(kept.split()), peers | {code})
        assert peers_of(profiles, code) == tuple(sorted(peers))


def test_every_community_of_the_sample_has_a_group_by_its_status():
    kept = Counter(kept for kept, _ in sample_groups().values())
    assert set(kept) == {"status population kind", "status population", "status population_near", "status"}
    assert all(len(peers) >= 5 for _, peers in sample_groups().values())
