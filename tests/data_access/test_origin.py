"""The source of a file of records is named when loading, and is its own producer."""

import pytest
from sqlalchemy import select

from data_access import record_tables as r
from data_access import tables as t
from data_access.pipeline.intake.load import load
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.sheet import kind
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.small import IZIUM, KHARKIV, VALUES, write

CLAIMS = kind.Kind(  # as simple a kind of records as there can be
    "claims",
    r.claim_file,
    (
        kind.Column("source_id", "code", required=True, listed="source"),
        kind.Column("community", "code", required=True, listed="territory", into="territory_code"),
        kind.Column("category", "code", required=True),
        kind.Column("as_of", "day", required=True),
        kind.Column("eligible", "whole"),
    ),
    key=("source_id", "territory_code", "category", "as_of"),
    scope=("source_id",),
    needs_source=True,
    row_is="claim",
)


@pytest.fixture(autouse=True)
def claims(monkeypatch):
    monkeypatch.setitem(KINDS, "claims", CLAIMS)


def claims_file(folder, places: dict[str, int]):
    rows = [{"community": code, "category": "B1.1", "as_of": "2026-01-01", "eligible": n} for code, n in places.items()]
    path = folder / "claims.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]))
    return path


def held(engine) -> set[tuple]:
    c = r.claim_file.c
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(c.source_id, c.territory_code, c.eligible))}


def test_a_file_adds_and_corrects_and_a_whole_one_replaces_what_its_source_has(engine, tmp_path):
    load(engine, [("claims", claims_file(tmp_path, {IZIUM: 5, KHARKIV: 7}))], source="s1")
    load(engine, [("claims", claims_file(tmp_path, {IZIUM: 1}))], source="s2")
    assert load(engine, [("claims", claims_file(tmp_path, {IZIUM: 6}))], source="s1")[0].own.changed == 1
    assert held(engine) == {("s1", IZIUM, 6), ("s1", KHARKIV, 7), ("s2", IZIUM, 1)}
    done = load(engine, [("claims", claims_file(tmp_path, {IZIUM: 6}))], source="s1", whole=True)[0]
    assert (done.own.added, done.own.changed, done.own.removed) == (0, 0, 1)
    assert held(engine) == {("s1", IZIUM, 6), ("s2", IZIUM, 1)}


def test_the_same_file_of_another_source_is_loaded_too(engine, tmp_path):
    path = claims_file(tmp_path, {IZIUM: 5})
    assert [load(engine, [("claims", path)], source=source)[0].own.added for source in ("s1", "s2", "s1")] == [1, 1, 0]
    assert held(engine) == {("s1", IZIUM, 5), ("s2", IZIUM, 5)}


def test_the_source_becomes_a_producer_with_the_names_of_its_publisher(engine, tmp_path):
    path = claims_file(tmp_path, {IZIUM: 5})
    assert "new        1 claim, 1 producer" in str(load(engine, [("claims", path)], source="s1")[0])
    load(engine, [("claims", path)], source="s2")  # its publisher is not known: its title stands
    assert "producer" not in str(load(engine, [("claims", path)], source="s1")[0])
    with engine.connect() as connection:
        names = {row.producer: (row.name_uk, row.name_en) for row in connection.execute(select(t.producer))}
    assert names["s1"] == ("П", "P") and names["s2"] == ("Second", "Second")


@pytest.mark.parametrize(
    ("source", "said"), [("", "Name their source: --source"), ("s9", "'s9' is not a known source")]
)
def test_records_without_a_known_source_are_refused(engine, tmp_path, source, said):
    with pytest.raises(RejectedFile, match=said):
        load(engine, [("claims", claims_file(tmp_path, {IZIUM: 5}))], source=source)


def test_a_source_that_cannot_be_a_producer_is_refused(engine, tmp_path):
    sources = write(tmp_path / "s.csv", "sources", [{"source_id": "s" * 65, "title": "Long"}])
    with pytest.raises(RejectedFile, match="longer than 64 signs"):
        load(engine, [("sources", sources), ("claims", claims_file(tmp_path, {IZIUM: 5}))], source="s" * 65)


def test_a_source_named_twice_or_in_vain_is_refused(engine, tmp_path):
    path = claims_file(tmp_path, {IZIUM: 5})
    path.write_text(path.read_text().replace("eligible", "source_id").replace(",5", ",s1"))
    with pytest.raises(RejectedFile, match='column "source_id": delete this column'):
        load(engine, [("claims", path)], source="s1")
    with pytest.raises(RejectedFile, match="takes neither --source nor --whole"):
        load(engine, [("published-values", write(tmp_path / "v.csv", "published-values", VALUES))], whole=True)
