"""The page of one unit: its published figures, its official status, its neighbours; honest where little is known."""

import csv
import json
import math
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from dashboard import data
from dashboard.address import url
from dashboard.answers import status_periods, unit
from dashboard.answers.freshness import edition_words, status_edition
from dashboard.answers.known import Known
from dashboard.charts import palette
from dashboard.community import ledgers, page, timeline
from dashboard.language.words import term
from dashboard.view import View
from tests.support.pages import links_of, opened, words_of
from tests.support.run import amount, chance, in_languages

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
KHARKIV, CITY = "UA6312027", "UA63120270000028556"
LEAST_SEVERE_LAST = list(palette.STATUS)
EDITION = date(2025, 5, 7)


def rows_of(name: str) -> list[dict]:
    with (SAMPLE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


TERRITORIES = {row["code"]: row for row in rows_of("territories.csv")}
PERIODS = rows_of("territory_status_periods.csv")


def a_sample_of_hromadas() -> list[str]:
    """60 hromadas, at least two of every region that has any, the same ones at each run."""
    luck = chance("hromadas")
    by_region: dict[str, list[str]] = {}
    for code, row in TERRITORIES.items():
        if row["level"] == "hromada":
            by_region.setdefault(code[:4], []).append(code)
    chosen = [code for codes in by_region.values() for code in luck.sample(codes, 2)]
    rest = sorted({code for codes in by_region.values() for code in codes} - set(chosen))
    return chosen + luck.sample(rest, 60 - len(chosen))


def wide_units() -> list[str]:
    """All regions, and raions: every fourth, in a full run all."""
    of_level = {
        level: [code for code, row in TERRITORIES.items() if row["level"] == level] for level in ("region", "raion")
    }
    return of_level["region"] + of_level["raion"][:: amount(4, of=1)]


def opened_in_turn(codes):
    app = opened("community", area=codes[0])
    for code, lang in in_languages(codes):
        app.query_params["area"], app.query_params["lang"] = TERRITORIES[code]["katottg"], lang
        yield code, lang, app.run()


@pytest.mark.slow
@pytest.mark.parametrize("units", [a_sample_of_hromadas(), wide_units()], ids=["hromadas", "raions and regions"])
def test_every_unit_opens_and_shows_nothing_unknown_as_zero(units):
    for code, lang, app in opened_in_turn(units):
        assert not app.exception and not app.error and not app.info, code
        text = words_of(app)
        assert TERRITORIES[code][f"name_{lang}"] in text, code
        shown = re.findall(r'class="value">(0\b[^,.<]*)<', text)
        assert not shown or (unit.cells(code)["value"] == 0).any(), (code, shown)
        assert not re.search(r"\bnan\b|NaT|None", text), code


def test_kharkiv_shows_its_published_figures_with_dates_and_sources():
    text = words_of(opened("community", area=CITY))
    for part in ("12 700 будівель", "станом на 25.12.2025", "близько 160 000 осіб", "9 300 будівель", "objectiv"):
        assert part in text, part
    assert "Харківська область: <strong>понад 75 000 об’єктів</strong> · станом на 03.04.2025" in text
    assert "1 421 125 осіб" in text and "344,1 км²" in text


def test_the_steps_show_what_is_published_and_x_where_nothing_is():
    text = words_of(opened("community", area=CITY, lang="en"))
    steps = re.findall(r"<li>(.*?)</li>", text.partition('<ul class="steps">')[2].partition("</ul>")[0])
    assert len(steps) == 6
    shown = [re.search(r'class="value[^"]*">(.*?)</p>', step)[1] for step in steps]
    assert shown[0] == "12,700 buildings" and shown[4] == "877 buildings"
    assert all("[x]" in shown[place] for place in (1, 3, 5))
    assert "never subtract" in text


def holding(code: str, on: date) -> list[str]:
    """Statuses that the list's rows of the whole hromada, its raion or its region give on a day, the worst first."""
    found = {
        row["status"]
        for row in PERIODS
        if row["code"] in (code, code[:6], code[:4])
        and row["start_on"] <= on.isoformat() <= (row["end_on"] or "9999-12-31")
    }
    return sorted(found, key=LEAST_SEVERE_LAST.index)


@pytest.mark.parametrize("code", [KHARKIV, "UA6308003", "UA6310005", "UA0102001", "UA80", "UA85", "UA1406", "UA2306"])
def test_status_periods_are_those_of_the_official_list(code):
    """Units whose settlements all share one status, day by day against the file."""
    assert all(row["unit_kind"] != "settlement" for row in PERIODS if row["code"] == code)
    on = date(2022, 2, 24)
    bands = status_periods.bands(code)
    while on <= EDITION:
        expected = (holding(code, on) or [None])[0]
        got = next((status for first, last, status in bands if first <= pd.Timestamp(on) <= last), None)
        assert got == expected, (code, on)
        on += timedelta(days=3)


def test_kharkiv_tells_its_status_in_a_sentence_and_its_rows_in_a_table():
    text = words_of(opened("community", area=CITY))
    assert "Офіційний статус: можливі бойові дії, від 15.09.2022." in text
    rows = [row for row in PERIODS if row["code"] == KHARKIV]
    assert f"{len(rows)} рядки офіційного переліку" in text
    assert "<td>24.02.2022</td><td>15.09.2022</td><td>уся територія</td>" in text
    assert 'class="band" role="img" aria-label="Стрічка часу. ' in text


def test_crimea_is_ukraine_occupied_since_2014_and_not_undamaged():
    text = words_of(opened("community", area="UA0102001"))
    assert "Автономна Республіка Крим" in text
    assert "Офіційний статус: тимчасово окупована територія, від 20.02.2014." in text
    assert "Відсутність даних не означає, що пошкоджень чи втрат немає." in text
    assert "Подати їх можуть громади" not in text, "nobody can hand in a return there"


def test_a_community_that_was_never_listed_says_so():
    never = "UA0512003"
    assert not any(row["code"] in (never, never[:6], never[:4]) for row in PERIODS)
    text = words_of(opened("community", area=never, lang="en"))
    assert "The official list of territories of hostilities and occupation does not name this territory." in text
    assert "Former name" in text and "Zhdanivska" in text
    assert text.count("[x]") > 6


def plain_km(one: dict, other: dict) -> float:
    """Distance by the law of cosines, another way than the program's."""
    a, b = (math.radians(float(place["lat"])) for place in (one, other))
    turn = math.radians(float(other["lon"]) - float(one["lon"]))
    return 6371.0088 * math.acos(math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn))


@pytest.mark.parametrize("code", [KHARKIV, "UA4606025", "UA80", "UA0512003"])
def test_neighbours_are_the_nearest_communities(code):
    others = [
        (plain_km(TERRITORIES[code], row), other)
        for other, row in TERRITORIES.items()
        if other != code and row["lat"] and (row["level"] == "hromada" or row["kind"] == "city")
    ]
    got = unit.nearest(code, 6)
    assert [near for near, _ in got] == [other for _, other in sorted(others)[:6]]
    assert [km for _, km in got] == pytest.approx([km for km, _ in sorted(others)[:6]], abs=0.01)


def test_a_unit_without_a_position_has_no_neighbours_and_says_so():
    assert not TERRITORIES["UA0102001"]["lat"]
    assert unit.nearest("UA0102001", 6) == []
    assert "no position for the centre" in words_of(opened("community", area="UA0102001", lang="en"))


def test_the_way_to_the_comparison_is_the_first_link_of_the_page():
    app = opened("community", area=CITY, lang="en")
    first = links_of(app)[0]
    assert first.words.startswith("Compare with peers") and first.page == "compare"
    assert first.query["area"] == CITY and first.query["lang"] == "en"


def test_a_pinned_release_stays_in_the_links():
    release = data.newest_release().name
    app = opened("community", area=CITY, rel=release)
    own = links_of(app)
    assert len(own) > 5 and all(link.query["rel"] == release for link in own)
    assert all(link.query["rel"] == release for link in links_of(app, bar=True))


def test_status_bands_stand_behind_the_lines_of_a_unit():
    charts = opened("community", area=CITY).get("plotly_chart")
    assert charts
    for chart in charts:
        ground = next(trace for trace in json.loads(chart.proto.spec)["data"] if trace.get("fill") == "toself")
        assert ground["name"] == "можливі бойові дії"
        days = [day for day in ground["x"] if day]
        assert max(days)[:10] == "2025-05-07", "the edition says nothing of later days"


def test_one_trend_is_drawn_and_any_other_can_be_chosen():
    for code in ("UA63", "UA14", "UA59"):
        view, _ = url.read({"area": code}, "community")
        names = page._repeated(view)
        app = opened("community", area=code, ind=names[-1])
        assert len(app.get("plotly_chart")) == 1
        options = re.search(r'<select id="choose-ind">(.*?)</select>', words_of(app))[1]
        assert re.findall(r"ind=(\w+)", options) == list(names)
        assert f'ind={names[-1]}" selected' in options


def test_the_country_offers_the_regions_and_every_status():
    app = opened("community", lang="en")
    text = words_of(app)
    assert "Find your community" in text
    labels = {link.words for link in links_of(app)}
    assert {data.territory_name(code, "en") for code in data.oblasts()} <= labels
    assert "Sevastopol City" in labels


def test_colours_of_the_band_are_those_of_the_charts():
    sheet = (SAMPLE.parent / "dashboard" / "static" / "style.css").read_text("utf-8")
    for status, colour in palette.STATUS.items():
        rule = re.search(rf"\.fc \.status\.{status} {{([^}}]*)}}", sheet)[1]
        assert colour.lower() in rule


def test_the_ledgers_name_only_indicators_of_the_registry():
    named = {one for _, expected in ledgers.LEDGERS.values() for one in expected}
    named |= {one for indicators in ledgers.STEPS.values() for one in indicators}
    first = {one for names in page.HEADLINES.values() for one in names}
    assert named | first | set(page.EXPECTED) <= set(data.registry())


def test_zero_and_the_marks_of_no_value_are_told_apart():
    row = unit.headlines(KHARKIV)["buildings_damaged", ""]
    drawn = {}
    for name, parts in {
        "zero": {"value": 0.0, "status": ""},
        "c": {"value": math.nan, "status": "c"},
        "s": {"value": math.nan, "status": "s"},
    }.items():
        one = Known("buildings_damaged", KHARKIV, row | parts)
        books = ledgers.Books({"buildings_damaged": one}, ())
        drawn[name] = ledgers._ledger("damage", books, False, View("community"))
    drawn["x"] = ledgers._ledger("damage", ledgers.Books({}, ()), False, View("community"))
    assert 'class="value">0\u00a0будівель</p>' in drawn["zero"]
    for mark in "cs":
        assert f">[{mark}]<" in drawn[mark] and 'class="value">0' not in drawn[mark]
        assert f"[{mark}]" not in drawn["x"]
    assert "Оприлюднених даних тут немає [x]" in drawn["x"]


def test_a_database_without_the_official_list_still_shows_its_communities(monkeypatch, nothing_kept):
    nothing = data.status_periods().head(0)
    monkeypatch.setattr(data, "status_periods", lambda: nothing)
    monkeypatch.setattr(data, "status_history", lambda code: pd.DataFrame())
    app = opened("community", area=CITY, lang="en", rel=data.newest_release().name)
    assert not app.exception and not app.error
    assert "12,700 buildings" in words_of(app)


@pytest.mark.parametrize("first", [2003, 2014, 2022, 2025])
@pytest.mark.parametrize("last", [date(2025, 5, 7), date(2026, 1, 20), date(2031, 12, 31)])
def test_years_of_the_band_stand_clear_on_a_phone(first, last):
    start = date(first, 2, 24)
    days = (last - start).days + 1
    begun = {year: 100 * (date(year, 1, 1) - start).days / days for year in range(first + 1, last.year + 1)}
    places = [at for _, at in timeline.legible(begun)]
    assert all(after - before >= 10 for before, after in pairwise(places)), "36 of 358 pixels hold a year"
    assert all(at <= 90 for at in places)
    assert places or len(begun) < 7


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_edition_and_its_age_stand_with_the_status(lang):
    text = words_of(opened("community", area=CITY, lang=lang))
    edition = edition_words(pd.Timestamp(EDITION), lang).replace("\u00a0", " ")
    assert re.search(r"\d", edition.split(",")[-1]), "an age in months or years"
    assert text.count(edition) >= 2, "in the sentence at the top and at the band"


def test_money_over_time_and_bars_open_the_reconstruction_page():
    titles = words_of(opened("reconstruction", lang="en"))
    assert "comparable data for 4 of 27 regions" in titles
    assert "UAH 44.3 billion (1 September 2025) → UAH 52.33 billion (10 November 2025)" in titles
    assert len(opened("reconstruction").get("plotly_chart")) == 2


@pytest.mark.parametrize(
    ("name", "area", "lang"), in_languages(("overview", "community", "compare"), ("", "UA63", "UA6312027", "UA1402001"))
)
def test_the_edition_and_its_age_stand_wherever_a_status_is_told(name, area, lang):
    text = re.sub(r"<select.*?</select>", "", words_of(opened(name, lang=lang, area=area)))
    told = [status for status in palette.STATUS if term("category", status, lang).casefold() in text.casefold()]
    edition = status_edition(lang).replace("\u00a0", " ").rstrip(".")
    assert edition.count("2025") and (not told or edition in text)
    assert told or name == "compare"
