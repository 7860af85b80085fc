"""The map of communities in a real browser: it can be dragged, and a click on a community opens its page."""

from urllib.parse import parse_qs, urlsplit

KHARKIV = "UA63120270000028556"
ADDRESS = "/?lang=uk&level=hromada&ind=population"
MAP = ".st-key-communities"
# Where a community's circle lies in the window.
PLACE = """code => {
  const chart = document.querySelector('.st-key-communities .js-plotly-plot'), box = chart.getBoundingClientRect();
  const {xaxis, yaxis} = chart._fullLayout;
  for (const trace of chart._fullData) {
    const at = (trace.customdata || []).findIndex(row => row[0] === code);
    const [left, top] = [box.x + xaxis._offset, box.y + yaxis._offset];
    if (at >= 0) return [left + xaxis.d2p(trace.x[at]), top + yaxis.d2p(trace.y[at])];
  }
}"""
RANGE = "() => document.querySelector('.st-key-communities .js-plotly-plot')._fullLayout.xaxis.range.map(Number)"


def opened(tab):
    visit = tab().open(ADDRESS)
    visit.page.locator(MAP).evaluate("map => map.scrollIntoView()")
    return visit


def test_click_on_a_communitys_circle_opens_its_page(tab):
    visit = opened(tab)
    visit.page.mouse.click(*visit.page.evaluate(PLACE, KHARKIV))
    visit.page.wait_for_url("**/community?**")
    visit.settle()
    assert parse_qs(urlsplit(visit.page.url).query)["area"] == [KHARKIV]
    assert "Харківська" in visit.page.inner_text("h1")
    assert visit.faults() == []


def test_drag_moves_the_map_and_opens_nothing(tab):
    visit = opened(tab)
    before = visit.page.evaluate(RANGE)
    x, y = visit.page.evaluate(PLACE, KHARKIV)
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x - 80, y + 20, steps=8)
    visit.page.mouse.up()
    visit.settle()
    after = visit.page.evaluate(RANGE)
    assert after[0] > before[0] + 0.5
    assert urlsplit(visit.page.url).path == "/"
    assert visit.faults() == []


def test_buttons_zoom_and_are_named_in_the_readers_language(tab):
    visit = opened(tab)
    before = visit.page.evaluate(RANGE)
    visit.page.get_by_role("button", name="Наблизити").click()
    visit.settle()
    after = visit.page.evaluate(RANGE)
    assert after[1] - after[0] < before[1] - before[0]


def test_table_leads_to_communities_of_crimea_too(tab):
    visit = tab().open("/?lang=uk&level=hromada&ind=population&area=UA01000000000013043")
    link = visit.page.locator("table a[href*='/community?']").first
    link.click()
    visit.page.wait_for_url("**/community?**")
    visit.settle()
    assert parse_qs(urlsplit(visit.page.url).query)["area"][0].startswith("UA01")
    assert visit.faults() == []
