"""Loaded outlines by address: fetched once, asked again by their version, and said to be missing where they are."""

import json
import shutil
import urllib.error
import urllib.request

import pytest

from data_access.engine import writing_engine
from data_access.pipeline.intake.load import load
from tests.support.examples_lists import feature, square, write_features
from tests.support.server import dashboard

HROMADA = "UA6312027"


@pytest.fixture(scope="module")
def drawn_url(sample_database, tmp_path_factory):
    """The dashboard over the sample data with the outline of one hromada."""
    folder = tmp_path_factory.mktemp("drawn")
    path = shutil.copy(sample_database, folder / "drawn.db")
    engine = writing_engine(f"sqlite:///{path}")
    load(engine, [("boundaries", write_features(folder / "x.geojson", [feature(HROMADA, square(36, 49.5))]))])
    engine.dispose()
    with dashboard(f"sqlite:///{path}", folder / "log.txt") as url:
        yield url


def get(url: str, version: str = ""):
    """(status, ETag, content type, body)"""
    request = urllib.request.Request(url, headers={"If-None-Match": version} if version else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers["ETag"], answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["ETag"], answer.headers["Content-Type"], answer.read()


def test_loaded_outlines_are_served_with_their_version(drawn_url):
    status, version, kind, body = get(f"{drawn_url}/geo/hromadas.geojson")
    assert status == 200 and kind == "application/geo+json"
    assert [one["id"] for one in json.loads(body)["features"]] == [HROMADA]
    assert get(f"{drawn_url}/geo/hromadas.geojson", version)[::3] == (304, b"")
    assert get(f"{drawn_url}/geo/hromadas.geojson", '"hromada-1"')[0] == 200


def test_outlines_that_are_not_loaded_are_not_found(drawn_url):
    status, _, kind, body = get(f"{drawn_url}/geo/raions.geojson")
    assert (status, kind, json.loads(body)) == (404, "application/json", {"status": "not loaded"})
