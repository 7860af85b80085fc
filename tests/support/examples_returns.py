"""Filled returns for the tests: the template as it is written, filled in by openpyxl alone."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from data_access.pipeline.community_return.template import write_template
from tests.support.small import territory

KHARKIV_UNIT = {
    "code": "UA6312027",
    "katottg": "UA63120270000028556",
    "name_uk": "Харківська міська громада",
    "name_en": "Kharkiv hromada (Kharkivska)",
}
RURAL_UNIT = {
    "code": "UA2110021",
    "katottg": "UA21100210000026937",
    "name_uk": "Тур’є-Реметівська сільська громада",
    "name_en": "Turi Remety hromada (Turie-Remetivska)",
}
SHEET = "Звіт · Return"
FILLED = {  # key in column A -> what is written in D, E, F
    "buildings": (120, 30, 90),
    "residential": (100, 25, 75),
    "residential.apartment": (40, 5, 35),
    "residential.private": (60, 20, 40),
    "residential.dormitory": (0, 0, 0),
    "education": (10, 2, 8),
    "education.schools": (6,),
    "education.kindergartens": (3,),
    "health": (4, 1, 3),
    "culture": (3, 1, 2),
    "industry": (2, 1, 1),
    "other": (1, 0, 1),
    "restored": (50,),
    "restored.apartment": (20,),
    "restored.private": (25,),
    "restored.education": (4,),
    "restored.health": (1,),
    "restored.all_others": (0,),
    "month.damaged": (7,),
    "month.restored": (2,),
    "hosted": (1500,),
    "hosted.children": (400,),
    "hosted.aged_60_plus": (300,),
    "homes": (250,),
    "money": (9_000_000, 3_000_000, 1_000_000),
    "money.housing": (8_000_000, 2_500_000, 900_000),
    "money.education_sector": (1_000_000, 500_000, 100_000),
    "aid": (800,),
    "aid.aid_food": (800,),
    "aid.aid_heating": (650,),
}
NOT_APPLICABLE = ("education.vocational", *(f"money.{name}" for name in ("health_sector", "transport", "energy")))
NOT_APPLICABLE += ("money.municipal_services", "money.other_sectors")


def place(unit: dict) -> dict:
    """The hromada as a row of a territories file."""
    return territory(unit["code"], "hromada", "x") | {name: unit[name] for name in unit}


def filled(path: Path, unit: dict = KHARKIV_UNIT, lang: str = "uk", month: str = "2025-10", change=None) -> Path:
    """A template of this unit with FILLED in it; `change(sheet, rows, book)` may do more, rows: key -> row number."""
    path.unlink(missing_ok=True)
    write_template(unit, path, lang=lang)
    book = load_workbook(path)
    sheet = book[SHEET]
    rows = {sheet.cell(number, 1).value: number for number in range(1, sheet.max_row + 1)}
    sheet.cell(rows["month"], 4).value = month
    sheet.cell(rows["filled_on"], 4).value = date(2025, 12, 5)
    for key, values in FILLED.items():
        for column, value in enumerate(values, 4):
            sheet.cell(rows[key], column).value = value
    for key in NOT_APPLICABLE:
        sheet.cell(rows[key], 7).value = "z"
    if change:
        change(sheet, rows, book)
    book.save(path)
    return path


EXAMPLES = {"community-return": lambda folder: filled(folder / "return.xlsx")}


KIND = "community-return"


PLACES = [
    territory("UA21", "region", "Zakarpattia"),
    territory("UA2110", "raion", "Uzhhorod"),
    place(KHARKIV_UNIT),
    place(RURAL_UNIT),
]


def put(sheet, rows, column=4, **values) -> None:
    for key, value in values.items():
        sheet.cell(rows[key], column).value = value
