"""What is typed and what is meant: folded letters, transliteration, the other keyboard, names that sound alike."""

import re
from unicodedata import normalize

_APOSTROPHES = re.compile("[’ʼ'`´‘′ʹ\"“”«»]")
_NO_WORD = re.compile(r"[\W_]+")
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ"
_TABLE = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia y e io -".replace("-", "")
_LATIN = dict(zip(_CYRILLIC, _TABLE.split(" "), strict=True))
_AT_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LOOK_ALIKE = ("асеіорхукмтнв", "aceiopxykmthb")
_TO_CYRILLIC = str.maketrans(*reversed(_LOOK_ALIKE))
_TO_LATIN = str.maketrans(*_LOOK_ALIKE)
_TO_CODE = str.maketrans("АУЮОOІIL", "AUU00111")
_KEYS = ("qwertyuiop[]asdfghjkl;'zxcvbnm,.\\{}:<>", "йцукенгшщзхїфівапролджєячсмитьбюґхїжбю")
_KEYBOARD = str.maketrans(*_KEYS) | {ord('"'): "є"}
_OTHER_KEYBOARD = str.maketrans(_KEYS[1][:32], _KEYS[0][:32])
_VOWELS = re.compile("[aeiouy]+")
_TWICE = re.compile(r"(\w{1,2})\1+")


def folded(text: str) -> str:
    """Lower case, words apart by one space, hyphens as spaces, without apostrophes and Latin accents."""
    text = _APOSTROPHES.sub("", normalize("NFKC", text).casefold()).replace("р-н", "район").replace("с-ще", "сще")
    plain = "".join(normalize("NFD", letter)[0] if letter < "Ѐ" else letter for letter in text)
    return _NO_WORD.sub(" ", plain).strip()


def transliterated(text: str) -> str:
    """Folded Cyrillic in Latin letters by the Ukrainian table of 2010; Russian letters as well."""
    text = re.sub(r"\b[єїйюя]", lambda match: _AT_START[match[0]], text.replace("зг", "zgh"))
    return "".join(_LATIN.get(letter, letter) for letter in text)


def scripts(text: str) -> list[str]:
    """A folded text as it may be meant: in Cyrillic, in Latin, and with look-alike letters of the other script."""
    if not re.search("[а-яєіїґё]", text):
        return [text]
    meant = text.translate(_TO_CYRILLIC)
    forms = [meant, transliterated(meant)]
    return [*forms, text.translate(_TO_LATIN)] if re.search("[a-z]", text) else forms


def other_keyboard(text: str) -> str:
    """The same keys on the other of the two keyboards: `[fhrsd` is `харків`, `лрфклшм` is `kharkiv`."""
    text = text.casefold()
    return text.translate(_OTHER_KEYBOARD if re.search("[а-яєіїґ]", text) else _KEYBOARD)


def sound(latin: str) -> str:
    """A rough sound of a Latin name, the same for `Kyiv` and `Kiev`, `Kryvyi Rih` and `Krivoy Rog`."""
    latin = latin.replace("kh", "h").replace("g", "h").replace("w", "v").replace("j", "i").replace("ck", "k")
    return _TWICE.sub(r"\1", _VOWELS.sub("a", latin))


def code(text: str) -> str:
    """The KATOTTG or P-code, or its beginning of four characters or more, that a text looks like; else ''."""
    plain = re.sub(r"[\s.\-–_]", "", normalize("NFKC", text)).upper().translate(_TO_CODE)
    match = re.fullmatch(r"(?:UA)?(\d{2,17})", plain)
    return f"UA{match[1]}" if match and len(plain) >= 4 else plain if plain == "UA" else ""
