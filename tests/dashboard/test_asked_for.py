"""What a reader has asked for stands in front: the indicator she chose, the page on which she looks for a unit."""

import csv
import re
from dataclasses import replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard import data
from dashboard.address import url
from dashboard.answers import known
from dashboard.answers.page_indicators import CHOICES
from dashboard.answers.snapshot import snapshot
from dashboard.explore import explorer
from dashboard.parts import cards
from dashboard.search import results, topics
from dashboard.view import View
from tests.support.run import in_languages

VALUES = Path(__file__).resolve().parents[2] / "sample_data" / "values.csv"
CHOSEN = [(page, name) for page, names in CHOICES.items() for name in names[1:]]


@lru_cache
def published() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """(indicator, territory) -> the categories and coverages of its published values."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    with VALUES.open(encoding="utf-8") as file:
        for row in filter(lambda row: row["value"], csv.DictReader(file)):
            key = row["indicator"], row["territory_code"]
            found.setdefault(key, set()).add((row["category"], row["coverage"]))
    return found


def headline(view: View) -> str:
    return unescape(re.search("<h1>(.*?)</h1>", cards.opening(view))[1])


@pytest.mark.parametrize(("page", "name"), CHOSEN)
def test_the_chosen_indicator_leads_wherever_it_has_a_figure(page, name):
    for area in (data.COUNTRY, *data.oblasts()):
        view = View(page, area=area, indicator=name)
        if ("", "") in published().get((name, area), ()):
            assert headline(view).startswith(data.registry()[name].short["uk"] + ":"), area
        elif not known.known(view, name, area).anything:
            assert headline(view) == headline(replace(view, indicator="")), area


@pytest.mark.parametrize("page", CHOICES)
def test_without_a_choice_the_page_opens_as_ever(page):
    for area in (data.COUNTRY, *data.oblasts()):
        view = View(page, area=area)
        assert cards.opening(replace(view, indicator=CHOICES[page][0])) == cards.opening(view)


@pytest.mark.parametrize(("choice", "lang"), in_languages(CHOSEN))
def test_every_choice_has_a_table_or_says_that_nothing_is_known(choice, lang):
    view = View(choice[0], lang=lang, indicator=choice[1])
    shown = snapshot(view)
    twin = explorer.table_twin(view, shown)
    assert ("<table>" in twin) == (len(shown.listed) > 0)


@pytest.mark.parametrize(
    ("page", "there"), [("compare", "compare"), ("community", "community"), ("damage", "community")]
)
def test_a_unit_found_opens_on_the_page_that_shows_units(page, there):
    found = results.hits("Вовчанськ", View(page))
    assert urlsplit(found[0].address).path == url.path(there)


@pytest.mark.parametrize("typed", ["damage to housing", "the number of schools", "claims by people", "aid for IDPs"])
def test_small_words_do_not_narrow_what_is_found(typed):
    meant = " ".join(word for word in typed.split() if word not in ("to", "the", "of", "by", "for"))
    found = [topic.indicator for topic in topics.found(typed, View("overview", lang="en"))]
    assert found == [topic.indicator for topic in topics.found(meant, View("overview", lang="en"))]
