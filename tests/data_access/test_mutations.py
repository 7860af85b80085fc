"""Thousands of spoilt files: each is refused in words or loaded whole, and nothing else ever happens."""

import hashlib
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from data_access import DatabaseProblem
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.object_tables import TALLIES
from data_access.pipeline.damaged_objects.tally_doubts import tally_doubts
from data_access.pipeline.intake.load import load
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.databases import drop
from tests.support.examples_returns import KHARKIV_UNIT, place
from tests.support.mutations import EXAMPLES, mutated
from tests.support.run import FULL, amount, chance
from tests.support.small import write

pytestmark = pytest.mark.slow

FILES = {"sqlite": amount(300, of=2000), "postgresql": amount(60, of=400)}  # over all kinds, at least
REAL_LOADS = 0.25  # the others are only checked
LONGEST_MESSAGE = 8_000


@pytest.fixture
def engine(make_database, _all_regions):
    url = make_database(_all_regions)
    made = writing_engine(url)
    yield made
    made.dispose()
    drop(url)


@dataclass(frozen=True)
class State:
    """Every table in one transaction: how many rows it has, and a fingerprint of all that stands in them."""

    rows: dict[str, int]
    contents: dict[str, str]


def state(engine) -> State:
    rows, contents = {}, {}
    with engine.connect() as connection:
        for table in t.metadata.sorted_tables:
            lines = sorted(repr(tuple(row)) for row in connection.execute(table.select()))
            rows[table.name] = len(lines)
            contents[table.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return State(rows, contents)


def batches(engine) -> list[tuple[str, str]]:
    """(kind, sha256) in the order of loading."""
    with engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(select(t.batch.c.kind, t.batch.c.sha256).order_by(t.batch.c.id))
        ]


def outcome(engine, kind: str, path, *, only_check: bool) -> str:
    """'refused' or 'loaded'; anything else fails, and so does a database that is half changed."""
    before, seen, plain = state(engine), batches(engine), kind.partition(" ")[0]
    try:
        (done,) = load(engine, [(plain, path)], source="s1" if KINDS[plain].needs_source else "", only_check=only_check)
    except (RejectedFile, DatabaseProblem) as refusal:
        assert 0 < len(str(refusal)) < LONGEST_MESSAGE, f"{len(str(refusal))} signs: {str(refusal)[:300]}"
        assert state(engine) == before
        return "refused"
    after, batch = state(engine), (done.kind, hashlib.sha256(path.read_bytes()).hexdigest())
    if only_check or (batch in seen and not done.news):
        assert after == before
        return "loaded"
    assert batches(engine) == [*seen, batch], "exactly one batch"
    counted = {table.name for table in TALLIES}  # what these hold is asked of the objects
    grown = {name: after.rows[name] - number for name, number in before.rows.items() if name not in counted}
    assert grown == {name: number for name, number in _growth(done).items() if name not in counted}
    with engine.connect() as connection:
        assert list(tally_doubts(connection)) == []
    differing = {name for name, content in before.contents.items() if after.contents[name] != content} - counted
    assert differing == {"batch", *(TABLES[part.what] for part in done.parts if part.news)}
    return "loaded"


FILLED_FROM = [table for kind in KINDS.values() for table in (*kind.parts, kind)]
TABLES = {table.row_is: table.table.name for table in FILLED_FROM}  # by what the report calls a row
FILLED = {table.row_is for table in FILLED_FROM if table.fills}  # columns of rows that stay


def _growth(done) -> dict[str, int]:
    """By how many rows each table must have grown, by what the load says of itself."""
    grown = dict.fromkeys((table.name for table in t.metadata.sorted_tables), 0) | {"batch": 1}
    for part in done.parts:
        grown[TABLES[part.what]] += 0 if part.what in FILLED else part.added - part.removed
    return grown


def test_every_kind_has_an_example():
    assert {kind.partition(" ")[0] for kind in EXAMPLES} == {*KINDS}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_spoilt_file_is_refused_or_loaded_whole(engine, tmp_path, kind):
    if kind == "community-return":  # its unit has a true code
        load(engine, [("territories", write(tmp_path / "places.csv", "territories", [place(KHARKIV_UNIT)]))])
    path = EXAMPLES[kind](tmp_path)
    assert outcome(engine, kind, path, only_check=True) == "loaded", "the example itself is valid"
    chance_of_kind = chance(kind)
    files = -(-FILES[engine.dialect.name] // len(EXAMPLES))
    seen = {"refused": 0, "loaded": 0}
    whole = path.read_bytes()
    for number in range(files):
        path.write_bytes(content := mutated(path, chance_of_kind))
        try:
            seen[outcome(engine, kind, path, only_check=chance_of_kind.random() > REAL_LOADS)] += 1
        except Exception as error:
            kept = tmp_path / f"failed-{number}{path.suffix}"
            kept.write_bytes(content)
            raise AssertionError(f"file {number} of {kind}, kept as {kept}: {error!r}") from error
        path.write_bytes(whole)
    if FULL:  # a few files may all be refused, or none
        assert seen["refused"] > files / 4, seen
        assert seen["loaded"] or path.suffix == ".parquet", seen  # of which hardly a byte may change
