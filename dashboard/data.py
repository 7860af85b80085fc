"""The one door to the data: who may see what, and each answer kept for its release and audience.

Two things lie in the key of every answer (`answer`): as whose and of which release it was asked, and the edits of
releases. So an answer that was on its way while a figure was withdrawn is not found later.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

import data_access
from dashboard.kept_answers import Unavailable as Unavailable  # the door's own names too
from dashboard.kept_answers import answer as answer
from dashboard.kept_answers import ask, database, newest_release
from dashboard.kept_answers import edits as edits
from dashboard.kept_answers import forget as forget
from data_access import PUBLIC, Audience, Indicator, Release

ROOT = Path(__file__).resolve().parent.parent
GEOMETRY = {
    "oblasts.geojson": ROOT / "sample_data" / "oblasts.geojson",
    "world_110m.json": Path(__file__).parent / "static" / "world_110m.json",
}
LOADED_GEOMETRY = {"raions.geojson": "raion", "hromadas.geojson": "hromada"}
COUNTRY = "UA"


@answer(64, newest=True, everybody=True)
def release_named(name: str) -> Release:
    """The release of that name, '' for the newest; raises data_access.UnknownRelease, Unavailable."""
    return ask(data_access.release, database(), name) if name else newest_release()


def registry() -> Mapping[str, Indicator]:
    """All indicators, by id."""
    return data_access.indicators()


def rules_of_records() -> frozenset[str]:
    """Ids of the publication rules for figures made from records: those that delay, hide or round."""
    return frozenset(name for name, rule in data_access.rules().items() if rule.threshold or rule.base)


@answer(512)
def cells(
    indicator: str, *, breakdown: str | None = "", audience: Audience = PUBLIC, release: str = ""
) -> pd.DataFrame:
    """The visible cells of an indicator in a release, of every source and period (do not change them).

    `breakdown`: one of its breakdowns, '' for the totals, None for all of it.
    """
    return ask(data_access.cells, database(), indicator, breakdown=breakdown, audience=audience, release=release)


def unit_cells(code: str, *, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """The visible cells of one unit in a release: every indicator, breakdown, source and period."""
    return ask(data_access.unit_cells, database(), code, audience=audience, release=release or newest_release().name)


@answer(256)
def headlines(indicator: str, *, breakdown: str = "", audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """One row per territory and category: the preferred source's newest, in `others` how many more there are."""
    frame = cells(indicator, breakdown=breakdown, audience=audience, release=release)
    return data_access.headline(frame, registry()[indicator])


@answer(2, newest=True, everybody=True)
def territories() -> pd.DataFrame:
    """All territories, indexed by P-code."""
    return table("territories").set_index("code", drop=False)


@answer(16, newest=True, everybody=True)
def table(name: str) -> pd.DataFrame:
    """A whole small table: producers, releases, changes_by_release, corrections, withdrawals, association_facts."""
    return ask(getattr(data_access, name), database())


@answer(4, newest=True, everybody=True)
def is_training() -> bool:
    """Whether the figures are synthetic; what shows or hands out figures must then say `site.training`."""
    return ask(data_access.training, database())


@answer(4, newest=True)
def sources(*, audience: Audience = PUBLIC) -> pd.DataFrame:
    """Where the figures come from that the audience may see, and the official lists."""
    return ask(data_access.sources, database(), audience=audience)


@answer(8)
def sources_by_indicator(*, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """How many values of each indicator come from each source: indicator, source_id, cells."""
    return ask(data_access.sources_by_indicator, database(), audience=audience, release=release)


def source(source_id: str) -> dict:
    """The record of a source that a cell at hand names: who may see the cell may see where it comes from."""
    return _sources_by_id()[source_id]


@answer(4, newest=True, everybody=True)
def _sources_by_id() -> dict[str, dict]:
    return {row["source_id"]: row for row in sources(audience=Audience("editor")).to_dict("records")}


def changes(release: str = "") -> pd.DataFrame:
    """Per indicator, how many cells are new, changed and vanished in a release."""
    return ask(data_access.release_changes, database(), release or None)


def coverage(*, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """Per indicator and level: cells, territories, first and last as-of day."""
    return ask(data_access.coverage, database(), audience=audience, release=release or newest_release().name)


@answer(2, newest=True, everybody=True)
def status_periods() -> pd.DataFrame:
    """All rows of the newest edition of the official status list, oldest first."""
    return ask(data_access.status_periods, database(), COUNTRY)


@answer(2000, newest=True, everybody=True)
def status_history(code: str) -> pd.DataFrame:
    """The official status of a unit through time: first, last, status, mixed, partly (data_access.status_history)."""
    return ask(data_access.status_history, database(), code)


def territory_code(code: str) -> str | None:
    """The P-code of a full KATOTTG or a P-code; None where no such unit is listed."""
    return _codes().get(code)


@answer(2, newest=True, everybody=True)
def _codes() -> dict[str, str]:
    places = _places()
    return {row["katottg"]: code for code, row in places.items() if row["katottg"]} | {code: code for code in places}


@answer(8, everybody=True)
def peer_profiles(*, release: str = "") -> pd.DataFrame:
    """Every hromada as peer groups see it in a release (data_access.peer_profiles)."""
    return ask(data_access.peer_profiles, database(), release=release)


def oblast_of(code: str) -> str:
    """The region that a unit belongs to (the P-code's first four characters), or the country itself."""
    return code[:4] if len(code) > 2 else COUNTRY


def territory(code: str) -> dict:
    """The record of a unit: parent_code, level, katottg, names, kind, lat, lon, area_km2."""
    return _places()[code]


@answer(2, newest=True, everybody=True)
def _places() -> dict[str, dict]:
    return {str(code): row for code, row in territories().to_dict("index").items()}


def territory_name(code: str, lang: str, short: bool = False) -> str:
    """The name of a unit; `short` leaves out its kind (`Харківська`, `Kharkiv`)."""
    row = territory(code)
    return (short and row[f"short_name_{lang}"]) or row[f"name_{lang}"]


@answer(2, newest=True, everybody=True)
def oblasts() -> tuple[str, ...]:
    """The P-codes of the 27 regions, Crimea and Sevastopol included."""
    return tuple(code for code, row in _places().items() if row["level"] == "region")


def boundaries(level: str) -> tuple[str, str]:
    """Outlines of raions or hromadas as GeoJSON and their version for an ETag; ('', '') where none are loaded."""
    version = ask(data_access.boundaries_version, database(), level)
    return (_outlines(level, version), f'"{level}-{version}"') if version else ("", "")


@answer(4, newest=True, everybody=True)
def _outlines(level: str, version: int) -> str:
    return ask(data_access.boundaries, database(), level)
