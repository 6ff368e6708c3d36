"""Each catalogue says what its pages can say, and nothing that no page can say.

Bokmål has every page; Danish and Swedish those of the person, found by following the views.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

import samvirke
from samvirke.surfaces import languages
from surfaces.message_ids import all_ids
from surfaces.reach import FOR_ALL, citizen_ids, reached

LOCALE = Path(samvirke.__file__).parent / "locale"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")
MARKUP = re.compile(r"</?[a-z]+>")
SOURCE = "en"
TRANSLATED = [code for code, _ in settings.LANGUAGES if code != SOURCE]
OWN_PAGES_ONLY = [code for code in languages.OWN_PAGES if code not in languages.EVERY_PAGE]
ANNOUNCED_ONLY = [code for code in TRANSLATED if code not in languages.OWN_PAGES]


@cache
def catalogue(language: str) -> Catalog:
    """One language's messages."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=None if language == "se" else language)


def _messages(language: str) -> dict[str, Message]:
    return {_first(message): message for message in catalogue(language) if message.id}


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _translated(language: str) -> set[str]:
    return {key for key, message in _messages(language).items() if all(_strings(message))}


def test_every_message_has_norwegian_words() -> None:
    assert all_ids() - _translated("nb") == set()


@pytest.mark.parametrize("language", OWN_PAGES_ONLY)
def test_every_message_of_the_person_s_pages_has_words(language: str) -> None:
    assert citizen_ids() - _translated(language) == set()


def test_the_person_s_pages_are_followed_to_their_parts_and_no_further() -> None:
    """Forms, templates within templates, words of codes, the law; but no form that only workers fill in."""
    _, templates = reached()
    assert {"citizen/plan.html", "components/action.html", *FOR_ALL} <= templates
    assert not [name for name in templates if name.startswith(("caseworker/", "leader/", "evaluator/"))]
    found = citizen_ids()
    assert {"Reached when", "Write what you apply for.", "In progress", "An individual plan"} <= found
    assert found.isdisjoint({"What do you need to know?", "The coordinator has no deputy."})


@pytest.mark.parametrize("language", ANNOUNCED_ONLY)
def test_a_language_that_is_to_come_says_so_itself(language: str) -> None:
    assert _translated(language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_in_a_catalogue_is_unused(language: str) -> None:
    assert set(_messages(language)) - all_ids() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [_first(message) for message in catalogue(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_and_markup_are_the_same_in_both_languages(language: str) -> None:
    for first, message in _messages(language).items():
        for string in _strings(message):
            assert set(PLACEHOLDER.findall(string)) == set(PLACEHOLDER.findall(first)), first
            assert MARKUP.findall(string) == MARKUP.findall(first), first


@pytest.mark.parametrize("language", [code for code in TRANSLATED if code in languages.OWN_PAGES])
def test_plural_messages_have_two_forms(language: str) -> None:
    several = [message for message in catalogue(language) if not isinstance(message.id, str)]
    assert several
    assert [message.id for message in several if len(_strings(message)) != 2] == []
