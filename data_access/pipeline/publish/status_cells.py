"""Cells of the three indicators of territorial status: communities, months, shares of settlements."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from sqlalchemy import Connection, select

from data_access import tables as t
from data_access.pipeline.publish.cells import NewCell
from data_access.territorial_status import (
    CATEGORIES,
    FULL_SCALE_INVASION,
    NO_STATUS,
    Period,
    StatusList,
    Stretch,
    month_days,
)

log = logging.getLogger(__name__)
PRODUCER = "mindev_order376"
CRIMEA = ("UA01", "UA85")
DAYS_IN_MONTH = 30.4375  # 365.25 / 12
ORDER = {
    "uk": "Обчислено за переліком, затвердженим наказом Мінрозвитку №\u00a0376 (редакція від {day})",
    "en": "Computed from the list under order No.\u00a0376 of the Ministry for Development of Communities and "
    "Territories (edition of {day})",
}
MAJORITY = {
    "uk": "громаду віднесено до статусу, який має більшість її населених пунктів",
    "en": "a community counts under the status that most of its settlements have",
}
MIXED = {
    "uk": "громади, населені пункти яких мають різний статус",
    "en": "communities whose settlements differ in status",
}
MONTHS = {
    "uk": "кількість днів під статусом від 24.02.2022, поділена на 30,4375",
    "en": "days under the status since 24 February 2022, divided by 30.4375",
}
SHARES = {
    "uk": "частка населених пунктів громади за статусом",
    "en": "share of the community’s settlements by status",
}
PARTLY = {
    "uk": "Перелік охоплює громаду не повністю: окремі населені пункти названо осібно.",
    "en": "The list covers the community in part: some settlements are named apart.",
}
CITY = {
    "uk": "У місті немає територіальних громад, які можна було б порахувати.",
    "en": "The city has no communities that could be counted.",
}
CITY_OCCUPIED = {
    "uk": "Місто загалом є тимчасово окупованою територією.",
    "en": "The city as a whole is temporarily occupied.",
}


def status_cells(connection: Connection, units: dict[str, str]) -> Iterator[NewCell]:
    """All cells of territorial status by the newest edition; none where no list is loaded.

    `units`: the unit of each indicator, from the registry; an indicator that is not in it is left out.
    """
    edition, source = newest_edition(connection)
    if edition is not None:
        yield from cells_of(connection, periods_of(connection, edition), edition, source, units, _told)


def cells_of(
    connection: Connection,
    periods: list[Period],
    edition: date,
    source: str,
    units: dict[str, str],
    counted: Callable[[list[str]], Iterable[str]] = iter,
) -> Iterator[NewCell]:
    """The cells that these periods give on the day of an edition; `counted` goes through the communities."""
    listed = StatusList(periods, _settlements(connection))
    maker = _Maker(edition, source, units)
    hromadas = sorted(listed.settlements)
    named = [hromada for hromada in hromadas if listed.listed(hromada)]
    histories = {hromada: listed.history(hromada, FULL_SCALE_INVASION, edition) for hromada in counted(named)}
    yield from maker.communities(listed, hromadas, histories, _regions(connection))
    for hromada, history in histories.items():
        yield from maker.months(hromada, history)
        yield from maker.shares(hromada, history[-1])


def _told(hromadas: list[str]) -> Iterator[str]:
    """Each of them; how many are done is told after every 500th and the last."""
    for done, hromada in enumerate(hromadas, 1):
        yield hromada
        if done % 500 == 0 or done == len(hromadas):
            log.info("Territorial status: %d of %d communities", done, len(hromadas))


class _Maker:
    """Cells of one edition."""

    def __init__(self, edition: date, source: str, units: dict[str, str]) -> None:
        self.edition, self.source, self.units = edition, source, units
        self.order = {"uk": f"{edition:%d.%m.%Y}", "en": f"{edition.day} {edition:%B %Y}"}

    def communities(
        self, listed: StatusList, hromadas: list[str], histories: dict[str, list[Stretch]], regions: list[str]
    ) -> Iterator[NewCell]:
        """Number of communities by status: each month, the country with and without Crimea, each region."""
        if "communities_by_status" not in self.units:
            return
        for day in month_days(self.edition):
            on_day = {h: next(s for s in history if s.first <= day <= s.last) for h, history in histories.items()}
            yield from self._counts("UA", "", day, hromadas, on_day)
            yield from self._counts("UA", "without_crimea", day, [h for h in hromadas if h[:4] not in CRIMEA], on_day)
            for region in regions:
                within = [hromada for hromada in hromadas if hromada.startswith(region)]
                if within:
                    yield from self._counts(region, "", day, within, on_day)
                else:
                    yield from self._not_applicable(region, day, listed.unit_status(region, day))

    def _counts(
        self, code: str, coverage: str, day: date, hromadas: list[str], on_day: dict[str, Stretch]
    ) -> Iterator[NewCell]:
        stretches = [on_day[hromada] for hromada in hromadas if hromada in on_day]
        counts = Counter(stretch.status for stretch in stretches)
        counts[NO_STATUS] += len(hromadas) - len(stretches)
        for status in CATEGORIES:
            yield self._community_cell(code, coverage, day, status, counts[status], "", self._note(MAJORITY))
        mixed = sum(stretch.mixed for stretch in stretches)
        yield self._community_cell(code, coverage, day, "mixed", mixed, "", self._note(MIXED))

    def _not_applicable(self, region: str, day: date, status: str) -> Iterator[NewCell]:
        occupied = status == "temporarily_occupied"
        note = {lang: CITY[lang] + (" " + CITY_OCCUPIED[lang] if occupied else "") for lang in CITY}
        for category in (*CATEGORIES, "mixed"):
            yield self._community_cell(region, "", day, category, None, "z", note)

    def _community_cell(
        self, code: str, coverage: str, day: date, category: str, value: int | None, mark: str, note: dict[str, str]
    ) -> NewCell:
        breakdown = "uniformity" if category == "mixed" else "territory_status"
        cell = self._cell("communities_by_status", code, day, breakdown, category, value, note)
        precision = "day" if day == self.edition else "month"
        return cell._replace(coverage=coverage, status=mark, precision=precision)

    def months(self, hromada: str, history: list[Stretch]) -> Iterator[NewCell]:
        """Months under each status: days on which the community counted under it, from 24.02.2022 to the day of the
        edition, both included, divided by 30.4375 and rounded to 0.1. The four statuses and none add to the whole.
        """
        if "months_under_status" not in self.units:
            return
        days: Counter[str] = Counter()
        for stretch in history:
            days[stretch.status] += stretch.days
        for status in CATEGORIES:
            value = round(days[status] / DAYS_IN_MONTH, 1)
            note = self._note(MONTHS)
            yield self._cell("months_under_status", hromada, self.edition, "territory_status", status, value, note)

    def shares(self, hromada: str, last: Stretch) -> Iterator[NewCell]:
        """Share of the settlements under each status on the day of the edition, percent."""
        if "settlements_share_by_status" not in self.units:
            return
        note = self._note(SHARES, PARTLY if last.partly else None)
        total = sum(last.counts.values())
        for status in CATEGORIES:
            value = 100 * last.counts.get(status, 0) / total
            yield self._cell(
                "settlements_share_by_status", hromada, self.edition, "territory_status", status, value, note
            )

    def _cell(
        self,
        indicator: str,
        code: str,
        day: date,
        breakdown: str,
        category: str,
        value: float | None,
        note: dict[str, str],
    ) -> NewCell:
        number = None if value is None else float(value)
        return NewCell(
            *(indicator, code, day, day, "day", breakdown, category, "", self.units[indicator], PRODUCER, self.source),
            value=number,
            note_uk=note["uk"],
            note_en=note["en"],
        )

    def _note(self, what: dict[str, str], more: dict[str, str] | None = None) -> dict[str, str]:
        return {
            lang: f"{ORDER[lang].format(day=self.order[lang])}: {what[lang]}." + (f" {more[lang]}" if more else "")
            for lang in ("uk", "en")
        }


def newest_edition(connection: Connection) -> tuple[date | None, str]:
    """Day and source of the newest edition loaded, (None, '') where there is none."""
    c = t.territory_status.c
    newest = select(c.edition_on, c.source_id).order_by(c.edition_on.desc(), c.source_id).limit(1)
    return connection.execute(newest).first() or (None, "")


def periods_of(connection: Connection, edition: date) -> list[Period]:
    """The periods of an edition."""
    c = t.territory_status.c
    columns = (c.code, c.unit_katottg, c.unit_kind, c.status, c.scope, c.start_on, c.end_on)
    return [Period(*row) for row in connection.execute(select(*columns).where(c.edition_on == edition))]


def _settlements(connection: Connection) -> dict[str, int | None]:
    c = t.territory.c
    return dict(connection.execute(select(c.code, c.settlements).where(c.level == "hromada")).all())


def _regions(connection: Connection) -> list[str]:
    return sorted(connection.scalars(select(t.territory.c.code).where(t.territory.c.level == "region")))
