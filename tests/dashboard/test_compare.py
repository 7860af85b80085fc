"""The compare page: its numbers worked out again plainly, its choices in the address, what is withheld."""

import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard import data, kept_answers
from dashboard.address import url
from dashboard.answers import comparison, peers
from dashboard.compare import choices, page, peer_map, strip, table
from dashboard.language import words
from dashboard.view import View
from tests.support.pages import opened, words_of

CITY = "UA63120270000028556"


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
        expected = {"Lowest": min(group), "Highest": max(group)}
        if len(group) >= 12:
            half = middle(group)
            expected["Median"] = int(half + 0.5) if all(value == int(value) for value in group) else half
        assert ("Median" in given) == (len(group) >= 12)
        for name, value in expected.items():
            shown = words.counted(value, unit, "en") if unit == "percent" else words.plain(value, unit, "en")
            assert given[name] == shown, (code, name)
        assert words.counted(cells[code], unit, "en") in html


def test_every_known_peer_is_drawn_once_or_named_or_counted():
    for code in communities():
        view = View("compare", "uk", area=code)
        values = choices.values(view, "population_density")
        compared = comparison.compared(values)
        placed = strip.stacks({one: values.value(one) for one in values.known}, compared)
        assert len(placed) + len(compared.outliers) == len(values.known)
        assert all(0 <= at <= 100 for at, _ in placed.values())
        drawn = len(re.findall(r'<i[^>]* title="', row(view, "population_density")))
        assert drawn == len(compared.outliers) + (len(placed) if len(placed) <= strip.MOST_DOTS else 0)


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
    assert ("of six" if lang == "en" else "із шести") in words_of(app) or area != CITY


def test_an_address_goes_round():
    query = {"lang": "en", "area": CITY, "ind": "population,months_under_status.active_hostilities", "peers": "status"}
    view, notices = url.read(query, "compare", choices.possible())
    assert notices == []
    assert url.query_of(view) == query
    app = opened("compare", **query)
    assert [one.value for one in app.info] == []
    assert [read(there).indicators for there in removing(app)] == [(one,) for one in reversed(view.indicators)]
    assert "✓ Territorial status" in words_of(app) and "+ Population" in words_of(app)


def read(address):
    """The view that an address of the page asks for; nothing in it is wrong."""
    query = dict(parse_qsl(urlsplit(unescape(address)).query))
    view, notices = url.read(query, "compare", choices.possible())
    assert notices == []
    return view


def removing(app):
    """The addresses at which one of the chips is gone."""
    return re.findall(r'<a href="([^"]+)" aria-label="[^"]*">×</a>', words_of(app))


def options(app, name):
    """What a list of the page offers: words and address."""
    content = re.search(rf'<select id="choose-{name}">(.*?)</select>', words_of(app))[1]
    return {words: there for there, words in re.findall(r'<option value="([^"]+)"[^>]*>(.*?)</option>', content)}


def test_every_choice_of_the_page_is_an_address_that_asks_for_it():
    app = opened("compare", area=CITY, lang="en")
    shown = choices.shown(View("compare", area="UA6312027"))
    assert [set(shown) - set(read(there).indicators) for there in removing(app)] == [{one} for one in shown]
    offered = [read(there) for there in options(app, "ind").values()]
    assert offered[0].indicators == shown
    assert {one.indicators[-1] for one in offered[1:]} == set(choices.offered(View("compare", area="UA6312027"))) - set(
        shown
    )
    groups = [read(there).peers for there in options(app, "peers").values()]
    assert groups == ["", "status.population", "chosen"]
    assert [read(there).per for there in options(app, "per").values()][:2] == ["", "population"]
    days = [read(there).period for there in options(app, "period").values()]
    assert days[0] == "" and days[1:] == sorted(set(days[1:]), reverse=True)


def test_a_unit_is_found_added_and_taken_away_by_links():
    app = opened("compare", area=CITY, lang="en", peers="chosen", find="Darivka")
    added = re.search(r'<a href="([^"]+)">\+ Darivka', words_of(app))[1]
    assert read(added).chosen == ("UA6510007",) and read(added).peers == ""
    app = opened("compare", area=CITY, lang="en", cmp="UA6510007,UA0506015")
    assert [read(there).chosen for there in removing(app)[-2:]] in (
        [("UA6510007",), ("UA0506015",)],
        [("UA0506015",), ("UA6510007",)],
    )
    app = opened("compare", area=CITY, lang="en", cmp="UA6510007")
    last = read(removing(app)[-1])
    assert (last.chosen, last.peers) == ((), "chosen")


def test_an_eleventh_community_is_cut_and_it_is_said():
    app = opened("compare", area=CITY, lang="en", cmp=",".join(communities(14)[:11]))
    assert len(read(removing(app)[0]).chosen) == 10
    assert any("At most 10" in one.value for one in app.info)
    assert 'name="find"' not in words_of(app)


@pytest.mark.parametrize(
    "wrong", [{"peers": "nonsense"}, {"cmp": "UA99"}, {"ind": "nonsense"}, {"ind": "claims_submitted"}, {"per": "x"}]
)
def test_what_is_wrong_in_the_address_is_said_and_the_page_shown(wrong):
    app = opened("compare", area=CITY, lang="en", **wrong)
    assert not app.error
    assert len(app.info) == 1
    assert "Highest" in words_of(app)


def test_a_pinned_release_gives_the_same_page():
    pinned = opened("compare", area=CITY, rel=data.newest_release().name)
    assert plain(words_of(pinned)) == plain(words_of(opened("compare", area=CITY)))


def test_a_group_of_four_is_withheld():
    view = View("compare", "en", area="UA6312027", chosen=("UA6510007", "UA0506015", "UA3204013", "UA2110011"))
    html = row(view, "population")
    assert "No comparison, because" in plain(html)
    assert "Median" not in html
    assert 'class="strip"' not in html


@pytest.mark.parametrize("mark", ["c", "s"])
def test_suppressed_peers_withhold_the_comparison_and_are_counted_by_their_mark(mark, monkeypatch, nothing_kept):
    real = data.cells
    codes = tuple(communities(10)[:10])
    monkeypatch.setattr(data, "cells", lambda *args, **named: suppressed(real(*args, **named), codes[:8], mark))
    kept_answers.drop_answers()  # what `communities` asked
    html = row(View("compare", "en", area="UA6312027", chosen=codes), "urban_share")
    assert "No comparison, because" in plain(html)
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
    by_name = table.order(view, None)
    names = [words.alphabetical(data.territory_name(code, "uk")) for code in by_name]
    assert names == sorted(names)
    values = choices.values(view, "urban_share")
    by_value = [values.value(code) for code in table.order(view, values)]
    assert by_value == sorted(by_value, reverse=True)
    assert set(by_name) == set(table.order(view, values)) == codes


def test_places_on_the_strip_are_shares_of_the_domain():
    domain = SimpleNamespace(low=10.0, high=20.0)
    assert [strip.place(value, domain) for value in (10, 15, 20)] == [0, 50, 100]
    assert strip.place(7.0, SimpleNamespace(low=7.0, high=7.0)) == 50
    for beyond in (9.9, 99):
        with pytest.raises(ValueError, match=r"lies beyond 10\.0 and 20\.0"):
            strip.place(beyond, domain)


def test_the_outlines_under_the_map_are_those_of_the_sample_data():
    assert (data.ROOT / "dashboard" / "static" / "regions.svg").read_text("utf-8") == peer_map.outlines()


WEIGHED = [
    {"area": CITY},
    {"area": "UA65100070000064512", "lang": "en"},
    {"area": "UA05060150000094411"},
    {"area": "UA63000000000041885"},
    {"area": CITY, "peers": "chosen", "cmp": "UA65100070000064512"},
    {"area": "UA65100070000064512", "peers": "all"},
]


@pytest.mark.parametrize("query", WEIGHED)
def test_the_page_is_few_elements_and_small(query):
    """Elements cost the server time, bytes a phone: the page is one piece of HTML, its footer another."""
    app = opened("compare", **query)
    kinds = ("selectbox", "multiselect", "button_group", "text_input", "plotly_chart", "page_link", "imgs")
    assert [kind for kind in kinds if app.get(kind)] == []
    assert len(app.get("html")) <= 4  # with the head of every page
    assert sum(len(one.proto.body.encode()) for one in app.get("html")) <= 70_000


def test_the_table_is_sorted_and_turned_by_links_and_names_lead_to_their_pages():
    html = words_of(opened("compare", area="UA65100070000064512", lang="en", sort="urban_share", page="2"))
    heads = [unescape(there) for there in re.findall(r'<th scope="col"><a href="([^"]+)"', html)]
    assert [dict(parse_qsl(urlsplit(there).query)).get("sort", "") for there in heads][:2] == ["", "population"]
    assert 'aria-current="page">2</a>' in html
    units = re.findall(r'<th scope="row"><a href="/community\?lang=en&amp;area=(\w+)"', html)
    view = View("compare", "en", area="UA6510007")
    ordered = table.order(view, choices.values(view, "urban_share"))
    assert [data.territory_code(one) for one in units] == ["UA6510007", *ordered[table.ROWS : 2 * table.ROWS]]


def test_names_are_escaped(monkeypatch, nothing_kept):
    monkeypatch.setattr(data, "territory_name", lambda *args, **named: '<b onclick="x">&')
    assert "<b onclick" not in row(View("compare", "en", area="UA6510007"), "urban_share")
