"""The sources page: it opens on what draws on most sources, counts what has values, shows no code, and stays small."""

import csv
import re
import sqlite3
from html import unescape

import pytest

from dashboard import data
from dashboard.sources import registry
from tests.support.pages import opened, words_of
from tests.support.repository import ROOT

CODE = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
MANY = ("residential_damaged", "claim_categories_open", "communities_by_status", "aid_needed", "idps_registered")


@pytest.fixture(scope="module")
def drawn_on(sample_database):
    """(indicator, source) of all public figures that have a value, by plain SQL."""
    with sqlite3.connect(sample_database) as connection:
        wanted = "select distinct indicator, source_id from cell where audience = 'public' and value is not null"
        return connection.execute(wanted).fetchall()


def without_style(app) -> str:
    return re.sub(r"<style>.*?</style>", "", words_of(app), flags=re.DOTALL)


def visible(app) -> str:
    """What a reader sees: words without tags, the options of selectors; titles of sources as published left out."""
    seen = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<script>.*?</script>", "", without_style(app))))
    for title in data.sources()["title"]:
        seen = seen.replace(str(title), "")
    return " ".join([seen, *(option for choice in app.selectbox for option in choice.options)])


def test_it_opens_on_the_indicator_that_draws_on_most_sources(drawn_on):
    names = [name for name, _ in drawn_on]
    assert registry.choices()[0] == max(set(names), key=names.count)
    assert data.registry()[registry.choices()[0]].title["uk"] in words_of(opened("sources")).split("<h2>")[1]


def test_indicators_without_values_come_last_and_say_so(drawn_on):
    known = {name for name, _ in drawn_on}
    listed = registry.choices()
    assert set(listed) == set(data.registry()) and set(listed[: len(known)]) == known
    options = re.findall(r"<option.*?>(.*?)</option>", words_of(opened("sources", lang="en")).partition("</select>")[0])
    said = [option.endswith("no published figures yet") for option in options]
    assert len(options) == len(listed) and said == [name not in known for name in listed]
    assert "No published figures yet" in words_of(opened("sources", lang="en", ind="aid_needed"))


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_it_counts_what_has_public_values(drawn_on, lang):
    indicators, sources = ({row[place] for row in drawn_on} for place in (0, 1))
    title = re.search(r"<h1>(.*?)</h1>", words_of(opened("sources", lang=lang)))[1]
    assert [int(number) for number in re.findall(r"\d+", title)] == [len(indicators), len(sources)]
    note = re.search(r"(?:числа: джерел —|figures:) (\d+)\D+(\d+)", words_of(opened("sources", lang=lang)))
    assert int(note[1]) == len(sources) and int(note[1]) + int(note[2]) == len(data.sources())


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_no_code_of_ours_is_seen(lang):
    for name in MANY:
        seen = visible(opened("sources", lang=lang, ind=name))
        assert len(seen) > 2000
        assert CODE.findall(seen) == [], name


def test_the_page_is_small():
    for name in MANY:
        app = opened("sources", ind=name)
        assert len([element for element in app.main if element.type != "page_link"]) <= 17, name
        assert len(without_style(app).encode()) < 60_000, name


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_open_categories_on_the_list_and_on_the_card_are_told_apart(lang):
    """16 counted on 10 March 2026; those that were named as open only later are told by their codes."""
    with (ROOT / "sample_data" / "register_categories.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["state"] == "open"]
    figures = data.cells("claim_categories_open")
    newest = figures.loc[figures["period_end"].idxmax()]
    later = [row["code"] for row in rows if row["seen_on"] > str(newest["period_end"].date())]
    assert len(rows) - len(later) == newest["value"] and later
    text = words_of(opened("sources", lang=lang, ind="claim_categories_open"))
    told = re.search(r"<dd>([^<]*A2\.10[^<]*)</dd>", text)[1]
    numbers = [int(number) for number in re.findall(r"(?<![\w.])\d+(?!\w|\.\d)", told)]
    assert {len(rows), len(rows) - len(later), len(later)} <= set(numbers)
    assert all(code in told for code in later)
