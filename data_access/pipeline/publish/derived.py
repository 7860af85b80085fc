"""Figures computed from published ones at publication. Each says in its note how, and bears the source of its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from data_access.pipeline.publish.cells import Key, NewCell

DENSITY = {
    "uk": "Обчислено: чисельність населення, поділена на площу території в км².",
    "en": "Computed: population divided by the area of the territory in km².",
}
URBAN = {
    "uk": "Обчислено: міське населення, поділене на все населення.",
    "en": "Computed: urban population divided by the whole population.",
}
RESTORED = {
    "uk": "Обчислено: відновлені об’єкти, поділені на пошкоджені; обидва числа з того самого джерела.",
    "en": "Computed: restored objects divided by damaged ones; both counts are from the same source.",
}
DAMAGED = ("buildings_damaged", "residential_damaged", "schools_damaged", "health_damaged")
TYPE_OF = {"schools_damaged": "education", "health_damaged": "health"}  # whose total is one type of objects restored
COMPUTED_NOTE = "Обчислено:"  # how the note of every figure computed here begins
WEAKER = ("u", "e", "p", "b", "r")  # the first of these that a part bears, the result bears
ByIndicator = dict[str, list[NewCell]]  # only cells that have a value


def derived_cells(
    published: Sequence[NewCell], areas_km2: Mapping[str, float | None], units: Mapping[str, str]
) -> Iterator[NewCell]:
    """Density, urban share and restored share of the published cells, where their source has not published them.

    `areas_km2`: area by territory. `units`: the unit of each indicator; those not in it are left out.
    """
    by_indicator: ByIndicator = defaultdict(list)
    for cell in published:
        if cell.value is not None:
            by_indicator[cell.indicator].append(cell)
    there = {_place(cell) for cell in published}
    makers = {"population_density": _density(by_indicator, areas_km2), "urban_share": _urban(by_indicator)}
    makers["restored_share"] = _restored(by_indicator)
    for indicator, made in makers.items():
        for cell in made if indicator in units else ():
            finished = cell._replace(indicator=indicator, unit=units[indicator])
            if _place(finished) not in there:
                yield finished


def computed_from(cell: NewCell) -> list[NewCell]:
    """Keys (their unit left as it is) of the figures here that are computed from this one."""
    if cell.indicator == "population" and not cell.breakdown:
        return [cell._replace(indicator=name) for name in ("population_density", "urban_share")]
    if cell.indicator == "population":
        return [cell._replace(indicator="urban_share", breakdown="", category="")]
    if cell.indicator in (*DAMAGED, "objects_restored"):
        return [_typed(cell)._replace(indicator="restored_share")]
    return []


def _density(by_indicator: ByIndicator, areas_km2: Mapping[str, float | None]) -> Iterator[NewCell]:
    """Persons per km² of the whole population of a unit whose area is known."""
    for cell in by_indicator["population"]:
        area = areas_km2.get(cell.territory_code)
        if area and cell.value is not None and not cell.breakdown and not cell.coverage:
            yield _noted(cell, DENSITY)._replace(value=cell.value / area)


def _urban(by_indicator: ByIndicator) -> Iterator[NewCell]:
    """Percent of the population of the same territory, day and source that is urban."""
    totals = {_place(cell): cell for cell in by_indicator["population"] if not cell.breakdown}
    for cell in by_indicator["population"]:
        if (cell.breakdown, cell.category) == ("settlement", "urban"):
            total = totals.get(_place(cell._replace(breakdown="", category="")))
            if total and total.value:
                yield _ratio(cell, total, URBAN)._replace(breakdown="", category="")


def _restored(by_indicator: ByIndicator) -> Iterator[NewCell]:
    """Percent restored of the damaged, where exactly one count of damage shares territory, category, source, unit
    and period. Two that fit would leave it open of which the restored are a part.
    """
    damaged: dict[Key, list[NewCell]] = defaultdict(list)
    for indicator in DAMAGED:
        for cell in by_indicator[indicator]:
            damaged[_same_count(_typed(cell))].append(cell)
    for cell in by_indicator["objects_restored"]:
        fitting = damaged[_same_count(cell)]
        if len(fitting) == 1 and fitting[0].value:
            yield _ratio(cell, fitting[0], RESTORED)


def _typed(cell: NewCell) -> NewCell:
    """The total of schools or of health facilities as the type under which restored objects stand."""
    kind = TYPE_OF.get(cell.indicator)
    return cell._replace(breakdown="type", category=kind) if kind and not cell.breakdown else cell


def _same_count(cell: NewCell) -> Key:
    return cell.key[1:]  # all of the key but the indicator


def _place(cell: NewCell) -> Key:
    """The key without the unit: a share in percent stands where its parts in persons stand."""
    return (*cell.key[:8], *cell.key[9:])


def _ratio(part: NewCell, whole: NewCell, note: Mapping[str, str]) -> NewCell:
    """100 × part ÷ whole, with the reserve that both parts bear."""
    assert part.value is not None and whole.value is not None  # none others are in ByIndicator
    marks = {part.status, whole.status}
    status = next((mark for mark in WEAKER if mark in marks), "")
    return _noted(part, note)._replace(
        value=100 * part.value / whole.value, qualifier=_qualifier(part, whole), status=status
    )


def _qualifier(part: NewCell, whole: NewCell) -> str:
    """Exact parts make an exact ratio; "over 5 of 10" stays over; else it is about."""
    vague = [cell.qualifier not in ("", "reported") for cell in (part, whole)]
    if not any(vague):
        return ""
    return "about" if vague[1] else part.qualifier


def _noted(cell: NewCell, note: Mapping[str, str]) -> NewCell:
    uk, en = (note["uk"], cell.note_uk), (note["en"], cell.note_en)
    return cell._replace(note_uk=" ".join(filter(None, uk)), note_en=" ".join(filter(None, en)))
