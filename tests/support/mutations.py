"""Files spoilt by chance, as mail, memory sticks, Excel and people spoil them: the same seed, the same files."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.support import examples_lists, examples_objects, examples_records, examples_returns, small
from tests.support.iom_files import small_workbook

# For each kind a function that writes a small valid file into a folder; other kinds add theirs here.
EXAMPLES: dict[str, Callable[[Path], Path]] = {
    **{
        kind: lambda folder, kind=kind: small.write(folder / small.FILES[kind], kind, small.ROWS[kind])
        for kind in small.ROWS
    },
    **{
        kind: lambda folder, kind=kind: small_workbook(folder / f"{kind}.xlsx", kind)
        for kind in ("iom-idps", "iom-returnees")
    },
    **{f"{kind} as it circulates": write for kind, write in examples_lists.EXAMPLES.items()},
    **examples_returns.EXAMPLES,
    **examples_objects.EXAMPLES,
    **examples_records.EXAMPLES,
}
LOOK_ALIKES = str.maketrans("ABCEHIKMOPTXaceiopxy", "АВСЕНІКМОРТХасеіорху")
TEXTS = (
    *("", " ", "0", "-1", "1e400", "9" * 400, "1,234", "1 234,5", "NaN", "inf", "٣", "=1+1", "@SUM(A1)", "+380", "n/a"),
    *("'", "’", 'a"b', "a;b", "a\tb", "рядок\nрядок", "\u202e", "\u00a0", "x" * 40_000, "2999-01-01", "31.02.2024"),
    *("UA63", "UА63", "UA", "None", "true", "#REF!", "<b>", "Kyiv", "17", "2025-02-30", "\U0001f600", "е\u0301"),
)
VALUES = (*TEXTS[:30], None, True, 0, -1, 10**30, 1.5, 1e300, datetime(1900, 1, 1), datetime(2999, 12, 31), 45657)


def mutated(path: Path, chance: random.Random) -> bytes:
    """The content of the file with one to three things wrong in it."""
    content = path.read_bytes()
    workbook, plain = content[:2] == b"PK", content[:4] not in (b"PK\3\4", b"PAR1")
    if workbook and chance.random() < 0.7:
        return _workbook(content, chance)
    if path.suffix == ".json" and chance.random() < 0.7:
        return _member_changed(content, chance)
    if plain and chance.random() < 0.7:
        content = chance.choice(TABLES)(content.decode("utf-8"), chance)
    for _ in range(chance.randint(0 if plain else 1, 2)):
        content = chance.choice(BYTES)(content, chance)
    return content


def flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content or b"x")
    for _ in range(chance.randint(1, 5)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def double(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[max(0, start - chance.randint(1, 400)) :]


def foreign(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.choice((b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\r", b"PK", b"\x1a"))


def encoded(text: str, chance: random.Random) -> bytes:
    return text.encode(chance.choice(("utf-8-sig", "cp1251", "utf-16", "utf-16-le", "koi8-u", "cp866")), "replace")


def separated(text: str, chance: random.Random) -> bytes:
    return text.replace(",", chance.choice(";\t|,,")).replace(".", chance.choice(".,")).encode()


def cell_changed(text: str, chance: random.Random) -> bytes:
    lines = [line.split(",") for line in text.splitlines()]
    for _ in range(chance.randint(1, 3)):
        line = chance.choice(lines)
        line[chance.randrange(len(line))] = chance.choice(TEXTS)
    return "\n".join(",".join(line) for line in lines).encode()


def look_alike(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines()
    place = chance.randrange(len(lines))
    lines[place] = lines[place].translate(LOOK_ALIKES)
    return "\n".join(lines).encode()


def lines_moved(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines()
    place = chance.randrange(len(lines))
    lines[place : place + 1] = chance.choice(([], [lines[place]] * 2, ["", lines[place]], [lines[place], lines[0]]))
    return "\n".join(lines).encode()


def column_gone(text: str, chance: random.Random) -> bytes:
    lines = [line.split(",") for line in text.splitlines()]
    place = chance.randrange(len(lines[0]))
    part = slice(place, place + chance.randint(0, 1))
    for line in lines:
        line[part] = chance.choice(([], ["x"]))
    return "\n".join(",".join(line) for line in lines).encode()


def _member_changed(content: bytes, chance: random.Random) -> bytes:
    """JSON in which one to three members are something else, or gone."""
    whole = json.loads(content)
    for _ in range(chance.randint(1, 3)):
        place = whole
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = chance.choice(keys or [0])
            if not keys or not isinstance(place[key], dict | list) or chance.random() < 0.1:
                break
            place = place[key]
        if keys and chance.random() < 0.2:
            del place[key]
        elif keys:
            place[key] = chance.choice((*TEXTS, None, True, 0, -1, 10**30, 1e300, [], {}, [[]], "\ud800", "\0"))
    return json.dumps(whole).encode()


BYTES = (flip, truncate, double, foreign)
TABLES = (encoded, separated, cell_changed, cell_changed, look_alike, lines_moved, column_gone)


def _workbook(content: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        return _repacked(content, chance)
    book = load_workbook(io.BytesIO(content))
    for _ in range(chance.randint(1, 3)):
        chance.choice(SHEETS)(book, chance)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """The archive whole, but a part of it gone, doubled or spoilt."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w") as new:
        spoilt = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name == spoilt:
                part = chance.choice((*BYTES, lambda *_: b"", _numbers_grown))(part, chance)
            new.writestr(name, part)
    return saved.getvalue()


def _numbers_grown(part: bytes, chance: random.Random) -> bytes:
    """Row numbers, places of shared texts and sizes that cannot be true."""
    digit = chance.choice([b'="3"', b'="1"', b"<v>1<", b'r="A', b'ref="A1'])
    return part.replace(digit, chance.choice([digit[:-1] + b'999999999"', b'="-1"', b'r="XFD', b"<v>9999999<"]))


def _some_cell(book, chance: random.Random):
    sheet = chance.choice(book.worksheets)
    return sheet, sheet.cell(chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column))


def _cell_value(book, chance: random.Random) -> None:
    _, cell = _some_cell(book, chance)
    try:
        cell.value = chance.choice(VALUES)
    except (ValueError, AttributeError):  # signs that a workbook cannot hold, the hidden cells of a merged area
        return


def _cells_swapped(book, chance: random.Random) -> None:
    sheet, one = _some_cell(book, chance)
    other = sheet.cell(chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column))
    if "MergedCell" not in (type(one).__name__, type(other).__name__):
        one.value, other.value = other.value, one.value


def _row(book, chance: random.Random) -> None:
    sheet, cell = _some_cell(book, chance)
    chance.choice((sheet.delete_rows, sheet.insert_rows))(cell.row)


def _row_doubled(book, chance: random.Random) -> None:
    sheet, cell = _some_cell(book, chance)
    sheet.append([one.value for one in sheet[cell.row]])


def _column(book, chance: random.Random) -> None:
    sheet, cell = _some_cell(book, chance)
    chance.choice((sheet.delete_cols, sheet.insert_cols))(cell.column)


def _merged(book, chance: random.Random) -> None:
    sheet, cell = _some_cell(book, chance)
    rows, columns = chance.randint(0, 2), chance.randint(0, 2)
    sheet.merge_cells(None, cell.row, cell.column, cell.row + rows, cell.column + columns)


def _sheet(book, chance: random.Random) -> None:
    sheet = chance.choice(book.worksheets)
    what = chance.randrange(4)
    if what == 0 and len(book.worksheets) > 1:
        book.remove(sheet)
    elif what == 1:
        book.copy_worksheet(sheet)
    elif what == 2:
        book.move_sheet(sheet, chance.randint(-2, 2))
    else:
        sheet.title = chance.choice(("Аркуш", "Лист1", "=A1", "x" * 31))


def _far_cell(book, chance: random.Random) -> None:
    chance.choice(book.worksheets)[chance.choice(("XFD1", "A3000", "ZZ90", "A500"))] = chance.choice(("x", 1, " "))


SHEETS = (_cell_value, _cell_value, _cells_swapped, _row, _row_doubled, _column, _merged, _sheet, _far_cell)
