"""What a chart shows before any library draws it: a tidy table of marks, a title that states the finding, its words."""

from dataclasses import dataclass, replace

import pandas as pd

from dashboard import data
from dashboard.answers.snapshot import ENOUGH, Snapshot, counted, units
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, listed, number, percent, say, unit_word
from dashboard.language.words import counted as in_words
from dashboard.view import View
from data_access import CITIES

COLUMNS = ["code", "label", "value", "text", "number", "mark", "detail"]
NEARLY_ALL = 0.9  # of the units: where so many are known, the lowest of them is worth a word
ONLY_HIGHEST = "worst_hromadas_only"  # the caveat of a list from which the low values are left out
TEXTS = ["label", "text", "number", "detail", "series_name", "raion"]


@dataclass(frozen=True)
class Marks:
    """`rows`: code, label, value (NaN where marked), text, number (alone, '' where marked), mark, detail.

    For charts over time also series, series_name, on, joined. For communities also raion and occupied.
    `ranges`: (first day, last day, lowest, highest) of figures that contradict one another.
    """

    rows: pd.DataFrame
    title: str
    subtitle: str
    alt: str
    chosen: str = ""
    classes: tuple[tuple[float, float], ...] = ()
    ranges: tuple[tuple[pd.Timestamp, pd.Timestamp, float, float], ...] = ()


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


def without_unknown(marks: Marks) -> Marks:
    """The marks of which a value is known, or why it is not shown."""
    return replace(marks, rows=marks.rows[marks.rows["mark"] != "x"])


def finding(view: View, shown: Snapshot) -> str:
    """What the values of the units say, in a sentence; the plain title where they may not be compared."""
    rows = shown.rows.dropna(subset="value").sort_values("value", ascending=False)
    title = headline_title(view)
    if rows.empty:
        return say("finding.nothing", view.lang, title=title)
    if not shown.charted:
        return say("finding.listed", view.lang, title=title)
    known, total = _counts(view, rows)
    text = _share(view, rows) or _highest(view, rows, total)
    return text if known == total else f"{text}; {_known(view, shown, known, total)}"


def _counts(view: View, rows: pd.DataFrame) -> tuple[int, int]:
    """How many oblasts or communities the rows tell of, and how many there are."""
    pair = rows["territory_code"], pd.Series(units(view.level, view.area))
    known, total = (int(counted(view.area, codes).sum()) if view.level else len(codes) for codes in pair)
    return known, total


def _share(view: View, rows: pd.DataFrame) -> str:
    """What part of the sum the three largest hold, where values may be added and there are many more than three."""
    indicator = data.registry()[view.indicator]
    if not indicator.additive or view.category or len(rows) < ENOUGH or rows["value"].sum() <= 0:
        return ""
    share = percent(100 * rows["value"].head(3).sum() / rows["value"].sum(), view.lang)
    names = figure_text.places(rows["territory_code"].head(3), view.lang)
    return say("finding.top_share", view.lang, names=names, share=share)


def _highest(view: View, rows: pd.DataFrame, total: int) -> str:
    """The highest value and, where nearly all units are known, the lowest; of ties how many share the highest."""
    texts = [figure_text.value_text(row, view.lang) for row in rows.iloc[[0, -1]].to_dict("records")]
    top, low = (data.territory_name(code, view.lang) for code in rows["territory_code"].iloc[[0, -1]])
    ties = [int((rows["value"] == end).sum()) for end in (rows["value"].max(), rows["value"].min())]
    if ties[0] > 1:
        return say("places.tie" if view.level else "finding.ties", view.lang, ties[0], value=texts[0])
    if len(rows) < NEARLY_ALL * total or ONLY_HIGHEST in data.registry()[view.indicator].caveats:
        return say("finding.highest", view.lang, top=top, top_value=texts[0])
    values = {"top": top, "top_value": texts[0], "low": low, "low_value": texts[1]}
    return say("finding.range" if ties[1] == 1 else "finding.tie", view.lang, **values)


def _known(view: View, shown: Snapshot, found: int, total: int) -> str:
    comparable = "places.comparable" if view.level else "finding.comparable"
    known = "places.known" if view.level else "finding.known"
    key = comparable if len(shown.beside) else known
    return say(key, view.lang, count=total, known=number(found, view.lang))


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
    """The sum where the values may be added, else `k of n oblasts` or communities where the title does not say it."""
    rows = shown.rows.dropna(subset="value")
    found, total = _counts(view, rows)
    known = number(found, view.lang)
    if shown.comparable and data.registry()[view.indicator].additive and shown.known:
        value = in_words(rows["value"].sum(), rows["unit"].iloc[0], view.lang)
        cities = [data.territory_name(code, view.lang) for code in rows["territory_code"] if code in CITIES]
        key = "figure.sum" if not view.level else "places.sum" if len(rows) == found else "places.sum_and"
        return say(key, view.lang, count=total, known=known, value=value, cities=listed(cities, view.lang))
    key = "places.reporting" if view.level else "figure.reporting"
    return "" if shown.charted else say(key, view.lang, count=total, known=known)


def mark_of(row: dict | None, lang: str) -> tuple[float, str, str, str, str]:
    value = float("nan") if row is None else row["value"]
    return (
        value,
        figure_text.value_text(row, lang),
        figure_text.signed(row, lang),
        figure_text.mark(row),
        "" if row is None else detail(row, lang),
    )


def detail(row: dict, lang: str) -> str:
    return f"{figure_text.when(row, lang)} · {figure_text.producer_name(row['producer'], lang)}"
