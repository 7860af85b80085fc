"""What a community's return holds: sections, rows, the figure behind each cell, and which figures must agree.

The template is drawn from this and read by this. Each row stands in the sheet under its key (in hidden column A).
Change VERSION whenever a key, a column, a note or a meaning changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data_access.indicators import Text

VERSION = 1
FORM, NOTES, LISTS = "Звіт · Return", "Пояснення · Notes", "Списки · Lists"
FIRST_MONTH = "2022-02"
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
MARK_COLUMN = 6  # column G: why a number is missing; the numbers stand in D, E and F
COUNTS, HRYVNIAS = 10_000_000, 10**13  # no count, no sum of money of one community is larger


@dataclass(frozen=True)
class Figure:
    """One figure of the registry."""

    indicator: str
    breakdown: str = ""
    category: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the form; `figures` are those of its columns, None where nothing is asked."""

    key: str
    label: Text
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True)
class Section:
    """A table of the form."""

    key: str
    title: Text
    note: Text
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]
    largest: int = COUNTS


@dataclass(frozen=True)
class Agreement:
    """Cells are (row key, column). `equal`: parts add up to the whole; `within`: to no more; `each`: none is more."""

    kind: str
    whole: tuple[str, int]
    parts: tuple[tuple[str, int], ...]


def _row(key: str, uk: str, en: str, *figures: str) -> Row:
    """A figure is written as "indicator breakdown category" or "indicator"."""
    return Row(key, Text(uk, en), tuple(Figure(*figure.split()) if figure else None for figure in figures))


def _by_severity(key: str, uk: str, en: str, indicator: str) -> Row:
    return _row(key, uk, en, indicator, *(f"{indicator} severity {word}" for word in ("destroyed", "damaged")))


def _by_type_and_severity(key: str, uk: str, en: str, indicator: str) -> Row:
    kind = key.rpartition(".")[2]
    severity = (f"{indicator} type_severity {kind}_{word}" for word in ("destroyed", "damaged"))
    return _row(key, uk, en, f"{indicator} type {kind}", *severity)


def _parts(
    key: str, total: tuple[str, str], indicator: str, breakdown: str, *parts: tuple[str, str, str]
) -> tuple[Row, ...]:
    """A total and its parts, one column."""
    lines = (_row(f"{key}.{code}", uk, en, f"{indicator} {breakdown} {code}") for code, uk, en in parts)
    return (_row(key, *total, indicator), *lines)


MONEY = ("recovery_needed_uah", "recovery_granted_uah", "recovery_spent_uah")
SECTORS = (
    ("housing", "житло", "housing"),
    ("education_sector", "освіта", "education"),
    ("health_sector", "охорона здоров’я", "health"),
    ("transport", "дороги й транспорт", "roads and transport"),
    ("energy", "енергетика", "energy"),
    ("municipal_services", "вода, тепло, комунальні послуги", "water, heating, municipal services"),
    ("other_sectors", "інші галузі", "other sectors"),
)
SINCE = Text(
    "Загальна кількість від 24.02.2022 на останній день звітного місяця.",
    "Total since 24.02.2022, as on the last day of the month.",
)
NUMBER, PERSONS = Text("Кількість", "Number"), Text("Осіб", "Persons")

SECTIONS = (
    Section(
        "damage",
        Text("1. Пошкоджені та зруйновані будівлі", "1. Damaged and destroyed buildings"),
        SINCE,
        (Text("Усього", "Total"), Text("зруйновано", "destroyed"), Text("пошкоджено", "damaged")),
        (
            _by_severity("buildings", "Усі будівлі й об’єкти", "All buildings and objects", "buildings_damaged"),
            _by_severity("residential", "Житлові будинки", "Residential buildings", "residential_damaged"),
            _by_type_and_severity(
                "residential.apartment", "багатоквартирні", "apartment buildings", "residential_damaged"
            ),
            _by_type_and_severity("residential.private", "приватні", "private houses", "residential_damaged"),
            _by_type_and_severity("residential.dormitory", "гуртожитки", "dormitories", "residential_damaged"),
            _by_severity("education", "Заклади освіти", "Education institutions", "schools_damaged"),
            _row("education.schools", "школи", "schools", "schools_damaged type schools", "", ""),
            _row(
                "education.kindergartens", "дитячі садки", "kindergartens", "schools_damaged type kindergartens", "", ""
            ),
            _row(
                "education.vocational",
                "професійної освіти",
                "vocational education",
                "schools_damaged type vocational",
                "",
                "",
            ),
            _by_severity("health", "Заклади охорони здоров’я", "Health facilities", "health_damaged"),
            _by_type_and_severity("culture", "Заклади культури", "Cultural facilities", "buildings_damaged"),
            _by_type_and_severity("industry", "Промислові об’єкти", "Industrial facilities", "buildings_damaged"),
            _by_type_and_severity("other", "Інші об’єкти", "Other objects", "buildings_damaged"),
        ),
    ),
    Section(
        "restored",
        Text("2. Відновлені будівлі", "2. Restored buildings"),
        SINCE,
        (Text("Відновлено", "Restored"),),
        _parts(
            "restored",
            ("Усі будівлі й об’єкти", "All buildings and objects"),
            "objects_restored",
            "type",
            ("apartment", "багатоквартирні будинки", "apartment buildings"),
            ("private", "приватні будинки", "private houses"),
            ("education", "заклади освіти", "education institutions"),
            ("health", "заклади охорони здоров’я", "health facilities"),
            ("all_others", "решта об’єктів", "all remaining objects"),
        ),
    ),
    Section(
        "month",
        Text("3. Зміни за звітний місяць", "3. Changes during the month"),
        Text(
            "Лише за звітний місяць; ці числа входять до розділів 1 і 2.",
            "Of this month alone; these are part of sections 1 and 2.",
        ),
        (NUMBER,),
        (
            _row("month.damaged", "Пошкоджено або зруйновано", "Damaged or destroyed", "buildings_damaged_in_period"),
            _row("month.restored", "Відновлено", "Restored", "objects_restored_in_period"),
        ),
    ),
    Section(
        "people",
        Text("4. Люди", "4. People"),
        Text(
            "На останній день звітного місяця. Одна особа може належати до кількох груп.",
            "As on the last day of the month. A person may belong to several groups.",
        ),
        (PERSONS,),
        (
            *_parts(
                "hosted",
                ("Прийнято ВПО, усього", "IDPs hosted, total"),
                "idps_hosted_return",
                "person_group",
                ("children", "діти до 18 років", "children under 18"),
                ("aged_60_plus", "від 60 років", "aged 60 and over"),
                ("with_disability", "з інвалідністю", "with disabilities"),
                ("in_collective_sites", "у місцях тимчасового проживання", "in collective sites"),
            ),
            _row("homes", "Мешканці, що втратили домівки", "Residents who lost their homes", "homes_lost_residents"),
        ),
    ),
    Section(
        "money",
        Text("5. Кошти на відновлення, грн", "5. Money for recovery, UAH"),
        Text(
            "Гривні без копійок. Надано й витрачено — від 24.02.2022; потрібно — на те, чого ще не відновлено.",
            "Whole hryvnias. Granted and spent: since 24.02.2022; needed: for what is not restored yet.",
        ),
        (Text("Потрібно", "Needed"), Text("Надано", "Granted"), Text("Витрачено", "Spent")),
        (
            _row("money", "Усі галузі", "All sectors", *MONEY),
            *(_row(f"money.{code}", uk, en, *(f"{name} sector {code}" for name in MONEY)) for code, uk, en in SECTORS),
        ),
        HRYVNIAS,
    ),
    Section(
        "aid",
        Text("6. Потреба в допомозі", "6. Needs for aid"),
        Text(
            "Скільки осіб потребує допомоги; у рядку «усього» кожну особу враховують один раз.",
            "How many people need aid; the total counts each person once.",
        ),
        (PERSONS,),
        _parts(
            "aid",
            ("Потребують допомоги, усього", "In need of aid, total"),
            "aid_needed",
            "aid",
            ("aid_shelter", "житло й ремонт житла", "shelter and repair of homes"),
            ("aid_food", "продукти харчування", "food"),
            ("aid_water_hygiene", "вода, санітарія та гігієна", "water, sanitation and hygiene"),
            ("aid_heating", "паливо й обігрів", "fuel and heating"),
            ("aid_medical", "ліки й медична допомога", "medicines and medical care"),
            ("aid_education", "навчання дітей", "schooling of children"),
            ("aid_psychosocial", "захист і психологічна підтримка", "protection and psychological support"),
        ),
    ),
)
ROWS = {row.key: (section, row) for section in SECTIONS for row in section.rows}


def agreements() -> Iterator[Agreement]:
    """Everything that must agree within one return."""
    damage, money = SECTIONS[0], SECTIONS[4]
    for row in damage.rows:
        if row.figures[1]:
            yield Agreement("equal", (row.key, 0), ((row.key, 1), (row.key, 2)))
    for column in range(3):
        yield _rows("equal", "buildings", column, "residential education health culture industry other")
        yield _rows("equal", "residential", column, "residential.apartment residential.private residential.dormitory")
        yield _rows("equal", "money", column, " ".join(row.key for row in money.rows[1:]))
    yield _rows("within", "education", 0, "education.schools education.kindergartens education.vocational")
    yield _rows("equal", "restored", 0, " ".join(key for key in ROWS if key.startswith("restored.")))
    yield _rows("within", "hosted", 0, "hosted.children hosted.aged_60_plus")
    for whole in ("hosted", "aid"):
        yield _rows("each", whole, 0, " ".join(key for key in ROWS if key.startswith(f"{whole}.")))
    yield _rows("each", "buildings", 0, "month.damaged")
    yield _rows("each", "restored", 0, "month.restored")
    for row in money.rows:
        yield Agreement("each", (row.key, 1), ((row.key, 2),))


def _rows(kind: str, whole: str, column: int, parts: str) -> Agreement:
    return Agreement(kind, (whole, column), tuple((part, column) for part in parts.split()))
