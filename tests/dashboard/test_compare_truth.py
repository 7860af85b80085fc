"""Nothing that a comparison says or draws is contradicted by its values: every sentence and axis worked out again."""

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from html import unescape
from statistics import median
from urllib.parse import unquote

import pytest

from dashboard import data
from dashboard.answers import comparison
from dashboard.answers.peers import group_of
from dashboard.compare import choices, page, sentences, small_multiples, strip
from dashboard.compare.choices import OPENING, REST
from dashboard.language.words import say
from dashboard.view import View, breakdown_of
from tests.support.run import LANGUAGES, amount, chance

EN = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
UK = ["перше", "друге", "третє", "четверте", "п’яте", "шосте", "сьоме", "восьме", "дев’яте", "десяте", "одинадцяте"]
EN_OF = dict(zip(["six", "seven", "eight", "nine", "ten", "eleven", "twelve"], range(6, 13), strict=True))
UK_OF = ["шести", "семи", "восьми", "дев’яти", "десяти", "одинадцяти", "дванадцяти"]
UK_OF = dict(zip(UK_OF, range(6, 13), strict=True))
EN_ORDER = re.compile(r"(the highest|the lowest|(\w+) highest) of (\w+)(?:, shared with (\d+))?")
UK_ORDER = re.compile(
    r"(найбільше|найменше|(\S+) за величиною) значення (?:із|з) (\S+?)(?:[,; ]|$)(?:.*?таке саме ще [ув] (\d+))?"
)
SIDES = {
    "higher": ("значення більше", "a higher value"),
    "lower": ("значення менше", "a lower value"),
    "equal": ("значення таке саме", "the same value"),
}
DISTANCES = {"above": (1, 3), "far_above": (3, None), "below": (-1, -3), "far_below": (-3, None)}


def units():
    """All regions, and communities and raions by chance."""
    others = [code for code, row in data.territories().iterrows() if row["level"] in ("hromada", "raion")]
    return [*data.oblasts(), "UA6312027", "UA2306007", *chance("compare").sample(others, amount(40, of=len(others)))]


def shown():
    """Every unit's default choices, with what is known of them."""
    for area in units():
        view = View("compare", area=area)
        for choice in choices.shown(view):
            yield view, choices.values(view, choice)


def plainly(values):
    """Mine, and the peers' values."""
    known = [float(values.rows[code]["value"]) for code in values.peers]
    return float(values.rows[values.mine]["value"]), [value for value in known if value == value]


def same(one, other):
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))


@lru_cache(maxsize=1)
def comparisons():
    """Every comparison that is not withheld: its values, and its sentence in both languages."""
    found = []
    for view, values in shown():
        one = comparison.compared(values)
        group = page.GROUPS.get(group_of(view).kind, group_of(view).kind)
        if not one.withheld and one.position != "unknown":
            found.append((values, one, {lang: sentences.finding(one, values, lang, group) for lang in LANGUAGES}))
    assert len(found) > 60
    return found


@pytest.fixture
def told(over_published_figures):
    return comparisons()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_shares_are_those_of_the_values(told, lang):
    for values, _, by_lang in told:
        text, (mine, peers) = by_lang[lang].replace("\u00a0", " "), plainly(values)
        counts = {
            "higher": sum(value > mine and not same(value, mine) for value in peers),
            "lower": sum(value < mine and not same(value, mine) for value in peers),
            "equal": sum(same(value, mine) for value in peers),
        }
        (side,) = [name for name, words in SIDES.items() if words[lang == "en"] in text]
        pairs = re.findall(r"(\d[\d ,]*) (?:з|of) (\d[\d ,]*)", text.split("—" if lang == "uk" else " – ")[-1])
        numbers = [tuple(int(re.sub(r"\D", "", part)) for part in pair) for pair in pairs]
        assert (counts[side], len(peers)) in numbers, (values.mine, text)
        data_said = ("із даними" if lang == "uk" else "with data") in text
        assert data_said == (len(peers) < len(values.peers)), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_small_groups_are_told_by_an_order_that_is_true(told, lang):
    checked = 0
    for values, _, by_lang in told:
        text, (mine, peers) = by_lang[lang].replace("\u00a0", " "), plainly(values)
        if len(peers) >= 12:
            assert not (EN_ORDER if lang == "en" else UK_ORDER).search(text), text
            continue
        assert not re.search("median|middle half|медіан|середн.. половин", text.partition(" — ")[2]), text
        if (say("position.noise", lang) in text) or (say("order.all_same", lang) in text):
            assert say("order.all_same", lang) not in text or all(same(mine, value) for value in peers)
            continue
        place, nth, of, shared = (EN_ORDER if lang == "en" else UK_ORDER).search(text).groups()
        higher, lower = (
            sum(v > mine and not same(v, mine) for v in peers),
            sum(v < mine and not same(v, mine) for v in peers),
        )
        assert (EN_OF if lang == "en" else UK_OF)[of] == len(peers) + 1, text
        assert int(shared or 0) == len(peers) - higher - lower, text
        if nth:
            assert (EN if lang == "en" else UK).index(nth) == higher > 0 and lower > 0, text
        else:
            assert (higher if place in ("the highest", "найбільше") else lower) == 0, text
        checked += 1
    assert checked > 10


def test_words_of_distance_hold_by_distance_and_by_order(told):
    seen = set()
    for values, one, by_lang in told:
        mine, peers = plainly(values)
        if len(peers) < 12:
            continue
        seen.add(one.position)
        assert say(f"position.{one.position}", "en") in by_lang["en"]
        middle = median(peers)
        mad = median(abs(value - middle) for value in peers)
        further = Fraction(sum(v > mine if mine > middle else v < mine for v in peers), len(peers))
        if one.position in DISTANCES:
            near, far = DISTANCES[one.position]
            assert (mine - middle) / mad * (1 if near > 0 else -1) > abs(near)
            assert far is None or abs(mine - middle) <= abs(far) * mad * (1 + 1e-9)
            assert further <= Fraction(1, 4)
        elif one.position == "middle":
            outside = max(sum(v > mine for v in peers), sum(v < mine for v in peers))
            assert abs(mine - middle) <= mad * (1 + 1e-9) and Fraction(outside, len(peers)) <= Fraction(3, 4)
        elif one.position in ("over", "under"):
            assert (mine > middle) == (one.position == "over") and further > Fraction(1, 4)
        elif one.position == "near":
            assert abs(mine - middle) <= mad * (1 + 1e-9)
        elif one.position in ("same", "differs"):
            assert 2 * sum(same(value, middle) for value in peers) >= len(peers)
            assert same(mine, middle) == (one.position == "same")
    assert {"middle", "above", "below"} <= seen


def test_every_value_is_on_the_axis_or_drawn_behind_a_break_with_its_number(told):
    cut_at_all = 0
    for values, one, by_lang in told:
        html = strip.strip(values, one, by_lang["en"], "en")
        everybody = [code for code in (*values.peers, values.mine) if values.value(code) == values.value(code)]
        beyond = [code for code in everybody if not one.low <= values.value(code) <= one.high]
        cut_at_all += bool(beyond)
        assert {code for codes in strip.sides(values, one).values() for code in codes} == set(beyond)
        assert html.count('class="break"') == len({values.value(code) > one.high for code in beyond})
        numbers = [unescape(text) for text in re.findall(r'<b style="(?:left|right):calc[^>]*>(.*?)</b>', html)]
        assert sorted(numbers) == sorted(strip.bare(values.value(code), values, "en") for code in beyond)
        rows = re.findall(r'<b style="((?:left|right):calc\([\d.]+%[^"]*)"', html)
        assert len(set(rows)) == len(beyond)  # no two in one place: they would look equal
        for code in beyond:
            assert data.territory_name(code, "en") in unescape(html)
    assert cut_at_all


def known_of(view, indicator):
    """Whether the unit or its group has a value of the indicator's total, from the cells themselves."""
    cells = data.cells(indicator)
    here = cells[cells["territory_code"].isin([view.area, *group_of(view).codes]) & (cells["coverage"] == "")]
    return bool(here["value"].notna().any())


def test_a_comparison_opens_with_damage_people_and_money_that_the_group_knows():
    missing = 0
    for area in units():
        view = View("compare", area=area)
        shown, nobody = choices.shown(view), choices.nobody(view)
        first = list(shown[: len(choices.opening(view))])
        for topic, stories in OPENING.items():
            known = [name for story in stories for name in story if known_of(view, name)]
            assert (topic in nobody) == (not known), (area, topic)
            assert bool(set(first) & set(known)) == bool(known), (area, topic, shown)
        assert all(choices.parts(one)[0] in REST for one in shown[len(first) :])
        missing += bool(nobody)
    assert missing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nobody_has_published_is_said_with_the_way_to_supply_it(lang):
    view = View("compare", lang, area="UA6510007")
    view = replace(view, indicators=choices.shown(view))
    html = page.page(view, "", 0, "")
    for topic in choices.nobody(view):
        assert say(f"compare.topic_{topic}", lang) in html
    assert "template community-return --area UA65100070000064512 --month 2026-11" in html
    known = replace(view, area="UA63")
    assert "community-return" not in page.page(replace(known, indicators=choices.shown(known)), "", 0, "")


def test_a_register_and_a_publication_of_the_same_are_one_row():
    for stories in OPENING.values():
        for story in stories:
            for area in ("UA63", "UA6312027"):
                assert len(set(choices.opening(View("compare", area=area))) & set(story)) <= 1


def test_parts_are_told_where_the_total_is_not_published():
    """Chernihiv Oblast: private houses and apartment buildings, each with its day, beside a total that nobody gave."""
    view = View("compare", "en", area="UA74")
    html = page.page(replace(view, indicators=("residential_damaged",)), "", 0, "").replace("\u00a0", " ")
    cells = data.cells("residential_damaged", breakdown=breakdown_of("residential_damaged", "apartment"))
    own = cells[cells["territory_code"] == "UA74"]
    assert len(own) >= 2
    for value in own["value"]:
        assert f"{value:,.0f} buildings" in html


@pytest.mark.parametrize(
    ("area", "name", "series"),
    [
        ("UA63", "idps_surveyed", True),
        ("UA6312027", "buildings_damaged", False),
        ("UA6312027", "homes_lost_residents", False),
    ],
)
def test_no_line_runs_through_single_statements(area, name, series):
    view = View("compare", "en", area=area, indicators=(name,))
    drawn = str(small_multiples.over_time(view, {name: choices.values(view, name)}))
    pictures = [unquote(one) for one in re.findall(r'src="data:image/svg\+xml,([^"]*)"', drawn)]
    assert len(pictures) == 1 and pictures[0].count("l5 5l-5 5") >= 3, "each figure is a point"
    assert ('stroke-width="2.5"' in unescape(pictures[0])) == series
    assert ("not a series" in drawn) != series
