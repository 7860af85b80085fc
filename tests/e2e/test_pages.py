"""All pages as a reader meets them: both languages, a screen and a phone, in a real browser."""

import re
from pathlib import Path

import pytest

from tests.support.run import in_languages

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
ADDRESSES = ["/" if page == "overview" else f"/{page}" for page in PAGES]
WITH_MAP = ["/", "/damage", "/displacement"]  # what reconstruction opens with is known for fewer than ten oblasts
MOST_EXCEPTIONS = 5

# Per plotly chart of a page: how much is drawn in it, and how many units its map outlines (null: no map).
CHARTS = """() => [...document.querySelectorAll('.js-plotly-plot')].map(chart => ({
  drawn: chart.querySelectorAll('.main-svg .trace, .choroplethlayer path, .scattergeo path').length,
  units: chart.querySelector('.geo') ? chart.querySelectorAll('.choroplethlayer path').length : null,
}))"""


def excused_rules() -> set[str]:
    """axe rules excused in docs/decisions.md: lines with "axe", the rule in backticks, an upstream issue number."""
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    lines = [line for line in decisions.splitlines() if "axe" in line and re.search(r"#\d+|issues/\d+", line)]
    return {rule for line in lines for rule in re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", line)}


@pytest.mark.parametrize(("address", "width", "lang"), in_languages(ADDRESSES, [1280, 390]))
def test_page_is_whole(tab, address, width, lang):
    visit = tab(width).open(f"{address}?lang={lang}")
    assert visit.faults() == []
    assert visit.page.evaluate("document.documentElement.lang") == lang
    assert visit.page.title() not in ("", "Streamlit", "app", "main")
    charts = visit.page.evaluate(CHARTS)
    assert all(chart["drawn"] for chart in charts)
    assert {chart["units"] for chart in charts} <= {None, 27}
    assert (27 in {chart["units"] for chart in charts}) or address not in WITH_MAP
    assert charts or visit.page.locator("table td").count()
    assert without_twin(visit.page) == []
    assert {rule: html for rule, html in visit.axe().items() if rule not in excused_rules()} == {}


def without_twin(page) -> list[str]:
    """What would keep a screen reader from the figures: no table, tables on a canvas, without caption or heads."""
    never = ("[data-testid=stDataFrame]", "table:not(:has(caption))", "table:not(:has(th[scope]))")
    missing = ["no table"] if page.locator("table").count() == 0 else []
    return missing + [selector for selector in never if page.locator(selector).count()]


def test_excuses_stay_few():
    assert len(excused_rules()) <= MOST_EXCEPTIONS
