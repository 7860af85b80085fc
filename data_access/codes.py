"""Closed lists that the tables themselves enforce. Their words stand in indicators/vocabulary.toml."""

PRECISIONS = ("day", "month", "year")
LEVELS = ("country", "region", "raion", "hromada")
CITIES = ("UA80", "UA85")  # Kyiv and Sevastopol: regions without raions and hromadas, communities themselves
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
OBJECT_TYPES = (  # open types, shown per community
    *("residential", "education", "health", "culture", "administrative", "industry", "commerce", "agriculture"),
    *("roads", "other"),
)
RESTRICTED_TYPES = ("energy", "water", "hospitals", "shelters", "bridges", "rail")  # per oblast only
SEVERITIES = ("destroyed", "severe", "moderate", "slight")
EVIDENCE = ("none", "documented", "valued", "submitted", "recorded")  # each holds those before it
OWNER_KINDS = ("state", "communal", "legal_entity", "individual", "unknown")
CURRENCIES = ("uah", "usd")
PROJECT_STAGES = ("registered", "funded", "contracted", "completed")
MOVEMENT_KINDS = ("migration", "commuting", "return")
AID_STATUSES = ("planned", "ongoing", "completed")
