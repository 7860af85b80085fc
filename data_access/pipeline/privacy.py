"""What no file of records may hold: names, addresses, contacts and numbers of persons."""

from __future__ import annotations

import re

DELETE_COLUMN = "speaks of persons by its name; personal data are never loaded: delete the column from the file"
DELETE_NUMBER = "a number of ten digits may be a person's tax number, which is never loaded; delete it"
COLUMN = re.compile(
    r"(?<![a-z])(?:person(?:al)?(?![a-z])|full_?name|first_?name|last_?name|surname|patronymic|birth|address|street|"
    r"e_?-?mail|phone|telephone|mobile|contact|passport|tax_?(?:id|number|code)|rnokpp|ipn|inn(?![a-z]))|"
    r"прізвищ|по.?батькові|(?<![а-яіїєґ])(?:піб|особа|імен|імʼя|ім['’]я)|народжен|адрес|вулиц|пошт|телефон|контакт|паспорт|"
    r"рнокпп|(?<![а-яіїєґ])іпн(?![а-яіїєґ])|податков",
    re.IGNORECASE,
)
TEN_DIGITS = re.compile(r"\d{10}", re.ASCII)
CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+?38)?[\s(-]*\b0\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b")


def is_personal_column(name: str) -> bool:
    """Whether a column's name says that it holds a person's name, address, contact or number."""
    return COLUMN.search(name) is not None


def is_personal_number(text: str) -> bool:
    """Whether the text is ten digits, as the tax number of a person is (a legal entity has eight)."""
    return TEN_DIGITS.fullmatch(text.strip()) is not None


def without_contacts(text: str) -> str:
    """The text with each e-mail address and telephone number left out."""
    return CONTACT.sub("…", text)
