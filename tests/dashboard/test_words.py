"""Numbers, dates, plurals and order in both languages; no string half-filled."""

import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.language import figure_text, words

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("value", "unit", "uk", "en"),
    [
        (1234567.5, "persons", "1 234 567,5 особи", "1,234,567.5 people"),
        (12700, "buildings", "12 700 будівель", "12,700 buildings"),
        (1, "buildings", "1 будівля", "1 building"),
        (22, "hromadas", "22 громади", "22 communities"),
        (111, "hromadas", "111 громад", "111 communities"),
        (0, "buildings", "0 будівель", "0 buildings"),
        (1.2e9, "uah", "1,2 млрд грн", "UAH 1.2 billion"),
        (587.7e9, "usd", "587,7 млрд дол. США", "USD 587.7 billion"),
        (834.9e6, "uah", "834,9 млн грн", "UAH 834.9 million"),
        (12.5, "percent", "12,5 %", "12.5%"),
        (30.0743, "persons_per_km2", "30,1 особи на км²", "30.1 people per km²"),
    ],
)
def test_values_read_as_in_each_language(value, unit, uk, en):
    assert words.counted(value, unit, "uk").replace("\u00a0", " ") == uk
    assert words.counted(value, unit, "en").replace("\u00a0", " ") == en


def test_ukrainian_groups_do_not_break_over_lines():
    assert words.number(1234567.5, "uk") == "1\u00a0234\u00a0567,5"


def test_dates_keep_the_precision_that_was_published():
    assert words.day(date(2026, 6, 30), "day", "uk") == "30.06.2026"
    assert words.day(date(2026, 6, 30), "day", "en") == "30 June 2026"
    assert words.day(date(2026, 6, 30), "month", "uk") == "червень 2026 року"
    assert words.day(date(2026, 12, 31), "year", "en") == "2026"
    assert words.partial_day("2025-12", "en") == "December 2025"
    assert words.partial_day("", "uk") == ""


def test_names_sort_by_the_ukrainian_alphabet():
    names = ["Яготинська", "Їжакевича", "Ґродзька", "Гадяцька", "Іванківська", "Дергачівська", "Євпаторійська"]
    ordered = ["Гадяцька", "Ґродзька", "Дергачівська", "Євпаторійська", "Іванківська", "Їжакевича", "Яготинська"]
    assert sorted(names, key=words.alphabetical) == ordered
    assert words.alphabetical("Кам’янка") == words.alphabetical("Кам'янка")


def test_every_string_has_both_languages_and_the_same_blanks():
    for key, pair in words.strings().items():
        blanks = {lang: set(re.findall(r"{(\w+)}", str(pair[lang]))) - {"one", "few", "many", "other"} for lang in pair}
        assert blanks["uk"] == blanks["en"], key


def test_plural_strings_have_every_form():
    forms = {"uk": {"one", "few", "many", "other"}, "en": {"one", "other"}}
    for key, pair in words.strings().items():
        for lang, text in pair.items():
            assert not isinstance(text, dict) or set(text) == forms[lang], key


def test_a_half_filled_string_is_refused_by_name(tmp_path, monkeypatch):
    file = tmp_path / "words.toml"
    file.write_text('[page]\nx = { uk = "Огляд" }\n', "utf-8")
    monkeypatch.setattr(words, "_FILE", file)
    words.strings.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"page\.x"):
            words.strings()
    finally:
        monkeypatch.undo()
        words.strings.cache_clear()


def test_every_string_is_used_and_every_used_string_exists():
    code = "\n".join(path.read_text("utf-8") for path in [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")])
    used = set(re.findall(r'["\'](\w+\.\w+)["\']', code))
    built = {"page", "question", "problem", "level", "column"}
    built |= {
        "denominator",
        "group",
        "share",
        "part",
        "nth",
        "position",
        "comparison",
        "order",
    }  # walked in test_comparison.py
    built |= {"compare", "peers"}  # walked in test_compare.py and test_peers.py
    built |= {"beside", "age"}  # walked in test_known.py
    built |= {"asked"}  # walked in test_topics.py
    strings = set(words.strings())
    sections = {key.partition(".")[0] for key in strings}
    assert {key for key in used if key.partition(".")[0] in sections and not key.endswith((".py", ".css"))} <= strings
    stems = tuple(re.findall(r'["\'](\w+\.\w+_)\{', code))  # f"peers.kind_{kind}"
    assert {key for key in strings if key.partition(".")[0] not in built and not key.startswith(stems)} - used == set()


@pytest.mark.parametrize(
    ("first", "last", "precision", "uk"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), "month", "січень 2026 року"),
        (date(2025, 1, 1), date(2026, 1, 31), "month", "січень 2025 року\u00a0– січень 2026 року"),
        (date(2026, 1, 1), date(2026, 1, 31), "day", "01.01.2026–31.01.2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "year", "2026 рік"),
    ],
)
def test_a_period_within_one_month_or_year_is_named_once(first, last, precision, uk):
    assert words.span(first, last, precision, "uk") == uk


def test_a_dash_between_dates_of_several_words_has_spaces():
    flow = date(2025, 1, 1), date(2025, 12, 25), "day"
    assert words.span(*flow, "en").replace("\u00a0", " ") == "1 January 2025 – 25 December 2025"
    assert words.span(*flow, "uk") == "01.01.2025–25.12.2025"


@pytest.mark.parametrize(
    ("names", "uk"),
    [
        (["Донецька", "Харківська"], "Донецька й Харківська"),
        (["Київ", "Харківська"], "Київ і Харківська"),
        (["Одеса", "Яготин"], "Одеса і Яготин"),
        (["один", "два (у зоні)", "три"], "один, два (у зоні) і три"),
        (["статус території", "точний діапазон"], "статус території й точний діапазон"),
        (["Суми"], "Суми"),
        ([], ""),
    ],
)
def test_a_list_ends_as_it_is_easily_said(names, uk):
    assert words.listed(names, "uk") == uk


def test_units_are_listed_with_the_noun_that_their_short_names_lack():
    told = figure_text.places
    assert told(["UA14", "UA63", "UA12"], "uk") == "Донецька, Харківська й Дніпропетровська області"
    assert told(["UA63"], "uk") == "Харківська область"
    assert told(["UA01", "UA63", "UA80", "UA59"], "uk") == "Харківська й Сумська області, АР Крим і Київ"
    assert told(["UA6312027", "UA5910001"], "uk") == "Харківська й Березівська громади"
    assert told(["UA14", "UA80"], "en") == "Donetsk and Kyiv City"


def test_a_name_with_quotation_marks_of_its_own_is_quoted_with_others():
    told = words.say("beside.story", "uk", name="Компенсації «єВідновлення»")
    assert told == "також «Компенсації „єВідновлення“»"
    told = words.say("notice.ind", "uk", value="x", shown="Отримувачі «єВідновлення»")
    assert told == "Показника «x» на цій сторінці немає, показано «Отримувачі „єВідновлення“»."


def texts(lang: str):
    """Every interface string of a language, its plural forms one by one."""
    for key, pair in words.strings().items():
        forms = pair[lang]
        yield from ((key, text) for text in (forms.values() if isinstance(forms, dict) else [forms]))


def test_each_language_has_one_dash_in_its_sentences():
    for key, text in texts("uk"):
        assert " – " not in text, key
    for key, text in texts("en"):
        assert "—" not in text, key


def test_numbers_of_orders_do_not_part_from_their_sign_and_communities_are_no_hromadas():
    for lang in words.LANGUAGES:
        for key, text in texts(lang):
            assert "№ " not in text and "No. " not in text, key
    assert not [key for key, text in texts("en") if "hromada" in text]
