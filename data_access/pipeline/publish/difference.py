"""What a publication changes: computed once, told to the person who publishes, frozen as a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data_access.indicators import indicators, rules
from data_access.pipeline.publish.cells import KEY_SIZE, Key, NewCell
from data_access.pipeline.publish.status_cells import PRODUCER
from data_access.pipeline.sheet.report import counted

CHANGES_TOLD = 30
VANISHED_TOLD = 8
HIDDEN = {"c": "{why}", "s": "withdrawn, or withheld for security or delay"}
MUCH_VANISHED = 0.1
Group = tuple[str, str]  # (indicator, audience)


@dataclass(frozen=True)
class Difference:
    """Cells that begin, alter (as they were, as they are) and end; `held`: how many stood there before."""

    new: list[NewCell]
    changed: list[tuple[NewCell, NewCell]]
    vanished: list[NewCell]
    held: Counter[Group]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.vanished)

    @property
    def hidden(self) -> list[tuple[NewCell, NewCell]]:
        """Changed cells that readers saw and will see no more, as they were and are."""
        return [pair for pair in self.changed if pair[0].value is not None and pair[1].status in HIDDEN]

    @property
    def lost(self) -> list[NewCell]:
        """Vanished cells in order, without those of territorial status that a newer edition replaces one by one."""
        there = Counter(_listed_figure(cell) for cell in self.new if cell.producer == PRODUCER)
        found = []
        for cell in sorted(self.vanished):
            figure = _listed_figure(cell)
            found += [] if there[figure] else [cell]
            there[figure] -= bool(there[figure])
        return found

    def tallies(self) -> dict[str, Counter[Group]]:
        """new, changed, vanished: number of cells by (indicator, audience)."""
        lists = {"new": self.new, "changed": [after for _, after in self.changed], "vanished": self.vanished}
        return {word: Counter(_group(cell) for cell in cells) for word, cells in lists.items()}


def difference(before: Mapping[Key, NewCell], after: Mapping[Key, NewCell]) -> Difference:
    """What must happen to the cells `before` (by their keys) so that they are those of `after`."""
    new = [cell for key, cell in after.items() if key not in before]
    changed = [(before[key], cell) for key, cell in after.items() if key in before and cell != before[key]]
    vanished = [cell for key, cell in before.items() if key not in after]
    return Difference(new, changed, vanished, Counter(_group(cell) for cell in before.values()))


def told(found: Difference, names: Mapping[str, str]) -> Iterator[str]:
    """The lines that a person reads before it becomes public. `names`: territories by code."""
    tallies = found.tallies()
    for group in sorted(set().union(*tallies.values())):
        counts = (tallies[word][group] for word in ("new", "changed", "vanished"))
        yield "  {:<32}{:<8}{:>8} new {:>8} changed {:>8} vanished".format(*group, *counts)
    ranked = sorted((pair for pair in found.changed if _differ(*pair)), key=_weight)
    yield from _listed("Largest changes:", [_change(pair, names) for pair in ranked], CHANGES_TOLD)
    if len(ranked) < len(found.changed):
        yield f"Only notes or dates of publication differ in {len(found.changed) - len(ranked)} more."
    yield from _listed("Newly hidden:", [_hiding(pair, names) for pair in found.hidden], CHANGES_TOLD)
    lost = found.lost
    gone = [f"{_place(cell, names)}: was {shown(cell)}" for cell in lost]
    yield from _listed("Vanished:", gone, VANISHED_TOLD)
    replaced = len(found.vanished) - len(lost)
    if replaced:
        yield f"Of those vanished, a newer edition of order 376 replaces {counted(replaced, 'figure')}."


def warnings(found: Difference) -> Iterator[str]:
    """A sentence for each indicator of which more than a tenth is lost."""
    for (indicator, audience), gone in sorted(Counter(_group(cell) for cell in found.lost).items()):
        held = found.held[indicator, audience]
        if gone > MUCH_VANISHED * held:
            share = f"{100 * gone / held:.0f} % of {indicator} ({audience})"
            yield f"Look twice: {share} vanishes, {gone} of {held} cells. Is a file incomplete?"


def shown(cell: NewCell) -> str:
    """`500,000`, `over 12,000`, `2.5 [e]`, `[x]`."""
    mark = f"[{cell.status}]" if cell.status else ""
    number = "" if cell.value is None else f"{cell.value:,.10g}"
    return " ".join(part for part in (cell.qualifier.replace("_", " "), number, mark) if part)


def _group(cell: NewCell) -> Group:
    return cell.indicator, cell.audience


def _listed_figure(cell: NewCell) -> Key:
    """What a figure of territorial status speaks of, whatever the edition, its day and its source."""
    passing = ("period_start", "period_end", "precision", "source_id")
    return tuple(value for name, value in zip(NewCell._fields[:KEY_SIZE], cell.key, strict=True) if name not in passing)


def _differ(before: NewCell, after: NewCell) -> bool:
    return shown(before) != shown(after)


def _weight(pair: tuple[NewCell, NewCell]) -> Key:
    """Values that become marks or cease to be marks come first, then the largest shares."""
    share = _share(*pair)
    return (share is not None, -abs(share or 0), pair[1].key)


def _share(before: NewCell, after: NewCell) -> float | None:
    """Percent by which the value has grown; None where one is a mark or the older is 0."""
    if not before.value or after.value is None:
        return None
    return 100 * (after.value - before.value) / abs(before.value)


def _change(pair: tuple[NewCell, NewCell], names: Mapping[str, str]) -> str:
    before, after = pair
    share = _share(before, after)
    percent = "" if share is None else f" ({share:+.1f} %)"
    return f"{_place(after, names)}: {shown(before)} → {shown(after)}{percent}"


def _hiding(pair: tuple[NewCell, NewCell], names: Mapping[str, str]) -> str:
    """Where a figure is hidden, and why: its own rule, or another figure that it would tell."""
    before, after = pair
    return f"{_place(after, names)}: {shown(before)} → {shown(after)}, {HIDDEN[after.status].format(why=_rule(after))}"


def _rule(cell: NewCell) -> str:
    rule = rules()[indicators()[cell.indicator].rule]
    return f"rule {rule.id}: a count below {rule.threshold}, or one from which such a count could be worked out"


def _place(cell: NewCell, names: Mapping[str, str]) -> str:
    name = names.get(cell.territory_code, cell.territory_code)
    parts = (name, f"{cell.period_end}", cell.indicator, cell.category, cell.coverage, cell.source_id)
    return ", ".join(part for part in parts if part) + (" [members only]" if cell.audience == "members" else "")


def _listed(title: str, lines: list[str], limit: int) -> Iterator[str]:
    if not lines:
        return
    yield title
    yield from (f"  {line}" for line in lines[:limit])
    if len(lines) > limit:
        yield f"  … and {len(lines) - limit} more."
