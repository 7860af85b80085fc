"""The explorer at the level of communities: map, bars of the largest, and a table that leads to their pages."""

import functools
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.address import url
from dashboard.answers import places
from dashboard.answers.snapshot import Snapshot, counted, units
from dashboard.charts import communities, screen, signs
from dashboard.charts.marks import Marks, headline_title
from dashboard.explore import association, partial
from dashboard.language import figure_text
from dashboard.language.words import day, number, say, sentence, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import FEW, cached_drawing, drawn_up_to, kept, kept_up_to
from dashboard.parts.cards import TABLE_COLUMNS
from dashboard.parts.html import tag
from dashboard.parts.table_pages import PAGE, page_asked, page_choice
from dashboard.view import View


@kept_up_to(FEW)
def _marks(view: View, shown: Snapshot) -> Marks:
    return communities.marks(view, shown)


@drawn_up_to(FEW)
def community_map(view: View, shown: Snapshot) -> None:
    """The map of all communities; a click opens the community's page (first_page/links.js)."""
    drawn_marks, round_marks = _marks(view, shown), circles(view)
    outlined = _outlined(round_marks)
    drawn = communities.outline_map if outlined else functools.partial(communities.seat_map, circles=round_marks)
    figure = drawn(drawn_marks, lang=view.lang)
    config = communities.map_config(view.lang, outlined)
    st.plotly_chart(figure, config=config, alt=drawn_marks.alt, height="stretch")


def circles(view: View) -> bool:
    """Whether the map draws circles (counts and money) and no colours."""
    return data.registry()[view.indicator].map == "circle"


def _outlined(circles: bool) -> bool:
    """Whether the map fills loaded outlines: for rates, where there are any."""
    return not circles and bool(places.outlined()[0])


def _query(view: View, code: str) -> dict[str, str]:
    """The address of a community's page, the reader's other choices kept."""
    return url.query_of(replace(view, area=code, place=""))


@kept
def below_map(view: View, shown: Snapshot) -> Markup:
    """Legend of what the map shows, how to use it, whose outlines it draws, and who is not on it."""
    drawn_marks, round_marks = _marks(view, shown), circles(view)
    unit = shown.rows["unit"].iloc[0]
    edition = day(data.status_periods()["edition_on"].max(), "day", view.lang) if len(data.status_periods()) else ""
    patches, shapes = communities.legend(
        drawn_marks, round_marks, view.lang, edition, lambda value: figure_text.bare(value, unit, view.lang)
    )
    lines = [say("places.choose", view.lang), say("figure.boundary", view.lang), *_attribution(round_marks, view.lang)]
    lost = places.without_seat(units("hromada", view.area))
    names = figure_text.places(lost, view.lang)
    note = html.note(say("places.no_seat", view.lang, names=names) if lost else "")
    return html.joined((html.legend(patches, view.lang, shapes), tag("p", " ".join(lines), cls="source"), note))


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
    if not drawn_marks.rows.empty:
        alt = say("alt.bars", view.lang, finding=drawn_marks.title, count=len(drawn_marks.rows))
        st.plotly_chart(screen.bars(drawn_marks), config=screen.PLAIN, alt=alt)


@kept
def _below_bars(view: View, shown: Snapshot) -> Markup:
    drawn_marks = communities.ranked(_marks(view, shown), view.lang)
    more = int(shown.rows["territory_code"].str.startswith(view.area).sum()) > screen.MOST_BARS
    shapes = html.legend((), view.lang, signs.legend(drawn_marks.rows, view.lang))
    return html.joined((shapes, html.note(say("places.more_bars", view.lang) if more else "")))


def rest(view: View, shown: Snapshot) -> Markup:
    """Below the charts: the bars' signs, and the communities page by page, each with a link to its page.

    All communities of the country or of the oblast under a map, else those with a figure.
    """
    pieces = [_below_bars(view, shown)] if shown.charted else []
    count = len(_listed(view, shown))
    if not count:
        return html.joined((*pieces, partial.listed(view)))
    page = page_asked("page", count)
    table = (_table_title(view, shown), page_choice(view, "page", count, page), _table(view, shown, page))
    return html.joined((*pieces, *table, partial.listed(view)))


@kept
def _table_title(view: View, shown: Snapshot) -> Markup:
    """How many communities are listed; that Kyiv and Sevastopol stand beside them where they do."""
    own = counted(view.area, _listed(view, shown)["code"])
    place = data.territory_name(view.area, view.lang)
    title = tag("h3", say("places.table", view.lang, place=place, all=number(int(own.sum()), view.lang)))
    return html.joined((title, html.note("" if own.all() else term("caveat", "communities_total", view.lang))))


def _listed(view: View, shown: Snapshot) -> pd.DataFrame:
    rows = _marks(view, shown).rows
    rows = rows[rows["code"].str.startswith(view.area)]
    return rows if shown.mapped else rows[rows["code"].isin(shown.listed["territory_code"])]


@kept
def _table(view: View, shown: Snapshot, page: int) -> Markup:
    known = {row["territory_code"]: row for row in shown.listed.to_dict("records")}
    rows = _listed(view, shown)
    part = rows.iloc[PAGE * page : PAGE * (page + 1)]
    lines = [_line(view, row, known.get(row["code"])) for row in part.to_dict("records")]
    told = {"title": headline_title(view), "place": data.territory_name(view.area, view.lang)}
    ends = {"first": PAGE * page + 1, "last": PAGE * page + len(part), "all": len(rows)}
    caption = say("places.caption", view.lang, **told, **{end: number(at, view.lang) for end, at in ends.items()})
    heads = [*html.heads(view.lang, "territory"), say("places.raion", view.lang)]
    heads += [say("community.member", view.lang)] if places.members() else []
    content = html.figures(caption, [*heads, *html.heads(view.lang, *TABLE_COLUMNS[1:])], lines)
    sources = html.source_line((known[code] for code in part["code"] if code in known), view.lang)
    legend = html.marks_legend([figure_text.mark(known.get(code)) for code in part["code"]], view.lang)
    return html.joined((content, legend, sources))


def _line(view: View, row: dict, figure: dict | None) -> list[str]:
    """Name as a link, raion, figure; an occupied community says so in its note."""
    cells = html.figure_cells(figure, view.lang, row["label"])
    address = url.address("community", _query(view, row["code"]))
    name = tag("a", cells[0], href=address)
    held = say("places.occupied", view.lang) if row["occupied"] else ""
    note = "; ".join(part for part in (held, cells[-1]) if part)
    member = [association.membership(data.territory(row["code"]), view.lang)] if places.members() else []
    return [name, row["raion"], *member, *cells[1:-1], sentence(note)]
