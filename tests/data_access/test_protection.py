"""Protection: every figure rounded from its own exact value, small counts hidden, no sum that opens them."""

import itertools
import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.indicators import Rule, Text, rules
from data_access.pipeline.publish.protection import public_figures, rounded
from data_access.pipeline.records.exact_figures import COLUMNS, figures
from tests.support.run import amount

DAY = date(2026, 9, 30)
TEN = Rule("person_counts", Text("а", "a"), threshold=10, base=10, base_from_1000=100)
KINDS = ("a", "b", "c", "d")


def table(parts: dict[str, int], code="UA63", level="region", **more) -> pd.DataFrame:
    """A total and the categories that add up to it."""
    rows = [{"breakdown": "", "category": "", "count": sum(parts.values())}]
    rows += [{"breakdown": "type", "category": name, "count": count} for name, count in parts.items()]
    frame = pd.DataFrame(rows).assign(level=level, territory_code=code, unit="objects", source_id="s1")
    frame["value"] = frame["count"].astype(float)
    constant = {"indicator": "objects_damaged", "period_start": DAY, "period_end": DAY, **more}
    return figures(frame, **constant)


def shown(frame: pd.DataFrame, rule=TEN, inside=frozenset()) -> dict[str, float | None]:
    public = public_figures(frame, rule, inside)
    return {row.category: None if row.status == "c" else row.value for row in public.itertuples()}


def possible(values: dict[str, float | None], name: str) -> list[int]:
    """By trying all there is: which values below 10 the hidden category may have, given all that is shown."""
    behind = [other for other, value in values.items() if other and value is None]
    known = [interval(value) for other, value in values.items() if other and value is not None]
    low, high = interval(values[""])
    found = set()
    for tried in itertools.product(range(10), repeat=len(behind)):
        rest = sum(tried)
        if low <= rest + sum(b for _, b in known) and rest + sum(a for a, _ in known) <= high:
            found.add(tried[behind.index(name)])
    return sorted(found)


def interval(value: float | None) -> tuple[int, int]:
    if value is None:
        return 0, 9
    below, above = (5 if value <= 1000 else 50), (5 if value < 1000 else 50)
    return max(10, int(value) - below), int(value) + above - 1


def test_figures_are_rounded_from_their_own_exact_values_totals_too():
    assert shown(table({"a": 14, "b": 14, "c": 14})) == {"": 40, "a": 10, "b": 10, "c": 10}
    assert shown(table({"a": 15, "b": 25, "c": 1449})) == {"": 1500, "a": 20, "b": 30, "c": 1400}


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_small_count_and_none_at_all_bear_the_same_mark(count):
    assert shown(table({"a": count, "b": 500})) == {"": 500 + 10 * (count >= 5), "a": None, "b": 500}


def test_a_hidden_figure_has_neither_value_nor_note():
    public = public_figures(table({"a": 3, "b": 40}).assign(note_uk="три", note_en="three"), TEN, frozenset())
    hidden = public[public["status"] == "c"]
    assert hidden["value"].isna().all() and (hidden[["note_uk", "note_en"]] == "").all(axis=None)


def test_where_sums_leave_too_few_values_the_smallest_shown_is_hidden_as_well():
    plain = {"": 60, "a": 20, "b": 20, "c": None}  # 24 + 24 + 7 = 55: rounding alone leaves 7, 8 or 9
    assert possible(plain, "c") == [7, 8, 9]
    assert shown(table({"a": 24, "b": 24, "c": 7})) == {"": 60, "a": None, "b": 20, "c": None}


def test_a_hidden_hromada_cannot_be_told_from_the_oblast():
    oblast = table({"a": 55}, "UA63")
    places = [table({"a": n}, f"UA63020{i:02}", "hromada") for i, n in enumerate((24, 24, 7))]
    public = public_figures(pd.concat([oblast, *places], ignore_index=True), TEN, frozenset())
    hidden = public[(public["status"] == "c") & (public["category"] == "a")]
    assert len(hidden) == 2


@pytest.mark.slow
@settings(max_examples=amount(100, of=300), deadline=None)
@given(st.lists(st.sampled_from([0, 1, 4, 5, 6, 7, 9, 10, 14, 15, 16, 24, 25, 34, 35]), min_size=2, max_size=4))
def test_no_hidden_figure_of_a_hard_table_is_left_fewer_values_than_half_the_threshold(counts):
    parts = dict(zip(KINDS, counts, strict=False))
    found = shown(table(parts))
    assert all(value == 10 * math.floor(parts[name] / 10 + 0.5) for name, value in found.items() if name and value)
    assert all(found[name] is None for name, count in parts.items() if count < 10)
    for name in parts:
        if found[name] is None:
            may_be = possible(found, name)
            # nothing below ten fits: then some hidden one is larger, and no reader knows which
            assert len(may_be) >= 5 or not may_be or all(found[other] is None for other in parts)


def test_restricted_types_and_places_inside_hostilities_are_left_out_where_the_rule_says():
    exact = pd.concat([table({"a": 50}, "UA6302001", "hromada"), table({"a": 50}, "UA63")], ignore_index=True)
    inside = frozenset(["UA6302001"])
    assert set(public_figures(exact, rules()["operator"], inside)["territory_code"]) == {"UA63"}
    assert set(public_figures(exact, rules()["operator"], frozenset())["territory_code"]) == {"UA63", "UA6302001"}
    assert set(public_figures(exact, rules()["aid"], frozenset())["territory_code"]) == {"UA63"}
    for none in ("claims", "community_return"):
        assert public_figures(exact, rules()[none], frozenset()).empty
        assert public_figures(exact, rules()[none], inside).empty
    closed = exact.assign(open=exact["category"] == "")
    assert set(public_figures(closed, rules()["damaged_objects"], frozenset())["category"]) == {""}


def test_rounding_agrees_with_the_rule_for_every_rule_and_number():
    values = pd.Series([*range(1200), 1499, 1500, 1501, 10_049, 10_050], dtype=float)
    for rule in rules().values():
        assert list(rounded(values.to_numpy(), rule)) == [rule.rounded(value) for value in values]


def test_every_column_of_an_exact_figure_is_there():
    assert list(table({"a": 1}).columns) == list(COLUMNS)


def test_inside_hostilities_nothing_is_public_that_is_not_public_outside():
    for rule in rules().values():
        for level in ("country", "region", "raion", "hromada"):
            assert rule.reaches(level) or not rule.reaches(level, inside=True), (rule.id, level)
