"""What no file may bring: names, contacts and numbers of persons, addresses, places to the metre.

One guard for every kind of file: of the names of columns (HXL tags included), of cells, and of texts. What it says
names the file, the row and the column, and never repeats a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

DELETE_COLUMN = "speaks by its name of persons, contacts or exact places, which are never loaded; delete the column"
TAX_NUMBER = "may be a person's tax number, which is never loaded; delete it"
DELETE_NUMBER = f"a number of ten digits {TAX_NUMBER}"
TEN_DIGITS = r"^[0-9]{10}$"  # as Arrow reads it too

# A space stands for the edge of a word: "phone" is found within words, " піб" begins one, " tel " is one.
WORDS = (
    # names of persons
    *("surname", "patronym", " fullname", " full name", " firstname", " first name", " lastname", " last name"),
    *(" middlename", " middle name", " fio ", " pib", " pip ", "prizv", "familiy", "familia ", "otchestv", "batkov"),
    *(" imya", " imia ", "прізвищ", " імя", " імен", "батьков", " піб", " піп ", "фамил", "отчеств", " имя "),
    *(" имен", " фио", " фіо"),
    # persons, and what they look like
    *("personal", "personid", "personname", "photo", "picture", "image", "foto", "фото", "gender", "birth", " dob "),
    *("власник", "владел", "vlasnyk", " личн", " лицо", "персональн", "народж", "рожден", "narodzh", "rozhden"),
    *(" director ", "керівник", "директор", "руководител"),
    # contacts
    *("contact", "контакт", "kontakt", "phone", "telef", " tel ", "mobile", "mail", " fax", " viber", " whatsapp"),
    *("телефон", " тел ", " мобільний ", "пошт", "почт", "posht", "pocht", " focal"),
    # numbers of persons
    *("passport", "pasport", "паспорт", "rnokpp", "рнокпп", " ipn", " іпн", " inn ", " инн ", " tin ", " tax "),
    *("taxid", "taxnumber", "taxcode", "taxpayer", "податков", "налогов", " unzr ", " унзр "),
    # addresses
    *("adres", "адрес", " addr ", "street", " house n", "housen", "postal", "postcode", "zip code", "zipcode", " zip "),
    *("індекс", "индекс", "вулиц", "улиц", "vulyts", "ulits", "ulitsa"),
    # places to the metre
    *("latitud", "longitud", " lat ", " lon ", " lng ", " wkt ", " gps ", " geom", "geom ", "geolocation"),
    *(" coord ", "coords", " coordx", " coordy", "coordinate", "coordinator", "koord", "координат"),
    *(" широт", "довгот", "долгот", " shyrot", " shirot", "dovhot", "dovgot", "dolgot"),
)
COUNTED = (" count", " total", " estimate", " per person", " кільк", " колич", " усього", " всього", " переміщен")
THINGS = (
    *(" country", " adm", " region", " oblast", " raion", " district", " hromada", " community", " city", " town"),
    *(" settlement", " village", " place", " loc ", " location", " geo ", " katottg", " territory", " unit", " area"),
    *(" org", " ngo", " partner", " donor", " funder", " agency", " publisher", " producer", " source", " supplier"),
    *(" activity", " programme", " program", " project", " cluster", " sector", " subsector", " item", " service"),
    *(" indicator", " meta", " event", " crisis", " cause", " modality", " channel", " output", " status", " type"),
    *(" category", " kind", " file", " column", " sheet", " cohort", " currency", " facility", " school", " hospital"),
)
# Words that speak of persons or places unless another word of the same column says what else they mean.
DOUBTFUL = (
    ((" name", "name ", "names "), THINGS),
    (("person ", "individual ", " individual", " особ", " osoba", "громадян"), (*COUNTED, " individuals ", " особлив")),
    (("address",), (" addressed ", " addressing ")),
    (("будинк",), (*COUNTED, " пошкоджен", " зруйнован")),
    ((" location ", " locations "), (" name ", " code ", " type ")),
)
# As the whole name only: other words hold them too, and in Ukrainian "у" is one. X and Y in Latin letters are found
# as words of a longer name as well.
WHOLE = (" long ", " x ", " y ")

# Letters that look alike, small or capital, as the Latin one.
ALIKE = str.maketrans("авеіјкмнорѕстухαεικνορτυχ", "abeijkmhopsctyxaeikvoptyx")
APOSTROPHES = str.maketrans("", "", "'’ʼ‘`´′＇\"")
CAMEL = re.compile(r"(?<=[a-zа-яіїєґ])(?=[A-ZА-ЯІЇЄҐ])|(?<=[A-ZА-ЯІЇЄҐ])(?=[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ])")
INITIALS = re.compile(r"(?:(?<= )\w (?=\w ))+\w(?= )")
BARE_NUMBER = r"(?<![\w/=.:-])\d{10}(?![\w/:-])"  # not the part of a link, of an id or of a cadastral number
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+?38)?[\s(-]*\b0\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b|" + BARE_NUMBER
)


def is_personal_column(name: str, known: Collection[str] = ()) -> bool:
    """Whether the name of a column, or its HXL tag, says that it holds personal data.

    `known`: columns of the kind of file, which are lawful whatever their names, however their letters are written.
    """
    if name in known or not _is_personal(name):
        return False
    return all(_spelt(name) != _spelt(own) for own in known)


def is_personal_number(text: str) -> bool:
    """Whether the cell is ten digits, as the tax number of a person is (a legal entity has eight)."""
    return re.fullmatch(r"\d{10}", text.translate(APOSTROPHES).strip()) is not None


def without_contacts(text: str) -> str:
    """The text with each e-mail address, telephone number and tax number of a person left out."""
    return CONTACT.sub("…", text)


@lru_cache(maxsize=10_000)
def _is_personal(name: str) -> bool:
    words = _spelt(name)
    if words in WHOLE or any(f" {sign} " in f" {_words(name)} " for sign in "xy"):
        return True
    if any(word in words for word in SPELT_WORDS):
        return True
    return any(
        any(word in words for word in doubtful) and not any(word in words for word in lawful)
        for doubtful, lawful in SPELT_DOUBTFUL
    )


def _spelt(name: str) -> str:
    """The words of a name between spaces, in letters that look alike as one."""
    return f" {_words(name)} ".translate(ALIKE)


def _words(name: str) -> str:
    """The words of a name in small letters: as they are parted, as capitals part them, and initials as one word."""
    plain = _plain(name.translate(APOSTROPHES))
    parted = [" ".join(re.split(r"[\W\d_]+", text.casefold())).strip() for text in (plain, CAMEL.sub(" ", plain))]
    parted += [found[0].replace(" ", "") for found in INITIALS.finditer(f" {parted[0]} ")]
    return "  ".join(dict.fromkeys(parted))


def _plain(text: str) -> str:
    """The text without accents and invisible signs, in signs of the usual width."""
    signs = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in ("Mn", "Cf"))


def _spelt_all(words: Iterable[str]) -> tuple[str, ...]:
    """The words of the lists as names are spelt."""
    return tuple(_plain(word).translate(ALIKE) for word in words)


SPELT_WORDS = _spelt_all(WORDS)
SPELT_DOUBTFUL = tuple((_spelt_all(doubtful), _spelt_all(lawful)) for doubtful, lawful in DOUBTFUL)
