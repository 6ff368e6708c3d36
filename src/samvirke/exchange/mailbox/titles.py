"""The title that stands outside the locked letter, on a phone's lock screen and in reminders.

It is one for all letters: "plan", "easy to read" or an agency's trade would tell something about somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samvirke.exchange.mailbox.types import LetterRefused, Why

WORDS: Final[Mapping[str, str]] = {
    "nb": "Dokument til deg",
    "nn": "Dokument til deg",
    "da": "Dokument til dig",
    "sv": "Dokument till dig",
    "en": "Document for you",
}
FILE: Final = "dokument.pdf"


def words(language: str) -> str:
    """The title in a language. Raises LetterRefused for a language without it."""
    if language not in WORDS:
        raise LetterRefused(Why.TITLE)
    return WORDS[language]


def check(text: str) -> None:
    """Raises LetterRefused for whatever is not one of these titles, word for word."""
    if text not in WORDS.values():
        raise LetterRefused(Why.TITLE)
