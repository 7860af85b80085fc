"""Peer groups said slowly, without the code under test: every community is held against every other one."""

from datetime import date
from functools import cache

from tests.support.plain_status import plain_counts
from tests.support.small import sample_rows

GRAVEST_FIRST = (
    "temporarily_occupied",
    "active_hostilities",
    "active_hostilities_e_registers",
    "possible_hostilities",
    "no_open_status",
)
SEQUENCES = {"status": GRAVEST_FIRST, "population": ("p0", "p1", "p2", "p3", "p4", "p5", "p6")}
NARROW_TO_WIDE = (
    "status population kind displaced",
    "status population kind",
    "status population",
    "status population_near",
    "status",
    "status_near",
    "",
)


def plain_band(persons: float | None) -> str:
    if persons is None:
        return ""
    if persons < 5_000:
        return "p0"
    if persons < 10_000:
        return "p1"
    if persons < 20_000:
        return "p2"
    if persons < 50_000:
        return "p3"
    if persons < 100_000:
        return "p4"
    return "p5" if persons < 250_000 else "p6"


def alike(own: dict, other: dict, criterion: str) -> bool:
    name = criterion.replace("_near", "")
    mine, theirs = own[name], other[name]
    if mine == "":
        return True  # what is not known of the community itself is not asked of others
    if theirs == "":
        return False
    if name == criterion:
        return mine == theirs
    return abs(SEQUENCES[name].index(mine) - SEQUENCES[name].index(theirs)) <= 1


def plain_group(traits: dict[str, dict], code: str) -> tuple[str, set[str]]:
    """(criteria kept, peers) of a community; `traits`: {code: {status, population, kind, displaced}}."""
    own = traits[code]
    for step in NARROW_TO_WIDE:
        asked = step.split()
        peers = {c for c, one in traits.items() if c != code and all(alike(own, one, name) for name in asked)}
        if len(peers) >= 5:
            break
    return " ".join(name for name in asked if own[name.replace("_near", "")]), peers


@cache
def sample_traits() -> dict[str, dict]:
    """The four criteria of every hromada, from the sample's files alone."""
    persons = {
        row["territory_code"]: float(row["value"])
        for row in sample_rows("published-values")
        if (row["indicator"], row["breakdown"], row["period_end"]) == ("population", "", "2022-01-01") and row["value"]
    }
    counts = plain_counts(date(2025, 5, 7))
    return {
        row["code"]: {
            "status": most(counts[row["code"]]),
            "population": plain_band(persons.get(row["code"])),
            "kind": row["kind"],
            "displaced": "",
        }
        for row in sample_rows("territories")
        if row["level"] == "hromada"
    }


def most(counts: dict[str, int]) -> str:
    """The status of most settlements among those that have one, the graver of equals."""
    best = "no_open_status"
    for status in reversed(GRAVEST_FIRST[:-1]):
        if counts.get(status, 0) and (best == "no_open_status" or counts[status] >= counts[best]):
            best = status
    return best


@cache
def sample_groups() -> dict[str, tuple[str, set[str]]]:
    """(criteria kept, peers) of every hromada of the sample."""
    traits = sample_traits()
    return {code: plain_group(traits, code) for code in traits}
