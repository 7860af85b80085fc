"""The dashboard's modules over the published figures."""

import os
import shutil

import pytest

from tests.support.pages import forget


@pytest.fixture(autouse=True)
def over_published_figures(sample_database, monkeypatch):
    """Every test reads the database built from sample_data; what is kept of another is dropped."""
    url = f"sqlite:///{sample_database}"
    monkeypatch.setenv("DATABASE_URL", url)
    yield
    if os.environ.get("DATABASE_URL") != url:
        forget()


@pytest.fixture
def nothing_kept():
    """For a test that changes the dashboard itself or what it reads: nothing is kept from before it, nor after it."""
    forget()
    yield
    forget()


@pytest.fixture
def own_database(sample_database, tmp_path, monkeypatch, nothing_kept) -> str:
    """The URL of a database of our own that holds the published figures."""
    shutil.copy(sample_database, tmp_path / "own.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    return f"sqlite:///{tmp_path / 'own.db'}"
