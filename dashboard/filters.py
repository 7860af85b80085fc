"""The URL's query <-> Filters. Codes only; a wrong value becomes a notice and a default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import data
from dashboard.words import LANGUAGES
from data_access import PUBLIC, Audience, UnknownRelease


@dataclass(frozen=True)
class View:
    """What a reader looks at: the page, the language and the filters of its address, and who she is."""

    page: str
    lang: str = "uk"
    area: str = data.COUNTRY
    indicator: str = ""
    category: str = ""
    period: str = ""
    pinned: str = ""
    audience: Audience = PUBLIC

    @property
    def release(self) -> str:
        """The name of the release shown: the pinned one, else the newest."""
        return self.pinned or data.newest_release().name

    @property
    def breakdown(self) -> str:
        """The breakdown of the indicator to which the chosen category belongs; '' for the total."""
        return breakdown_of(self.indicator, self.category)


Notice = tuple[str, dict[str, str]]


def breakdown_of(indicator: str, category: str) -> str:
    """The name of the indicator's breakdown that lists `category`; '' where there is none."""
    if not category:
        return ""
    breakdowns = data.registry()[indicator].breakdowns
    return next((name for name, codes in breakdowns.items() if category in codes), "")


def read(
    query: Mapping[str, str], page: str, choices: Sequence[str] = (), lang: str = "uk"
) -> tuple[View, list[Notice]]:
    """The View that a query asks for, and notices (key, values) about what it asked for in vain.

    `choices` are the indicators the page offers, the first being its default; `lang` stands where the query has none.
    """
    notices: list[Notice] = []
    view = View(page, lang=_lang(query.get("lang", lang), lang, notices))
    view = replace(
        view, area=_area(query.get("area", ""), view.lang, notices), pinned=_release(query.get("rel", ""), notices)
    )
    if choices:
        view = replace(view, indicator=_indicator(query.get("ind", ""), choices, view.lang, notices))
        view = replace(view, category=_category(query.get("by", ""), view.indicator, notices))
    return replace(view, period=query.get("period", "")), notices


def query_of(view: View) -> dict[str, str]:
    """The query that leads back to this view; defaults are left out, the language never."""
    katottg = "" if view.area == data.COUNTRY else data.territory(view.area)["katottg"]
    parts = {
        "lang": view.lang,
        "area": katottg,
        "ind": view.indicator,
        "by": view.category,
        "period": view.period,
        "rel": view.pinned,
    }
    return {key: value for key, value in parts.items() if value}


def _lang(value: str, default: str, notices: list[Notice]) -> str:
    if value in LANGUAGES:
        return value
    notices.append(("notice.lang", {}))
    return default


def _area(value: str, lang: str, notices: list[Notice]) -> str:
    if not value or value == data.COUNTRY:
        return data.COUNTRY
    code = data.territory_code(value)
    if code is None:
        notices.append(("notice.area", {"value": value[:40]}))
        return data.COUNTRY
    if len(code) > 4:
        notices.append(("notice.area_parent", {"value": data.territory_name(code, lang)}))
    return data.oblast_of(code)


def _release(value: str, notices: list[Notice]) -> str:
    try:
        return data.release_named(value).name if value else ""
    except UnknownRelease:
        notices.append(("notice.rel", {"value": value[:40]}))
        return ""


def _indicator(value: str, choices: Sequence[str], lang: str, notices: list[Notice]) -> str:
    if value in choices:
        return value
    if value:
        notices.append(("notice.ind", {"value": value[:40], "shown": data.registry()[choices[0]].title[lang]}))
    return choices[0]


def _category(value: str, indicator: str, notices: list[Notice]) -> str:
    if value and not breakdown_of(indicator, value):
        notices.append(("notice.by", {"value": value[:40]}))
        return ""
    return value
