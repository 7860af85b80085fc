"""What is known of an indicator in a place: the figure in front, what must be read beside it, its parts.

Cards, ledgers and sentences about what is missing all read this, so that none says less than another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import data
from dashboard.answers import unit
from dashboard.answers.beside import Beside, Row, beside, in_sight, likely, told_alike
from dashboard.view import View, answer_of_view
from data_access import CITIES, PUBLIC, Audience, likely_day

OBLAST, HROMADA = 4, 9  # characters of their P-codes
WHOLE_COUNTRY = ("", "without_crimea")
NOT_PARTS = ("territory_status",)  # breakdowns that group an indicator's own units
STORIES = {  # published statement: the record that we add up of the same thing
    "buildings_damaged": "objects_damaged",
    "dream_projects": "projects_by_stage",
    "dream_budget_uah": "projects_budget_uah",
    "dream_funding_uah": "projects_funded_uah",
    "idps_registered": "idps_hosted_return",
}
PART_OF = {  # indicator: the one that it cannot exceed
    "residential_damaged": "buildings_damaged",
    "claims_recorded": "claims_submitted",
    "dream_funding_uah": "dream_budget_uah",
    "needs_met_usd": "needs_usd",
}


@dataclass(frozen=True)
class Known:
    """What is known of an indicator in a place.

    `front`: the figure that leads, None where no total is published. `beside`: what must stand in sight with it.
    `parts`: categories in sight, the newest figure of each; all of one breakdown where there is no total. `others`:
    the rest, total first, the newest first. `elsewhere`: where nothing is known here, places that have a figure.
    """

    indicator: str
    place: str
    front: Row | None = None
    beside: tuple[Beside, ...] = ()
    parts: tuple[Row, ...] = ()
    others: tuple[Row, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether a total or a part is known."""
        return self.front is not None or bool(self.parts)

    @property
    def first(self) -> Row:
        """The figure in front, else the first part."""
        return self.front if self.front is not None else self.parts[0]


@answer_of_view(4000)
def known(view: View, indicator: str, place: str) -> Known:
    """What is known of one indicator in a place, other indicators left aside but for the whole it is a part of."""
    totals, categories = _own(view, indicator, place)
    front = _front(view, indicator, place)
    parts = in_sight(front, categories)
    if front is None and not parts:
        return Known(indicator, place, others=tuple(totals), elsewhere=elsewhere(view, indicator, place))
    near = tuple(sorted(beside(front, totals), key=lambda one: one.row["status"] == "u")) if front else ()
    near += tuple(_inside(view, front)) + tuple(_too_small(view, front, parts)) if front or parts else ()
    shown = [*([front] if front else []), *parts, *(one.row for one in near)]
    others = tuple(row for row in _each_once([*totals, *_cells(view, indicator, place)]) if not _among(row, shown))
    return Known(indicator, place, front, near, tuple(parts), others)


def told(view: View, names: Sequence[str], place: str) -> list[Known]:
    """What is known of several indicators; where two tell one story (`STORIES`), the better founded leads.

    In a community that is the record, which counts objects one by one; above it the statement, because records are
    added up only as far as they are loaded. The other stands beside it.
    """
    found: dict[str, Known] = {}
    for name in names:
        lead = _lead(view, name, place)
        found.setdefault(lead.indicator, lead)
    return list(found.values())


def nothing_of(view: View, names: Sequence[str], place: str) -> list[Known]:
    """Those indicators of which neither a total nor a part is known here, nor another that tells the same."""
    return [one for one in told(view, names, place) if not one.anything]


def _lead(view: View, name: str, place: str) -> Known:
    statement = next((one for one, record in STORIES.items() if name in (one, record)), "")
    if not statement:
        return known(view, name, place)
    pair = [known(view, one, place) for one in (statement, STORIES[statement])]
    if len(place) == HROMADA or place in CITIES:
        pair.reverse()
    lead, *rest = [one for one in pair if one.anything] or [known(view, name, place)]
    rows = tuple(Beside("story", one.first) for one in rest)
    return replace(lead, beside=(*lead.beside, *rows))


def _cells(view: View, indicator: str, place: str) -> list[Row]:
    return _rows(place, audience=view.audience, release=view.release).get(indicator, [])


@data.answer(500)
def _rows(place: str, *, audience: Audience = PUBLIC, release: str = "") -> dict[str, list[Row]]:
    """All rows of a unit by indicator, the newest first, without what cannot be or only groups its own units."""
    cells = unit.cells(place, audience=audience, release=release)
    cells = cells[~cells["breakdown"].isin(NOT_PARTS) & (cells["status"] != "z")]
    found: dict[str, list[Row]] = {}
    for row in cells.sort_values("period_end", ascending=False, kind="stable").to_dict("records"):
        found.setdefault(row["indicator"], []).append(row)
    return found


def _own(view: View, indicator: str, place: str) -> tuple[list[Row], list[Row]]:
    """All rows of the total, and the newest row of each category."""
    totals = [row for row in _cells(view, indicator, place) if not row["breakdown"]]
    heads = unit.headlines(place, audience=view.audience, release=view.release)
    categories = [row for (name, category), row in heads.items() if name == indicator and category]
    order = [name for name in data.registry()[indicator].breakdowns if name not in NOT_PARTS]
    fitting = [row for row in categories if row["breakdown"] in order and row["status"] not in ("z", "x")]
    return totals, sorted(fitting, key=lambda row: order.index(row["breakdown"]))


def _front(view: View, indicator: str, place: str) -> Row | None:
    """The headline of the total. A part of the country never stands for it; an [x] stands for nothing."""
    row = unit.headlines(place, audience=view.audience, release=view.release).get((indicator, ""))
    if row is None or row["status"] == "x" or (place == data.COUNTRY and row["coverage"] not in WHOLE_COUNTRY):
        return None
    return row


def _inside(view: View, front: Row | None) -> Iterator[Beside]:
    """Units inside a region or the country whose figure exceeds that of the whole, or is newer and over half of it."""
    place = front["territory_code"] if front else ""
    if front is None or len(place) > OBLAST or data.registry()[front["indicator"]].kind == "ratio":
        return
    rows = data.headlines(front["indicator"], audience=view.audience, release=view.release)
    size = OBLAST if place == data.COUNTRY else HROMADA
    codes = rows["territory_code"]
    newer = likely_day(rows) > likely(front)
    large = (rows["value"] > front["value"]) | (newer & (rows["value"] * 2 >= front["value"]))
    fits = codes.str.startswith(place) & (codes.str.len() == size) & large & (rows["unit"] == front["unit"])
    yield from (Beside("inside", row) for row in rows[fits].to_dict("records"))


def _too_small(view: View, front: Row | None, parts: Sequence[Row]) -> Iterator[Beside]:
    """The whole that an indicator is a part of, where the part shown exceeds it."""
    row = front or max(parts, key=lambda one: one["value"], default=None)
    if row is None or row["indicator"] not in PART_OF:
        return
    whole = _front(view, PART_OF[row["indicator"]], row["territory_code"])
    if whole is not None and row["value"] > whole["value"]:
        yield Beside("whole", whole)


def _each_once(rows: Sequence[Row]) -> list[Row]:
    return list({told_alike(row): row for row in reversed(rows)}.values())[::-1]


def _among(row: Row, shown: Sequence[Row]) -> bool:
    return told_alike(row) in {told_alike(one) for one in shown}


def elsewhere(view: View, indicator: str, place: str) -> tuple[str, ...]:
    """Where an indicator is known that is not known here, the nearest kind of place that has any.

    Units inside; else those beside it in its oblast, for an oblast the other oblasts; else those it lies in; else any.
    """
    places = places_with(indicator, audience=view.audience, release=view.release)
    group = place[:OBLAST] if len(place) > OBLAST else data.COUNTRY
    inside = [code for code in places if code.startswith(place) and code != place]
    beside = [code for code in places if code.startswith(group) and len(code) == len(place)]
    above = [code for code in places if place.startswith(code) and code != data.COUNTRY]
    return tuple(inside or beside or above or [code for code in places if code != place])


@data.answer(500)
def places_with(indicator: str, *, audience: Audience = PUBLIC, release: str = "") -> tuple[str, ...]:
    """P-codes of all units of which any figure of the indicator is known, a total or a part."""
    breakdowns = [name for name in ("", *data.registry()[indicator].breakdowns) if name not in NOT_PARTS]
    parts = [data.cells(indicator, breakdown=name, audience=audience, release=release) for name in breakdowns]
    codes = pd.concat([cells.loc[~cells["status"].isin(["x", "z"]), "territory_code"] for cells in parts])
    return tuple(sorted(codes.unique()))
