"""The small sheets in a workbook of IOM: which oblasts host most displaced persons, and which they left."""

from __future__ import annotations

import re

from data_access.pipeline.iom.oblasts import oblast_code
from data_access.pipeline.sheet import cell_text
from data_access.pipeline.sheet.faults import Fault
from data_access.pipeline.sheet.table_file import Lines

SHARES = {"hosted": "top hosting oblasts", "origin": "top oblasts of origin"}
HEADERS = {"hosted": r".*\bhosting\b.*oblasts.*", "origin": r".*oblasts of origin of idps"}
SEARCHED_LINES = 3
SLACK = 3  # percentage points by which rounded shares may miss the whole

Percents = list[tuple[int, str, str]]  # row, P-code or "other", percent as text


def is_legend(lines: Lines) -> bool:
    """Whether the sheet only lists which oblast lies in which macro-region."""
    return lines[0][1][:2] == ["Macro-region", "Oblast"]


def share_of(lines: Lines) -> str:
    """'hosted' or 'origin' by the header of the sheet, '' where it is neither."""
    for _, texts in lines[:SEARCHED_LINES]:
        plain = re.sub(r"[\s-]+", " ", texts[0]).strip().casefold()
        for share, header in HEADERS.items():
            if re.fullmatch(header, plain[:200]) and any("%" in text for text in texts[1:]):
                return share
    return ""


def read_shares(file: str, title: str, lines: Lines) -> tuple[Percents, list[Fault]]:
    """(row, P-code or 'other', percent) of each row below the header; and what is wrong in them."""
    where = f"{file}, sheet {title!r}"
    found, faults = [], []
    for number, texts in lines[_header(lines) + 1 :]:
        place, text = _place(texts[0]), texts[1] if len(texts) > 1 else ""
        if not place and not text:
            continue  # a note below the table, or one beside it
        share = cell_text.number(text)
        if not place:
            faults.append(Fault(where, number, "", f"{texts[0][:60]!r} is not an oblast that we know"))
        if share is None or not 0 <= share <= 100:
            faults.append(Fault(where, number, "", f"the share of {texts[0][:60]!r} is not a number from 0 to 100 %"))
        else:
            found.append((number, place, share))
    if faults:
        return [], faults
    return _percent(where, found)


def _header(lines: Lines) -> int:
    return next(place for place, (_, texts) in enumerate(lines) if any("%" in text for text in texts[1:]))


def _place(name: str) -> str:
    return "other" if re.fullmatch(r"other oblasts?\**", name.strip().casefold()) else oblast_code(name)[0]


def _percent(where: str, found: list[tuple[int, str, float]]) -> tuple[Percents, list[Fault]]:
    """Shares as percent, whether the file holds fractions or percent; together they make the whole."""
    total = sum(share for *_, share in found)
    factor = 100 if total < 2 else 1
    if abs(total * factor - 100) > SLACK:
        what = f"the shares add up to {total * factor:.0f} % instead of 100 %; load the file as IOM publishes it"
        return [], [Fault(where, 0, "", what)]
    return [(number, place, f"{round(share * factor, 4):g}") for number, place, share in found], []
