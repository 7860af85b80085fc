"""From the text of a cell to a number or a date, or None where it is neither."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

NUMBER = re.compile(r"[-−]?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
GROUPED = re.compile(r"[-−]?\d{1,3}([ \u00a0\u2009\u202f]\d{3})+([.,]\d+)?", re.ASCII)
AMBIGUOUS = re.compile(r"[-−]?[1-9]\d{0,2},\d{3}")  # 1,234: a thousand, or one and a bit?


def number(text: str, *, decimal_comma: bool = False) -> float | None:
    """A number as 1234.5, 1 234.5 or (where the file writes decimal commas) 1234,5; None when it is none."""
    plain = re.sub(r"[ \u00a0\u2009\u202f]", "", text) if GROUPED.fullmatch(text) else text
    if decimal_comma and not AMBIGUOUS.fullmatch(plain):
        plain = plain.replace(",", ".", 1)
    if not NUMBER.fullmatch(plain):
        return None
    found = float(plain.replace("−", "-"))
    return found if math.isfinite(found) else None


def day(text: str) -> date | None:
    """A day as 2025-11-10 or 10.11.2025; None when it is none."""
    european = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", text)
    plain = "-".join(reversed(european.groups())) if european else text
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
        return None
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None


def given_day(text: str) -> date:
    """A day in a cell that the checks of its column have passed, and that may not be empty."""
    found = day(text)
    if found is None:
        raise ValueError("there is no day here; rows are looked at when their columns have passed")
    return found


def month(text: str) -> date | None:
    """The first day of a month written as 2026-09; None when it is none."""
    return day(f"{text}-01") if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text) else None


def is_partial_date(text: str) -> bool:
    """Whether the text is a day, a month (2024-12) or a year (2025)."""
    full = text + "-01-01"[3 * text.count("-") :] if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) else ""
    return day(full) is not None


def is_clean(text: str) -> bool:
    """Whether the text holds no line break and no invisible sign but soft hyphens."""
    return all(unicodedata.category(sign) not in ("Cc", "Cf") or sign == "\u00ad" for sign in text)


def month_end(some_day: date) -> date:
    """The last day of the month."""
    following = date(some_day.year + some_day.month // 12, some_day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
