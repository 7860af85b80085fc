"""The values of a unit and its peers that may stand beside one another, and marks for the others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import data
from dashboard.answers import rates
from dashboard.answers.measurement import Measurement, widest
from dashboard.language import figure_text
from dashboard.language.figure_text import Row
from dashboard.language.words import MONEY, unknown
from dashboard.view import View, answer_of_view
from data_access import FRAME_COLUMNS

HIDDEN = ("c", "s")


@dataclass(frozen=True)
class Values:
    """One measurement of an indicator for a unit (`mine`) and its peers, divided by `per`.

    `rows`: a row for each, `mine` included; value NaN and a mark where nothing is known. `producer` is '' where nothing
    is known of any. `per` is '' where the indicator is not divided. `base`: the denominator's measurement.
    """

    indicator: str
    category: str
    per: str
    mine: str
    peers: tuple[str, ...]
    producer: str
    unit: str
    rows: Mapping[str, Row]
    base: Measurement | None = None

    def value(self, code: str) -> float:
        """The unit's value, NaN where it has none."""
        return float(self.rows[code]["value"])

    def mark(self, code: str) -> str:
        """Its mark: '' for a plain value, '0' for a true zero."""
        return "0" if self.value(code) == 0 else figure_text.mark(self.rows[code])

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The peers that have a value."""
        return tuple(code for code in self.peers if not unknown(self.value(code)))

    def as_written(self, value: float) -> float:
        """A median as these values are written: whole where all of them are (there is no half of a person)."""
        whole = all(self.value(code).is_integer() for code in self.known)
        return float(math.floor(value + 0.5)) if whole and not unknown(value) else value

    @cached_property
    def hidden(self) -> int:
        """How many peers' values are suppressed or withheld."""
        return sum(self.mark(code) in HIDDEN for code in self.peers)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources of all that was measured, those of the denominator included."""
        codes = [self.mine, *self.peers]
        own = {str(row["source_id"]) for row in self.rows.values()}
        below = set(self.base.of(codes)["source_id"]) if self.base else set()
        return tuple(sorted((own | below) - {""}))

    @property
    def factor(self) -> float:
        """What my count was multiplied by to give my value: 1, or 1,000 ÷ my denominator; NaN where that is missing."""
        if not self.per:
            return 1.0
        below = self.base.of([self.mine])["value"].tolist() if self.base else []
        times = 1 if data.registry()[self.indicator].unit in MONEY else rates.THOUSAND
        return times / float(below[0]) if below and below[0] > 0 else float("nan")

    def when(self, lang: str) -> str:
        """`станом на 01.01.2022`; '' where nothing is known."""
        return figure_text.when(self.rows[self.mine], lang) if self.producer else ""

    def told(self, lang: str) -> str:
        """The denominator in words with its date; '' where the values are not divided."""
        return rates.told(self.base, self.per, lang) if self.per else ""


@answer_of_view(512, "area", "period")
def values_for(view: View, indicator: str, category: str, codes: tuple[str, ...], per: str = "") -> Values:
    """The values of the view's unit and of `codes` (its peers) in the measurement that knows most of them."""
    area, peers = view.area, tuple(code for code in dict.fromkeys(codes) if code != view.area)
    record, codes = data.registry()[indicator], (area, *peers)
    per = per if rates.divisible(record) else ""
    found = widest(view, indicator, category, codes, area)
    if found is None:
        unit = rates.rate_unit(record.unit, per)
        blank = _blank(indicator, category, unit)
        rows: dict[str, Row] = {code: blank | {"territory_code": code} for code in codes}
        return Values(indicator, category, per, area, peers, "", unit, rows)
    unit = rates.rate_unit(found.unit, per)
    frame = rates.divided(view, found.of(codes), indicator, per)
    known: dict[str, Row] = {row["territory_code"]: row for row in frame.to_dict("records")}
    blank = _blank(indicator, category, unit, found)
    rows = {code: known.get(code) or blank | {"territory_code": code} for code in codes}
    base = rates.measured(view, per, list(known), found.end) if per else None
    return Values(indicator, category, per, area, peers, found.producer, unit, rows, base)


def _blank(indicator: str, category: str, unit: str, found: Measurement | None = None) -> dict[str, Any]:
    """The row of a unit that was not measured: [x], with the others' day and no source."""
    precision = found.cells["precision"].iloc[next(iter(found.places.values()))] if found else "day"
    start, end = (found.start, found.end) if found else (pd.NaT, pd.NaT)
    given = {"indicator": indicator, "category": category, "unit": unit, "value": float("nan")}
    given |= {"status": "x", "period_start": start, "period_end": end, "as_of": end, "precision": precision}
    given |= {"producer": found.producer if found else "", "published_on": ""}
    return {name: given.get(name, "") for name in FRAME_COLUMNS}
