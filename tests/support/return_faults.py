"""What people do to the form of a community's return, and the words with which it is refused."""

from datetime import date

from tests.support.examples_returns import put

FAULTS = [
    ({"homes": "багато"}, "D51: «багато» — не число"),
    ({"homes": "12,5"}, "D51: «12,5» — дріб; впишіть ціле число"),
    ({"homes": "1,234"}, "D51: «1,234» — дріб"),
    ({"homes": 12.5}, "D51: «12.5» — дріб"),
    ({"homes": -1}, "D51: -1 — від’ємне число; впишіть 0 або більше"),
    ({"homes": 10**9}, "D51: … — неймовірно велике число"),
    ({"homes": True}, "D51: «True» — не число"),
    ({"homes": date(2025, 1, 1)}, "не число"),
    ({"homes": "=1+1"}, "D51: формула; вставте саме число"),
    ({"hosted": 300}, "D46: тут 300, а в D47 більше: 400"),
    ({"buildings": 121}, "D13: тут 121, а частини (D14, D18, D22, D23, D24, D25) разом дають 120"),
    ({"education": 8}, "D18: тут 8, а частини (D19, D20) разом дають більше: 9"),
    ({"katottg": "UA59080070000038538"}, "D4: «UA59080070000038538» — не код громади за КАТОТТГ"),
    ({"katottg": "UА63120270000028556"}, "не код громади за КАТОТТГ"),
    ({"name_uk": None}, "назви громади немає"),
    ({"month": "жовтень"}, "D7: «жовтень» — не місяць; оберіть його зі списку"),
    ({"month": "2022-01"}, "D7: 2022-01: до 24.02.2022"),
    ({"month": "2099-01"}, "D7: 2099-01: місяць ще не закінчився"),
    ({"month": None}, "D7: не вказано звітного місяця; оберіть його зі списку"),
    ({"filled_on": "5 грудня"}, "D8: «5 грудня» — не дата"),
    ({"filled_on": date(2025, 10, 30)}, "D8: 30.10.2025: дата заповнення має бути після звітного місяця"),
]


def spoil(sheet, rows, book) -> None:
    """Everything that an eager person does to a form."""
    book.create_sheet("Люди")["A1"] = "Іван, вул. Миру, 1"
    head = rows["head:damage"]
    sheet.cell(head, 4).value, sheet.cell(head, 5).value = sheet.cell(head, 5).value, sheet.cell(head, 4).value
    sheet.cell(rows["homes"], 2).value = "Безхатьки"
    sheet.cell(rows["health"], 9).value = "див. лист"
    sheet.cell(rows["hosted"], 6).value = 5
    sheet.cell(rows["aid.aid_food"], 1).value = None
    sheet.cell(sheet.max_row + 2, 2).value = "Ще рядок"
    put(sheet, rows, 7, restored="z")
    put(sheet, rows, 7, homes="немає")
    put(sheet, rows, hosted="близько 1500", buildings=121, money="=SUM(D54:D60)", month="2099-01")
