"""The compare page: its numbers worked out again plainly, its choices in the address, what is withheld."""

import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest

from dashboard import data, kept_answers
from dashboard.address import url
from dashboard.answers import comparison, peers
from dashboard.compare import choices, page, strip
from dashboard.language import words
from dashboard.view import View
from tests.support.pages import opened, words_of

CITY = "UA63120270000028556"
POSITIONS = {
    "in the middle half": lambda far: far <= 1,
    "above the middle half": lambda far: far > 1,
    "below the middle half": lambda far: far < -1,
    "far above": lambda far: far > 3,
    "far below": lambda far: far < -3,
}


def plain(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def row(view, choice):
    """One indicator's row of the page, as HTML."""
    values = choices.values(view, choice)
    return page.row(view, choice, values, comparison.compared(values))


def middle(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def communities(count=24):
    known = sorted(code for code in data.cells("population")["territory_code"] if len(code) == 9)
    return known[:: len(known) // count]


@pytest.mark.parametrize("indicator", ["population", "population_density", "urban_share"])
def test_the_numbers_of_a_row_are_those_of_the_cells(indicator):
    cells = data.cells(indicator).set_index("territory_code")["value"]
    for code in communities():
        view = View("compare", "en", area=code)
        group = [cells[one] for one in peers.group_of(view).codes if one in cells]
        html = row(view, indicator)
        given = dict(zip(re.findall("<dt>(.*?)</dt>", html), re.findall("<dd>(.*?)</dd>", html), strict=True))
        unit = data.registry()[indicator].unit
        expected = {"Median": middle(group), "Lowest": min(group), "Highest": max(group)}
        for name, value in expected.items():
            shown = words.counted(value, unit, "en") if unit == "percent" else words.plain(value, unit, "en")
            assert given[name] == shown, (code, name)
        assert words.counted(cells[code], unit, "en") in html


def test_the_words_are_those_of_the_distance_from_the_median():
    for code in communities():
        view = View("compare", "en", area=code)
        cells = data.cells("population_density").set_index("territory_code")["value"]
        group = [cells[one] for one in peers.group_of(view).codes if one in cells]
        mad = middle([abs(value - middle(group)) for value in group])
        far = (cells[code] - middle(group)) / mad
        said = re.search('<p class="verdict">(.*?)</p>', row(view, "population_density"))[1].lower()
        named = max((name for name in POSITIONS if name in said), key=lambda name: name.startswith("far"))
        assert POSITIONS[named](far), (code, said, far)


def test_every_known_peer_is_drawn_once_or_named_or_counted():
    for code in communities():
        view = View("compare", "uk", area=code)
        values = choices.values(view, "population_density")
        compared = comparison.compared(values)
        placed = strip.stacks({one: values.value(one) for one in values.known}, compared)
        assert len(placed) + len(compared.outliers) == len(values.known)
        assert all(0 <= at <= 100 for at, _ in placed.values())
        html = row(view, "population_density")
        if len(placed) <= strip.MOST_DOTS:
            assert len(re.findall(r'<i[^>]* title="', html)) == len(placed)


def test_default_indicators_are_known_of_the_unit():
    for code in [*communities(8), *data.oblasts()]:
        view = View("compare", area=code)
        shown = choices.shown(view)
        assert 1 <= len(shown) <= choices.DEFAULTS
        assert set(shown) <= set(choices.offered(view))


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize(
    "area", [CITY, "UA65100070000064512", "UA01020010000048857", "UA63000000000041885", "UA63120000000041885", ""]
)
def test_the_page_opens_at_every_level(area, lang):
    app = opened("compare", area=area, lang=lang)
    assert not app.exception
    assert not app.error
    assert "<h1>" in words_of(app)
    assert ("median" if lang == "en" else "медіана") in words_of(app).lower() or area not in (CITY,)


def test_an_address_goes_round():
    query = {"lang": "en", "area": CITY, "ind": "population,months_under_status.active_hostilities", "peers": "status"}
    view, notices = url.read(query, "compare", choices.possible())
    assert notices == []
    assert url.query_of(view) == query
    app = opened("compare", **query)
    assert [one.value for one in app.info] == []
    assert list(app.multiselect(key="choose-ind").value) == query["ind"].split(",")
    assert list(app.get("button_group")[0].value) == ["status"]


def test_choices_are_written_into_the_address():
    app = opened("compare", area=CITY, lang="en")
    app.multiselect(key="choose-ind").set_value(["urban_share"]).run()
    assert app.query_params["ind"] == "urban_share"
    app.selectbox(key="choose-group").set_value("criteria").run()
    assert app.query_params["peers"] == "status.population"
    app.selectbox(key="choose-group").set_value("chosen").run()
    app.multiselect(key="choose-cmp").set_value(["UA6510007", "UA0506015"]).run()
    assert app.query_params["cmp"] == "UA65100070000064512,UA05060150000094411"
    assert "peers" not in app.query_params
    app.selectbox(key="choose-sort").set_value("urban_share").run()
    assert app.query_params["sort"] == "urban_share"
    assert not app.exception


def test_an_eleventh_community_is_cut_and_it_is_said():
    codes = communities(14)[:11]
    app = opened("compare", area=CITY, lang="en", peers="chosen")
    app.multiselect(key="choose-cmp").set_value(codes).run()
    assert len(app.query_params["cmp"].split(",")) == 10
    assert len(app.multiselect(key="choose-cmp").value) == 10
    assert any("At most 10" in one.value for one in app.info)


@pytest.mark.parametrize(
    "wrong", [{"peers": "nonsense"}, {"cmp": "UA99"}, {"ind": "nonsense"}, {"ind": "claims_submitted"}, {"per": "x"}]
)
def test_what_is_wrong_in_the_address_is_said_and_the_page_shown(wrong):
    app = opened("compare", area=CITY, lang="en", **wrong)
    assert not app.error
    assert len(app.info) == 1
    assert "Median" in words_of(app)


def test_a_pinned_release_gives_the_same_page():
    pinned = opened("compare", area=CITY, rel=data.newest_release().name)
    assert words_of(pinned) == words_of(opened("compare", area=CITY))


def test_a_group_of_four_is_withheld():
    view = View("compare", "en", area="UA6312027", chosen=("UA6510007", "UA0506015", "UA3204013", "UA2110011"))
    html = row(view, "population")
    assert "comparison is shown, because" in plain(html)
    assert "Median" not in html
    assert 'class="strip"' not in html


@pytest.mark.parametrize("mark", ["c", "s"])
def test_suppressed_peers_withhold_the_comparison_and_are_counted_by_their_mark(mark, monkeypatch, nothing_kept):
    real = data.cells
    codes = tuple(communities(10)[:10])
    monkeypatch.setattr(data, "cells", lambda *args, **named: suppressed(real(*args, **named), codes[:8], mark))
    kept_answers.drop_answers()  # what `communities` asked
    html = row(View("compare", "en", area="UA6312027", chosen=codes), "urban_share")
    assert "comparison is shown, because" in plain(html)
    assert "Median" not in html
    assert f'm-{mark}"' in html
    assert re.search(rf"\[{mark}\][^0-9]*: 8", plain(html))


def suppressed(cells, codes, mark):
    here = cells["territory_code"].isin(codes)
    return cells.assign(value=cells["value"].mask(here), status=cells["status"].mask(here, mark))


def test_a_true_zero_is_a_ring_and_counted():
    view = View("compare", "en", area="UA6510007")
    zeros = sum(
        data.cells("urban_share").set_index("territory_code")["value"].get(code) == 0
        for code in peers.group_of(view).codes
    )
    html = row(view, "urban_share")
    assert zeros
    assert html.count('class="zero"') == zeros
    assert f"true zero: {zeros}" in plain(html)


def test_a_denominator_divides_the_numbers_and_is_named():
    view = View("compare", "en", area="UA63", per="population")
    people = data.cells("population").set_index("territory_code")["value"]
    persons = data.cells("idps_registered")
    persons = persons[persons["period_end"] == "2025-06-05"].set_index("territory_code")["value"]
    rate = 1000 * persons["UA63"] / people["UA63"]
    html = plain(row(view, "idps_registered"))
    assert f"{rate:.1f} people per 1,000 residents" in html.replace("\u00a0", " ")
    assert "present population" in html
    assert "1 January 2022" in html.replace("\u00a0", " ")
    without = plain(row(replace(view, per=""), "idps_registered"))
    assert "residents" not in without


def test_the_table_sorts_by_name_or_by_a_column_and_nothing_is_lost():
    view = View("compare", "uk", area="UA6510007", indicators=("urban_share",))
    codes = set(peers.group_of(view).codes)
    by_name = page.order(view, None)
    names = [words.alphabetical(data.territory_name(code, "uk")) for code in by_name]
    assert names == sorted(names)
    values = choices.values(view, "urban_share")
    by_value = [values.value(code) for code in page.order(view, values)]
    assert by_value == sorted(by_value, reverse=True)
    assert set(by_name) == set(page.order(view, values)) == codes


def test_places_on_the_strip_are_shares_of_the_domain():
    domain = SimpleNamespace(low=10.0, high=20.0)
    assert [strip.place(value, domain) for value in (10, 15, 20, 5, 99)] == [0, 50, 100, 0, 100]
    assert strip.place(7.0, SimpleNamespace(low=7.0, high=7.0)) == 50


def test_names_are_escaped(monkeypatch, nothing_kept):
    monkeypatch.setattr(data, "territory_name", lambda *args, **named: '<b onclick="x">&')
    assert "<b onclick" not in row(View("compare", "en", area="UA6510007"), "urban_share")
