"""Thousands of spoilt files: each is refused in words or loaded whole, and nothing else ever happens."""

import random
import zlib

import pytest
from sqlalchemy import func, select

from data_access import DatabaseProblem
from data_access import tables as t
from data_access.engine import writing_engine
from data_access.pipeline.files import RejectedFile
from data_access.pipeline.intake import load
from data_access.pipeline.kinds import KINDS
from tests.data_access.conftest import _drop
from tests.data_access.examples_returns import KHARKIV_UNIT, place
from tests.data_access.mutations import EXAMPLES, mutated
from tests.data_access.small import sample_rows, write

AT_LEAST = {"sqlite": 2000, "postgresql": 200}  # files over all kinds
REAL_LOADS = 0.25  # the others are only checked
LONGEST_MESSAGE = 8_000


@pytest.fixture(scope="session")
def _all_regions(make_database, _small, tmp_path_factory) -> str:
    """The small database with the other regions, which the surveys name."""
    url = make_database(_small)
    rows = [row for row in sample_rows("territories") if row["level"] == "region"]
    made = writing_engine(url)
    load(made, [("territories", write(tmp_path_factory.mktemp("regions") / "t.csv", "territories", rows))])
    made.dispose()
    return url


@pytest.fixture
def engine(make_database, _all_regions):
    url = make_database(_all_regions)
    made = writing_engine(url)
    yield made
    made.dispose()
    _drop(url)


def counts(engine) -> dict[str, int]:
    """Rows of every table, in one transaction; batches by their largest number."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) for table in t.metadata.sorted_tables
        }


def outcome(engine, kind: str, path, *, only_check: bool) -> str:
    """'refused' or 'loaded'; anything else fails, and so does a database that is half changed."""
    before = counts(engine)
    try:
        done = load(engine, [(kind.partition(" ")[0], path)], only_check=only_check)
    except (RejectedFile, DatabaseProblem) as refusal:
        assert 0 < len(str(refusal)) < LONGEST_MESSAGE, f"{len(str(refusal))} signs: {str(refusal)[:300]}"
        assert counts(engine) == before
        return "refused"
    grown = {} if only_check else _growth(done)
    after = counts(engine)
    assert {name: after[name] - before[name] for name in after if name != "batch"} == {
        name: grown.get(name, 0) for name in after if name != "batch"
    }
    return "loaded"


TABLES = {
    **{kind.name: kind.table.name for kind in KINDS.values()},
    "names": "territory_name",
    "register-categories": "register_category",
    "boundaries": "boundary",
}  # the other kinds fill columns of rows that stay


def _growth(done) -> dict[str, int]:
    """By how many rows each table must have grown, by what the load says of itself."""
    grown: dict[str, int] = {}
    for part in done:
        if part.kind in TABLES:
            name = TABLES[part.kind]
            grown[name] = grown.get(name, 0) + part.added - part.removed
    return grown


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_spoilt_file_is_refused_or_loaded_whole(engine, tmp_path, kind):
    if kind == "community-return":  # its unit has a true code
        load(engine, [("territories", write(tmp_path / "places.csv", "territories", [place(KHARKIV_UNIT)]))])
    path = EXAMPLES[kind](tmp_path)
    assert outcome(engine, kind, path, only_check=True) == "loaded", "the example itself is valid"
    chance = random.Random(zlib.crc32(kind.encode()))
    files = -(-AT_LEAST[engine.dialect.name] // len(EXAMPLES))
    seen = {"refused": 0, "loaded": 0}
    whole = path.read_bytes()
    for number in range(files):
        path.write_bytes(content := mutated(path, chance))
        try:
            seen[outcome(engine, kind, path, only_check=chance.random() > REAL_LOADS)] += 1
        except Exception as error:
            kept = tmp_path / f"failed-{number}{path.suffix}"
            kept.write_bytes(content)
            raise AssertionError(f"file {number} of {kind}, kept as {kept}: {error!r}") from error
        path.write_bytes(whole)
    assert seen["refused"] > files / 4 and seen["loaded"], seen
