"""Explore one indicator: choose it, see its oblasts on the map, as bars and as a table."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.answers import snapshot
from dashboard.answers.page_indicators import CHOICES
from dashboard.answers.snapshot import Snapshot
from dashboard.charts import maps, marks, screen, signs
from dashboard.explore import communities, partial
from dashboard.language import figure_text
from dashboard.language.words import day, say, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing, flush, frame, kept
from dashboard.parts.cards import TABLE_COLUMNS
from dashboard.parts.choices import select
from dashboard.parts.html import tag
from dashboard.view import Notice, View


def explore(view: View) -> None:
    """Choose an indicator, its breakdown and day; see it on the map, as bars and as a table.

    The page's one snapshot is made here and handed to every drawing; none of them asks again.
    """
    asked, view = view, _of_category(_leveled(view))
    shown = snapshot.snapshot(view)
    for key, values in _in_vain(asked, view, shown):
        flush()
        st.info(say(key, view.lang, **values), icon="ℹ️")
    if shown.listed.empty:  # of the country alone: its course follows
        block(_choices(view, shown))
        return
    block(_choices(view, shown), found(view, shown))
    own_map, legend, bars, rest = LEVELS[view.level]
    if shown.mapped:
        with frame("communities" if view.level else "picture"):
            own_map(view, shown)
            block(legend(view, shown))
            bars(view, shown)
    elif shown.charted:
        bars(view, shown)
    block(rest(view, shown))


def _leveled(view: View) -> View:
    """The level asked for where the indicator has values at it, else the first that it has."""
    levels = snapshot.levels(view)
    return view if view.level in levels else replace(view, level=levels[0])


def _of_category(view: View) -> View:
    """The category asked for where the indicator has it, else the first that it has."""
    categories = snapshot.categories(view)
    return view if view.category in categories else replace(view, category=categories[0])


def _in_vain(asked: View, view: View, shown: Snapshot) -> list[Notice]:
    """What the address asked of an indicator that does not have it."""
    notices: list[Notice] = []
    if asked.level and not view.level:
        notices.append(("notice.level_none", {}))
    if view.period and not any(one.startswith(view.period) for one in shown.periods):
        notices.append(("notice.period", {"value": view.period[:20]}))
    return notices


@kept
def _choices(view: View, shown: Snapshot) -> Markup:
    """The choice of the indicator; of level, category and day where there are several."""
    names = snapshot.offered(view, CHOICES[view.page])
    offered = {name: data.registry()[name].title[view.lang] for name in names}
    levels = {"": say("places.oblasts", view.lang), "hromada": say("places.hromadas", view.lang)}
    parts = {
        code: term("category", code, view.lang) or say("filter.total", view.lang) for code in snapshot.categories(view)
    }
    days = {iso: day(pd.Timestamp(iso), "day", view.lang) for iso in shown.periods}
    lists = [select(view, "ind", "filter.indicator", offered, view.indicator, by="", period="")]
    if len(snapshot.levels(view)) > 1:
        lists.append(select(view, "level", "filter.level", levels, view.level, by="", period=""))
    if len(parts) > 1:
        lists.append(select(view, "by", "filter.breakdown", parts, view.category))
    if len(days) > 1:
        lists.append(select(view, "period", "filter.period", days, f"{shown.rows['period_end'].iloc[0]:%Y-%m-%d}"))
    return tag("div", *lists, cls="choices")


@kept
def found(view: View, shown: Snapshot) -> Markup:
    """What the oblasts' values say, their unit, day and producer, and how many are known."""
    here = snapshot.narrowed(view, shown)
    lines = [tag("h2", marks.finding(view, here))]
    if shown.charted:
        words = f"{marks.headline_title(view)} · {marks.subtitle(view, shown.rows)}"
        lines.append(tag("p", words, cls="subtitle"))
    lines.append(html.filled("p", marks.reporting(view, here), cls="reporting"))
    if here.charted and len(here.beside):
        key = "places.beside" if view.level else "figure.beside"
        lines.append(html.note(say(key, view.lang, count=len(here.beside))))
    if shown.known and not shown.comparable:
        lines.append(html.note(say("places.not_ranked" if view.level else "figure.not_ranked", view.lang)))
    elif shown.known and not shown.charted:
        lines.append(html.note(say("places.few" if view.level else "figure.few", view.lang)))
    return html.joined(lines)


@kept
def _marks(view: View, shown: Snapshot) -> marks.Marks:
    return marks.oblasts(view, shown)


@cached_drawing
def oblast_map(view: View, shown: Snapshot) -> None:
    """The map of 27 oblasts; a click narrows the page to one (first_page/links.js)."""
    drawn_marks = _marks(view, shown)
    figure = (maps.circle_map if communities.circles(view) else maps.fill_map)(drawn_marks)
    st.plotly_chart(figure, config=screen.PLAIN, alt=drawn_marks.alt, height="stretch")


def oblast_rest(view: View, shown: Snapshot) -> Markup:
    """What stands below the charts: the table, and figures of parts of a territory."""
    return html.joined((table_twin(view, shown), partial.listed(view)))


@kept
def below_map(view: View, shown: Snapshot) -> Markup:
    """The map's legend, how to use it, and whose boundaries it draws."""
    drawn_marks, unit = _marks(view, shown), shown.rows["unit"].iloc[0]
    entries = maps.legend(
        drawn_marks, communities.circles(view), view.lang, lambda value: figure_text.bare(value, unit, view.lang)
    )
    words = f"{say('map.choose', view.lang)} {say('figure.boundary', view.lang)}"
    shapes = signs.legend(drawn_marks.rows, view.lang)
    return html.joined((html.legend(entries, view.lang, shapes), tag("p", words, cls="source")))


@cached_drawing
def ranking(view: View, shown: Snapshot) -> None:
    """Sorted bars of the oblasts, with signs where a value is missing; beside no map, only of those known or marked."""
    drawn_marks = _marks(view, shown)
    if not shown.mapped:
        drawn_marks = marks.without_unknown(drawn_marks)
    count = len(drawn_marks.rows)
    alt = say("alt.bars", view.lang, finding=drawn_marks.title, count=count)
    st.plotly_chart(screen.bars(drawn_marks), config=screen.PLAIN, alt=alt)


@kept
def table_twin(view: View, shown: Snapshot) -> Markup:
    """The same figures as a table of all 27 oblasts, and those beside; open where no map is honest."""
    known = {row["territory_code"]: row for row in shown.listed.to_dict("records")}
    order = _marks(view, shown).rows
    if not shown.mapped:
        order = order[order["code"].isin(known)]
    lines = [
        html.figure_cells(known.get(code), view.lang, label)
        for code, label in zip(order["code"], order["label"], strict=True)
    ]
    chosen = data.territory_name(view.area, view.lang)
    content = html.figures(marks.headline_title(view), html.heads(view.lang, *TABLE_COLUMNS), lines, chosen)
    legend = html.marks_legend([figure_text.mark(known.get(code)) for code in order["code"]], view.lang)
    unknown = [code for code in data.oblasts() if code not in known]
    missing = say("figure.missing_for", view.lang, names=figure_text.places(unknown, view.lang))
    note = html.note("" if shown.mapped else missing)
    unfolded = content if known else html.NOTHING
    shown_table = html.folded(say("figure.table", view.lang), content) if shown.mapped else unfolded
    return html.joined((shown_table, note, legend, html.source_line(known.values(), view.lang)))


LEVELS = {  # level of the view: its map, the legend under it, the bars beside it, what stands below them
    "": (oblast_map, below_map, ranking, oblast_rest),
    "hromada": (communities.community_map, communities.below_map, communities.ranking, communities.rest),
}
