"""What is likely of each type of object: how often it is hit, what it costs, who owns it. All of it is invented."""

from __future__ import annotations

import numpy as np

from data_access.codes import OBJECT_TYPES, OWNER_KINDS, RESTRICTED_TYPES

TYPES = np.array([*OBJECT_TYPES, *RESTRICTED_TYPES])
# type: share in cities, share elsewhere, UAH if destroyed, m² (0 = not measured so), owners as in OWNER_KINDS, sector
TABLE = {
    "residential": (760, 730, 1_400_000, 90, (1, 11, 4, 82, 2), "housing"),
    "education": (22, 20, 28_000_000, 1800, (8, 86, 5, 0, 1), "education_sector"),
    "health": (12, 10, 20_000_000, 900, (10, 78, 10, 0, 2), "health_sector"),
    "culture": (10, 12, 14_000_000, 700, (10, 84, 4, 0, 2), "other_sectors"),
    "administrative": (16, 10, 16_000_000, 800, (35, 60, 4, 0, 1), "other_sectors"),
    "industry": (18, 8, 45_000_000, 2400, (8, 2, 86, 2, 2), "commerce_industry"),
    "commerce": (52, 22, 7_000_000, 350, (1, 3, 66, 27, 3), "commerce_industry"),
    "agriculture": (2, 62, 6_000_000, 900, (1, 2, 72, 22, 3), "agriculture"),
    "roads": (22, 48, 11_000_000, 0, (38, 61, 0, 0, 1), "transport"),
    "other": (50, 52, 1_200_000, 160, (10, 45, 20, 15, 10), "other_sectors"),
    "energy": (12, 8, 60_000_000, 0, (30, 20, 49, 0, 1), "energy"),
    "water": (6, 5, 18_000_000, 0, (2, 95, 2, 0, 1), "municipal_services"),
    "hospitals": (4, 2, 90_000_000, 5200, (12, 84, 3, 0, 1), "health_sector"),
    "shelters": (4, 3, 3_000_000, 240, (10, 88, 1, 0, 1), "municipal_services"),
    "bridges": (3, 5, 70_000_000, 0, (55, 44, 0, 0, 1), "transport"),
    "rail": (7, 3, 22_000_000, 0, (96, 0, 3, 0, 1), "transport"),
}
_ROWS = [TABLE[name] for name in TYPES]
SHARES = np.array([[row[0] for row in _ROWS], [row[1] for row in _ROWS]], float)  # cities, elsewhere
SHARES /= SHARES.sum(axis=1, keepdims=True)
PRICES = np.array([row[2] for row in _ROWS], float)
SIZES = np.array([row[3] for row in _ROWS], float)
OWNERS = np.array([row[4] for row in _ROWS], float)
OWNERS /= OWNERS.sum(axis=1, keepdims=True)
SECTORS = np.array([row[5] for row in _ROWS])
SEVERITY_SHARES = np.array([[0.06, 0.14, 0.32, 0.48], [0.24, 0.24, 0.29, 0.23]])  # far from fighting, in it
SEVERITY_COSTS = np.array([1, 0.45, 0.14, 0.03])
STATE, COMMUNAL, LEGAL_ENTITY = (OWNER_KINDS.index(name) for name in ("state", "communal", "legal_entity"))
# Categories of the Register of Damage: B where the state or a hromada owns, C legal entities; of people none here.
_CRITICAL, _PLAIN, _HOMES, _PUBLIC = "1.1", "1.2", "1.3", "1.5"
_CATEGORY = {
    **dict.fromkeys(("energy", "water", "bridges", "rail"), _CRITICAL),
    **dict.fromkeys(("roads", "shelters", "agriculture", "other"), _PLAIN),
    "residential": _HOMES,
}
CATEGORIES = np.array(["", *(f"{group}{ending}" for group in "BC" for ending in (_CRITICAL, _PLAIN, _HOMES, _PUBLIC))])


def category_numbers() -> np.ndarray:
    """Number in CATEGORIES by type and owner kind; 0 where no category of B or C speaks of such an owner."""
    found = np.zeros((len(TYPES), len(OWNER_KINDS)), np.int8)
    place = {code: number for number, code in enumerate(CATEGORIES)}
    for number, name in enumerate(TYPES):
        ending = _CATEGORY.get(name, _PUBLIC)
        found[number, [STATE, COMMUNAL]] = place[f"B{ending}"]
        found[number, LEGAL_ENTITY] = place[f"C{ending}"]
    return found
