"""Texts of cells become numbers and days, or are refused; nothing is guessed."""

from datetime import date

import pytest

from data_access.pipeline.sheet.cell_text import day, is_partial_date, month_end, number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("-3.5", -3.5),
        ("−3", -3.0),
        ("1 234 567", 1_234_567.0),
        ("1 234", 1234.0),
        ("97e9", 97e9),
        ("1,5", None),
        ("1,234", None),
        ("1.234.567", None),
        ("12 34", None),
        ("over 5", None),
        ("5%", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("٣", None),
        ("0x10", None),
        ("1_000", None),
        ("", None),
    ],
)
def test_numbers_with_a_point(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1 234,5", 1234.5),
        ("1.5", 1.5),
        ("1,234", None),
        ("12,345", None),
        ("1,2,3", None),
    ],
)
def test_numbers_with_a_comma_where_the_file_writes_them_so(text, expected):
    assert number(text, decimal_comma=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-10", date(2025, 11, 10)),
        ("10.11.2025", date(2025, 11, 10)),
        ("2025-02-30", None),
        ("2025-11", None),
        ("11/10/2025", None),
        ("45000", None),
        ("1.1.25", None),
        ("2025-11-10T00:00", None),
        ("", None),
    ],
)
def test_days(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize("text", ["2025", "2024-12", "2024-12-31"])
def test_partial_dates(text):
    assert is_partial_date(text)


@pytest.mark.parametrize("text", ["", "25", "2024-13", "2024-12-32", "грудень 2024", "2024-1", "20245"])
def test_what_is_no_partial_date(text):
    assert not is_partial_date(text)


def test_month_ends():
    assert [month_end(date(2024, month, 1)).day for month in range(1, 13)] == [
        31,
        29,
        *[31, 30] * 2,
        31,
        *[31, 30] * 2,
        31,
    ]
