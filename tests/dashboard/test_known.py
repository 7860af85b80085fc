"""What cards say of an indicator in a place, over the whole registry and all places, worked out again row by row."""

import re
from datetime import date, timedelta

import pandas as pd
import pytest

from dashboard import data
from dashboard.answers import beside, freshness, known
from dashboard.language import words
from dashboard.parts import card, cards, html
from dashboard.view import View
from tests.support.run import amount, in_languages

NAMES = list(data.registry())
TOPICS = ("damage", "displacement", "reconstruction", "register")


def rows_by_place(name: str) -> dict[str, list[dict]]:
    """All rows of an indicator by place, but those that group units by status, and those that say nothing."""
    found: dict[str, list[dict]] = {}
    cells = pd.concat([data.cells(name, breakdown=one) for one in ("", *data.registry()[name].breakdowns)])
    for row in cells.to_dict("records"):
        if row["breakdown"] != "territory_status" and row["status"] not in ("x", "z"):
            found.setdefault(row["territory_code"], []).append(row)
    return found


def possible(row: dict) -> tuple[date, date]:
    """First and last day that a figure may speak of."""
    end = row["period_end"].date()
    if row["period_start"] != row["period_end"] or row["precision"] == "day":
        return end, end
    if row["precision"] == "year":
        return date(end.year, 1, 1), date(end.year, 12, 31)
    return end.replace(day=1), (end.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def likely(row: dict) -> date:
    """The middle of a year or month, the day itself where it is known."""
    first, last = possible(row)
    return first if first == last else first + timedelta(days=181 if last - first > timedelta(days=99) else 14)


def rank(row: dict) -> int:
    order = data.registry()[row["indicator"]].source_order
    return order.index(row["producer"]) if row["producer"] in order else order.index("*")


def places(name: str) -> list[tuple[str, list[dict]]]:
    """All places that have any row; of the background, which all 1,800 units have, a part of the run."""
    found = sorted(rows_by_place(name).items())
    return found[:: amount(60, of=1)] if data.registry()[name].topic == "context" else found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_published_is_lost_or_called_unpublished(name):
    for code, rows in places(name):
        one = known.known(View("damage"), name, code)
        assert one.anything or all(row["coverage"] for row in rows), (name, code)
        assert not (one.anything and one.elsewhere), "what is known here is not sought elsewhere"
        told = [one.front, *one.parts, *one.others, *(near.row for near in one.beside)]
        shown = {beside.told_alike(row) for row in told if row is not None}
        assert {beside.told_alike(row) for row in rows} <= shown, (name, code)


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_in_front_hides_a_newer_or_a_better_one(name):
    for code, rows in places(name):
        one = known.known(View("damage"), name, code)
        if one.front is None or pd.isna(one.front["value"]):
            continue
        in_sight = {near.row["producer"] for near in one.beside}
        for row in rows:
            other = row["producer"] != one.front["producer"] and row["coverage"] == one.front["coverage"]
            if row["breakdown"] or not other or row["value"] == one.front["value"] or pd.isna(row["value"]):
                continue
            newer = possible(row)[1] >= possible(one.front)[0]
            if newer or rank(row) < rank(one.front):
                assert row["producer"] in in_sight, (name, code, row["producer"])


@pytest.mark.parametrize("name", NAMES)
def test_no_part_exceeds_its_whole_unseen_nor_is_newer_unseen(name):
    counted = data.registry()[name].kind != "ratio"
    for code, rows in places(name):
        one = known.known(View("damage"), name, code)
        if one.front is None:
            continue
        newest = {}
        for row in rows:
            if row["category"] and (row["category"] not in newest or rank(row) == rank(newest[row["category"]])):
                kept = newest.get(row["category"])
                newest[row["category"]] = row if kept is None or likely(row) > likely(kept) else kept
        shown = {row["category"] for row in one.parts}
        for category, row in newest.items():
            alike = row["unit"] == one.front["unit"] and not row["coverage"]
            if counted and alike and row["value"] > one.front["value"]:
                assert category in shown, (name, code, category)
            after = possible(row)[0] - possible(one.front)[1]
            if after > timedelta(days=31) and not row["coverage"] and row["value"] * 10 >= one.front["value"]:
                assert category in shown, (name, code, category)


@pytest.mark.parametrize("name", [name for name in NAMES if data.registry()[name].kind != "ratio"])
def test_no_place_exceeds_the_one_around_it_unseen(name):
    if data.registry()[name].topic == "context":
        return
    totals = {code: known.known(View("damage"), name, code) for code in rows_by_place(name)}
    totals = {code: one for code, one in totals.items() if one.front is not None}
    for code, one in totals.items():
        around = totals.get(code[:4] if len(code) == 9 else "UA" if len(code) == 4 else "")
        if around is None or around.front["unit"] != one.front["unit"]:
            continue
        newer = likely(one.front) > likely(around.front)
        if one.front["value"] > around.front["value"] or (newer and 2 * one.front["value"] >= around.front["value"]):
            assert code in {near.row["territory_code"] for near in around.beside if near.why == "inside"}, (name, code)


def test_a_part_of_another_indicator_never_exceeds_it_unsaid():
    for part, whole in known.PART_OF.items():
        for code in rows_by_place(part):
            one, other = (known.known(View("damage"), name, code) for name in (part, whole))
            if other.front is not None and one.first["value"] > other.front["value"]:
                assert "whole" in {near.why for near in one.beside}, (part, code)


def named_as_missing(drawn: str, lang: str) -> str:
    """What a page says is published nowhere."""
    head = words.strings()["answer.missing"][lang].partition("{")[0]
    return " ".join(re.findall(re.escape(head) + r"([^.]*)\.", drawn))


@pytest.mark.parametrize("topic", TOPICS)
def test_no_region_says_that_something_is_published_nowhere_that_is_published_somewhere(topic):
    names = [name for name, one in data.registry().items() if one.topic == topic]
    somewhere = {name for name in names if rows_by_place(name)}
    for code, lang in in_languages([data.COUNTRY, *data.oblasts()]):
        drawn = cards.cards(View(topic, lang, code), names)
        missing = named_as_missing(drawn, lang).split(", ")
        told = {name for name in somewhere if data.registry()[name].short[lang] in missing}
        assert not told, (code, told)
        for name in somewhere:
            for place, rows in rows_by_place(name).items():
                if place == code and any(not row["coverage"] for row in rows):
                    assert data.registry()[name].short[lang] in drawn, (code, name)


def test_an_oblast_shows_what_its_communities_know_though_it_be_parts():
    drawn = plain(cards.cards(View("damage", "en", "UA23"), ["residential_damaged"]))
    assert "Zaporizhzhia" in drawn and "1,291 buildings" in drawn and "2,674 buildings" in drawn
    drawn = plain(cards.cards(View("reconstruction", "en", "UA23"), ["objects_restored"]))
    assert "6 buildings" in drawn


def plain(drawn: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", drawn)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "code", "in_front", "in_sight"),
    [
        ("residential_damaged", "UA74", None, ["12,754 buildings", "1,206 buildings"]),
        ("residential_damaged", "UA65", None, ["27,600 buildings", "1,200 buildings"]),
        ("residential_damaged", "UA48", 7500, ["almost 12,000 buildings", "over 2,000 buildings"]),
        ("residential_damaged", "UA32", 22000, ["25,944 buildings", "1,909 buildings"]),
        ("residential_damaged", "UA80", 454, ["2,134 buildings"]),
        ("residential_damaged", "UA63", 9800, ["Kharkiv hromada", "9,300 buildings"]),
        ("residential_damaged", "UA14", 138000, ["over 116,000 objects"]),
        ("residential_damaged", "UA", 236000, ["over 215,000 structures", "because the counts differ"]),
        ("idps_registered", "UA", 4594254, ["about 3,700,000 people", "over 4,600,000 people"]),
        ("claims_recorded", "UA", 12000, ["22,000 claims (27 October 2025"]),
        ("buildings_damaged", "UA32", 30000, ["over 30,800 objects"]),
        ("damage_usd", "UA", 195e9, ["about USD 195 billion"]),
        ("erecovery_paid_uah", "UA63", None, ["UAH 10.5 billion", "UAH 3.9 billion"]),
        ("objects_restored", "UA63", None, ["5,198 flats", "5,280 buildings"]),
    ],
)
def test_the_cases_that_misled(name, code, in_front, in_sight):
    one = known.known(View("damage", "en"), name, code)
    assert (one.front and one.front["value"]) == in_front
    drawn = plain(card.figure(one, "en"))
    for text in in_sight:
        assert text in drawn, drawn


def test_what_is_known_elsewhere_is_named():
    one = known.known(View("damage", "en"), "homes_lost_residents", "UA")
    assert one.elsewhere == ("UA6312027",)
    assert "published for Kharkiv hromada" in plain(card.missing([one], "en"))


def test_two_that_tell_one_story_stand_on_one_card(monkeypatch):
    row = known.known(View("damage"), "buildings_damaged", "UA6312027").front
    record = {**row, "indicator": "objects_damaged", "value": 32295.0, "period_end": pd.Timestamp("2026-10-31")}
    plainly = known.known

    def with_a_register(view, name, place):
        return known.Known(name, place, record) if name == "objects_damaged" else plainly(view, name, place)

    monkeypatch.setattr(known, "known", with_a_register)
    for code, lead, other in [("UA6312027", 32295, 12700), ("UA63", 75000, 32295)]:
        (one,) = known.told(View("damage"), ["buildings_damaged", "objects_damaged"], code)
        assert one.front["value"] == lead and other in [near.row["value"] for near in one.beside if near.why == "story"]


@pytest.mark.parametrize(
    ("name", "days", "state"),
    [
        ("idps_surveyed", 184, "fresh"),  # quarterly
        ("idps_surveyed", 185, "due"),
        ("idps_surveyed", 369, "stale"),
        ("objects_damaged", 62, "fresh"),  # monthly
        ("objects_damaged", 125, "stale"),
        ("damage_usd", 458, "fresh"),  # annual
        ("damage_usd", 825, "stale"),
        ("buildings_damaged", 276, "due"),  # irregular
        ("buildings_damaged", 549, "stale"),
        ("population", 1, "ended"),
        ("buildings_damaged_satellite", 9999, ""),  # once
    ],
)
def test_freshness_is_age_against_the_declared_frequency(name, days, state, monkeypatch):
    monkeypatch.setattr(freshness, "today", lambda: date(2026, 11, 29))
    row = {"indicator": name, "period_end": pd.Timestamp("2026-11-29") - pd.Timedelta(days=days)}
    assert freshness.freshness(row) == state
    for lang in words.LANGUAGES:
        told = freshness.freshness_words(row, lang)
        assert told.startswith(words.say(f"age.{state}", lang)) if state else told == ""


def test_every_frequency_of_the_registry_is_known():
    assert {one.frequency for one in data.registry().values()} <= {*freshness.LIMITS, "ended", "once"}


def test_ages_are_told_in_words(monkeypatch):
    monkeypatch.setattr(freshness, "today", lambda: date(2026, 11, 29))
    told = {on: freshness.age_words(pd.Timestamp(on), "uk") for on in ("2026-11-20", "2026-09-01", "2023-05-31")}
    assert told == {"2026-11-20": "", "2026-09-01": "2 місяці", "2023-05-31": "3 роки"}
    assert freshness.edition_words(pd.Timestamp("2025-05-07"), "en") == "edition of 7 May 2025, 18 months ago"


def test_every_card_of_the_country_and_regions_shows_its_age():
    for code, lang in in_languages([data.COUNTRY, *data.oblasts()]):
        for one in known.told(View("damage", lang, code), NAMES, code):
            if one.anything:
                drawn = card.figure(one, lang)
                words_of_age = freshness.freshness_words(one.first, lang)
                assert words_of_age in drawn, (code, one.indicator)
    population = known.known(View("damage"), "population", "UA63").front
    assert "до повномасштабного вторгнення" in html.age(population, "uk")


def test_every_reason_has_its_words():
    used = {"newer", "better", "differs", "partial", "parts", "larger", "inside", "whole", "story"}
    assert {key.partition(".")[2] for key in words.strings() if key.startswith("beside.")} == used
