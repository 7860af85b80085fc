"""Which rows of a frame a view shows, and whether they may stand beside one another."""

from dataclasses import dataclass, replace

import pandas as pd

import data_access
from dashboard import data
from dashboard.filters import View
from data_access import Audience, Indicator

ENOUGH_OBLASTS = 10
OBLASTS = 27


@dataclass(frozen=True)
class Snapshot:
    """One row per oblast at one moment. `comparable`: one producer, unit and day, so that they may be ranked."""

    rows: pd.DataFrame
    comparable: bool
    periods: tuple[str, ...]

    @property
    def known(self) -> int:
        return int(self.rows["value"].notna().sum())

    @property
    def charted(self) -> bool:
        """Whether a map and ranked bars are honest; else the dated table comes first."""
        return self.comparable and self.known >= ENOUGH_OBLASTS


def frame(view: View) -> pd.DataFrame:
    """The cells of the view's indicator and chosen category (the total where none is chosen)."""
    cells = data.cells(view.indicator, breakdown=view.breakdown, audience=view.audience, release=view.release)
    return cells[cells["category"] == view.category]


def snapshot(view: View) -> Snapshot:
    """The oblasts' values of the view: the preferred producer's, at the period asked for or the newest."""
    return _snapshot(replace(view, page="", lang="", area=""), view.release)


@data.kept(2000)
def _snapshot(view: View, release: str) -> Snapshot:
    indicator = data.registry()[view.indicator]
    cells = frame(view)
    rows = preferred(cells[is_oblast(cells) & (cells["coverage"] == "")], indicator)
    if rows["producer"].nunique() > 1:
        rows = data_access.headline(rows, indicator)
        return Snapshot(rows, False, ())
    periods = tuple(sorted({f"{day:%Y-%m-%d}" for day in rows["period_end"]}, reverse=True))
    chosen = next((day for day in periods if day.startswith(view.period)), periods[0] if periods else "")
    rows = rows[rows["period_end"] == pd.Timestamp(chosen)] if periods else rows
    rows = rows.sort_values("published_on").drop_duplicates("territory_code", keep="last")
    return Snapshot(rows, rows["unit"].nunique() <= 1, periods)


def preferred(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The rows of the first producer in the indicator's order that has any; `*` stands for all not named."""
    named = [code for code in indicator.source_order if code != "*"]
    for code in indicator.source_order or ("*",):
        chosen = rows[~rows["producer"].isin(named)] if code == "*" else rows[rows["producer"] == code]
        if len(chosen):
            return chosen
    return rows


def is_oblast(cells: pd.DataFrame) -> pd.Series:
    """Rows of the 27 regions (P-codes of four characters)."""
    return cells["territory_code"].str.len() == 4


def within(cells: pd.DataFrame, area: str) -> pd.DataFrame:
    """Rows of the raions and communities inside an oblast."""
    codes = cells["territory_code"]
    return cells[codes.str.startswith(area) & (codes.str.len() > 4)]


def categories(view: View) -> list[str]:
    """The categories offered of an indicator: '' for the total, then those of its breakdowns that oblasts have."""
    return _categories(view.indicator, view.audience, view.release)


@data.kept(1000)
def _categories(indicator: str, audience: Audience, release: str) -> list[str]:
    record, found = data.registry()[indicator], []
    for breakdown in ("", *record.breakdowns):
        cells = data.cells(indicator, breakdown=breakdown, audience=audience, release=release)
        known = set(cells.loc[is_oblast(cells), "category"])
        found += [code for code in record.breakdowns.get(breakdown, [""]) if code in known]
    return found or [""]
