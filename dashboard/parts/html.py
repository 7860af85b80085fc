"""Pieces of a page as HTML. `tag` alone writes it and escapes what it is given; all the rest are functions on top."""

from collections.abc import Iterable, Sequence
from functools import partial

from markupsafe import Markup, escape

from dashboard.answers import freshness
from dashboard.language import figure_text
from dashboard.language.words import partial_day, say, sentence, term

Row = figure_text.Row
NOTHING = Markup("")
ORIGIN = 4  # columns that say where a figure comes from
EMPTY = ("img", "input", "link", "meta")  # elements that hold nothing and are not closed


def tag(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element. Children are escaped unless they are Markup, attributes always; one that is None is left out.

    `cls` stands for class, and `aria_label` for aria-label.
    """
    named = ((key.replace("cls", "class").replace("_", "-"), value) for key, value in attributes.items())
    opening = name + "".join(f' {key}="{escape(str(value))}"' for key, value in named if value is not None)
    return Markup(f"<{opening}>" if name in EMPTY else f"<{opening}>{joined(children)}</{name}>")


def joined(pieces: Iterable[str], between: str = "") -> Markup:
    """Pieces one after another, those escaped that are not Markup."""
    return escape(between).join(pieces)


def filled(name: str, *children: str, **attributes: object) -> Markup:
    """The element where any of its children says something, else nothing."""
    return tag(name, *children, **attributes) if any(children) else NOTHING


def verbatim(name: str, /, text: str, **attributes: object) -> Markup:
    """A style or script element around a text of ours, which is not escaped."""
    return tag(name, Markup(text), **attributes)


def document(lang: str, *children: Markup) -> Markup:
    """A whole document."""
    return Markup("<!DOCTYPE html>\n") + tag("html", *children, lang=lang)


note = partial(filled, "p", cls="note")


def no_value(words: str, lang: str) -> Markup:
    """Where a figure would stand: why there is none, and its mark."""
    return tag("p", joined(filter(None, (words, abbreviation("x", lang))), " "), cls="value none")


def value(row: Row, lang: str) -> Markup:
    """The figure with its qualifier, unit and mark."""
    text = figure_text.value_text(row, lang)
    mark = "" if figure_text.unknown(row["value"]) else abbreviation(str(row["status"]), lang)
    return joined(filter(None, (text, mark)), "\N{NO-BREAK SPACE}")


def dated(row: Row, lang: str) -> Markup:
    """One line: the day, how fresh, what part of the territory, the producer (linked to the source)."""
    record, name = figure_text.source(row["source_id"]), figure_text.producer_short(row["producer"], lang)
    whole = figure_text.producer_name(row["producer"], lang)
    who = link(record["url"], name, whole if whole != name else None)
    part = term("coverage", row["coverage"], lang) if row["coverage"] else ""
    told = filter(None, (figure_text.as_of(row, lang), age(row, lang), part, who))
    return tag("p", joined(told, " · "), cls="meta" if part or freshness.freshness(row) == "ended" else "meta dated")


def age(row: Row, lang: str) -> Markup:
    """Fresh, due, stale or ended in a sign and words; nothing for a one-off publication."""
    words, state = freshness.freshness_words(row, lang), freshness.freshness(row)
    sign = tag("span", freshness.SIGNS.get(state, ""), aria_hidden="true")
    return tag("span", sign, " ", words, cls=f"age {state}") if words else NOTHING


def meta(row: Row, lang: str) -> Markup:
    """As of, producer, source: the line under a figure."""
    who = figure_text.producer_name(row["producer"], lang)
    return tag("p", joined((figure_text.when(row, lang), who, source_link(row["source_id"], lang)), " · "), cls="meta")


def coverage(row: Row, lang: str) -> Markup:
    """What part of the territory a figure covers, where it is not the whole."""
    return note(figure_text.part(row, lang))


def training(mark: str, lang: str) -> Markup:
    """The mark of synthetic figures in both languages, what it means in one; printed pages carry it at their head."""
    uk, en = mark.split(" · ")
    paper = f'@page {{ margin-top: 2cm; @top-center {{ content: "{mark}"; font: bold 11pt sans-serif; }} }}'
    both = tag("strong", joined((tag("span", uk, lang="uk"), tag("span", en, lang="en")), " · "))
    means = tag("span", say("site.training_means", lang))
    band = tag("div", both, " ", means, cls="fc", role="note", aria_label=mark)
    return joined((tag("style", Markup(paper)), band))


def cards(items: Sequence[Markup]) -> Markup:
    return filled("div", *items, cls="cards")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], chosen: str = "") -> Markup:
    """A table of cells (text, or Markup), the first of each row its header; the row named `chosen` is marked."""
    caption = " · ".join(filter(None, (figure_text.training_mark(), caption)))
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in heads)))
    body = tag("tbody", *(_line(cells, chosen) for cells in rows))
    whole = tag("table", tag("caption", caption), head, body)
    return tag("div", whole, cls="scroll", tabindex=0, role="region", aria_label=caption)


def figures(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], chosen: str = "") -> Markup:
    """A table of figures. Of its last columns (day, producer, source, note) what all lines agree on is told once."""
    lines = list(rows)
    known = [cells for cells in lines if any(cells[-ORIGIN:])]
    places = [at for at in range(len(heads)) if at < len(heads) - ORIGIN or len({cells[at] for cells in known}) > 1]
    if len(known) == 1:
        places = [at for at in range(len(heads)) if at < len(heads) - ORIGIN or known[0][at]]
    left = [at for at in range(len(heads)) if known and at not in places and known[0][at]]
    common = [joined((heads[at], ": ", known[0][at])) for at in left]
    shown = table(caption, [heads[at] for at in places], ([cells[at] for at in places] for cells in lines), chosen)
    if not common:
        return shown
    mark = figure_text.training_mark()
    return joined((shown, tag("p", joined([tag("strong", mark), *common] if mark else common, " · "), cls="source")))


def heads(lang: str, *names: str) -> list[str]:
    """Column headings by their keys in [column]."""
    return [say("column." + name, lang) for name in names]


def folded(summary: str, content: str) -> Markup:
    return tag("details", tag("summary", summary), content, cls="twin")


def figure_cells(row: Row | None, lang: str, name: str) -> list[str]:
    """A table line for a figure: name, value, as of, producer, source, note."""
    if row is None:
        return [name, abbreviation("x", lang), "", "", "", ""]
    if figure_text.unknown(row["value"]):
        shown = abbreviation(figure_text.mark(row), lang)
    else:  # the legend of its table tells a mark to screen readers
        mark = str(row["status"])
        sign = tag("abbr", f"[{mark}]", cls="mark", title=term("status", mark, lang)) if mark else ""
        shown = joined(filter(None, (figure_text.value_text(row, lang), sign)), "\N{NO-BREAK SPACE}")
    return [
        name,
        shown,
        figure_text.as_of(row, lang),
        figure_text.producer_name(row["producer"], lang),
        source_link(row["source_id"], lang),
        " ".join(sentence(one.rstrip(".")) + "." for one in figure_text.remarks(row, lang)),
    ]


def abbreviation(mark: str, lang: str) -> Markup:
    """A mark with its meaning: `[x]` told in full to a pointer and to a screen reader."""
    if not mark:
        return NOTHING
    meaning = term("status", mark, lang)
    return tag("abbr", f"[{mark}]", tag("span", f" {meaning}", cls="aside"), cls="mark", title=meaning)


def marks_legend(marks: Iterable[str], lang: str) -> Markup:
    """The meaning of those marks that are present."""
    present = sorted(set(marks) - {""})
    items = [tag("li", tag("strong", f"[{code}]"), " ", term("status", code, lang)) for code in present]
    return filled("ul", *items, cls="marks", aria_label=say("figure.marks", lang))


def legend(entries: Sequence[tuple[str, str]], lang: str, signs: Sequence[tuple[str, str]] = ()) -> Markup:
    """A chart's legend: a patch of colour and its words, then the letter of each sign and its meaning."""
    patches = [tag("li", tag("span", cls="patch", style=f"background:{colour}"), words) for colour, words in entries]
    shapes = [tag("li", tag("span", letter, cls="glyph", aria_hidden="true"), words) for letter, words in signs]
    return filled("ul", *patches, *shapes, cls="legend", aria_label=say("map.legend", lang))


def source_line(rows: Iterable[Row], lang: str) -> Markup:
    """The sources of what is shown, each once."""
    return filled("p", named_sources([row["source_id"] for row in rows], lang), cls="source")


def named_sources(source_ids: Iterable[str], lang: str) -> Markup:
    """`Source: …`, each once, after the mark of synthetic figures where they are; nothing without any."""
    links = dict.fromkeys(source_link(source_id, lang) for source_id in source_ids)
    if not links:
        return NOTHING
    label = say("figure.source" if len(links) == 1 else "figure.sources", lang)
    mark = figure_text.training_mark()
    warning = joined((tag("strong", f"{mark}."), " ")) if mark else NOTHING
    return joined((warning, label, ": ", joined(links, "; "), "."))


def source_link(source_id: str, lang: str) -> Markup:
    """The publisher and day of publication, linked to the address."""
    record = figure_text.source(source_id)
    words = ", ".join(part for part in (record[f"publisher_{lang}"], partial_day(record["published_on"], lang)) if part)
    return link(record["url"], words)


def link(url: str, words: str, title: str | None = None) -> Markup:
    """An outside link (first_page/ tells its target nothing); the words alone where the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return escape(words)
    return tag("a", words, href=url, title=title)


def _line(cells: Sequence[str], chosen: str) -> Markup:
    head = tag("th", cells[0], scope="row")
    return tag(
        "tr", head, *(tag("td", cell) for cell in cells[1:]), cls="chosen" if chosen and chosen == cells[0] else None
    )
