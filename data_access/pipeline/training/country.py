"""Where the synthetic records happen: real hromadas, their population, and the war's nearness month by month."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from data_access.codes import CITIES

FIRST_DAY = date(2022, 2, 24)
HAZARD = {  # damage a resident meets in a month under a status, against active hostilities
    "active_hostilities": 1.0,
    "active_hostilities_e_registers": 0.6,
    "temporarily_occupied": 0.004,  # registers hardly reach there
    "possible_hostilities": 0.12,
}
OF_A_PART = 0.35  # of a hromada only some settlements of which have the status
EARLIEST = "2022"  # what was occupied before is in nobody's register
FIGHTING = 0.3  # a hazard from which on the front is here
NEAR_FRONT, REAR = 0.05, 0.0006
FRONT_KM, EARTH_KM = 30, 6371
WAVES = {2022: "38986545677", 2023: "543335544334", 2024: "445566554445", 2025: "456677765566", 2026: "567"}


@dataclass(frozen=True)
class Country:
    """Arrays over H hromadas (Kyiv and Sevastopol among them) and M months.

    codes: P-codes; katottg; population: persons in 2022, estimated where it was not published; lat, lon: degrees;
    months: first days of the months from February 2022 on, as datetime64[D]; hazard, H × M: share of residents who
    meet damage, against a month of active hostilities; occupied: whether the newest status is occupation;
    last_day: nothing is younger.
    """

    seed: int
    last_day: date
    codes: np.ndarray
    katottg: np.ndarray
    names_uk: np.ndarray
    names_en: np.ndarray
    population: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    months: np.ndarray
    hazard: np.ndarray
    occupied: np.ndarray

    def chance(self, stream: str, number: int = 0) -> np.random.Generator:
        """A source of chance of its own for each kind of record, and for each chunk of it."""
        return np.random.default_rng([self.seed, zlib.crc32(stream.encode()), number])

    @property
    def ends(self) -> np.ndarray:
        """Last days of the months, the last one cut at `last_day`."""
        following = (self.months.astype("datetime64[M]") + 1).astype("datetime64[D]")
        return np.asarray(np.minimum(following - 1, np.datetime64(self.last_day)))

    def distances(self) -> np.ndarray:
        """Kilometres between hromadas, H × H; a place is 3 km from itself."""
        at = np.radians(np.stack([self.lat, self.lon], axis=1)).astype(np.float32)
        north = at[:, None, 0] - at[None, :, 0]
        east = (at[:, None, 1] - at[None, :, 1]) * np.cos((at[:, None, 0] + at[None, :, 0]) / 2)
        return np.asarray(np.maximum(EARTH_KM * np.hypot(north, east), 3))


def country(folder: Path, seed: int, last_day: date) -> Country:
    """The country as the lists in `folder` (sample_data) describe it, until `last_day`."""
    units = pd.read_csv(folder / "territories.csv", keep_default_na=False)
    units = units[(units["level"] == "hromada") | units["code"].isin(CITIES)].reset_index(drop=True)
    months = np.arange("2022-02", np.datetime64(last_day, "M") + 1, dtype="datetime64[M]")
    chance = np.random.default_rng([seed, 0])
    lat, lon = (pd.to_numeric(units[name]) for name in ("lat", "lon"))
    regions = units["code"].str[:4]
    bare = Country(
        seed=seed,
        last_day=last_day,
        codes=units["code"].to_numpy(str),
        katottg=units["katottg"].to_numpy(str),
        names_uk=units["name_uk"].to_numpy(str),
        names_en=units["name_en"].to_numpy(str),
        population=_population(folder, units["code"], chance),
        lat=lat.fillna(lat.groupby(regions).transform("mean")).fillna(lat.mean()).to_numpy(),
        lon=lon.fillna(lon.groupby(regions).transform("mean")).fillna(lon.mean()).to_numpy(),
        months=months.astype("datetime64[D]"),
        hazard=np.zeros((len(units), len(months))),
        occupied=np.zeros(len(units), bool),
    )
    return _at_war(bare, pd.read_csv(folder / "territory_status_periods.csv", keep_default_na=False))


def _population(folder: Path, codes: pd.Series, chance: np.random.Generator) -> np.ndarray:
    """As published for 2022; where it was not, a likely number of the country's own distribution."""
    values = pd.read_csv(folder / "values.csv", keep_default_na=False)
    whole = values[(values["indicator"] == "population") & (values["breakdown"] == "") & (values["value"] != "")]
    known = pd.to_numeric(whole.groupby("territory_code")["value"].last())
    found = codes.map(known).to_numpy(float)
    likely = chance.choice(found[~np.isnan(found) & (found < 100_000)], len(found))
    return np.where(np.isnan(found), likely, found)


def _at_war(country: Country, periods: pd.DataFrame) -> Country:
    """Hazard by month: of the status, of the front's nearness, in waves; the rear is hit here and there."""
    status, occupied = _status_hazard(country, periods)
    chance = country.chance("hazard")
    distances, nearness = country.distances(), np.zeros_like(status)
    for month in range(status.shape[1]):
        front = np.flatnonzero(status[:, month] >= FIGHTING)
        if len(front):
            nearness[:, month] = np.exp(-distances[:, front].min(axis=1) / FRONT_KM)
    hit = chance.random(len(status)) < 0.3
    temper = chance.lognormal(0, 0.6, len(status))[:, None]
    wave = _waves(country.months) * chance.lognormal(0, 0.15, len(country.months))
    hazard = (status + NEAR_FRONT * nearness + REAR * hit[:, None]) * temper * wave
    return replace(country, hazard=hazard, occupied=occupied)


def _status_hazard(country: Country, periods: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The highest hazard of the official periods at each hromada in each month; whether it is occupied at the end."""
    hazard = np.zeros_like(country.hazard)
    occupied = np.zeros(len(hazard), bool)
    months = country.months.astype("datetime64[M]").astype(str)
    told = ("code", "hromada_code", "unit_kind", "status", "scope", "start_on", "end_on")
    for code, hromada, unit_kind, one, scope, start_on, end_on in zip(*(periods[name] for name in told), strict=True):
        inside = np.char.startswith(country.codes, hromada or code)
        first, last = np.searchsorted(months, start_on[:7]), _last(months, end_on)
        part = 1 if unit_kind != "settlement" and scope == "whole" else OF_A_PART
        there = np.ix_(inside, np.arange(first, last))
        if start_on >= EARLIEST:
            hazard[there] = np.maximum(hazard[there], HAZARD[one] * part)
        if one == "temporarily_occupied" and part == 1 and end_on == "":
            occupied |= inside
    return hazard, occupied


def _last(months: np.ndarray, end_on: str) -> int:
    return int(np.searchsorted(months, end_on[:7], side="right")) if end_on else len(months)


def _waves(months: np.ndarray) -> np.ndarray:
    """How hard a month was, around 0.5; what WAVES does not tell goes on as it ended."""
    told = [int(digit) for year in sorted(WAVES) for digit in WAVES[year]]
    return np.array([told[min(month, len(told) - 1)] for month in range(len(months))]) / 10
