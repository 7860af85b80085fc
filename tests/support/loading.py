"""Load a file in a test, see what the database holds, hear the words of a refusal."""

import pytest
from sqlalchemy import select

from data_access import tables as t
from data_access.pipeline.intake.load import load
from data_access.pipeline.sheet.faults import RejectedFile
from tests.support.small import figure, write

NEW = figure("new", "idps_registered", "UA63", "2025-09-01", 1234)


def contents(engine) -> dict[str, list]:
    with engine.connect() as connection:
        return {table.name: sorted(map(str, connection.execute(table.select()))) for table in t.metadata.sorted_tables}


def loading(engine, path, kind="published-values"):
    return load(engine, [(kind, path)])[0]


def refusal(engine, path, kind="published-values") -> str:
    """The words of the refusal; nothing at all has changed in the database."""
    before = contents(engine)
    with pytest.raises(RejectedFile) as caught:
        loading(engine, path, kind)
    assert contents(engine) == before
    assert str(caught.value).startswith(path.name)
    return str(caught.value)


def value_of(engine, figure_id="new"):
    c = t.published_value.c
    with engine.connect() as connection:
        return connection.execute(t.published_value.select().where(c.figure_id == figure_id)).mappings().one()


def file_of(tmp_path, *changes, **options):
    return write(tmp_path / "new.csv", "published-values", [NEW | change for change in changes or ({},)], **options)


def batches(engine) -> list:
    with engine.connect() as connection:
        return connection.execute(select(t.batch).order_by(t.batch.c.id)).all()
