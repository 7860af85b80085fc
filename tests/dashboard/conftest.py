"""The dashboard's modules over the published figures."""

import pytest

from dashboard import data


@pytest.fixture(autouse=True)
def over_published_figures(sample_database, monkeypatch):
    """Every test reads the database built from sample_data."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{sample_database}")
    data.forget()
    yield
    data.forget()
