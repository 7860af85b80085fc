"""The official list in the layout in which it circulates; what a newer edition changes, and what it does not."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from data_access import connect, release_changes
from data_access import tables as t
from data_access.__main__ import main
from data_access.indicators import indicators
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.difference import told, warnings
from data_access.pipeline.publish.editions import edition_changes
from data_access.pipeline.publish.release import publish
from tests.support.examples_lists import EXAMPLES, listed, write_table
from tests.support.loading import batches, contents, loading, refusal
from tests.support.small import DERHACHI, IZIUM, PERIODS

pytestmark = pytest.mark.first_case_on_postgresql

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "published" / "territory_status_periods_2025_05.csv"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the published list lies outside the repository")
CHANGED, OF_CHANGED = "UA5904003", ("UA", "UA59")  # active hostilities; in the made-up newer edition possible ones
EDITION = date(2025, 5, 7)
KEY = ("indicator", "territory_code", "period_end", "breakdown", "category", "coverage")


def values(engine) -> dict:
    """Current values of territorial status by key, without source and notes; read from the table as it is."""
    c = t.cell.c
    wanted = t.cell.select().where(c.to_release.is_(None), c.indicator.in_(STATUS))
    with engine.connect() as connection:
        rows = connection.execute(wanted).mappings().all()
    return {tuple(row[name] for name in KEY): row["value"] for row in rows}


STATUS = ("communities_by_status", "months_under_status", "settlements_share_by_status")


def test_the_circulating_layout_says_the_same_as_ours(engine, tmp_path):
    before = contents(engine)
    done = loading(engine, EXAMPLES["territory-status"](tmp_path), "territory-status")
    after = contents(engine)
    assert "nothing changed" in str(done) and batches(engine)[-1].state == "unchanged"
    assert {n: rows for n, rows in after.items() if n != "batch"} == {n: r for n, r in before.items() if n != "batch"}


def test_towns_of_the_exclusion_zone_stand_under_their_region(engine, tmp_path):
    zone = {"katottg": "UA63000000010085013", "pcode": "", "hromada_katottg": "UA63000000000030281"}
    row = listed(PERIODS[5], **zone, katottg_category="M", name_in_list_uk="м. Прип`ять")
    loading(engine, write_table(tmp_path / "x.csv", [row]), "territory-status")
    with engine.connect() as connection:
        held = connection.execute(t.territory_status.select()).mappings().one()
    assert (held["code"], held["hromada_code"], held["unit_kind"]) == ("UA63", "", "settlement")
    assert held["unit_name_uk"] == "м. Прип’ять"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"katottg": "UА63120290000000000"},
            "x.csv, row 2, column \"katottg\": 'UА63120290000000000' is not a KATOTTG",
        ),
        ({"katottg_category": "Z"}, "column \"katottg_category\": 'Z' is not one of O, K, P, H"),
        ({"pcode": "UA6312027"}, "is not the beginning of UA6312029"),
        ({"start_date": "24 лютого"}, "column \"start_date\": '24 лютого' is not a day"),
        ({"end_date": "2021-01-01"}, 'column "end_date": 2021-01-01 is before the start'),
        ({"source_id": "list_2026"}, "column \"source_id\": 'list_2026' is not a known source"),
        ({"status": "liberated"}, "column \"status\": 'liberated' is not one of"),
        ({"katottg": "UA63129990000000000", "pcode": ""}, "column \"katottg\": 'UA6312999' is not a known territory"),
    ],
)
def test_faults_name_the_columns_of_the_file(engine, tmp_path, change, said):
    path = write_table(tmp_path / "x.csv", [listed(PERIODS[4]) | change])
    assert said in refusal(engine, path, "territory-status")


def test_a_list_without_one_of_its_columns_is_refused(engine, tmp_path):
    row = {name: text for name, text in listed(PERIODS[4]).items() if name != "end_date"}
    path = write_table(tmp_path / "x.csv", [row])
    assert 'row 1, column "end_date": the column is missing' in refusal(engine, path, "territory-status")


@pytest.mark.slow
@needs_shared
def test_the_published_file_changes_nothing_in_the_sample_data(sample_engine):
    before = contents(sample_engine)["territory_status"]
    said = str(loading(sample_engine, SHARED, "territory-status"))
    assert "3,196 periods" in said and "all there already, nothing changed" in said
    assert contents(sample_engine)["territory_status"] == before
    assert publish(sample_engine).name == ""


def newer_edition(folder: Path, day: str, source: str = "list_376_edition_2025_05_07") -> Path:
    """The published list with one change: in one hromada possible hostilities follow on active ones in April 2025."""
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        rows = [row | {"list_edition": day, "source_id": source} for row in csv.DictReader(file)]
    (open_row,) = [row for row in rows if row["katottg"].startswith(CHANGED) and not row["end_date"]]
    assert open_row["katottg_category"] == "H"
    calmer = open_row | {"status": "possible_hostilities", "start_date": "2025-04-01"}
    open_row["end_date"] = "2025-03-31"
    return write_table(folder / "newer.csv", [*rows, calmer])


@pytest.mark.slow
@needs_shared
def test_a_corrected_edition_of_the_same_day_changes_exactly_one_hromadas_figures(sample_engine, tmp_path):
    before = values(sample_engine)
    done = loading(sample_engine, newer_edition(tmp_path, "2025-05-07"), "territory-status")
    assert (done.own.added, done.own.changed, done.own.removed) == (1, 1, 0)
    published = publish(sample_engine, now=datetime(2027, 1, 1))
    after = values(sample_engine)
    assert set(after) == set(before)
    moved = {key for key in after if after[key] != before[key]}
    assert {key[1] for key in moved} == {CHANGED, *OF_CHANGED}
    assert {key[2].isoformat() for key in moved if key[1] != CHANGED} == {"2025-04-30", "2025-05-07"}
    assert published.changed.total() == len(moved) == 2 * 2 * 3 + 2 + 2
    assert not published.new and not published.vanished
    told = release_changes(connect(sample_engine.url.render_as_string(False)), published.name)
    assert dict(zip(told["indicator"], told["changed"], strict=True)) == published.changed
    country = {key[4]: after[key] - before[key] for key in moved if key[1:3] == ("UA", EDITION) and not key[5]}
    assert country == {"possible_hostilities": 1, "active_hostilities": -1}


@pytest.mark.slow
@pytest.mark.postgresql_in_full
@needs_shared
def test_a_later_edition_moves_the_day_of_all_and_says_which_hromada_really_changed(sample_engine, tmp_path):
    sources = tmp_path / "sources.csv"
    sources.write_text(
        "source_id,title,publisher_uk,publisher_en,published_on,url,licence_uk,licence_en,kind\n"
        "list_2025_06,Order 376,,,2025-06-10,,,,dataset\n"
    )
    path = newer_edition(tmp_path, "2025-06-10", "list_2025_06")
    load(sample_engine, [("sources", sources), ("territory-status", path)])
    with sample_engine.connect() as connection:
        units = {name: record.unit for name, record in indicators().items() if name in STATUS}
        changes = edition_changes(connection, EDITION, units)
    assert {new.territory_code for _, new in changes} == {CHANGED, *OF_CHANGED}
    assert {new.period_end.isoformat() for _, new in changes} == {"2025-04-30", "2025-05-31", "2025-06-10"}
    months = {new.category: new.value - old.value for old, new in changes if new.indicator == "months_under_status"}
    assert months == pytest.approx({"possible_hostilities": 2.3, "active_hostilities": -2.3}, abs=0.11)  # 71 days
    tried = publish(sample_engine, now=datetime(2027, 1, 1), dry_run=True)
    published = publish(sample_engine, now=datetime(2027, 1, 1))
    assert tried == published and "2025-06-10 against that of 2025-05-07: 22 figures differ" in published.news
    assert f"1 community (Velyka Pysarivka, {CHANGED}) and" in published.news
    assert not list(warnings(published.difference)), "one figure takes the place of another"
    lines = list(told(published.difference, {}))
    assert lines[-1].startswith("Of those vanished, a newer edition") and "Vanished:" not in lines
    assert not published.changed  # each cell bears the new day and source: all are new, the old ones have ended
    assert not publish(sample_engine).news


def test_a_hromada_that_the_list_has_dropped_is_named(engine, tmp_path):
    rows = [listed(p, list_edition="2023-06-10") for p in PERIODS if p["code"] != DERHACHI]
    loading(engine, write_table(tmp_path / "x.csv", rows), "territory-status")
    published = publish(engine, now=datetime(2026, 6, 1))
    assert f": 1 community (Derhachi en, {DERHACHI}) and" in published.news
    lost = [warning for warning in warnings(published.difference) if "vanishes" in warning]
    assert [line.split(" of ")[1].split()[0] for line in lost] == ["months_under_status", "settlements_share_by_status"]
    assert any(line.startswith("  UA6312029, 2023-05-10, months") for line in told(published.difference, {}))


def test_the_news_of_the_edition_stand_first_on_standard_output(engine, tmp_path, capsys):
    rows = [listed(p, list_edition="2023-06-10") for p in PERIODS]
    loading(engine, write_table(tmp_path / "x.csv", rows), "territory-status")
    url = engine.url.render_as_string(False)
    capsys.readouterr()
    assert main(["publish", "--dry-run", "--url", url]) == 0
    out, err = capsys.readouterr()
    first = "The edition of 2023-06-10 against that of 2023-05-10: 0 figures differ. All others only bear the new day."
    assert out.splitlines()[0] == first
    assert "Look twice" not in out + err


def test_a_hromada_is_named_apart_when_a_date_announced_by_the_older_edition_has_passed(engine, tmp_path):
    (*others, izium) = PERIODS
    announcing = [*others, izium | {"end_on": "2023-05-20"}]
    done = loading(engine, write_table(tmp_path / "x.csv", [listed(p) for p in announcing]), "territory-status")
    end = f"{izium['unit_katottg']} on 2023-05-20"
    assert done.remarks == (f"1 period ends after the day of the edition ({end}); check the list",)
    publish(engine, now=datetime(2026, 6, 1))
    shares = {key: value for key, value in values(engine).items() if key[:2] == (STATUS[2], IZIUM)}
    rows = [listed(p, list_edition="2023-05-20") for p in announcing]  # the last day belongs to the period
    loading(engine, write_table(tmp_path / "y.csv", rows), "territory-status")
    assert IZIUM not in publish(engine, now=datetime(2026, 6, 1), dry_run=True).news
    rows = [listed(p, list_edition="2023-06-10") for p in announcing]
    assert not loading(engine, write_table(tmp_path / "z.csv", rows), "territory-status").remarks
    published = publish(engine, now=datetime(2026, 6, 1))
    assert published.news.endswith(
        "0 figures differ. A date that the edition of 2023-05-10 announced has passed and changes "
        f"1 community (Izium en, {IZIUM}). All others only bear the new day."
    )
    later = {key: value for key, value in values(engine).items() if key[:2] == (STATUS[2], IZIUM)}
    assert sorted(shares.values()) == [0, 0, 0, 25, 75] and sorted(later.values()) == [0, 0, 0, 0, 100]


def test_an_announced_end_that_the_newer_edition_takes_back_is_a_difference(engine, tmp_path):
    (*others, izium) = PERIODS
    rows = [listed(p) for p in [*others, izium | {"end_on": "2023-05-20"}]]
    loading(engine, write_table(tmp_path / "x.csv", rows), "territory-status")
    publish(engine, now=datetime(2026, 6, 1))
    rows = [listed(p, list_edition="2023-06-10") for p in PERIODS]
    loading(engine, write_table(tmp_path / "y.csv", rows), "territory-status")
    news = publish(engine, now=datetime(2026, 6, 1)).news
    assert f": 1 community (Izium en, {IZIUM}) and the counts" in news and "announced" not in news
