"""What a page is made of. What does not answer clicks is drawn once for a view, and replayed."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.address.visitor import current, go
from dashboard.answers import snapshot
from dashboard.language import figure_text
from dashboard.language.words import day, number, say, sentence
from dashboard.parts import html
from dashboard.parts.cached_drawing import block, cached_drawing_of_place
from dashboard.parts.html import tag
from dashboard.view import View

TABLE_COLUMNS = ("territory", "value", "as_of", "producer", "source", "note")
OTHERS_SHOWN = 1  # of a community's earlier figures; the rest is folded
WHOLE_COUNTRY = ("", "without_crimea")
FIRST_ROW = 4  # cards of an oblast before those of its communities
FEW = 3  # communities shown as cards; more make a table


@cached_drawing_of_place
def heading(view: View, indicators: Sequence[str]) -> None:
    """The page's question, and its answer: the first of `indicators` that has a figure here, then two more."""
    known = [(name, row) for name in indicators if (row := headline(view, name)) is not None][:3]
    place = data.territory_name(view.area, view.lang)
    question = tag("p", f"{say('question.' + view.page, view.lang)} · {place}", cls="question")
    if not known:
        block(question, tag("h1", place), tag("p", say("answer.none", view.lang), cls="lead"))
        return
    told = [_told(view, name, row) for name, row in known]
    lead = " ".join(f"{sentence(text)} ({when})." for text, when in told[1:])
    first, when = told[0]
    block(question, tag("h1", sentence(first)), tag("p", f"{sentence(when)}. {lead}", cls="lead"))


@cached_drawing_of_place
def cards(view: View, indicators: Sequence[str]) -> None:
    """Headline figures of the territory, for an oblast with those of its communities; what is missing in one line."""
    known = {name: row for name in indicators if (row := headline(view, name)) is not None}
    items = [html.card(data.registry()[name], row, others(view, name, row), view.lang) for name, row in known.items()]
    missing = [data.registry()[name].short[view.lang] for name in indicators if name not in known]
    note = html.note(say("answer.missing", view.lang, names=", ".join(missing)) if missing else "")
    communities = html.NOTHING if view.area == data.COUNTRY else _communities(view, indicators)
    first = FIRST_ROW if communities else len(items)
    block(html.cards(items[:first]), communities, html.cards(items[first:]), note)


def _communities(view: View, indicators: Sequence[str]) -> Markup:
    """What has been published for communities of the oblast: a card each, or a table where an indicator has many."""
    found = {name: rows for name in indicators if (rows := community_rows(view, name))}
    if not found:
        return html.NOTHING
    items = [_community_card(view, name, row) for name, rows in found.items() if len(rows) <= FEW for row in rows]
    tables = [_community_table(view, name, rows) for name, rows in found.items() if len(rows) > FEW]
    return html.joined((tag("h2", say("answer.communities", view.lang)), html.cards(items), *tables))


def _community_card(view: View, name: str, row: dict) -> Markup:
    place = data.territory_name(row["territory_code"], view.lang)
    more = others(view, name, row)
    return html.card(data.registry()[name], row, more, view.lang, where=place, open_others=OTHERS_SHOWN)


def community_rows(view: View, name: str) -> list[dict]:
    """Headline rows of the communities inside the oblast, the largest first."""
    rows = data.headlines(name, audience=view.audience, release=view.release)
    rows = snapshot.within(rows, view.area)
    return rows[rows["category"] == ""].sort_values("value", ascending=False).to_dict("records")


def _community_table(view: View, name: str, rows: list[dict]) -> Markup:
    lines = [html.figure_cells(row, view.lang, data.territory_name(row["territory_code"], view.lang)) for row in rows]
    return html.table(data.registry()[name].title[view.lang], html.heads(view.lang, *TABLE_COLUMNS), lines)


def choose(name: str, label: str, options: Sequence[str], chosen: str, words, **cleared: str) -> None:
    """A selector whose value is a part of the address; `cleared` parts of the address go when it changes."""
    key = f"choose-{name}"
    st.session_state[key] = chosen
    st.selectbox(
        say(label, current().lang),
        options,
        format_func=words,
        key=key,
        on_change=lambda: go(**{name: st.session_state[key], **cleared}),
        placeholder=say("filter.choose", current().lang),
    )


@cached_drawing_of_place
def everything(view: View, topic: str) -> None:
    """All published figures of a topic for the view's territory, conflicting ones included, folded."""
    rows = [row for name, one in data.registry().items() if one.topic == topic for row in _here(view, name)]
    lines = [html.figure_cells(row, view.lang, _what(row, view.lang)) for row in rows]
    if not lines:
        return
    caption = say("answer.everything", view.lang, count=len(lines), place=data.territory_name(view.area, view.lang))
    content = html.table(caption, html.heads(view.lang, "indicator", *TABLE_COLUMNS[1:]), lines)
    block(html.folded(caption, content), html.marks_legend((row["status"] for row in rows), view.lang))


def _here(view: View, name: str) -> list[dict]:
    """What is published of an indicator for the view's territory: its total, then each breakdown, the newest first."""
    parts = [
        data.cells(name, breakdown=breakdown, audience=view.audience, release=view.release)
        for breakdown in ("", *data.registry()[name].breakdowns)
    ]
    own = [cells[cells["territory_code"] == view.area] for cells in parts]
    return [row for one in own for row in one.sort_values("period_end", ascending=False).to_dict("records")]


def _what(row: dict, lang: str) -> str:
    return figure_text.title(row["indicator"], row["category"], lang, short=True)


@cached_drawing_of_place
def last_changes(view: View) -> None:
    """What the last release changed."""
    release = data.release_named(view.pinned)
    changed = data.changes(view.pinned)
    totals = {word: int(changed[word].sum()) for word in ("new", "changed", "vanished")}
    text = say(
        "release.summary" if any(totals.values()) else "release.unchanged",
        view.lang,
        name=release.name,
        day=day(release.published_at, "day", view.lang),
        **{k: number(v, view.lang) for k, v in totals.items()},
    )
    block(tag("h2", say("release.title", view.lang)), tag("p", text))


@cached_drawing_of_place
def footer(view: View) -> None:
    """What holds for every figure, and the release shown."""
    release = say("site.release", view.lang, name=view.release)
    block(tag("footer", tag("p", say("site.footer", view.lang)), tag("p", release), cls="foot"))


def headline(view: View, name: str) -> dict | None:
    """The headline row of an indicator's total in the view's territory; None where nothing is published.

    A part never stands for the country: what covers a few places only is told in the full table.
    """
    rows = data.headlines(name, audience=view.audience, release=view.release)
    rows = rows[(rows["territory_code"] == view.area) & (rows["category"] == "")]
    if rows.empty or (view.area == data.COUNTRY and rows["coverage"].iloc[0] not in WHOLE_COUNTRY):
        return None
    return rows.iloc[0].to_dict()


def others(view: View, name: str, row: dict) -> list[dict]:
    """Other published values of the same thing, each told once: the same producer's first, then newest first."""
    cells = data.cells(name, audience=view.audience, release=view.release)
    same = (cells["territory_code"] == row["territory_code"]) & (cells["category"] == row["category"])
    telling = ["producer", "period_end", "value", "unit"]
    cells = cells[same].assign(own=cells["producer"] == row["producer"])
    cells = cells.sort_values(["own", "period_end", "published_on"], ascending=False).drop_duplicates(telling)
    return [one for one in cells.to_dict("records") if any(one[part] != row[part] for part in telling)]


def _told(view: View, name: str, row: dict) -> tuple[str, str]:
    short = data.registry()[name].short[view.lang]
    return f"{short}: {figure_text.value_text(row, view.lang)}", figure_text.when(row, view.lang)
