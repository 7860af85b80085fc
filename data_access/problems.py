"""What can be wrong with a database, as one sentence a reader or an operator understands."""

from __future__ import annotations


class DatabaseProblem(Exception):
    """The database cannot be used now; `str()` is one sentence that says what to do, never a password.

    `code` is one of: missing, unreachable, bad_url, no_tables, newer, older, damaged, busy, no_release.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class UnknownRelease(LookupError):
    """No release bears this name; `name` holds what was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no release named {name!r}.")
        self.name = name
