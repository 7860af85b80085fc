"""What no register of objects may bring: names, addresses and numbers of persons, places to the metre.

The refusal names the column and the row and never repeats the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from data_access.pipeline.files import Fault, RejectedFile

DELETE = "{what}, which a file of damaged objects may not hold; delete the column and load the file without it"
PERSON = "looks like data on persons"
PLACE = "looks like an address or coordinates"
# Anywhere in the name of a column, in Ukrainian, English, Russian, and in Latin letters.
PARTS = {
    PERSON: (
        *("name", "person", "surname", "patronym", "phone", "mobile", "mail", "passport", "birth", "photo", "picture"),
        *("прізвищ", "ім’я", "ім'я", "імʼя", "імя", "батьков", "особ", "громадян", "власник", "телефон", "пошт"),
        *("паспорт", "народж", "фото", "рнокпп", "фамил", "отчеств", "владел", "почт", "рожден", "личн"),
        *("prizv", "telef", "pasport", "foto", "rnokpp", "familiy", "otchestv", "image", "gender", "individual"),
    ),
    PLACE: (
        *("address", "adres", "street", "house_n", "postal", "zip_code", "latitud", "longitud", "coord", "koord"),
        *("geom", "location", "адрес", "вулиц", "будинк", "улиц", "індекс", "індекс", "индекс", "координат"),
        *("широт", "довгот", "долгот", "vulyts", "ulits"),
    ),
}
# Only as a whole word of it.
WORDS = {
    PERSON: ("pib", "ipn", "inn", "fio", "tin", "tax", "tel", "імена", "піб", "іпн", "инн", "фио", "имя", "лицо"),
    PLACE: ("x", "y", "lng", "wkt", "gps"),
}
TEN_DIGITS = r"^[0-9]{10}$"
NUMBER_OF_A_PERSON = "holds 10 digits, as the tax number of a person (РНОКПП) does; delete it"
COORDINATES = "coordinates may not be loaded here; delete the columns lat and lon"


def check_columns(file: str, columns: Iterable[str], known: tuple[str, ...]) -> None:
    """Raise RejectedFile for columns whose names say that they hold personal data."""
    found = [(name, _suspicion(name)) for name in columns if name not in known]
    faults = [Fault(file, 1, shown(name), DELETE.format(what=what)) for name, what in found if what]
    if faults:
        raise RejectedFile(faults)


def shown(name: str) -> str:
    """The name of a column; of one that is rather a value only that it is one."""
    return name if not re.search(r"\d{5}|@", name) else "…"


def _suspicion(name: str) -> str:
    plain = name.casefold()
    words = re.split(r"[\W_\d]+", plain.replace(".", ""))
    for what, parts in PARTS.items():
        if any(part in plain for part in parts) or any(word in WORDS[what] for word in words):
            return what
    return ""
