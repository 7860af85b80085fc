"""Who reads. The rule of who sees which cell is `queries.visible_cells`."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("public", "member", "coordinator", "editor")


@dataclass(frozen=True)
class Audience:
    """A reader: `public`, `member` (with the P-code of the community), `coordinator` or `editor`.

    Hashable, so that it can stand in a cache key. Raises ValueError for an unknown kind, or for a
    member without a community.
    """

    kind: str = "public"
    community: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Unknown audience {self.kind!r}; use one of {', '.join(KINDS)}.")
        if (self.kind == "member") != bool(self.community):
            raise ValueError("A member has a community (its P-code), and nobody else has one.")


PUBLIC = Audience()
