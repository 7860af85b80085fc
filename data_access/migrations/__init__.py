"""The history of the tables. `upgrade(connection)` brings a database to the newest state."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER = Path(__file__).resolve().parent


def upgrade(connection: Connection, to: str = "head") -> None:
    """Create or migrate the tables within the transaction of `connection`."""
    command.upgrade(configuration(connection), to)


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
