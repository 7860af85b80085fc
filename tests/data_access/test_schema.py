"""The migrations and tables.py say the same; the tables refuse what must never stand in them."""

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, insert, inspect, update
from sqlalchemy.exc import IntegrityError

from data_access import tables as t
from data_access.engine import writing_engine
from data_access.health import schema_revision
from data_access.migrations import configuration, upgrade
from data_access.pipeline.publish.cells import NewCell
from tests.support.small import CRIMEAN, KHARKIV

CELL = NewCell(
    *("idps_registered", "UA63", date(2025, 6, 5), date(2025, 6, 5), "day", "", "", "", "persons"), *("iom", "s1")
)


def store(engine, cell: NewCell) -> None:
    with engine.begin() as connection:
        connection.execute(insert(t.cell).values(**cell._asdict(), from_release=1))


def test_the_migrations_make_the_tables_of_tables_py(tables_url):
    with writing_engine(tables_url).connect() as connection:
        options = {"compare_type": True, "compare_server_default": False}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), t.metadata)
    assert differences == []


def test_the_migrated_checks_are_those_of_tables_py(tables_url):
    look = inspect(writing_engine(tables_url))
    for table in t.metadata.sorted_tables:
        wanted = {str(c.name): str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint)}
        found = {c["name"]: c["sqltext"] for c in look.get_check_constraints(table.name)}
        assert set(found) == set(wanted), table.name
        if look.dialect.name == "sqlite":  # PostgreSQL writes them in its own words
            assert found == wanted


def test_the_newest_migration_is_the_one_that_readers_expect(tables_url):
    from alembic.script import ScriptDirectory

    with writing_engine(tables_url).connect() as connection:
        heads = ScriptDirectory.from_config(configuration(connection)).get_heads()
    assert heads == [t.SCHEMA_REVISION] == [schema_revision(writing_engine(tables_url))]


def test_migrating_twice_changes_nothing(small_url):
    with writing_engine(small_url).begin() as connection:
        before = connection.execute(t.cell.select()).all()
        upgrade(connection)
        assert connection.execute(t.cell.select()).all() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None},
        *({"value": 5.0, "status": mark} for mark in "xzcs"),
        *({"value": None, "status": mark} for mark in "upreb"),
        {"value": 5.0, "status": "?"},
        {"value": 5.0, "audience": "everybody"},
        {"value": 5.0, "precision": "week"},
        {"value": 5.0, "territory_code": "UA99"},
        {"value": 5.0, "source_id": "nowhere"},
    ],
)
def test_the_table_refuses_impossible_cells(engine, wrong):
    with pytest.raises(IntegrityError):
        store(engine, CELL._replace(as_of=CELL.period_end, **wrong))


def test_the_source_is_part_of_a_cells_key(engine):
    for source in ("s1", "s2"):
        store(engine, CELL._replace(as_of=CELL.period_end, value=1.0, source_id=source))


def test_a_batch_is_one_transaction_on_both_databases(engine):
    with pytest.raises(RuntimeError), engine.begin() as connection:
        connection.execute(update(t.territory).where(t.territory.c.code.in_([KHARKIV, CRIMEAN])).values(name_uk="X"))
        raise RuntimeError
    with engine.connect() as connection:
        assert connection.execute(t.territory.select().where(t.territory.c.name_uk == "X")).first() is None
