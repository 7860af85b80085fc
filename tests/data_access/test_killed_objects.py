"""kill -9 while damaged objects are loaded, with the indexes dropped or kept: the old or the new objects, whole."""

import pytest
from sqlalchemy import inspect

from data_access.__main__ import main
from data_access.pipeline.audit.consistency import doubts
from data_access.pipeline.damaged_objects import rows as object_rows
from data_access.pipeline.intake.load import load, lock_for_writing
from tests.support.examples_objects import PLACES, damaged, held, write_objects
from tests.support.killing import killed, measured
from tests.support.run import amount, chance
from tests.support.small import SMALL_DOUBT

pytestmark = pytest.mark.kill
OBJECTS, MOMENTS = 3000, amount(2, of=8)


def objects_file(folder, number: int):
    """Objects of which a third is new, a third changed and a third as it was, with each number."""
    first = number * OBJECTS // 3
    rows = [
        damaged(f"RD-{n}", PLACES[n % 4], cost=str(number if n % 2 else 7), currency="uah")
        for n in range(first, first + OBJECTS)
    ]
    return write_objects(folder / f"{number}.csv", rows)


def loading(command: list, many_rows: int) -> None:
    """The command in a process of its own; from so many rows on it indexes anew."""
    object_rows.MANY_ROWS = many_rows
    main(command)


@pytest.mark.parametrize("many_rows", [0, 10**9], ids=["indexed anew", "indexes kept"])
def test_kill_9_leaves_the_old_objects_or_the_new_ones(processes, small_url, engine, tmp_path, many_rows):
    def command(number: int) -> list:
        path = str(objects_file(tmp_path, number))
        return ["load", "damaged-objects", path, "--source", "s1", "--whole", "--url", small_url]

    main(command(0))
    load_s, luck, done = measured(processes, command(1)), chance(many_rows), 0
    for number in range(2, MOMENTS + 2):
        before = held(engine)
        process = processes.Process(target=loading, args=(command(number), many_rows))
        process.start()
        killed(process, load_s * luck.uniform(0.2, 1.4))
        with engine.begin() as connection:
            lock_for_writing(connection)  # as soon as nobody writes any more
        now = held(engine)
        assert doubts(engine) == SMALL_DOUBT and len(now) == OBJECTS
        load(engine, [("damaged-objects", tmp_path / f"{number}.csv")], source="s1", whole=True)
        after = held(engine)
        assert now in (before, after) and before != after
        assert {name for _, name in after} == {f"RD-{n}" for n in range(number * 1000, number * 1000 + OBJECTS)}
        assert len(inspect(engine).get_indexes("damaged_object")) == 2
        done += now == after
    print(f"{load_s:.2f} s; {done} of {MOMENTS} were done before they were killed")
