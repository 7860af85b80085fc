"""How old a figure is against the frequency that its indicator declares, and how old an edition is."""

from datetime import date

import pandas as pd

from dashboard import data
from dashboard.answers import unit
from dashboard.answers.beside import Row
from dashboard.language.words import day, say
from data_access import STILL_CURRENT

INVASION = pd.Timestamp("2022-02-24")
SIGNS = {"fresh": "●", "due": "◐", "stale": "○", "ended": "■"}
LIMITS = {  # frequency: days until the next figure is due, and until the one shown is stale
    "monthly": (62, 124),  # a month, and one for its publication
    "quarterly": (184, 368),
    "annual": (458, 824),  # a year, and three months for its publication
    "irregular": (275, STILL_CURRENT.days),
}
MONTH = 30.44  # days


def today() -> date:
    """The day on which the reader looks; a test may set another."""
    return date.today()


def age_in_days(row: Row) -> int:
    """Days since the end of the period that a figure speaks of."""
    return (pd.Timestamp(today()) - row["period_end"]).days


def freshness(row: Row) -> str:
    """`fresh`, `due`, `stale` or `ended`; '' for a one-off publication, which carries only its date."""
    frequency = data.registry()[row["indicator"]].frequency
    if frequency not in LIMITS:
        return frequency if frequency == "ended" else ""
    due, stale = LIMITS[frequency]
    age = age_in_days(row)
    return "fresh" if age <= due else "due" if age <= stale else "stale"


def freshness_words(row: Row, lang: str) -> str:
    """`свіже`; `застаріле, давність 3 роки`; of the last before the invasion, that it is; '' for a one-off."""
    state = freshness(row)
    further = {"due": _old, "stale": _old, "ended": _before}.get(state)
    parts = [say(f"age.{state}", lang) if state else "", further(row["period_end"], lang) if further else ""]
    return ", ".join(filter(None, parts))


def age_words(on: pd.Timestamp, lang: str) -> str:
    """How long ago a day was: `5 місяців`, from two years on `3 роки`; '' for less than a month."""
    months = int((pd.Timestamp(today()) - on).days / MONTH)
    if months < 1:
        return ""
    return say("age.years", lang, count=months // 12) if months >= 24 else say("age.months", lang, count=months)


def edition_words(on: pd.Timestamp, lang: str) -> str:
    """The edition of the official status list and its age: `редакція від 07.05.2025, 18 місяців тому`."""
    age = age_words(on, lang)
    told = say("age.edition", lang, day=day(on, "day", lang))
    return f"{told}, {say('age.ago', lang, age=age)}" if age else told


def status_edition(lang: str) -> str:
    """The edition by which statuses of territories are told, and its age; '' where none is loaded."""
    newest = unit.edition()
    return "" if newest is None else say("timeline.edition", lang, edition=edition_words(newest[0], lang)) + "."


def _old(on: pd.Timestamp, lang: str) -> str:
    age = age_words(on, lang)
    return say("age.old", lang, age=age) if age else ""


def _before(on: pd.Timestamp, lang: str) -> str:
    return say("age.before_invasion", lang) if on < INVASION else ""
