"""The official list of hostilities and occupation read row by row: the rule said slowly, to compare with."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from data_access.territorial_status import CATEGORIES
from tests.support.small import sample_rows

OCCUPIED, NONE = CATEGORIES[0], CATEGORIES[-1]
PERIODS = sample_rows("territory-status")
SETTLEMENTS = {
    row["code"]: int(row["settlements"] or 0) for row in sample_rows("territories") if row["level"] == "hromada"
}
NAMED = defaultdict(set)
for _row in PERIODS:
    if _row["unit_kind"] == "settlement":
        NAMED[_row["code"]].add(_row["unit_katottg"])


def plain_counts(
    day: date, periods: Sequence[dict] = PERIODS, settlements: Mapping[str, int] = SETTLEMENTS
) -> dict[str, Counter]:
    """Settlements by status of every listed community on a day: the rule, row by row over the file."""
    severity = {status: place for place, status in enumerate(CATEGORIES)}
    held = [r for r in periods if r["start_on"] <= str(day) and (not r["end_on"] or str(day) <= r["end_on"])]
    own, unit = {}, {}
    for row in held:
        place = (row["code"], row["unit_katottg"]) if row["unit_kind"] == "settlement" else row["code"]
        where = own if row["unit_kind"] == "settlement" else unit
        where[place] = min(where.get(place, NONE), row["status"], key=severity.get)
    result = {}
    for code, number in settlements.items():
        above = next((unit[code[:size]] for size in (9, 6, 4) if code[:size] in unit), NONE)
        counts = Counter(own.get((code, one), above) for one in NAMED[code])
        counts[above] += max(0, number - len(NAMED[code])) if number else int(not NAMED[code])
        result[code] = +counts
    return result


def plain_counts_of(codes: list[str], day: date) -> dict[str, Counter]:
    """plain_counts for a few communities; those of the list that cannot concern them are left out for speed."""
    near = {code[:size] for code in codes for size in (4, 6, 9)}
    periods = [row for row in PERIODS if row["code"] in near]
    return plain_counts(day, periods, {code: SETTLEMENTS[code] for code in codes if code in SETTLEMENTS})
