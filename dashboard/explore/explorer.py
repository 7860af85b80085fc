"""Explore one indicator: choose it, see its oblasts on the map, as bars and as a table, and its course over time."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.address.visitor import go
from dashboard.answers import snapshot, status_periods, unit
from dashboard.answers.snapshot import Snapshot
from dashboard.charts import maps, marks, over_time, screen, signs
from dashboard.explore import communities
from dashboard.language import figure_text
from dashboard.language.words import day, say, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import KEPT, block, cached_drawing, cached_figure
from dashboard.parts.cards import TABLE_COLUMNS, choose
from dashboard.parts.html import tag
from dashboard.view import View


def explore(view: View, choices: Sequence[str]) -> None:
    """Choose an indicator, its breakdown and day; see it on the map, as bars and as a table.

    The page's one snapshot is made here and handed to every drawing; none of them asks again.
    """
    with st.container(key="choices", horizontal=True):
        _indicator(view, choices)
        view = _of_category(_leveled(view))
        shown = snapshot.snapshot(view)
        _period(view, shown)
    if view.period and not any(one.startswith(view.period) for one in shown.periods):
        st.info(say("notice.period", view.lang, value=view.period[:20]), icon="ℹ️")
    found(view, shown)
    own_map, bars, table = LEVELS[view.level]
    if shown.mapped:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            own_map(view, shown)
        with right:
            bars(view, shown)
    elif shown.charted:
        bars(view, shown)
    table(view, shown)


def _indicator(view: View, choices: Sequence[str]) -> None:
    offered = snapshot.offered(view, choices)
    titles = {name: data.registry()[name].title[view.lang] for name in offered}
    choose("ind", "filter.indicator", offered, view.indicator, titles.get, by="", period="")


def _of_category(view: View) -> View:
    """The choice of a category where there are several; else the first that the indicator has."""
    categories = snapshot.categories(view)
    view = replace(view, category=view.category if view.category in categories else categories[0])
    if len(categories) > 1:
        choose(
            "by",
            "filter.breakdown",
            categories,
            view.category,
            lambda code: term("category", code, view.lang) or say("filter.total", view.lang),
        )
    return view


def _period(view: View, shown: Snapshot) -> None:
    """The choice of the day, where enough is known of several."""
    if len(shown.periods) > 1:
        chosen = f"{shown.rows['period_end'].iloc[0]:%Y-%m-%d}"
        words = {iso: day(pd.Timestamp(iso), "day", view.lang) for iso in shown.periods}
        choose("period", "filter.period", list(words), chosen, words.get)


def _leveled(view: View) -> View:
    """The choice between oblasts and communities, where the indicator has values at both; else the level it has."""
    levels = snapshot.levels(view)
    level = view.level if view.level in levels else levels[0]
    if len(levels) > 1:
        words = {"": say("places.oblasts", view.lang), "hromada": say("places.hromadas", view.lang)}
        choose("level", "filter.level", list(levels), level, words.get, by="", period="")
    elif view.level and not level:
        st.info(say("notice.level_none", view.lang), icon="ℹ️")
    return replace(view, level=level)


@cached_drawing
def found(view: View, shown: Snapshot) -> None:
    """What the oblasts' values say, their unit, day and producer, and how many are known."""
    here = snapshot.narrowed(view, shown)
    lines = [tag("h2", marks.finding(view, here))]
    if shown.charted:
        words = f"{marks.headline_title(view)} · {marks.subtitle(view, shown.rows)}"
        lines.append(tag("p", words, cls="subtitle"))
    if said := marks.reporting(view, here):
        lines.append(tag("p", said, cls="reporting"))
    if here.charted and len(here.beside):
        lines.append(
            html.note(say("places.beside" if view.level else "figure.beside", view.lang, count=len(here.beside)))
        )
    if shown.known and not shown.comparable:
        lines.append(html.note(say("places.not_ranked" if view.level else "figure.not_ranked", view.lang)))
    elif shown.known and not shown.charted:
        lines.append(html.note(say("places.few" if view.level else "figure.few", view.lang)))
    block(*lines)


@cached_figure(KEPT)
def map_figure(view: View, shown: Snapshot):
    """The map of a view as a plotly figure, with its marks; kept, because it is drawn at each click."""
    drawn_marks = marks.oblasts(view, shown)
    circles = data.registry()[view.indicator].map == "circle"
    return (maps.circle_map if circles else maps.fill_map)(drawn_marks), drawn_marks, circles


def oblast_map(view: View, shown: Snapshot) -> None:
    """The map of 27 oblasts; a click narrows the page to one."""
    figure, drawn_marks, _ = map_figure(view, shown)
    key = f"map-{view.page}"
    with st.container(key="map"):
        st.plotly_chart(
            figure,
            key=key,
            on_select=lambda: _clicked(key),
            selection_mode="points",
            config=screen.config(view.lang),
            alt=drawn_marks.alt,
            height="stretch",
        )
    below_map(view, shown)


@cached_drawing
def below_map(view: View, shown: Snapshot) -> None:
    _, drawn_marks, circles = map_figure(view, shown)
    unit = shown.rows["unit"].iloc[0]
    entries = maps.legend(drawn_marks, circles, view.lang, lambda value: figure_text.bare(value, unit, view.lang))
    block(
        html.legend(entries, view.lang, signs.legend(drawn_marks.rows, view.lang)),
        tag("p", f"{say('map.choose', view.lang)} {say('figure.boundary', view.lang)}", cls="source"),
    )


def _clicked(key: str) -> None:
    points = st.session_state[key].selection.points
    codes = [point["customdata"][0] for point in points if point.get("customdata")] or [
        point["location"] for point in points if "location" in point
    ]
    if codes:
        go(area=data.territory(codes[0])["katottg"])


@cached_drawing
def ranking(view: View, shown: Snapshot) -> None:
    """Sorted bars of the oblasts, with signs where a value is missing; beside no map, only of those known or marked."""
    drawn_marks = marks.oblasts(view, shown)
    if not shown.mapped:
        drawn_marks = marks.without_unknown(drawn_marks)
    count = len(drawn_marks.rows)
    alt = say("alt.bars", view.lang, finding=drawn_marks.title, count=count)
    st.plotly_chart(screen.bars(drawn_marks), config=screen.config(view.lang), alt=alt)


@cached_drawing
def table_twin(view: View, shown: Snapshot) -> None:
    """The same figures as a table of all 27 oblasts, and those beside; open where no map is honest."""
    known = {row["territory_code"]: row for row in shown.listed.to_dict("records")}
    order = marks.oblasts(view, shown).rows
    if not shown.mapped:
        order = order[order["code"].isin(known)]
    lines = [
        html.figure_cells(known.get(code), view.lang, label)
        for code, label in zip(order["code"], order["label"], strict=True)
    ]
    chosen = data.territory_name(view.area, view.lang)
    content = html.table(marks.headline_title(view), html.heads(view.lang, *TABLE_COLUMNS), lines, chosen)
    legend = html.marks_legend([figure_text.mark(known.get(code)) for code in order["code"]], view.lang)
    missing = say("figure.missing_for", view.lang, names=", ".join(_unknown_names(view, known)))
    note = html.note("" if shown.mapped else missing)
    unfolded = content if known else html.NOTHING
    shown_table = html.folded(say("figure.table", view.lang), content) if shown.mapped else unfolded
    block(shown_table, note, legend, html.source_line(known.values(), view.lang))


def _unknown_names(view: View, known: dict) -> list[str]:
    return [data.territory_name(code, view.lang, short=True) for code in data.oblasts() if code not in known]


LEVELS = {  # level of the view: its map, its bars, its table
    "": (oblast_map, ranking, table_twin),
    "hromada": (communities.community_map, communities.ranking, communities.table),
}


@cached_drawing
def trend(view: View, level: int = 2) -> None:
    """The indicator over time for the view's territory: a chart where figures of three days are known, else a table.

    Periods under an official status stand behind the lines of a single unit. `level`: of the heading.
    """
    cells = unit.cells(view.area, audience=view.audience, release=view.release)
    cells = cells[(cells["indicator"] == view.indicator) & (cells["category"] == view.category)]
    cells = cells[(cells["breakdown"] == view.breakdown) & (cells["coverage"] == "")]
    if cells.empty:
        return
    drawn_marks = over_time.trend(view, cells)
    rows = cells.sort_values("period_end", ascending=False).to_dict("records")
    place = data.territory_name(view.area, view.lang)
    lines = [html.figure_cells(row, view.lang, place) for row in rows]
    content = html.table(f"{marks.headline_title(view)}: {place}", html.heads(view.lang, *TABLE_COLUMNS), lines)
    sources = html.source_line(rows, view.lang)
    if drawn_marks.rows.empty:
        heading = drawn_marks.title.replace(marks.headline_title(view), f"{marks.headline_title(view)}, {place}", 1)
        block(tag(f"h{level}", heading), content, sources)
        return
    block(tag(f"h{level}", drawn_marks.title), tag("p", f"{place} · {drawn_marks.subtitle}", cls="subtitle"))
    bands = status_periods.bands(view.area)
    st.plotly_chart(screen.lines(drawn_marks, view.lang, bands), config=screen.config(view.lang), alt=drawn_marks.alt)
    legend = html.legend((), view.lang, over_time.legend(drawn_marks, view.lang))
    late = (cells["status"] == "p").any() and data.registry()[view.indicator].rule in data.rules_of_records()
    note = html.note(say("figure.still_coming", view.lang) if late else "")
    block(legend, note, html.folded(say("figure.table", view.lang), content), sources)


def trend_of(view: View, indicator: str) -> None:
    """The course of another indicator than the one chosen."""
    if view.indicator != indicator:
        trend(replace(view, indicator=indicator, category=""))
