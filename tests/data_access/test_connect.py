"""Opening a database, and what is said when it cannot be opened."""

import subprocess
import sys

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, OperationalError

from data_access import DatabaseProblem, connect, release, sources
from data_access import tables as t
from data_access.address import parse_url, shown_url
from data_access.engine import _sqlite_uri, explained, writing_engine

SECRET = "s3cr3t-w0rd"
HEAVY = ("alembic", "duckdb", "openpyxl", "pandera", "polars", "scipy")


def problem(url: str) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as caught:
        connect(url)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value), "one sentence"
    assert SECRET not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:s3cr3t-w0rd@host/db",
        "dashboard.db",
        "postgresql://user:s3cr3t-w0rd@host:port/db",
        "postgresql://user:s3cr3t-w0rd@host",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "://",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_being_quoted(url):
    assert problem(url).code == "bad_url"


def test_an_unreachable_server_is_named_without_its_password():
    found = problem(f"postgresql://user:{SECRET}@127.0.0.1:1/db?connect_timeout=2")
    assert found.code == "unreachable" and "127.0.0.1:1" in str(found) and "Connection refused" in str(found)
    assert problem(f"postgres://u@127.0.0.1:1/db?password={SECRET}").code == "unreachable"


def test_a_missing_database_on_a_server_is_said(postgres_server):
    url = postgres_server.replace("/postgres?", "/nosuchdatabase?").replace("postgres:@", f"postgres:{SECRET}@")
    found = problem(url)
    assert found.code == "unreachable" and "does not exist" in str(found)


def test_a_missing_file_is_said_and_not_created(tmp_path):
    path = tmp_path / "none.db"
    assert problem(f"sqlite:///{path}").code == "missing"
    assert not path.exists()


@pytest.mark.parametrize("content", [b"this is a letter, not a database\n" * 100, b"\0" * 8192])
def test_a_file_that_is_no_database_is_damaged(tmp_path, content):
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert problem(f"sqlite:///{path}").code == "damaged"


def test_a_file_damaged_in_the_middle_is_found_at_the_start(small_file):
    path = small_file
    content = bytearray(path.read_bytes())
    for place in range(8192, len(content), 4096):
        content[place : place + 200] = b"\xff" * 200
    path.write_bytes(content)
    assert problem(f"sqlite:///{small_file}").code == "damaged"


def test_a_truncated_file_is_damaged(small_file):
    small_file.write_bytes(small_file.read_bytes()[: small_file.stat().st_size // 2])
    assert problem(f"sqlite:///{small_file}").code == "damaged"


def test_damage_that_shows_only_while_reading_is_one_sentence_too(small_file):
    db = connect(f"sqlite:///{small_file}")
    small_file.write_bytes(b"gone")
    with pytest.raises(DatabaseProblem) as caught:
        sources(db)
    assert caught.value.code == "damaged"


def test_a_database_without_tables_is_said(make_database):
    url = make_database()
    writing_engine(url).connect().close()
    assert problem(url).code == "no_tables"


@pytest.mark.parametrize(("revision", "code"), [("0000", "older"), ("9999", "newer"), ("f00ba4", "newer")])
def test_another_version_of_the_tables_is_said(tables_url, revision, code):
    with writing_engine(tables_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    assert problem(tables_url).code == code


def test_a_database_without_a_release_opens_but_has_nothing_to_show(tables_url):
    with pytest.raises(DatabaseProblem) as caught:
        release(connect(tables_url))
    assert caught.value.code == "no_release"


def test_a_reader_cannot_write(small_db):
    row = {"source_id": "new"}
    with pytest.raises(DBAPIError), small_db.engine.begin() as connection:
        connection.execute(insert(t.source).values(row))
    assert "new" not in set(sources(small_db)["source_id"])


def test_each_of_two_locks_alone_keeps_a_reader_of_a_file_from_writing(small_file):
    db = connect(f"sqlite:///{small_file}")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        with pytest.raises(OperationalError, match="readonly"):
            connection.exec_driver_sql("DELETE FROM cell")
    db.close()


def test_a_reader_of_a_file_cannot_attach_another(small_file, tmp_path):
    path = tmp_path / "attached.db"
    with pytest.raises(DBAPIError, match="attached"), connect(f"sqlite:///{small_file}").engine.connect() as connection:
        connection.exec_driver_sql(f"ATTACH '{path}' AS other")
    assert not path.exists()


def test_a_file_in_a_folder_that_cannot_be_written_opens(tmp_path, monkeypatch):
    monkeypatch.setattr("data_access.engine.os.access", lambda *_: False)
    assert _sqlite_uri(tmp_path / "x.db").endswith("?mode=ro&immutable=1")


def test_a_file_whose_name_has_odd_signs_opens(tmp_path, small_file):
    odd = tmp_path / "дані з пробілом % # ü.db"
    odd.write_bytes(small_file.read_bytes())
    assert len(sources(connect(f"sqlite:///{odd}"))) == 3


def test_database_url_is_used_when_no_address_is_given(small_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", small_url)
    assert len(sources(connect())) == 3


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "POSTGRES"])
def test_all_spellings_of_the_scheme_are_understood(scheme):
    assert parse_url(f"{scheme}://u:p%40ss@host:5432/db").render_as_string(False) == (
        "postgresql+psycopg://u:p%40ss@host:5432/db"
    )


def test_several_hosts_are_understood_as_libpq_writes_them():
    url = parse_url("postgresql://u:p@h1:5432,h2:5433/db?target_session_attrs=prefer-standby")
    assert url.query["host"] == ("h1:5432", "h2:5433") and url.database == "db"
    assert url.query["target_session_attrs"] == "prefer-standby"


def test_the_shown_address_never_holds_a_password():
    for url in (f"postgresql://u:{SECRET}@h/db", f"postgresql://u@h/db?password={SECRET}"):
        assert SECRET not in shown_url(parse_url(url))


def test_a_fault_in_our_own_sql_is_not_called_an_unreachable_database(small_db):
    with pytest.raises(DBAPIError), explained(small_db.engine), small_db.engine.connect() as connection:
        connection.execute(text("SELECT nothing FROM source"))


def test_importing_data_access_loads_nothing_heavy():
    code = f"import sys, data_access; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
