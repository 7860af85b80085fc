"""The Association on the overview, its members on maps and lists, and what is said while no operator has given data."""

import csv
import re
import sqlite3
from html import unescape

import pytest

from dashboard import data
from dashboard.answers import places, snapshot
from dashboard.charts import communities, signs
from dashboard.explore import association
from dashboard.language.words import say
from dashboard.view import View
from data_access.__main__ import main
from tests.support.examples_lists import write_table
from tests.support.pages import PAGES, forget, links_of, opened, words_of
from tests.support.run import LANGUAGES, in_languages
from tests.support.small import SAMPLE, sample_rows

FACTS = list(csv.DictReader((SAMPLE / "association_facts.csv").open(encoding="utf-8", newline="")))
FIGURES = [row for row in sample_rows("published-values") if row["indicator"] == "association_members"]
ADDRESSES = {row["source_id"]: row["url"] for row in sample_rows("sources")}
NAMED = {"UA14", "UA63", "UA44", "UA48", "UA59", "UA74", "UA12", "UA23", "UA51", "UA32"}
MEMBERS = {"UA6312027": "2025-09-18", "UA6312029": "", "UA0102003": "2025-10-09", "UA80": "2025-11-01"}
UNKNOWN = {"uk": "не оприлюднено", "en": "has not been published"}
NOT_SAID = {"uk": "у наших джерелах не сказано", "en": "Our sources do not say"}
SINGLE = {"uk": "окремі повідомлення", "en": "single statements"}


def said(lang: str, area: str = data.COUNTRY) -> str:
    view = View("overview", lang, area=area, all=True)
    return unescape(str(association.section(view))).replace("\u00a0", " ")


@pytest.fixture
def with_members(own_database, tmp_path):
    """After a list of four members was loaded, one of them without a day."""
    rows = [{"code": code, "since": since, "source_id": "assoc_300"} for code, since in MEMBERS.items()]
    assert main(["load", "members", str(write_table(tmp_path / "members.csv", rows)), "--url", own_database]) == 0
    forget()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fact_and_every_number_stands_there_with_its_day_and_source(lang):
    text = said(lang)
    for fact in FACTS:
        assert fact[f"text_{lang}"].replace("\u00a0", " ") in text, fact["fact"]
        assert fact["fact"] == "name" or ADDRESSES[fact["source_id"]] in text
    numbers = {"uk": ("понад 100 громад", "56 громад", "понад 300 громад"), "en": ("over 100", "56", "over 300")}
    places = [text.index(f"<strong>{number}") for number in numbers[lang]]
    assert places == sorted(places) and len(FIGURES) == len(places), "by date"
    assert all(ADDRESSES[row["source_id"]] in text for row in FIGURES)
    days = ("18.09.2025", "09.10.2025", "16.10.2025", "10.11.2025", "05.02.2026")
    english = ("18 September 2025", "9 October 2025", "16 October 2025", "10 November 2025", "5 February 2026")
    assert all(day in text for day in (days if lang == "uk" else english))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_statements_are_no_series_and_what_is_not_known_is_said(lang):
    text = said(lang)
    assert "→" not in text and SINGLE[lang] in text
    further = str(association.section(View("overview", lang)))
    assert say("association.further", lang, count=5) in further and "all=1" in further
    assert NOT_SAID[lang] in text and say("association.list_unpublished", lang) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_oblast_tells_what_concerns_it_and_no_other(lang):
    listed = next(fact for fact in FACTS if fact["fact"] == "oblasts")[f"text_{lang}"]
    memorandum = next(fact for fact in FACTS if fact["fact"] == "memorandum")[f"text_{lang}"].replace("\u00a0", " ")
    for code in data.oblasts():
        text = said(lang, code)
        assert (listed in text) == (code in NAMED), code
        assert (memorandum in text) == (code == "UA74"), code
        assert ("<strong>56" in text) == (code == "UA63"), code
        assert "<strong>" not in text or code == "UA63"
        assert (UNKNOWN[lang] in text) or code in ("UA63", "UA74"), code
        assert "#association" in text


@pytest.mark.parametrize(("page", "lang"), in_languages(PAGES))
def test_who_we_are_is_one_click_from_every_page(page, lang):
    app = opened(page, lang=lang, area="UA63120270000028556")
    link = links_of(app)[-1]
    assert link.page == "" and link.query["lang"] == lang and "area" not in link.query
    assert '#association"' in words_of(app)
    assert 'id="association"' in words_of(opened("overview", **link.query))


def test_without_facts_nothing_is_said_and_nothing_leads_there(own_database, tmp_path):
    with sqlite3.connect(tmp_path / "own.db") as connection:
        connection.execute("DELETE FROM association_fact")
    text = words_of(opened("overview"))
    assert "association" not in text


@pytest.fixture
def outlines_of_all(monkeypatch):
    """As if the outlines of all communities were loaded."""
    monkeypatch.setattr(places, "outlined", lambda: (frozenset(snapshot.units("hromada")), ""))


def drawn(code: str = data.COUNTRY) -> tuple[dict[str, str], list]:
    """The letters of the legend with their words, and both kinds of maps of communities."""
    view = View("overview", "en", area=code, indicator="population", level="hromada")
    marks = communities.marks(view, snapshot.snapshot(view))
    _, shapes = communities.legend(marks, True, "en", "", str)
    return dict(shapes), [communities.seat_map(marks, True, "en"), communities.outline_map(marks, "en")]


def test_members_are_framed_on_both_maps_and_named_in_the_legend(with_members, outlines_of_all):
    shapes, figures = drawn()
    assert shapes[signs.MEMBER[1]] == "members of the Association: 4 communities"
    for figure in figures:
        (frames,) = [one for one in figure.data if one.name == "member"]
        assert len(frames["x"] if "x" in frames else frames["lon"]) == len(MEMBERS)
        others = {one.marker.symbol for one in figure.data if one.name != "member" and hasattr(one.marker, "symbol")}
        assert frames.marker.symbol not in others, "a shape of its own, unlike occupied and every mark"
    assert drawn("UA63")[0][signs.MEMBER[1]] == "members of the Association: 2 communities"
    assert signs.MEMBER[1] not in drawn("UA05")[0]


def test_members_are_marked_in_the_list_and_on_their_pages(with_members):
    text = words_of(opened("overview", lang="en", area="UA63000000000041885", ind="population", level="hromada"))
    assert '<th scope="col">Member of the Association</th>' in text
    lines = re.findall(r"<tr>.*?</tr>", text)
    told = {code: [line for line in lines if data.territory(code)["katottg"] in line] for code in MEMBERS}
    assert "since 18 September 2025" in told["UA6312027"][0]
    assert "yes, date of joining not published" in told["UA6312029"][0]
    assert sum("since" in line or "yes, date" in line for line in lines) == 2
    assert "since 18 September 2025" in words_of(opened("community", lang="en", area="UA63120270000028556"))
    assert "2 communities" in said("en", "UA63") and "4 communities" in said("en")
    assert "No list of the members" not in said("en")


def test_without_a_list_no_page_speaks_of_members(outlines_of_all):
    shapes, figures = drawn()
    assert signs.MEMBER[1] not in shapes
    assert not [trace for figure in figures for trace in figure.data if trace.name == "member"]
    text = words_of(opened("overview", lang="en", area="UA63000000000041885", ind="population", level="hromada"))
    assert "Member of the Association" not in text
    assert "Member of the Association since" not in words_of(opened("community", lang="en", area="UA63120270000028556"))


@pytest.mark.parametrize(("lang", "words"), [("uk", "чекаємо на дані оператора"), ("en", "awaiting operator data")])
def test_movements_are_awaited_until_any_are_published(lang, words, own_database, tmp_path):
    text = words_of(opened("displacement", lang=lang))
    assert words in text and "588" in text and ("вибірка" in text or "cohort" in text)
    assert ADDRESSES["kharkiv_kyivstar_2025"] in text, "who ordered such figures, with its source"
    with sqlite3.connect(tmp_path / "own.db") as connection:
        connection.execute(
            "UPDATE cell SET indicator = 'commuting_in' WHERE indicator = 'refugees_abroad'"
        )  # any one of the six
    forget()
    assert words not in words_of(opened("displacement", lang=lang))
