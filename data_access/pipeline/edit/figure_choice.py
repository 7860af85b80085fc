"""Which figure an editor means: by indicator, territory and day, narrowed where several fit, or by its figure_id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from data_access import tables as t
from data_access.indicators import indicators
from data_access.pipeline.publish.cells import NewCell


class Refused(Exception):
    """What was asked cannot be done; the sentence says why and what to do."""


@dataclass(frozen=True)
class Choice:
    """`area`: a P-code or KATOTTG. None = whatever stands there; '' for breakdown and category = the total."""

    indicator: str | None = None
    area: str | None = None
    as_of: date | None = None
    source: str | None = None
    breakdown: str | None = None
    category: str | None = None
    figure_id: str = ""

    def __str__(self) -> str:
        if self.figure_id:
            return f"the figure {self.figure_id}"
        narrowed = (self.source, self.breakdown, self.category)
        return ", ".join(part for part in (self.indicator, self.area, str(self.as_of), *narrowed) if part)

    def condition(self, table: Table) -> ColumnElement[bool]:
        """The condition under which a row of `cell` or `published_value` is meant."""
        given = {
            "indicator": self.indicator,
            "territory_code": self.area,
            "period_end": self.as_of,
            "source_id": self.source,
            "breakdown": self.breakdown,
            "category": self.category,
        }
        return and_(*(table.c[name] == value for name, value in given.items() if value is not None))

    def fits(self, cell: NewCell) -> bool:
        """The same for a cell at hand."""
        return all(
            mine in (None, its)
            for mine, its in zip(
                (self.indicator, self.area, self.as_of, self.source, self.breakdown, self.category),
                (cell.indicator, cell.territory_code, cell.period_end, cell.source_id, cell.breakdown, cell.category),
                strict=True,
            )
        )


def known(connection: Connection, choice: Choice) -> Choice:
    """The choice with the territory's P-code; refuses an indicator or a territory that is not listed."""
    if choice.figure_id:
        return choice
    if not (choice.indicator and choice.area and choice.as_of):
        raise Refused("Name the figure: --indicator, --area and --as-of together.")
    if choice.indicator not in indicators():
        raise Refused(f"There is no indicator {choice.indicator!r}; its id stands on the sources page.")
    c = t.territory.c
    code = connection.scalar(select(c.code).where(or_(c.code == choice.area, c.katottg == choice.area)))
    if code is None:
        raise Refused(f"There is no territory {choice.area!r}; give its P-code (UA63) or KATOTTG (19 characters).")
    return replace(choice, area=code)


def both_reasons(reason_uk: str, reason_en: str) -> dict[str, str]:
    """The reasons as they are kept; refuses when one is missing."""
    reasons = {"reason_uk": reason_uk.strip(), "reason_en": reason_en.strip()}
    if not all(reasons.values()):
        raise Refused("Readers see the reason in both languages: give --reason-uk and --reason-en.")
    return reasons
