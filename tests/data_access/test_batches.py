"""Each file is one batch of its own kind, and its report says in a few lines what it did."""

import pytest

from data_access import tables as t
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.report import Loaded, Part, counted
from tests.support.examples_lists import EXAMPLES
from tests.support.examples_returns import filled
from tests.support.iom_files import small_workbook, stored_values
from tests.support.loading import batches, contents
from tests.support.small import figure, write


def recent(engine, before: int) -> list[tuple]:
    return [(batch.kind, batch.rows, batch.added, batch.changed) for batch in batches(engine)[before:]]


def test_a_workbook_of_iom_is_one_batch_of_its_own_kind(regions, tmp_path):
    before = len(batches(regions))
    load(regions, [("iom-idps", small_workbook(tmp_path / "i.xlsx", "iom-idps"))])
    load(regions, [("iom-returnees", small_workbook(tmp_path / "r.xlsx", "iom-returnees"))])
    assert recent(regions, before) == [("iom-idps", 58, 58, 0), ("iom-returnees", 26, 0, 22)]
    with regions.connect() as connection:
        used = set(connection.scalars(t.published_value.select().with_only_columns(t.published_value.c.batch_id)))
    assert used == {batch.id for batch in batches(regions)[before:]}


def test_a_communitys_return_and_a_list_of_names_are_one_batch_each(loaded, tmp_path):
    before = len(batches(loaded))
    load(loaded, [("community-return", filled(tmp_path / "r.xlsx"))])
    load(loaded, [("names", EXAMPLES["names"](tmp_path))])
    assert [batch[:3] for batch in recent(loaded, before)] == [("community-return", 79, 79), ("names", 2, 2)]


@pytest.mark.parametrize("older", ["published-values", "iom-idps"])
def test_the_same_file_twice_is_one_batch_in_a_database_of_older_days_too(regions, tmp_path, older):
    path = small_workbook(tmp_path / "i.xlsx", "iom-idps")
    load(regions, [("iom-idps", path)])
    with regions.begin() as connection:  # so these files were written down before
        connection.execute(t.batch.update().where(t.batch.c.kind == "iom-idps").values(kind=older))
    before = contents(regions)
    assert load(regions, [("iom-idps", path)])[0].news == 0
    assert contents(regions) == before


def test_a_file_that_another_kind_has_replaced_is_loaded_again(regions, tmp_path):
    both = small_workbook(tmp_path / "i.xlsx", "iom-idps")
    load(regions, [("iom-idps", both)])
    load(regions, [("iom-returnees", small_workbook(tmp_path / "r.xlsx", "iom-returnees"))])
    assert stored_values(regions)["returnees_surveyed", "UA74"]["value"] == 2000
    assert load(regions, [("iom-idps", both)])[0].own.changed == 22
    assert stored_values(regions)["returnees_surveyed", "UA74"]["value"] == 2001


def test_an_older_file_that_still_holds_leaves_no_second_batch(engine, tmp_path):
    path = write(tmp_path / "v.csv", "published-values", [figure("a", "idps_registered", "UA63", "2025-09-01", 1)])
    other = write(tmp_path / "w.csv", "published-values", [figure("b", "idps_registered", "UA63", "2025-09-02", 1)])
    load(engine, [("published-values", path), ("published-values", other)])
    before = contents(engine)
    assert load(engine, [("published-values", path)])[0].news == 0
    assert contents(engine) == before, "seen before, and nothing differs: no batch"


def test_the_report_says_what_was_read_and_what_became_of_it():
    parts = (Part("source", 1, added=1), Part("figure", 1264, added=1200, changed=3, removed=1))
    assert str(Loaded("r.xlsx", "iom-idps", parts, ("one was mended.",))).splitlines() == [
        "r.xlsx (iom-idps)",
        "  read       1,264 figures",
        "  new        1,200 figures, 1 source",
        "  changed    3 figures",
        "  removed    1 figure",
        "  unchanged  61 figures",
        "  note       one was mended.",
    ]


def test_a_file_that_brings_nothing_says_so():
    assert str(Loaded("v.csv", "sources", (Part("source", 1),))).splitlines() == [
        "v.csv (sources)",
        "  read       1 source",
        "  result     all there already, nothing changed",
    ]


@pytest.mark.parametrize(("number", "said"), [(0, "0 units"), (1, "1 unit"), (2, "2 units"), (1466, "1,466 units")])
def test_one_is_a_unit_and_any_other_number_is_units(number, said):
    assert counted(number, "unit") == said
