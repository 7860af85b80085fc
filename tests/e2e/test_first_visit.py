"""The first visit: words before scripts, without scripts and without the server; then the application, once."""

import pytest

from tests.support.visit import Visit

ADDRESSES = ["/", "/damage", "/community?area=UA6312027", "/compare?area=UA6312027", "/sources"]
MOST_BYTES = 2_800_000
BYTES = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""
WATCH = """
window.removals = 0;
new MutationObserver(records => records.forEach(record => record.removedNodes.forEach(node => {
  if (node.id === 'first') { window.removals += 1; window.drawn = !!document.querySelector('#root .fc h1'); }
}))).observe(document, { childList: true, subtree: true });
"""


@pytest.fixture
def without_scripts(chromium, dashboard_url):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield lambda address: _went(context.new_page(), dashboard_url + address)
    context.close()


def _went(page, url: str):
    page.goto(url)
    return page


@pytest.mark.parametrize("lang", ["uk", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_can_be_read_without_scripts(without_scripts, address, lang):
    page = without_scripts(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert page.locator("#first h1").is_visible()
    assert len(page.inner_text("#first h1")) > 5
    assert page.locator("html").get_attribute("lang") == lang
    assert ("JavaScript" in page.inner_text("#first")) and page.locator("[role=status]").is_hidden()
    assert page.locator("#first nav a").count() == 7


def test_first_html_goes_once_when_the_page_is_drawn(tab):
    visit = tab()
    visit.page.add_init_script(WATCH)
    visit.open("/damage?lang=en")
    assert visit.page.evaluate("[window.removals, window.drawn]") == [1, True]
    title = visit.page.title()
    assert title == "Damage · Frontline Cities and Communities"
    assert visit.page.locator("#first").count() == 0
    assert visit.page.is_visible(".fc h1")
    assert visit.faults() == []


def test_first_html_stays_where_the_server_does_not_answer(tab):
    visit = tab()
    visit.page.route_web_socket("**/_stcore/stream", lambda route: route.close())
    visit.page.goto(f"{visit.base}/damage?lang=en")
    visit.page.wait_for_timeout(3000)
    assert visit.page.is_visible("#first h1")
    assert "loading" in visit.page.inner_text("#first [role=status]")


def test_first_visit_is_small(chromium, dashboard_url):
    context = chromium.new_context(locale="uk-UA")
    visit = Visit(context.new_page(), dashboard_url).open("/damage")
    taken = visit.page.evaluate(BYTES)
    context.close()
    assert 1_000_000 < taken < MOST_BYTES


def test_unknown_address_in_a_browser(tab):
    page = tab(390).page
    page.goto(f"{tab().base}/nothing")
    assert page.inner_text("h1") == "Такої сторінки немає"
    assert [one for one in page.locator("li").all_inner_texts() if not one.strip()] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Damage").click()
    assert page.url.endswith("/damage?lang=en")
