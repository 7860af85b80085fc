"""Pieces of a page as HTML: cards, tables, legends. Pure functions of figures and words; every value escaped."""

from collections.abc import Iterable, Sequence
from html import escape

from dashboard.language import figure_text
from dashboard.language.words import say, sentence, term
from data_access import Indicator

Row = figure_text.Row


def card(
    indicator: Indicator, row: Row | None, others: Sequence[Row], lang: str, where: str = "", open_others: int = 0
) -> str:
    """One headline figure with its date, producer and source; other published values and the definition folded in."""
    title = escape(indicator.short[lang])
    place = f'<p class="where">{escape(where)}</p>' if where else ""
    if row is None:
        nothing = f'<p class="value none">{say("figure.none_here", lang)} {abbreviation("x", lang)}</p>'
        return f'<article class="card">{place}<h3>{title}</h3>{nothing}{about(indicator, lang)}</article>'
    further = listed_values(others[:open_others], lang) + more(others[open_others:], lang)
    shown = f'<p class="value">{value(row, lang)}</p>{meta(row, lang)}{coverage(row, lang)}'
    folded = about(indicator, lang, str(row[f"note_{lang}"]))
    return f'<article class="card">{place}<h3>{title}</h3>{shown}{further}{folded}</article>'


def value(row: Row, lang: str) -> str:
    """The figure with its qualifier, unit and mark."""
    text = escape(figure_text.value_text(row, lang))
    return text if figure_text.unknown(row["value"]) else f"{text} {abbreviation(str(row['status']), lang)}".strip()


def meta(row: Row, lang: str) -> str:
    """As of, producer, source: the line under a figure."""
    who = escape(figure_text.producer_name(row["producer"], lang))
    parts = (figure_text.when(row, lang), who, figure_text.source_link(row["source_id"], lang))
    return f'<p class="meta">{" · ".join(parts)}</p>'


def coverage(row: Row, lang: str) -> str:
    """What part of the territory a figure covers, where it is not the whole."""
    return f'<p class="note">{escape(figure_text.part(row, lang))}</p>' if row["coverage"] else ""


def more(others: Sequence[Row], lang: str) -> str:
    """The other published values of the same thing, folded."""
    if not others:
        return ""
    summary = say("figure.others", lang, count=len(others))
    return f"<details><summary>{summary}</summary>{listed_values(others, lang)}</details>"


def listed_values(rows: Sequence[Row], lang: str) -> str:
    """Further values of the same thing, each with its day, producer and source."""
    items = "".join(
        f"<li><strong>{value(row, lang)}</strong> {meta(row, lang)}"
        + "".join(f'<p class="note">{escape(text)}</p>' for text in figure_text.remarks(row, lang))
        + "</li>"
        for row in rows
    )
    return f'<ul class="others">{items}</ul>' if items else ""


def about(indicator: Indicator, lang: str, note: str = "") -> str:
    """The note to a figure, its definition, method and caveats, folded; the fold says when there is a note."""
    summary = say("figure.note_and_about" if note else "figure.about", lang)
    remark = f"<p>{escape(note)}</p>" if note else ""
    caveats = "".join(f"<li>{escape(term('caveat', code, lang))}</li>" for code in indicator.caveats)
    method = f"<p>{escape(indicator.method[lang])}</p>" if indicator.method else ""
    return (
        f"<details><summary>{summary}</summary>{remark}<p><strong>{escape(indicator.title[lang])}.</strong> "
        f"{escape(indicator.definition[lang])}</p>{method}{f'<ul>{caveats}</ul>' if caveats else ''}</details>"
    )


def training(mark: str, lang: str) -> str:
    """The mark of synthetic figures in both languages, what it means in one; printed pages carry it at their head."""
    uk, en = mark.split(" · ")
    paper = f'@page {{ margin-top: 2cm; @top-center {{ content: "{mark}"; font: bold 11pt sans-serif; }} }}'
    return (
        f'<style>{paper}</style><div class="fc" role="note" aria-label="{escape(mark)}">'
        f'<strong><span lang="uk">{uk}</span> · <span lang="en">{en}</span></strong> '
        f"<span>{say('site.training_means', lang)}</span></div>"
    )


def cards(items: Iterable[str]) -> str:
    return f'<div class="cards">{"".join(items)}</div>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], chosen: str = "") -> str:
    """A table of ready HTML cells, the first of each row its header; the row named `chosen` is marked."""
    caption = " · ".join(filter(None, (figure_text.training_mark(), caption)))
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in heads)
    body = "".join(_line(cells, chosen) for cells in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def heads(lang: str, *names: str) -> list[str]:
    """Column headings by their keys in [column]."""
    return [say("column." + name, lang) for name in names]


def folded(summary: str, content: str) -> str:
    return f'<details class="twin"><summary>{escape(summary)}</summary>{content}</details>'


def figure_cells(row: Row | None, lang: str, name: str) -> list[str]:
    """A table line for a figure: name, value, as of, producer, source, note."""
    if row is None:
        return [escape(name), abbreviation("x", lang), "", "", "", ""]
    notes = "; ".join(figure_text.remarks(row, lang))
    shown = abbreviation(figure_text.mark(row), lang) if figure_text.unknown(row["value"]) else value(row, lang)
    return [
        escape(name),
        f'<span class="number">{shown}</span>',
        escape(figure_text.as_of(row, lang)),
        escape(figure_text.producer_name(row["producer"], lang)),
        figure_text.source_link(row["source_id"], lang),
        escape(sentence(notes)),
    ]


def abbreviation(mark: str, lang: str) -> str:
    """A mark with its meaning: `[x]` told in full to a pointer and to a screen reader."""
    if not mark:
        return ""
    meaning = escape(term("status", mark, lang))
    return f'<abbr class="mark" title="{meaning}">[{mark}]<span class="aside"> {meaning}</span></abbr>'


def marks_legend(marks: Iterable[str], lang: str) -> str:
    """The meaning of those marks that are present."""
    items = "".join(
        f"<li><strong>[{code}]</strong> {escape(term('status', code, lang))}</li>" for code in sorted(set(marks) - {""})
    )
    return f'<ul class="marks" aria-label="{say("figure.marks", lang)}">{items}</ul>' if items else ""


def legend(entries: Sequence[tuple[str, str]], lang: str, signs: Sequence[tuple[str, str]] = ()) -> str:
    """A chart's legend: a patch of colour and its words, then the letter of each sign and its meaning."""
    patches = "".join(
        f'<li><span class="patch" style="background:{colour}"></span>{escape(words)}</li>' for colour, words in entries
    )
    shapes = "".join(
        f'<li><span class="glyph" aria-hidden="true">{letter}</span>{escape(words)}</li>' for letter, words in signs
    )
    return (
        f'<ul class="legend" aria-label="{say("map.legend", lang)}">{patches}{shapes}</ul>' if patches or shapes else ""
    )


def source_line(rows: Iterable[Row], lang: str) -> str:
    """The sources of what is shown, each once."""
    told = named_sources([row["source_id"] for row in rows], lang)
    return f'<p class="source">{told}</p>' if told else ""


def named_sources(source_ids: Iterable[str], lang: str) -> str:
    """`Source: …`, each once, after the mark of synthetic figures where they are; '' without any."""
    links = dict.fromkeys(figure_text.source_link(source_id, lang) for source_id in source_ids)
    label = say("figure.source" if len(links) == 1 else "figure.sources", lang)
    mark = f"<strong>{escape(training)}.</strong> " if (training := figure_text.training_mark()) else ""
    return f"{mark}{label}: {'; '.join(links)}." if links else ""


def _line(cells: Sequence[str], chosen: str) -> str:
    css = ' class="chosen"' if chosen and cells[0] == escape(chosen) else ""
    return f'<tr{css}><th scope="row">{cells[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in cells[1:]) + "</tr>"
