"""What is wrong in a file: each fault by file, row and column, and the refusal that tells them all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from data_access.indicators import Text
from data_access.pipeline.sheet.personal_data import DELETE_COLUMN, is_personal_column, without_contacts

SHOWN_FAULTS, SHOWN_SIGNS = 20, 370  # of faults, and of the sentence about each


def hidden(name: str) -> str:
    """The name of a column; of one that is rather a value only that it is one."""
    return "…" if re.search(r"\d{5}|@", name) else name


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file. `row` counts as a spreadsheet does: the header is row 1; 0 = the whole file."""

    file: str
    row: int
    column: str
    what: str
    at: str = ""  # in a file without rows: the record and the path within it

    def __str__(self) -> str:
        return self.said_of(1)

    def said_of(self, rows: int) -> str:
        """The sentence about this fault, which stands in so many rows, of which this is the first."""
        own, unit = (self.at, "place") if self.at else (f"row {self.row}" if self.row else "", "row")
        others = f" and {rows - 1:,} more {unit}{'s' if rows > 2 else ''}" if rows > 1 else ""
        place = [self.file, *([f"{own}{others}"] if own else [])]
        place += [f'column "{hidden(" ".join(self.column.split()))[:60]}"'] if self.column else []
        sentence = f"{', '.join(place)}: {without_contacts(self.what)}."
        return sentence if len(sentence) <= SHOWN_SIGNS else f"{sentence[: SHOWN_SIGNS - 1]}…"


MORE = Text(
    "… та ще помилок: {more}; спершу виправте ці й спробуйте знову.",
    "… and {more} more of this kind; mend these first and try again.",
)


NOT_READ_ON = Text("Переглянуто лише перші рядки: {rows}.", "Only the first {rows} rows were looked at.")


NOT_LOADED = Text("Нічого не завантажено.", "Nothing was loaded.")


class RejectedFile(Exception):
    """A file that was not loaded; `faults` holds all that were found, `str()` the first ones.

    `langs`: uk, en or both, in the order in which the person who made the file reads them.
    `looked_at`: how many rows were looked at, where the check ended before the last one.
    """

    def __init__(self, faults: list[Fault], langs: Sequence[str] = ("en",), looked_at: int = 0) -> None:
        self.faults = faults
        self.langs = langs
        equal: dict[tuple[str, str, str], list[Fault]] = {}
        for fault in faults:
            equal.setdefault((fault.file, fault.column, fault.what), []).append(fault)
        groups = list(equal.values())
        lines = [group[0].said_of(len(group)) for group in groups[:SHOWN_FAULTS]]
        if len(groups) > SHOWN_FAULTS:
            lines.append(self._said(MORE).format(more=sum(map(len, groups[SHOWN_FAULTS:]))))
        if looked_at:
            lines.append(self._said(NOT_READ_ON).format(rows=f"{looked_at:,}"))
        super().__init__("\n".join(lines))

    @property
    def report(self) -> str:
        """The refusal as the person reads it, with the sentence that nothing was loaded."""
        return f"{self}\n{self._said(NOT_LOADED)}"

    def _said(self, words: Text) -> str:
        return " · ".join(words[lang] for lang in self.langs)


def rejected(file: str, what: str, row: int = 0, column: str = "") -> RejectedFile:
    """A refusal with one fault."""
    return RejectedFile([Fault(file, row, column, what)])


def refuse_personal(file: str, columns: Iterable[str], known: Collection[str] = (), row: int = 1) -> None:
    """Raise RejectedFile for columns whose names say that they hold personal data; the `known` ones do not."""
    faults = [Fault(file, row, name, DELETE_COLUMN) for name in columns if is_personal_column(name, known)]
    if faults:
        raise RejectedFile(faults)


def refuse_personal_tags(file: str, row: int, tags: Mapping[str, str]) -> None:
    """Raise RejectedFile for columns whose HXL tags, which stand in this row, say that they hold personal data."""
    tagged = ((name, tag) for name, tag in tags.items() if tag.startswith("#"))
    faults = [Fault(file, row, name, DELETE_COLUMN) for name, tag in tagged if is_personal_column(tag)]
    if faults:
        raise RejectedFile(faults)
