"""A withdrawal warns when what stays public still tells the value: by sums of territories and of categories."""

from datetime import date

import pytest

from data_access.__main__ import main
from data_access.pipeline.edit.figure_choice import Choice
from data_access.pipeline.edit.withdrawal import withdraw
from data_access.pipeline.publish.release import publish
from tests.support.loading import contents
from tests.support.small import LATER, REASONS, figure, sample_rows

DAY = "2025-03-01"


def warned(engine, area: str, indicator: str = "idps_registered", day: str = DAY, **narrowed) -> tuple[str, ...]:
    choice = Choice(indicator, area, date.fromisoformat(day), **{"breakdown": "", **narrowed})
    return withdraw(engine, choice, *REASONS, only_show=True).disclosures


@pytest.fixture
def published(engine, change):
    def publishing(**by_code):
        rows = [figure(f"d{code}", "idps_registered", code, DAY, value) for code, value in by_code.items()]
        change(*rows)
        publish(engine, now=LATER)

    return publishing


def test_an_oblast_is_the_country_less_all_others_of_the_sample(sample_engine):
    rows = [r for r in sample_rows("published-values") if r["indicator"] == "idps_registered"]
    rows = [r for r in rows if (r["period_end"], r["producer"]) == ("2025-06-05", "minsocpol")]
    by_code = {r["territory_code"]: float(r["value"]) for r in rows if r["value"]}
    others = sorted(set(by_code) - {"UA", "UA63"})
    assert by_code["UA"] - sum(by_code[code] for code in others) == by_code["UA63"] and len(others) == 24
    (said,) = warned(sample_engine, "UA63", day="2025-06-05")
    assert "idps_registered of UA63 (total), 2025-06-05 can still be worked out, as UA (total) less 24 other" in said
    assert "UA05 (total), UA07 (total)" in said and "Withdraw too: UA (total), or one of the other parts" in said
    assert f"{by_code['UA63']:.0f}" not in said, "the warning never tells the value"
    withdraw(sample_engine, Choice("idps_registered", "UA", date(2025, 6, 5)), *REASONS)
    assert warned(sample_engine, "UA63", day="2025-06-05") == ()


def test_the_whole_is_told_by_its_parts_and_a_part_by_the_whole(engine, published):
    published(UA=100, UA63=60, UA80=30, UA01=10)
    (whole,) = warned(engine, "UA")
    assert "as the sum of its parts (UA01 (total), UA63 (total), UA80 (total))" in whole
    (part,) = warned(engine, "UA01")
    assert "as UA (total) less 2 other parts" in part


def test_parts_that_do_not_add_up_tell_nothing(engine, published):
    published(UA=200, UA63=60, UA80=30, UA01=10)
    assert warned(engine, "UA01") == warned(engine, "UA") == ()


def test_two_unknown_parts_hide_each_other(engine, published):
    published(UA=100, UA63=60, UA80=30, UA01=10)
    withdraw(engine, Choice("idps_registered", "UA63", date.fromisoformat(DAY)), *REASONS)
    assert warned(engine, "UA01") == ()


def test_another_day_or_producer_tells_nothing(engine, published, change):
    published(UA63=60, UA80=40)
    change(figure("other", "idps_registered", "UA", DAY, 100, producer="iom"))
    change(figure("later", "idps_registered", "UA63", "2025-03-02", 100))
    publish(engine, now=LATER)
    assert warned(engine, "UA63") == ()


def test_categories_that_add_up_to_the_total_tell_each_other(engine, change):
    one = {"producer": "ukrstat", "breakdown": "settlement"}
    change(figure("rural63", "population", "UA63", "2022-01-01", 487_834, category="rural", **one))
    publish(engine, now=LATER)
    assert 2_111_127 + 487_834 == 2_598_961
    (total,) = warned(engine, "UA63", "population", "2022-01-01")
    assert "as the sum of its parts (UA63 settlement/rural, UA63 settlement/urban)" in total
    (urban,) = warned(engine, "UA63", "population", "2022-01-01", breakdown="settlement", category="urban")
    assert "as UA63 (total) less 1 other part (UA63 settlement/rural)" in urban


def test_a_value_that_was_never_published_is_told_too(engine, published, change):
    published(UA=100, UA63=60, UA80=30)
    change(figure("kept", "idps_registered", "UA01", DAY, 10, safe_to_publish=0))
    assert len(warned(engine, "UA01")) == 1


def test_an_older_release_still_tells_and_only_public_figures_count(engine, published, change):
    published(UA=100, UA63=60, UA80=40)
    change(figure("dUA", "idps_registered", "UA", DAY, 100, safe_to_publish=0))
    publish(engine, now=LATER)
    assert len(warned(engine, "UA63")) == 1, "the total stands in the release before"


def test_the_command_warns_before_and_after(engine, published, small_url, capsys):
    published(UA=100, UA63=60, UA80=40)
    command = ["withdraw", "--indicator", "idps_registered", "--area", "UA63", "--as-of", DAY, "--url", small_url]
    command += ["--reason-uk", REASONS[0], "--reason-en", REASONS[1]]
    before = contents(engine)
    for more in ([], ["--yes"]):
        assert main([*command, *more]) == 0
        assert "can still be worked out, as UA (total) less 1 other part" in capsys.readouterr().err
        assert more or contents(engine) == before
