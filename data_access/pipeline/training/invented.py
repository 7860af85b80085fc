"""Invented organisations, sources and producers: each name says that it is one."""

from __future__ import annotations

REGISTER, OPERATOR, PROJECTS, AID, CLAIMS, PUBLISHED = (
    f"training_{name}" for name in ("register", "operator", "projects", "aid", "claims", "published")
)
NOTE = {
    "uk": "Навчальні дані: число вигадано, його ніхто не оприлюднював.",
    "en": "Training data: this figure is invented and was published by nobody.",
}
_TITLES = {
    REGISTER: ("Навчальний реєстр пошкоджень", "Training register of damage"),
    OPERATOR: ("Навчальний оператор зв’язку", "Training mobile operator"),
    PROJECTS: ("Навчальний перелік проєктів", "Training list of projects"),
    AID: ("Навчальний облік допомоги", "Training record of aid"),
    CLAIMS: ("Навчальний облік заяв", "Training record of claims"),
    PUBLISHED: ("Навчальне відомство", "Training authority"),
}


def sources(published_on: str) -> list[dict[str, str]]:
    """Rows of a sources file."""
    licence = {"licence_uk": "навчальні дані", "licence_en": "training data", "kind": "training data", "url": ""}
    return [
        {
            "source_id": source_id,
            "title": f"{uk} / {en}",
            "publisher_uk": f"{uk} (вигадано)",
            "publisher_en": f"{en} (invented)",
            "published_on": published_on,
            **licence,
        }
        for source_id, (uk, en) in _TITLES.items()
    ]


def producers() -> list[dict[str, str]]:
    """Rows of a producers file: each source is its own producer."""
    names = ("producer", "name_uk", "name_en")
    return [
        dict(zip(names, (source_id, f"{uk} (вигадано)", f"{en} (invented)"), strict=True))
        for source_id, (uk, en) in _TITLES.items()
    ]


def organisation(number: int) -> dict[str, str]:
    """An organisation that is evidently invented: name, id and EDRPOU (99 and six digits)."""
    edrpou = f"99{number:06d}"
    return {"id": f"UA-EDR-{edrpou}", "name": f"Навчальна організація {number}", "edrpou": edrpou}
