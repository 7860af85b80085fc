"""The URL's query <-> Filters. Codes only; a wrong value becomes a notice and a default."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from dashboard import data
from dashboard.answers import rates
from dashboard.language.words import LANGUAGES
from dashboard.view import Notice, View, breakdown_of
from data_access import UnknownRelease

PAGES = data.ROOT / "pages"
ORDER = ("overview", "community", "compare", "damage", "displacement", "reconstruction", "sources")  # of the pages
FIRST_PAGE = ORDER[0]
FOR_EVERY_UNIT = ("community", "compare")  # pages that show raions and hromadas too
WITH_SEVERAL = ("compare",)  # pages that show several indicators at once
LEVELS = ("", "hromada")  # the units of a map: oblasts, communities
OF_A_VIEW = ("lang", "area", "cmp", "peers", "ind", "by", "per", "level", "period", "rel")
PARTS = {
    *OF_A_VIEW,
    "all",
    "q",
    "page",
    "sources",
    "figures",
    "sort",
    "find",
}  # what is listed, sought or turned to as well
MOST_CHOSEN = 10  # units that a reader may compare at once
MOST_INDICATORS = 8
LONGEST_LIST = 1000  # characters of a list in the address


def read(
    query: Mapping[str, str], page: str, choices: Sequence[str] = (), lang: str = "uk"
) -> tuple[View, list[Notice]]:
    """The View that a query asks for, and notices (key, values) about what it asked for in vain.

    `choices`: the indicators the page offers, the first being its default. `lang` stands where the query has none.
    """
    notices: list[Notice] = []
    view = View(page, lang=_lang(query.get("lang", lang), lang, notices))
    unit = _unit(query.get("area", ""), notices)
    view = replace(
        view,
        area=unit if page in FOR_EVERY_UNIT else data.oblast_of(unit),
        pinned=_release(query.get("rel", ""), notices),
    )
    view = replace(view, place=unit if unit != view.area else "", chosen=_chosen(query.get("cmp", ""), notices))
    level = _level(query.get("level", ""), notices)
    view = replace(view, peers=query.get("peers", ""), level=level)
    view = replace(view, per=_per(query.get("per", ""), view, notices))
    if choices and page in WITH_SEVERAL:
        view = replace(view, indicators=_indicators(query.get("ind", ""), choices, notices))
    elif choices:
        view = replace(view, indicator=_indicator(query.get("ind", ""), choices, view.lang, notices))
        view = replace(view, category=_category(query.get("by", ""), view.indicator, notices))
    return replace(view, period=query.get("period", ""), all=query.get("all") == "1"), notices


def known_parts(query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Those parts of a query that mean anything here."""
    return tuple((key, value) for key, value in query.items() if key in PARTS)


def query_of(view: View) -> dict[str, str]:
    """The query that leads back to this view, but for `all`; defaults are left out, the language never."""
    parts = {
        "lang": view.lang,
        "area": unit_of(view.place or view.area),
        "cmp": ",".join(map(katottg, view.chosen)),
        "peers": view.peers,
        "ind": view.indicator or ",".join(view.indicators),
        "by": view.category,
        "per": view.per,
        "level": view.level,
        "period": view.period,
        "rel": view.pinned,
    }
    return {key: value for key, value in parts.items() if value}


def address(page: str, query: Mapping[str, str]) -> str:
    """The address of a page for links: `/damage?lang=uk&area=…`."""
    return f"{path(page)}?{urlencode(query)}"


def path(page: str) -> str:
    """The path of a page; the first has the site's own."""
    return "/" if page == FIRST_PAGE else f"/{page}"


def unit_of(code: str) -> str:
    """How addresses name a unit: by its full KATOTTG, the country by nothing."""
    return "" if code == data.COUNTRY else katottg(code)


def katottg(code: str) -> str:
    """The full KATOTTG by which addresses name a unit."""
    return data.territory(code)["katottg"]


def _lang(value: str, default: str, notices: list[Notice]) -> str:
    if value in LANGUAGES:
        return value
    notices.append(("notice.lang", {}))
    return default


def _unit(value: str, notices: list[Notice]) -> str:
    code = data.territory_code(value) if value else data.COUNTRY
    if code is None:
        notices.append(("notice.area", {"value": value[:40]}))
    return code or data.COUNTRY


def _chosen(value: str, notices: list[Notice]) -> tuple[str, ...]:
    """Up to MOST_CHOSEN units, each once."""
    asked = list(dict.fromkeys(part.strip() for part in value[:LONGEST_LIST].split(",") if part.strip()))
    known = [code for part in asked if (code := data.territory_code(part))]
    if wrong := [part for part in asked if data.territory_code(part) is None]:
        notices.append(("notice.cmp", {"value": ", ".join(wrong)[:40]}))
    if len(known) > MOST_CHOSEN:
        notices.append(("notice.cmp_limit", {"most": str(MOST_CHOSEN)}))
    return tuple(dict.fromkeys(known))[:MOST_CHOSEN]


def _level(value: str, notices: list[Notice]) -> str:
    if value in LEVELS:
        return value
    notices.append(("notice.level", {"value": value[:40]}))
    return ""


def _per(value: str, view: View, notices: list[Notice]) -> str:
    if rates.exists(value, view.audience, view.release):
        return value
    notices.append(("notice.per", {"value": value[:40]}))
    return ""


def _indicators(value: str, choices: Sequence[str], notices: list[Notice]) -> tuple[str, ...]:
    """Up to MOST_INDICATORS of the choices, each once; none where none is asked for."""
    asked = list(dict.fromkeys(part for part in value[:LONGEST_LIST].split(",") if part))
    known = [name for name in asked if name in choices]
    if wrong := [name for name in asked if name not in choices]:
        notices.append(("notice.ind_several", {"value": ", ".join(wrong)[:40]}))
    if len(known) > MOST_INDICATORS:
        notices.append(("notice.ind_limit", {"most": str(MOST_INDICATORS)}))
    return tuple(known[:MOST_INDICATORS])


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
