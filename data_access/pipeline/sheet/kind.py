"""A kind of file is one object, which holds all that the pipeline knows of it; kinds.py lists these objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, Table

from data_access.pipeline.sheet.faults import Fault
from data_access.pipeline.sheet.known import Known
from data_access.pipeline.sheet.report import Part
from data_access.pipeline.sheet.table_file import Sheet, read_sheet

if TYPE_CHECKING:
    import pandas as pd

Faults = Iterator[tuple[str, str]]
Values = Mapping[str, object]  # a row by the columns of its table
Stream = Callable[..., Part]


class Streamed(Protocol):
    """A file too long to be held, which has only been looked into."""

    @property
    def path(self) -> Path: ...

    def sha256(self) -> str:
        """Of the content."""
        ...


@dataclass(frozen=True)
class Column:
    """One column of a file. `into` is its name in the table where that differs.

    `form` says how its texts are read: text, code (a word without spaces), number, whole, day, month, partial_date,
    flag (1 or 0). `listed` names a closed list (see Kind.lists) that holds its codes.
    """

    name: str
    form: str = "text"
    required: bool = False
    optional_column: bool = False
    listed: str = ""
    into: str = ""

    @property
    def target(self) -> str:
        """Name of the column in the table."""
        return self.into or self.name


def texts(*names: str, required: bool = False) -> tuple[Column, ...]:
    """Returns columns of words."""
    return tuple(Column(name, required=required) for name in names)


def typed(form: str, *names: str) -> tuple[Column, ...]:
    """Returns columns of one form, whose cells may be empty."""
    return tuple(Column(name, form) for name in names)


def no_rules(_texts: Mapping[str, str], _known: Known, _comma: bool) -> Faults:
    """Yields nothing: the cells of a row do not depend on each other."""
    yield from ()


def no_lists(_connection: Connection) -> Mapping[str, Iterable[str]]:
    """Returns nothing: the kind brings no closed list."""
    return {}


def as_it_stands(kind: Kind, path: Path) -> Parts:
    """Reads a file that has the columns of its table. Raises RejectedFile."""
    return [(kind, read_sheet(path))]


@dataclass(frozen=True)
class Kind:
    """A kind of file, or a table that files of other kinds fill as well (see `parts`).

    What its table holds. Rows that share the file's `scope` values but not its keys are removed.
    Records have source_id in their `columns` and `key`: the loader fills it. Under the scope ("source_id",) rows are
    removed only if the file is said to be whole; then that is the scope of each of its tables with that key.
    With `only_new` rows that stand in the table already are left as they are.
    With `fills` a file only fills columns of rows that are there (their empty values given): rows that it does not
    name are emptied.

    How a file is read and checked. `read(kind, path)` gives the sheets of its `parts`, then its own.
    `prepare(sheet, known)` puts codes right before the checks, where that takes the database. `rules(texts, known,
    comma)` yields (column, what is wrong) between the cells of a row, `clashes(sheet, rows, old)` the faults between
    the rows of the file and those of the table. `lists(connection)`: closed lists by name that columns may use.

    How it is loaded. `needs_source`: its rows are records of a source, which is named when loading.
    `stream(kind, connection, file, batch_id, origin)` loads a file too long to be held, which `read` only opens.
    `doubts(connection)` yields a sentence on each inconsistency of what loading keeps beside the rows.

    What becomes of it. `figures(connection, today)` yields frames of exact figures, which publication protects.
    `exhaustive`: breakdowns whose parts make up the total; the auditor tries what a reader learns from that.

    What people read. `row_is`: a row, in the singular. `formats`: types of files.
    """

    name: str
    table: Table
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    scope: tuple[str, ...] = ()
    only_new: bool = False
    fills: Mapping[str, object] | None = None
    parts: tuple[Kind, ...] = ()
    read: Callable[[Kind, Path], Parts | Streamed] = as_it_stands
    prepare: Callable[[Sheet, Known], Sheet] | None = None
    rules: Callable[[Mapping[str, str], Known, bool], Faults] = no_rules
    clashes: Callable[[Sheet, list[Values], Mapping[tuple[object, ...], Values]], list[Fault]] | None = None
    lists: Callable[[Connection], Mapping[str, Iterable[str]]] = no_lists
    needs_source: bool = False
    stream: Stream | None = None
    doubts: Callable[[Connection], Iterator[str]] | None = None
    figures: Callable[[Connection, date], Iterator[pd.DataFrame]] | None = None
    exhaustive: tuple[str, ...] = ()
    row_is: str = "row"
    formats: str = "CSV or XLSX"


Parts = list[tuple[Kind, Sheet]]
