"""The rule of who sees what, said slowly, over plain rows: the tests compare with it."""

from collections import defaultdict

from data_access import Audience
from data_access import tables as t


def stored(db) -> list[dict]:
    with db.engine.connect() as connection:
        return [dict(row) for row in connection.execute(t.cell.select()).mappings()]


def plainly_visible(rows: list[dict], audience: Audience, at: int) -> list[dict]:
    """The rule of who sees what, said slowly."""
    held = [row for row in rows if row["from_release"] <= at and (row["to_release"] is None or row["to_release"] > at)]
    by_key = defaultdict(dict)
    for row in held:
        by_key[tuple(row[name] for name in t.KEY)][row["audience"]] = row
    seen = []
    for both in by_key.values():
        territory = next(iter(both.values()))["territory_code"]
        full = audience.kind in ("coordinator", "editor") or (
            audience.kind == "member" and territory == audience.community
        )
        row = both.get("members") if full and "members" in both else both.get("public")
        seen += [row] if row else []
    return seen
