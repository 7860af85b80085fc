"""The sources page: releases with what each changed, corrections, withdrawals."""

from html import escape

from dashboard import data
from dashboard.language.words import counted, day, number, say, unknown
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing_of_place
from dashboard.view import View

RELEASE_COLUMNS = ("release", "published", "cells", "changes", "checksum")
CORRECTION_COLUMNS = ("indicator", "territory", "as_of", "correction", "reason", "release", "recorded")
WITHDRAWAL_COLUMNS = ("withdrawn", "cells", "reason")
COUNTS = ("new", "changed", "vanished")


@cached_drawing_of_place
def releases(view: View) -> None:
    """All releases, those after a pinned one left out: name, day, number of values, what changed, checksum."""
    rows = data.table("releases").to_dict("records")
    first = next((place for place, row in enumerate(rows) if row["name"] == view.release), 0)
    lines = [
        (
            escape(row["name"]),
            escape(day(row["published_at"], "day", view.lang)),
            number(row["cells"], view.lang),
            _changes(row, view.lang),
            f"<code>{escape(row['sha256'][:16])}…</code>",
        )
        for row in rows[first:]
    ]
    table = html.table(say("record.releases", view.lang), html.heads(view.lang, *RELEASE_COLUMNS), lines)
    block(f"<h2>{say('record.releases', view.lang)}</h2>", table)


@cached_drawing_of_place
def corrections(view: View) -> None:
    """Every correction: which figure, what it was and is, why, since which release; or that there were none."""
    lang, rows = view.lang, data.table("corrections").to_dict("records")
    title = f"<h2>{say('history.corrections', lang)}</h2>"
    if not rows:
        block(title, f"<p>{say('history.no_corrections', lang)}</p>")
        return
    lines = [_correction(row, lang) for row in rows]
    block(title, html.table(say("history.corrected", lang), html.heads(lang, *CORRECTION_COLUMNS), lines))


@cached_drawing_of_place
def withdrawals(view: View) -> None:
    """That figures were withdrawn, when, how many and why, never which; or that there were none."""
    lang, rows = view.lang, data.table("withdrawals").to_dict("records")
    title = f"<h2>{say('history.withdrawals', lang)}</h2>"
    if not rows:
        block(title, f"<p>{say('history.no_withdrawals', lang)}</p>")
        return
    lines = [
        (escape(day(row["withdrawn_at"], "day", lang)), number(row["cells"], lang), escape(row[f"reason_{lang}"]))
        for row in rows
    ]
    table = html.table(say("history.withdrawn", lang), html.heads(lang, *WITHDRAWAL_COLUMNS), lines)
    block(title, f"<p>{say('history.withdrawals_note', lang)}</p>", table)


def _changes(release: dict, lang: str) -> str:
    """What a release changed in a line, folded out per indicator."""
    rows = data.table("changes_by_release")
    rows = rows[rows["release"] == release["name"]].to_dict("records")
    items = "".join(f"<li>{escape(_title(row['indicator'], lang))}: {_counts(row, lang)}</li>" for row in rows)
    return html.folded(_counts(release, lang), f"<ul>{items}</ul>") if items else _counts(release, lang)


def _counts(row: dict, lang: str) -> str:
    """How many public values; a release may bring members' figures or peer groups alone."""
    if not any(row[word] for word in COUNTS):
        return say("record.unchanged", lang)
    return say("record.changed", lang, **{word: number(row[word], lang) for word in COUNTS})


def _correction(row: dict, lang: str) -> tuple[str, ...]:
    old, new = (_value(row[name], row["unit"], lang) for name in ("old_value", "new_value"))
    return (
        escape(_title(row["indicator"], lang)),
        escape(data.territory_name(row["territory_code"], lang)),
        escape(day(row["period_end"], "day", lang)),
        f"{escape(old)} → {escape(new)}",
        escape(row[f"reason_{lang}"]),
        escape(row["release"]),
        escape(day(row["recorded_at"], "day", lang)),
    )


def _value(value: float, unit: str, lang: str) -> str:
    return say("history.no_value", lang) if unknown(value) else counted(value, unit, lang)


def _title(indicator: str, lang: str) -> str:
    known = data.registry().get(indicator)
    return known.title[lang] if known else indicator
