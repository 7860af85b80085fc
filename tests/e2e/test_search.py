"""From any page to a community's by keyboard alone, on a phone and on a desktop."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.run import every

BOX = "#search"
BERESTYN = "UA63060050000033240"


def focused(visit) -> str:
    return visit.page.evaluate("document.activeElement.innerText || document.activeElement.placeholder || ''")


def press(visit, *keys: str):
    for key in keys:
        visit.page.keyboard.press(key)
    return visit.settle()


@pytest.mark.parametrize(
    ("lang", "typed", "older"),
    [("uk", "красноград", "раніше Красноградська міська громада"), ("en", "Krasnohrad", "formerly Krasnohrad hromada")],
)
@pytest.mark.parametrize("width", [360, *every(1280)])
def test_a_community_is_reached_by_keyboard_alone(tab, width, lang, typed, older):
    visit = tab(width=width).open(f"/damage?lang={lang}")
    press(visit, "Tab", "Tab", "Tab", "Tab")  # Streamlit's skip link, the scrolling part and the oblasts come before
    assert focused(visit) in ("Знайти громаду чи тему", "Find a community or topic")
    visit.page.keyboard.type(typed)
    press(visit, "Enter")
    assert older in visit.text()
    assert visit.axe() == {}
    assert visit.faults() == []
    press(visit, "Tab")
    assert older in focused(visit).replace("\xa0", " ")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/community?*")
    visit.settle()
    address = urlsplit(visit.page.url)
    assert address.path == "/community"
    assert parse_qs(address.query) == {"lang": [lang], "area": [BERESTYN]}
    assert visit.page.input_value(BOX) == ""
    assert visit.page.locator(".found").count() == 0
    assert visit.faults() == []


def test_results_keep_what_the_address_asks_for(tab):
    visit = tab().open("/compare?lang=en&cmp=UA63120270000028556&rel=2026.11.1")
    visit.page.fill(BOX, "Izium")
    press(visit, "Enter")
    link = visit.page.locator(".found a").first.get_attribute("href")
    kept = parse_qs(urlsplit(link).query)
    assert kept["cmp"] == ["UA63120270000028556"]
    assert kept["rel"] == ["2026.11.1"]
    assert kept["area"][0].startswith("UA6304")


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_nothing_found_says_what_to_try(tab, lang):
    visit = tab(width=320).open(f"/sources?lang={lang}")
    visit.page.fill(BOX, "<b>qqqqqq</b>")
    press(visit, "Enter")
    assert "UA6312" in visit.page.inner_text(".found")
    assert visit.page.locator(".found a").count() == 0
    assert visit.axe() == {}
    assert visit.faults() == []


def test_whatever_comes_next_closes_the_results(tab):
    visit = tab().open("/?lang=uk")
    visit.page.fill(BOX, "Харків")
    press(visit, "Enter")
    assert visit.page.locator(".found a").count() == 3
    visit.page.get_by_role("link", name="Пошкодження", exact=True).click()
    visit.settle()
    assert visit.page.locator(".found").count() == 0
    assert visit.page.input_value(BOX) == ""


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_bar_takes_four_lines_on_a_phone_and_shows_all_pages(tab, lang):
    visit = tab(width=360).open(f"/?lang={lang}")
    assert visit.page.locator(".head").bounding_box()["height"] < 205
    links = visit.page.locator(".head nav a")
    assert links.count() == 7
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in (one.bounding_box() for one in links.all()))
