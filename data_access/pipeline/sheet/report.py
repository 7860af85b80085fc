"""What a file did to the database, and the report of it for the person who loads it."""

from __future__ import annotations

from dataclasses import dataclass


def counted(number: int, what: str) -> str:
    """'1 figure', '1,200 figures'; `what` is the singular of a noun whose plural ends in s."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Part:
    """What became of the rows of one table; `what` a row is, in the singular."""

    what: str
    rows: int
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def news(self) -> int:
        """How many rows of the table differ from before."""
        return self.added + self.changed + self.removed


@dataclass(frozen=True)
class Loaded:
    """What one file did. `parts`: the last is what the file is about, those before it what that needs."""

    file: str
    kind: str
    parts: tuple[Part, ...]
    remarks: tuple[str, ...] = ()

    @property
    def own(self) -> Part:
        """What the file is about."""
        return self.parts[-1]

    @property
    def read(self) -> str:
        """How many rows of what were read."""
        return counted(self.own.rows, self.own.what)

    @property
    def news(self) -> int:
        """How many rows of all tables differ from before."""
        return sum(part.news for part in self.parts)

    def __str__(self) -> str:
        """The file and its kind, and below them, one a line: read, new, changed, removed, unchanged, notes."""
        lines = [("read", self.read)]
        if not self.news:
            lines += [("result", "all there already, nothing changed")]
        else:
            lines += [(said, self._of_all(name)) for said, name in ACTIONS]
            unchanged = self.own.rows - self.own.added - self.own.changed
            lines += [("unchanged", counted(unchanged, self.own.what) if unchanged else "")]
        lines += [("note", remark) for remark in self.remarks]
        return "\n".join([f"{self.file} ({self.kind})", *(f"  {said:<11}{what}" for said, what in lines if what)])

    def _of_all(self, name: str) -> str:
        counts = [(getattr(part, name), part.what) for part in reversed(self.parts)]
        return ", ".join(counted(number, what) for number, what in counts if number)


ACTIONS = (("new", "added"), ("changed", "changed"), ("removed", "removed"))
