"""Closed lists that the tables themselves enforce. Their words stand in indicators/vocabulary.toml."""

PRECISIONS = ("day", "month", "year")
LEVELS = ("country", "region", "raion", "hromada")
MARKS = ("", "x", "z", "c", "s", "u", "p", "r", "e", "b")
MARKS_WITHOUT_VALUE = ("x", "z", "c", "s")
QUALIFIERS = ("", "reported", "over", "about", "almost", "at_least", "over_or_almost", "none_recorded")
TERRITORY_STATUSES = (  # most severe first
    "temporarily_occupied",
    "active_hostilities",
    "active_hostilities_e_registers",
    "possible_hostilities",
)
UNIT_KINDS = ("settlement", "hromada", "raion", "region")
CATEGORY_STATES = ("open", "test", "form_adopted", "not_open", "unknown")
