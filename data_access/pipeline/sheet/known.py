"""What the checks of a file may know of the registry and of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data_access.indicators import Indicator


@dataclass(frozen=True)
class Known:
    """Closed lists by name, the registry, the level of each territory, and its registered population."""

    lists: Mapping[str, frozenset[str]]
    indicators: Mapping[str, Indicator]
    levels: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)  # P-code by P-code and by KATOTTG
    population: Mapping[str, float] = field(default_factory=dict)
