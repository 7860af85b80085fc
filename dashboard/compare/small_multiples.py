"""Over time: my line before those of the group, a small picture for each indicator that has one."""

import pandas as pd
from markupsafe import Markup

import dashboard.compare.choices as choices
import data_access
from dashboard import data
from dashboard.answers.course import course
from dashboard.answers.measurement import measurements
from dashboard.answers.peer_values import Values
from dashboard.answers.peers import group_of
from dashboard.answers.rates import divided, rate_unit
from dashboard.compare.small_lines import small_lines
from dashboard.language import figure_text
from dashboard.language.words import day, say, sentence, unit_word
from dashboard.parts import html
from dashboard.parts.html import tag
from dashboard.view import View, breakdown_of

FEWEST_POINTS = 3  # of a line: two points are no course


def over_time(view: View, found: dict[str, Values]) -> Markup:
    """A small picture for each indicator of which the unit has three dated values or more; two are told in words."""
    pieces = [_multiple(view, choice, values) for choice, values in found.items()]
    title = tag("h2", say("compare.over_time", view.lang))
    return html.joined((title, tag("div", *pieces, cls="multiples"))) if any(pieces) else html.NOTHING


def lines(view: View, choice: str, values: Values) -> pd.DataFrame:
    """The whole values of the unit and its group by the measurement's producer, in its unit: one a unit and day.

    Divided as the page is; units that have two days or more; empty where mine is not among them.
    """
    indicator, category = choices.parts(choice)
    found = measurements(indicator, category, audience=view.audience, release=view.release)
    days = {one.end for one in found if view.area in one.known}
    if len(days) < 2:
        return pd.DataFrame(columns=data_access.FRAME_COLUMNS)
    breakdown = breakdown_of(indicator, category)
    cells = data.cells(indicator, breakdown=breakdown, audience=view.audience, release=view.release)
    unit = cells["unit"].map(lambda one: rate_unit(one, values.per))
    same = (cells["producer"] == values.producer) & (unit == values.unit) & (cells["coverage"] == "")
    cells = cells[same & (cells["category"] == category) & cells["value"].notna()]
    cells = cells[cells["territory_code"].isin([view.area, *group_of(view).codes])].sort_values("published_on")
    cells = cells.drop_duplicates(["territory_code", "period_end"], keep="last").sort_values("period_end")
    cells = cells[cells.groupby("territory_code")["period_end"].transform("size") > 1]
    if not (cells["territory_code"] == view.area).any():
        return cells.iloc[:0]
    by_day = [divided(view, one, indicator, values.per) for _, one in cells.groupby("period_end")]
    return pd.concat(by_day).dropna(subset="value")


def _multiple(view: View, choice: str, values: Values) -> Markup:
    """One picture with its title, its ends and what it shows in words; of two values the words; nothing of one."""
    rows = lines(view, choice, values)
    own = rows[rows["territory_code"] == view.area].to_dict("records")
    if len(own) < 2:
        return html.NOTHING
    title, told = tag("h3", choices.title(choice, view.lang)), _told(view, own)
    if len(own) < FEWEST_POINTS:
        return tag("figure", title, tag("p", told))
    series = {code: _series(one, values.indicator) for code, one in rows.groupby("territory_code")}
    line = series.pop(view.area)
    others = [one for one in series.values() if one]
    span, highest = (rows["period_end"].min(), rows["period_end"].max()), rows["value"].max()
    picture = small_lines(_points(pd.DataFrame(own)), line, others, *span, highest)
    told += "" if line else f" {say('compare.statements', view.lang)}"
    told += " " + say("compare.lines_others", view.lang, count=len(others)) if others else ""
    unit = own[0]["unit"]
    return tag(
        "figure",
        title,
        tag("p", f"{figure_text.bare(highest, unit, view.lang)} {unit_word(unit, highest, view.lang)}", cls="meta"),
        tag("img", src=picture, alt=told),
        tag("p", *(tag("span", day(one, "day", view.lang)) for one in span), cls="ends"),
        tag("figcaption", told, cls="note"),
    )


def _series(rows: pd.DataFrame, indicator: str) -> list[tuple]:
    """Those points of a unit that are one series; none where its figures are single statements."""
    told = course(rows, indicator)
    return _points(told[told["joined"] & told["value"].notna()].sort_values("period_end"))


def _points(rows: pd.DataFrame) -> list[tuple]:
    return list(zip(rows["period_end"], rows["value"], strict=True))


def _told(view: View, own: list[dict]) -> str:
    """From the first point of my line to the last."""
    ends = {name: figure_text.value_text(row, view.lang) for name, row in (("first", own[0]), ("last", own[-1]))}
    ends |= {f"{name}_day": figure_text.as_of(row, view.lang) for name, row in (("first", own[0]), ("last", own[-1]))}
    place = data.territory_name(view.area, view.lang)
    return sentence(say("compare.line_mine", view.lang, place=place, **ends)) + "."
