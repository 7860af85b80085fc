"""The registry is complete, and a fault in it is named by file and key."""

import re
import shutil
from pathlib import Path

import pytest

from data_access import RegistryProblem, Text, indicators, vocabulary
from data_access.codes import MARKS, QUALIFIERS
from data_access.indicators import FOLDER, load_indicators, load_vocabulary
from data_access.indicators.checks import LISTS

RELIED_UPON = {
    "population",
    "communities_by_status",
    "months_under_status",
    "idps_registered",
    "idps_surveyed",
    "returnees_surveyed",
    "homes_lost_residents",
    "damage_usd",
    "needs_usd",
    "buildings_damaged",
    "residential_damaged",
    "schools_damaged",
    "health_damaged",
    "buildings_damaged_satellite",
    "dream_projects",
    "dream_budget_uah",
    "erecovery_paid_uah",
    "objects_restored",
    "restored_share",
    "claims_submitted",
    "claims_recorded",
    "claim_categories_open",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the registry that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "indicators", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_indicators_that_others_rely_on_are_there():
    assert set(indicators()) >= RELIED_UPON


@pytest.mark.parametrize("name", sorted(indicators()))
def test_an_indicator_is_complete_in_both_languages(name):
    record = indicators()[name]
    for text in (record.title, record.short, record.definition, record.method):
        assert text["uk"].strip() and text["en"].strip()
        assert any("а" <= letter.lower() <= "я" or letter in "іїєґ" for letter in text["uk"]), text["uk"]
        assert not any("а" <= letter.lower() <= "я" for letter in text["en"]), text["en"]
    assert record.id == name and "*" in record.source_order and hash(record)


def test_the_vocabulary_holds_every_list_in_both_languages():
    words = vocabulary()
    assert set(LISTS) == set(words)
    assert set(words["qualifier"]) == set(QUALIFIERS) - {""}
    assert set(words["status"]) == set(MARKS) - {""} | {"0"}
    assert set(words["unit"]["persons"]["uk"]) == {"one", "few", "many", "other"}


def spelled_out(text, lang):
    """Whether RDNA, where it is named, is spelled out at its first mention."""
    name = {"uk": "(RDNA)", "en": "Rapid Damage and Needs Assessment (RDNA)"}[lang]
    return "RDNA" not in text or text.find("RDNA") == text.find(name) + len(name) - len("RDNA)")


@pytest.mark.parametrize("name", sorted(indicators()))
def test_words_of_an_indicator_are_edited(name):
    record = indicators()[name]
    texts = (record.title, record.short, record.definition, record.method)
    for lang in ("uk", "en"):
        assert spelled_out(f"{record.definition[lang]} {record.method[lang]}", lang), "RDNA is spelled out first"
        for text in texts:
            assert not re.search(r"через війну|because of the war|без цілого|[Hh]romada", text[lang]), text[lang]
    assert not re.match("eRecovery", record.title.en + record.short.en), "a capital would be put before it"


def all_texts(value):
    """All texts of the vocabulary, plural forms included."""
    if isinstance(value, str):
        return [value]
    parts = (value.uk, value.en) if isinstance(value, Text) else value.values()
    return [text for part in parts for text in all_texts(part)]


def test_numbers_and_their_units_stay_on_one_line():
    """No plain space after №, before a unit or within a number: in the registry and in the vocabulary."""
    records = (text for one in indicators().values() for text in (one.title, one.short, one.definition, one.method))
    units = r"\d (млн|млрд|тис\.|%|км|грн|дол\.|billion|million|km)"
    broken = re.compile(rf"№ \d|No\. \d|{units}|(USD|UAH) \d|дол\. США|\d \d{{3}}\b")
    found = all_texts(vocabulary()) + [text[lang] for text in records for lang in ("uk", "en")]
    assert [text for text in found if broken.search(text)] == []


def test_population_of_2022_says_that_it_is_from_before_the_invasion():
    before = {"population", "population_density", "urban_share"}
    assert before == {name for name, one in indicators().items() if "pre_war_population" in one.caveats}
    for name in before:
        assert "до повномасштабного вторгнення" in indicators()[name].title.uk
        assert "before the full-scale invasion" in indicators()[name].title.en


def test_the_registry_cannot_be_changed_by_a_reader():
    with pytest.raises(TypeError):
        indicators()["new"] = None
    with pytest.raises(TypeError):
        vocabulary()["unit"]["persons"]["uk"]["one"] = "x"


def test_there_are_two_languages_and_no_third():
    with pytest.raises(KeyError):
        indicators()["population"].title["de"]


FAULTS = [
    ("context.toml", "[population]", "[population]\nscale = 3", "context.toml: population.scale: is not a known field"),
    (
        "context.toml",
        'kind = "stock"',
        'kind = "heap"',
        "population.kind: 'heap' is not in the list kind",
    ),
    ("context.toml", 'unit = "persons"', 'unit = "souls"', "population.unit: 'souls' is not in the list unit"),
    ("context.toml", 'topic = "context"', 'topic = "damage"', "population.topic: is 'damage'; the topic is the file"),
    ("context.toml", "additive = true", 'additive = "yes"', "population.additive: must be a bool"),
    ("context.toml", 'better = "neither"', 'better = "maybe"', "population.better: must be one of up, down, neither"),
    ("context.toml", "[population]", "[population", "context.toml: is not valid TOML"),
    ("damage.toml", "[buildings_damaged]", "[population]", "population: stands twice"),
    ("vocabulary.toml", "[unit]", "[units]", "vocabulary.toml: unit: the list is missing"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[fault[-1] for fault in FAULTS])
def test_a_fault_names_its_file_and_key(folder, file, old, new, said):
    spoil(folder, file, old, new)
    with pytest.raises(RegistryProblem) as caught:
        load_indicators(folder)
    assert said in str(caught.value)


def test_a_missing_language_is_a_fault(folder):
    path = folder / "context.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("title"))
    lines[place] = 'title = { uk = "Населення" }'
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RegistryProblem, match=r"context\.toml: population\.title\.en: has no text"):
        load_indicators(folder)


def test_a_missing_vocabulary_is_a_fault(folder):
    (folder / "vocabulary.toml").unlink()
    with pytest.raises(RegistryProblem, match=r"vocabulary\.toml: the file is missing"):
        load_vocabulary(folder)


def test_an_unrelated_relative_is_a_fault(folder):
    text = (folder / "displacement.toml").read_text(encoding="utf-8")
    place = text.index("related = [")
    (folder / "displacement.toml").write_text(
        text[:place] + 'related = ["nobody", ' + text[place + 11 :], encoding="utf-8"
    )
    with pytest.raises(RegistryProblem, match=r"displacement\.toml: \w+\.related: 'nobody' is no other indicator"):
        load_indicators(folder)
