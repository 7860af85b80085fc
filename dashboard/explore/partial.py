"""Figures that cover only a part of a territory: on no map and in no ranking, so they are listed under the table."""

import pandas as pd
from markupsafe import Markup

from dashboard import data
from dashboard.answers.known import NOT_PARTS, WHOLE_COUNTRY
from dashboard.answers.snapshot import of_level
from dashboard.language.words import say, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept
from dashboard.parts.cards import TABLE_COLUMNS
from dashboard.view import View


@kept
def listed(view: View) -> Markup:
    """Those of the country and its oblasts, or of the area's communities, each with what it covers."""
    rows = _rows(view)
    if rows.empty:
        return html.NOTHING
    lines = [html.figure_cells(row, view.lang, _name(row, view.lang)) for row in rows.to_dict("records")]
    words = say("figure.partial", view.lang, count=len(rows))
    return html.folded(words, html.figures(words, html.heads(view.lang, *TABLE_COLUMNS), lines))


def _rows(view: View) -> pd.DataFrame:
    cells = data.cells(view.indicator, breakdown=None, audience=view.audience, release=view.release)
    cells = cells[~cells["coverage"].isin(WHOLE_COUNTRY) & ~cells["breakdown"].isin(NOT_PARTS)]
    shown = of_level(cells, view.level)
    if view.level:
        shown &= cells["territory_code"].str.startswith(view.area)
    else:
        shown |= cells["territory_code"] == data.COUNTRY
    return cells[shown].sort_values(["territory_code", "period_end"], ascending=[True, False], kind="stable")


def _name(row: dict, lang: str) -> str:
    place = data.territory_name(row["territory_code"], lang)
    return f"{place}: {term('category', row['category'], lang)}" if row["category"] else place
