"""kill -9 at any moment, two loaders at once, readers meanwhile: as processes, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access import cells, connect, project_tables
from data_access import tables as t
from data_access.__main__ import main
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.intake.load import load, lock_for_writing
from data_access.pipeline.publish.release import publish
from tests.support.examples_projects import SCHOOL, write_package
from tests.support.killing import killed, measured
from tests.support.run import amount, chance
from tests.support.small import SMALL_DOUBT, VALUES, figure, write

pytestmark = pytest.mark.kill
ROOT = Path(__file__).resolve().parents[2]
MOMENTS = amount(4, of=20)
FIGURES = 600


def values_file(folder: Path, value: int) -> Path:
    """A file of many figures, all with the same value."""
    days = [f"20{23 + n // 336:02}-{1 + n // 28 % 12:02}-{1 + n % 28:02}" for n in range(FIGURES)]
    rows = [figure(f"many-{day}", "idps_registered", "UA80", day, value) for day in days]
    return write(folder / f"{value}.csv", "published-values", rows)


def state(engine) -> dict:
    """What the database holds, as soon as nobody writes any more."""
    many = t.published_value.c.figure_id.startswith("many-")
    counts = [select(func.count()).select_from(table) for table in (t.batch, t.published_value, t.release)]
    shown = select(t.cell.c.value, func.count()).where(t.cell.c.to_release.is_(None), t.cell.c.territory_code == "UA80")
    with engine.begin() as connection:
        lock_for_writing(connection)
        held = connection.execute(select(t.published_value.c.value, func.count()).where(many).group_by("value")).all()
        current = connection.execute(shown.where(t.cell.c.indicator == "idps_registered").group_by("value")).all()
        numbers = [connection.scalar(count) for count in counts]
    return {"values": dict(map(tuple, held)), "current": dict(map(tuple, current)), "numbers": numbers}


def test_kill_9_at_any_moment_loses_and_doubles_nothing(processes, small_url, engine, tmp_path):
    luck, ended_whole = chance("kill"), 0
    loading = ["load", "published-values", str(values_file(tmp_path, 1)), "--url", small_url]
    publishing = ["publish", "--url", small_url]
    load_s, publish_s = measured(processes, loading), measured(processes, publishing)
    held = state(engine)
    assert held["values"] == {1.0: FIGURES} and held["current"][1.0] == FIGURES
    for number in range(MOMENTS // 2):
        path = values_file(tmp_path, number + 2)
        process = processes.Process(target=main, args=([*loading[:2], str(path), *loading[3:]],))
        process.start()
        killed(process, load_s * luck.uniform(0.2, 1.4))
        held, ended_whole = after_a_load(engine, held, path, ended_whole)
        process = processes.Process(target=main, args=(publishing,))
        process.start()
        killed(process, publish_s * luck.uniform(0.2, 1.4))
        held, ended_whole = after_a_publication(engine, held, number + 2, ended_whole)
    assert doubts(engine) == SMALL_DOUBT
    print(f"{load_s:.2f} s, {publish_s:.2f} s; {ended_whole} of {MOMENTS} were done before they were killed")


def after_a_load(engine, before: dict, path: Path, done: int) -> tuple[dict, int]:
    """The old state or the new one whole; the same load afterwards ends well."""
    now, value = state(engine), float(path.stem)
    whole = now["values"] == {value: FIGURES}
    assert whole or now == before
    load(engine, [("published-values", path)])
    after = state(engine)
    batches, figures, releases = before["numbers"]
    assert after == before | {"values": {value: FIGURES}, "numbers": [batches + 1, figures, releases]}
    return after, done + whole


def after_a_publication(engine, before: dict, value: int, done: int) -> tuple[dict, int]:
    """The old release or the new one whole and consistent; publishing afterwards ends well."""
    now = state(engine)
    whole = now["current"].get(value) == FIGURES
    assert whole or now == before
    assert doubts(engine) == SMALL_DOUBT
    assert bool(publish(engine).name) is not whole
    after = state(engine)
    batches, figures, releases = before["numbers"]
    assert after["current"][value] == FIGURES and after["numbers"] == [batches, figures, releases + 1]
    return after, done + whole


def test_a_killed_load_of_projects_leaves_all_of_them_or_none(processes, small_url, engine, tmp_path):
    luck, tables = chance("projects"), (project_tables.project, *project_tables.PROJECT_PARTS)
    many = [SCHOOL | {"id": f"oc4ids-{number}"} for number in range(200)]

    def held() -> set[int]:
        with engine.connect() as connection:
            projects = {connection.scalar(select(func.count(table.c.project_id.distinct()))) for table in tables}
            return projects | {
                connection.scalar(select(func.count()).where(project_tables.project.c.title_en != title))
            }

    for title in "ABCDEF"[: amount(2, of=6)]:
        path = write_package(tmp_path / f"{title}.json", *(project | {"title": title} for project in many))
        command = ["load", "projects", str(path), "--source", "s1", "--url", small_url]
        process = processes.Process(target=main, args=(command,))
        process.start()
        killed(process, luck.uniform(0.3, 1.5))
        assert held() in ({0}, {200, 0}, {200})  # none, all with this title, all with the title before
        load(engine, [("projects", path)], source="s1")
        assert held() == {200, 0}
    assert doubts(engine) == SMALL_DOUBT


def command_line(*arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "data_access", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_the_command_itself_may_be_killed(small_url, engine, tmp_path):
    before, path = state(engine), values_file(tmp_path, 1)
    for command in (("load", "published-values", path), ("publish",)):
        process = command_line(*command, "--url", small_url)
        if command == ("publish",):
            assert "Published values" in process.stdout.readline()
        process.kill()
        process.communicate()
        assert state(engine) == before
        load(engine, [("published-values", path)])
        before = state(engine)
    assert publish(engine).new.total() == FIGURES and doubts(engine) == SMALL_DOUBT


def test_two_loaders_and_a_publication_at_once_all_end_well(small_url, engine, tmp_path):
    first, second = values_file(tmp_path, 1), values_file(tmp_path, 2)
    other = write(tmp_path / "other.csv", "published-values", [figure("x", "idps_registered", "UA01", "2024-01-01", 4)])
    running = [command_line("load", "published-values", path, "--url", small_url) for path in (first, second, other)]
    running.append(command_line("publish", "--url", small_url))
    said = [(process.communicate(timeout=60)[0], process.returncode) for process in running]
    assert all(code == 0 for _, code in said), said
    held = state(engine)
    assert held["values"] in ({1.0: FIGURES}, {2.0: FIGURES})
    assert held["numbers"][1] == len(VALUES) + FIGURES + 1
    publish(engine)
    assert doubts(engine) == SMALL_DOUBT


def test_a_loader_that_waits_too_long_refuses_clearly(small_url, engine, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("data_access.engine.WAIT_FOR_LOCK_S", 0.2)
    monkeypatch.setattr("data_access.pipeline.intake.load.WAIT_FOR_LOCK", "200ms")
    path, before = values_file(tmp_path, 1), state(engine)
    with engine.begin() as connection:
        lock_for_writing(connection)
        assert main(["load", "published-values", str(path), "--url", small_url]) == 1
    assert "Another load or publication is under way; wait until it has ended" in capsys.readouterr().err
    assert state(engine) == before


def test_readers_are_served_while_a_writer_holds_its_lock(small_url, engine):
    db = connect(small_url)
    before = cells(db, "idps_registered")
    with engine.begin() as connection:
        lock_for_writing(connection)
        connection.execute(t.cell.delete())
        assert cells(db, "idps_registered").equals(before), "not held up, and nothing unfinished is seen"
        connection.rollback()
    db.close()


def test_readers_see_the_old_or_the_new(processes, small_url, tmp_path):
    path, seen = values_file(tmp_path, 5), []
    db = connect(small_url)
    for command in (["load", "published-values", str(path)], ["publish"]):
        process = processes.Process(target=main, args=([*command, "--url", small_url],))
        process.start()
        while process.is_alive():
            seen.append(len(cells(db, "idps_registered", areas=["UA80"])))
    seen.append(len(cells(db, "idps_registered", areas=["UA80"])))
    db.close()
    assert set(seen) == {1, FIGURES + 1} and seen == sorted(seen)
