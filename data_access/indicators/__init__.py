"""The registry: one record for each indicator, in one TOML file per topic, and the closed lists they use.

A record that lacks a field, a language or a listed word is refused by name when the registry is loaded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data_access.indicators.checks import RegistryProblem, check_record, check_related, check_vocabulary
from data_access.indicators.publication_rules import Rule, rules
from data_access.indicators.texts import Text

__all__ = ["Indicator", "RegistryProblem", "Rule", "Text", "indicators", "load_indicators", "load_vocabulary", "rules"]
__all__ += ["vocabulary"]

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Indicator:
    """One figure's record. `breakdowns` maps a breakdown's name to its categories."""

    id: str
    topic: str
    title: Text
    short: Text
    unit: str
    kind: str
    levels: tuple[str, ...]
    breakdowns: Mapping[str, tuple[str, ...]]
    better: str
    map: str
    additive: bool
    frequency: str
    source_order: tuple[str, ...]
    definition: Text
    method: Text
    caveats: tuple[str, ...]
    rule: str
    related: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.id)


@cache
def indicators() -> Mapping[str, Indicator]:
    """All indicators by id, in the order of the files. Raises RegistryProblem (file, key, what to mend)."""
    return load_indicators(FOLDER)


@cache
def vocabulary() -> Mapping[str, Mapping[str, Any]]:
    """Closed lists: vocabulary()["category"]["apartment"]["uk"]; units hold plural forms instead of texts:
    vocabulary()["unit"]["persons"]["uk"]["few"]. Raises RegistryProblem.
    """
    return load_vocabulary(FOLDER)


def load_vocabulary(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """The closed lists of a folder's vocabulary.toml."""
    path = folder / "vocabulary.toml"
    found = _read(path)
    check_vocabulary(path.name, found)
    return MappingProxyType({name: MappingProxyType(_entries(name, words)) for name, words in found.items()})


def load_indicators(folder: Path) -> Mapping[str, Indicator]:
    """The indicators of a folder, checked against its vocabulary and against each other."""
    words = load_vocabulary(folder)
    records: dict[str, Indicator] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in ("vocabulary.toml", "rules.toml"):
            continue
        for name, record in _read(path).items():
            if name in records:
                raise RegistryProblem(path.name, name, "stands twice; every id is unique over all files")
            check_record(path.name, name, record, {**words, "rule": rules()})
            records[name] = _indicator(name, record)
    check_related(records)
    return MappingProxyType(records)


def _entries(name: str, words: Mapping[str, Any]) -> dict[str, Any]:
    if name != "unit":
        return {code: Text(text["uk"], text["en"]) for code, text in words.items()}
    return {code: MappingProxyType({x: MappingProxyType(forms[x]) for x in forms}) for code, forms in words.items()}


def _indicator(name: str, record: Mapping[str, Any]) -> Indicator:
    texts = {key: Text(record[key]["uk"], record[key]["en"]) for key in ("title", "short", "definition", "method")}
    lists = {key: tuple(record[key]) for key in ("levels", "source_order", "caveats", "related")}
    breakdowns = MappingProxyType({key: tuple(codes) for key, codes in record["breakdowns"].items()})
    return Indicator(**{**record, **texts, **lists, "breakdowns": breakdowns, "id": name})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RegistryProblem(path.name, "", "the file is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryProblem(path.name, "", f"is not valid TOML: {error}") from None
