"""What a unit may be compared in: indicators (or their categories where no total exists), denominators, days."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import pandas as pd

from dashboard import data
from dashboard.address.url import MOST_INDICATORS
from dashboard.answers.comparison import FEWEST, compared
from dashboard.answers.measurement import measurements
from dashboard.answers.peer_values import Values, values_for
from dashboard.answers.peers import group_of
from dashboard.answers.rates import available
from dashboard.language import figure_text
from dashboard.language.figure_text import Row
from dashboard.language.words import unknown
from dashboard.view import View, answer_of_view
from data_access import PUBLIC, Audience

DIGITS = {"region": 4, "raion": 6, "hromada": 9}  # of the P-codes of a level
DEFAULTS = 5
# What a comparison opens with, topic by topic. In a topic each line is one story told by several indicators, the best
# founded first: what registers of records count, then what somebody has published of the same.
OPENING = {
    "damage": (
        ("objects_damaged", "buildings_damaged", "residential_damaged"),
        ("buildings_damaged_satellite",),
        ("schools_damaged",),
    ),
    "people": (("homes_lost_residents",), ("idps_hosted_return", "idps_registered"), ("idps_surveyed",)),
    "money": (
        ("objects_damage_uah", "damage_usd"),
        ("projects_budget_uah", "dream_budget_uah"),
        ("recovery_needed_uah",),
    ),
}
MOST_ALSO = 3  # further figures of one story
MOST_OPENING = 4  # rows about damage, people and money before those of population and status
REST = ("population", "months_under_status", "urban_share", "population_density")


@lru_cache(maxsize=1)
def possible() -> tuple[str, ...]:
    """All choices that an address may name: `idps_registered`, `months_under_status.possible_hostilities`."""
    return tuple(_possible())


def parts(choice: str) -> tuple[str, str]:
    """The indicator and category of a choice."""
    indicator, _, category = choice.partition(".")
    return indicator, category


def title(choice: str, lang: str, short: bool = False) -> str:
    """The choice's title, with its category."""
    return figure_text.title(*parts(choice), lang, short)


def offered(view: View) -> tuple[str, ...]:
    """The choices that any unit of the view's level has a value of."""
    return offered_at(data.territory(view.area)["level"], audience=view.audience, release=view.release)


def shown(view: View) -> tuple[str, ...]:
    """The choices that the address names and the level has; else the first that say most of the unit."""
    asked = tuple(choice for choice in view.indicators if choice in offered(view))
    return asked[:MOST_INDICATORS] or telling(view)


def values(view: View, choice: str) -> Values:
    """The values of the unit and its group, divided where the address asks for it and the denominator exists."""
    codes = group_of(view).codes
    per = view.per if view.per in denominators(view, choice) else ""
    return values_for(view, *parts(choice), codes, per)


@answer_of_view(4000, "area", "chosen", "peers")
def denominators(view: View, choice: str) -> tuple[str, ...]:
    """The denominators that exist for the choice, '' first."""
    return available(view, parts(choice)[0], group_of(view).codes)


@answer_of_view(1000, "area", "chosen", "peers")
def days(view: View, choices: tuple[str, ...]) -> list[str]:
    """The days on which the unit or two of its group were measured, newest first (`2025-06-05`)."""
    codes, found = {view.area, *group_of(view).codes}, set()
    for choice in choices:
        for one in measurements(*parts(choice), audience=view.audience, release=view.release):
            if view.area in one.known or len(one.known & codes) > 1:
                found.add(one.end)
    return [f"{day:%Y-%m-%d}" for day in sorted(found, reverse=True) if not pd.isna(day)]


def _possible() -> Iterable[str]:
    for name, record in data.registry().items():
        yield name
        yield from (f"{name}.{category}" for codes in record.breakdowns.values() for category in codes)


@data.answer(16)
def offered_at(level: str, *, audience: Audience = PUBLIC, release: str = "") -> tuple[str, ...]:
    """The choices that any unit of the level has a value of."""
    found: list[str] = []
    for name, record in data.registry().items():
        for breakdown in ("", *record.breakdowns):
            cells = data.cells(name, breakdown=breakdown, audience=audience, release=release)
            known = cells["value"].notna() & (cells["coverage"] == "")
            here = set(cells.loc[known & (cells["territory_code"].str.len() == DIGITS.get(level, 0)), "category"])
            found += [
                f"{name}.{code}" if code else name for code in record.breakdowns.get(breakdown, [""]) if code in here
            ]
            if not breakdown and here:
                break  # where there are totals, they are compared
    return tuple(found)


@answer_of_view(1000, "area", "period", "chosen", "peers")
def telling(view: View) -> tuple[str, ...]:
    """The first choices: damage, people and money where anything is known of the unit or its group, then the rest."""
    shown = opening(view)
    told = [[one for one in offered(view) if parts(one)[0] == name and _tells(view, one)] for name in REST]
    rest = [some[0] for some in told if some]
    return (*shown, *rest[: DEFAULTS - len(shown)]) or offered(view)[:DEFAULTS]


@answer_of_view(1000, "area", "period", "chosen", "peers")
def opening(view: View) -> tuple[str, ...]:
    """Of damage, people and money the best founded story each, then further ones that can be compared."""
    ranked = [_ranked(view, stories) for stories in OPENING.values()]
    first = [topic[0] for topic in ranked if topic]
    further = [choice for topic in ranked for choice in topic[1:] if _founded(view, choice)[0]]
    kept = {*first, *further[: MOST_OPENING - len(first)]}
    return tuple(choice for topic in ranked for choice in topic if choice in kept)


def nobody(view: View) -> list[str]:
    """The topics of the opening of which neither the unit nor its group has any value."""
    return [name for name, stories in OPENING.items() if not _ranked(view, stories)]


def same_story(choice: str) -> tuple[str, ...]:
    """The other indicators that tell the same as this one."""
    stories = [story for stories in OPENING.values() for story in stories if choice in story]
    return tuple(name for story in stories for name in story if name != choice)


def also(view: View, choice: str, has_value: bool) -> list[Row]:
    """What else is published of the unit on the same story; on the choice itself only where it has no value to show."""
    names = [*([] if has_value or "." in choice else [choice]), *same_story(choice)]
    return [row for name in names for row in published(view, name)][:MOST_ALSO]


def published(view: View, indicator: str) -> Sequence[Row]:
    """The preferred figure of the indicator's total for the unit; where there is none, those of its parts by type."""
    for breakdown in ("", "type"):
        if breakdown and breakdown not in data.registry()[indicator].breakdowns:
            continue
        rows = data.headlines(indicator, breakdown=breakdown, audience=view.audience, release=view.release)
        rows = rows[(rows["territory_code"] == view.area) & rows["value"].notna()]
        if not rows.empty:
            return rows.to_dict("records")
    return []


def _ranked(view: View, stories: Iterable[tuple[str, ...]]) -> list[str]:
    """Of each story its best founded choice; stories that can be compared first; none of which nothing is known."""
    best = [max(story, key=lambda choice: _founded(view, choice)) for story in stories]
    known = [choice for choice in best if any(_founded(view, choice))]
    return sorted(known, key=lambda choice: not _founded(view, choice)[0])  # else as they stand


def _founded(view: View, choice: str) -> tuple[bool, bool, bool]:
    """Whether the unit can be compared in it, its group at least described, and whether anything is known of them."""
    if choice not in offered(view):
        return False, False, False
    found = values(view, choice)
    enough, own = not compared(found).withheld, not unknown(found.value(view.area))
    return enough and own, enough, bool(found.known) or own


def _tells(view: View, choice: str) -> bool:
    """Whether the unit has a value, of a category more than zero, that can be compared."""
    found = values(view, choice)
    own = found.value(view.area)
    return len(found.known) >= FEWEST and not unknown(own) and bool(own or not parts(choice)[1])
