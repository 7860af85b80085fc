"""Checks of a batch of damaged objects, column by column: each different text is looked at once.

A fault names the row and the column and never repeats the value: a shifted column may hold anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access import codes
from data_access.pipeline.damaged_objects.column_names import COLUMNS, DAYS, NAMES, NUMBERS, REQUIRED
from data_access.pipeline.damaged_objects.columns import (
    Coded,
    equal,
    filled,
    floats,
    matches,
    only_chunk,
    ordinals,
    plain_days,
)
from data_access.pipeline.damaged_objects.object_file import ObjectFile
from data_access.pipeline.sheet import cell_text, personal_data
from data_access.pipeline.sheet.checks import ENOUGH_FAULTS, NOT_A_NUMBER
from data_access.pipeline.sheet.faults import Fault, RejectedFile, refuse_personal
from data_access.territorial_status import FULL_SCALE_INVASION

SECTORS = {
    "residential": "housing",
    "education": "education_sector",
    "health": "health_sector",
    "industry": "commerce_industry",
    "commerce": "commerce_industry",
    "agriculture": "agriculture",
    "roads": "transport",
    "bridges": "transport",
    "rail": "transport",
    "energy": "energy",
    "water": "municipal_services",
    "hospitals": "health_sector",
}
LIMITS = {"floor_area_m2": (0, 1e7), "cost": (0, 1e12), "lat": (44, 53), "lon": (22, 41)}
OBJECT_ID = (r"^[A-Za-z0-9][A-Za-z0-9._:/()#-]*$", r"^[\p{L}\p{N}][\p{L}\p{N}._:/()#№-]*$")  # quick, complete
LONGEST_ID = 96
EDRPOU = r"^[0-9]{8}$"
WITH_EDRPOU = ("state", "communal", "legal_entity")
EMPTY = "the cell is empty; fill it in"
COORDINATES = "coordinates may not be loaded here; delete the columns lat and lon"
UNITS = {"country": "the country", "region": "a region", "raion": "a raion"}
Look = Callable[[Any], tuple[object, str]]  # from a value of the file to ours, and what is wrong with it


@dataclass(frozen=True)
class Lists:
    """What the codes of objects may be. `places`: P-code by P-code and KATOTTG; `levels`: by P-code."""

    places: Mapping[str, str]
    levels: Mapping[str, str]
    sectors: frozenset[str]
    categories: tuple[str, ...]
    today: date = field(default_factory=date.today)


def check_header(file: ObjectFile) -> None:
    """Personal data first, then exactly the known columns in any order. Raises RejectedFile."""
    name = file.path.name
    refuse_personal(name, file.columns, COLUMNS)
    if not any(column in COLUMNS for column in file.columns):
        raise RejectedFile([Fault(name, 1, "", f"the first row holds no column names; write {', '.join(REQUIRED)}, …")])
    faults = [
        Fault(name, 1, column, "the column is missing; a damaged-objects file needs it")
        for column in REQUIRED
        if column not in file.columns
    ]
    known = f"is not a column of a damaged-objects file; delete it; known are {', '.join(COLUMNS)}"
    faults += [Fault(name, 1, column, known) for column in file.columns if column not in COLUMNS]
    twice = {column for column in file.columns if file.columns.count(column) > 1 and column in COLUMNS}
    faults += [Fault(name, 1, column, "this column stands twice; delete one of them") for column in sorted(twice)]
    if faults:
        raise RejectedFile(faults)


class Batch:
    """Rows as they stand in the file, on their way to the table. `faults` fill while `rows` are made."""

    def __init__(self, file: ObjectFile, number: int, table: pa.Table, lists: Lists) -> None:
        self.file, self.number, self.lists, self.size = file, number, lists, table.num_rows
        self.given = {name: only_chunk(table, name) for name in table.column_names}
        self.texts = {name: self._texts(name) for name in NAMES}
        self.faults: list[Fault] = []

    def rows(self) -> pa.Table:
        """The checked rows, as the table of objects holds them. Raises RejectedFile where personal data stand."""
        self._refuse_personal()
        found: dict[str, pa.Array] = dict(self.texts)
        self._check_names()
        coded = {name: self._coded(name, look) for name, look in self._looks().items()}
        numbers = {name: self._numbers(name) for name in NUMBERS}
        self._compare(coded, numbers)
        found["territory_code"] = coded.pop("community").array(pa.string())
        found |= {name: column.array(pa.date32() if name in DAYS else pa.string()) for name, column in coded.items()}
        found |= {name: pa.array(column, mask=np.isnan(column)) for name, column in numbers.items()}
        found["sector"] = self._sectors(coded).array(pa.string())
        return pa.table(found)

    def note(self, column: str, bad: np.ndarray, what: str) -> None:
        """A fault for each of the rows."""
        rows = np.flatnonzero(bad)[:ENOUGH_FAULTS]
        self.faults += [Fault(self.file.path.name, self.number + int(row), column, what) for row in rows]

    def _refuse_personal(self) -> None:
        for name in NAMES:
            self.note(name, matches(self.texts[name], personal_data.TEN_DIGITS, size=10), personal_data.DELETE_NUMBER)
        if os.environ.get("ALLOW_COORDINATES", "").strip() != "1":
            for name in ("lat", "lon"):
                self.note(name, filled(self.given.get(name), self.size), COORDINATES)
        if self.faults:
            raise RejectedFile(self.faults[:ENOUGH_FAULTS])

    def _texts(self, name: str) -> pa.Array:
        """A column of names as trimmed texts."""
        given = self.given.get(name)
        if given is None or pa.types.is_null(given.type):
            return pa.array([""], pa.string()).take(pa.array(np.zeros(self.size, np.int32)))
        return pc.utf8_trim_whitespace(pc.fill_null(given.cast(pa.string()), ""))

    def _check_names(self) -> None:
        """The ids of objects and the codes of their owners."""
        texts = self.texts["object_id"]
        empty = equal(texts, "")
        self.note("object_id", empty, EMPTY)
        long = pc.greater(pc.utf8_length(texts), LONGEST_ID).to_numpy(zero_copy_only=False)
        self.note("object_id", long, f"is longer than {LONGEST_ID} signs")
        plain = matches(texts, OBJECT_ID[0])
        if not plain.all():
            odd = ~matches(texts, OBJECT_ID[1]) & ~empty & ~long
            self.note(
                "object_id", odd, "may hold letters, digits and . _ : / ( ) # № - only, a letter or a digit first"
            )
        numbers = self.texts["owner_edrpou"]
        wrong = ~equal(numbers, "") & ~matches(numbers, EDRPOU, size=8)
        self.note("owner_edrpou", wrong, "is not the EDRPOU code of a legal entity: 8 digits, zeros in front included")

    def _looks(self) -> dict[str, Look]:
        """How each column of codes or days is read."""
        lists = self.lists
        return {
            "community": self._place,
            "object_type": one_of((*codes.OBJECT_TYPES, *codes.RESTRICTED_TYPES), required=True),
            "severity": one_of(codes.SEVERITIES, required=True),
            "sector": one_of(sorted(lists.sectors)),
            "currency": lambda text: one_of(codes.CURRENCIES)(text.lower()),
            "rd4u_category": one_of(lists.categories, "is not a category of the Register of Damage that is loaded"),
            "evidence": one_of(codes.EVIDENCE, default="none"),
            "owner_kind": one_of(codes.OWNER_KINDS, default="unknown"),
            **dict.fromkeys(DAYS, self._day),
        }

    def _coded(self, name: str, look: Look) -> Coded:
        """Look at each different value, and note the rows of the wrong ones."""
        given = self.given.get(name)
        column = pa.nulls(self.size, pa.string()) if given is None else given
        column = column if pa.types.is_dictionary(column.type) else plain_days(column).dictionary_encode()
        different = [value.strip() if isinstance(value, str) else value for value in column.dictionary.to_pylist()]
        looked = [look("" if value is None else value) for value in (*different, "")]
        numbers = pc.fill_null(column.indices.cast(pa.int32()), len(different)).to_numpy(zero_copy_only=False)
        for what in {what for _, what in looked} - {""}:
            self.note(name, np.array([said == what for _, said in looked])[numbers], what)
        return Coded(numbers, [value for value, _ in looked])

    def _place(self, text: str) -> tuple[str, str]:
        code = self.lists.places.get(text, "")
        level = self.lists.levels.get(code, "")
        if not text:
            return "", EMPTY
        if not code:
            return "", "is not a known territory; write the KATOTTG code or the P-code of the community"
        if level == "hromada" or code in codes.CITIES:
            return code, ""
        return code, f"is the code of {UNITS.get(level, level)}; write that of the community"

    def _day(self, given: object) -> tuple[date | None, str]:
        if given == "":
            return None, EMPTY
        found = given if isinstance(given, date) else cell_text.day(str(given))
        if found is None:
            return None, "is not a day; write it as 2025-11-10"
        if found < FULL_SCALE_INVASION:
            return found, "is before 24.02.2022, when the full-scale invasion began; check the year"
        return found, "is in the future" if found > self.lists.today else ""

    def _numbers(self, name: str) -> np.ndarray:
        """A column of numbers, NaN where it is empty; money and areas are kept to two decimals."""
        found, wrong = floats(self.given.get(name), self.size, self.file.decimal_comma)
        self.note(name, wrong, NOT_A_NUMBER)
        low, high = LIMITS[name]
        self.note(name, (found < low) | (found > high), f"is outside {low} to {high:,.0f}")
        if name in ("lat", "lon"):
            return found
        kept = np.rint(found * 100) / 100
        return np.where(kept == 0, np.nan, kept) if name == "floor_area_m2" else kept  # no object has an area of 0

    def _compare(self, coded: Mapping[str, Coded], numbers: Mapping[str, np.ndarray]) -> None:
        """What must fit together in a row."""
        damaged, reported = (ordinals(coded[name]) for name in DAYS)
        early = (reported < damaged) & (reported > 0)
        self.note("reported_on", early, "is before damaged_on; check both days")
        costed = ~np.isnan(numbers["cost"])
        self.note("currency", costed & coded["currency"].where(""), "is empty beside a cost; write uah or usd")
        self.note(
            "currency", ~costed & ~coded["currency"].where(""), "stands without a cost; delete it or give the cost"
        )
        numbered = ~equal(self.texts["owner_edrpou"], "")
        private = numbered & ~coded["owner_kind"].where(*WITH_EDRPOU)
        self.note("owner_edrpou", private, "stands beside no legal entity; delete it or mend owner_kind")
        half = np.isnan(numbers["lat"]) != np.isnan(numbers["lon"])
        self.note("lat", half, "lat and lon stand together or not at all")

    def _sectors(self, coded: Mapping[str, Coded]) -> Coded:
        """The sector given, else that of the type."""
        given, types = coded["sector"], coded["object_type"]
        values = [*given.values, *(SECTORS.get(name, "other_sectors") for name in types.values)]
        return Coded(np.where(given.where(""), types.numbers + len(given.values), given.numbers), values)


def one_of(allowed: Collection[str], otherwise: str = "", *, default: str = "", required: bool = False) -> Look:
    """Codes of a closed list."""
    listed, said = frozenset(allowed), otherwise or f"is not one of {', '.join(allowed)}"

    def look(given: object) -> tuple[str, str]:
        if given == "":
            return default, EMPTY if required else ""
        return (str(given), "") if given in listed else (default, said)

    return look
