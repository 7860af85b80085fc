"""What a person reads before a release becomes public; corrections and withdrawals of what already is."""

from datetime import date

import pytest

from data_access import (
    Audience,
    cells,
    changes_by_release,
    corrections,
    release,
    releases,
    withdrawals,
)
from data_access import editing_tables as e
from data_access import tables as t
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.edit.correction import correct
from data_access.pipeline.edit.figure_choice import Choice, Refused
from data_access.pipeline.edit.withdrawal import withdraw
from data_access.pipeline.publish.cells import fingerprint
from data_access.pipeline.publish.difference import told, warnings
from data_access.pipeline.publish.release import publish, release_cells
from tests.support.loading import contents
from tests.support.small import LATER, REASONS, SMALL_DOUBT, VALUES, figure

JUNE = date(2025, 6, 5)
IDP63 = Choice("idps_registered", "UA63", JUNE)
POPULATION = Choice("population", "UA63", date(2022, 1, 1))
COORDINATOR = Audience("coordinator")


def for_members(engine, figure_id):
    with engine.begin() as connection:
        mine = t.published_value.c.figure_id == figure_id
        connection.execute(t.published_value.update().where(mine).values(audience="members"))


def value(db, choice=IDP63, rel=None, audience=None):
    """(value, status) of the one cell that fits, as a reader gets it."""
    frame = cells(db, choice.indicator, release=rel, areas=[choice.area], breakdown=choice.breakdown or "")
    frame = frame[frame["period_end"] == str(choice.as_of)]
    assert len(frame) == 1
    row = frame.iloc[0]
    return (None if row["value"] != row["value"] else row["value"]), row["status"]


def test_a_dry_run_tells_the_same_and_changes_nothing(engine, change):
    change(VALUES[3] | {"value": 510_000}, VALUES[5] | {"safe_to_publish": 0})
    before = contents(engine)
    tried = publish(engine, "x", now=LATER, dry_run=True)
    assert contents(engine) == before
    assert publish(engine, "x", now=LATER) == tried


def test_the_difference_is_told_in_lines(engine, change):
    new = figure("n", "idps_surveyed", "UA63", "2025-06-05", 1, producer="iom")
    gone = VALUES[5] | {"safe_to_publish": 0}
    change(VALUES[3] | {"value": 510_000}, VALUES[4] | {"value": 3, "status": ""}, gone, new)
    for_members(engine, "n")
    done = publish(engine, now=LATER, dry_run=True)
    lines = list(told(done.difference, {"UA63": "Kharkiv", "UA80": "Kyiv City"}))
    assert [" ".join(line.split()) for line in lines] == [
        "idps_registered public 0 new 2 changed 1 vanished",
        "idps_surveyed members 1 new 0 changed 0 vanished",
        "Largest changes:",
        "UA01, 2025-06-05, idps_registered, s1: [x] → 3",
        "Kharkiv, 2025-06-05, idps_registered, s1: 500,000 → 510,000 (+2.0 %)",
        "Vanished:",
        "Kyiv City, 2025-06-05, idps_registered, s1: was 400,000",
    ]
    assert list(warnings(done.difference)) == [
        "Look twice: 20 % of idps_registered (public) vanishes, 1 of 5 cells. Is a file incomplete?"
    ]


def test_the_largest_changes_come_first_and_the_list_stays_short(engine, change):
    rows = [
        figure(f"d{n}", "idps_registered", "UA63", f"2023-{1 + n // 28:02}-{1 + n % 28:02}", 100) for n in range(60)
    ]
    change(*rows)
    publish(engine, now=LATER)
    change(*(row | {"value": 100 + n} for n, row in enumerate(rows)))
    lines = list(told(publish(engine, now=LATER, dry_run=True).difference, {}))
    assert lines[2].endswith("100 → 159 (+59.0 %)") and lines[-1] == "  … and 29 more." and len(lines) == 33


def test_a_correction_publishes_and_tells_old_and_new(engine, small_db, change):
    change(VALUES[3] | {"value": 480_000})
    done = correct(engine, IDP63, *REASONS, now=LATER)
    assert (done.release, done.published.name) == ("2026.5.2", "2026.5.2")
    row = corrections(small_db).iloc[0].to_dict()
    assert (row["old_value"], row["new_value"], row["unit"], row["release"]) == (
        500_000,
        480_000,
        "persons",
        "2026.5.2",
    )
    assert (row["reason_uk"], row["reason_en"], str(row["recorded_at"])[:10]) == (*REASONS, f"{LATER:%Y-%m-%d}")
    assert (row["indicator"], row["territory_code"], str(row["period_end"])[:10]) == (
        "idps_registered",
        "UA63",
        str(JUNE),
    )
    assert value(small_db, rel="2026.5.1") == (500_000, ""), "a pinned release shows what it showed"
    assert release(small_db).corrections == 1 and doubts(engine) == SMALL_DOUBT


def test_a_correction_uses_the_newest_release_when_that_is_right_already(engine, small_db, change):
    change(VALUES[3] | {"value": 480_000})
    publish(engine, now=LATER)
    done = correct(engine, IDP63, *REASONS)
    assert done.published is None and done.release == "2026.5.2" == corrections(small_db)["release"].item()
    with pytest.raises(Refused, match="recorded already"):
        correct(engine, IDP63, *REASONS)
    assert len(corrections(small_db)) == 1


def test_what_has_not_changed_is_not_corrected_and_nothing_is_published(engine, change):
    change(VALUES[5] | {"value": 1})
    before = contents(engine)
    with pytest.raises(Refused, match="has not changed"):
        correct(engine, IDP63, *REASONS)
    with pytest.raises(Refused, match="both languages"):
        correct(engine, Choice("idps_registered", "UA80", JUNE), "так", " ")
    with pytest.raises(Refused, match="no territory"):
        correct(engine, Choice("idps_registered", "UA99", JUNE), *REASONS)
    assert contents(engine) == before


def test_a_corrected_source_is_one_correction(engine, small_db, change):
    change(VALUES[3] | {"safe_to_publish": 0}, VALUES[3] | {"figure_id": "other", "source_id": "s2", "value": 1})
    correct(engine, IDP63, *REASONS)
    assert corrections(small_db)[["old_value", "new_value"]].values.tolist() == [[500_000, 1]]


def test_members_figures_are_not_told_in_the_public_log(engine, small_db, change):
    row = figure("m", "idps_surveyed", "UA63", "2025-06-05", 5, producer="iom")
    change(row)
    for_members(engine, "m")
    publish(engine, now=LATER)
    change(row | {"value": 6})
    with pytest.raises(Refused):
        correct(engine, Choice("idps_surveyed", "UA63", JUNE), *REASONS)
    assert corrections(small_db).empty


def test_each_release_tells_what_it_changed(engine, small_db, change):
    change(VALUES[3] | {"value": 480_000})
    publish(engine, now=LATER)
    found = changes_by_release(small_db)
    assert found.iloc[0].tolist() == ["2026.5.2", "idps_registered", 0, 1, 0]
    first = found[found["release"] == "2026.5.1"]
    assert first["new"].sum() == releases(small_db)["cells"].iloc[-1]


def test_a_withdrawn_figure_is_s_in_every_release_and_for_everybody(engine, small_db, change):
    for number in (1, 2, 3):
        change(VALUES[3] | {"value": number, "qualifier": "over", "note_uk": f"Було {number}", "note_en": "It was"})
        publish(engine, now=LATER)
    done = withdraw(engine, IDP63, *REASONS, now=LATER)
    assert (done.cells, len(done.figures), len(done.releases)) == (4, 1, 4)
    for name in (None, *releases(small_db)["name"]):
        assert value(small_db, rel=name) == (None, "s")
        for audience in (Audience(), COORDINATOR):
            frame = cells(small_db, "idps_registered", release=name, audience=audience, areas=["UA63"])
            gone = frame[frame["status"] == "s"]
            assert len(gone) == 1 and gone[["qualifier", "note_uk", "note_en"]].values.tolist() == [["", "", ""]]
    row = withdrawals(small_db).iloc[0].to_dict()
    assert (row.pop("withdrawn_at"), row) == (LATER, {"cells": 4, "reason_uk": REASONS[0], "reason_en": REASONS[1]})
    assert release(small_db).withdrawals == 1


def test_checksums_are_over_what_releases_now_show(engine, small_db, change):
    change(VALUES[3] | {"value": 1})
    publish(engine, now=LATER)
    change(VALUES[3] | {"safe_to_publish": 0})
    publish(engine, now=LATER)
    before = dict(releases(small_db)[["name", "sha256"]].values)
    assert withdraw(engine, IDP63, *REASONS).releases == ["2026.5.1", "2026.5.2"]
    after = dict(releases(small_db)[["name", "sha256"]].values)
    assert [name for name in before if before[name] != after[name]] == ["2026.5.2", "2026.5.1"]
    with engine.connect() as connection:
        assert {fingerprint(release_cells(connection, number)) for number in (1, 2, 3)} == set(after.values())
    assert doubts(engine) == SMALL_DOUBT


def test_no_publication_brings_a_withdrawn_figure_back(engine, small_db, change):
    withdraw(engine, IDP63, *REASONS)
    assert publish(engine, now=LATER).name == "", "nothing else has changed"
    for number in (500_000, 7, 8):
        change(VALUES[3] | {"value": number, "safe_to_publish": 1})
        if number == 8:
            for_members(engine, "idp63")
        publish(engine, now=LATER)
        assert value(small_db) == (None, "s")
        frame = cells(small_db, "idps_registered", audience=COORDINATOR, areas=["UA63"])
        assert (frame.loc[frame["period_end"] == str(JUNE), "status"] == "s").all()
    with engine.connect() as connection:
        marked = connection.execute(t.published_value.select().where(t.published_value.c.figure_id == "idp80")).one()
    assert marked.safe_to_publish is True, "others are left alone"


def test_withdrawing_twice_changes_nothing(engine):
    withdraw(engine, IDP63, *REASONS)
    before = contents(engine)
    assert "withdrawn before" in str(withdraw(engine, IDP63, *REASONS))
    assert contents(engine) == before


def test_showing_a_withdrawal_does_not_do_it(engine):
    before = contents(engine)
    assert withdraw(engine, IDP63, *REASONS, only_show=True).cells == 1
    assert contents(engine) == before


def test_what_was_computed_from_a_withdrawn_figure_goes_with_it(engine, small_db, change):
    density = Choice("population_density", "UA63", POPULATION.as_of)
    share = Choice("urban_share", "UA63", POPULATION.as_of)
    assert value(small_db, density) == (2_598_961 / 31000, "") and value(small_db, share)[0] > 80
    withdraw(engine, Choice("population", "UA63", POPULATION.as_of, breakdown=""), *REASONS)
    for one in (POPULATION, density, share):
        assert value(small_db, one) == (None, "s")
    urban = Choice("population", "UA63", POPULATION.as_of, breakdown="settlement")
    assert value(small_db, urban) == (2_111_127, "")
    change(VALUES[0] | {"value": 2_600_000}, VALUES[1] | {"value": 2_000_000})
    publish(engine, now=LATER)
    assert [value(small_db, one) for one in (POPULATION, density, share)] == [(None, "s")] * 3


def test_a_restored_share_goes_with_its_parts(engine, small_db):
    assert value(small_db, Choice("restored_share", "UA63", JUNE))[0] == 25
    withdraw(engine, Choice(figure_id="broken"), *REASONS)
    assert value(small_db, Choice("restored_share", "UA63", JUNE)) == (None, "s")
    assert value(small_db, Choice("objects_restored", "UA63", JUNE)) == (30, "")


def test_a_figure_withdrawn_before_it_was_published_never_appears(engine, small_db):
    done = withdraw(engine, Choice(figure_id="secret"), *REASONS)
    assert (done.cells, done.releases) == (0, [])
    with engine.begin() as connection:
        connection.execute(t.published_value.update().values(safe_to_publish=True))
    publish(engine, now=LATER)
    assert value(small_db, Choice("idps_registered", "UA85", JUNE)) == (None, "s")


def test_corrections_no_longer_tell_a_withdrawn_value(engine, small_db, change):
    change(VALUES[3] | {"value": 480_000}, VALUES[5] | {"value": 9})
    correct(engine, IDP63, *REASONS)
    correct(engine, Choice("idps_registered", "UA80", JUNE), *REASONS)
    withdraw(engine, IDP63, *REASONS)
    found = corrections(small_db).set_index("territory_code")
    assert found.loc["UA63", ["old_value", "new_value"]].isna().all() and found.loc["UA63", "reason_en"] == REASONS[1]
    assert found.loc["UA80", ["old_value", "new_value"]].tolist() == [400_000, 9]


def test_no_table_that_readers_see_holds_the_withdrawn_value(engine, small_db, change):
    change(VALUES[3] | {"value": 487_651})
    correct(engine, IDP63, *REASONS)
    withdraw(engine, IDP63, *REASONS)
    held = contents(engine)
    for table in (t.cell, t.release, t.release_change, e.correction, e.withdrawal):
        assert not any("487651" in row for row in held[table.name]), table.name


def test_what_is_not_there_cannot_be_withdrawn(engine):
    with pytest.raises(Refused, match="Nothing is loaded or published for the figure nonsense"):
        withdraw(engine, Choice(figure_id="nonsense"), *REASONS)
    with pytest.raises(Refused, match="Name the figure"):
        withdraw(engine, Choice("idps_registered"), *REASONS)


def test_check_finds_a_withdrawn_figure_that_is_shown(engine):
    withdraw(engine, IDP63, *REASONS)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE cell SET status = '', value = 1 WHERE status = 's'")
    assert any("1 cells show a figure that was withdrawn" in doubt for doubt in doubts(engine))


def test_a_dropped_record_leaves_the_mark_standing(engine, small_db, change):
    withdraw(engine, IDP63, *REASONS)
    with engine.begin() as connection:
        connection.execute(t.published_value.delete().where(t.published_value.c.figure_id == "idp63"))
    change(VALUES[5] | {"value": 1})
    assert publish(engine, now=LATER).vanished.total() == 0
    assert value(small_db) == (None, "s")
