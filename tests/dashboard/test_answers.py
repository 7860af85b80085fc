"""What is kept is kept by release, audience and edits, and a page asks for the same thing once."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import data_access
from dashboard import data
from dashboard.answers import snapshot
from dashboard.parts.cached_drawing import cached_drawing, cached_drawing_of_place, kept, kept_of_place
from dashboard.view import View, answer_of_view
from data_access import PUBLIC, Audience
from tests.support.pages import PAGES, opened

ROOT = Path(__file__).resolve().parents[2]
KHARKIV = "UA63000000000041885"
COORDINATOR = Audience("coordinator")
EXPLORED = [
    ("overview", {}),
    ("overview", {"ind": "population", "level": "hromada"}),
    ("damage", {"area": KHARKIV, "ind": "buildings_damaged_radar", "level": "hromada"}),
    ("damage", {"ind": "buildings_damaged", "period": "2025-12-25"}),
    ("displacement", {"lang": "en"}),
    ("reconstruction", {"area": KHARKIV}),
]


def no_release(code, *, audience=PUBLIC): ...


def no_audience(code, *, release=""): ...


def in_order(code, audience=PUBLIC, release=""): ...


def both(code, *, audience=PUBLIC, release=""): ...


@pytest.mark.parametrize(
    ("function", "said", "missing"),
    [
        (no_release, {}, "release"),
        (no_audience, {}, "audience"),
        (in_order, {}, "release"),
        (no_release, {"everybody": True}, "release"),
        (both, {"newest": True}, "release"),
        (both, {"everybody": True}, "audience"),
    ],
)
def test_a_kept_function_without_release_or_audience_is_refused_by_name(function, said, missing):
    with pytest.raises(TypeError, match=rf"{function.__name__} \w+ {missing}"):
        data.answer(4, **said)(function)


def test_release_and_audience_part_answers_and_spelling_does_not():
    asked = []

    @data.answer(8)
    def counted(code, part="", *, audience=PUBLIC, release=""):
        asked.append((code, part, audience, release))

    newest = data.newest_release().name
    for call in (
        lambda: counted("UA"),
        lambda: counted("UA", ""),
        lambda: counted(part="", code="UA", audience=PUBLIC),
        lambda: counted("UA", release=newest),
    ):
        call()
    assert asked == [("UA", "", PUBLIC, newest)]
    counted("UA", audience=COORDINATOR)
    counted("UA", release="2020.1.1")
    assert asked[1:] == [("UA", "", COORDINATOR, newest), ("UA", "", PUBLIC, "2020.1.1")]
    with pytest.raises(TypeError):
        counted()
    with pytest.raises(TypeError):
        counted("UA", language="uk")


def test_an_answer_of_a_view_sees_only_the_fields_it_is_kept_by():
    seen = []

    @answer_of_view(8, "area")
    def told(view):
        seen.append(view)

    view = View("damage", "en", area="UA63", indicator="damage_usd", period="2024", audience=COORDINATOR)
    told(view)
    told(replace(view, lang="uk", indicator="population"))
    told(replace(view, audience=PUBLIC))
    told(replace(view, pinned="2020.1.1"))
    newest = data.newest_release().name
    assert seen == [
        View("", area="UA63", pinned=newest, audience=COORDINATOR),
        View("", area="UA63", pinned=newest),
        View("", area="UA63", pinned="2020.1.1", audience=COORDINATOR),
    ]
    with pytest.raises(TypeError, match=r"told .*place_of_birth"):
        answer_of_view(8, "place_of_birth")(told)


def without_view(area: str): ...


def not_said_to_be_a_view(view): ...


@pytest.mark.parametrize("keep", [cached_drawing, cached_drawing_of_place, kept, kept_of_place])
@pytest.mark.parametrize("function", [without_view, not_said_to_be_a_view])
def test_a_drawing_cannot_forget_release_and_audience(keep, function):
    with pytest.raises(TypeError, match=function.__name__):
        keep(function)


@pytest.mark.parametrize("keep", [cached_drawing, cached_drawing_of_place, kept, kept_of_place])
def test_drawings_are_parted_by_release_audience_and_snapshot(keep):
    drawn = []

    @keep
    def draw(view: View, shown: snapshot.Snapshot):
        drawn.append((view.release, view.audience, shown.key))

    view = View("damage", indicator="population")
    shown = snapshot.snapshot(view)
    draw(view, shown)
    draw(view, replace(shown, rows=shown.rows.copy()))
    assert len(drawn) == 1
    draw(replace(view, audience=COORDINATOR), shown)
    draw(replace(view, pinned="2020.1.1"), shown)
    draw(view, replace(shown, key=(*shown.key, "other")))
    assert len(set(drawn)) == len(drawn) == 4


def test_a_snapshot_carries_the_key_it_was_made_from():
    view = View("damage", indicator="population", level="hromada", area="UA63")
    shown = snapshot.snapshot(view)
    assert snapshot.snapshot(replace(view, lang="en", area="UA", page="overview")) is shown
    others = [{"level": ""}, {"indicator": "urban_share"}, {"period": "2022"}, {"audience": COORDINATOR}]
    keys = {snapshot.snapshot(replace(view, **other)).key for other in others}
    assert len(keys | {shown.key, snapshot.narrowed(view, shown).key}) == len(others) + 2


@pytest.mark.parametrize(("page", "query"), EXPLORED)
def test_a_run_of_the_explorer_makes_one_snapshot(page, query, monkeypatch, nothing_kept):
    asked, real = [], snapshot.snapshot
    monkeypatch.setattr(snapshot, "snapshot", lambda view: (asked.append(view), real(view))[1])
    app = opened(page, **query)
    assert not app.exception and not app.error
    assert len(asked) == 1


@pytest.mark.parametrize(("page", "query"), [*EXPLORED, *((page, {"area": KHARKIV, "lang": "en"}) for page in PAGES)])
def test_a_run_of_a_page_reads_the_same_cells_once(page, query, monkeypatch, nothing_kept):
    read, cells, unit_cells = Counter(), data_access.cells, data_access.unit_cells

    def counting(real):
        def reading(database, what, **named):
            read[(what, *sorted(named.items(), key=str))] += 1
            return real(database, what, **named)

        return reading

    monkeypatch.setattr(data_access, "cells", counting(cells))
    monkeypatch.setattr(data_access, "unit_cells", counting(unit_cells))
    app = opened(page, **query)
    assert not app.exception and not app.error
    assert read and set(read.values()) == {1}


def test_streamlit_keeps_nothing_but_by_these_decorators():
    files = [path for folder in ("dashboard", "pages") for path in (ROOT / folder).rglob("*.py")]
    keeping = {path.stem for path in files if re.search(r"st\.cache_(data|resource)", path.read_text("utf-8"))}
    assert keeping == {"cached_drawing"}
