"""What counts and money may be divided by: registered population, current estimate, operator cohort."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from dashboard import data
from dashboard.answers.measurement import Measurement, measurements, widest
from dashboard.language import figure_text
from dashboard.language.words import MONEY, say
from dashboard.view import View
from data_access import Audience, Frame, Indicator

INDICATORS = {"population": "population", "estimate": "population_estimated", "cohort": "operator_cohort"}
CODES = ("", *INDICATORS)
NEVER = ("percent", "months", "km", "hromadas", "regions", "settlements", "categories")  # units no rate is made of
THOUSAND = 1000


def divisible(indicator: Indicator) -> bool:
    """Counts of people and things, and money; no shares, ratios, times, nor what describes the territory itself."""
    return indicator.kind != "ratio" and indicator.topic != "context" and indicator.unit not in NEVER


def exists(per: str, audience: Audience, release: str) -> bool:
    """Whether an address may name this denominator: none, or one of which the release knows a value."""
    if per not in INDICATORS:
        return per == ""
    return any(one.known for one in measurements(INDICATORS[per], "", audience=audience, release=release))


def available(view: View, indicator: str, codes: Collection[str] = ()) -> tuple[str, ...]:
    """The denominators that exist for the view's unit and these, '' (none) first."""
    if not divisible(data.registry()[indicator]):
        return ("",)
    units = {view.area, *codes}
    return ("", *(per for per in INDICATORS if (base := measured(view, per, units)) and base.known & units))


def measured(view: View, per: str, codes: Collection[str], near: pd.Timestamp | None = None) -> Measurement | None:
    """The denominator of these units: one producer and day, the nearest to the day `near` that knows most of them."""
    return widest(view, INDICATORS[per], "", codes, view.area, near or pd.Timestamp.max)


def divided(view: View, frame: Frame, indicator: str, per: str) -> Frame:
    """The frame per 1,000 residents (subscribers), money per resident; as it is where there is nothing to divide.

    One row a unit, of one measurement. A mark of the count, then of the denominator, stands in place of a rate; [x]
    where no denominator is known, [z] where it is zero; a true zero stays zero. The denominator is told in the notes.
    """
    if not per or frame.empty or not divisible(data.registry()[indicator]):
        return frame
    base = measured(view, per, frame["territory_code"].tolist(), frame["period_end"].max())
    below = _aligned(frame, base)
    times = 1 if frame["unit"].iloc[0] in MONEY else THOUSAND
    value = frame["value"] / below["value"].where(below["value"] > 0) * times
    return frame.assign(
        value=value,
        unit=[rate_unit(unit, per) for unit in frame["unit"]],
        status=_marks(frame, below, value),
        qualifier=frame["qualifier"].where((frame["qualifier"] != "") | below["exact"], "about"),
        note_uk=_notes(frame["note_uk"], told(base, per, "uk")),
        note_en=_notes(frame["note_en"], told(base, per, "en")),
    )


def rate_unit(unit: str, per: str) -> str:
    """The code of the unit after division: `persons_per_1000_residents`, `uah_per_subscriber`; itself where none."""
    if not per or unit in NEVER or "_per_" in unit:
        return unit
    whom = "subscriber" if per == "cohort" else "resident"
    return f"{unit}_per_{whom}" if unit in MONEY else f"{unit}_per_1000_{whom}s"


def told(base: Measurement | None, per: str, lang: str) -> str:
    """The denominator with its producer and date: `Знаменник: … (Держстат, станом на 01.01.2022)`."""
    name = say(f"denominator.{per}", lang)
    if base is None:
        return say("denominator.missing", lang, name=name)
    row = base.cells.iloc[next(iter(base.places.values()))].to_dict()
    producer = figure_text.producer_name(base.producer, lang)
    return say("denominator.told", lang, name=name, producer=producer, when=figure_text.when(row, lang))


def flips(directions: Mapping[str, int | None]) -> bool:
    """Whether the conclusion (above 1, neither 0, below -1, None where withheld) changes with the denominator."""
    return len({one for one in directions.values() if one is not None}) > 1


def _aligned(frame: Frame, base: Measurement | None) -> pd.DataFrame:
    """Value, mark and exactness of the denominator, row by row of the frame."""
    rows = base.of(frame["territory_code"]).set_index("territory_code") if base else frame.iloc[:0]
    found = rows.reindex(frame["territory_code"]) if base else pd.DataFrame(index=frame["territory_code"])
    found = found.reindex(columns=["value", "status", "qualifier"]).set_index(frame.index)
    known = found["value"].notna()
    return pd.DataFrame(
        {
            "value": found["value"].astype(float),
            "mark": found["status"].fillna("").where(known | found["status"].fillna("").ne(""), "x"),
            "exact": found["qualifier"].fillna("").isin(["", "reported"]),
        }
    )


def _marks(frame: Frame, below: pd.DataFrame, value: pd.Series) -> np.ndarray:
    """The count's mark where it hides a value, else the denominator's, else the count's own remark."""
    own, other = frame["status"], below["mark"].mask(below["value"] == 0, "z")
    with_value = own.where(own != "", other)
    return np.where(frame["value"].isna(), own, np.where(value.isna(), other, with_value))


def _notes(notes: pd.Series, text: str) -> list[str]:
    return [f"{note} {text}".strip() for note in notes]
