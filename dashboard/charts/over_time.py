"""Charts over time before any library draws them: lines of what is a series, points of what is none, in true words."""

import pandas as pd

from dashboard import data
from dashboard.answers import course
from dashboard.charts import signs
from dashboard.charts.marks import Marks, detail, headline_title, subtitle
from dashboard.language import figure_text
from dashboard.language.words import counted, day, number, ranged, say, term, unit_word
from dashboard.view import View

MOST_SERIES = 4  # that can be told apart


def trend(view: View, cells: pd.DataFrame) -> Marks:
    """Figures over time of one territory: a line for each series, points for what is none; no rows where a table does.

    A day whose value is marked keeps its place without a value, so that no line runs over it.
    """
    rows = course.course(cells, view.indicator)
    told, conflicts = rows.to_dict("records"), course.conflicts(rows)
    table = pd.DataFrame(
        {
            "series": rows["series"],
            "series_name": _series_names(rows, view.lang),
            "on": rows["period_end"],
            "value": rows["value"],
            "text": [figure_text.value_text(row, view.lang) for row in told],
            "mark": [figure_text.mark(row) for row in told],
            "detail": [detail(row, view.lang) for row in told],
            "joined": rows["joined"],
        }
    )
    pictured = course.pictured(rows)
    title = trend_finding(view, rows) if pictured else headline_title(view)
    title = "; ".join((title, *(conflict_text(one, view.lang) for one in conflicts[-1:])))
    first = next((part for _, part in course.lines(rows)), rows)
    alt = say("alt.lines", view.lang, finding=title)
    ranges = tuple((one.first, one.last, one.low["value"], one.high["value"]) for one in conflicts)
    return Marks(
        _fewer(table, view.lang) if pictured else table.head(0), title, subtitle(view, first), alt, ranges=ranges
    )


def _fewer(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """As many names as can be told apart: where there are more, all from the fourth on are points of one kind."""
    names = list(table["series_name"].unique())
    rest = table["series_name"].isin(names[MOST_SERIES - 1 :] if len(names) > MOST_SERIES else [])
    others = {"series": "others", "series_name": say("finding.other_producers", lang), "joined": False}
    return table.assign(**{name: table[name].mask(rest, value) for name, value in others.items()})


def trend_finding(view: View, rows: pd.DataFrame) -> str:
    """From the first point of the first line to its last; where there is no line, how many figures there are."""
    title, line = headline_title(view), next((part for _, part in course.lines(rows)), None)
    known = rows[rows["value"].notna()].sort_values("period_end", kind="stable") if line is None else line
    first, last = known.iloc[0].to_dict(), known.iloc[-1].to_dict()
    days = {f"{name}_day": figure_text.as_of(row, view.lang) for name, row in (("first", first), ("last", last))}
    if line is None:
        return say("finding.statements", view.lang, title=title, count=len(known), days=ranged(*days.values()))
    values = days | {"first": figure_text.value_text(first, view.lang), "last": figure_text.value_text(last, view.lang)}
    return say("finding.trend", view.lang, title=title, **values)


def conflict_text(one: course.Conflict, lang: str) -> str:
    """That sources contradict each other: the lowest figure and the highest, each with its day."""
    ends = {"low": one.low, "high": one.high}
    words = {name: figure_text.value_text(row, lang) for name, row in ends.items()}
    return say(
        "finding.conflict", lang, **words, **{f"{name}_day": figure_text.as_of(row, lang) for name, row in ends.items()}
    )


def legend(marks: Marks, lang: str) -> list[tuple[str, str]]:
    """Letters of the shapes that need words: statements beside a line, and signs of marks."""
    loose = bool((~marks.rows["joined"] & marks.rows["value"].notna()).any())
    return [*([("⊙", say("finding.loose", lang))] if loose else []), *signs.legend(marks.rows, lang)]


def statuses(view: View, cells: pd.DataFrame) -> Marks:
    """Communities by territorial status, month by month."""
    rows = cells[cells["category"] != "no_open_status"].sort_values("period_end")
    table = pd.DataFrame(
        {
            "series": rows["category"],
            "series_name": [term("category", code, view.lang) for code in rows["category"]],
            "on": rows["period_end"],
            "value": rows["value"],
            "text": [figure_text.value_text(row, view.lang, unit=False) for row in rows.to_dict("records")],
            "mark": [figure_text.mark(row) for row in rows.to_dict("records")],
            "detail": [day(on, "day", view.lang) for on in rows["period_end"]],
        }
    )
    last = table[table["on"] == table.loc[~table["on"].isin(table.loc[table["value"].isna(), "on"]), "on"].max()]
    occupied = last.loc[last["series"] == "temporarily_occupied", "value"].sum()
    title = say(
        "finding.status_now" if view.area == data.COUNTRY else "finding.status_here",
        view.lang,
        total=counted(last["value"].sum(), "hromadas", view.lang),
        occupied=number(occupied, view.lang),
    )
    return Marks(table, title, subtitle(view, rows.tail(1)), say("alt.lines", view.lang, finding=title))


def _series_names(rows: pd.DataFrame, lang: str) -> list[str]:
    """Who measured each row, in short where that tells producers apart; with the unit where there are several."""
    short = {code: figure_text.producer_short(code, lang) for code in rows["producer"].unique()}
    if len(set(short.values())) < len(short):
        short = {code: figure_text.producer_name(code, lang) for code in short}
    if rows["unit"].nunique() < 2:
        return [short[code] for code in rows["producer"]]
    pairs = zip(rows["producer"], rows["unit"], strict=True)
    return [f"{short[code]}, {unit_word(unit, 1000, lang)}" for code, unit in pairs]
