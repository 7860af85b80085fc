"""Communities under each official territorial status (order No. 376): over time, and one by one in an oblast."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.answers.freshness import status_edition
from dashboard.answers.status_periods import NO_STATUS, STATUSES
from dashboard.charts import over_time as marks_over_time
from dashboard.charts import palette, screen, signs
from dashboard.charts.marks import Marks
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, day, number, percent, say, sentence, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing_of_place, kept, kept_of_place
from dashboard.parts.choices import show_all
from dashboard.parts.html import tag
from dashboard.view import View

BREAKDOWN = "territory_status"


def over_time(view: View, above: Markup) -> None:
    """Communities by official territorial status, month by month, for the country (outside Crimea) or an oblast.

    `above` is what stands before it, in the same piece.
    """
    if _cells(view).empty:
        block(above)
        return
    block(above, _heading(view))
    areas(view)
    block(_figures(view))


@kept_of_place
def _cells(view: View) -> pd.DataFrame:
    """Months and statuses of the view's territory; empty where it was never listed."""
    cells = data.cells("communities_by_status", breakdown=BREAKDOWN, audience=view.audience, release=view.release)
    coverage = "without_crimea" if view.area == data.COUNTRY else ""
    cells = cells[(cells["territory_code"] == view.area) & (cells["coverage"] == coverage)]
    listed = (cells["value"][cells["category"] != NO_STATUS] > 0).any()
    return cells if listed else cells.iloc[:0]


@kept_of_place
def _marks(view: View) -> Marks:
    return marks_over_time.statuses(replace(view, indicator="communities_by_status", category=""), _cells(view))


@kept_of_place
def _heading(view: View) -> Markup:
    title, subtitle = tag("h2", _marks(view).title), tag("p", _marks(view).subtitle, cls="subtitle")
    return html.joined((title, subtitle, html.note(status_edition(view.lang))))


@cached_drawing_of_place
def areas(view: View) -> None:
    """The chart: stacked areas of the statuses."""
    drawn_marks = _marks(view)
    st.plotly_chart(screen.status_areas(drawn_marks, view.lang), config=screen.config(view.lang), alt=drawn_marks.alt)


@kept_of_place
def _figures(view: View) -> Markup:
    """The chart's signs and figures, how they were counted, and their source."""
    cells = _cells(view)
    legend = html.legend((), view.lang, signs.legend(_marks(view).rows, view.lang, without=signs.ZERO))
    return html.joined(
        (legend, html.folded(say("figure.table", view.lang), _by_month(view, cells)), _told(view, cells))
    )


def _by_month(view: View, cells: pd.DataFrame) -> Markup:
    """The chart's figures, the newest month first."""
    texts = cells.assign(text=[figure_text.value_text(row, view.lang, unit=False) for row in cells.to_dict("records")])
    wide = texts.pivot(index="period_end", columns="category", values="text").reindex(columns=list(STATUSES))
    lines = [
        [day(month, "day", view.lang), *texts]
        for month, *texts in wide.sort_index(ascending=False).fillna("[x]").itertuples()
    ]
    heads = [say("column.as_of", view.lang), *(sentence(term("category", status, view.lang)) for status in STATUSES)]
    return html.table(data.registry()["communities_by_status"].title[view.lang], heads, lines)


def _told(view: View, cells: pd.DataFrame) -> Markup:
    """How the numbers were counted, and their source."""
    row = cells.iloc[-1].to_dict()
    return html.joined((html.note(row["note_" + view.lang]), html.source_line([row], view.lang)))


@kept
def by_community(view: View) -> Markup:
    """The communities of an oblast that were ever listed: shares of settlements now, months under each status.

    Where they are asked for, else a link that asks for them.
    """
    if view.area == data.COUNTRY:
        return html.NOTHING
    cells, shared = (_inside(view, name) for name in ("months_under_status", "settlements_share_by_status"))
    months, shares = _wide(cells), _wide(shared)
    if months.empty:
        return html.NOTHING
    caption = say("status.by_community", view.lang, count=len(months))
    if not view.all:
        return show_all(view, caption)
    codes = sorted(months.index, key=lambda code: alphabetical(data.territory_name(code, view.lang)))
    lines = [_line(view.lang, code, months.loc[code], shares.loc[code]) for code in codes]
    heads = [say("column.community", view.lang), say("column.status_now", view.lang)]
    heads += [sentence(term("category", status, view.lang)) for status in palette.STATUS]
    note = html.note(say("status.months", view.lang))
    return html.joined((note, html.table(caption, heads, lines), _told(view, cells)))


def _inside(view: View, indicator: str) -> pd.DataFrame:
    """The indicator's cells by status, of the oblast and its communities."""
    cells = data.cells(indicator, breakdown=BREAKDOWN, audience=view.audience, release=view.release)
    return cells[cells["territory_code"].str.startswith(view.area)]


def _wide(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.pivot(index="territory_code", columns="category", values="value").reindex(columns=list(STATUSES))


def _line(lang: str, code: str, months: pd.Series, shares: pd.Series) -> list[str]:
    now = shares[shares > 0].sort_values(ascending=False)
    words = [term("category", status, lang) for status in now.index]
    shown = [f"{word} ({percent(share, lang)})" for word, share in zip(words, now, strict=True)]
    return [
        data.territory_name(code, lang),
        sentence("; ".join(words if len(words) == 1 else shown)),
        *(number(months[status], lang, 1) for status in palette.STATUS),
    ]
