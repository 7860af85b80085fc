"""The explorer at the level of communities: map, bars of the largest, and a table that leads to their pages."""

from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.address import url
from dashboard.answers import places
from dashboard.answers.snapshot import Snapshot, units
from dashboard.charts import communities, screen, signs
from dashboard.charts.marks import headline_title
from dashboard.language import figure_text
from dashboard.language.words import day, number, say, sentence
from dashboard.parts import html
from dashboard.parts.cached_drawing import KEPT, block, cached_drawing, cached_figure
from dashboard.parts.cards import TABLE_COLUMNS
from dashboard.parts.html import tag
from dashboard.parts.table_pages import PAGE, page_number
from dashboard.view import View

OPENED = "community-clicked"


@cached_figure(KEPT // 10)
def _figure(view: View, shown: Snapshot):
    """The map of a view as a plotly figure, with its marks; kept, because it is drawn at each click."""
    drawn_marks = communities.marks(view, shown)
    circles = data.registry()[view.indicator].map == "circle"
    if _outlined(circles):
        return communities.outline_map(drawn_marks, view.lang), drawn_marks, circles
    return communities.seat_map(drawn_marks, circles, view.lang), drawn_marks, circles


def community_map(view: View, shown: Snapshot) -> None:
    """The map of all communities; a click opens the community's page."""
    figure, drawn_marks, circles = _figure(view, shown)
    key = f"communities-{view.page}"
    with st.container(key="map"):
        st.plotly_chart(
            figure,
            key=key,
            on_select=lambda: _clicked(key),
            selection_mode="points",
            config=communities.map_config(view.lang, _outlined(circles)),
            alt=drawn_marks.alt,
            height="stretch",
        )
    _below(view, shown)
    if OPENED in st.session_state:
        st.switch_page(str(url.PAGES / "community.py"), query_params=_query(view, st.session_state.pop(OPENED)))


def _outlined(circles: bool) -> bool:
    """Whether the map fills loaded outlines: for rates, where there are any."""
    return not circles and bool(places.outlined()[0])


def _clicked(key: str) -> None:
    points = st.session_state[key].selection.points
    codes = [point["customdata"][0] for point in points if point.get("customdata")]
    if codes:
        st.session_state[OPENED] = codes[0]


def _query(view: View, code: str) -> dict[str, str]:
    """The address of a community's page, the reader's other choices kept."""
    return url.query_of(replace(view, area=code, place=""))


@cached_drawing
def _below(view: View, shown: Snapshot) -> None:
    """Legend of what the map shows, how to use it, whose outlines it draws, and who is not on it."""
    _, drawn_marks, circles = _figure(view, shown)
    unit = shown.rows["unit"].iloc[0]
    edition = day(data.status_periods()["edition_on"].max(), "day", view.lang) if len(data.status_periods()) else ""
    patches, shapes = communities.legend(
        drawn_marks, circles, view.lang, edition, lambda value: figure_text.bare(value, unit, view.lang)
    )
    lines = [say("places.choose", view.lang), say("figure.boundary", view.lang), *_attribution(circles, view.lang)]
    lost = places.without_seat(units("hromada", view.area))
    names = ", ".join(data.territory_name(code, view.lang, short=True) for code in lost)
    note = html.note(say("places.no_seat", view.lang, names=names) if lost else "")
    block(html.legend(patches, view.lang, shapes), tag("p", " ".join(lines), cls="source"), note)


def _attribution(circles: bool, lang: str) -> list[str]:
    """Whom to thank for loaded outlines; files of OpenStreetMap carry no attribution of their own."""
    if not _outlined(circles):
        return []
    said = places.outlined()[1]
    return [say("places.boundary", lang, attribution=said or say("places.openstreetmap", lang))]


@cached_drawing
def ranking(view: View, shown: Snapshot) -> None:
    """Sorted bars of the largest values of the country or of the oblast; nothing where none is known."""
    drawn_marks = communities.ranked(_marks(view, shown), view.lang)
    if drawn_marks.rows.empty:
        return
    alt = say("alt.bars", view.lang, finding=drawn_marks.title, count=len(drawn_marks.rows))
    st.plotly_chart(screen.bars(drawn_marks), config=screen.config(view.lang), alt=alt)
    more = int(shown.rows["territory_code"].str.startswith(view.area).sum()) > screen.MOST_BARS
    shapes = signs.legend(drawn_marks.rows, view.lang)
    note = html.note(say("places.more_bars", view.lang) if more else "")
    if shapes or note:
        block(html.legend((), view.lang, shapes), note)


def table(view: View, shown: Snapshot) -> None:
    """The communities of the country or of the oblast, page by page, each with a link to its page.

    All of them under a map, else those with a figure.
    """
    count = len(_listed(view, shown))
    if count:
        place = data.territory_name(view.area, view.lang)
        block(tag("h3", say("places.table", view.lang, place=place, all=number(count, view.lang))))
        _table(view, shown, page_number(view, f"places-{view.area}-{count}", count))


def _marks(view: View, shown: Snapshot):
    """The marks of the communities, those of the map where one is drawn."""
    return _figure(view, shown)[1] if shown.mapped else communities.marks(view, shown)


def _listed(view: View, shown: Snapshot) -> pd.DataFrame:
    rows = _marks(view, shown).rows
    rows = rows[rows["code"].str.startswith(view.area)]
    return rows if shown.mapped else rows[rows["code"].isin(shown.listed["territory_code"])]


@cached_drawing
def _table(view: View, shown: Snapshot, page: int) -> None:
    known = {row["territory_code"]: row for row in shown.listed.to_dict("records")}
    rows = _listed(view, shown)
    part = rows.iloc[PAGE * page : PAGE * (page + 1)]
    lines = [_line(view, row, known.get(row["code"])) for row in part.to_dict("records")]
    told = {"title": headline_title(view), "place": data.territory_name(view.area, view.lang)}
    ends = {"first": PAGE * page + 1, "last": PAGE * page + len(part), "all": len(rows)}
    caption = say("places.caption", view.lang, **told, **{end: number(at, view.lang) for end, at in ends.items()})
    heads = [*html.heads(view.lang, "territory"), say("places.raion", view.lang)]
    content = html.table(caption, [*heads, *html.heads(view.lang, *TABLE_COLUMNS[1:])], lines)
    sources = html.source_line((known[code] for code in part["code"] if code in known), view.lang)
    block(content, html.marks_legend([figure_text.mark(known.get(code)) for code in part["code"]], view.lang), sources)


def _line(view: View, row: dict, figure: dict | None) -> list[str]:
    """Name as a link, raion, figure; an occupied community says so in its note."""
    cells = html.figure_cells(figure, view.lang, row["label"])
    address = f"/community?{urlencode(_query(view, row['code']))}"
    name = tag("a", cells[0], href=address, target="_self")
    held = say("places.occupied", view.lang) if row["occupied"] else ""
    note = "; ".join(part for part in (held, cells[-1]) if part)
    return [name, row["raion"], *cells[1:-1], sentence(note)]
