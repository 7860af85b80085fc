"""DATABASE_URL: which forms are understood, and how one is shown without its password."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from data_access.problems import DatabaseProblem

FORMS = "sqlite:///path/to/file.db or postgresql://user:password@host:5432/database"
SCHEMES = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def parse_url(text: str) -> URL:
    """The URL as SQLAlchemy wants it. Raises DatabaseProblem (bad_url), which never quotes the URL."""
    scheme, separator, rest = text.strip().partition("://")
    driver = SCHEMES.get(scheme.lower())
    if not separator or driver is None:
        raise _bad("does not begin with sqlite:///, postgresql:// or postgres://")
    try:
        url = make_url(f"{driver}://{_hosts_as_query(rest) if driver != 'sqlite' else rest}")
    except (ArgumentError, ValueError):
        raise _bad("cannot be read (special characters in the password are written as %40, %3A, %2F)") from None
    return _checked(url)


def file_of(url: URL) -> Path:
    """The file that a SQLite URL names; `parse_url` lets none pass that names no file."""
    return Path(url.database or "")


def shown_url(url: URL) -> str:
    """The URL without its password, wherever it stands."""
    query = {key: value for key, value in url.query.items() if key != "password"}
    return url.set(query=query).render_as_string(hide_password=True).replace("+psycopg", "")


def _checked(url: URL) -> URL:
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise _bad("names no file")
    if url.drivername != "sqlite" and not url.database:
        raise _bad("names no database after the host")
    return url


def _hosts_as_query(rest: str) -> str:
    """libpq's `h1:5432,h2:5432/db` as SQLAlchemy's `/db?host=h1:5432&host=h2:5432`."""
    match = re.fullmatch(r"(?P<user>.*@)?(?P<hosts>[^/?@]*,[^/?@]*)/(?P<db>[^?]*)(\?(?P<query>.*))?", rest)
    if not match:
        return rest
    hosts = "&".join(f"host={host}" for host in match["hosts"].split(","))
    more = f"&{match['query']}" if match["query"] else ""
    return f"{match['user'] or ''}/{match['db']}?{hosts}{more}"


def _bad(what: str) -> DatabaseProblem:
    return DatabaseProblem("bad_url", f"The database address (DATABASE_URL) {what}; write it as {FORMS}.")
