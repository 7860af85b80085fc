"""The layout, and who may import what, kept over the syntax trees.

pages          streamlit and dashboard, nothing else
dashboard      no SQL, no page, public names of data_access; what is used without a page knows no streamlit
data_access    nothing of the screen; what reads does not import the pipeline, which writes
"""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.repository import BINARY, ROOT, repository_files, text

FOLDERS = {".ci", "dashboard", "data_access", "docs", "pages", "sample_data", "tests"}
FILES = {
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "NOTICE.md",
    "README.md",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements-dev.txt",
    "requirements.lock",
    "requirements.txt",
}
HEAVY = {"pandera", "scipy", "duckdb", "polars", "openpyxl", "shapely"}
# The floors of a house, the lowest first: a room imports from its own and from lower floors.
FLOORS = {
    "dashboard": [
        ["kept_answers"],
        ["data", "view"],
        ["language"],
        ["answers"],
        ["address"],
        ["charts"],
        ["parts"],
        ["search"],
        ["shell"],
        ["explore"],
        ["community"],
        ["compare"],
        ["sources"],
        ["warm_up"],
        ["main"],
        ["app"],
        ["__main__"],
    ],
    "data_access/pipeline": [
        ["sheet"],
        ["records"],
        ["published_values"],
        ["lists"],
        ["boundaries"],
        ["iom"],
        ["community_return"],
        ["damaged_objects"],
        ["projects"],
        ["movements"],
        ["aid"],
        ["claims"],
        ["kinds"],
        ["intake"],
        ["publish"],
        ["edit"],
        ["audit"],
        ["building"],
        ["training"],
        ["release_commands"],
    ],
}
# Also used without a page: by routes, exports, the command line.
WITHOUT_STREAMLIT = {"kept_answers", "data", "view", "language", "search", "answers", "charts", "files", "briefing"}
ELSEWHERE = re.compile(r"(?<![\w.:/-])/(work|home|root|Users|opt|mnt)/")
BESIDE = re.compile(r"\.\./shared")  # tests may compare with files that lie beside the repository, where they do


def modules(folder: str) -> list[Path]:
    return [path for path in repository_files() if path.parts[0] == folder and path.suffix == ".py"]


def imports(path: Path) -> set[str]:
    """Full names of all modules that a file imports, anywhere in it; relative ones made absolute."""
    found = set()
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = list(path.parent.parts[: len(path.parent.parts) - node.level + 1]) if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


def breaches(paths: list[Path], forbidden: set[str]) -> dict[str, set[str]]:
    """file -> the forbidden packages (`a`) or modules (`a.b`) that it imports."""
    found = {}
    for path in paths:
        named = imports(path)
        bad = {ban for ban in forbidden if any(name == ban or name.startswith(f"{ban}.") for name in named)}
        if bad:
            found[str(path)] = bad
    return found


def without_streamlit() -> list[Path]:
    """The modules of dashboard that routes, exports and the command line share with the pages."""
    shared = [path for path in modules("dashboard") if path.parts[1].removesuffix(".py") in WITHOUT_STREAMLIT]
    return [*shared, Path("dashboard/address/url.py")]


def test_pages_import_streamlit_and_dashboard_only():
    others = {str(path): packages(path) - {"streamlit", "dashboard"} for path in modules("pages")}
    assert {path: names for path, names in others.items() if names} == {}


def test_the_shared_half_of_dashboard_knows_no_streamlit():
    assert breaches(without_streamlit(), {"streamlit"}) == {}


def test_dashboard_writes_no_sql_and_knows_no_page():
    assert breaches(modules("dashboard"), {"sqlalchemy", "psycopg", "sqlite3", "alembic", "pages"}) == {}


def test_dashboard_imports_the_public_names_of_data_access_only():
    import data_access

    inside = {name for path in modules("dashboard") for name in imports(path) if name.startswith("data_access.")}
    assert inside - {f"data_access.{name}" for name in data_access.__all__} == set()


def test_data_access_knows_no_screen():
    assert breaches(modules("data_access"), {"streamlit", "dashboard", "pages", "plotly", "pydeck"}) == {}


def test_reading_does_not_import_the_pipeline():
    reading = [path for path in modules("data_access") if "pipeline" not in path.parts and path.name != "__main__.py"]
    assert breaches(reading, {"data_access.pipeline"}) == {}


def test_importing_data_access_loads_nothing_heavy():
    ask = "import data_access, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name.partition(".")[0] for name in loaded.split()} & HEAVY == set()


@pytest.mark.parametrize("house", FLOORS)
def test_rooms_import_from_their_own_and_lower_floors(house):
    floor = {name: height for height, names in enumerate(FLOORS[house]) for name in names}
    inside = house.replace("/", ".") + "."
    upwards = {}
    for path in modules(house.partition("/")[0]):
        place = ".".join(path.with_suffix("").parts)
        if not place.startswith(inside) or place == f"{inside}__init__":
            continue
        own = place.removeprefix(inside).partition(".")[0]
        assert own in floor, f"{path} stands on no floor; give its folder one in FLOORS"
        named = {name.removeprefix(inside).partition(".")[0] for name in imports(path) if name.startswith(inside)}
        if higher := {name for name in named if floor[name] > floor[own]}:
            upwards[str(path)] = higher
    assert upwards == {}


def test_nothing_imports_in_a_circle():
    """Nor by a detour, nor hidden in a function or behind TYPE_CHECKING."""
    paths = {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): path
        for folder in ("dashboard", "data_access")
        for path in modules(folder)
    }
    graph = {name: (imports(path) & set(paths)) - {name} for name, path in paths.items()}
    packages_above = {name: {above for above in graph if name.startswith(f"{above}.")} for name in graph}
    graph = {name: named - packages_above[name] for name, named in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


def test_tests_share_only_what_stands_in_support():
    named = {str(path): {name for name in imports(path) if name.startswith("tests.")} for path in modules("tests")}
    others = {
        path: {name for name in names if not f"{name}.".startswith("tests.support.")} for path, names in named.items()
    }
    assert {path: names for path, names in others.items() if names} == {}


def test_no_module_of_dashboard_is_named_like_one_of_the_standard_library():
    names = {path.stem for path in modules("dashboard") if len(path.parts) == 2}
    names |= {path.parts[1] for path in modules("dashboard") if len(path.parts) > 2}
    assert names & set(sys.stdlib_module_names) == set()


def test_no_file_is_longer_than_250_lines():
    """But for migrations, which are history."""
    paths = [path for folder in ("dashboard", "data_access", "pages") for path in modules(folder)]
    long = {str(path): text(path).count("\n") for path in paths if "versions" not in path.parts}
    assert {path: lines for path, lines in long.items() if lines > 250} == {}


def test_every_imported_package_is_pinned():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = {match[1].lower() for line in lines if (match := re.match(r"([A-Za-z0-9-]+)(\[\w+\])?==", line))}
    own = {"dashboard", "data_access", "pages"}
    used = {name for folder in own for path in modules(folder) for name in packages(path)}
    assert used - own - set(sys.stdlib_module_names) - pinned == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_leave_the_registry_to_pip(name):
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if line.startswith("-") or "://" in line] == []


def test_top_level_names_are_fixed():
    files = repository_files()
    assert {path.parts[0] for path in files if len(path.parts) > 1} - FOLDERS == set()
    assert {path.name for path in files if len(path.parts) == 1} - FILES == set()


def test_no_file_names_a_place_outside_the_repository():
    itself = Path("tests/test_walls.py")
    files = [path for path in repository_files() if path.suffix not in BINARY and path != itself]
    assert [str(path) for path in files if ELSEWHERE.search(text(path))] == []
    assert [str(path) for path in files if BESIDE.search(text(path)) and path.parts[0] != "tests"] == []
