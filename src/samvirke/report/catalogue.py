"""Translations of the report: message ids are English, Norwegian is in `locale/nb/LC_MESSAGES/insight.po`."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

DOMAIN = "insight"
FOLDER = Path(__file__).parents[1] / "locale"
LANGUAGES = ("nb", "en")

Translate = Callable[[str], str]


class UnknownLanguage(ValueError):
    """The report does not speak this language."""

    def __init__(self, language: str) -> None:
        super().__init__(f"The report has no language {language!r}. Choose one of: {', '.join(LANGUAGES)}.")


class UncompiledCatalogue(RuntimeError):
    """The translations are there as text but were never compiled."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"The translations to {language!r} in {FOLDER} are not compiled, so no page was made. "
            "Run `make setup`, or `pybabel compile --domain insight --directory` with that folder."
        )


@cache
def translator(language: str) -> Translate:
    """The function that puts a message id into the language.

    Raises UnknownLanguage, or UncompiledCatalogue when the .mo file is missing.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    if language == "en":
        return gettext.NullTranslations().gettext
    try:
        return gettext.translation(DOMAIN, localedir=FOLDER, languages=[language]).gettext
    except FileNotFoundError as error:
        raise UncompiledCatalogue(language) from error


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this one later"
    """Mark a message id in a table of messages."""
    return message
