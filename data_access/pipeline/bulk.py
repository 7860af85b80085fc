"""Many rows at once, as Arrow holds them, into a table: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import io

import psycopg
import pyarrow as pa
import pyarrow.csv
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def append(connection: Connection, table: str, rows: pa.Table) -> None:
    """Add rows inside the connection's transaction. The columns bear the table's names. Raises DBAPIError."""
    if not rows.num_rows:
        return
    names = ", ".join(rows.column_names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * rows.num_columns)
        values = list(zip(*(_plain(column) for column in rows.columns), strict=True))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        return
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv)"
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(_as_csv(rows))
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error


def emptied(connection: Connection, name: str, columns: str) -> None:
    """A temporary table of this name with these columns and no rows."""
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns})")
    connection.exec_driver_sql(f"DELETE FROM {name}" if connection.dialect.name == "sqlite" else f"TRUNCATE {name}")


def drop(connection: Connection, *names: str) -> None:
    """Remove temporary tables."""
    for name in names:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


def _plain(column: pa.ChunkedArray) -> list:
    """Values as sqlite3 takes them: days as text, NaN for NULL."""
    if pa.types.is_dictionary(column.type):
        column = column.combine_chunks()
        column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
        values = column.dictionary.cast(pa.string()).to_numpy(zero_copy_only=False)
        return values[column.indices.to_numpy(zero_copy_only=False)].tolist()
    return column.to_numpy().tolist()


def _as_csv(rows: pa.Table) -> bytes:
    """Texts in quotation marks, so that an empty one is not NULL."""
    plain = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in rows.columns
    ]
    written = io.BytesIO()
    options = pyarrow.csv.WriteOptions(include_header=False)
    pyarrow.csv.write_csv(pa.table(plain, rows.column_names), written, options)
    return written.getvalue()
