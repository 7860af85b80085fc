"""Checks of the registry: each fault is named by file and key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("uk", "en")
LISTS = (
    *("unit", "per", "breakdown", "category", "coverage", "qualifier"),
    *("status", "caveat", "frequency", "topic", "kind"),
)
PLURALS = {"uk": {"one", "few", "many", "other"}, "en": {"one", "other"}}
TEXTS = ("title", "short", "definition", "method")
FIELDS = {
    "topic": str,
    "title": dict,
    "short": dict,
    "unit": str,
    "kind": str,
    "levels": list,
    "breakdowns": dict,
    "better": str,
    "map": str,
    "additive": bool,
    "frequency": str,
    "source_order": list,
    "definition": dict,
    "method": dict,
    "caveats": list,
    "rule": str,
    "related": list,
}
CHOICES = {"better": ("up", "down", "neither"), "map": ("fill", "circle", "none")}
SHORT_LENGTH = 41


class RegistryProblem(ValueError):
    """A fault in the registry: which file, which key, what is wrong."""

    def __init__(self, file: str, key: str, what: str) -> None:
        super().__init__(f"{file}: {key + ': ' if key else ''}{what}.")


def check_vocabulary(file: str, found: Mapping[str, Any]) -> None:
    """Every list is there, and every word of it stands in both languages."""
    for name in LISTS:
        if name not in found:
            raise RegistryProblem(file, name, "the list is missing")
    for name in found:
        if name not in LISTS:
            raise RegistryProblem(file, name, f"is not a known list; known are {', '.join(LISTS)}")
        for code, text in found[name].items():
            key = f"{name}.{code}"
            _check_forms(file, key, text) if name == "unit" else _check_text(file, key, text)


def check_record(file: str, name: str, record: object, words: Mapping[str, Any]) -> None:
    """The record has exactly the known fields, in both languages, with words of the closed lists only."""
    if not isinstance(record, Mapping):
        raise RegistryProblem(file, name, "is not a record; write it as [indicator_id] with its fields below")
    _check_fields(file, name, record)
    for field in TEXTS:
        _check_text(file, f"{name}.{field}", record[field])
    _check_words(file, name, record, words)
    if record["topic"] != file.removesuffix(".toml"):
        raise RegistryProblem(file, f"{name}.topic", f"is {record['topic']!r}; the topic is the file's name")
    for language in LANGUAGES:
        if len(record["short"][language]) > SHORT_LENGTH:
            raise RegistryProblem(file, f"{name}.short.{language}", f"is longer than {SHORT_LENGTH} characters")


def check_related(records: Mapping[str, Any]) -> None:
    """Related indicators exist and are others."""
    for name, record in records.items():
        for other in record.related:
            if other not in records or other == name:
                raise RegistryProblem(f"{record.topic}.toml", f"{name}.related", f"{other!r} is no other indicator")


def _check_fields(file: str, name: str, record: Mapping[str, Any]) -> None:
    for field, kind in FIELDS.items():
        if field not in record:
            raise RegistryProblem(file, f"{name}.{field}", "is missing")
        if not isinstance(record[field], kind):
            raise RegistryProblem(file, f"{name}.{field}", f"must be a {kind.__name__}")
    for field in record:
        if field not in FIELDS:
            raise RegistryProblem(file, f"{name}.{field}", "is not a known field")
    for field, allowed in CHOICES.items():
        if record[field] not in allowed:
            raise RegistryProblem(file, f"{name}.{field}", f"must be one of {', '.join(allowed)}")


def _check_words(file: str, name: str, record: Mapping[str, Any], words: Mapping[str, Any]) -> None:
    """Codes that the record uses stand in the vocabulary."""
    used = [(field, field, record[field]) for field in ("topic", "unit", "kind", "frequency", "rule")]
    used += [("caveats", "caveat", code) for code in record["caveats"]]
    for breakdown, categories in record["breakdowns"].items():
        used.append(("breakdowns", "breakdown", breakdown))
        used += [(f"breakdowns.{breakdown}", "category", code) for code in categories]
    for field, listed, code in used:
        if code not in words[listed]:
            raise RegistryProblem(file, f"{name}.{field}", f"{code!r} is not in the list {listed} of vocabulary.toml")
    for level in record["levels"]:
        if level not in ("country", "region", "raion", "hromada"):
            raise RegistryProblem(file, f"{name}.levels", f"{level!r} is not country, region, raion or hromada")


def _check_text(file: str, key: str, text: Any) -> None:
    for language in LANGUAGES:
        if not isinstance(text, Mapping) or not isinstance(text.get(language), str) or not text[language].strip():
            raise RegistryProblem(file, f"{key}.{language}", "has no text")
    if set(text) - set(LANGUAGES):
        raise RegistryProblem(file, key, "has more than the languages uk and en")


def _check_forms(file: str, key: str, text: Mapping[str, Any]) -> None:
    for language, needed in PLURALS.items():
        forms = text.get(language)
        if not isinstance(forms, Mapping) or set(forms) != needed or not all(forms.values()):
            raise RegistryProblem(file, f"{key}.{language}", f"needs the forms {', '.join(sorted(needed))}")
