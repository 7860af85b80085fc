"""Every page opens in both languages, for the country and for oblasts with much and little; no exception, no fault."""

import re
from html import unescape

import pytest
import streamlit as st

from dashboard import data
from tests.support.pages import PAGES, forget, opened, words_of
from tests.support.run import in_languages

AREAS = ["", "UA63000000000041885", "UA01000000000013043", "UA61000000000060328"]


@pytest.mark.parametrize(("page", "area", "lang"), in_languages(PAGES, AREAS))
def test_page_opens(page, area, lang):
    app = opened(page, lang=lang, area=area)
    assert not app.exception
    assert not app.error
    text = words_of(app)
    assert "<h1>" in text
    assert "&lt;" not in text, "a tag stands where its words should"
    assert not re.findall(r'<th scope="col">([a-z_]+)</th>', text), "a key stands where its words should"


def test_kharkiv_shows_its_published_figures_with_dates_and_sources():
    for page in ("overview", "damage"):
        text = words_of(opened(page, area="UA63000000000041885"))
        for part in ("понад 12 000 будівель", "10.11.2025", "160 000 осіб", "12 700 будівель", "25.12.2025"):
            assert part in text, (page, part)
        for source in ("glavcom", "objectiv"):
            assert source in text, (page, source)


def test_the_sum_of_registered_displaced_persons_stands_on_screen():
    assert "4 594 254 особи" in words_of(opened("displacement"))
    assert "4,594,254 people" in words_of(opened("displacement", lang="en"))


def test_pages_have_titles_of_their_own(monkeypatch):
    found, declare = [], st.Page
    monkeypatch.setattr(st, "Page", lambda *args, **named: (found.append(named["title"]), declare(*args, **named))[1])
    for lang in ("uk", "en"):
        opened("sources", lang=lang)
    assert len(set(found)) == 2 * len(PAGES)


@pytest.mark.slow
def test_the_record_of_every_indicator_opens_with_its_definition():
    app = opened("sources")
    for name, lang in in_languages(list(data.registry())):
        app.query_params["ind"], app.query_params["lang"] = name, lang
        text = words_of(app.run())
        assert not app.exception and not app.error, name
        assert data.registry()[name].title[lang] in unescape(text), name
        told = re.sub(r"<[^>]*>", " ", text.partition('<dl class="record">')[2].partition("</dl>")[0])
        assert told and re.findall(r"[a-z]_[a-z]", told) == [], "a code stands where words should"


@pytest.mark.parametrize("page", PAGES)
def test_a_wrong_address_gives_a_notice_and_the_page(page):
    app = opened(page, area="UA99", ind="nonsense", period="1066")
    assert not app.exception
    assert not app.error
    assert len(app.info) >= 1


def test_the_language_is_remembered_without_the_address():
    app = opened("overview", lang="en")
    del app.query_params["lang"]
    assert "What is the situation?" in words_of(app.run())


def test_without_a_database_there_is_one_sentence(tmp_path, monkeypatch):
    for name, url in {
        "missing": f"sqlite:///{tmp_path}/nothing.db",
        "unreachable": "postgresql://nobody:secret@127.0.0.1:9/none",
        "bad_url": "mysql://x",
    }.items():
        monkeypatch.setenv("DATABASE_URL", url)
        forget()
        app = opened("damage")
        assert len(app.error) == 1, name
        assert not app.exception
        assert "secret" not in app.error[0].value
        assert "Traceback" not in app.error[0].value


def test_a_part_never_stands_for_the_country():
    text = words_of(opened("reconstruction", lang="en"))
    in_front = re.findall(r'class="value[^"]*">(.*?)</p>', text)
    assert in_front and not any("58 objects" in value for value in in_front)
