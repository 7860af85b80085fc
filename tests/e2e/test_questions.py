"""The questions of docs/questions.md are answered where it says, in as many steps, in sight."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.support.questions import Question, questions
from tests.support.visit import Visit

TRIES, PAUSE_MS = 25, 200
WIDTHS = {"phone": 390, "desktop": 1280}
GO = """address => {
  const link = document.createElement('a');
  link.href = address;
  document.querySelector('.fc').append(link);
  link.click();
}"""
# The page of this address is drawn: its bar's links lead on from it, and its script has run to the end.
DRAWN = """before => {
  const links = [...document.querySelectorAll('.head nav a')].map(link => new URL(link.href));
  const here = new URL(location), part = (url, name) => url.searchParams.get(name) ?? '';
  const shown = links.find(link => link.pathname === here.pathname && link.search && ['lang', 'area'].every(
    name => part(link, name) === part(here, name)));
  const current = document.querySelector('.head nav a[aria-current]');
  return location.href !== before && shown && current?.pathname === here.pathname
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning';
}"""


@pytest.fixture(scope="module")
def tab_of(context_of, dashboard_url) -> Iterator[Callable[[str], Visit]]:
    """tab_of(screen): one tab for all questions asked on that screen, so that the application is loaded once."""
    tabs: dict[str, Visit] = {}

    def tab(screen: str) -> Visit:
        if screen not in tabs:
            page = context_of(locale="uk-UA").new_page()
            page.set_viewport_size({"width": WIDTHS[screen], "height": 900})
            tabs[screen] = Visit(page, dashboard_url).open("/sources?lang=uk")
        return tabs[screen]

    yield tab
    for visit in tabs.values():
        visit.page.close()


def take(visit: Visit, verb: str, words: str) -> None:
    """One step: type words into the search box, choose a territory, follow a link, open a fold."""
    page, before = visit.page, visit.page.url
    if verb == "unfold":
        before = ""
        page.locator("summary", has_text=words).first.click()
    elif verb == "go":
        before = ""  # it may be the address already
        page.evaluate(GO, words)
    elif verb == "search":
        page.fill("#search", words)
        page.press("#search", "Enter")
    elif verb == "choose":
        page.select_option("#choose-area", label=words)
    else:
        page.get_by_role("link", name=re.compile(rf"^\s*{re.escape(words)}\s*($|·)")).first.click()
    visit.wait_until(DRAWN, before)


def missing(visit: Visit, question: Question) -> list[str]:
    """Words of the answer that are not in sight within two screens once the page keeps still."""
    for _ in range(TRIES):
        before = visit.seen(screens=2)
        visit.page.wait_for_timeout(PAUSE_MS)
        seen = visit.seen(screens=2)
        left = [words for words in question.answer if words not in seen]
        if seen == before and not left:
            break
    return left


def parts(address: str) -> tuple[str, set[tuple[str, str]]]:
    split = urlsplit(address)
    return split.path, set(parse_qsl(split.query))


@pytest.mark.parametrize("question", questions(), ids=lambda one: str(one.number))
def test_the_answer_is_in_sight_after_these_steps(tab_of, question: Question):
    visit = tab_of(question.screen)
    for verb, words in (("go", question.start), *question.steps):
        take(visit, verb, words)
    path, needed = parts(question.address)
    assert (path, needed) == (parts(visit.page.url)[0], needed & parts(visit.page.url)[1])
    assert missing(visit, question) == []
    assert visit.faults() == []


def test_what_is_folded_away_is_not_in_sight(tab_of):
    visit = tab_of("desktop")
    take(visit, "go", "/community?lang=uk&area=UA63120270000028556")
    folded = visit.page.locator("details:not([open])").first
    folded.wait_for()
    inside = folded.locator("li").first.text_content() or ""
    assert len(inside) > 5
    assert re.sub(r"\s+", " ", inside)[:20] not in visit.seen(screens=100)
