"""A comparison worked out a second time, plainly, on the published figures and on generated cases."""

import math
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import data_access
from dashboard import data
from dashboard.answers.comparison import Comparison, compare, compared, poisson, rounding_base
from dashboard.answers.peer_values import Values, values_for
from dashboard.compare import sentences
from dashboard.language.words import strings
from dashboard.view import View
from tests.support.run import amount, chance

NAN = math.nan
tenths = st.integers(0, 400).map(lambda whole: whole / 10)


def exact(value: float) -> Fraction:
    return Fraction(str(value))


def middle(values: list[Fraction]) -> Fraction:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def plain_position(mine: float, peers: list[float], hidden: int = 0, missing: int = 0) -> tuple:
    """Position, median, MAD, lower, higher by the words of the convention, in exact fractions."""
    known = [exact(value) for value in peers if not math.isnan(value)]
    everybody = len(peers) + hidden + missing
    if len(known) < 5:
        return ("withheld",)
    if Fraction(hidden, everybody) > Fraction(1, 5):
        return ("withheld",)
    own, median = exact(mine), middle(known)
    mad = middle([abs(value - median) for value in known])
    away, lower, higher = abs(own - median), sum(value < own for value in known), sum(value > own for value in known)
    side, beyond = ("above", higher) if own > median else ("below", lower)
    if len(known) < 12:
        word = "order"
    elif mad == 0:
        word = "differs" if away else "same"
    elif away <= mad:
        word = "near" if Fraction(max(lower, higher), len(known)) > Fraction(3, 4) else "middle"
    elif Fraction(beyond, len(known)) > Fraction(1, 4):
        word = {"above": "over", "below": "under"}[side]
    else:
        word = ("far_" if away > 3 * mad else "") + side
    return word, median, mad, lower, higher


@settings(max_examples=amount(200, of=400), deadline=None)
@given(tenths, st.lists(tenths | st.just(NAN), max_size=30), st.integers(0, 8), st.integers(0, 8))
def test_generated_comparisons_agree_with_exact_fractions(mine, peers, hidden, missing):
    found = compare(mine, peers, hidden=hidden, missing=missing)
    word, *numbers = plain_position(mine, peers, hidden, missing)
    assert found.known == sum(not math.isnan(value) for value in peers)
    assert found.peers == len(peers) + hidden + missing
    if word == "withheld":
        assert found.withheld and math.isnan(found.median) and math.isnan(found.mad) and math.isnan(found.low)
        assert (found.higher, found.lower, found.equal, found.outliers) == (0, 0, 0, ())
        return
    assert found.position == word
    assert found.median == pytest.approx(float(numbers[0])) and found.mad == pytest.approx(float(numbers[1]))
    assert [found.lower, found.higher] == numbers[2:]
    assert found.lower + found.higher + found.equal == found.known


@given(tenths, st.lists(tenths, min_size=5, max_size=30))
def test_the_domain_holds_all_but_the_outliers(mine, peers):
    found = compare(mine, peers)
    present = [*peers, mine]
    for place, value in enumerate(peers):
        assert (place in found.outliers) == (not found.low <= value <= found.high)
    assert {found.low, found.high} <= set(present)
    for cut in ([one for one in present if one < found.low], [one for one in present if one > found.high]):
        assert len(cut) <= min(3, len(present) / 4)
        assert all(abs(one - found.median) > 3 * found.mad > 0 for one in cut)


@given(tenths, st.lists(tenths, min_size=5, max_size=30))
def test_an_axis_is_broken_only_where_that_gives_the_others_room(mine, peers):
    found = compare(mine, peers)
    everything = max([*peers, mine]) - min([*peers, mine])
    core = min(max([*peers, mine]), found.median + 3 * found.mad) - max(
        min([*peers, mine]), found.median - 3 * found.mad
    )
    if everything > found.high - found.low:
        assert 3 * core < everything + 1e-9
        assert 3 * core >= found.high - found.low - 1e-9 or 2 * (found.high - found.low) <= everything + 1e-9


@pytest.mark.parametrize(
    ("mine", "position"),
    [
        (5, "middle"),
        (7, "middle"),
        (3, "middle"),
        (7.1, "above"),
        (11, "above"),
        (11.1, "far_above"),
        (-1.1, "far_below"),
    ],
)
def test_the_borders_are_one_and_three_deviations(mine, position):
    assert compare(mine, [1, 3, 5, 7, 9] * 3).position == position  # median 5, MAD 2
    assert compare(mine, [1, 3, 5, 7, 9]).position == "order"


@pytest.mark.parametrize(("mine", "word", "known"), [(5, "order", 11), (5, "middle", 12)])
def test_median_and_middle_half_are_for_groups_of_twelve_and_more(mine, word, known):
    assert compare(mine, list(range(known))).position == word


def test_words_of_distance_give_way_where_the_order_of_values_contradicts_them():
    low = [10, 10, 11, 11, 12, 12, 13, 13]  # median 13, MAD 2: a third of the group lies far above
    assert compare(40, [*low, 13, 50, 50, 60, 60]).position == "over"
    assert compare(100, [*low, 13, 50, 50, 60, 60]).position == "far_above"
    assert compare(10, [*range(9, 15), *range(30, 60, 5)]).position == "near"  # within one MAD, and one of the lowest


def test_a_tie_counts_neither_as_lower_nor_as_higher():
    found = compare(5, [5, 5, 1, 2, 9])
    assert (found.lower, found.equal, found.higher) == (2, 2, 1)


def test_where_all_are_equal_mine_is_the_same_or_differs():
    assert compare(4, [4] * 12).position == "same"
    assert compare(4.1, [4] * 12).position == "differs"
    assert compare(4.1, [4] * 12).direction == 1


def test_four_peers_are_too_few_and_five_are_enough():
    assert compare(1, [1, 2, 3, 4]).position == "few"
    assert compare(1, [1, 2, 3, 4, NAN]).position == "few"
    assert not compare(1, [1, 2, 3, 4, 5]).withheld


def test_a_fifth_may_be_suppressed_and_no_more():
    assert not compare(1, [1, 2, 3, 4, 5, 6, 7, 8], hidden=2).withheld
    assert compare(1, [1, 2, 3, 4, 5, 6, 7], hidden=2).position == "suppressed"
    assert compare(1, [], hidden=9).position == "suppressed"


def test_zero_is_a_value_and_unknown_is_not():
    assert compare(0, [0] * 12).position == "same"
    assert compare(NAN, [0, 0, 0, 0, 0]).position == "unknown"
    assert compare(None, [0, 0, 0, 0, 0]).known == 5
    assert compare(0, [NAN] * 9).position == "few"


def test_a_difference_within_the_rounding_base_is_not_named():
    peers = [100, 101, 102, 103, 104] * 3
    assert compare(110, peers).position == "far_above"
    assert compare(110, peers, base=10).position == "noise"


def test_the_rounding_base_is_that_of_the_rule():
    registry = data.registry()
    assert rounding_base(registry["objects_damaged"], 40) == 5
    assert rounding_base(registry["migration_in"], 999) == 10
    assert rounding_base(registry["migration_in"], 1000) == 100
    assert rounding_base(registry["buildings_damaged"], 5000) == 0


def test_a_difference_within_chance_is_not_named_for_counts():
    peers = [3, 3, 3, 4, 4] * 3
    assert compare(6, peers).position == "differs"
    assert compare(6, peers, counted=True).position == "noise"
    assert compare(30, peers, counted=True).position == "differs"
    rates = [value / 2 for value in peers]  # per 1,000 of 2,000 residents
    assert compare(3, rates, counted=True, per=0.5).position == "noise"
    assert compare(15, rates, counted=True, per=0.5).position == "differs"


def tail(count: int, mean: float) -> float:
    """P(X ≥ count) of a Poisson variable, summed plainly."""
    return 1 - sum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count))


@pytest.mark.parametrize("count", [5, 10, 30, 100, 400])
def test_the_poisson_interval_leaves_two_and_a_half_per_cent_on_either_side(count):
    low, high = poisson(count)
    assert tail(count, low) == pytest.approx(0.025, abs=0.002)
    assert 1 - tail(count + 1, high) == pytest.approx(0.025, abs=0.002)


def test_the_poisson_interval_of_nothing_begins_at_nothing():
    low, high = poisson(0)
    assert low == 0 and high == pytest.approx(-math.log(0.025), rel=0.01)


def offered() -> list[tuple[str, str]]:
    """Every indicator of hromadas with each of its categories."""
    records = [record for record in data.registry().values() if "hromada" in record.levels]
    return [
        (one.id, code) for one in records for code in ("", *(c for codes in one.breakdowns.values() for c in codes))
    ]


@pytest.mark.slow
def test_every_published_group_and_indicator_of_communities_is_recomputed():
    """A sample of the groups for all indicators, each indicator's own measured communities among them."""
    profiles = data_access.peer_profiles(data.database())
    chosen = list(profiles["code"])[:: amount(360, of=24)]
    groups = {code: group for code in chosen if (group := data_access.peers_of(profiles, code))}
    shown = 0
    for indicator, category in offered():
        cells = cells_of(indicator, category)
        for code, group in groups.items():
            values = values_for(View("compare", area=code), indicator, category, group)
            shown += agrees(values, compared(values), cells)
    assert shown > amount(15, of=100)


def cells_of(indicator: str, category: str):
    """All cells of an indicator in a category that cover a whole unit."""
    codes_of = data.registry()[indicator].breakdowns
    breakdown = next((name for name, codes in codes_of.items() if category in codes), "")
    cells = data.cells(indicator, breakdown=breakdown)
    return cells[(cells["category"] == category) & (cells["coverage"] == "")]


def agrees(values: Values, found: Comparison, cells) -> bool:
    """Whether the comparison was shown; it holds against the cells themselves."""
    record = data.registry()[values.indicator]
    if values.producer:
        row = next(row for row in values.rows.values() if row["producer"])
        same = (cells["producer"] == values.producer) & (cells["unit"] == values.unit)
        cells = cells[
            same & (cells["period_end"] == row["period_end"]) & (cells["period_start"] == row["period_start"])
        ]
    value = dict(zip(cells["territory_code"], cells["value"], strict=True))
    peers = [value.get(code, NAN) for code in values.peers]
    word, *numbers = plain_position(value.get(values.mine, NAN), peers) if values.mine in value else ("unknown",)
    if found.withheld or word == "unknown":
        assert found.withheld or found.position == "unknown"
        return False
    assert found.position in (word, "noise")
    assert found.position == word or record.kind != "ratio"
    assert found.median == pytest.approx(float(numbers[0])) and found.mad == pytest.approx(float(numbers[1]))
    assert [found.lower, found.higher] == numbers[2:]
    return True


def cases() -> list[Comparison]:
    peers = list(range(1, 41))
    found = [compare(mine, peers) for mine in (0, 1, 8, 14, 20.5, 24, 27, 31, 33, 37, 40, 500)]
    found += [compare(mine, [2] * 30) for mine in (2, 3)] + [compare(mine, [1, 2, 3, 4, 5, 6]) for mine in (3, 6, 9)]
    found += [
        compare(NAN, peers),
        compare(3, peers, base=50),
        compare(1, []),
        compare(1, [1]),
        compare(1, [], missing=9),
    ]
    return [*found, compare(1, peers, hidden=30)]


@pytest.mark.parametrize("group", [*sentences.NOUNS, *sentences.SIMILAR])
@pytest.mark.parametrize("lang", ["uk", "en"])
def test_every_indicator_has_its_sentences_in_both_languages(lang, group):
    for indicator, record in data.registry().items():
        code = data.COUNTRY if "hromada" not in record.levels else "UA6312027"
        values = values_for(View("compare", lang, area=code), indicator, "", ())
        for comparison in cases():
            text = sentences.told(comparison, values, lang, group)
            assert text.startswith(record.title[lang]) and text.endswith(".")
            assert not re.search(r"\bnan\b|{|None|\.\.|  ", text), text
            assert not any(part in text.lower() for part in ("worst", "rank", "найгірш", "рейтинг"))
            preferable = [strings()[f"comparison.{word}"][lang] in text for word in ("up", "down")]
            assert any(preferable) == (record.better != "neither" and not comparison.withheld)


SHARES = [
    (24, 36, "у двох третинах подібних громад (24 з 36)", "two thirds of similar communities (24 of 36)"),
    (23, 48, "майже у половині подібних громад (23 з 48)", "almost half of similar communities (23 of 48)"),
    (25, 48, "більш ніж у половині подібних громад (25 з 48)", "more than half of similar communities (25 of 48)"),
    (10, 50, "у кожній п’ятій подібній громаді (10 з 50)", "one in five similar communities (10 of 50)"),
    (4, 6, "у 4 з 6 подібних громад", "4 of 6 similar communities"),
    (20, 35, "у 57 % подібних громад (20 з 35)", "57% of similar communities (20 of 35)"),
    (50, 50, "в усіх подібних громадах (50 з 50)", "all similar communities (50 of 50)"),
    (49, 50, "майже в усіх подібних громадах (49 з 50)", "almost all similar communities (49 of 50)"),
    (19, 20, "майже в усіх подібних громадах (19 з 20)", "almost all similar communities (19 of 20)"),
    (2, 300, "у 2 з 300 подібних громад", "2 of 300 similar communities"),
    (1467, 1467, "в усіх подібних громадах (1 467 з 1 467)", "all similar communities (1,467 of 1,467)"),
]


@pytest.mark.parametrize(("count", "total", "uk", "en"), SHARES)
def test_a_share_is_told_by_the_fraction_near_it(count, total, uk, en):
    assert sentences.share(count, total, "uk").replace("\u00a0", " ") == uk
    assert sentences.share(count, total, "en").replace("\u00a0", " ") == en


PAIRS = [(count, total) for total in range(1, 601) for count in range(1, total + 1)]


def is_within(count: int, total: int, fraction: tuple[int, int], thousandths: int) -> bool:
    """Whether count ÷ total is that near to the fraction, in whole numbers."""
    above, below = fraction
    return 1000 * abs(count * below - above * total) <= thousandths * total * below


@pytest.mark.slow
def test_every_share_up_to_600_is_told_by_what_is_near_it():
    named = {name: (one.numerator, one.denominator) for name, one in (sentences.FRACTIONS | sentences.ONE_IN).items()}
    for count, total in PAIRS:
        kind, name = sentences.share_kind(count, total)
        if count == total or total <= 12:
            assert kind == ("all" if count == total else "of_few")
        elif kind in ("exact", "each"):
            assert is_within(count, total, named[name], 5), (count, total)
        elif kind in ("under", "over"):
            above, below = named[name]
            assert is_within(count, total, named[name], 30) and not is_within(count, total, named[name], 5)
            assert (count * below > above * total) == (kind == "over"), (count, total)
        else:
            assert kind == (
                "almost_all" if 20 * count >= 19 * total else "of_few" if 100 * count < total else "percent"
            )


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_no_share_is_told_as_none_or_with_a_hole(lang):
    for count, total in chance(lang).sample(PAIRS, amount(2000, of=40_000)):
        text = sentences.share(count, total, lang)
        assert str(count) in text and str(total) in text and "{" not in text
        assert not re.match(r"(у )?(0|100)\s?%", text), (count, total)


def test_a_sentence_tells_what_how_many_when_and_by_what():
    view = View("compare", "en", area="UA63")
    values = values_for(view, "idps_registered", "", data.oblasts(), "population")
    text = sentences.told(compared(values), values, "en", "regions").replace("\u00a0", " ")
    cells = data.cells("idps_registered")
    idps = cells[(cells["territory_code"] == "UA63") & (cells["producer"] == values.producer)]["value"].iloc[0]
    residents = data.cells("population").set_index("territory_code")["value"]["UA63"]
    assert f"{1000 * idps / residents:.1f} people per 1,000 residents" in text
    for part in ("Registered internally", "24 of 26", "5 June 2025", "present population", "as of 1 January 2022"):
        assert part in text
