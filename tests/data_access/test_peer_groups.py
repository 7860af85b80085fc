"""Peer groups at publication: from public figures only, frozen with the release, on both databases the same."""

from datetime import date, timedelta

import pandas as pd
import pytest

from data_access import (
    cells,
    communities,
    connect,
    object_tables,
    peer_profiles,
    peers_of,
    project_tables,
    record_tables,
    release,
    status_history,
)
from data_access import tables as t
from data_access.__main__ import main
from data_access.communities import peer_profile
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.building import initialise
from data_access.pipeline.edit.figure_choice import Choice
from data_access.pipeline.edit.withdrawal import withdraw
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.release import publish
from data_access.territorial_status import Period
from tests.support.examples_lists import members
from tests.support.plain_peers import sample_groups, sample_traits
from tests.support.small import CRIMEAN, DERHACHI, IZIUM, KHARKIV, LATER, REASONS, SMALL_DOUBT, figure, territory, write

ALIKE = [f"UA6312{number:03}" for number in range(101, 112)]  # eleven villages with 3,000 residents each
FIRST, OTHERS = ALIKE[0], ALIKE[1:]
COLUMNS = ["status", "population_band", "kind", "displaced_band"]


@pytest.fixture
def change(engine, tmp_path):
    """Load figures and publish; returns what publication says."""

    def changing(*rows, **more):
        if rows:
            load(engine, [("published-values", write(tmp_path / "v.csv", "published-values", list(rows)))])
        return publish(engine, now=LATER, **more)

    return changing


@pytest.fixture
def villages(engine, tmp_path, change):
    """The small database with eleven communities alike, published."""
    units = [territory(code, "hromada", code, kind="rural", settlements=2) for code in ALIKE]
    load(engine, [("territories", write(tmp_path / "t.csv", "territories", units))])
    return change(*(residents(code, 3_000) for code in ALIKE))


def residents(code, number, **more) -> dict:
    return figure(f"pop-{code}", "population", code, "2022-01-01", number, producer="ukrstat") | more


def displaced(engine, code, number, audience="public", status="") -> None:
    """A figure that no file may bring at this level yet."""
    row = figure(f"idp-{code}", "idps_registered", code, "2025-06-05", number, status=status)
    day = {name: date(2025, 6, 5) for name in ("period_start", "period_end")}
    more = {"safe_to_publish": True, "audience": audience, "batch_id": 1}
    more |= dict.fromkeys(("breakdown", "category", "coverage"), "")
    with engine.begin() as connection:
        connection.execute(t.published_value.insert().values(row | day | more))


def profile(db, code, **more) -> list:
    frame = peer_profiles(db, **more).set_index("code")
    return frame.loc[code, [*COLUMNS, "kept", "peers"]].tolist()


def stored(engine) -> list:
    with engine.connect() as connection:
        return sorted(connection.execute(peer_profile.select()).all())


@pytest.mark.slow
def test_the_profiles_of_the_sample_are_worked_out_again_from_its_files(sample_db):
    frame = peer_profiles(sample_db)
    assert frame["code"].tolist() == sorted(sample_traits()) and not frame["member"].any()
    for row in frame.to_dict("records"):
        kept, peers = sample_groups()[row["code"]]
        assert [row[name] for name in COLUMNS] == list(sample_traits()[row["code"]].values()), row["code"]
        assert (row["kept"], row["peers"]) == (kept, len(peers)), row["code"]


def test_no_profile_is_missing_and_types_do_not_depend_on_rows(small_db, tables_url):
    frame = peer_profiles(small_db)
    assert frame["code"].tolist() == sorted([CRIMEAN, DERHACHI, IZIUM, KHARKIV])
    assert frame["peers"].tolist() == [3] * 4 and set(frame["kept"]) == {""}, "four communities: no group of five"
    empty = peer_profiles(connect(tables_url))
    assert empty.empty and empty.dtypes.equals(frame.dtypes)


def test_a_release_that_does_not_touch_them_leaves_profiles_as_they_are(engine, small_db, villages, change):
    before = stored(engine)
    assert villages.regrouped == 15, "eleven are new, and four have others than before"
    done = change(figure("idp63", "idps_registered", "UA63", "2025-06-05", 480_000))
    assert done.name and done.regrouped == 0 and stored(engine) == before
    assert peer_profiles(small_db, release=release(small_db)).equals(peer_profiles(small_db, release=villages.name))


def test_a_pinned_release_gives_its_older_profiles(small_db, villages, change):
    assert profile(small_db, FIRST) == ["no_open_status", "p0", "rural", "", "status population kind", 10]
    first = peer_profiles(small_db, release="2026.5.1")
    done = change(residents(FIRST, 12_000))
    assert profile(small_db, FIRST) == ["no_open_status", "p2", "rural", "", "status", 11]
    assert profile(small_db, OTHERS[0]) == ["no_open_status", "p0", "rural", "", "status population kind", 9]
    assert profile(small_db, FIRST, release=villages.name)[1:] == ["p0", "rural", "", "status population kind", 10]
    assert peer_profiles(small_db, release="2026.5.1").equals(first) and len(first) == 4
    assert done.regrouped == 11, "the others have lost a peer"


def test_changed_profiles_alone_make_a_release(engine, small_db, villages, change, tmp_path):
    load(engine, [("members", members(tmp_path))])
    done = change()
    assert done.name == "2026.5.3" and (done.sha256, done.cells) == (villages.sha256, villages.cells)
    assert done.regrouped == 0 and not done.difference
    now = peer_profiles(small_db)
    assert now.loc[now["member"], "code"].tolist() == [KHARKIV, DERHACHI], "one of them with no date of joining"
    assert not peer_profiles(small_db, release=villages.name)["member"].any()
    assert change().name == "" and doubts(engine) == SMALL_DOUBT


def test_a_dry_run_tells_how_many_groups_change_and_writes_none(engine, villages, change):
    before = stored(engine)
    tried = change(residents(FIRST, 12_000), dry_run=True)
    assert tried.regrouped == 11 and stored(engine) == before
    assert change() == tried and stored(engine) != before


def test_the_command_line_tells_it_in_one_sentence(small_url, villages, engine, tmp_path, capsys):
    path = write(tmp_path / "v.csv", "published-values", [residents(FIRST, 12_000)])
    load(engine, [("published-values", path)])
    capsys.readouterr()
    assert main(["publish", "--dry-run", "--url", small_url]) == 0
    assert "Communities whose peer group changes: 11." in capsys.readouterr().out.splitlines()


def test_displaced_persons_are_held_against_the_population_of_2022(engine, small_db, villages, change):
    for place, code in enumerate(ALIKE):
        displaced(engine, code, 900 if place < 6 else 100)
    change(residents(FIRST, 9_000, figure_id="later", period_start="2025-01-01", period_end="2025-01-01"))
    assert profile(small_db, FIRST)[3:] == ["d3", "status population kind displaced", 5]
    assert profile(small_db, ALIKE[-1])[3:] == ["d0", "status population kind", 10], "four others are too few"
    assert peers_of(peer_profiles(small_db), FIRST) == tuple(ALIKE[1:6])
    assert doubts(engine) == SMALL_DOUBT


@pytest.mark.parametrize(("number", "more"), [(900, {"audience": "members"}), (None, {"status": "c"})])
def test_what_the_public_may_not_see_shapes_no_group(engine, small_db, villages, change, number, more):
    before = peer_profiles(small_db)
    for code in ALIKE:
        displaced(engine, code, number, **more)
    assert change().new.total() == 11
    assert peer_profiles(small_db).equals(before)


def test_without_residents_there_is_no_share(engine, small_db, villages, change):
    displaced(engine, FIRST, 7)
    change(residents(FIRST, 0))
    assert profile(small_db, FIRST)[1:4] == ["p0", "rural", ""]


def test_a_withdrawn_population_shapes_no_group_of_any_release(engine, small_db, villages, change):
    change(residents(FIRST, 12_000))
    change(residents(FIRST, 30_000))
    kept = peer_profiles(small_db, release="2026.5.1")
    withdraw(engine, Choice("population", FIRST, date(2022, 1, 1)), *REASONS)
    for name in (villages.name, "2026.5.3", "2026.5.4", None):
        assert profile(small_db, FIRST, release=name) == ["no_open_status", "", "rural", "", "status kind", 10]
        assert profile(small_db, OTHERS[0], release=name)[4:] == ["status population kind", 9]
        assert FIRST not in peers_of(peer_profiles(small_db, release=name), OTHERS[0])
    assert peer_profiles(small_db, release="2026.5.1").equals(kept), "releases before it stay as they were"
    assert {row.population_band for row in stored(engine) if row.territory_code == FIRST} == {""}
    assert doubts(engine) == SMALL_DOUBT
    change(residents(FIRST, 31_000, safe_to_publish=1))
    assert profile(small_db, FIRST)[1] == "" and doubts(engine) == SMALL_DOUBT


def test_a_withdrawal_of_another_figure_leaves_profiles_alone(engine, villages):
    before = stored(engine)
    withdraw(engine, Choice("idps_registered", "UA63", date(2025, 6, 5)), *REASONS)
    assert stored(engine) == before


def test_a_withdrawn_share_of_settlements_leaves_the_status_unknown(engine, small_db):
    assert profile(small_db, KHARKIV)[0] == "possible_hostilities"
    chosen = Choice("settlements_share_by_status", KHARKIV, date(2023, 5, 10), category="possible_hostilities")
    withdraw(engine, chosen, *REASONS)
    assert profile(small_db, KHARKIV)[0] == "" and profile(small_db, IZIUM)[0] != ""


def test_without_an_edition_the_status_is_not_known(engine, small_db, change):
    with engine.begin() as connection:
        connection.execute(t.territory_status.delete())
    change()
    assert set(peer_profiles(small_db)["status"]) == {""} and status_history(small_db, KHARKIV).empty


def test_check_finds_a_profile_that_its_release_does_not_give(engine, villages):
    with engine.begin() as connection:
        wrong = peer_profile.update().where(peer_profile.c.territory_code == FIRST)
        connection.execute(wrong.values(population_band="p6"))
    said = [doubt for doubt in doubts(engine) if "peer groups" in doubt]
    assert said == [f"The peer groups of 1 communities in release {villages.name} differ from those its cells give."]


def test_a_database_from_before_peer_groups_gets_them_with_its_next_release(small_url, engine, small_db):
    later = vars(object_tables) | vars(project_tables) | vars(record_tables)
    with engine.begin() as connection:
        for table in reversed(t.metadata.sorted_tables):
            if table is peer_profile or table.name in later or table.name == "association_fact":
                table.drop(connection)
        for column in ("members_cells", "members_sha256"):
            connection.exec_driver_sql(f"ALTER TABLE release DROP COLUMN {column}")
        connection.exec_driver_sql("DROP INDEX ix_cell_territory_code")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    assert "from version 0002 to 0005" in initialise(small_url, sample_data=False)
    assert peer_profiles(small_db).empty and peers_of(peer_profiles(small_db), KHARKIV) == ()
    assert any("2026.5.1 has no peer groups yet; publish once more" in doubt for doubt in doubts(engine))
    assert publish(engine, now=LATER).name == "2026.5.2" and len(peer_profiles(small_db)) == 4
    assert doubts(engine) == SMALL_DOUBT and peer_profiles(small_db, release="2026.5.1").empty


def test_a_status_history_has_no_gaps_and_joins_what_is_the_same(small_db):
    found = status_history(small_db, DERHACHI)
    rows = [(f"{r.first:%Y-%m-%d}", f"{r.last:%Y-%m-%d}", r.status, r.mixed, r.partly) for r in found.itertuples()]
    assert rows == [
        ("2022-02-24", "2022-02-28", "active_hostilities", False, True),
        ("2022-03-01", "2022-09-10", "temporarily_occupied", True, True),
        ("2022-09-11", "2022-09-15", "active_hostilities", False, True),
        ("2022-09-16", "2023-05-10", "no_open_status", False, False),
    ]


def test_a_raion_has_what_the_list_says_of_it_as_a_whole(small_db):
    found = status_history(small_db, "UA6304")
    assert [(f"{r.first:%Y-%m-%d}", f"{r.last:%Y-%m-%d}", r.status) for r in found.itertuples()] == [
        ("2022-02-24", "2022-03-31", "no_open_status"),
        ("2022-04-01", "2022-09-10", "temporarily_occupied"),
        ("2022-09-11", "2023-05-10", "no_open_status"),
    ]
    assert status_history(small_db, "UA0102")["status"].tolist() == ["temporarily_occupied"], "its region's"


def test_where_rows_of_a_region_overlap_the_most_severe_holds_and_no_gap_is_left(small_db, monkeypatch):
    rows = [
        Period("UA63", "UA63", "region", "active_hostilities", "whole", date(2022, 3, 1), date(2022, 5, 31)),
        Period("UA63", "UA63", "region", "possible_hostilities", "part", date(2022, 5, 31), None),
    ]
    monkeypatch.setattr(communities, "_periods", lambda *_: rows)
    found = status_history(small_db, "UA63")
    assert [(f"{r.first:%Y-%m-%d}", f"{r.last:%Y-%m-%d}", r.status, r.partly) for r in found.itertuples()] == [
        ("2022-02-24", "2022-02-28", "no_open_status", False),
        ("2022-03-01", "2022-05-30", "active_hostilities", False),
        ("2022-05-31", "2022-05-31", "active_hostilities", True),
        ("2022-06-01", "2023-05-10", "possible_hostilities", True),
    ]


def test_a_unit_of_which_the_list_says_nothing_has_no_status_history(small_db):
    for code in ("UA", "UA63", "UA6312", "UA9999999", ""):
        empty = status_history(small_db, code)
        assert empty.empty and list(empty) == ["first", "last", "status", "mixed", "partly"]


def test_a_community_that_the_list_does_not_name_has_one_stretch_without_status(small_db, villages):
    row = status_history(small_db, FIRST).iloc[0]
    assert (row["status"], row["mixed"], row["partly"]) == ("no_open_status", False, False)
    assert (row["first"], row["last"]) == (pd.Timestamp("2022-02-24"), pd.Timestamp("2023-05-10"))


def test_the_days_of_the_history_are_the_months_that_are_published(sample_db):
    months = cells(sample_db, "months_under_status", breakdown="territory_status")
    for code, rows in list(months.groupby("territory_code"))[::10]:
        found = status_history(sample_db, code)
        assert (found["first"].iloc[1:].to_numpy() == (found["last"] + timedelta(1)).iloc[:-1].to_numpy()).all()
        said = found[["status", "mixed", "partly"]]
        assert (said != said.shift()).any(axis=1).all(), "neighbours differ"
        days = ((found["last"] - found["first"]).dt.days + 1).groupby(found["status"]).sum()
        for row in rows.itertuples():
            assert row.value == round(days.get(row.category, 0) / 30.4375, 1), (code, row.category)
