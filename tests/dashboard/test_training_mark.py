"""Every page over synthetic records says so in both languages; over real ones none does. No setting decides it."""

import re
import shutil
import sqlite3

import pytest
import streamlit as st

from dashboard import data
from dashboard.shell import header
from tests.support.pages import PAGES, forget, opened, words_of
from tests.support.run import in_languages

pytestmark = pytest.mark.slow

MARK = "НАВЧАЛЬНІ ДАНІ · TRAINING DATA"
BAND = '<strong><span lang="uk">НАВЧАЛЬНІ ДАНІ</span> · <span lang="en">TRAINING DATA</span></strong>'
NOTHING_REAL = {"uk": "Усе тут вигадано", "en": "Everything here is invented"}
AREAS = ["", "UA63000000000041885", "UA63120270000028556"]


@pytest.fixture
def synthetic(sample_database, tmp_path, monkeypatch):
    """The published figures under another property: this database says of itself that it is synthetic."""
    path = tmp_path / "training.db"
    shutil.copy(sample_database, path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO about (name, value) VALUES ('training', '1')")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    forget()
    return path


@pytest.fixture
def titles(monkeypatch):
    """Titles of browser tabs as the pages are declared."""
    found, declare = [], st.Page
    monkeypatch.setattr(st, "Page", lambda *args, **named: (found.append(named["title"]), declare(*args, **named))[1])
    return found


@pytest.mark.parametrize(("page", "area", "lang"), in_languages(PAGES, AREAS))
def test_every_page_of_synthetic_figures_says_so(page, area, lang, synthetic, titles):
    app = opened(page, lang=lang, area=area)
    bodies = [element.proto.body for element in app.get("html")]
    assert BAND in bodies[0], "the band comes before all else"
    text = words_of(app)
    assert NOTHING_REAL[lang] in text
    assert titles
    assert all(title.startswith(f"{MARK} · ") for title in titles)
    unmarked = [one for one in re.findall("<caption>(.*?)</caption>", text) if not one.startswith(MARK)]
    assert unmarked == []
    told = re.findall(r"(.{0,1500})\b(?:Джерел[оа]|Sources?): ?<a", text)
    assert [before for before in told if MARK not in before.rpartition("<p")[2]] == []


@pytest.mark.parametrize(("page", "lang"), in_languages(PAGES))
def test_no_page_of_real_figures_says_so(page, lang, titles):
    text = words_of(opened(page, lang=lang, area=AREAS[2]))
    assert not re.search("НАВЧАЛЬНІ|TRAINING", text + "".join(titles))


def test_the_mark_goes_to_paper_on_every_sheet(synthetic):
    assert f'@top-center {{ content: "{MARK}"' in words_of(opened("damage"))


def test_what_the_environment_says_changes_nothing(monkeypatch, nothing_kept):
    monkeypatch.setenv("TRAINING", "1")
    assert not data.is_training()


def test_the_mark_stands_even_where_a_page_fails(synthetic, monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(header, "_search", broken)
    app = opened("damage")
    assert app.error
    assert BAND in words_of(app)
