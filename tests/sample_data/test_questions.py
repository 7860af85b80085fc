"""docs/questions.md answers thirty questions of three readers, briefly, and with the sample data's own figures."""

import csv
from collections import Counter
from datetime import date
from functools import lru_cache

import pytest

from tests.support.questions import DOCUMENT, Question, questions

VALUES = DOCUMENT.parents[1] / "sample_data" / "values.csv"
with_figures = pytest.mark.parametrize(
    "question", [one for one in questions() if one.figures], ids=lambda one: str(one.number)
)


@lru_cache
def values() -> dict[str, dict[str, str]]:
    with VALUES.open(encoding="utf-8") as file:
        return {row["figure_id"]: row for row in csv.DictReader(file)}


def spelled(value: float, lang: str) -> str:
    """How a page writes a value: whole with its thousands apart, from a billion on in billions with one decimal."""
    if value >= 1e9:
        text = f"{value / 1e9:.1f}".removesuffix(".0")
        return text if lang == "en" else text.replace(".", ",")
    return f"{value:,.0f}".replace(",", "," if lang == "en" else " ")


def dated(row: dict[str, str], lang: str) -> str:
    day = date.fromisoformat(row["period_end"])
    if row["precision"] == "month":
        return f"{day:%B %Y}" if lang == "en" else f" {day.year} року"
    return f"{day.day} {day:%B %Y}" if lang == "en" else f"{day:%d.%m.%Y}"


def test_three_readers_ask_ten_questions_each():
    assert [one.number for one in questions()] == list(range(1, 31))
    assert set(Counter(one.asked_by for one in questions()).values()) == {10}
    assert len({one.text for one in questions()}) == 30
    assert all(one.answer for one in questions())


def test_both_languages_and_both_screens_are_asked():
    pairs = Counter((one.lang, one.screen) for one in questions())
    assert {lang for lang, _ in pairs} == {"uk", "en"}
    assert {screen for _, screen in pairs} == {"phone", "desktop"}
    assert min(pairs.values()) >= 5


def test_most_are_answered_within_two_steps():
    steps = {one.number: len(one.steps) for one in questions()}
    assert sum(count <= 2 for count in steps.values()) >= 26
    assert max(steps.values()) <= 3


@with_figures
def test_answers_are_the_figures_of_the_sample_data(question: Question):
    said = " ".join(question.answer)
    for name in question.figures:
        row = values()[name]
        assert f" {spelled(float(row['value']), question.lang)} " in f" {said} ".replace("(", " ").replace(")", " ")
        assert dated(row, question.lang) in said
