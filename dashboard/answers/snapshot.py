"""Which rows of a frame a view shows, and whether they may stand beside one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

import data_access
from dashboard import data
from dashboard.answers.measurement import in_order
from dashboard.view import View, answer_of_view
from data_access import CITIES, PUBLIC, Audience

ENOUGH = 10  # units with a value of one producer and day, for a map to be honest
A_FEW = 3  # the same, for bars
MEASURED = ["producer", "unit", "period_start", "period_end"]  # what may stand side by side has these in common
OBLAST, HROMADA = 4, 9  # characters of their P-codes


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One row per oblast, or per community, at one moment.

    `comparable`: one producer, unit and day, so that they may be ranked. `beside`: figures of other producers or days,
    of units that have none in `rows`: for the table, never for a chart. `key` names what it was made from: the fields
    of the view that chose it, audience, release, edits. Equal keys mean equal rows.
    """

    rows: pd.DataFrame
    beside: pd.DataFrame
    comparable: bool
    periods: tuple[str, ...]
    key: tuple

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Snapshot) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @cached_property
    def known(self) -> int:
        return int(self.rows["value"].notna().sum())

    @property
    def charted(self) -> bool:
        """Whether ranked bars are honest; else the dated table comes first."""
        return self.comparable and self.known >= A_FEW

    @property
    def mapped(self) -> bool:
        """Whether a map is honest, too."""
        return self.comparable and self.known >= ENOUGH

    @cached_property
    def listed(self) -> pd.DataFrame:
        """All rows for a table, those beside in the place of marks without a value."""
        own = self.rows[~self.rows["territory_code"].isin(self.beside["territory_code"])]
        return pd.concat([own, self.beside], ignore_index=True) if len(self.beside) else self.rows


def frame(view: View) -> pd.DataFrame:
    """The cells of the view's indicator and chosen category (the total where none is chosen)."""
    cells = data.cells(view.indicator, breakdown=view.breakdown, audience=view.audience, release=view.release)
    return cells[cells["category"] == view.category]


@answer_of_view(2000, "indicator", "category", "period", "level")
def snapshot(view: View) -> Snapshot:
    """The values of the view's oblasts or communities, as few producers and days as they allow.

    The first producer, in the indicator's order, with a day that has enough units: that day's values (the day asked
    for, else the newest). Where there is none: those of the units' own headlines that may be compared, three at least;
    else all headlines, not comparable unless they happen to agree. Units with another figure stand beside.
    """
    key = (view.indicator, view.category, view.period, view.level, view.audience, view.release, *data.edits())
    cells = frame(view)
    cells = cells[of_level(cells, view.level) & (cells["coverage"] == "")]
    heads = data_access.headline(cells, data.registry()[view.indicator])
    for producer in in_order(cells["producer"].unique(), data.registry()[view.indicator]):
        rows = cells[cells["producer"] == producer]
        periods = _days_with_enough(rows)
        if periods:
            chosen = next((day for day in periods if day.startswith(view.period)), periods[0])
            rows = _on(rows, chosen)
            break
    else:
        rows, periods = _alike(heads), ()
    return Snapshot(rows, _beside(heads, rows), all(rows[name].nunique() <= 1 for name in MEASURED), periods, key)


def _alike(heads: pd.DataFrame) -> pd.DataFrame:
    """The largest part of the headlines that may be compared, the newest of equals; all where no three may."""
    known = heads.dropna(subset="value").groupby(MEASURED)["territory_code"].nunique()
    known = known[known >= A_FEW]
    if known.empty:
        return heads
    best = max(known.index, key=lambda one: (known[one], one[-1], one))
    same = pd.concat([heads[name] == part for name, part in zip(MEASURED, best, strict=True)], axis=1).all(axis=1)
    return heads[same]


def _beside(heads: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Headlines of units that have no row, or no data [x] in it."""
    shown = rows.loc[rows["value"].notna() | (rows["status"] != "x"), "territory_code"]
    beside = heads[~heads["territory_code"].isin(shown) & heads["value"].notna()]
    return beside.reindex(columns=rows.columns)


def narrowed(view: View, shown: Snapshot) -> Snapshot:
    """The communities of the view's oblast; oblasts, and communities of the whole country, as they are."""
    if not view.level or view.area == data.COUNTRY:
        return shown
    here = {name: getattr(shown, name) for name in ("rows", "beside")}
    here = {name: rows[rows["territory_code"].str.startswith(view.area)] for name, rows in here.items()}
    return replace(shown, **here, key=(*shown.key, view.area))


def anywhere_else(view: View) -> View:
    """The view without what only the community and compare pages ask for, and without its page."""
    return replace(view, page="", place="", indicators=(), peers="", chosen=(), per="", level="")


def _days_with_enough(rows: pd.DataFrame) -> tuple[str, ...]:
    known = rows.dropna(subset="value").groupby("period_end")["territory_code"].nunique()
    return tuple(f"{day:%Y-%m-%d}" for day in sorted(known.index[known >= ENOUGH], reverse=True))


def _on(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    rows = rows[rows["period_end"] == pd.Timestamp(day)]
    return rows.sort_values("published_on").drop_duplicates("territory_code", keep="last")


def of_level(cells: pd.DataFrame, level: str) -> pd.Series:
    """Rows of the units that a map shows: the 27 regions, or at level `hromada` all communities."""
    if level != "hromada":
        return cells["territory_code"].str.len() == OBLAST
    return (cells["territory_code"].str.len() == HROMADA) | cells["territory_code"].isin(CITIES)


@data.answer(200, newest=True, everybody=True)
def units(level: str, area: str = data.COUNTRY) -> tuple[str, ...]:
    """P-codes of the units of a map: the 27 regions, or the communities of an area with Kyiv and Sevastopol."""
    if level != "hromada":
        return data.oblasts()
    codes = data.territories()["code"]
    codes = codes[(codes.str.len() == HROMADA) | codes.isin(CITIES)]
    return tuple(codes if area == data.COUNTRY else codes[codes.str.startswith(area)])


def counted(area: str, codes: pd.Series) -> pd.Series:
    """Which units of a map of communities are communities: Kyiv and Sevastopol stand beside them, but have none.

    On a map of one of these cities it is all there is, and counts.
    """
    return ~codes.isin(CITIES) | (area in CITIES)


def offered(view: View, choices: Sequence[str]) -> list[str]:
    """Those of the choices of which anything is published to this reader, and the one that the view shows."""
    shown = (one == view.indicator or has_cells(one, audience=view.audience, release=view.release) for one in choices)
    return [one for one, fits in zip(choices, shown, strict=True) if fits]


@data.answer(500)
def has_cells(indicator: str, *, audience: Audience = PUBLIC, release: str = "") -> bool:
    """Whether anything of the indicator is published to this reader."""
    breakdowns = ("", *data.registry()[indicator].breakdowns)
    return any(
        not data.cells(indicator, breakdown=name, audience=audience, release=release).empty for name in breakdowns
    )


@answer_of_view(500, "indicator")
def levels(view: View) -> tuple[str, ...]:
    """The levels at which the view's indicator has values: '' for oblasts, `hromada`."""
    codes = [cells["territory_code"] for _, cells in _by_breakdown(view)]
    communities = any((own.str.len() == HROMADA).any() for own in codes)
    oblasts = any((own.str.len() == OBLAST).any() for own in codes)
    return (*([""] if oblasts or not communities else []), *(["hromada"] if communities else []))


def _by_breakdown(view: View) -> Iterator[tuple[str, pd.DataFrame]]:
    """The cells of the view's indicator, of its total and of each breakdown."""
    for breakdown in ("", *data.registry()[view.indicator].breakdowns):
        cells = data.cells(view.indicator, breakdown=breakdown, audience=view.audience, release=view.release)
        yield breakdown, cells


@answer_of_view(1000, "indicator", "level")
def categories(view: View) -> tuple[str, ...]:
    """The categories offered of an indicator: '' for the total, then those of its breakdowns that its units have."""
    listed, found = data.registry()[view.indicator].breakdowns, []
    for breakdown, cells in _by_breakdown(view):
        known = set(cells.loc[of_level(cells, view.level), "category"])
        found += [code for code in listed.get(breakdown, [""]) if code in known]
    return tuple(found) or ("",)
