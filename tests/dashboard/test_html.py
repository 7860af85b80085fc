"""HTML is written and escaped in one place; whatever names and notes hold, a page shows it as text."""

import ast
import json
import re
import shutil
import sqlite3
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup

from dashboard.parts import html
from dashboard.parts.cached_drawing import block
from tests.support.pages import PAGES, forget, opened, words_of
from tests.support.repository import repository_files, text
from tests.support.run import in_languages

BUILDER = Path("dashboard/parts/html.py")
TAG = re.compile(r"</?([a-z]+)")
OTHER_TAGS = {  # plotly's own; pictures without any words; patterns, those for Streamlit's index page too
    "charts": {"b", "br", "extra"},
    "compare": {"svg", "path"},
    "search": {"name", "first", "second"},  # groups of its patterns
    "first_page": {"html", "head", "body", "noscript", "div", "meta", "title", "link", "script"},
}
ST_HTML = {Path("dashboard/parts/cached_drawing.py"), Path("dashboard/shell/header.py")}
HOSTILE = """<b onclick="x">&"'"""
CHARTS = [
    ("overview", "population", ""),
    ("overview", "population", "hromada"),
    ("displacement", "", ""),
    ("damage", "", ""),
]
AREAS = ["", "UA63000000000041885", "UA63120270000028556"]
HOSTILE_COLUMNS = {
    "territory": ("name_uk", "name_en", "short_name_uk", "short_name_en"),
    "territory_name": ("name_uk", "name_en"),
    "territory_status": ("unit_name_uk",),
    "source": ("title", "publisher_uk", "publisher_en", "licence_uk", "licence_en"),
    "producer": ("name_uk", "name_en"),
    "cell": ("note_uk", "note_en"),
}


def trees() -> list[tuple[Path, ast.Module]]:
    """Every module of the screen but the builder."""
    paths = [path for path in repository_files() if path.suffix == ".py" and path.parts[0] in ("dashboard", "pages")]
    return [(path, ast.parse(text(path))) for path in paths if path != BUILDER]


def strings(tree: ast.Module) -> list[str]:
    """All strings of a module, the fixed parts of f-strings too; docstrings left out."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told]
    return [node.value for node in constants if isinstance(node.value, str)]


def test_tags_are_written_by_the_builder_alone():
    found = {path: {tag for one in strings(tree) for tag in TAG.findall(one)} for path, tree in trees()}
    others = {str(path): tags - OTHER_TAGS.get(path.parts[1], set()) for path, tags in found.items()}
    assert {path: tags for path, tags in others.items() if tags} == {}


def test_nothing_but_the_builder_escapes_or_calls_a_text_markup():
    imported = {
        f"{path}: {alias.name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.name == "escape" or (alias.name.split(".")[0] in ("html", "markupsafe") and path != BUILDER)
        if getattr(node, "module", None) != "dashboard.parts"
    }
    called = {f"{path}: Markup()" for path, tree in trees() if calls(tree, "Markup")}
    assert imported | called == set()


def test_html_reaches_the_page_by_two_doors():
    assert {path for path, tree in trees() if calls(tree, "html")} == ST_HTML


def calls(tree: ast.Module, name: str) -> bool:
    """Whether a function or method of that name is called."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return name in {getattr(one, "attr", getattr(one, "id", "")) for one in called}


def test_the_builder_escapes_children_and_attributes():
    assert html.tag("p", HOSTILE, html.tag("br"), cls="a", title=Markup('"'), lang=None) == (
        '<p class="a" title="&#34;">&lt;b onclick=&#34;x&#34;&gt;&amp;&#34;&#39;<br></br></p>'
    )
    assert html.joined(("<", html.tag("i")), "<") == "&lt;&lt;<i></i>"
    assert html.filled("p", "", html.NOTHING) == ""


def test_a_block_refuses_plain_text():
    with pytest.raises(TypeError, match="made of Markup"):
        block(html.tag("p"), "<p>")


@pytest.fixture(scope="module")
def hostile_file(sample_database, tmp_path_factory) -> Path:
    """The published figures with HTML in every name, note and reason."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    shutil.copy(sample_database, path)
    with sqlite3.connect(path) as connection:
        for table, columns in HOSTILE_COLUMNS.items():
            changed = ", ".join(f"{name} = {name} || ?" for name in columns)
            connection.execute(f"UPDATE {table} SET {changed}", [HOSTILE] * len(columns))
        corrected = "1, published_at, id, 'population', 'UA63', '2022-01-01', 1, 2, 'persons', ?, ?"
        connection.execute(f"INSERT INTO correction SELECT {corrected} FROM release", [HOSTILE, HOSTILE])
        connection.execute("INSERT INTO withdrawal VALUES (1, '2026-01-01 00:00:00', 3, ?, ?)", [HOSTILE, HOSTILE])
    return path


@pytest.fixture
def hostile(hostile_file, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{hostile_file}")
    forget()


@pytest.mark.slow
@pytest.mark.parametrize(("page", "area", "lang"), in_languages(PAGES, AREAS))
def test_whatever_names_and_notes_hold_is_shown_as_text(page, area, lang, hostile):
    app = opened(page, area=area, lang=lang)
    assert not app.exception and not app.error
    told = words_of(app)
    assert "<b onclick" not in told
    assert HOSTILE in unescape(told)
    assert "<b onclick" not in drawn(app)


@pytest.mark.slow
@pytest.mark.parametrize(("page", "ind", "level"), CHARTS)
def test_charts_show_it_as_text(page, ind, level, hostile):
    """Plotly would take `<b>` and `<a href>` in its hover texts, names and ticks for HTML."""
    told = drawn(opened(page, ind=ind, level=level, area="UA63000000000041885", lang="en"))
    assert "<b onclick" not in told
    assert "&lt;b onclick" in told


def drawn(app) -> str:
    """All charts of a page as plotly reads them: their JSON writes `<` as a number."""
    return " ".join(str(json.loads(chart.proto.spec)) for chart in app.get("plotly_chart"))
