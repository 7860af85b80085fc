"""A unit's own cells are those that the indicators' queries find of it; its headlines those of each indicator."""

import pandas as pd
import pytest

from data_access import FRAME_COLUMNS, Audience, cells, connect, headline, headlines, indicators, unit_cells
from data_access.frames import frame_of

UNITS = ("UA", "UA63", "UA6312027", "UA80")


@pytest.fixture(scope="module")
def db(sample_database):
    return connect(f"sqlite:///{sample_database}")


@pytest.mark.parametrize("code", UNITS)
@pytest.mark.parametrize("audience", [Audience("public"), Audience("member", "UA6312027"), Audience("coordinator")])
def test_a_unit_has_the_cells_that_every_indicator_tells_of_it(db, code, audience):
    found = [cells(db, name, areas=[code], breakdown=None, audience=audience) for name in sorted(indicators())]
    expected = pd.concat([one for one in found if len(one)], ignore_index=True)
    pd.testing.assert_frame_equal(unit_cells(db, code, audience=audience), expected)


@pytest.mark.parametrize("code", UNITS)
def test_headlines_in_one_pass_are_those_of_each_indicator(db, code):
    frame, registry = unit_cells(db, code), indicators()
    parts = [headline(frame[frame["indicator"] == name], one) for name, one in registry.items()]
    expected = pd.concat([part for part in parts if len(part)], ignore_index=True)
    pd.testing.assert_frame_equal(headlines(frame, registry), expected)


def test_a_unit_without_cells_has_no_headlines():
    assert headlines(frame_of([], FRAME_COLUMNS), indicators()).empty
