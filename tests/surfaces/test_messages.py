"""The Norwegian catalogue says everything the pages can say, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import samvirke
from surfaces.message_ids import all_ids

CATALOGUE = Path(samvirke.__file__).parent / "locale" / "nb" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nb")


def _messages(catalogue: Catalog) -> dict[str, Message]:
    return {_first(message): message for message in catalogue if message.id}


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_message_has_norwegian_words(catalogue: Catalog) -> None:
    translated = {key for key, message in _messages(catalogue).items() if all(_strings(message))}
    assert all_ids() - translated == set()


def test_nothing_in_the_catalogue_is_unused(catalogue: Catalog) -> None:
    assert set(_messages(catalogue)) - all_ids() == set()


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [_first(message) for message in catalogue if message.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages(catalogue: Catalog) -> None:
    for first, message in _messages(catalogue).items():
        for string in _strings(message):
            assert set(PLACEHOLDER.findall(string)) == set(PLACEHOLDER.findall(first)), first


def test_plural_messages_have_two_norwegian_forms(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id and not isinstance(message.id, str):
            assert len(_strings(message)) == 2, message.id
