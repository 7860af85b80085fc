"""Every published figure stands on a page of its own territory, and with it what it covers."""

import re
import sqlite3
from collections import defaultdict
from functools import cache
from html import unescape

import pytest

from dashboard import data
from dashboard.language import figure_text
from dashboard.language.words import term
from tests.support.pages import forget, opened, words_of
from tests.support.run import FULL, chance
from tests.support.small import sample_rows

pytestmark = pytest.mark.slow

FEW = 12  # territories of a quick run, beside those where a figure covers only a part
FIGURES = defaultdict(list)
for figure in sample_rows("published-values"):
    FIGURES[figure["territory_code"]].append(figure)
PARTIAL = {code for code, rows in FIGURES.items() if any(row["coverage"] for row in rows)}
SOME = {"UA", "UA63", *chance("all figures").sample(sorted(FIGURES), FEW)}
SAMPLED = sorted(FIGURES) if FULL else sorted(PARTIAL | SOME)


@cache
def page_text(page: str, area: str) -> str:
    """The words of a page with all figures listed, every page of the list."""
    texts, number = [], 1
    while number < 10:
        text = words_of(opened(page, lang="en", area=area, all="1", figures=str(number)))
        texts.append(unescape(re.sub(r"<[^>]+>", "", text)))
        if f"figures={number + 1}" not in text:
            break
        number += 1
    return " ".join(texts)


@pytest.mark.parametrize("code", SAMPLED)
def test_every_figure_of_a_territory_stands_on_its_page(code):
    area = "" if code == data.COUNTRY else data.territory(code)["katottg"]
    text = page_text("overview" if code == data.COUNTRY else "community", area)
    for figure in FIGURES[code]:
        if not figure["value"]:
            continue
        cells = data.cells(figure["indicator"], breakdown=figure["breakdown"])
        own = cells["territory_code"].eq(code) & cells["category"].eq(figure["category"])
        own &= cells["coverage"].eq(figure["coverage"]) & cells["value"].eq(float(figure["value"]))
        assert own.any(), figure["figure_id"]
        shown = figure_text.value_text(cells[own].iloc[0].to_dict(), "en").replace("\u00a0", " ")
        assert shown in text, (figure["figure_id"], shown)
        assert not figure["coverage"] or term("coverage", figure["coverage"], "en").lower() in text.lower()


@pytest.mark.parametrize("code", sorted(code for code in PARTIAL if len(code) <= 4))
def test_a_figure_of_a_part_is_listed_under_the_table_of_its_indicator(code):
    for figure in FIGURES[code]:
        if figure["coverage"]:
            name = figure["indicator"]
            text = words_of(opened(data.registry()[name].topic, lang="en", ind=name))
            part = text.partition("only a part of a territory")[2]
            assert f"{float(figure['value']):,.0f}" in part, figure["figure_id"]
            assert term("coverage", figure["coverage"], "en").lower() in part.lower(), figure["figure_id"]


def test_damage_over_time_by_registers_stands_beside_the_indicator_chosen(own_database, tmp_path):
    """As if the counts of schools were those of a register: a first start holds no register."""
    title = data.registry()["objects_damaged_in_period"].title["en"]
    with sqlite3.connect(tmp_path / "own.db") as connection:
        connection.execute(
            "UPDATE cell SET indicator = 'objects_damaged_in_period' WHERE indicator = 'schools_damaged'"
        )
    forget()
    for chosen in ("", "buildings_damaged"):
        text = words_of(opened("damage", lang="en", area=data.territory("UA63")["katottg"], ind=chosen))
        assert re.search(f"<h2>{title}", text), chosen
