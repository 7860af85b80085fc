"""The workbooks in which IOM publishes each round of its survey of displaced persons and returnees, as they are.

Sheets and columns are found by their headers and HXL tags, oblasts by their names, the round and its day in the
rows. What has to be mended on the way is said in a remark; what cannot be trusted is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from data_access.pipeline.iom.shares import SHARES, Percents, is_legend, read_shares, share_of
from data_access.pipeline.iom.table import COLUMNS, Line, Table, find_table, read_table, refuse_personal_headers
from data_access.pipeline.published_values.kind import PUBLISHED_VALUES
from data_access.pipeline.published_values.rules import count_fault
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.faults import Fault, RejectedFile, rejected
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.table_file import Sheet, read_workbook

PRODUCER = {
    "producer": "iom",
    "name_uk": "Міжнародна організація з міграції (МОМ), матриця відстеження переміщення (DTM)",
    "name_en": "International Organization for Migration (IOM), Displacement Tracking Matrix (DTM)",
}
SOURCE = {
    "source_id": "iom_dtm_gps_r{round}",
    "title": "IOM DTM Ukraine – IDP and returnee estimates, General Population Survey round {round}",
    "publisher_uk": "МОМ, DTM, через HDX",
    "publisher_en": "IOM DTM via HDX",
    "published_on": "",  # the files carry the day of reference only
    "url": "https://data.humdata.org/organization/international-organization-for-migration",
    "licence_uk": "умови МОМ DTM: некомерційне використання із зазначенням джерела",
    "licence_en": "IOM DTM terms: non-commercial use with attribution",
    "kind": "dataset",
}
SWAPPED = (
    "У файлі раунду {round} коди Києва та Київської області переставлено; тут їх виправлено за назвами.",
    "In the round {round} file the codes of Kyiv City and Kyiv Oblast are swapped; here they follow the names.",
)
OTHER_CODE = (
    "У файлі раунду {round} тут стоїть код іншої області ({code}); область визначено за назвою.",
    "In the round {round} file the code of another oblast ({code}) stands here; the oblast follows the name.",
)
TOO_FEW = (
    "МОМ оцінки не публікує: опитування охопило лише підконтрольну Уряду України територію, відповідей замало. "
    "Це не нуль.",
    "IOM publishes no estimate: the survey covered government-controlled areas only and reached too few respondents. "
    "This is not zero.",
)
NO_ESTIMATE = ("МОМ оцінки не публікує. Це не нуль.", "IOM publishes no estimate. This is not zero.")
TOO_LOW = (
    "МОМ застерігає: оцінка, ймовірно, занижена, бо опитування охопило лише підконтрольну Уряду України територію "
    "й дало мало відповідей.",
    "IOM warns: the estimate is likely too low, as the survey covered government-controlled areas only and reached "
    "few respondents.",
)
RESIDENCE_UNKNOWN = (
    "Перебувають в Україні, область не встановлено.",
    "They stay in Ukraine; the oblast is not known.",
)
Rows = list[tuple[int, dict[str, str]]]
COLUMN_NAMES = tuple(column.name for column in PUBLISHED_VALUES.columns if not column.optional_column)


def read_idps(kind: Kind, path: Path) -> Parts:
    """Displaced persons and returnees by oblast, shares of the main oblasts of stay and of origin."""
    return _read(kind, path, ("idps", "returnees"))


def read_returnees(kind: Kind, path: Path) -> Parts:
    """Returnees by oblast; the registry has no indicator for the other sheets of this workbook."""
    return _read(kind, path, ("returnees",))


def _read(kind: Kind, path: Path, wanted: tuple[str, ...]) -> Parts:
    sha256, sheets = read_workbook(path)
    for title, texts in sheets.items():
        refuse_personal_headers(path.name, title, texts)
    table = find_table(path.name, sheets, wanted)
    others = {title: texts for title, texts in sheets.items() if title != table.title and not is_legend(texts)}
    lines, faults = read_table(table, wanted)
    shares = {title: share_of(others[title]) for title in others} if "idps" in wanted else {}
    found: dict[str, Percents] = {}
    for title in (title for title, share in shares.items() if share):
        found[title], more = read_shares(path.name, title, others[title])
        faults += more
    if faults:
        raise RejectedFile(faults)
    rows = list(_estimates(lines, wanted))
    for title, percents in found.items():
        rows += [_share_row(lines, shares[title], place, row, value) for row, place, value in percents]
    _refuse_repeated(path.name, rows)
    remarks = (*_remarks(table, lines), *_unread(others, shares, wanted))
    return _parts(kind, table, sha256, lines[0], rows, remarks)


def _parts(kind: Kind, table: Table, sha256: str, first: Line, rows: Rows, remarks: tuple[str, ...]) -> Parts:
    """The producer and the source, where they are not known yet, and the figures."""
    source = {name: text.format(round=first.round) for name, text in SOURCE.items()}
    producers, sources = kind.parts
    values, file = replace(kind, prepare=partial(_fitting, table)), table.file
    return [
        (producers, Sheet(file, sha256, tuple(PRODUCER), [(1, dict(PRODUCER))])),
        (sources, Sheet(file, sha256, tuple(source), [(1, source)])),
        (values, Sheet(file, sha256, COLUMN_NAMES, rows, remarks=remarks)),
    ]


def _fitting(table: Table, sheet: Sheet, known: Known) -> Sheet:
    """Refuse estimates that cannot be true of the oblast, each by its sheet, row and column."""
    faults = []
    for number, texts in sheet.rows:
        is_count = texts["value"] and texts["unit"] == "persons"
        too_many = is_count and count_fault(float(texts["value"]), texts["territory_code"], known)
        if too_many:
            column = COLUMNS[texts["indicator"].removesuffix("_surveyed")][0]
            faults.append(Fault(table.where, number, column, f"{texts['value']} {too_many}"))
    if faults:
        raise RejectedFile(faults)
    return sheet


def _estimates(lines: list[Line], wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    swapped = {("UA80", "UA32"), ("UA32", "UA80")} <= {(line.code, line.given_code[:4]) for line in lines}
    for line in lines:
        for what in wanted:
            unknown = line.code == "unknown"
            row = _row(line, what, line.code, f"{what}_surveyed", "persons", line.values[what])
            if unknown:
                row |= {"territory_code": "UA", "breakdown": "residence", "category": "unknown_residence"}
            row["note_uk"], row["note_en"] = _note(line, row["status"], swapped)
            yield line.row, row


def _share_row(lines: list[Line], share: str, place: str, number: int, value: str) -> tuple[int, dict[str, str]]:
    row = _row(lines[0], share, place, f"idps_{share}_share", "percent", value)
    if place == "other":
        row |= {"territory_code": "UA", "breakdown": "area", "category": "other_oblasts"}
    return number, row


def _row(line: Line, what: str, place: str, indicator: str, unit: str, value: str) -> dict[str, str]:
    """A published value; one measured on the last day of a month speaks of that month."""
    row = dict.fromkeys(COLUMN_NAMES, "")
    return row | {
        "figure_id": f"iom{line.round}-{what}-{place}",
        "indicator": indicator,
        "territory_code": place,
        "period_start": line.day,
        "period_end": line.day,
        "precision": "month" if _ends_month(line.day) else "day",
        "value": value,
        "unit": unit,
        "status": "e" if value else "x",
        "producer": PRODUCER["producer"],
        "source_id": SOURCE["source_id"].format(round=line.round),
        "safe_to_publish": "1",
    }


def _note(line: Line, status: str, swapped: bool) -> tuple[str, str]:
    if status == "x":
        return TOO_FEW if line.starred else NO_ESTIMATE
    if line.code == "unknown":
        return RESIDENCE_UNKNOWN
    if swapped and line.code in ("UA80", "UA32"):
        return _filled(SWAPPED, line)
    notes = [TOO_LOW] if line.starred else []
    if line.other_code:
        notes += [_filled(OTHER_CODE, line)]
    return " ".join(uk for uk, _ in notes), " ".join(en for _, en in notes)


def _filled(note: tuple[str, str], line: Line) -> tuple[str, str]:
    uk, en = (text.format(round=line.round, code=line.given_code) for text in note)
    return uk, en


def _remarks(table: Table, lines: list[Line]) -> Iterator[str]:
    for line in lines:
        place = f"sheet {table.title!r}, row {line.row}: "
        if not line.exact:
            yield f"{place}{line.name!r} is taken for {line.code}, whose code stands beside it."
        if line.given_code[:4] != line.code and line.code not in ("unknown", "UA"):
            said = "the code of another oblast" if line.other_code else "no code of an oblast"
            yield f"{place}{line.name!r} bears {line.given_code!r}, {said}; taken by its name as {line.code}."


def _unread(others: Collection[str], shares: Mapping[str, str], wanted: tuple[str, ...]) -> Iterator[str]:
    for title in others:
        if not shares.get(title):
            yield f"sheet {title!r} was not read: none of the indicators speaks of it."
    if "idps" in wanted:
        for share in SHARES:
            if share not in shares.values():
                yield f"no sheet of shares by oblast ({SHARES[share]}) was found; none were loaded."


def _refuse_repeated(file: str, rows: list[tuple[int, dict[str, str]]]) -> None:
    seen: set[str] = set()
    for number, row in rows:
        if row["figure_id"] in seen:
            what = f"the workbook gives {row['indicator']} of {row['territory_code']} twice; delete one of the two"
            raise rejected(file, what, number)
        seen.add(row["figure_id"])


def _ends_month(day: str) -> bool:
    found = cell_text.given_day(day)
    return found == cell_text.month_end(found)
