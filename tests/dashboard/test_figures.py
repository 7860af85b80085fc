"""One figure's words: qualifier, unit, mark, date, producer, source."""

import math

import pandas as pd

from dashboard.answers.beside import Beside
from dashboard.answers.known import Known
from dashboard.language import figure_text
from dashboard.parts import card, html
from dashboard.view import View


def row(**parts):
    day = pd.Timestamp("2025-12-25")
    given = {
        "value": 12000.0,
        "unit": "buildings",
        "qualifier": "over",
        "status": "",
        "period_start": day,
        "period_end": day,
        "precision": "day",
        "coverage": "",
        "note_uk": "",
        "note_en": "",
        "producer": "kharkiv_city",
        "source_id": "kharkiv_2025_12",
        "indicator": "buildings_damaged",
        "territory_code": "UA6312027",
        "breakdown": "",
        "category": "",
    }
    return given | parts


def test_a_qualifier_survives_in_words():
    assert figure_text.value_text(row(), "uk").replace("\u00a0", " ") == "понад 12 000 будівель"
    assert figure_text.value_text(row(), "en").replace("\u00a0", " ") == "over 12,000 buildings"


def test_unknown_is_a_mark_and_never_a_zero():
    assert figure_text.value_text(None, "uk") == "[x]"
    assert figure_text.value_text(row(value=math.nan, status="c"), "en") == "[c]"
    assert figure_text.value_text(row(value=math.nan, status=""), "en") == "[x]"
    assert figure_text.value_text(row(value=0.0, qualifier=""), "uk").replace("\u00a0", " ") == "0 будівель"


def test_a_recorded_nothing_says_so_beside_its_zero():
    assert figure_text.value_text(row(value=0.0, unit="usd", qualifier="none_recorded"), "en").startswith("USD")


def test_a_number_that_some_call_over_and_others_almost_reads_about():
    figure = row(value=195e9, unit="usd", qualifier="over_or_almost")
    assert figure_text.value_text(figure, "uk").replace("\u00a0", " ") == "близько 195 млрд дол. США"
    assert figure_text.value_text(figure, "en").replace("\u00a0", " ") == "about USD 195 billion"


def test_a_flow_is_dated_by_its_period():
    flow = row(period_start=pd.Timestamp("2026-01-01"), period_end=pd.Timestamp("2026-01-31"))
    assert figure_text.when(flow, "uk") == "за 01.01.2026–31.01.2026"


def test_part_of_a_territory_is_said_before_the_note():
    assert figure_text.remarks(row(coverage="right_bank", note_en="Headline only."), "en")[0].startswith("Coverage: ")


def test_only_web_addresses_become_links():
    assert html.link("javascript:alert(1)", "<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert html.link("https://example.org", "x") == '<a href="https://example.org">x</a>'


def test_a_hostile_note_is_escaped_in_a_card_and_in_a_table():
    hostile = row(note_uk="<img src=x onerror=alert(1)>", note_en="<img src=x onerror=alert(1)>")
    one = Known("buildings_damaged", "UA6312027", hostile, (Beside("newer", hostile),), (hostile,), (hostile,))
    assert "<img" not in card.card(one, View("damage"), "<img>")
    table = html.table("<script>", ["<script>"], [html.figure_cells(hostile, "uk", "<script>")])
    assert "<script" not in table and "<img" not in table


def test_every_card_has_date_producer_and_source():
    drawn = card.card(Known("buildings_damaged", "UA6312027", row()), View("damage"))
    for part in ("понад", "25.12.2025", figure_text.producer_name("kharkiv_city", "uk"), "https://"):
        assert part in drawn
