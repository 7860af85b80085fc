"""A community's return: what is filled in comes out for the community itself, and for nobody from the public."""

import pytest
from sqlalchemy import select

from data_access import Audience, cells, connect, indicators, release_changes, releases, sources
from data_access import tables as t
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.community_return.form_rows import ROWS, agreements
from data_access.pipeline.edit.figure_choice import Choice
from data_access.pipeline.edit.withdrawal import withdraw
from data_access.pipeline.intake.load import load
from data_access.pipeline.publish.release import publish
from tests.support.examples_returns import FILLED, KIND, NOT_APPLICABLE, RURAL_UNIT, filled, put
from tests.support.loading import contents

MEMBER, COORDINATOR = Audience("member", "UA6312027"), Audience("coordinator")
OTHER = Audience("member", "UA2110021")
PLAIN = {  # some figures, written down once more by hand: (indicator, breakdown, category) -> value, unit
    ("buildings_damaged", "", ""): (120, "objects"),
    ("buildings_damaged", "type_severity", "culture_destroyed"): (1, "objects"),
    ("residential_damaged", "severity", "damaged"): (75, "buildings"),
    ("residential_damaged", "type_severity", "private_destroyed"): (20, "buildings"),
    ("schools_damaged", "type", "schools"): (6, "institutions"),
    ("health_damaged", "severity", "destroyed"): (1, "facilities"),
    ("objects_restored", "type", "education"): (4, "objects"),
    ("buildings_damaged_in_period", "", ""): (7, "buildings"),
    ("idps_hosted_return", "person_group", "children"): (400, "persons"),
    ("homes_lost_residents", "", ""): (250, "persons"),
    ("recovery_needed_uah", "sector", "housing"): (8_000_000, "uah"),
    ("recovery_spent_uah", "", ""): (1_000_000, "uah"),
    ("aid_needed", "aid", "aid_heating"): (650, "persons"),
}


def returned(db, audience, source="return_UA6312027_2025-10") -> dict:
    """The cells of one return by (indicator, breakdown, category)."""
    found = {}
    for name in indicators():
        frame = cells(db, name, audience=audience, breakdown=None)
        for row in frame[frame["source_id"] == source].to_dict("records"):
            found[name, row["breakdown"], row["category"]] = row
    return found


def test_what_is_filled_in_comes_out_for_its_community(loaded, small_url, tmp_path):
    load(loaded, [(KIND, filled(tmp_path / "r.xlsx"))])
    publish(loaded)
    db = connect(small_url)
    found = returned(db, MEMBER)
    assert {key: (found[key]["value"], found[key]["unit"]) for key in PLAIN} == PLAIN
    written = {(key, column): number for key, numbers in FILLED.items() for column, number in enumerate(numbers)}
    for key, (_, row) in ROWS.items():
        for column, figure in enumerate(row.figures):
            if figure:
                cell = found.pop((figure.indicator, figure.breakdown, figure.category))
                if (key, column) in written:
                    assert (cell["value"], cell["status"]) == (written[key, column], "")
                else:
                    assert cell["status"] == ("z" if key in NOT_APPLICABLE else "x") and cell["value"] != cell["value"]
    (rest,) = found.values()  # computed from two of them, and for members as they are
    assert rest["indicator"] == "restored_share" and rest["value"] == pytest.approx(100 * 50 / 120)
    db.close()


def test_a_stock_is_dated_by_the_last_day_and_a_flow_by_its_month(loaded, small_url, tmp_path):
    load(loaded, [(KIND, filled(tmp_path / "r.xlsx", month="2024-02"))])
    publish(loaded)
    db = connect(small_url)
    found = returned(db, MEMBER, "return_UA6312027_2024-02")
    dates = {key[0]: (str(row["period_start"])[:10], str(row["period_end"])[:10]) for key, row in found.items()}
    assert dates["homes_lost_residents"] == ("2024-02-29", "2024-02-29")
    assert dates["buildings_damaged_in_period"] == ("2024-02-01", "2024-02-29")
    db.close()


def test_the_public_and_other_members_see_nothing_of_it(loaded, small_url, tmp_path):
    publish(loaded)
    db = connect(small_url)
    before = {name: cells(db, name, breakdown=None) for name in indicators()}
    load(loaded, [(KIND, filled(tmp_path / "r.xlsx"))])
    publish(loaded)
    assert all(before[name].equals(cells(db, name, breakdown=None)) for name in indicators())
    assert returned(db, Audience("member", "UA2110021")) == {}
    assert len(returned(db, COORDINATOR)) == len(returned(db, MEMBER)) == 80  # 79 of the form, one computed
    assert not [doubt for doubt in doubts(loaded) if "27" not in doubt]  # the small database has few regions
    db.close()


def test_a_return_leaves_counts_checksum_and_sources_of_the_public_as_they_were(loaded, small_url, tmp_path):
    db = connect(small_url)
    publish(loaded)
    before, listed = releases(db).iloc[0], sources(db)
    load(loaded, [(KIND, filled(tmp_path / "r.xlsx"))])
    done = publish(loaded)
    after = releases(db).iloc[0]
    assert (done.name, done.cells) == (after["name"], after["cells"]) and done.name != before["name"]
    assert all(after[name] == before[name] for name in ("cells", "sha256"))
    assert after[["new", "changed", "vanished"]].tolist() == [0, 0, 0] and release_changes(db).empty
    with loaded.connect() as connection:
        held = connection.execute(t.release.select().order_by(t.release.c.id.desc())).mappings().first()
        mine = connection.execute(t.cell.select().where(t.cell.c.audience == "members")).all()
    assert held["members_cells"] == len(mine) == 80 and len(held["members_sha256"]) == 64
    assert not {"members_cells", "members_sha256"} & set(releases(db).columns)
    assert sources(db).equals(listed)
    added = {kind: set(sources(db, audience=kind)["source_id"]) - set(listed["source_id"]) for kind in (MEMBER, OTHER)}
    assert added == {MEMBER: {"return_UA6312027_2025-10"}, OTHER: set()}
    assert set(sources(db, audience=COORDINATOR)["source_id"]) == set(sources(db, audience=MEMBER)["source_id"])
    db.close()


def test_check_and_withdraw_keep_an_eye_on_members_cells_too(loaded, small_url, tmp_path):
    load(loaded, [(KIND, filled(tmp_path / "r.xlsx"))])
    publish(loaded)
    db = connect(small_url)
    before = releases(db).iloc[0]["sha256"]
    withdraw(loaded, Choice(figure_id=homes(loaded)), "Помилка", "A mistake")
    assert releases(db).iloc[0]["sha256"] == before
    assert not [doubt for doubt in doubts(loaded) if "27" not in doubt]
    with loaded.begin() as connection:
        connection.execute(t.cell.update().where(t.cell.c.audience == "members", t.cell.c.value > 1).values(value=1))
    assert [doubt for doubt in doubts(loaded) if doubt.startswith("The members' cells of release")]
    db.close()


def homes(engine) -> str:
    """The figure_id of the residents who lost their homes."""
    c = t.published_value.c
    with engine.connect() as connection:
        return connection.scalar(select(c.figure_id).where(c.indicator == "homes_lost_residents"))


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_both_orders_of_languages_and_a_name_with_an_apostrophe_are_read(loaded, small_url, tmp_path, lang):
    load(loaded, [(KIND, filled(tmp_path / "r.xlsx", RURAL_UNIT, lang))])
    publish(loaded)
    db = connect(small_url)
    listed = sources(db, audience=Audience("member", "UA2110021")).set_index("source_id")
    assert listed["title"]["return_UA2110021_2025-10"] == (
        "Звіт громади: Тур’є-Реметівська сільська громада, жовтень 2025 року"
    )
    assert listed["publisher_en"]["return_UA2110021_2025-10"] == "Turi Remety hromada (Turie-Remetivska)"
    assert len(returned(db, Audience("member", "UA2110021"), "return_UA2110021_2025-10")) == 80
    db.close()


def test_a_corrected_return_replaces_the_earlier_one_and_says_what_changed(loaded, tmp_path):
    path = filled(tmp_path / "r.xlsx")
    assert load(loaded, [(KIND, path)])[-1].own.added == 79
    before = contents(loaded)
    assert load(loaded, [(KIND, path)])[-1].own.changed == 0 and contents(loaded) == before
    done = load(loaded, [(KIND, filled(path, change=lambda sheet, rows, _: put(sheet, rows, homes=260)))])[-1]
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 1, 0)
    done = load(loaded, [(KIND, filled(tmp_path / "next.xlsx", month="2025-09"))])[-1]
    assert (done.own.added, done.own.changed, done.own.removed) == (79, 0, 0)


def test_rows_in_another_place_are_read_right(loaded, small_url, tmp_path):
    def move(sheet, rows, _):
        sheet.move_range(f"A{rows['aid']}:G{rows['aid']}", rows=30)
        sheet.move_range(f"A{rows['homes']}:G{rows['homes']}", rows=40)

    load(loaded, [(KIND, filled(tmp_path / "r.xlsx", change=move))])
    publish(loaded)
    db = connect(small_url)
    assert returned(db, MEMBER)["homes_lost_residents", "", ""]["value"] == 250
    db.close()


def test_digits_written_as_text_and_unknown_parts_are_read(loaded, small_url, tmp_path):
    def change(sheet, rows, _):
        put(sheet, rows, **{"homes": " 1 250 ", "residential.private": None, "money": 9_500_000})
        put(sheet, rows, 7, **{"money.other_sectors": None})

    load(loaded, [(KIND, filled(tmp_path / "r.xlsx", change=change))])
    publish(loaded)
    db = connect(small_url)
    found = returned(db, MEMBER)
    assert found["homes_lost_residents", "", ""]["value"] == 1250
    assert found["residential_damaged", "type", "private"]["status"] == "x"
    db.close()


def test_every_figure_of_the_form_is_in_the_registry_and_every_sum_names_cells_that_are_there():
    registry = indicators()
    figures = [figure for _, row in ROWS.values() for figure in row.figures if figure]
    assert len(set(figures)) == len(figures) == 79
    for figure in figures:
        record = registry[figure.indicator]
        assert "hromada" in record.levels and bool(figure.breakdown) == bool(figure.category)
        assert not figure.breakdown or figure.category in record.breakdowns[figure.breakdown]
    for agreement in agreements():
        for key, column in (agreement.whole, *agreement.parts):
            assert ROWS[key][1].figures[column]
