"""A page is offered in the languages it is complete in; whoever asks for another one is told in their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override, trans_real

import people
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.components import days
from samvirke.surfaces.templatetags.samvirke import hours
from surfaces.everywhere import visit, world

pytestmark = people.database
OFFERED = re.compile(r'<button type="submit" name="language" value="(\w+)"')
NYNORSK = "Denne sida finst ikkje på nynorsk enno"
DANISH = "Denne side findes ikke på dansk endnu"


class Untranslated(NullTranslations):
    """Stands where Norwegian would step in for a missing message, and remembers for which."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        """One text."""
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One or several."""
        return self.gettext(msgid1)


@pytest.fixture
def untranslated(request: pytest.FixtureRequest) -> Iterator[Untranslated]:
    """What is looked up in a language and not found there."""
    catalogue, found = trans_real.translation(request.param), Untranslated()
    norwegian = catalogue._fallback
    catalogue._fallback = found
    yield found
    catalogue._fallback = norwegian


def client_of(post: UUID | None, language: str) -> Client:
    """Somebody who has chosen a language."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if post is not None:
        session = client.session
        session[POST], session[PURPOSE] = str(post), 1
        session.save()
    return client


def page_of(post: UUID | None, language: str, path: str) -> str:
    """A page as they read it."""
    return client_of(post, language).get(path, follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "language", "untranslated"),
    [("mother", "da", "da"), ("father", "sv", "sv")],
    indirect=["untranslated"],
)
def test_nothing_a_person_reads_is_left_in_another_language(
    db: None, tmp_path: Path, who: str, language: str, untranslated: Untranslated
) -> None:
    """Every page, every form sent filled and empty, and what is said afterwards."""
    here = world(tmp_path)
    person = {"mother": here.family.mother, "father": here.family.father}[who].person
    heard = visit(person.citizen_id, here, language=language)
    assert f'<html lang="{language}"' in heard.text
    assert heard.sent > 50
    assert untranslated.asked == set()


@pytest.mark.parametrize("untranslated", ["da"], indirect=True)
def test_the_sweep_hears_a_message_that_is_missing(db: None, untranslated: Untranslated) -> None:
    with override("da"):
        assert trans_real.gettext("Imports from the moon") == "Imports from the moon"
    assert untranslated.asked == {"Imports from the moon"}


def test_the_person_s_pages_are_offered_in_four_languages_and_name_those_to_come(db: None) -> None:
    page = page_of(people.on_plan().person.citizen_id, "sv", "/my-plan/")
    assert OFFERED.findall(page) == ["nb", "da", "sv", "en"]
    assert "<h1" in page
    assert "Min plan" in page
    assert '<span lang="nn">Nynorsk</span>' in page
    assert '<span lang="se">Davvisámegiella</span>' in page
    assert '<span lang="da">' not in page


def test_a_worker_s_pages_are_offered_in_two_and_say_why_in_the_reader_s_own(db: None) -> None:
    page = page_of(people.SOCIAL_WORKER, "da", "/worklist/")
    assert '<html lang="nb"' in page
    assert OFFERED.findall(page) == ["nb", "en"]
    assert f'<p lang="da">{DANISH}' in page
    assert DANISH not in page_of(people.SOCIAL_WORKER, "nb", "/worklist/")


@pytest.mark.parametrize("path", ["/", "/no-such-page/"])
def test_before_anybody_has_signed_in_the_person_s_languages_count(db: None, path: str) -> None:
    assert '<html lang="da"' in page_of(None, "da", path)


def test_nynorsk_and_sami_read_norwegian_and_are_told_so(db: None) -> None:
    page = page_of(None, "nn", "/")
    assert '<html lang="nb"' in page
    assert f'<p lang="nn">{NYNORSK}' in page
    assert '<p lang="se">Dát siidu' in page_of(None, "se", "/")


def test_the_browser_s_own_wish_counts_until_somebody_chooses(db: None) -> None:
    client = Client(headers={"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.5"})
    assert '<html lang="sv"' in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("nb", "5. november 2026", "1,5"),
        ("da", "5. november 2026", "1,5"),
        ("sv", "5 november 2026", "1,5"),
        ("en", "5 November 2026", "1.5"),
    ],
)
def test_days_and_numbers_as_the_language_writes_them(language: str, day: str, number: str) -> None:
    with override(language):
        assert days.in_words(date(2026, 11, 5)) == day
        assert hours(90) == number
