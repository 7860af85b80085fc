"""Queries, each worked out a second time from plain rows."""

import csv
from collections import Counter, defaultdict
from datetime import date

import pytest
from sqlalchemy import event, update

from data_access import (
    FRAME_COLUMNS,
    PUBLIC,
    Audience,
    UnknownRelease,
    cells,
    coverage,
    producers,
    reading,
    release,
    release_changes,
    releases,
    sources,
    sources_by_indicator,
    status_periods,
    territories,
    territory_names,
)
from data_access import tables as t
from tests.support.plain import plainly_visible, stored
from tests.support.small import DERHACHI, FIRST_OF_MAY, KHARKIV, SAMPLE, TERRITORIES, sample_rows

COORDINATOR = Audience("coordinator")


FILTERS = [
    {},
    {"level": "region"},
    {"level": "hromada", "breakdown": "territory_status"},
    {"areas": ["UA63", "UA01"]},
    {"areas": []},
    {"breakdown": None},
    {"since": date(2025, 6, 5)},
    {"until": date(2025, 6, 4)},
    {"since": date(2025, 8, 3), "until": date(2025, 8, 4)},
]


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
@pytest.mark.parametrize("indicator", ["idps_registered", "buildings_damaged_in_period", "months_under_status"])
def test_cells_are_those_of_a_plain_recomputation(small_db, indicator, chosen):
    levels = {row["code"]: row["level"] for row in TERRITORIES}
    rows = [row for row in plainly_visible(stored(small_db), PUBLIC, 1) if row["indicator"] == indicator]
    rows = [row for row in rows if chosen.get("areas") is None or row["territory_code"] in chosen["areas"]]
    rows = [row for row in rows if chosen.get("level") in (None, levels[row["territory_code"]])]
    rows = [row for row in rows if chosen.get("breakdown", "") in (None, row["breakdown"])]
    rows = [row for row in rows if row["period_end"] >= chosen.get("since", date.min)]
    rows = [row for row in rows if row["period_start"] <= chosen.get("until", date.max)]
    rows.sort(key=lambda row: tuple(row[name] for name in t.KEY))
    found = cells(small_db, indicator, **chosen)
    assert list(found.columns) == list(FRAME_COLUMNS)
    plain = [tuple(row[name] for name in ("territory_code", "period_end", "category", "producer")) for row in rows]
    names = ("territory_code", "period_end", "category", "producer")
    assert [(r[0], r[1].date(), *r[2:]) for r in found[list(names)].itertuples(index=False)] == plain
    assert [None if v != v else v for v in found["value"]] == [row["value"] for row in rows]


def test_a_cell_knows_the_day_it_speaks_of_and_when_it_was_published(small_db):
    found = cells(small_db, "idps_registered", areas=["UA63"])
    assert (found["as_of"] == found["period_end"]).all()
    assert set(found["published_on"]) == {"2025-06-05", "2025"}


def test_coverage_is_that_of_a_plain_recomputation(small_db):
    levels = {row["code"]: row["level"] for row in TERRITORIES}
    groups = defaultdict(list)
    for row in plainly_visible(stored(small_db), PUBLIC, 1):
        groups[row["indicator"], levels[row["territory_code"]]].append(row)
    found = coverage(small_db)
    assert list(zip(found["indicator"], found["level"], strict=True)) == sorted(groups)
    for row in found.itertuples():
        group = groups[row.indicator, row.level]
        assert row.cells == len(group)
        assert row.territories == len({g["territory_code"] for g in group if g["value"] is not None})
        assert row.first_as_of.date() == min(g["as_of"] for g in group)
        assert row.last_as_of.date() == max(g["as_of"] for g in group)
        assert row.last_published_on == max(g["published_on"] for g in group)


def test_sources_of_indicators_are_those_of_a_plain_recomputation(small_db):
    visible = [row for row in plainly_visible(stored(small_db), PUBLIC, 1) if row["value"] is not None]
    counted = Counter((row["indicator"], row["source_id"]) for row in visible)
    found = sources_by_indicator(small_db)
    told = zip(found["indicator"], found["source_id"], found["cells"], strict=True)
    assert list(told) == [(*key, counted[key]) for key in sorted(counted)]


def test_each_question_is_one_select(small_db):
    said = []
    event.listen(small_db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    for ask in (
        lambda: cells(small_db, "idps_registered", level="region"),
        lambda: cells(small_db, "idps_registered", audience=COORDINATOR, areas=["UA63"]),
        lambda: coverage(small_db),
        lambda: sources_by_indicator(small_db),
        *(lambda q=q: q(small_db) for q in (territories, territory_names, sources, producers, releases, release)),
        lambda: release_changes(small_db),
        lambda: status_periods(small_db, "UA63"),
    ):
        said.clear()
        ask()
        assert len(said) == 1 and said[0].startswith("SELECT")


def test_status_periods_are_those_at_above_and_within_the_territory(small_db):
    assert set(status_periods(small_db, DERHACHI)["unit_kind"]) == {"hromada", "settlement"}
    assert set(status_periods(small_db, "UA0102001")["code"]) == {"UA01"}
    assert set(status_periods(small_db, "UA63")["code"]) == {KHARKIV, DERHACHI, "UA6304", "UA6304005"}
    assert len(status_periods(small_db, "UA")) == 9
    assert status_periods(small_db, "UA80").empty


def test_the_newest_release_and_one_by_name(small_db):
    assert release(small_db).name == "2026.5.1" == release(small_db, "2026.5.1").name
    assert len(release(small_db).sha256) == 64
    with pytest.raises(UnknownRelease, match="2020"):
        release(small_db, "2020.1.1")
    with pytest.raises(UnknownRelease):
        cells(small_db, "idps_registered", release="2020.1.1")


def test_the_list_of_releases_adds_up(small_db):
    one = releases(small_db).iloc[0]
    assert one["cells"] == one["new"] == len(stored(small_db)) and one["changed"] == one["vanished"] == 0
    assert one["note"] == "first" and one["published_at"] == FIRST_OF_MAY
    assert release_changes(small_db)["new"].sum() == one["new"]
    assert release_changes(small_db, "2026.5.1").equals(release_changes(small_db))


def test_reference_tables_come_in_the_order_of_their_codes_without_nan_texts(sample_db):
    for table in (territories(sample_db), sources(sample_db), producers(sample_db), territory_names(sample_db)):
        codes = table.iloc[:, 0].tolist()
        assert codes == sorted(codes)
        assert not table.select_dtypes("str").isna().any().any()


def test_sources_are_those_that_figures_and_lists_refer_to(sample_db):
    told = {row["source_id"] for row in sample_rows("published-values") if row["safe_to_publish"] == "1"}
    for kind in ("territory-names", "territory-status"):
        told |= {row["source_id"] for row in sample_rows(kind)}
    with (SAMPLE / "register_categories.csv").open(encoding="utf-8", newline="") as file:
        told |= {name for row in csv.DictReader(file) for name in row["source_ids"].split()}
    with (SAMPLE / "association_facts.csv").open(encoding="utf-8", newline="") as file:
        told |= {row["source_id"] for row in csv.DictReader(file)}
    found = sources(sample_db)["source_id"].tolist()
    assert found == sorted(told) and len(found) < len(sample_rows("sources"))


def test_all_reference_rows_of_the_sample_data_are_there(sample_db):
    for kind, table in (
        ("territories", territories),
        ("producers", producers),
        ("territory-names", territory_names),
    ):
        rows, frame = sample_rows(kind), table(sample_db)
        key = next(iter(rows[0]))
        assert sorted(frame[key]) == sorted(row[key] for row in rows)
        for name in frame.select_dtypes("str"):
            assert sorted(frame[name]) == sorted(row.get(name, "") for row in rows), name  # columns not in the file


def test_a_lost_connection_is_tried_again(small_db, monkeypatch):
    from sqlalchemy.exc import OperationalError

    lost = OperationalError("", {}, Exception("server closed the connection unexpectedly"), connection_invalidated=True)
    left = [lost, lost]
    once = reading._once

    def failing(db, wanted):
        if left:
            with reading.explained(db.engine):
                raise left.pop()
        return once(db, wanted)

    monkeypatch.setattr(reading, "_once", failing)
    assert len(sources(small_db)) == 3 and not left


def test_a_change_of_a_cell_in_place_would_be_seen(small_db, engine):
    """The fixture's two engines look at the same rows (else the tests above prove nothing)."""
    with engine.begin() as connection:
        connection.execute(update(t.source).where(t.source.c.source_id == "s1").values(title="Altered"))
    assert "Altered" in set(sources(small_db)["title"])
