"""What a unit may be compared in: indicators (or their categories where no total exists), denominators, days."""

from collections.abc import Iterable

import pandas as pd

from dashboard import data
from dashboard.address.url import MOST_INDICATORS
from dashboard.answers.comparison import FEWEST
from dashboard.answers.measurement import measurements
from dashboard.answers.peer_values import Values, values_for
from dashboard.answers.peers import group_of
from dashboard.answers.rates import available
from dashboard.language import figure_text
from dashboard.language.words import unknown
from dashboard.view import View, answer_of_view
from data_access import PUBLIC, Audience

DIGITS = {"region": 4, "raion": 6, "hromada": 9}  # of the P-codes of a level
DEFAULTS = 4
PREFERRED = (
    "idps_registered",
    "homes_lost_residents",
    "buildings_damaged",
    "damage_usd",
    "claims_submitted",
    "dream_projects",
    "population",
    "population_density",
    "urban_share",
    "months_under_status",
    "idps_surveyed",
    "returnees_surveyed",
)


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


def days(view: View, choices: Iterable[str]) -> list[str]:
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
    """The first choices that say most of the unit."""
    known: list[str] = []
    for choice in sorted(offered(view), key=_preference):
        if len(known) == DEFAULTS or _preference(choice) == len(PREFERRED):
            break
        found = values(view, choice)
        own = found.value(view.area)
        if len(found.known) >= FEWEST and not unknown(own) and (own or not parts(choice)[1]):
            known.append(choice)  # of categories those that the unit has
    return tuple(known) or offered(view)[:DEFAULTS]


def _preference(choice: str) -> int:
    name = parts(choice)[0]
    return PREFERRED.index(name) if name in PREFERRED else len(PREFERRED)
