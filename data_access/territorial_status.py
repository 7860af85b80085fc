"""Territorial status of a hromada on a day, from the official periods of one edition of order 376.

The rule: each settlement takes the most severe open period of its own, else of its hromada, raion, region
(occupied > active > active with e-registers > possible). Settlements that the list does not name take what
their hromada, raion or region has. The hromada counts under the status that most of its settlements have,
the more severe one of equals; settlements without any open status do not vote while others have one. It is
mixed where its settlements differ. Both days of a period belong to it; where one period ends on the day
on which the next begins, that day takes the more severe. A period whose end lies after the edition is open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data_access.codes import TERRITORY_STATUSES

NO_STATUS = "no_open_status"
CATEGORIES = (*TERRITORY_STATUSES, NO_STATUS)
SEVERITY = {status: place for place, status in enumerate(CATEGORIES)}  # 0 = most severe
FULL_SCALE_INVASION = date(2022, 2, 24)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """One row of the list. `code` is the unit's own P-code, or that of the hromada of a settlement."""

    code: str
    unit_katottg: str
    unit_kind: str
    status: str
    scope: str
    start_on: date
    end_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the status holds on this day."""
        return self.start_on <= day and (self.end_on is None or day <= self.end_on)


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last` on which nothing changed. `counts`: settlements by status, zeros left out."""

    first: date
    last: date
    counts: Mapping[str, int]
    partly: bool

    @property
    def status(self) -> str:
        """Status of the majority of settlements that have one."""
        return majority(self.counts)

    @property
    def mixed(self) -> bool:
        """Whether settlements differ."""
        return len(self.counts) > 1

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


def majority(counts: Mapping[str, float]) -> str:
    """The status of most settlements, the more severe of equals; no_open_status only where none has another."""
    voting = {status: count for status, count in counts.items() if status != NO_STATUS and count}
    return min(voting, key=lambda status: (-voting[status], SEVERITY[status]), default=NO_STATUS)


class StatusList:
    """The periods of one edition, asked by hromada."""

    def __init__(self, periods: Iterable[Period], settlements: Mapping[str, int | None]) -> None:
        """`settlements`: number of settlements of each hromada (P-code); None where it is not known."""
        self.settlements = settlements
        self._own: dict[str, dict[str, list[Period]]] = defaultdict(lambda: defaultdict(list))
        self._unit: dict[str, list[Period]] = defaultdict(list)
        for period in periods:
            if period.unit_kind == "settlement":
                self._own[period.code][period.unit_katottg].append(period)
            else:
                self._unit[period.code].append(period)

    def listed(self, hromada: str) -> bool:
        """Whether the list names the hromada, a settlement of it, its raion or its region."""
        return hromada in self._own or any(above for above in self._above(hromada))

    def on_day(self, hromada: str, day: date) -> Counter[str]:
        """Settlements of the hromada by status on a day; one settlement is assumed where the number is unknown."""
        inherited = next((worst for above in self._above(hromada) if (worst := _worst(above, day))), NO_STATUS)
        own = [_worst(periods, day) or inherited for periods in self._own.get(hromada, {}).values()]
        unnamed = max(0, (self.settlements.get(hromada) or 1) - len(own)) if hromada in self.settlements else 0
        counts = Counter(own)
        counts[inherited] += unnamed
        return +counts

    def history(self, hromada: str, since: date, until: date) -> list[Stretch]:
        """The stretches from `since` to `until`, both included, in order and without gaps."""
        periods = self._periods(hromada)
        starts = {since} | {p.start_on for p in periods} | {p.end_on + ONE_DAY for p in periods if p.end_on}
        firsts = sorted(day for day in starts if since <= day <= until)
        lasts = [day - ONE_DAY for day in firsts[1:]] + [until]
        return [self._stretch(hromada, *days) for days in zip(firsts, lasts, strict=True)]

    def unit_status(self, code: str, day: date) -> str:
        """Status that the list gives to a raion or region itself on a day, else no_open_status."""
        return _worst(self._unit.get(code, []), day) or NO_STATUS

    def _stretch(self, hromada: str, first: date, last: date) -> Stretch:
        partly = any(p.scope == "part" and p.holds_on(first) for p in self._periods(hromada))
        return Stretch(first, last, self.on_day(hromada, first), partly)

    def _above(self, hromada: str) -> list[list[Period]]:
        """Periods of the hromada itself, of its raion, of its region."""
        return [self._unit.get(hromada[:size], []) for size in (9, 6, 4)]

    def _periods(self, hromada: str) -> list[Period]:
        own = [period for periods in self._own.get(hromada, {}).values() for period in periods]
        return own + [period for above in self._above(hromada) for period in above]


def _worst(periods: Sequence[Period], day: date) -> str | None:
    return min((p.status for p in periods if p.holds_on(day)), key=SEVERITY.__getitem__, default=None)


def month_days(edition: date) -> list[date]:
    """The last day of each month from February 2022 on; for the month of the edition, the edition's own day."""
    days, year, month = [], FULL_SCALE_INVASION.year, FULL_SCALE_INVASION.month
    while date(year, month, 1) <= edition:
        year, month = year + month // 12, month % 12 + 1
        days.append(min(date(year, month, 1) - ONE_DAY, edition))
    return days
