"""The official status of a unit (order No. 376): now in a sentence, through time as a band, row by row as a table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from dashboard import data
from dashboard.answers import unit
from dashboard.answers.status_periods import STATUSES, bands, periods, since, status_now
from dashboard.charts import palette
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, counted, day, number, percent, say, sentence, term
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing_of_place
from dashboard.view import View

MOST_LISTED = 6  # periods told one by one; more are folded
OFFICIAL_COLUMNS = ("official_unit", "status", "from_day", "to_day", "scope")


def told(view: View) -> str:
    """The status now in a sentence, as HTML with the edition's day and source; '' where no edition is loaded."""
    newest = unit.edition()
    if newest is None:
        return ""
    edition = say("timeline.edition", view.lang, day=day(newest[0], "day", view.lang))
    return f"{escape(_now(view))} {escape(edition)} ({figure_text.source_link(newest[1], view.lang)})."


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


@cached_drawing_of_place
def course(view: View) -> None:
    """The status through time as a patterned band, the same in words, and the official rows as a table."""
    newest, stretches = unit.edition(), periods(view.area)
    if newest is None:
        return
    pieces = [f"<h2>{say('timeline.title', view.lang)}</h2>"]
    if bands(view.area):
        told = [_period(view.area, one, view.lang) for one in stretches]
        pieces += [band(stretches, told, view.lang), _listed(told, view.lang), _rows_table(view)]
    elif data.territory(view.area)["level"] == "hromada" or not inside(view):
        pieces.append(f"<p>{say('timeline.never', view.lang)}</p>")
    else:
        pieces.append(f"<p>{say('timeline.unit_unlisted', view.lang)}</p>")
    pieces += [_inside(view), html.source_line([{"source_id": newest[1]}], view.lang)]
    block(*pieces)


def band(stretches: Sequence[dict], told: Sequence[str], lang: str) -> str:
    """A band of patterned stretches with the years below; its text alternative names every period."""
    first, last = stretches[0]["first"], stretches[-1]["last"]
    days = (last - first).days + 1
    parts = "".join(_part(one["status"], (one["last"] - one["first"]).days + 1) for one in stretches)
    years = "".join(
        f'<span style="inset-inline-start:{100 * (pd.Timestamp(year, 1, 1) - first).days / days:.1f}%">{year}</span>'
        for year in range(first.year + 1, last.year + 1)
    )
    alt = say("timeline.alt", lang, periods="; ".join(told))
    shown = [one["status"] for one in stretches]
    return (
        f'<div class="band" role="img" aria-label="{escape(alt)}">{parts}</div>'
        f'<div class="years" aria-hidden="true">{years}</div>{legend(shown, lang)}'
    )


def _part(status: str, size: float) -> str:
    return f'<span class="status {status}" style="flex-grow:{size}"></span>'


def legend(statuses: Iterable[str], lang: str, counts: Counter | None = None) -> str:
    """Patterned patches of the statuses present, the most severe first, with how many there are of each."""
    present = set(statuses)
    items = "".join(
        f'<li><span class="patch status {status}"></span>{escape(sentence(term("category", status, lang)))}'
        + (f": <strong>{escape(counted(counts[status], 'hromadas', lang))}</strong>" if counts else "")
        + "</li>"
        for status in STATUSES
        if status in present
    )
    return f'<ul class="legend" aria-label="{say("timeline.legend", lang)}">{items}</ul>'


def _listed(told: Sequence[str], lang: str) -> str:
    """Every period in words."""
    items = "".join(f"<li>{escape(sentence(words))}</li>" for words in told)
    content = f'<ul class="periods">{items}</ul>'
    count = len(told)
    return content if count <= MOST_LISTED else html.folded(say("timeline.periods", lang, count=count), content)


def _period(code: str, one: dict, lang: str) -> str:
    """A period in words: its days, its status, what does not hold for the whole unit."""
    first, last = _day(since(code, one["first"], one["status"]), lang), _day(one["last"], lang)
    edition = unit.edition()
    still = edition is not None and one["last"] == edition[0]
    days = say("timeline.still", lang, day=first) if still else f"{first}–{last}"
    notes = [say(f"timeline.note_{note}", lang) for note in ("mixed", "partly") if one[note]]
    words = f"{days}: {term('category', one['status'], lang)}"
    return f"{words} ({', '.join(notes)})" if notes else words


def _rows_table(view: View) -> str:
    """The rows of the official list as they stand there."""
    rows = unit.status_rows(view.area)
    lines = [_row(row, view.lang) for row in rows]
    caption = say("timeline.rows", view.lang, count=len(rows))
    return html.folded(caption, html.table(caption, html.heads(view.lang, *OFFICIAL_COLUMNS), lines))


def _row(row: dict, lang: str) -> tuple[str, ...]:
    last = say("timeline.open", lang) if pd.isna(row["end_on"]) else _day(row["end_on"], lang)
    return (
        f'<span lang="uk">{escape(row["unit_name_uk"])}</span>',
        escape(sentence(term("category", row["status"], lang))),
        escape(_day(row["start_on"], lang)),
        escape(last),
        escape(say(f"timeline.scope_{row['scope']}", lang)),
    )


def _inside(view: View) -> str:
    """The hromadas of a raion or region by status now: a patterned band, and one by one."""
    statuses, lang = unit.status_by_hromada(view.area, release=view.release), view.lang
    if not statuses:
        return ""
    codes = sorted(statuses, key=lambda code: alphabetical(data.territory_name(code, lang)))
    lines = [
        (escape(data.territory_name(code, lang)), escape(sentence(term("category", statuses[code], lang))))
        for code in codes
    ]
    title = say("timeline.hromadas", lang, count=len(codes))
    table = html.table(title, html.heads(lang, "community", "status_now"), lines)
    return f"<h3>{title}</h3>{_shared_out(inside(view), title, lang)}{html.folded(say('figure.table', lang), table)}"


def _shared_out(counts: Counter, title: str, lang: str) -> str:
    """Hromadas by status as a patterned band with its legend."""
    parts = "".join(_part(status, counts[status]) for status in STATUSES if counts[status])
    alt = escape(f"{title}: {_counts(counts, lang)}")
    return f'<div class="band" role="img" aria-label="{alt}">{parts}</div>{legend(counts, lang, counts)}'


@cached_drawing_of_place
def by_region(view: View, regions: Sequence[str]) -> None:
    """All hromadas of the country by status now, and a table of the regions; nothing where no edition is loaded."""
    lang, newest, counts = view.lang, unit.edition(), inside(view)
    if newest is None or not counts:
        return
    title = say("timeline.hromadas", lang, count=counts.total())
    heads = [say("column.territory", lang), *(sentence(term("category", status, lang)) for status in STATUSES)]
    lines = []
    for code in regions:
        here = Counter(unit.status_by_hromada(code, release=view.release).values())
        shown = [number(here[status], lang) if here else html.abbreviation("z", lang) for status in STATUSES]
        lines.append([escape(data.territory_name(code, lang)), *shown])
    edition = f'<p class="note">{escape(say("timeline.edition", lang, day=_day(newest[0], lang)))}.</p>'
    source = html.source_line([{"source_id": newest[1]}], lang)
    block(f"<h2>{title}</h2>", _shared_out(counts, title, lang), html.table(title, heads, lines), edition, source)
