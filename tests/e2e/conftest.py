"""A real browser, and visits that note everything a reader should never meet."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.support.browser import FLAGS, HELP, found
from tests.support.visit import Visit


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, closed with the module: while it runs, no other test can have an event loop of its own."""
    with sync_playwright() as playwright:
        path = found(playwright)
        if path is None:
            pytest.fail(HELP, pytrace=False)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context_of(chromium: Browser) -> Callable[..., BrowserContext]:
    """A context of these settings, kept for the module: the scripts of the page are fetched and compiled once."""
    contexts: dict[tuple, BrowserContext] = {}

    def context(**settings: str) -> BrowserContext:
        key = tuple(sorted(settings.items()))
        if key not in contexts:
            contexts[key] = chromium.new_context(**settings)
        return contexts[key]

    return context


@pytest.fixture
def tab_at(context_of) -> Iterator[Callable[..., Visit]]:
    """tab_at(url, width=1280, locale="uk-UA") opens an empty tab of a new visitor; it is closed after the test."""
    pages = []

    def open_tab(url: str, width: int = 1280, height: int = 900, locale: str = "uk-UA", **settings: str) -> Visit:
        pages.append(context_of(locale=locale, **settings).new_page())
        pages[-1].set_viewport_size({"width": width, "height": height})
        return Visit(pages[-1], url)

    yield open_tab
    for page in pages:
        page.context.clear_cookies()
        page.close()


@pytest.fixture
def tab(tab_at, dashboard_url: str) -> Callable[..., Visit]:
    """The same on the dashboard over the published figures."""
    return lambda width=1280, **settings: tab_at(dashboard_url, width, **settings)
