"""Words in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """The same words in both languages: `text["uk"]`, `text["en"]`."""

    uk: str
    en: str

    def __getitem__(self, language: str) -> str:
        if language not in ("uk", "en"):
            raise KeyError(language)
        return self.uk if language == "uk" else self.en
