"""Which rows of a frame a view shows, and whether they may stand beside one another."""

from dataclasses import dataclass, replace

import pandas as pd

import data_access
from dashboard import data
from dashboard.filters import View
from dashboard.measurements import in_order
from data_access import Audience

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
    """The oblasts' values of the view, as few producers and days as they allow.

    The first producer, in the indicator's order, with a day that has enough oblasts: that day's values (the day asked
    for, else the newest). Where there is none: each oblast's own headline, not comparable unless they happen to agree.
    """
    return _snapshot(replace(anywhere_else(view), lang="", area=""), view.release)


def anywhere_else(view: View) -> View:
    """The view without what only the community and compare pages ask for, and without its page."""
    return replace(view, page="", place="", indicators=(), peers="", chosen=(), per="", level="")


@data.kept(2000)
def _snapshot(view: View, release: str) -> Snapshot:
    indicator = data.registry()[view.indicator]
    cells = frame(view)
    cells = cells[is_oblast(cells) & (cells["coverage"] == "")]
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
    return tuple(f"{day:%Y-%m-%d}" for day in sorted(known.index[known >= ENOUGH_OBLASTS], reverse=True))


def _on(rows: pd.DataFrame, day: str, periods: tuple[str, ...]) -> Snapshot:
    rows = rows[rows["period_end"] == pd.Timestamp(day)]
    rows = rows.sort_values("published_on").drop_duplicates("territory_code", keep="last")
    return Snapshot(rows, rows["unit"].nunique() <= 1, periods)


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
