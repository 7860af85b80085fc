"""The one door to the data: who may see what, and each answer kept for its release and audience."""

import threading
import time
from functools import lru_cache, wraps
from pathlib import Path

import pandas as pd

import data_access
from data_access import PUBLIC, Audience, DatabaseProblem, Indicator, Release

ROOT = Path(__file__).resolve().parent.parent
GEOMETRY = {
    "oblasts.geojson": ROOT / "sample_data" / "oblasts.geojson",
    "world_110m.json": Path(__file__).parent / "static" / "world_110m.json",
}
LOADED_GEOMETRY = {"raions.geojson": "raion", "hromadas.geojson": "hromada"}
COUNTRY = "UA"
_RELEASE_SECONDS = 5
_lock = threading.RLock()
_kept: dict[str, object] = {}
_answers: list = []


class Unavailable(Exception):
    """Nothing can be read. `code` names the reason (a key of [problem] in words.toml); `str()` tells the operator."""

    def __init__(self, problem: DatabaseProblem):
        super().__init__(str(problem))
        self.code = problem.code


def database() -> data_access.Database:
    """The database that `DATABASE_URL` names, opened once; tried again at each call while it cannot be opened."""
    with _lock:
        if "database" not in _kept:
            try:
                _kept["database"] = data_access.connect()
            except DatabaseProblem as problem:
                raise Unavailable(problem) from problem
        return _kept["database"]


def forget() -> None:
    """Drop the connection and every kept answer (tests, and after an error of the database)."""
    with _lock:
        _kept.clear()
        _drop_answers()


def cached_answers(size: int):
    """Keep a function's answers, `size` of them, until `forget` or the next edit. Its arguments must name the release.

    The edits stand in the key too: an answer that was on its way while a figure was withdrawn is not found later.
    """

    def keep(function):
        @lru_cache(maxsize=size)
        def answers(_edits: tuple, *args):
            return function(*args)

        _answers.append(answers)
        return wraps(function)(lambda *args: answers(edits(), *args))

    return keep


def edits() -> tuple[int, int]:
    """The newest withdrawal and correction: what may alter releases that stand already, and what is told of them."""
    return _edits(newest_release())


def newest_release() -> Release:
    """The newest release, asked for at most once in five seconds. Raises Unavailable."""
    with _lock:
        asked, release = _kept.get("release", (0.0, None))
        if release is None or time.monotonic() - asked > _RELEASE_SECONDS:
            before, release = release, _ask(data_access.release, database())
            if before and _edits(before) != _edits(release):
                _drop_answers()
            _kept["release"] = (time.monotonic(), release)
        return release


def release_named(name: str) -> Release:
    """The release of that name; raises data_access.UnknownRelease, Unavailable."""
    return _release(name) if name else newest_release()


def registry() -> dict[str, Indicator]:
    """All indicators, by id."""
    return data_access.indicators()


def rules_of_records() -> frozenset[str]:
    """Ids of the publication rules for figures made from records: those that delay, hide or round."""
    return frozenset(name for name, rule in data_access.rules().items() if rule.threshold or rule.base)


def cells(indicator: str, *, breakdown: str = "", audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """The visible cells of an indicator and breakdown in a release, of every source and period (do not change them)."""
    return _cells(indicator, breakdown, audience, release or newest_release().name)


def unit_cells(code: str, *, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """The visible cells of one unit in a release: every indicator, breakdown, source and period."""
    return _ask(data_access.unit_cells, database(), code, audience=audience, release=release or newest_release().name)


def headlines(indicator: str, *, breakdown: str = "", audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """One row per territory and category: the preferred source's newest, and in `others` how many more there are."""
    frame = cells(indicator, breakdown=breakdown, audience=audience, release=release)
    return data_access.headline(frame, registry()[indicator])


def territories() -> pd.DataFrame:
    """All territories, indexed by P-code."""
    return _table("territories", newest_release().name)


def table(name: str) -> pd.DataFrame:
    """A whole small table: producers, releases, changes_by_release, corrections, withdrawals."""
    return _table(name, newest_release().name)


def is_training() -> bool:
    """Whether the figures are synthetic; what shows or hands out figures must then say `site.training`."""
    return _training(newest_release().name)


def sources(*, audience: Audience = PUBLIC) -> pd.DataFrame:
    """Where the figures come from that the audience may see, and the official lists."""
    return _sources(audience, newest_release().name)


def source(source_id: str) -> dict:
    """The record of a source that a cell at hand names: who may see the cell may see where it comes from."""
    return _source_records(newest_release().name)[source_id]


def changes(release: str = "") -> pd.DataFrame:
    """Per indicator, how many cells are new, changed and vanished in a release."""
    return _ask(data_access.release_changes, database(), release or None)


def coverage(*, audience: Audience = PUBLIC, release: str = "") -> pd.DataFrame:
    """Per indicator and level: cells, territories, first and last as-of day."""
    return _ask(data_access.coverage, database(), audience=audience, release=release or newest_release().name)


def status_periods() -> pd.DataFrame:
    """All rows of the newest edition of the official status list, oldest first."""
    return _status_periods(newest_release().name)


def status_history(code: str) -> pd.DataFrame:
    """The official status of a hromada through time: first, last, status, mixed, partly; empty for other units."""
    return _status_history(code, newest_release().name)


def territory_code(code: str) -> str | None:
    """The P-code of a full KATOTTG or a P-code; None where no such unit is listed."""
    return _codes(newest_release().name).get(code)


def peer_profiles(release: str) -> pd.DataFrame:
    """Every hromada as peer groups see it in a release (data_access.peer_profiles)."""
    return _profiles(release)


def oblast_of(code: str) -> str:
    """The region that a unit belongs to (the P-code's first four characters), or the country itself."""
    return code[:4] if len(code) > 2 else COUNTRY


def territory(code: str) -> dict:
    """The record of a unit: parent_code, level, katottg, names, kind, lat, lon, area_km2."""
    return _places(newest_release().name)[code]


def territory_name(code: str, lang: str, short: bool = False) -> str:
    """The name of a unit; `short` leaves out its kind (`Харківська`, `Kharkiv`)."""
    row = territory(code)
    return (short and row[f"short_name_{lang}"]) or row[f"name_{lang}"]


def oblasts() -> list[str]:
    """The P-codes of the 27 regions, Crimea and Sevastopol included."""
    return [code for code, row in _places(newest_release().name).items() if row["level"] == "region"]


def _edits(release: Release) -> tuple[int, int]:
    return release.withdrawals, release.corrections


def _drop_answers() -> None:
    for answers in _answers:
        answers.cache_clear()


def boundaries(level: str) -> tuple[str, str]:
    """Outlines of raions or hromadas as GeoJSON and their version for an ETag; ('', '') where none are loaded."""
    version = _ask(data_access.boundaries_version, database(), level)
    return (_boundaries(level, version), f'"{level}-{version}"') if version else ("", "")


def _ask(query, *args, **named):
    try:
        return query(*args, **named)
    except DatabaseProblem as problem:
        raise Unavailable(problem) from problem


@cached_answers(512)
def _cells(indicator: str, breakdown: str, audience: Audience, release: str) -> pd.DataFrame:
    return _ask(data_access.cells, database(), indicator, breakdown=breakdown, audience=audience, release=release)


@cached_answers(16)
def _table(name: str, release: str) -> pd.DataFrame:
    frame = _ask(getattr(data_access, name), database())
    return frame.set_index("code", drop=False) if name == "territories" else frame


@cached_answers(4)
def _training(release: str) -> bool:
    return _ask(data_access.training, database())


@cached_answers(2)
def _status_periods(release: str) -> pd.DataFrame:
    return _ask(data_access.status_periods, database(), COUNTRY)


@cached_answers(2000)
def _status_history(code: str, release: str) -> pd.DataFrame:
    return _ask(data_access.status_history, database(), code)


@cached_answers(4)
def _sources(audience: Audience, release: str) -> pd.DataFrame:
    return _ask(data_access.sources, database(), audience=audience)


@cached_answers(4)
def _source_records(release: str) -> dict[str, dict]:
    rows = _sources(Audience("editor"), release).to_dict("records")
    return {row["source_id"]: row for row in rows}


@cached_answers(4)
def _boundaries(level: str, version: int) -> str:
    return _ask(data_access.boundaries, database(), level)


@cached_answers(8)
def _profiles(release: str) -> pd.DataFrame:
    return _ask(data_access.peer_profiles, database(), release=release)


@cached_answers(64)
def _release(name: str) -> Release:
    return _ask(data_access.release, database(), name)


@cached_answers(4)
def _places(release: str) -> dict[str, dict]:
    return _table("territories", release).to_dict("index")


@cached_answers(4)
def _codes(release: str) -> dict[str, str]:
    places = _places(release)
    return {row["katottg"]: code for code, row in places.items() if row["katottg"]} | {code: code for code in places}
