"""The official status of a unit (order No. 376): now in a sentence, through time as a band, row by row as a table."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from dashboard import data
from dashboard.answers import unit
from dashboard.answers.freshness import edition_words, status_edition
from dashboard.answers.status_periods import STATUSES, bands, periods, since, status_now
from dashboard.charts import palette
from dashboard.language.words import alphabetical, counted, day, number, percent, ranged, say, sentence, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import kept, kept_of_place
from dashboard.parts.choices import show_all
from dashboard.parts.html import tag
from dashboard.view import View

LABEL = 10  # percent of a band 358 pixels wide that the label of a year takes
MOST_LISTED = 6  # periods told one by one; more are folded
OFFICIAL_COLUMNS = ("official_unit", "status", "from_day", "to_day", "scope")


def told(view: View) -> Markup:
    """The status now in a sentence, with the edition's day and source; nothing where no edition is loaded."""
    newest = unit.edition()
    if newest is None:
        return html.NOTHING
    edition = say("timeline.edition", view.lang, edition=edition_words(newest[0], view.lang))
    return html.joined((_now(view), " ", edition, " (", html.source_link(newest[1], view.lang), ")."))


def _now(view: View) -> str:
    lang, stretches = view.lang, bands(view.area)
    if status_now(view.area) in palette.STATUS:
        status = _shares(view) or term("category", status_now(view.area), lang)
        return say(
            "timeline.now", lang, status=status, since=_day(since(view.area, stretches[-1][0], stretches[-1][2]), lang)
        )
    if stretches:
        return say(
            "timeline.over", lang, status=term("category", stretches[-1][2], lang), day=_day(stretches[-1][1], lang)
        )
    if counts := inside(view):
        return say("timeline.inside", lang, counts=_counts(counts, lang))
    return say("timeline.never", lang)


def _shares(view: View) -> str:
    """The statuses of the settlements with their shares, where they differ; else ''."""
    if not periods(view.area)[-1]["mixed"]:
        return ""
    rows = unit.headlines(view.area, audience=view.audience, release=view.release)
    known = [(rows.get(("settlements_share_by_status", status), {}).get("value", 0), status) for status in STATUSES]
    known = sorted(((share, status) for share, status in known if share > 0), reverse=True)
    return ", ".join(f"{term('category', status, view.lang)} ({percent(share, view.lang)})" for share, status in known)


def inside(view: View) -> Counter:
    """How many hromadas of a raion or region have which status now."""
    return Counter(unit.status_by_hromada(view.area, release=view.release).values())


def _counts(counts: Counter, lang: str) -> str:
    present = [(term("category", status, lang), counts[status]) for status in STATUSES if counts[status]]
    return "; ".join(say("timeline.count", lang, count=count, status=words) for words, count in present)


def _day(value: pd.Timestamp, lang: str) -> str:
    return day(value, "day", lang)


def ribbon(view: View) -> Markup:
    """The page's picture: the status through time as a patterned band; of an oblast its communities by status now."""
    stretches = periods(view.area)
    if unit.edition() is None:
        return html.NOTHING
    if bands(view.area):
        return band(stretches, [_period(view.area, one, view.lang) for one in stretches], view.lang)
    counts = inside(view)
    title = say("timeline.hromadas", view.lang, count=counts.total()) if counts else ""
    return _shared_out(counts, title, view.lang) if counts else html.NOTHING


@kept
def course(view: View) -> Markup:
    """The status through time in words, and the official rows as a table."""
    newest, stretches = unit.edition(), periods(view.area)
    if newest is None:
        return html.NOTHING
    pieces = [tag("h2", say("timeline.title", view.lang))]
    if bands(view.area):
        told = [_period(view.area, one, view.lang) for one in stretches]
        pieces += [_listed(told, view.lang), _rows_table(view)]
    elif data.territory(view.area)["level"] == "hromada" or not inside(view):
        pieces.append(tag("p", say("timeline.never", view.lang)))
    else:
        pieces.append(tag("p", say("timeline.unit_unlisted", view.lang)))
    pieces += [
        html.note(status_edition(view.lang)),
        _inside(view),
        html.source_line([{"source_id": newest[1]}], view.lang),
    ]
    return html.joined(pieces)


def band(stretches: Sequence[dict], told: Sequence[str], lang: str) -> Markup:
    """A band of patterned stretches with the years below; its text alternative names every period."""
    first, last = stretches[0]["first"], stretches[-1]["last"]
    days = (last - first).days + 1
    parts = [_part(one["status"], (one["last"] - one["first"]).days + 1) for one in stretches]
    begun = {
        year: 100 * (pd.Timestamp(year, 1, 1) - first).days / days for year in range(first.year + 1, last.year + 1)
    }
    years = [tag("span", str(year), style=f"inset-inline-start:{at:.1f}%") for year, at in legible(begun)]
    alt = say("timeline.alt", lang, periods="; ".join(told))
    return html.joined(
        (
            tag("div", *parts, cls="band", role="img", aria_label=alt),
            tag("div", *years, cls="years", aria_hidden="true"),
            legend([one["status"] for one in stretches], lang),
        )
    )


def legible(begun: Mapping[int, float]) -> list[tuple[int, float]]:
    """Of the years and their places in percent those whose labels stand clear on a phone: evenly spaced, none cut."""
    apart = min((after - before for before, after in pairwise(begun.values())), default=100)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if step * apart >= LABEL or step == 50)
    return [(year, at) for year, at in begun.items() if year % step == 0 and at <= 100 - LABEL]


def _part(status: str, size: float) -> Markup:
    return tag("span", cls=f"status {status}", style=f"flex-grow:{size}")


def legend(statuses: Iterable[str], lang: str, counts: Counter | None = None) -> Markup:
    """Patterned patches of the statuses present, the most severe first, with how many there are of each."""
    present = set(statuses)
    items = [_key(status, lang, counts) for status in STATUSES if status in present]
    return tag("ul", *items, cls="legend", aria_label=say("timeline.legend", lang))


def _key(status: str, lang: str, counts: Counter | None) -> Markup:
    number_of = (": ", tag("strong", counted(counts[status], "hromadas", lang))) if counts else ()
    words = sentence(term("category", status, lang))
    return tag("li", tag("span", cls=f"patch status {status}"), words, *number_of)


def _listed(told: Sequence[str], lang: str) -> Markup:
    """Every period in words."""
    content = tag("ul", *(tag("li", sentence(words)) for words in told), cls="periods")
    count = len(told)
    return content if count <= MOST_LISTED else html.folded(say("timeline.periods", lang, count=count), content)


def _period(code: str, one: dict, lang: str) -> str:
    """A period in words: its days, its status, what does not hold for the whole unit."""
    first, last = _day(since(code, one["first"], one["status"]), lang), _day(one["last"], lang)
    edition = unit.edition()
    still = edition is not None and one["last"] == edition[0]
    days = say("timeline.still", lang, day=first) if still else ranged(first, last)
    notes = [say(f"timeline.note_{note}", lang) for note in ("mixed", "partly") if one[note]]
    words = f"{days}: {term('category', one['status'], lang)}"
    return f"{words} ({', '.join(notes)})" if notes else words


def _rows_table(view: View) -> Markup:
    """The rows of the official list as they stand there."""
    rows = unit.status_rows(view.area)
    lines = [_row(row, view.lang) for row in rows]
    caption = say("timeline.rows", view.lang, count=len(rows))
    return html.folded(caption, html.table(caption, html.heads(view.lang, *OFFICIAL_COLUMNS), lines))


def _row(row: dict, lang: str) -> tuple[str, ...]:
    last = say("timeline.open", lang) if pd.isna(row["end_on"]) else _day(row["end_on"], lang)
    return (
        tag("span", row["unit_name_uk"], lang="uk"),
        sentence(term("category", row["status"], lang)),
        _day(row["start_on"], lang),
        last,
        say(f"timeline.scope_{row['scope']}", lang),
    )


def _inside(view: View) -> Markup:
    """The hromadas of a raion or region by status now, one by one."""
    statuses, lang = unit.status_by_hromada(view.area, release=view.release), view.lang
    if not statuses:
        return html.NOTHING
    codes = sorted(statuses, key=lambda code: alphabetical(data.territory_name(code, lang)))
    lines = [(data.territory_name(code, lang), sentence(term("category", statuses[code], lang))) for code in codes]
    title = say("timeline.hromadas", lang, count=len(codes))
    if not view.all:
        return show_all(view, title)
    table = html.table(title, html.heads(lang, "community", "status_now"), lines)
    return html.joined((tag("h3", title), table))


def _shared_out(counts: Counter, title: str, lang: str) -> Markup:
    """Hromadas by status as a patterned band with its legend."""
    parts = [_part(status, counts[status]) for status in STATUSES if counts[status]]
    alt = f"{title}: {_counts(counts, lang)}"
    return html.joined((tag("div", *parts, cls="band", role="img", aria_label=alt), legend(counts, lang, counts)))


@kept_of_place
def by_region(view: View, regions: Sequence[str]) -> Markup:
    """All hromadas of the country by status now, and a table of the regions; nothing where no edition is loaded."""
    lang, newest, counts = view.lang, unit.edition(), inside(view)
    if newest is None or not counts:
        return html.NOTHING
    title = say("timeline.hromadas", lang, count=counts.total())
    heads = [say("column.territory", lang), *(sentence(term("category", status, lang)) for status in STATUSES)]
    lines = []
    for code in regions:
        here = Counter(unit.status_by_hromada(code, release=view.release).values())
        shown = [number(here[status], lang) if here else html.abbreviation("z", lang) for status in STATUSES]
        lines.append([data.territory_name(code, lang), *shown])
    note = html.note(status_edition(lang))
    source = html.source_line([{"source_id": newest[1]}], lang)
    pieces = (tag("h2", title), _shared_out(counts, title, lang), html.table(title, heads, lines), note, source)
    return html.joined(pieces)
