"""What a reader does: choose an oblast, change the language, follow links, go back, send the address on."""

import pytest

from tests.support.run import every
from tests.support.visit import path, query

KHARKIV = "UA63000000000041885"


def follow(visit, name: str):
    visit.page.get_by_role("link", name=name, exact=True).first.click()
    return visit.settle()


def test_ukrainian_is_the_default_and_english_is_offered_to_an_english_browser(tab):
    offer = "available in English"
    ukrainian, english = tab().open("/"), tab(locale="en-GB").open("/")
    assert ukrainian.page.evaluate("document.documentElement.lang") == "uk"
    assert english.page.evaluate("document.documentElement.lang") == "uk"
    assert offer not in ukrainian.text()
    assert offer in english.text()


def test_language_switch_keeps_page_and_oblast(tab):
    visit = follow(tab().open(f"/damage?lang=uk&area={KHARKIV}"), "English")
    assert path(visit) == "/damage"
    assert query(visit) | {"lang": "en", "area": KHARKIV} == query(visit)
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert visit.faults() == []


def test_language_and_oblast_are_kept_from_page_to_page(tab):
    visit = follow(tab().open(f"/?lang=en&area={KHARKIV}"), "Displacement")
    assert path(visit) == "/displacement"
    assert query(visit) | {"lang": "en", "area": KHARKIV} == query(visit)
    assert "Kharkiv" in visit.page.inner_text("h1, .question")


def test_oblast_chosen_from_the_list_is_in_the_address_and_back_leaves_it(tab):
    visit = tab().open("/displacement?lang=uk")
    visit.page.select_option("#choose-area", label="Харківська область")
    assert query(visit.settle())["area"] == KHARKIV
    assert "Харківська" in visit.text()
    again = tab().open(visit.page.url.removeprefix(visit.base))
    assert again.text() == visit.text()
    assert visit.faults() == []


def test_oblast_clicked_on_the_map_narrows_the_page(tab):
    visit = tab().open("/displacement?lang=en&ind=idps_registered")
    outlines = visit.page.locator(".choroplethlayer path")
    assert outlines.count() == 27
    outlines.nth(26).scroll_into_view_if_needed()
    outlines.nth(10).click(force=True)
    assert query(visit.settle())["area"].startswith("UA")
    assert visit.faults() == []


@pytest.mark.parametrize(
    "wrong", ["lang=xx", "rel=1999.1.1", *every("area=UA99", "ind=nonsense", "period=1999-01", "by=nonsense")]
)
def test_wrong_value_in_the_address_gives_a_notice_and_a_whole_page(tab, wrong):
    visit = tab().open(f"/displacement?{wrong}")
    assert visit.page.locator("[data-testid=stAlertContentInfo]").count() == 1
    assert visit.faults() == []


def test_unknown_page_says_so_and_leads_on(tab):
    page = tab().page
    answer = page.goto(tab().base + "/no-such-page?lang=uk")
    assert answer.status == 404
    page.get_by_role("link", name="Огляд").first.click()
    page.wait_for_selector(".fc h1")
    assert page.title().startswith("Огляд")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"/?lang=en&area={KHARKIV}", ("Kharkiv hromada", "12,700", "25 December 2025", "over 75,000")),
        (f"/displacement?lang=en&area={KHARKIV}", ("Kharkiv hromada", "about 160,000", "25 December 2025")),
    ],
)
def test_an_oblast_shows_figures_of_its_city_on_the_first_screen(tab, address, words):
    seen = tab().open(address).seen(screens=1)
    assert [word for word in words if word not in seen] == []


def test_registered_displaced_persons_of_25_regions_add_up_on_screen(tab):
    assert "4 594 254" in tab().open("/displacement?lang=uk&ind=idps_registered&period=2025-06").text()


def test_communities_by_status_of_may_2025_are_on_screen(tab):
    table = tab().open("/?lang=uk").page.locator("table", has_text="Громади за статусом")
    heads = table.locator("thead th").all_text_contents()
    cells = table.locator("tr", has_text="07.05.2025").locator("th, td").all_text_contents()
    counts = {head.strip(): cell.replace("\xa0", "") for head, cell in zip(heads, cells, strict=True)}
    assert counts["Тимчасово окупована територія"] == "158"
    assert counts["Активні бойові дії"] == "6"
    assert counts["Активні бойові дії, діють державні електронні ресурси"] == "34"
    assert counts["Можливі бойові дії"] == "130"


@pytest.mark.parametrize("page", ["/sources?lang=uk", *every("/damage?lang=uk", "/?lang=uk")])
def test_the_footer_leads_to_who_the_association_is(tab, page):
    visit = tab().open(page)
    visit.page.locator("footer.foot a").first.click()
    visit.settle()
    section = visit.page.locator("#association")
    section.wait_for()
    visit.page.wait_for_function("document.getElementById('association').getBoundingClientRect().top < innerHeight / 2")
    assert path(visit) == "/" and visit.page.url.endswith("#association")
    assert visit.faults() == []
