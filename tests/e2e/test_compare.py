"""Comparing in a browser: what is chosen stands in the link, the link opens the same page elsewhere, keys suffice."""

import re

import pytest

from tests.support.run import in_languages
from tests.support.visit import path, query

CITY, RURAL = "UA63120270000028556", "UA65100070000064512"
FEW = f"/compare?lang=uk&area={CITY}&cmp={RURAL},UA05060150000094411&ind=population,buildings_damaged"
PICTURES = "() => [...document.querySelectorAll('.fc img')].map(one => one.complete && one.naturalWidth > 0)"


def chosen(visit, name: str, words: str):
    """Choose from a list by its words."""
    visit.page.select_option(f"#choose-{name}", label=words)
    return visit.settle()


def test_choices_made_on_screen_open_the_same_page_in_a_fresh_browser(tab):
    visit = tab().open("/compare?lang=en&area=UA63000000000041885&ind=idps_registered,damage_usd")
    chosen(visit, "per", "Present population")
    visit.page.locator("thead a", has_text="Registered").click()
    assert query(visit.settle())["sort"] == "idps_registered"
    chosen(visit, "ind", "Surveyed returnees")
    asked = query(visit)
    assert asked["ind"] == "idps_registered,damage_usd,returnees_surveyed"
    assert asked["per"] == "population"
    fresh = tab().open(visit.page.url.removeprefix(visit.base))
    assert fresh.page.title() == visit.page.title()
    assert fresh.text() == visit.text()
    assert "198.9 people per 1,000 residents" in fresh.text()
    visit.page.get_by_label("remove: Surveyed returnees").click()
    assert query(visit.settle())["ind"] == "idps_registered,damage_usd"
    assert visit.faults() == fresh.faults() == []


def test_own_criteria_and_chosen_communities_are_in_the_link(tab):
    visit = tab().open(f"/compare?lang=en&area={CITY}")
    chosen(visit, "peers", "Similar by criteria of my choice")
    assert query(visit)["peers"] == "status.population"
    visit.page.get_by_role("link", name="✓ Population").click()
    assert query(visit.settle())["peers"] == "status"
    assert "alike in territorial status" in visit.text()
    chosen(visit, "peers", "My own choice")
    visit.page.fill("#find", "Darivka")
    visit.page.press("#find", "Enter")
    visit.settle().page.get_by_role("link", name="+ Darivka").click()
    assert query(visit.settle())["cmp"] == RURAL
    assert "Chosen for comparison: Darivka" in visit.text()
    fresh = tab().open(visit.page.url.removeprefix(visit.base))
    assert fresh.text() == visit.text()


@pytest.mark.parametrize(
    ("lang", "typed", "link"),
    [("uk", "Дергачі", "Порівняти з подібними"), ("en", "Derhachi", "Compare with peers")],
)
def test_from_the_start_page_to_the_peers_in_three_steps_by_keyboard(tab, lang, typed, link):
    visit = tab(360).open(f"/?lang={lang}")
    keyboard = visit.page.keyboard
    for _ in range(20):  # the links between the pages come before the search box
        keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.id") == "search":
            break
    keyboard.type(typed)
    keyboard.press("Enter")  # one: search
    visit.settle()
    keyboard.press("Tab")
    keyboard.press("Enter")  # two: the first unit found
    visit.page.wait_for_url("**/community**")
    visit.settle()
    for _ in range(25):
        keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.innerText || ''").strip().startswith(link):
            break
    keyboard.press("Enter")  # three: the community against its peers
    visit.page.wait_for_url("**/compare**")
    visit.settle()
    assert (path(visit), query(visit)["area"]) == ("/compare", "UA63120070000018741")
    assert visit.page.locator(".strip").count() >= 2
    assert visit.faults() == []


@pytest.mark.parametrize(
    ("address", "width", "lang"),
    in_languages([f"/compare?area={CITY}", f"/compare?area={RURAL}&peers=status", FEW], [1280, 320]),
)
def test_comparison_is_whole_on_every_screen(tab, address, width, lang):
    visit = tab(width).open(address.replace("lang=uk&", "") + f"&lang={lang}")
    assert visit.faults() == []
    assert visit.axe() == {}
    assert all(visit.page.evaluate(PICTURES))
    assert visit.page.locator("[role=img]:not([aria-label])").count() == 0


def test_every_dot_stands_inside_its_strip(tab):
    visit = tab(360).open(f"/compare?lang=uk&area={RURAL}")
    boxes = visit.page.evaluate("""() => [...document.querySelectorAll('.strip')].map(strip => {
      const outer = strip.getBoundingClientRect();
      return [...strip.querySelectorAll('i, b')].every(one => {
        const box = one.getBoundingClientRect();
        return box.left >= outer.left - 1 && box.right <= outer.right + 1;
      });
    })""")
    assert boxes
    assert all(boxes)


def test_no_rank_and_no_red(tab):
    visit = tab().open(f"/compare?lang=en&area={CITY}")
    assert not re.search(r"\b(rank|worst|best|1st|place \d)\b", visit.text(), re.IGNORECASE)
    colours = visit.page.evaluate(
        "() => [...document.querySelectorAll('.fc *')].map(one => getComputedStyle(one).backgroundColor)"
    )
    reds = [one for one in set(colours) if (rgb := [int(n) for n in re.findall(r"\d+", one)[:3]]) and is_red(*rgb)]
    assert reds == []


def is_red(red: int, green: int, blue: int) -> bool:
    return red > 150 and green < 80 and blue < 80


@pytest.mark.parametrize("area", [CITY, RURAL, "UA63000000000041885"])
def test_on_a_phone_the_first_picture_begins_within_two_screens(tab, area):
    visit = tab(390).open(f"/compare?lang=uk&area={area}")
    height = visit.page.viewport_size["height"]
    assert visit.page.locator(".strip").first.bounding_box()["y"] < 2 * height
