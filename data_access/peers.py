"""Which communities are alike: the criteria, how they are widened, and who the peers of a community are.

A group starts from all four criteria and is widened step by step until it holds at least five others. What is
not known of a community is no criterion for it; what is not known of another never equals what is known.
`publish` works the groups out once for each release, so that they are the same for every reader of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from data_access.territorial_status import CATEGORIES

CRITERIA = ("status", "population", "kind", "displaced")
STEPS = (
    ("status", "population", "kind", "displaced"),
    ("status", "population", "kind"),
    ("status", "population"),
    ("status", "population_near"),
    ("status",),
    ("status_near",),
    (),
)
FEWEST_PEERS = 5
POPULATION_BOUNDS = (5_000, 10_000, 20_000, 50_000, 100_000, 250_000)  # persons; a bound begins the higher band
DISPLACED_BOUNDS = (5, 10, 20)  # displaced persons registered, per cent of the population of 2022
POPULATION_BANDS = tuple(f"p{place}" for place in range(len(POPULATION_BOUNDS) + 1))
DISPLACED_BANDS = tuple(f"d{place}" for place in range(len(DISPLACED_BOUNDS) + 1))
ORDER = {"status": CATEGORIES, "population": POPULATION_BANDS}  # criteria that have a `_near` form: next to each other


class Traits(NamedTuple):
    """What of a community is compared, by criterion; '' where it is not known."""

    status: str
    population: str
    kind: str
    displaced: str


COLUMNS = {"status": "status", "population": "population_band", "kind": "kind", "displaced": "displaced_band"}


def population_band(persons: float | None) -> str:
    """p0 (below 5,000) … p6 (250,000 and more); '' where the number is not known."""
    return "" if persons is None else POPULATION_BANDS[bisect_right(POPULATION_BOUNDS, persons)]


def displaced_band(percent: float | None) -> str:
    """d0 (below 5 %) … d3 (20 % and more); '' where the share is not known."""
    return "" if percent is None else DISPLACED_BANDS[bisect_right(DISPLACED_BOUNDS, percent)]


def peers_of(profiles: pd.DataFrame, code: str, criteria: Iterable[str] | None = None) -> tuple[str, ...]:
    """P-codes of the communities that share the criteria with this one, in their order, never its own.

    `profiles`: what `peer_profiles` answers. `criteria`: names of CRITERIA, `population_near` or `status_near`;
    None = those kept at publication. () for a code that has no profile. Raises ValueError for an unknown criterion.
    """
    own = profiles[profiles["code"] == code]
    if own.empty:
        return ()
    row = own.iloc[0]
    alike = profiles["code"] != code
    for criterion in row["kept"].split() if criteria is None else criteria:
        column = COLUMNS[_base(criterion)]
        if row[column]:
            alike &= profiles[column].isin(_fitting(criterion, row[column]))
    return tuple(sorted(profiles.loc[alike, "code"]))


def group_exists(profiles: pd.DataFrame, code: str, criteria: Iterable[str] | None = None) -> bool:
    """Whether at least five other communities share the criteria, as in `peers_of`."""
    return len(peers_of(profiles, code, criteria)) >= FEWEST_PEERS


def groups(traits: Mapping[str, Traits]) -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """For each community (P-code) the criteria kept and all communities that share them, itself included."""
    alike = defaultdict(set)
    for code, one in traits.items():
        alike[one].add(code)
    found = {one: _first_large_enough(one, alike) for one in alike}
    return {code: found[one] for code, one in traits.items()}


def _first_large_enough(own: Traits, alike: Mapping[Traits, set[str]]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The group at the first step that holds enough, else at the last; criteria that are not known are left out."""
    for step in STEPS:
        kept = tuple(criterion for criterion in step if getattr(own, _base(criterion)))
        group = frozenset(code for other, codes in alike.items() if _shares(own, other, kept) for code in codes)
        if len(group) > FEWEST_PEERS:
            break
    return kept, group


def _shares(own: Traits, other: Traits, criteria: Iterable[str]) -> bool:
    return all(getattr(other, _base(one)) in _fitting(one, getattr(own, _base(one))) for one in criteria)


def _fitting(criterion: str, value: str) -> tuple[str, ...]:
    """The values that share a criterion with this one."""
    if criterion in CRITERIA:
        return (value,)
    order = ORDER[_base(criterion)]
    place = order.index(value)
    return order[max(0, place - 1) : place + 2]


def _base(criterion: str) -> str:
    name = criterion.removesuffix("_near")
    if name not in CRITERIA or (name != criterion and name not in ORDER):
        raise ValueError(f"Unknown criterion {criterion!r}.")
    return name
