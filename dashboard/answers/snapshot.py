"""Which rows of a frame a view shows, and whether they may stand beside one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

import data_access
from dashboard import data
from dashboard.answers.measurement import in_order
from dashboard.view import View
from data_access import Audience

ENOUGH = 10  # units with a value of one producer and day, for a map to be honest
CITIES = ("UA80", "UA85")  # regions without hromadas: they stand among communities too
HROMADA = 9  # characters of a hromada's P-code


@dataclass(frozen=True)
class Snapshot:
    """One row per oblast, or per community, at one moment.

    `comparable`: one producer, unit and day, so that they may be ranked.
    """

    rows: pd.DataFrame
    comparable: bool
    periods: tuple[str, ...]

    @property
    def known(self) -> int:
        return int(self.rows["value"].notna().sum())

    @property
    def charted(self) -> bool:
        """Whether a map and ranked bars are honest; else the dated table comes first."""
        return self.comparable and self.known >= ENOUGH


def frame(view: View) -> pd.DataFrame:
    """The cells of the view's indicator and chosen category (the total where none is chosen)."""
    cells = data.cells(view.indicator, breakdown=view.breakdown, audience=view.audience, release=view.release)
    return cells[cells["category"] == view.category]


def snapshot(view: View) -> Snapshot:
    """The values of the view's oblasts or communities, as few producers and days as they allow.

    The first producer, in the indicator's order, with a day that has enough units: that day's values (the day asked
    for, else the newest). Where there is none: each unit's own headline, not comparable unless they happen to agree.
    """
    return _snapshot(replace(anywhere_else(view), lang="", area="", level=view.level), view.release)


def narrowed(view: View, shown: Snapshot) -> Snapshot:
    """The communities of the view's oblast; oblasts, and communities of the whole country, as they are."""
    if not view.level or view.area == data.COUNTRY:
        return shown
    return replace(shown, rows=shown.rows[shown.rows["territory_code"].str.startswith(view.area)])


def anywhere_else(view: View) -> View:
    """The view without what only the community and compare pages ask for, and without its page."""
    return replace(view, page="", place="", indicators=(), peers="", chosen=(), per="", level="")


@data.cached_answers(2000)
def _snapshot(view: View, release: str) -> Snapshot:
    indicator = data.registry()[view.indicator]
    cells = frame(view)
    cells = cells[of_level(cells, view.level) & (cells["coverage"] == "")]
    for producer in in_order(cells["producer"].unique(), indicator):
        rows = cells[cells["producer"] == producer]
        periods = _days_with_enough(rows)
        if periods:
            chosen = next((day for day in periods if day.startswith(view.period)), periods[0])
            return _on(rows, chosen, periods)
    rows = data_access.headline(cells, indicator)
    return Snapshot(rows, all(rows[name].nunique() <= 1 for name in ("producer", "unit", "period_end")), ())


def _days_with_enough(rows: pd.DataFrame) -> tuple[str, ...]:
    known = rows.dropna(subset="value").groupby("period_end")["territory_code"].nunique()
    return tuple(f"{day:%Y-%m-%d}" for day in sorted(known.index[known >= ENOUGH], reverse=True))


def _on(rows: pd.DataFrame, day: str, periods: tuple[str, ...]) -> Snapshot:
    rows = rows[rows["period_end"] == pd.Timestamp(day)]
    rows = rows.sort_values("published_on").drop_duplicates("territory_code", keep="last")
    return Snapshot(rows, rows["unit"].nunique() <= 1, periods)


def is_oblast(cells: pd.DataFrame) -> pd.Series:
    """Rows of the 27 regions (P-codes of four characters)."""
    return cells["territory_code"].str.len() == 4


def of_level(cells: pd.DataFrame, level: str) -> pd.Series:
    """Rows of the units that a map shows: the 27 regions, or at level `hromada` all communities."""
    if level != "hromada":
        return is_oblast(cells)
    return (cells["territory_code"].str.len() == HROMADA) | cells["territory_code"].isin(CITIES)


def units(level: str, area: str = data.COUNTRY) -> list[str]:
    """P-codes of the units of a map: the 27 regions, or the communities of an area with Kyiv and Sevastopol."""
    return _units(level, area, data.newest_release().name)


@data.cached_answers(200)
def _units(level: str, area: str, release: str) -> list[str]:
    if level != "hromada":
        return data.oblasts()
    codes = data.territories()["code"]
    codes = codes[(codes.str.len() == HROMADA) | codes.isin(CITIES)]
    return list(codes if area == data.COUNTRY else codes[codes.str.startswith(area)])


def offered(view: View, choices: Sequence[str]) -> list[str]:
    """Those of the choices of which anything is published to this reader, and the one that the view shows."""
    shown = (_has_cells(one, view.audience, view.release) or one == view.indicator for one in choices)
    return [one for one, fits in zip(choices, shown, strict=True) if fits]


@data.cached_answers(500)
def _has_cells(indicator: str, audience: Audience, release: str) -> bool:
    breakdowns = ("", *data.registry()[indicator].breakdowns)
    return any(
        not data.cells(indicator, breakdown=name, audience=audience, release=release).empty for name in breakdowns
    )


def levels(view: View) -> tuple[str, ...]:
    """The levels at which the view's indicator has values: '' for oblasts, `hromada`."""
    return _levels(view.indicator, view.audience, view.release)


@data.cached_answers(500)
def _levels(indicator: str, audience: Audience, release: str) -> tuple[str, ...]:
    breakdowns = ("", *data.registry()[indicator].breakdowns)
    frames = [data.cells(indicator, breakdown=name, audience=audience, release=release) for name in breakdowns]
    communities = any((cells["territory_code"].str.len() == HROMADA).any() for cells in frames)
    oblasts = any(is_oblast(cells).any() for cells in frames)
    return (*([""] if oblasts or not communities else []), *(["hromada"] if communities else []))


def within(cells: pd.DataFrame, area: str) -> pd.DataFrame:
    """Rows of the raions and communities inside an oblast."""
    codes = cells["territory_code"]
    return cells[codes.str.startswith(area) & (codes.str.len() > 4)]


def categories(view: View) -> list[str]:
    """The categories offered of an indicator: '' for the total, then those of its breakdowns that its units have."""
    return _categories(view.indicator, view.level, view.audience, view.release)


@data.cached_answers(1000)
def _categories(indicator: str, level: str, audience: Audience, release: str) -> list[str]:
    record, found = data.registry()[indicator], []
    for breakdown in ("", *record.breakdowns):
        cells = data.cells(indicator, breakdown=breakdown, audience=audience, release=release)
        known = set(cells.loc[of_level(cells, level), "category"])
        found += [code for code in record.breakdowns.get(breakdown, [""]) if code in known]
    return found or [""]
