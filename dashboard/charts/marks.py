"""What a chart shows before any library draws it: a tidy table of marks, a title that states the finding, its words."""

from collections import Counter
from dataclasses import dataclass, field, replace

import pandas as pd

from dashboard import data
from dashboard.answers.snapshot import Snapshot, in_order, units
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, counted, day, listed, number, percent, say, term, unit_word
from dashboard.view import View

COLUMNS = ["code", "label", "value", "text", "number", "mark", "detail"]
TEXTS = ["label", "text", "number", "detail", "series_name", "raion"]


@dataclass(frozen=True)
class Marks:
    """`rows`: code, label, value (NaN where marked), text, number (text without its unit), mark, detail.

    For lines also series, series_name and on. For communities also raion and occupied.
    """

    rows: pd.DataFrame
    title: str
    subtitle: str
    alt: str
    chosen: str = ""
    classes: tuple[tuple[float, float], ...] = field(default=())


def plain(marks: Marks) -> Marks:
    """The marks for plotly, which takes `<b>` and `<a href>` in any text for HTML: every `<` as an entity."""
    texts = marks.rows.columns.intersection(TEXTS)
    rows = marks.rows.assign(**{name: marks.rows[name].str.replace("<", "&lt;", regex=False) for name in texts})
    return replace(marks, rows=rows)


def oblasts(view: View, shown: Snapshot) -> Marks:
    """A mark for each of the 27 oblasts, known or not, for the map, the bars and the table alike."""
    known = {row["territory_code"]: row for row in shown.rows.to_dict("records")}
    rows = pd.DataFrame(
        [(code, data.territory_name(code, view.lang), *mark_of(known.get(code), view.lang)) for code in data.oblasts()],
        columns=COLUMNS,
    )
    rows = rows.iloc[sorted(range(len(rows)), key=lambda i: alphabetical(rows["label"].iloc[i]))]
    rows = rows.sort_values("value", ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    found = finding(view, shown)
    alt = say("alt.map", view.lang, finding=found)
    return Marks(rows, found, subtitle(view, shown.rows), alt, view.area, classes(rows["value"].dropna()))


def trend(view: View, cells: pd.DataFrame) -> Marks:
    """Lines over time for one territory: one line per producer and unit, its points as published.

    A day whose value is marked keeps its place without a value, so that no line runs over it.
    """
    rows = cells.sort_values("period_end")
    known = rows[rows["value"].notna()]
    size = Counter(zip(known["producer"], known["unit"], strict=True))
    rows = rows[[size[key] > 1 for key in zip(rows["producer"], rows["unit"], strict=True)]]
    first = preferred_series(view, rows[rows["value"].notna()])
    told = rows.to_dict("records")
    table = pd.DataFrame(
        {
            "series": [f"{row['producer']}/{row['unit']}" for row in told],
            "series_name": [_series_name(row, view.lang) for row in told],
            "on": rows["period_end"].to_numpy(),
            "value": rows["value"].to_numpy(),
            "text": [figure_text.value_text(row, view.lang) for row in told],
            "mark": [figure_text.mark(row) for row in told],
            "detail": [_detail(row, view.lang) for row in told],
        }
    )
    title = trend_finding(view, first)
    return Marks(table, title, subtitle(view, first), say("alt.lines", view.lang, finding=title))


def preferred_series(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the line that the title speaks of: the preferred producer's, in its commonest unit."""
    rows = rows[rows["producer"].isin(in_order(rows["producer"].unique(), data.registry()[view.indicator])[:1])]
    return rows[rows["unit"] == rows["unit"].mode().iloc[0]] if len(rows) else rows


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


def finding(view: View, shown: Snapshot) -> str:
    """What the values of the units say, in a sentence; the plain title where they may not be compared."""
    indicator = data.registry()[view.indicator]
    rows = shown.rows.dropna(subset="value").sort_values("value", ascending=False)
    title = headline_title(view)
    if rows.empty:
        return say("finding.nothing", view.lang, title=title)
    if not shown.charted:
        return say("finding.listed", view.lang, title=title)
    names = [data.territory_name(code, view.lang, short=True) for code in rows["territory_code"]]
    if indicator.additive and rows["value"].sum() > 0 and not view.category:
        share = percent(100 * rows["value"].head(3).sum() / rows["value"].sum(), view.lang)
        known = number(len(rows), view.lang)
        key = "places.top_share" if view.level else "finding.top_share"
        return say(key, view.lang, names=listed(names[:3], view.lang), share=share, known=known)
    texts = [figure_text.value_text(row, view.lang) for row in rows.iloc[[0, -1]].to_dict("records")]
    highest = int((rows["value"] == rows["value"].max()).sum())
    if view.level and highest > 1:
        return say("places.tie", view.lang, value=texts[0], known=number(highest, view.lang))
    key = "finding.range" if (rows["value"] == rows["value"].min()).sum() == 1 else "finding.tie"
    top, low = (data.territory_name(code, view.lang) for code in rows["territory_code"].iloc[[0, -1]])
    return say(key, view.lang, top=top, top_value=texts[0], low=low, low_value=texts[-1])


def trend_finding(view: View, rows: pd.DataFrame) -> str:
    """From the first point to the last, with their dates."""
    title = headline_title(view)
    if rows.empty:
        return say("finding.nothing", view.lang, title=title)
    first, last = rows.iloc[0].to_dict(), rows.iloc[-1].to_dict()
    values = {f"{name}_day": figure_text.as_of(row, view.lang) for name, row in (("first", first), ("last", last))}
    values |= {"first": figure_text.value_text(first, view.lang), "last": figure_text.value_text(last, view.lang)}
    return say("finding.trend" if len(rows) > 1 else "finding.single", view.lang, title=title, **values)


def headline_title(view: View) -> str:
    """The indicator's title with the chosen category."""
    return figure_text.title(view.indicator, view.category, view.lang)


def subtitle(view: View, rows: pd.DataFrame) -> str:
    """Unit, as-of and producer of the rows, as far as they agree."""
    parts = []
    if rows["unit"].nunique() == 1:
        parts.append(unit_word(rows["unit"].iloc[0], 1000, view.lang))
    if rows["period_end"].nunique() == 1:
        parts.append(figure_text.when(rows.iloc[0].to_dict(), view.lang))
    if rows["producer"].nunique() == 1:
        parts.append(figure_text.producer_name(rows["producer"].iloc[0], view.lang))
    return " · ".join(parts)


def classes(values: pd.Series, count: int = 5) -> tuple[tuple[float, float], ...]:
    """The map's classes as (lowest, highest) of the values in each, never an empty one.

    Equal numbers of units in each; equal steps where so many values are the same that hardly a class were left.
    """
    if values.empty:
        return ()
    bins = pd.qcut(values.rank(method="min"), min(count, values.nunique()), duplicates="drop")
    if bins.nunique() < min(3, values.nunique()):
        bins = pd.cut(values, count)
    groups = values.groupby(bins, observed=True)
    return tuple((float(low), float(high)) for low, high in zip(groups.min(), groups.max(), strict=True))


def reporting(view: View, shown: Snapshot) -> str:
    """`k of n oblasts` or communities, with the sum where the values may be added."""
    count = {"known": number(shown.known, view.lang), "all": number(len(units(view.level, view.area)), view.lang)}
    if shown.comparable and data.registry()[view.indicator].additive and shown.known:
        value = counted(shown.rows["value"].sum(), shown.rows["unit"].iloc[0], view.lang)
        return say("places.sum" if view.level else "figure.sum", view.lang, **count, value=value)
    return say("places.reporting" if view.level else "figure.reporting", view.lang, **count)


def mark_of(row: dict | None, lang: str) -> tuple[float, str, str, str, str]:
    value = float("nan") if row is None else row["value"]
    return (
        value,
        figure_text.value_text(row, lang),
        figure_text.value_text(row, lang, unit=False),
        figure_text.mark(row),
        "" if row is None else _detail(row, lang),
    )


def _detail(row: dict, lang: str) -> str:
    return f"{figure_text.when(row, lang)} · {figure_text.producer_name(row['producer'], lang)}"


def _series_name(row: dict, lang: str) -> str:
    return f"{figure_text.producer_name(row['producer'], lang)}, {unit_word(row['unit'], 1000, lang)}"
