"""The sheet of estimates by oblast in a workbook of IOM: where it is, and what its rows say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data_access.pipeline.iom.oblasts import GOVERNED, NAMES, oblast_code
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.faults import Fault, refuse_personal, rejected
from data_access.pipeline.sheet.personal_data import DELETE_NUMBER, is_personal_number
from data_access.pipeline.sheet.table_file import Lines
from data_access.territorial_status import FULL_SCALE_INVASION

COLUMNS = {  # what we call it: as IOM heads it, how the header is known, how the HXL tag is known
    "round": ("Round", r"round", r"#meta\+round"),
    "day": ("Reported Date", r"report\w* date", r"#date\+reported"),
    "name": ("Oblast", r"oblast( name)?", r"#adm1\+name"),
    "code": ("Oblast pcode", r"oblast p-?code", r"#adm1\+code"),
    "idps": ("Estimated de facto IDPs present", r"[^%]*\bidps?\b[^%]*", r"#affected\+idps?(\+.*)?"),
    "returnees": ("Estimated returnee pop. Present", r"[^%]*\breturnees?\b[^%]*", r"#affected\+returnees?(\+.*)?"),
}
SEARCHED_LINES = 10
LONGEST_HEADER = 80
NOTE_LENGTH = 40  # a longer text that stands alone in its row is a note below the table
NOT_AVAILABLE = ("n/a", "na", "n.a.", "n/a*")
MOST_PERSONS = 10_000_000  # no oblast ever had more than half of that
UNKNOWN = "residence location unknown"


@dataclass(frozen=True)
class Table:
    """The sheet, the columns that were found in it by name, and its lines below the headers."""

    file: str
    title: str
    places: dict[str, int]
    lines: Lines

    @property
    def where(self) -> str:
        """File and sheet, as a fault names them."""
        return f"{self.file}, sheet {self.title!r}"


@dataclass(frozen=True)
class Line:
    """One oblast, or `unknown`. `values` holds a number as text, or '' where IOM gives no estimate."""

    row: int
    round: str
    day: str
    name: str
    code: str
    exact: bool
    given_code: str
    values: dict[str, str]

    @property
    def starred(self) -> bool:
        """Whether IOM marks the oblast with an asterisk: hardly reached by the survey."""
        return self.name.endswith("*") and self.code != "unknown"

    @property
    def other_code(self) -> bool:
        """Whether the code beside the name is that of another oblast."""
        return self.given_code[:4] in NAMES and self.given_code[:4] not in ("UA", self.code)


def find_table(file: str, sheets: dict[str, Lines], wanted: tuple[str, ...]) -> Table:
    """The only sheet of the workbook that is headed like estimates by oblast. Raises RejectedFile."""
    found = [table for title, lines in sheets.items() if (table := _table(file, title, lines))]
    if len(found) > 1:
        raise rejected(file, f"has several sheets of estimates ({', '.join(t.title for t in found)}); keep one")
    if not found:
        needed = ", ".join(repr(COLUMNS[role][0]) for role in ("round", "day", "name", "code", *wanted))
        raise rejected(file, f"has no sheet with the columns {needed}; load the file as IOM publishes it")
    table = found[0]
    for role in ("round", "day", "name", "code", *wanted):
        if role not in table.places:
            raise rejected(table.where, _missing(role, table), 1, COLUMNS[role][0])
    if "idps" in table.places and "idps" not in wanted:
        raise rejected(table.where, "is a file of displaced persons; load it as iom-idps", 1, COLUMNS["idps"][0])
    return table


def refuse_personal_headers(file: str, title: str, lines: Lines) -> None:
    """Raise RejectedFile where a header or tag above the numbers of a sheet, read or not, is of personal data."""
    for number, texts in lines[:SEARCHED_LINES]:
        if any(cell_text.number(text) is not None for text in texts):
            return
        headers = [text for text in texts if text and len(text) <= LONGEST_HEADER and not text.startswith("*")]
        if len(headers) > 1:  # one alone is a title or a note
            refuse_personal(f"{file}, sheet {title!r}", headers, row=number)


def _missing(role: str, table: Table) -> str:
    if role == "idps" and "returnees" in table.places:
        return "the column is missing; if the file is one of returnees only, load it as iom-returnees"
    return "the column is missing; load the file as IOM publishes it"


def _table(file: str, title: str, lines: Lines) -> Table | None:
    """The sheet as a table where at least three of its columns are known by their header or tag."""
    places: dict[str, int] = {}
    last = 0
    for number, texts in lines[:SEARCHED_LINES]:
        roles = [(place, role) for place, text in enumerate(texts) if (role := _role(text))]
        if len({role for _, role in roles}) < 3:
            continue
        for place, role in roles:
            if places.setdefault(role, place) != place or {p: r for r, p in places.items()}[place] != role:
                what = "stands in two columns, or the HXL tag below says otherwise; load the file as IOM publishes it"
                raise rejected(f"{file}, sheet {title!r}", what, number, COLUMNS[role][0])
        last = number
    return Table(file, title, places, [line for line in lines if line[0] > last]) if places else None


def _role(text: str) -> str:
    plain = re.sub(r"\s+", " ", text).strip().casefold()
    if plain.startswith("#"):
        plain = plain.replace(" ", "")
        return next((role for role, (*_, tag) in COLUMNS.items() if re.fullmatch(tag, plain)), "")
    return next((role for role, (_, header, _) in COLUMNS.items() if re.fullmatch(header, plain[:60])), "")


def read_table(table: Table, wanted: tuple[str, ...]) -> tuple[list[Line], list[Fault]]:
    """All rows of the table, and everything that is wrong in them; without a single good row it is refused."""
    lines, faults = [], []
    for number, texts in table.lines:
        cells = {role: texts[place] if place < len(texts) else "" for role, place in table.places.items()}
        if any(cells.values()) and not _is_note([text for text in cells.values() if text]):
            line = _line(number, cells, wanted)
            wrong = list(_row_faults(line, cells, wanted))
            faults += [Fault(table.where, number, COLUMNS[role][0], what) for role, what in wrong]
            lines.append(line)
    if not lines:
        raise rejected(table.where, "has no rows below its header")
    return lines, faults or [Fault(table.where, row, COLUMNS[role][0], what) for row, role, what in _whole(lines)]


def _is_note(texts: list[str]) -> bool:
    return len(texts) == 1 and len(texts[0]) > NOTE_LENGTH and not texts[0].casefold().startswith(UNKNOWN)


def _line(number: int, cells: dict[str, str], wanted: tuple[str, ...]) -> Line:
    unknown = cells["name"].casefold().startswith(UNKNOWN)
    code, exact = ("unknown", True) if unknown else oblast_code(cells["name"])
    day = cell_text.day(cells["day"])
    values = {role: _value(cells[role]) for role in wanted}
    given_code = "" if cells["code"].casefold() in NOT_AVAILABLE else cells["code"]
    return Line(
        *(number, cells["round"], str(day or ""), cells["name"], code, exact, given_code),
        {role: value or "" for role, value in values.items()},
    )


def _value(text: str) -> str | None:
    """The number of persons as text, '' for "n/a", None where it is neither."""
    if text.casefold() in NOT_AVAILABLE:
        return ""
    found = cell_text.number(text)
    if found is None or not found.is_integer() or not 0 <= found <= MOST_PERSONS:
        return None
    return str(int(found))


def _row_faults(line: Line, cells: dict[str, str], wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((role, DELETE_NUMBER) for role in cells if role not in wanted and is_personal_number(cells[role]))
    if not re.fullmatch(r"[1-9][0-9]{0,2}", line.round):
        yield "round", f"{cells['round'][:60]!r} is not the number of a round"
    day = cell_text.day(line.day)
    if not day:
        yield "day", f"{cells['day'][:60]!r} is not a day; write it as 2025-11-10"
    elif not FULL_SCALE_INVASION <= day <= date.today():
        yield "day", f"{day} is before {FULL_SCALE_INVASION} or in the future; check the year"
    if not line.code:
        yield "name", f"{line.name[:60]!r} is not an oblast that we know; check the spelling"
    elif not line.exact and line.given_code[:4] != line.code:
        yield "name", f"{line.name[:60]!r} is misspelt, and the code {line.given_code[:20]!r} beside it is not its own"
    for role in wanted:
        if _value(cells[role]) is None:
            shown = repr(cells[role][:60]) if cells[role] else "the cell is empty and"
            yield role, f"{shown} is not a number of persons; write digits, or n/a where there is no estimate"


def _whole(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Each oblast stands there once, and all rows are of one round and one day."""
    first = lines[0]
    seen: dict[str, int] = {}
    for line in lines:
        if line.code in seen:
            yield line.row, "name", f"{line.name[:60]!r} repeats row {seen[line.code]}; keep one of the two"
        seen.setdefault(line.code, line.row)
        for role in ("round", "day"):
            if getattr(line, role) != getattr(first, role):
                yield line.row, role, f"{getattr(line, role)} differs from {getattr(first, role)} in row {first.row}"
    for code in GOVERNED:
        if code not in seen:
            yield 0, "name", f"the row of {NAMES[code][0]} ({code}) is missing; IOM lists every oblast, n/a included"
