"""Rules between the cells of one count of claims. Yields (column, what is wrong)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from data_access.pipeline.records.rules import MOST_PEOPLE, hromada, past
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Faults
from data_access.pipeline.sheet.known import Known

STEPS = ("eligible", "documented", "valued", "submitted", "recorded")
CATEGORY = re.compile(r"[ABC][0-9]{1,2}(\.[0-9]{1,2})?")


def claim_faults(texts: Mapping[str, str], known: Known, _comma: bool) -> Faults:
    """Of a hromada and a category of legal entities or the state, each step holding the one after it."""
    yield from hromada(texts, known)
    yield from past("as_of", cell_text.given_day(texts["as_of"]))
    yield from _category(texts["category"], known.lists.get("register_category", ()))
    counts = {name: int(texts[name]) for name in STEPS if texts.get(name)}
    if not counts:
        yield STEPS[0], f"is empty, and so are the others; give at least one of {', '.join(STEPS)}"
    for (before, most), (name, count) in pairwise(counts.items()):
        if count > most:
            yield name, f"{count} is more than the {most} {before}; what is {name} has been {before} before"
    for name, count in counts.items():
        if count > MOST_PEOPLE:
            yield name, f"{count} is more than there are people in Ukraine; check the number"


def _category(category: str, listed: Collection[str]) -> Faults:
    """B or C, and of the loaded list where there is one."""
    if not CATEGORY.fullmatch(category):
        yield "category", "is not a category B or C of the Register of Damage; write it as B1.2"
    elif category[0] == "A":
        yield "category", f"{category} is a category of persons, of which only published totals are kept; leave it out"
    elif any(code[0] != "A" for code in listed) and category not in listed:
        yield "category", f"{category} is not a known category; check it or load it with the register-categories"
