"""The address is the state: codes in, codes out; what is wrong becomes a notice and a default."""

import pytest

from dashboard.address import url

KHARKIV, CITY = "UA63000000000041885", "UA63120270000028556"
CHOICES = ("idps_registered", "damage_usd")


def test_an_empty_address_is_ukraine_in_ukrainian():
    view, notices = url.read({}, "damage", CHOICES)
    assert (view.area, view.lang, view.indicator, view.period, notices) == ("UA", "uk", "idps_registered", "", [])


def test_a_full_address_is_read_and_written_back():
    query = {"lang": "en", "area": KHARKIV, "ind": "damage_usd", "by": "housing", "period": "2023-12-31"}
    view, notices = url.read(query, "damage", CHOICES)
    assert notices == []
    assert (view.area, view.category, view.breakdown) == ("UA63", "housing", "sector")
    assert url.query_of(view) == query


@pytest.mark.parametrize("code", [KHARKIV, "UA63"])
def test_both_codes_of_an_oblast_are_understood(code):
    assert url.read({"area": code}, "damage")[0].area == "UA63"


def test_a_page_of_oblasts_keeps_the_community_for_the_way_back():
    view, notices = url.read({"area": CITY}, "damage")
    assert (view.area, view.place, notices) == ("UA63", "UA6312027", [])
    assert url.query_of(view)["area"] == CITY


def test_a_page_for_every_level_shows_the_community():
    view, notices = url.read({"area": CITY}, "community")
    assert (view.area, view.place, notices) == ("UA6312027", "", [])
    assert url.query_of(view)["area"] == CITY


def test_a_comparison_is_read_and_written_back():
    query = {"lang": "uk", "area": CITY, "cmp": f"{KHARKIV},UA59000000000057109", "peers": "members"}
    query |= {"ind": "population,urban_share", "per": "population", "level": "hromada"}
    view, notices = url.read(query, "compare", ("urban_share", "population"))
    assert notices == []
    assert (view.chosen, view.indicators) == (("UA63", "UA59"), ("population", "urban_share"))
    assert url.query_of(view) == query


def test_eleven_territories_are_cut_to_ten_and_it_is_said():
    from dashboard import data

    codes = ",".join(data.territory(code)["katottg"] for code in data.oblasts()[:11])
    view, notices = url.read({"cmp": codes + ",UA99"}, "compare")
    assert len(view.chosen) == 10
    assert [key for key, _ in notices] == ["notice.cmp", "notice.cmp_limit"]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({"lang": "ru"}, "notice.lang"),
        ({"area": "UA99"}, "notice.area"),
        ({"area": "<script>"}, "notice.area"),
        ({"ind": "population"}, "notice.ind"),
        ({"ind": "'; DROP TABLE cell; --"}, "notice.ind"),
        ({"by": "nothing"}, "notice.by"),
        ({"rel": "1999.1.1"}, "notice.rel"),
    ],
)
def test_a_wrong_value_gives_a_notice_and_the_default(query, key):
    view, notices = url.read(query, "damage", CHOICES)
    assert [name for name, _ in notices] == [key]
    default, _ = url.read({}, "damage", CHOICES)
    assert view == default


def test_a_very_long_value_is_cut_in_the_notice():
    _, notices = url.read({"area": "Z" * 10_000}, "damage")
    assert len(notices[0][1]["value"]) == 40
