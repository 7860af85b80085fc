"""Damaged objects of registers: from the tallies that loading keeps, never from the objects themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Connection, select

from data_access.codes import OBJECT_TYPES, RESTRICTED_TYPES, SEVERITIES
from data_access.indicators import rules
from data_access.object_tables import damage_tally, report_tally
from data_access.pipeline.records.exact_figures import COUNTRY, figures, hromadas, last_public_month, month_end, read

FULL_SCALE_INVASION = date(2022, 2, 1)
COMPLETE = 0.95  # of the reports that come within a year
FOLLOWED_MONTHS = 12
COVERS = {
    "uk": "Реєстр охоплює {reporting} з {all} регіонів.",
    "en": "The register covers {reporting} of {all} regions.",
}
LATE = {
    "uk": "Повідомлення ще надходять: за досвідом попередніх місяців, досі внесено близько {share} %.",
    "en": "Reports are still coming in: by the experience of earlier months, about {share} % have been recorded.",
}
KEYS = ["level", "territory_code"]


def damage_figures(connection: Connection, today: date) -> Iterator[pd.DataFrame]:
    """Exact figures of every register, as of the newest month that may be public."""
    tally = read(connection, select(damage_tally))
    reports = read(connection, select(report_tally))
    units = hromadas(connection)
    for source_id, own in tally.groupby("source_id", sort=True):
        told = reports[reports["source_id"] == source_id]
        as_of = min(
            last_public_month(today, rules()["damaged_objects"].delay_days), month_end(told["reported_month"].max())
        )
        own = own[pd.to_datetime(own["damaged_month"]) <= pd.Timestamp(as_of)]
        if not own.empty:
            made = _register(own, told, as_of, units)
            yield from (frame.assign(source_id=source_id) for frame in made)


def _register(own: pd.DataFrame, told: pd.DataFrame, as_of: date, units: list[str]) -> Iterator[pd.DataFrame]:
    placed = _at_each_level(own)
    places = _places(own, units)
    covered = {lang: text.format(reporting=sum(places["level"] == "region"), all=27) for lang, text in COVERS.items()}
    stock = {"precision": "day", "period_start": as_of, "period_end": as_of}
    for breakdown, categories in (("", None), ("type", (*OBJECT_TYPES, *RESTRICTED_TYPES)), ("severity", SEVERITIES)):
        counts = _counted(placed, places, breakdown, categories)
        made = figures(counts, indicator="objects_damaged", unit="objects", breakdown=breakdown, **stock)
        yield _noted(made, covered)
    money = figures(_money(placed, places), indicator="objects_damage_uah", unit="uah", **stock)
    yield _noted(money, covered)
    yield from _flows(placed, places, told, as_of)


def _at_each_level(own: pd.DataFrame) -> pd.DataFrame:
    """The tally once for each level. `open` = what public figures of the level count."""
    own = own.assign(restricted=own["object_type"].isin(RESTRICTED_TYPES))
    region = own["territory_code"].str[:4]
    hromada = own[own["territory_code"].str.len() > 4]
    return pd.concat(
        [
            own.assign(level="country", territory_code=COUNTRY, open=True),
            own.assign(level="region", territory_code=region, open=True),
            hromada.assign(level="hromada", open=~hromada["restricted"]),
        ],
        ignore_index=True,
    )


def _places(own: pd.DataFrame, units: list[str]) -> pd.DataFrame:
    """Country, regions with records, and all their hromadas: which of them have records is not told."""
    regions = sorted(own["territory_code"].str[:4].unique())
    below = [code for code in units if code[:4] in set(regions)]
    rows = [("country", COUNTRY), *(("region", code) for code in regions), *(("hromada", code) for code in below)]
    return pd.DataFrame(rows, columns=KEYS)


def _counted(
    placed: pd.DataFrame, places: pd.DataFrame, breakdown: str, categories: Sequence[str] | None
) -> pd.DataFrame:
    """Objects by place, and by category: every category everywhere, 0 where there are none."""
    column = {"type": "object_type", "severity": "severity"}.get(breakdown)
    if column is None:
        counts = placed[placed["open"]].groupby(KEYS)["objects"].sum()
        found = places.join(counts, on=KEYS)
        found["open"] = True
    else:
        wanted = placed if breakdown == "type" else placed[placed["open"]]
        counts = wanted.groupby([*KEYS, column])["objects"].sum().rename_axis([*KEYS, "category"])
        found = places.merge(pd.DataFrame({"category": categories}), how="cross").join(counts, on=[*KEYS, "category"])
        found["open"] = (found["level"] != "hromada") | ~found["category"].isin(RESTRICTED_TYPES)
    found["count"] = found.pop("objects").fillna(0).astype("int64")
    return found.assign(value=found["count"].astype(float))


def _money(placed: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Costs in hryvnias of the objects that have one."""
    sums = placed[placed["open"]].groupby(KEYS)[["costed_uah", "cost_uah"]].sum()
    found = places.join(sums, on=KEYS).fillna({"costed_uah": 0, "cost_uah": 0.0})
    found = found.rename(columns={"costed_uah": "count", "cost_uah": "value"})
    return found.astype({"count": "int64", "value": float})


def _flows(placed: pd.DataFrame, places: pd.DataFrame, told: pd.DataFrame, as_of: date) -> Iterator[pd.DataFrame]:
    """Months of country and regions; quarters of hromadas, as far as they have ended."""
    complete = completeness(told)
    newest = pd.Period(told["reported_month"].max(), "M")
    for frequency, levels in (("M", ("country", "region")), ("Q", ("hromada",))):
        wanted = placed[placed["open"] & placed["level"].isin(levels)]
        periods = pd.PeriodIndex(pd.to_datetime(wanted["damaged_month"]), freq=frequency)
        counts = wanted.groupby([*KEYS, periods.rename("period")])["objects"].sum()
        spans = pd.period_range(FULL_SCALE_INVASION, as_of, freq=frequency)
        spans = spans[spans.end_time.normalize() <= pd.Timestamp(as_of)]
        calendar = pd.DataFrame([_span(span, complete, newest) for span in spans])
        found = places[places["level"].isin(levels)].merge(calendar, how="cross")
        found = found.join(counts, on=[*KEYS, "period"])
        found["count"] = found.pop("objects").fillna(0).astype("int64")
        found["value"] = found["count"].astype(float)
        yield figures(found, indicator="objects_damaged_in_period", unit="objects")


def completeness(told: pd.DataFrame) -> list[float]:
    """Share of reports that have come n months after the month of damage, by the months followed for a year.

    Of no such month, all that is known is 1.0 each (nothing is marked as incomplete).
    """
    lag = _months(told["reported_month"]) - _months(told["damaged_month"])
    followed = _months(told["damaged_month"]) <= _months(told["reported_month"]).max() - FOLLOWED_MONTHS
    counts = told[followed & (lag <= FOLLOWED_MONTHS)].groupby(lag)["objects"].sum()
    whole = counts.sum()
    return [float(counts[counts.index <= n].sum() / whole) if whole else 1.0 for n in range(FOLLOWED_MONTHS + 1)]


def _months(days: pd.Series) -> pd.Series:
    read_days = pd.to_datetime(days)
    return read_days.dt.year * 12 + read_days.dt.month


def _span(span: pd.Period, complete: list[float], newest: pd.Period) -> dict[str, object]:
    """A period with its days, and the mark and note of one that is not complete yet."""
    last = span.asfreq("M", how="end")
    share = complete[max(0, min((newest - last).n, FOLLOWED_MONTHS))]
    late = share < COMPLETE
    notes = {f"note_{lang}": text.format(share=round(100 * share)) if late else "" for lang, text in LATE.items()}
    days = {"period_start": span.start_time.date(), "period_end": span.end_time.date()}
    return {"period": span, **days, "status": "p" if late else "", **notes}


def _noted(frame: pd.DataFrame, notes: dict[str, str]) -> pd.DataFrame:
    """The country's figures say how many regions the register covers."""
    country = frame["level"] == "country"
    return frame.assign(**{f"note_{lang}": country.map({True: text, False: ""}) for lang, text in notes.items()})
