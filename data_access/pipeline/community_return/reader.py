"""A community's monthly return: one filled form becomes members' figures of its own source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from data_access.indicators import Text, indicators
from data_access.pipeline.community_return import words as w
from data_access.pipeline.community_return.form import Cell, Form, open_form
from data_access.pipeline.community_return.form_rows import (
    FIRST_MONTH,
    MARK_COLUMN,
    MONTH,
    ROWS,
    Agreement,
    Figure,
    agreements,
)
from data_access.pipeline.published_values.rules import NOT_COUNTED, count_fault
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.kind import Kind, Parts
from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.personal_data import is_personal_number
from data_access.pipeline.sheet.table_file import Sheet

Texts = dict[str, str]
Place = tuple[str, int]  # the row's key and the column of its section
Numbers = dict[Place, int | None]
KATOTTG = re.compile(r"UA\d{17}", re.ASCII)
FIRST_NUMBER = 3  # column D
NO_TERRITORIES = Text(
    "у базі даних немає жодної території; спершу завантажте їх: python -m data_access load territories FILE",
    "needs territories, and the database holds none; load them first: python -m data_access load territories FILE",
)


def read_return(kind: Kind, path: Path) -> Parts:
    """Its community (only to see that it exists), producer, source and values. Raises RejectedFile with all faults."""
    form = open_form(path)
    head = _head(form)
    noted = len(form.faults)
    numbers, marks = Numbers(), Texts()
    for key in ROWS:
        numbers |= _numbers(form, key)
        marks[key] = _mark(form, key, numbers)
    if len(form.faults) == noted and not any(number is not None for number in numbers.values()):
        form.sheet_fault("empty")
    for agreement in agreements():
        _check_sum(form, agreement, numbers, marks)
    if form.faults:
        raise form.refusal()
    return _parts(kind, form, head, numbers, list(_values(form, head, numbers, marks)))


def _head(form: Form) -> Texts:
    """Code, names, month and day of the return; faulty ones are noted."""
    found = {key: _text(form.cell(key, FIRST_NUMBER)) for key in ("katottg", "name_uk", "name_en")}
    wanted = _text(form.cell("template", FIRST_NUMBER))
    if not KATOTTG.fullmatch(found["katottg"]) or found["katottg"] != wanted:
        form.fault("code", form.row("katottg"), FIRST_NUMBER, text=found["katottg"], wanted=wanted)
    for key in ("name_uk", "name_en"):
        name = found[key]
        if not name or name[0] in "=+@" or not cell_text.is_clean(name) or is_personal_number(name):
            form.fault("name", form.row(key), FIRST_NUMBER)
    month = _month(form)
    return found | {"month": month, "filled_on": _filled_on(form, month)}


def _text(cell: Cell) -> str:
    if isinstance(cell.value, datetime | date):
        return cell.value.isoformat()[:10]
    return "" if cell.value is None else str(cell.value)[:200]


def _month(form: Form) -> str:
    text, row = _text(form.cell("month", FIRST_NUMBER)), form.row("month")
    if re.fullmatch(r"\d{4}-\d\d-01", text, re.ASCII):
        text = text[:7]  # Excel makes a day of a month that is typed
    if not MONTH.fullmatch(text):
        form.fault("month" if text else "no_month", row, FIRST_NUMBER, text=text)
        return ""
    if text < FIRST_MONTH:
        form.fault("month_early", row, FIRST_NUMBER, text=text)
    elif _last_day(text) >= date.today():
        form.fault("month_future", row, FIRST_NUMBER, text=text)
    return text


def _last_day(month: str) -> date:
    return cell_text.month_end(date(int(month[:4]), int(month[5:]), 1))


def _filled_on(form: Form, month: str) -> str:
    text, row = _text(form.cell("filled_on", FIRST_NUMBER)), form.row("filled_on")
    day = cell_text.day(text)
    if day is None:
        form.fault("day" if text else "no_day", row, FIRST_NUMBER, text=text)
    elif day > date.today() or (month and day <= _last_day(month)):
        form.fault("day_wrong", row, FIRST_NUMBER, text=f"{day:%d.%m.%Y}")
    return day.isoformat() if day else ""


def _numbers(form: Form, key: str) -> Numbers:
    """The numbers of a row by (key, column of the section); None where the cell is empty."""
    section, row = ROWS[key]
    found: Numbers = {}
    for place in range(3):
        cell, column = form.cell(key, FIRST_NUMBER + place), FIRST_NUMBER + place
        if place < len(row.figures) and row.figures[place]:
            found[key, place] = _number(form, cell, form.row(key), column, section.largest)
        elif cell.value is not None:
            form.fault("closed", form.row(key), column)
    return found


def _number(form: Form, cell: Cell, row: int, column: int, largest: int) -> int | None:
    """A whole number, as a number or written out as text; everything else is noted."""
    if cell.value is None:
        return None
    text = str(cell.value)[:60]
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    number = cell_text.number(text, decimal_comma=True) if is_number or isinstance(cell.value, str) else None
    if cell.is_formula:
        form.fault("formula", row, column)
    elif number is None or number != int(number):
        is_comma = number is not None or cell_text.AMBIGUOUS.fullmatch(text)
        form.fault("comma" if is_comma else "text", row, column, text=text)
    elif not 0 <= number <= largest:
        form.fault("negative" if number < 0 else "large", row, column, text=text)
    else:
        return int(number)
    return None


def _mark(form: Form, key: str, numbers: Numbers) -> str:
    """Why the row's empty cells are empty: x unless it says z."""
    text = _text(form.cell(key, MARK_COLUMN)).casefold().replace("х", "x").strip("[]")  # Cyrillic х
    empty = any(number is None for (row, _), number in numbers.items() if row == key)
    if text and text not in ("x", "z"):
        form.fault("mark", form.row(key), MARK_COLUMN, text=text)
    elif text and not empty:
        form.fault("mark_idle", form.row(key), MARK_COLUMN, text=text)
    return text or "x"


def _check_sum(form: Form, agreement: Agreement, numbers: Numbers, marks: Texts) -> None:
    """Parts that are not known may be anything; parts that do not apply are nothing."""
    whole = numbers.get(agreement.whole)
    known = {part: number for part in agreement.parts if (number := numbers.get(part)) is not None}
    if whole is None or not known or form.row(agreement.whole[0]) == 0:
        return
    if agreement.kind == "each":
        for part, number in known.items():
            _disagree(form, "each", agreement.whole, whole, [part], number) if number > whole else None
        return
    total = sum(known.values())
    complete = all(part in known or marks[part[0]] == "z" for part in agreement.parts)
    if total > whole or (agreement.kind == "equal" and complete and total != whole):
        _disagree(form, agreement.kind, agreement.whole, whole, list(known), total)


def _disagree(form: Form, kind: str, place: Place, whole: int, parts: list[Place], total: int) -> None:
    named = ", ".join(f"{'DEF'[column]}{form.row(key)}" for key, column in parts)
    form.fault(kind, form.row(place[0]), FIRST_NUMBER + place[1], whole=whole, parts=named, total=total)


def _values(form: Form, head: Texts, numbers: Numbers, marks: Texts) -> Iterator[tuple[int, Texts]]:
    """A row of published values for each cell of the form."""
    for (key, place), number in numbers.items():
        figure = ROWS[key][1].figures[place]
        assert figure is not None  # numbers are read only where one is asked
        value = {"value": "" if number is None else str(number), "status": marks[key] if number is None else ""}
        yield form.row(key), _figure(figure, head) | value


def _figure(figure: Figure, head: Texts) -> Texts:
    record, month, last = indicators()[figure.indicator], head["month"], _last_day(head["month"])
    flow = record.kind == "flow"
    code = head["katottg"][:9]
    parts = ("return", code, month, figure.indicator, figure.breakdown, figure.category)
    fixed = dict.fromkeys(("coverage", "qualifier", "note_uk", "note_en"), "")
    return fixed | {
        "figure_id": "-".join(part for part in parts if part),
        "indicator": figure.indicator,
        "territory_code": code,
        "period_start": f"{month}-01" if flow else last.isoformat(),
        "period_end": last.isoformat(),
        "precision": "month" if flow else "day",
        "breakdown": figure.breakdown,
        "category": figure.category,
        "unit": record.unit,
        "producer": "community",
        "source_id": f"return_{code}_{month}",
        "safe_to_publish": "1",
        "audience": "members",
    }


def _known(form: Form, sheet: Sheet, known: Known) -> Sheet:
    """Refuse an unknown community in the language of the template."""
    if not known.places:
        form.add(NO_TERRITORIES[form.lang])
        raise form.refusal()
    for row, texts in sheet.rows:
        if known.places.get(texts["KATOTTG"]) != texts["code"]:
            form.fault("unknown_code", row, FIRST_NUMBER, text=texts["KATOTTG"])
            raise form.refusal()
    return sheet


def _fitting(form: Form, numbers: Numbers, sheet: Sheet, known: Known) -> Sheet:
    """Refuse counts that cannot be true of the community, each by its cell."""
    for ((_, place), number), (row, texts) in zip(numbers.items(), sheet.rows, strict=True):
        code, is_count = texts["territory_code"], texts["unit"] not in NOT_COUNTED
        if number is not None and is_count and count_fault(number, code, known):
            form.fault("large", row, FIRST_NUMBER + place, text=str(number))
    if form.faults:
        raise form.refusal()
    return sheet


def _parts(kind: Kind, form: Form, head: Texts, numbers: Numbers, values: list[tuple[int, Texts]]) -> Parts:
    code, month = head["katottg"][:9], head["month"]
    name = {"name": head["name_uk"], "month": w.MONTHS_UK[int(month[5:]) - 1], "year": month[:4]}
    source = {
        "source_id": f"return_{code}_{month}",
        "title": w.SOURCE_TITLE.format(**name),
        "publisher_uk": head["name_uk"],
        "publisher_en": head["name_en"],
        "published_on": head["filled_on"],
        "url": "",
        "licence_uk": w.LICENCE.uk,
        "licence_en": w.LICENCE.en,
        "kind": "community return",
    }
    producer = {"producer": "community", "name_uk": w.PRODUCER.uk, "name_en": w.PRODUCER.en}
    place = [(form.row("katottg"), {"code": code, "KATOTTG": head["katottg"]})]
    community, producers, sources = kind.parts
    community = replace(community, prepare=partial(_known, form))
    fitting = replace(kind, prepare=partial(_fitting, form, numbers))
    tables = ((community, place), (producers, [(1, producer)]), (sources, [(1, source)]), (fitting, values))
    said = f"the return of {head['name_en']}, {head['katottg']}, for {month}; shown to it and to coordinators only."
    parts = [(table, Sheet(form.file, form.sha256, tuple(rows[0][1]), rows)) for table, rows in tables]
    return [*parts[:-1], (fitting, replace(parts[-1][1], remarks=(said,)))]
