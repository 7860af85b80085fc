"""Whose records a file holds: the source named at loading, which is its own producer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, insert, select

from data_access import tables as t
from data_access.pipeline.sheet.faults import RejectedFile, rejected
from data_access.pipeline.sheet.kind import Kind
from data_access.pipeline.sheet.report import Part
from data_access.pipeline.sheet.table_file import Sheet

LONGEST_PRODUCER = 64
OF_SOURCE = ("source_id",)


@dataclass(frozen=True)
class Origin:
    """`source`: a loaded source_id. `whole`: the file is all that the source has, what it lacks is removed."""

    source: str = ""
    whole: bool = False

    def applied(self, kind: Kind, sheet: Sheet) -> tuple[Kind, Sheet]:
        """A table of records with the source in each row, and what a whole file replaces. Raises RejectedFile."""
        if not self.source or "source_id" not in kind.key:
            return kind, sheet
        if "source_id" in sheet.columns:
            raise rejected(sheet.file, "delete this column; the source is named when loading", 1, "source_id")
        own = {"source_id": self.source}
        rows = [(number, texts | own) for number, texts in sheet.rows]
        named = [{**texts, **own} for texts in sheet.speaks_of]
        return (
            replace(kind, scope=OF_SOURCE if self.whole else kind.scope),
            replace(sheet, columns=(*sheet.columns, "source_id"), rows=rows, speaks_of=named),
        )

    def removes(self, kind: Kind) -> bool:
        """Whether rows that the file lacks are removed."""
        return bool(kind.fills or kind.scope) and (self.whole or kind.scope != OF_SOURCE)


def check_origin(connection: Connection, file: str, origin: Origin) -> list[Part]:
    """See that a file of records has a loaded source, and make that a producer; a Part where it was none before.

    Raises RejectedFile.
    """
    if not origin.source:
        raise rejected(file, "whose records are these? Name their source: --source and a source_id")
    source = connection.execute(select(t.source).where(t.source.c.source_id == origin.source)).mappings().first()
    if source is None:
        raise _unfit(file, origin, "is not a known source; check it or load it with --sources")
    if len(origin.source) > LONGEST_PRODUCER:
        raise _unfit(file, origin, f"is longer than {LONGEST_PRODUCER} signs; give the source a shorter source_id")
    return _made_producer(connection, source)


def _unfit(file: str, origin: Origin, what: str) -> RejectedFile:
    return rejected(file, f"{origin.source[:LONGEST_PRODUCER]!r} {what}")


def _made_producer(connection: Connection, source: RowMapping) -> list[Part]:
    """A register produces its own figures, under the names of its publisher."""
    source_id = source["source_id"]
    if connection.scalar(select(t.producer.c.producer).where(t.producer.c.producer == source_id)):
        return []
    names = {f"name_{lang}": source[f"publisher_{lang}"] or source["title"] or source_id for lang in ("uk", "en")}
    connection.execute(insert(t.producer).values(producer=source_id, **names))
    return [Part("producer", 1, added=1)]
