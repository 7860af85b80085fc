"""Reading a JSON package: each value by its path, and each fault with the record's id and that path."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data_access.pipeline.sheet import cell_text, personal_data
from data_access.pipeline.sheet.faults import Fault, hidden, rejected
from data_access.pipeline.sheet.table_file import content_of

MOST_OBJECTS, MOST_COMMAS = 3_000_000, 20_000_000  # counted before anything is unpacked
LARGEST_AMOUNT = 1e14
EARLIEST, LATEST = date(1991, 8, 24), date(2100, 12, 31)
LONGEST_TEXT = 4000
CODE = re.compile(r"[A-Za-z0-9][!-~]{0,95}")
CURRENCY = re.compile(r"[A-Za-z]{3}")
LANGUAGES = ("uk", "en")


def json_object(file: str, content: bytes) -> dict[str, Any]:
    """The one object that a JSON file holds. Raises RejectedFile."""
    if content.count(b"{") > MOST_OBJECTS or content.count(b",") > MOST_COMMAS:
        raise rejected(file, "is too large to be read at once; split it into packages of fewer projects")
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise rejected(file, "is no JSON that can be read; save it anew as it was published (UTF-8)") from None
    if not isinstance(found, dict):
        raise rejected(file, 'is no package; it needs an object with the list "projects"')
    return found


def package_of(path: Path, name: str) -> tuple[bytes, list[Any]]:
    """The content of a package, and the list of that name in it. Raises RejectedFile."""
    content = content_of(path)
    records = json_object(path.name, content).get(name)
    if not isinstance(records, list) or not records:
        raise rejected(path.name, f"holds no list {name!r}; load an OC4IDS package (version 0.9.5) as it was published")
    return content, records


def _refuse(constant: str) -> None:
    raise ValueError(constant)


@dataclass(frozen=True)
class Node:
    """An object within a package. What it cannot read goes into `faults`, and is taken for absent."""

    file: str
    record: str
    value: dict[str, Any]
    path: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, what: str) -> None:
        """Note what is wrong with one member."""
        path = "/".join(part for part in (self.path, key) if part)
        self.faults.append(Fault(self.file, 0, "", what, at=f"{self.record}, {path}" if path else self.record))

    def note_personal(self, known: Collection[str]) -> None:
        """Note every member, however deep, whose name says that it holds personal data."""
        found: list[tuple[str, object]] = [("", self.value)]
        while found:
            path, value = found.pop()
            members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for key, below in members:
                if isinstance(key, str) and personal_data.is_personal_column(key, known):
                    self.fault(f"{path}{hidden(key)}", personal_data.DELETE_COLUMN)
                elif isinstance(below, dict | list):
                    found.append((f"{path}{key}/", below))

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """A text on one line, without contacts; '' where there is none."""
        given = self.value.get(key)
        if given is None:
            return ""
        if not isinstance(given, str):
            self.fault(key, "is not a text; write it in quotation marks")
            return ""
        return self._clean(key, given, longest)

    def code(self, key: str) -> str:
        """An id in Latin letters; '' where there is none."""
        given = self.value.get(key)
        if given is None or given == "":
            return ""
        if not isinstance(given, str) or not CODE.fullmatch(given.strip()):
            self.fault(key, "is not an id (at most 96 Latin letters, digits and signs, without spaces)")
            return ""
        if personal_data.is_personal_number(given):
            self.fault(key, personal_data.DELETE_NUMBER)
            return ""
        return given.strip()

    def texts(self, key: str) -> dict[str, str]:
        """A text by language: one text, one for each language (title_en), or a list as DREAM gives it."""
        given = self.value.get(key)
        found = {lang: self.text(f"{key}_{lang}") for lang in LANGUAGES}
        if isinstance(given, list):
            for part in self.objects(key):
                if part.value.get("lang") in LANGUAGES:
                    found[part.value["lang"]] = part.text("translation")
            return found
        plain = self.text(key)
        written = "uk" if re.search("[а-яіїєґ]", plain, re.IGNORECASE) else "en"
        found[written] = found[written] or plain
        return found

    def number(self, key: str, most: float = LARGEST_AMOUNT) -> float | None:
        """A number from 0 to `most`; a metric may write it as a text."""
        given = self.value.get(key)
        given = cell_text.number(given) if isinstance(given, str) else given
        if given is None and self.value.get(key) in (None, ""):
            return None
        if isinstance(given, bool) or not isinstance(given, int | float):
            self.fault(key, "is not a number; write digits and a point, as 1234.5")
        elif not 0 <= given <= most:
            self.fault(key, f"is not between 0 and {most:,.0f}; check the number and its unit")
        else:
            return float(given)
        return None

    def money(self, key: str) -> tuple[float | None, str]:
        """Amount and currency of an OC4IDS value, as (4e7, "uah"); (None, "") where there is none."""
        value = self.object(key)
        amount = value.number("amount")
        if amount is None:
            return None, ""
        currency = value.value.get("currency")
        if not isinstance(currency, str) or not CURRENCY.fullmatch(currency):
            value.fault("currency", "is not a currency; write its three letters, as UAH")
            return None, ""
        return amount, currency.lower()

    def day(self, key: str) -> date | None:
        """The day of an ISO date or time, as it is written."""
        given = self.value.get(key)
        if given is None or given == "":
            return None
        found = (
            cell_text.day(given[:10]) if isinstance(given, str) and re.match(r"\d{4}-\d\d-\d\d($|T)", given) else None
        )
        if found is None:
            self.fault(key, "is not a date; write it as 2025-11-10 or 2025-11-10T12:00:00Z")
        elif not EARLIEST <= found <= LATEST:
            self.fault(key, f"{found} is not between {EARLIEST} and {LATEST}; check the year")
        else:
            return found
        return None

    def object(self, key: str) -> Node:
        """A member that is an object; an empty one where there is none."""
        given = self.value.get(key)
        if given is not None and not isinstance(given, dict):
            self.fault(key, "is not an object; see the OC4IDS schema")
        return self._below(key, given if isinstance(given, dict) else {})

    def objects(self, key: str) -> list[Node]:
        """The objects of a list; none where there is none."""
        found = []
        for number, given in enumerate(self._list(key)):
            if isinstance(given, dict):
                found.append(self._below(f"{key}/{number}", given))
            else:
                self.fault(f"{key}/{number}", "is not an object; see the OC4IDS schema")
        return found

    def words(self, key: str) -> list[str]:
        """The texts of a list; a single text stands for a list of one."""
        given = self.value.get(key)
        listed = [given] if isinstance(given, str) else self._list(key)
        if any(not isinstance(one, str) for one in listed):
            self.fault(key, "is not a list of texts; see the OC4IDS schema")
        return [self._clean(key, one, LONGEST_TEXT) for one in listed if isinstance(one, str)]

    def _list(self, key: str) -> list[Any]:
        given = self.value.get(key)
        if given is not None and not isinstance(given, list):
            self.fault(key, "is not a list; see the OC4IDS schema")
        return given if isinstance(given, list) else []

    def _below(self, key: str, value: dict[str, Any]) -> Node:
        return Node(self.file, self.record, value, f"{self.path}/{key}" if self.path else key, self.faults)

    def _clean(self, key: str, given: str, longest: int) -> str:
        kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in given)
        kept = (sign for sign in kept if unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn"))
        plain = personal_data.without_contacts(" ".join("".join(kept).split()))
        if plain[:1] in ("=", "+", "@"):
            self.fault(key, "looks like a formula; write it as plain text")
        elif len(plain) > longest and longest < LONGEST_TEXT:
            self.fault(key, f"is longer than {longest} signs; shorten it")
        else:
            return plain[:longest]
        return ""
