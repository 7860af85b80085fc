"""Alembic's entry: runs the migrations on the connection it is given, in its transaction.

A new migration is drafted with `alembic -c data_access/migrations/alembic.ini revision --autogenerate`
against the database that DATABASE_URL names, then read and mended by hand.
"""

from alembic import context
from sqlalchemy import Connection

from data_access import (  # noqa: F401  (they add their tables)
    communities,
    editing_tables,
    object_tables,
    project_tables,
    record_tables,
)
from data_access.engine import writing_engine
from data_access.table_columns import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with writing_engine().begin() as opened:
        run(opened)
