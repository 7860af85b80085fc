"""A new kind of records is one object: with its table, its indicator and nothing else it is loaded and published."""

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Column as Stored
from sqlalchemy import Date, Integer, MetaData, String, Table, select

from data_access import Audience, cells, connect
from data_access.__main__ import main
from data_access.indicators import FOLDER, indicators
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.intake.load import load
from data_access.pipeline.kinds import KINDS
from data_access.pipeline.publish.release import publish
from data_access.pipeline.records.exact_figures import figures, read
from data_access.pipeline.sheet.faults import RejectedFile
from data_access.pipeline.sheet.kind import Column, Kind
from data_access.pipeline.sheet.place_codes import in_p_codes
from tests.support.examples_lists import write_table
from tests.support.small import DERHACHI, KHARKIV

DAY = date(2026, 6, 30)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
WELLS = Table(
    "toy_well",
    MetaData(),  # of its own: no other test has this table
    Stored("source_id", String(96), primary_key=True),
    Stored("well_id", String(96), primary_key=True),
    Stored("territory_code", String(16), nullable=False),
    Stored("state", String(16), nullable=False),
    Stored("taps", Integer),
    Stored("working", Integer),
    Stored("seen_on", Date, nullable=False),
    Stored("batch_id", Integer, nullable=False),
)
INDICATOR = """
[toy_taps]
topic = "aid"
title = { uk = "Крани", en = "Taps" }
short = { uk = "Крани", en = "Taps" }
unit = "objects"
kind = "stock"
levels = ["country", "region", "hromada"]
breakdowns = {}
better = "up"
map = "circle"
additive = false
frequency = "monthly"
source_order = ["*"]
definition = { uk = "Скільки кранів.", en = "How many taps." }
method = { uk = "Пораховано.", en = "Counted." }
caveats = []
rule = "aid"
related = []
"""


def well_faults(texts, _known, _comma):
    if int(texts["working"]) > int(texts["taps"]):
        yield "working", f"{texts['working']} is more than there are taps; check both numbers"


def well_lists(_connection):
    return {"toy_state": ("open", "shut")}


def well_doubts(connection):
    dry = connection.scalars(select(WELLS.c.well_id).where(WELLS.c.taps == 0))
    yield from (f"The well {name} has no taps." for name in dry)


def well_figures(connection, _today):
    wells = read(connection, select(WELLS))
    for source_id, own in wells.groupby("source_id"):
        placed = pd.concat(
            [
                own.assign(level="region", territory_code=own["territory_code"].str[:4]),
                own.assign(level="hromada"),
            ]
        )
        sums = placed.groupby(["level", "territory_code"])["taps"].sum().rename("count").reset_index()
        stock = {"period_start": DAY, "period_end": DAY, "precision": "day", "source_id": source_id}
        yield figures(sums.assign(value=sums["count"].astype(float)), indicator="toy_taps", unit="objects", **stock)


TOY = Kind(
    "toy-wells",
    WELLS,
    (
        Column("source_id", "code", required=True, listed="source"),
        Column("well_id", "code", required=True),
        Column("community", "code", required=True, listed="territory", into="territory_code"),
        Column("state", "code", required=True, listed="toy_state"),
        Column("taps", "whole", required=True),
        Column("working", "whole", required=True),
        Column("seen_on", "day", required=True),
    ),
    key=("source_id", "well_id"),
    scope=("source_id",),
    prepare=in_p_codes("community"),
    rules=well_faults,
    lists=well_lists,
    needs_source=True,
    doubts=well_doubts,
    figures=well_figures,
    row_is="well",
    formats="CSV",
)


@pytest.fixture(autouse=True)
def toy(engine, monkeypatch, tmp_path):
    """The three things that a new kind is: the object in the list of kinds, its table, its indicator."""
    monkeypatch.setitem(KINDS, TOY.name, TOY)
    WELLS.create(engine)
    folder = shutil.copytree(FOLDER, tmp_path / "indicators")
    with (folder / "aid.toml").open("a", encoding="utf-8") as records:
        records.write(INDICATOR)
    monkeypatch.setattr(sys.modules[indicators.__module__], "FOLDER", folder)
    indicators.cache_clear()
    yield
    indicators.cache_clear()


def well(well_id: str, community: str, **more) -> dict:
    return {
        "well_id": well_id,
        "community": community,
        "state": "open",
        "taps": 17,
        "working": 9,
        "seen_on": str(DAY),
        **more,
    }


def wells(tmp_path, *rows: dict) -> Path:
    return write_table(tmp_path / "wells.csv", [dict.fromkeys(rows[-1], "") | row for row in rows])


def loading(engine, path, **how):
    return load(engine, [("toy-wells", path)], source="s1", **how)[0]


PLAIN = (well("w1", KHARKIV), well("w2", DERHACHI + "0" * 10, taps=25), well("w3", DERHACHI, state="shut"))


def test_its_file_is_loaded_and_reported_in_its_own_words(engine, tmp_path):
    path = wells(tmp_path, *PLAIN)
    assert str(loading(engine, path)) == "wells.csv (toy-wells)\n  read       3 wells\n  new        3 wells, 1 producer"
    assert "nothing changed" in str(loading(engine, path))
    done = loading(engine, wells(tmp_path, PLAIN[0] | {"taps": 18}), whole=True).own
    assert (done.added, done.changed, done.removed) == (0, 1, 2)
    with engine.connect() as connection:
        assert connection.execute(select(WELLS.c.well_id, WELLS.c.territory_code, WELLS.c.taps)).all() == [
            ("w1", KHARKIV, 18)
        ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "ajar"}, """row 3, column "state": 'ajar' is not one of open, shut"""),
        ({"working": 26}, 'row 3, column "working": 26 is more than there are taps'),
        ({"community": "UA99"}, """row 3, column "community": 'UA99' is not a known territory"""),
        ({"owner_name": "x"}, 'row 1, column "owner_name": speaks by its name of persons'),
    ],
)
def test_a_refusal_names_the_row_and_the_column(engine, tmp_path, change, said):
    with pytest.raises(RejectedFile) as caught:
        loading(engine, wells(tmp_path, PLAIN[0], PLAIN[1] | change))
    assert said in str(caught.value)
    with engine.connect() as connection:
        assert not connection.execute(select(WELLS)).all()


def test_its_source_must_be_named(engine, tmp_path):
    with pytest.raises(RejectedFile, match="Name their source"):
        load(engine, [("toy-wells", wells(tmp_path, *PLAIN))])


def test_the_command_line_knows_it(small_url, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["load", "--help"])
    assert "CSVfortoywells" in "".join(capsys.readouterr().out.split())
    assert main(["load", "toy-wells", str(wells(tmp_path, *PLAIN)), "--source", "s1", "--url", small_url]) == 0
    assert "3 wells" in capsys.readouterr().out


def test_what_is_inconsistent_in_it_is_found(engine, tmp_path):
    loading(engine, wells(tmp_path, *PLAIN, well("w4", KHARKIV, taps=0, working=0)))
    assert "The well w4 has no taps." in doubts(engine)


def test_its_figures_are_published_exactly_for_members_and_protected_for_the_public(engine, small_url, tmp_path):
    loading(engine, wells(tmp_path, *PLAIN))
    publish(engine, now=NOW.replace(tzinfo=None))

    def seen(audience: Audience) -> dict:
        frame = cells(connect(small_url), "toy_taps", audience=audience)
        return dict(zip(frame["territory_code"], frame["value"], strict=True))

    assert seen(Audience("coordinator")) == {"UA63": 59, KHARKIV: 17, DERHACHI: 42}
    assert seen(Audience("public")) == {"UA63": 60}
