"""An indicator over time in one territory: lines where anybody measured it often enough, else a table."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.answers import status_periods, unit
from dashboard.charts import marks, over_time, screen
from dashboard.language.words import say
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing, kept
from dashboard.parts.cards import TABLE_COLUMNS
from dashboard.parts.html import tag
from dashboard.view import View


def trend(view: View, level: int = 2) -> None:
    """The indicator over time for the view's territory: a chart where figures of three days are known, else a table.

    Periods under an official status stand behind the lines of a single unit. `level`: of the heading.
    """
    drawn_marks = _marks(view)
    if drawn_marks is None:
        return
    block(_heading(view, level))
    if not drawn_marks.rows.empty:
        _lines(view)
        block(_table(view))


@kept
def _marks(view: View) -> marks.Marks | None:
    """What the lines show; None where nothing at all is published, without rows where no line may be drawn."""
    cells = _cells(view)
    return None if cells.empty else over_time.trend(view, cells)


@kept
def _heading(view: View, level: int) -> Markup:
    """The finding over the lines; without lines the indicator's name and its figures as a table."""
    drawn_marks, place = _marks(view), data.territory_name(view.area, view.lang)
    if drawn_marks is None or drawn_marks.rows.empty:
        name, finding = marks.headline_title(view), drawn_marks.title if drawn_marks else ""
        title = tag(f"h{level}", finding.replace(name, f"{name}, {place}", 1) or f"{name}: {place}")
        return html.joined((title, _figures(view), _sources(view)))
    subtitle = tag("p", f"{place} · {drawn_marks.subtitle}", cls="subtitle")
    return html.joined((tag(f"h{level}", drawn_marks.title), subtitle))


@cached_drawing
def _lines(view: View) -> None:
    """The lines themselves."""
    drawn_marks = _marks(view)
    if drawn_marks is not None:
        figure = screen.lines(drawn_marks, view.lang, status_periods.bands(view.area))
        st.plotly_chart(figure, config=screen.config(view.lang), alt=drawn_marks.alt)


@kept
def _table(view: View) -> Markup:
    """What stands below the lines: their signs, that more may come, their figures, their sources."""
    drawn_marks, cells = _marks(view), _cells(view)
    legend = html.legend((), view.lang, over_time.legend(drawn_marks, view.lang)) if drawn_marks else html.NOTHING
    late = (cells["status"] == "p").any() and data.registry()[view.indicator].rule in data.rules_of_records()
    note = html.note(say("figure.still_coming", view.lang) if late else "")
    return html.joined((legend, note, html.folded(say("figure.table", view.lang), _figures(view)), _sources(view)))


@kept
def _cells(view: View) -> pd.DataFrame:
    """The territory's own cells of the indicator and category, the newest first."""
    cells = unit.cells(view.area, audience=view.audience, release=view.release)
    cells = cells[(cells["indicator"] == view.indicator) & (cells["category"] == view.category)]
    cells = cells[(cells["breakdown"] == view.breakdown) & (cells["coverage"] == "")]
    return cells.sort_values("period_end", ascending=False)


def _figures(view: View) -> Markup:
    place = data.territory_name(view.area, view.lang)
    rows = _cells(view).to_dict("records")
    lines = [html.figure_cells(row, view.lang, place) for row in rows]
    table = html.figures(f"{marks.headline_title(view)}: {place}", html.heads(view.lang, *TABLE_COLUMNS), lines)
    return html.joined((table, html.marks_legend((row["status"] for row in rows), view.lang)))


def _sources(view: View) -> Markup:
    return html.source_line(_cells(view).to_dict("records"), view.lang)


def trend_of(view: View, indicator: str) -> None:
    """The course of another indicator than the one chosen."""
    if view.indicator != indicator:
        trend(replace(view, indicator=indicator, category=""))
