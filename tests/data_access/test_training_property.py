"""A database is synthetic by what it says of itself."""

import pytest
from sqlalchemy import insert, text

from data_access import connect, training
from data_access.__main__ import main
from data_access.engine import writing_engine
from data_access.record_tables import about

pytestmark = pytest.mark.first_case_on_postgresql


@pytest.fixture
def synthetic_url(small_url):
    engine = writing_engine(small_url)
    with engine.begin() as connection:
        connection.execute(insert(about), [{"name": "training", "value": "1"}, {"name": "objects", "value": "5"}])
    engine.dispose()
    return small_url


def test_a_database_is_synthetic_only_where_it_says_so(small_url):
    db = connect(small_url)
    assert training(db) is False
    engine = writing_engine(small_url)
    with engine.begin() as connection:
        connection.execute(insert(about).values(name="objects", value="5"))
    assert training(db) is False
    with engine.begin() as connection:
        connection.execute(insert(about).values(name="training", value="0"))
    assert training(db) is True, "seed 0 is a seed"
    engine.dispose()
    db.close()


def test_a_database_without_the_table_is_real(small_url):
    db = connect(small_url)
    engine = writing_engine(small_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE about"))
    assert training(db) is False
    engine.dispose()
    db.close()


@pytest.mark.parametrize("command", [["releases"], ["check"], ["publish", "--dry-run"]])
def test_commands_say_that_a_database_is_synthetic(synthetic_url, command, capsys):
    main([*command, "--url", synthetic_url])
    said = capsys.readouterr()
    assert "НАВЧАЛЬНІ ДАНІ · TRAINING DATA" in said.err
    assert "TRAINING" not in said.out


@pytest.mark.parametrize("command", [["releases"], ["check"], ["publish", "--dry-run"]])
def test_commands_say_nothing_of_the_kind_over_real_figures(small_url, command, capsys):
    main([*command, "--url", small_url])
    said = capsys.readouterr()
    assert "TRAINING" not in said.out + said.err
