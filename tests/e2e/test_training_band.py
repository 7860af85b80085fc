"""Over synthetic figures a band stays in sight while the page scrolls, lies over nothing at rest, and goes to paper."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.support.run import every
from tests.support.server import dashboard

BAND = ".st-key-training [role=note]"
MARK = "НАВЧАЛЬНІ ДАНІ · TRAINING DATA"
MOST_OF_SCREEN = 0.12  # of its height


@pytest.fixture(scope="module")
def synthetic_url(sample_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic")
    path = shutil.copy(sample_database, folder / "training.db")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO about (name, value) VALUES ('training', '1')")
    with dashboard(f"sqlite:///{path}", folder / "log.txt") as url:
        yield url


@pytest.fixture
def visit(tab_at, synthetic_url):
    return lambda width, scheme: tab_at(synthetic_url, width, 800, color_scheme=scheme)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark"), *every((360, "dark"), (1280, "light"))])
def test_the_band_stays_in_sight_and_covers_nothing(visit, width, scheme):
    tab = visit(width, scheme).open("/damage?lang=uk")
    assert tab.page.title().startswith(MARK)
    band = tab.page.locator(BAND)
    at_rest = band.bounding_box()
    assert at_rest["height"] < MOST_OF_SCREEN * 800
    assert at_rest["y"] + at_rest["height"] <= tab.page.locator("[data-testid=stApp] .brand").bounding_box()["y"]
    tab.page.locator(".stMain").evaluate("main => main.scrollTo(0, 1500)")
    tab.wait_until("document.querySelector('.stMain').scrollTop > 1000")
    assert band.bounding_box() == at_rest
    on_top = "([x, y, band]) => !!document.elementFromPoint(x, y).closest(band)"
    assert tab.page.evaluate(on_top, [width / 2, at_rest["y"] + at_rest["height"] / 2, BAND])
    assert tab.faults() == []
    assert tab.axe() == {}


def test_what_has_the_focus_is_never_under_the_band(visit):
    tab = visit(360, "light").open("/damage?lang=uk")
    tab.page.locator(".stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    for _ in range(12):
        tab.page.keyboard.press("Shift+Tab")
        lowest = "element => element.getBoundingClientRect().bottom"
        focused = tab.page.evaluate(f"({lowest})(document.activeElement)")
        assert focused > tab.page.locator(BAND).evaluate(lowest)


def test_each_printed_sheet_carries_the_mark(visit, tmp_path: Path):
    tab = visit(1280, "light").open("/damage?lang=uk")
    assert "@top-center" in tab.page.locator(".st-key-training style, style").evaluate_all(
        "all => all.map(style => style.textContent).join(' ')"
    )
    tab.page.emulate_media(media="print")
    assert tab.page.locator(BAND).is_visible()
