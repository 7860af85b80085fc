"""Finds indicators by what they are about: their names, categories, definitions, and words that readers use instead."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import data
from dashboard.answers.page_indicators import CHOICES
from dashboard.language.words import LANGUAGES, strings, term
from dashboard.search import spelling
from dashboard.view import View

LONGEST = 120  # characters that are read
CATEGORY, DEFINITION = 2, 3  # ranks of `_texts`: names are 0, topics 1
_FEWEST = 3  # letters by which a word may begin
_ENDING = 2  # letters by which two forms of a word may differ
_SILENT = {
    *("та", "і", "й", "в", "у", "на", "з", "із", "до", "за", "від", "по"),
    *("of", "the", "a", "an", "and", "in", "to", "by", "for", "from", "on", "with"),
}


@dataclass(frozen=True)
class Topic:
    """An indicator that was asked for: its id, the page that shows it, whether figures of it are there.

    `named`: asked for by its name, its topic or another word for them, not by a category or its definition alone.
    """

    indicator: str
    page: str
    known: bool
    named: bool


def found(text: str, view: View) -> list[Topic]:
    """Indicators that a text asks for, the best first; by their definition only where none is meant by another word.

    Raises data.Unavailable.
    """
    typed = text[:LONGEST]
    ranks = _ranks(typed) or (_ranks(spelling.other_keyboard(typed)) if len(typed) > _FEWEST else {})
    known = set(data.sources_by_indicator(audience=view.audience, release=view.release)["indicator"]) if ranks else ()
    topics = [Topic(name, shown_on(name), name in known, rank < CATEGORY) for name, rank in ranks.items()]
    order = list(data.registry()).index
    topics.sort(key=lambda one: (ranks[one.indicator], not one.known, one.page == "sources", order(one.indicator)))
    return [one for one in topics if ranks[one.indicator] < DEFINITION] or topics


def shown_on(indicator: str) -> str:
    """The page on which an indicator can be chosen, its own topic's before others; else the page of sources."""
    pages = [page for page, choices in CHOICES.items() if indicator in choices]
    topic = data.registry()[indicator].topic
    return topic if topic in pages else next(iter(pages), "sources")


def _ranks(text: str) -> dict[str, int]:
    """indicator -> the rank of the least telling of the words asked for; without those that lack one of them."""
    asked = [word for word in spelling.folded(text).split() if word not in _SILENT]
    told = [_told(word) for word in asked]
    common = set(told[0]).intersection(*told) if told else set()
    return {name: max(ranks[name] for ranks in told) for name in common}


def _told(asked: str) -> dict[str, int]:
    best: dict[str, int] = {}
    for word, ranks in _words().items():
        if _same(asked, word):
            best.update((name, rank) for name, rank in ranks.items() if rank < best.get(name, rank + 1))
    return best


def _same(asked: str, word: str) -> bool:
    """Whether a word is the one asked for, begins so, or is another form of it."""
    if asked == word or (len(asked) >= _FEWEST and word.startswith(asked)):
        return True
    stem = max(len(asked), len(word)) - _ENDING
    return stem > _FEWEST and asked[:stem] == word[:stem]


@data.answer(1, newest=True, everybody=True)
def _words() -> dict[str, dict[str, int]]:
    """word -> the indicators that it tells of, each with its rank."""
    words: dict[str, dict[str, int]] = {}
    for name in data.registry():
        for rank, texts in enumerate(_texts(name)):
            for word in _split(texts):
                words.setdefault(word, {}).setdefault(name, rank)
    return words


def _texts(name: str) -> Iterator[list[str]]:
    """What tells of an indicator: its names and what readers say instead, its topic, its categories, its definition."""
    one = data.registry()[name]
    codes = [code for categories in one.breakdowns.values() for code in categories]
    yield [text[lang] for text in (one.title, one.short) for lang in LANGUAGES] + _instead(name)
    yield [term("topic", one.topic, lang) for lang in LANGUAGES] + _instead(one.topic)
    yield [term("category", code, lang) for code in codes for lang in LANGUAGES]
    yield [one.definition[lang] for lang in LANGUAGES]


def _instead(name: str) -> list[str]:
    """Other words for an indicator or a topic, in both languages."""
    pair = strings().get(f"asked.{name}", {})
    return [str(text) for text in pair.values()]


def _split(texts: list[str]) -> set[str]:
    return {word for text in texts for word in spelling.folded(text).split() if word not in _SILENT}
