"""A visit in a real browser that notes everything a reader should never meet."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


QUIET_MS, LIMIT_SECONDS = 800, 60


SETTLED = """quiet => {
  const all = selector => [...document.querySelectorAll(selector)];
  const drawn = chart => chart.querySelector('.main-svg .trace, .choroplethlayer path');
  const run = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState ?? 'absent';
  const waiting = document.getElementById('first') || all('[data-testid=stSkeleton]').length
    || !all('[data-testid=stPlotlyChart]').every(drawn);
  const seen = [run, document.body.innerText.length, all('.js-plotly-plot .trace').length].join();
  if (seen !== window.testSeen || waiting || run === 'running' || run === 'absent') {
    window.testSeen = seen;
    window.testSince = performance.now();
  }
  return performance.now() - window.testSince > quiet;
}"""

# Texts that begin on the first screens and can be seen: what a closed fold holds has a place and a size, too.
IN_SIGHT = """screens => {
  const main = document.querySelector('[data-testid=stMain]');
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const seen = [];
  for (let node; (node = walker.nextNode());) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const shown = box.height && node.parentElement.checkVisibility({visibilityProperty: true});
    if (shown && box.top + main.scrollTop < screens * innerHeight) seen.push(node.textContent);
  }
  return seen;
}"""


# What scrolls sideways: the document, or the page in it.
WIDE = """() => [document.documentElement, document.querySelector('.stMain')]
  .filter(one => one && one.scrollWidth > one.clientWidth + 1).map(one => `${one.className} ${one.scrollWidth}`)"""


@dataclass
class Visit:
    """One tab: its page, and the requests to other hosts and console errors since it was opened."""

    page: Page
    base: str
    outside: set[str] = field(default_factory=set)
    console: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.console.add(str(error)))

    def _note_request(self, request: Request) -> None:
        own = (self.base, self.base.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(own):
            self.outside.add(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console.add(f"{message.text} {message.location['url']}")

    def open(self, address: str) -> "Visit":
        self.page.goto(self.base + address)
        return self.settle()

    def settle(self) -> "Visit":
        """Wait until the script has run to its end and the page has kept still."""
        self.page.evaluate("window.testSeen = ''")
        return self.wait_until(SETTLED, QUIET_MS)

    def wait_until(self, condition: str, argument: object = None) -> "Visit":
        """Wait until an expression is true. (Playwright's own way needs `eval`, which the policy forbids.)"""
        end = time.monotonic() + LIMIT_SECONDS
        while not self.page.evaluate(condition, argument):
            assert time.monotonic() < end, f"never came true: {condition[:200]}"
            self.page.wait_for_timeout(100)
        return self

    def text(self) -> str:
        """All that can be read, with ordinary spaces in place of the unbreakable ones."""
        return self.page.inner_text("[data-testid=stApp]").replace("\xa0", " ").replace("\u202f", " ")

    def seen(self, screens: float = 2) -> str:
        """What stands in sight on the first screens, closed folds left out, with ordinary spaces."""
        texts = self.page.evaluate(IN_SIGHT, screens)
        return re.sub(r"\s+([;:,.)])", r"\1", re.sub(r"\s+", " ", " ".join(texts)))

    def faults(self) -> list[str]:
        """What no page may have: exceptions, error boxes, outside requests, console errors, sideways scroll."""
        shown = self.page.locator("[data-testid=stException], [data-testid=stAlertContentError]").all_inner_texts()
        missing = self.page.locator("[role=dialog]", has_text="Page not found").all_inner_texts()
        wide = self.page.evaluate(WIDE)
        return [
            *(f"shown: {text[:200]}" for text in shown + missing),
            *(f"outside request: {url}" for url in sorted(self.outside)),
            *(f"console: {text[:200]}" for text in sorted(self.console)),
            *(f"scrolls sideways: {one}" for one in wide),
        ]

    def axe(self) -> dict[str, str]:
        """WCAG 2.2 A and AA violations: rule -> the first element that breaks it."""
        found = Axe().run(self.page, options=RULES).response["violations"]
        return {violation["id"]: violation["nodes"][0]["html"][:200] for violation in found}


def query(visit) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(visit.page.url).query).items()}


def path(visit) -> str:
    return urlsplit(visit.page.url).path
