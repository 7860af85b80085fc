"""The values as a table: mine first, the others by name or by a column; its heads and its pages are links."""

from markupsafe import Markup

import dashboard.compare.choices as choices
from dashboard import data
from dashboard.answers import peers
from dashboard.answers.peer_values import Values
from dashboard.compare import links
from dashboard.language import figure_text
from dashboard.language.words import alphabetical, say, unit_word, unknown
from dashboard.parts import html
from dashboard.parts.html import tag
from dashboard.view import View

ROWS = 20  # of a page


def table(view: View, found: dict[str, Values], sort: str, page: int) -> Markup:
    """A page of the table with its title, the meaning of its marks, and links to the others."""
    ordered = order(view, found.get(sort))
    codes = [view.area, *ordered[page * ROWS : (page + 1) * ROWS]]
    lines = [[links.unit(view, code), *(_cell(one, code, view.lang) for one in found.values())] for code in codes]
    caption = say("compare.table", view.lang, count=len(ordered))
    content = html.table(caption, _heads(view, found, sort), lines, links.unit(view, view.area))
    marks = {mark for one in found.values() for code in codes if (mark := one.mark(code)) not in ("", "0")}
    title = tag("h2", say("compare.table_title", view.lang))
    return html.joined((title, content, _pages(view, len(ordered), sort, page), html.marks_legend(marks, view.lang)))


def order(view: View, by: Values | None) -> list[str]:
    """The group by name, or by a column from the highest, those without a value last."""
    codes = sorted(peers.group_of(view).codes, key=lambda code: alphabetical(data.territory_name(code, view.lang)))
    if by is None:
        return codes
    return sorted(codes, key=lambda code: -by.value(code) if not unknown(by.value(code)) else float("inf"))


def _heads(view: View, found: dict[str, Values], sort: str) -> list[Markup]:
    """The name and each indicator as a link that sorts by it; the one sorted by says so."""
    heads = [tag("a", say("column.territory", view.lang), href=links.address(view))]
    for choice, values in found.items():
        words = _head(choice, values, view.lang) + (f" · {say('compare.sorted', view.lang)}" if choice == sort else "")
        heads.append(tag("a", words, href=links.address(view, sort=choice)))
    return heads


def _pages(view: View, count: int, sort: str, page: int) -> Markup:
    """Links to the first, last and neighbouring pages of the table; nothing where one holds all."""
    last = (count - 1) // ROWS
    if last < 1:
        return html.NOTHING
    kept = {"sort": sort} if sort else {}
    shown = sorted({0, last, *range(max(0, page - 1), min(last, page + 1) + 1)})
    numbers = [
        tag(
            "a",
            str(one + 1),
            href=links.address(view, **kept, page=str(one + 1)),
            aria_current="page" if one == page else None,
        )
        for one in shown
    ]
    return tag("nav", html.joined(numbers, " "), cls="pages", aria_label=say("compare.pages", view.lang))


def _head(choice: str, values: Values, lang: str) -> str:
    unit, when = unit_word(values.unit, 1000, lang), values.when(lang)
    return f"{choices.title(choice, lang, short=True)}, {unit}" + (f" ({when})" if when else "")


def _cell(values: Values, code: str, lang: str) -> Markup:
    row = values.rows[code]
    if unknown(row["value"]):
        return html.abbreviation(figure_text.mark(row), lang)
    shown = tag("span", figure_text.value_text(row, lang, unit=False), cls="number")
    return html.joined((shown, html.abbreviation(str(row["status"]), lang)), " ").strip()
