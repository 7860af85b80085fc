"""A training database: new, marked before anything else, full of all kinds of records, and never the real one."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from data_access import cells, connect, indicators, object_tables, project_tables, record_tables, releases, training
from data_access import tables as t
from data_access.__main__ import main
from data_access.engine import DEFAULT_PATH, writing_engine
from data_access.pipeline.edit.figure_choice import Refused
from data_access.pipeline.training import making

pytestmark = [pytest.mark.slow, pytest.mark.postgresql_in_full]

ROOT = Path(__file__).resolve().parents[2]
OBJECTS, LAST_DAY = 3_000, date(2026, 3, 31)
OWN = str(DEFAULT_PATH)


def made(url: str, files: Path | None = None) -> str:
    return making.make(url, objects=OBJECTS, seed=3, last_day=LAST_DAY, files=files)


@pytest.fixture(scope="module")
def training_url(make_once) -> str:
    """A training database on either server, which nobody changes; the SQLite file is made by the command."""
    return make_once("training", "", lambda url: (commanded if url.startswith("sqlite") else made)(url))


def commanded(url: str) -> None:
    """The same by the command; beside the database stand its files and what the command said."""
    path = Path(url.removeprefix("sqlite:///"))
    command = [sys.executable, "-m", "data_access", "training", "--objects", str(OBJECTS), "--seed", "3"]
    command += ["--until", str(LAST_DAY), "--out", str(path), "--files", str(path.parent / "files")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    (path.parent / "said.txt").write_text(ran.stdout)


@pytest.fixture(scope="module")
def engine_of_training(training_url):
    engine = writing_engine(training_url)
    yield engine
    engine.dispose()


def counted(engine, table) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_it_says_of_itself_what_it_is(training_url, engine_of_training):
    db = connect(training_url)
    assert training(db)
    db.close()
    with engine_of_training.connect() as connection:
        about = dict(connection.execute(select(record_tables.about.c.name, record_tables.about.c.value)).all())
    assert about == {"training": "3", "objects": str(OBJECTS), "last_day": str(LAST_DAY)}


def test_all_kinds_of_records_are_in_it(engine_of_training):
    assert counted(engine_of_training, object_tables.damaged_object) == OBJECTS
    filled = (
        project_tables.project,
        *project_tables.PROJECT_PARTS,
        record_tables.movement,
        record_tables.cohort,
        record_tables.aid_activity,
        record_tables.claim_file,
        *object_tables.TALLIES,
    )
    assert [table.name for table in filled if not counted(engine_of_training, table)] == []


def test_records_and_figures_name_sources_of_training_only(engine_of_training):
    with engine_of_training.connect() as connection:
        for table in (
            object_tables.damaged_object,
            project_tables.project,
            record_tables.movement,
            record_tables.aid_activity,
            record_tables.claim_file,
        ):
            sources = connection.scalars(select(table.c.source_id).distinct()).all()
            assert all(source.startswith("training") for source in sources), table.name
        real = ~t.cell.c.source_id.startswith("training")
        others = connection.scalars(select(t.cell.c.indicator).where(real).distinct())
        topics = {indicators()[name].topic for name in others}
    assert topics == {"context"}, "population and official status are real"


def test_it_is_published_and_consistent(training_url, capsys):
    db = connect(training_url)
    assert len(releases(db)) == 1
    for name in ("population", "idps_registered", "objects_damaged"):
        assert len(cells(db, name, breakdown=None)), name
    db.close()
    assert main(["check", "--url", training_url]) == 0


def test_a_database_that_holds_something_is_refused(small_url):
    with pytest.raises(Refused, match=r"there already|holds something"):
        made(small_url)
    db = connect(small_url)
    assert not training(db)
    db.close()


def test_one_that_holds_another_programs_table_is_refused(make_database, tmp_path):
    url = make_database()
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE others (a integer)"))
    engine.dispose()
    with pytest.raises(Refused):
        made(url)


@pytest.mark.parametrize("out", [OWN, f"sqlite:///{OWN}", OWN.replace(".data", ".data/../.data")])
def test_the_dashboards_own_database_is_refused_even_where_there_is_none(out):
    with pytest.raises(Refused, match="own database"):
        made(out)


@pytest.mark.parametrize("objects", ["0", "-1", "100000000"])
def test_a_number_that_cannot_be_made_is_refused(objects, tmp_path, capsys):
    assert main(["training", "--objects", objects, "--out", str(tmp_path / "x.db")]) == 1
    assert "objects cannot be made" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_mark_stands_before_any_list_is_read(make_database, monkeypatch, tmp_path):
    """Whatever breaks, what has been written is marked; of a SQLite file nothing is left."""
    seen = []

    def broken(engine, files, **_):
        with engine.connect() as connection:
            seen.append(
                connection.scalar(select(record_tables.about.c.value).where(record_tables.about.c.name == "training"))
            )
        raise OSError(28, "no space", "x")

    monkeypatch.setattr(making, "load", broken)
    url = make_database()
    with pytest.raises(OSError):
        made(url)
    assert seen == ["3"]
    if url.startswith("sqlite"):
        assert not Path(url.removeprefix("sqlite:///")).exists()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True, scope="session")
def test_the_command_keeps_the_files_and_says_what_it_does(training_url):
    folder = Path(training_url.removeprefix("sqlite:///")).parent
    assert "is ready" in (folder / "said.txt").read_text()
    assert {path.name for path in (folder / "files").iterdir()} >= {name for name, _ in making.RECORDS.values()}
