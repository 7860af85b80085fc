"""Where things stand: a picture early (rule 14), nothing beyond a phone's edge, no jump after the first HTML."""

import pytest

from tests.support.visit import WIDE

OF_OBLASTS, OF_ALL = ["/", "/damage", "/displacement", "/reconstruction"], ["/community", "/compare"]
ADDRESSES = [page + place for page in OF_OBLASTS for place in ("", "?area=UA63", "?area=UA74")]
ADDRESSES += [f"{page}?area={place}" for page in OF_ALL for place in ("UA63", "UA6312027", "UA6304013")]
ADDRESSES += ["/community", "/compare", "/sources", "/damage?level=hromada&ind=buildings_damaged_satellite&q=школи"]
PICTURE = """() => Math.min(...[...document.querySelectorAll(
  '#root :is(.js-plotly-plot, .band, .strip .field, .peer-map)')].map(one => one.getBoundingClientRect().top))"""
HEAD = [".brand", "nav", ".question", "h1", ".lead", ".card", ".card:nth-child(4)", ".band"]
TOPS = """([root, names]) => Object.fromEntries(names.map(name => [name, document.querySelector(`${root} ${name}`)])
  .filter(([, one]) => one).map(([name, one]) => [name, one.getBoundingClientRect().top]))"""
JUMP = 8  # px


@pytest.mark.parametrize("address", ADDRESSES)
def test_picture_begins_early_and_nothing_is_too_wide(tab, address):
    visit = tab(1280, height=900).open(address)
    if visit.page.locator("#root :is(.js-plotly-plot, .band, .strip .field)").count():
        assert visit.page.evaluate(PICTURE) < 900
        visit.page.set_viewport_size({"width": 390, "height": 844})
        assert visit.settle().page.evaluate(PICTURE) < 2 * 844
    for width in (768, 320):
        visit.page.set_viewport_size({"width": width, "height": 700})
        assert (width, visit.settle().page.evaluate(WIDE)) == (width, [])


@pytest.mark.parametrize("address", ["/", "/community?area=UA6312027", "/sources?lang=en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_page_stands_where_its_first_html_stood(tab, chromium, dashboard_url, address, width, height):
    size = {"width": width, "height": height}
    context = chromium.new_context(java_script_enabled=False, viewport=size, locale="uk-UA")
    page = context.new_page()
    page.goto(dashboard_url + address)
    before = page.evaluate(TOPS, ["#first", HEAD])
    context.close()
    after = tab(width, height=height).open(address).page.evaluate(TOPS, ["#root", HEAD])
    assert {"nav", "h1", ".lead"} <= set(before)
    assert {name: (top, after.get(name)) for name, top in before.items() if abs(top - after[name]) > JUMP} == {}


def test_first_html_offers_english_as_the_page_does(chromium, dashboard_url):
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(dashboard_url)
    offered = page.locator("#first .offered").count()
    page.goto(dashboard_url + "/?lang=uk")
    assert (offered, page.locator("#first .offered").count()) == (1, 0)
    context.close()
