"""Releases, corrections and withdrawals as readers see them: told on the sources page, at once on every page."""

import shutil
from datetime import date, datetime

import pytest
from sqlalchemy import insert

import data_access
from dashboard import data, kept_answers
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.pipeline.edit.correction import correct
from data_access.pipeline.edit.figure_choice import Choice
from data_access.pipeline.edit.withdrawal import withdraw
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.release import publish
from tests.support.pages import PAGES, forget, opened, words_of
from tests.support.small import sample_rows, write

pytestmark = pytest.mark.slow

KHARKIV = "UA63000000000041885"
JUNE = date(2025, 6, 5)
REGISTERED = Choice("idps_registered", "UA63", JUNE)
REASONS = ("Видавець повідомив про помилку", "The publisher told of a mistake")


@pytest.fixture
def engine(sample_database, tmp_path, monkeypatch):
    """A writing engine on a copy of the published figures, which the dashboard reads meanwhile."""
    path = tmp_path / "copy.db"
    shutil.copy(sample_database, path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    forget()
    made = writing_engine()
    yield made
    made.dispose()


@pytest.fixture
def change(engine, tmp_path):
    """Load other values for chosen figures of the sample data."""

    def changing(value, *figures):
        rows = [row | {"value": value} for row in sample_rows("published-values") if row["figure_id"] in figures]
        load(engine, [("published-values", write(tmp_path / "change.csv", "published-values", rows))])

    return changing


def later() -> None:
    """More seconds pass than an answer about the newest release is trusted for."""
    asked, release = kept_answers._kept["release"]
    kept_answers._kept["release"] = (asked - 60, release)


def mark(release: str = "") -> tuple:
    frame = data.cells("idps_registered", release=release)
    fitting = (frame["territory_code"] == "UA63") & (frame["period_end"] == str(JUNE))
    return tuple(frame.loc[fitting & (frame["coverage"] == ""), ["status"]].iloc[0])


def registered_id() -> str:
    rows = sample_rows("published-values")
    fitting = ("idps_registered", "UA63", str(JUNE))
    return next(r["figure_id"] for r in rows if (r["indicator"], r["territory_code"], r["period_end"]) == fitting)


def test_a_withdrawn_figure_is_s_within_seconds_pinned_or_not(engine):
    first = data.newest_release().name
    assert mark() == mark(first) != ("s",)
    withdraw(engine, REGISTERED, *REASONS)
    assert mark() != ("s",), "kept until the newest release is asked for again"
    later()
    assert mark() == mark(first) == ("s",)


@pytest.mark.parametrize("pinned", [False, True])
def test_pages_show_a_withdrawal_without_a_restart(engine, pinned):
    query = {"area": KHARKIV, "rel": data.newest_release().name if pinned else ""}
    before = [words_of(opened(page, **query)) for page in ("damage", "overview")]
    assert all("12 700" in text for text in before)
    withdraw(engine, Choice("buildings_damaged", "UA6312027", date(2025, 12, 25)), *REASONS)
    later()
    for page in ("damage", "overview"):
        text = words_of(opened(page, **query))
        assert "12 700" not in text and ">[s]<" in text


def test_an_answer_on_its_way_while_a_figure_is_withdrawn_is_not_found_later(engine):
    answers = []

    @data.answer(4, everybody=True)
    def slow(*, release=""):
        answers.append(mark())
        if len(answers) == 1:
            withdraw(engine, REGISTERED, *REASONS)
            later()
            data.newest_release()
        return answers[-1]

    assert slow(release="any") != ("s",)
    assert slow(release="any") == ("s",)


def test_a_pinned_link_shows_the_same_after_three_more_releases(engine, change):
    pinned = data.newest_release().name
    shown = {page: everything(page, pinned) for page in PAGES}
    live = words_of(opened("displacement", area=KHARKIV))
    for number in (1, 2, 3):
        change(123_450 + number, registered_id())
        assert publish(engine, now=datetime(2027, 1, number)).name == f"2027.1.{number}"
    later()
    assert words_of(opened("displacement", area=KHARKIV)) != live
    for page in PAGES:
        assert everything(page, pinned) == shown[page], page


def everything(page: str, pinned: str) -> tuple:
    """Words, tables, charts and notices of a page."""
    app = opened(page, area=KHARKIV, rel=pinned, lang="en")
    assert not app.exception and not app.error and not app.info
    charts = [element.proto.spec for element in app.get("plotly_chart")]
    return words_of(app), charts


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_without_corrections_and_withdrawals_the_sources_page_says_so(engine, lang):
    text = words_of(opened("sources", lang=lang))
    said = {
        "uk": ("Виправлень ще не було.", "Жодного значення ще не відкликано."),
        "en": ("There have been no corrections yet.", "No figure has been withdrawn yet."),
    }
    assert all(sentence in text for sentence in said[lang])


def test_the_sources_page_tells_a_correction_in_both_languages(engine, change):
    old = words_of(opened("sources"))
    assert "Виправлень ще не було." in old
    change(501_234, registered_id())
    done = correct(engine, REGISTERED, *REASONS, now=datetime(2027, 1, 2))
    later()
    assert data.edits() == (0, 1) and done.release == "2027.1.1"
    for lang, parts in {
        "uk": ("→ 501 234 особи", REASONS[0], "2027.1.1", "02.01.2027", "05.06.2025"),
        "en": ("→ 501,234 people", REASONS[1], "2027.1.1", "2 January 2027", "5 June 2025"),
    }.items():
        text = words_of(opened("sources", lang=lang))
        for part in parts:
            assert part in text, part


def test_a_correction_recorded_after_its_release_is_shown_too(engine, change):
    change(501_234, registered_id())
    publish(engine)
    assert "There have been no corrections yet." in words_of(opened("sources", lang="en"))
    correct(engine, REGISTERED, *REASONS)
    later()
    assert REASONS[1] in words_of(opened("sources", lang="en"))


def test_the_sources_page_tells_that_something_was_withdrawn_and_never_what(engine, change):
    change(987_653, registered_id())
    correct(engine, REGISTERED, *REASONS)
    withdraw(engine, REGISTERED, "Дані з обмеженим доступом", "Restricted data", now=datetime(2027, 1, 2))
    for lang, parts in {
        "uk": ("02.01.2027", "Дані з обмеженим доступом", "без значення → без значення"),
        "en": ("2 January 2027", "Restricted data", "no value → no value"),
    }.items():
        text = words_of(opened("sources", lang=lang))
        assert "987 653" not in text and "987,653" not in text
        for part in parts:
            assert part in text, part


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_each_release_folds_out_what_it_changed(engine, change, lang):
    change(501_234, registered_id())
    publish(engine, now=datetime(2027, 1, 2))
    text = words_of(opened("sources", lang=lang))
    title = data_access.indicators()["idps_registered"].title[lang]
    counts = {"uk": "нових — 0, змінених — 1, вилучених — 0", "en": "0 new, 1 changed, 0 removed"}[lang]
    assert f"<summary>{counts}</summary><ul><li>{title}: {counts}</li></ul>" in text


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "жодне відкрите значення не змінилося"), ("en", "no public figure changed")]
)
def test_a_release_for_members_alone_says_that_no_public_figure_changed(engine, lang, said):
    before = [data.table("releases")["cells"].iloc[0], len(data.sources())]
    with engine.begin() as connection:
        row = sample_rows("published-values")[0] | {"figure_id": "own", "period_end": JUNE, "period_start": JUNE}
        row |= {"value": 5, "safe_to_publish": True, "audience": "members", "batch_id": 1}
        connection.execute(insert(t.published_value).values(row))
    publish(engine, now=datetime(2027, 1, 2))
    later()
    assert [data.table("releases")["cells"].iloc[0], len(data.sources())] == before
    assert f"<td>{said}</td>" in words_of(opened("sources", lang=lang))
    assert said in words_of(opened("overview", lang=lang))
