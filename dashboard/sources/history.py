"""The sources page: releases with what each changed, corrections, withdrawals."""

from markupsafe import Markup

from dashboard import data
from dashboard.language.words import counted, day, number, say, unknown
from dashboard.parts import html
from dashboard.parts.html import tag
from dashboard.view import View

RELEASE_COLUMNS = ("release", "published", "cells", "changes", "checksum")
CORRECTION_COLUMNS = ("indicator", "territory", "as_of", "correction", "reason", "release", "recorded")
WITHDRAWAL_COLUMNS = ("withdrawn", "cells", "reason")
COUNTS = ("new", "changed", "vanished")


def releases(view: View) -> Markup:
    """All releases, those after a pinned one left out: name, day, number of values, what changed, checksum."""
    rows = data.table("releases").to_dict("records")
    first = next((place for place, row in enumerate(rows) if row["name"] == view.release), 0)
    lines = [
        (
            row["name"],
            day(row["published_at"], "day", view.lang),
            number(row["cells"], view.lang),
            _changes(row, view.lang),
            tag("code", f"{row['sha256'][:16]}…"),
        )
        for row in rows[first:]
    ]
    table = html.table(say("record.releases", view.lang), html.heads(view.lang, *RELEASE_COLUMNS), lines)
    return html.joined((tag("h2", say("record.releases", view.lang)), table))


def corrections(view: View) -> Markup:
    """Every correction: which figure, what it was and is, why, since which release; or that there were none."""
    lang, rows = view.lang, data.table("corrections").to_dict("records")
    title = tag("h2", say("history.corrections", lang))
    if not rows:
        return html.joined((title, tag("p", say("history.no_corrections", lang))))
    lines = [_correction(row, lang) for row in rows]
    return html.joined(
        (title, html.table(say("history.corrected", lang), html.heads(lang, *CORRECTION_COLUMNS), lines))
    )


def withdrawals(view: View) -> Markup:
    """That figures were withdrawn, when, how many and why, never which; or that there were none."""
    lang, rows = view.lang, data.table("withdrawals").to_dict("records")
    title = tag("h2", say("history.withdrawals", lang))
    if not rows:
        return html.joined((title, tag("p", say("history.no_withdrawals", lang))))
    lines = [(day(row["withdrawn_at"], "day", lang), number(row["cells"], lang), row[f"reason_{lang}"]) for row in rows]
    table = html.table(say("history.withdrawn", lang), html.heads(lang, *WITHDRAWAL_COLUMNS), lines)
    return html.joined((title, tag("p", say("history.withdrawals_note", lang)), table))


def _changes(release: dict, lang: str) -> str:
    """What a release changed in a line, folded out per indicator."""
    rows = data.table("changes_by_release")
    rows = rows[rows["release"] == release["name"]].to_dict("records")
    items = [tag("li", f"{_title(row['indicator'], lang)}: {_counts(row, lang)}") for row in rows]
    return html.folded(_counts(release, lang), tag("ul", *items)) if items else _counts(release, lang)


def _counts(row: dict, lang: str) -> str:
    """How many public values; a release may bring members' figures or peer groups alone."""
    if not any(row[word] for word in COUNTS):
        return say("record.unchanged", lang)
    return say("record.changed", lang, **{word: number(row[word], lang) for word in COUNTS})


def _correction(row: dict, lang: str) -> tuple[str, ...]:
    old, new = (_value(row[name], row["unit"], lang) for name in ("old_value", "new_value"))
    return (
        _title(row["indicator"], lang),
        data.territory_name(row["territory_code"], lang),
        day(row["period_end"], "day", lang),
        f"{old} → {new}",
        row[f"reason_{lang}"],
        row["release"],
        day(row["recorded_at"], "day", lang),
    )


def _value(value: float, unit: str, lang: str) -> str:
    return say("history.no_value", lang) if unknown(value) else counted(value, unit, lang)


def _title(indicator: str, lang: str) -> str:
    known = data.registry().get(indicator)
    return known.title[lang] if known else say("history.former_indicator", lang)
