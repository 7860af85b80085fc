"""Publication rules: what is done to figures made from records before any reader's database holds them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data_access.codes import LEVELS
from data_access.indicators.checks import RegistryProblem
from data_access.indicators.texts import Text

PATH = Path(__file__).resolve().parent / "rules.toml"
PLACES = ("", *LEVELS)


@dataclass(frozen=True)
class Rule:
    """One rule; its texts stand in rules.toml, where every field is explained.

    `finest`, `inside`, `restricted`: a level, or '' for nowhere. A rule with `threshold` 0 hides no small counts, one
    with `base` 0 rounds nothing.
    """

    id: str
    text: Text
    threshold: int = 0
    base: int = 0
    base_from_1000: int = 0
    delay_days: int = 0
    finest: str = "hromada"
    inside: str = "hromada"
    restricted: str = "hromada"
    members: bool = False

    def rounded(self, value: float) -> float:
        """The value as it is shown: the nearest multiple of the base, halves upwards."""
        base = self.base_from_1000 if value >= 1000 else self.base
        return float(base * int(value / base + 0.5)) if base else value

    def reaches(self, level: str, *, inside: bool = False) -> bool:
        """Whether figures of this level are public at all, for a unit inside hostilities or not."""
        bounds = [self.finest, self.inside] if inside and level == "hromada" else [self.finest]
        return all(finest and LEVELS.index(level) <= LEVELS.index(finest) for finest in bounds)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id. Raises RegistryProblem (file, key, what to mend)."""
    return load_rules(PATH)


def load_rules(path: Path) -> Mapping[str, Rule]:
    """The rules of a file."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegistryProblem(path.name, "", f"is not valid TOML: {error}") from None
    return MappingProxyType({name: _rule(path.name, name, record) for name, record in found.items()})


def _rule(file: str, name: str, record: Mapping[str, Any]) -> Rule:
    defaults = {field.name: field.default for field in fields(Rule) if field.name not in ("id", "text")}
    for key, value in record.items():
        if key != "text" and (key not in defaults or type(value) is not type(defaults[key])):
            raise RegistryProblem(file, f"{name}.{key}", "is not a known field, or not of its kind")
        if key in ("finest", "inside", "restricted") and value not in PLACES:
            raise RegistryProblem(file, f"{name}.{key}", f"{value!r} is not a level")
    text = record.get("text", {})
    if set(text) != {"uk", "en"} or not all(text.values()):
        raise RegistryProblem(file, f"{name}.text", "needs a text in uk and in en")
    own = {key: value for key, value in record.items() if key != "text"}
    rule = Rule(id=name, text=Text(text["uk"], text["en"]), **own)
    if rule.base and not (0 < rule.base <= rule.base_from_1000):
        raise RegistryProblem(file, f"{name}.base_from_1000", "is at least the base")
    return rule
