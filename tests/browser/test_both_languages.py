"""What is hardest to understand, driven in both complete languages: why, emergencies, consent, who looked."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from browser.test_languages import choose
from browser.test_pages import TOO_WIDE
from browser.world import OWN, Site, sign_in
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.surfaces.components.labels import KIND, PURPOSE

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["nb", "en"])]
PAGES = [
    ("Sosialkonsulent", "/plans/{plan}/explain/"),
    ("Kari", "/my-plan/explain/"),
    ("Sosialkonsulent", "/plans/{plan}/emergency/"),
    ("Sosialkonsulent", "/emergencies/"),
    ("Sosialkonsulent", "/emergencies/new/"),
    ("Kari", "/my-plan/consents/"),
    ("Kari", "/my-plan/consents/asked/{draft}/"),
    ("Kari", "/my-plan/consents/{consent}/"),
    ("Kari", "/my-plan/consents/{consent}/withdraw/"),
    ("Sosialkonsulent", "/plans/{plan}/consents/{consent}/withdraw/"),
    ("Far", "/my-plan/consents/{fathers_consent}/withdraw/"),
    ("Far", "/my-children/{child}/asked/{child_asked}/"),
    ("Far", "/my-children/{child}/consents/{child_agreed}/withdraw/"),
    ("Sosialkonsulent", "/persons/{child}/guardians/ask/"),
    ("Koordinator", "/plans/{hidden}/places/{hidden_person}/tell/"),
    ("Kari", "/my-plan/seen/"),
]
OTHER = {
    "nb": re.compile(r"\b(the|you|your|and|have|what|who|consent)\b", re.IGNORECASE),
    "en": re.compile(r"\b(ikke|har|du|det|hva|hvem|deg|noen|samtykke\w*|planen)\b", re.IGNORECASE),
}
SAID = """() => {
    document.querySelectorAll("[lang]:not(html), .language, .note__text").forEach(one => one.remove());
    return document.body.innerText;
}"""


class Reader:
    """Somebody who reads in one language and finds things by the words of it."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        page.set_default_timeout(10_000)

    def comes(self, who: str) -> None:
        """Signs in, and reads in their language."""
        sign_in(self.page, who)
        if self.page.locator("html").get_attribute("lang") != self.language:
            choose(self.page, self.language)

    def leaves(self) -> None:
        """Signs out."""
        self.button("Sign out").click()

    def said(self, message: str | Promise) -> str:
        """A sentence as the page says it."""
        with translation.override(self.language):
            return gettext(message) if isinstance(message, str) else str(message)

    def link(self, message: str) -> Locator:
        """A link by its words."""
        return self.page.get_by_role("link", name=self.said(message), exact=True)

    def button(self, message: str) -> Locator:
        """A button that begins with its words."""
        return self.page.get_by_role("button", name=self.said(message)).first

    def sees(self, message: str) -> None:
        """The page says so."""
        expect(self.page.locator("main")).to_contain_text(self.said(message))


@pytest.fixture
def reader(page: Page, language: str) -> Reader:
    return Reader(page, language)


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_whole_accessible_and_narrow(reader: Reader, site: Site, language: str, who: str, path: str) -> None:
    reader.comes(who)
    page = reader.page
    answer = page.goto(site.path(path))
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.evaluate(TOO_WIDE)
    assert OTHER[language].findall(page.evaluate(SAID)) == []


def test_a_worker_asks_why_somebody_sees_something_and_gets_one_rule(
    reader: Reader, site: Site, language: str
) -> None:
    reader.comes("Sosialkonsulent")
    page = reader.page
    page.goto(site.path("/plans/{plan}/"))
    reader.link("Why does somebody see this?").click()
    for kind, answer in ((DataKind.EMPLOYMENT, "yes"), (DataKind.HEALTH, "no")):
        page.get_by_label(reader.said("Who?"), exact=True).select_option(label="Veileder 1, Nav Fjordvik")
        page.get_by_label(reader.said("Which information?")).select_option(label=reader.said(KIND[kind]))
        purpose = reader.said(PURPOSE[Purpose.COORDINATION])
        page.get_by_label(reader.said("What for?")).select_option(label=purpose)
        reader.button("Explain").click()
        expect(page.locator(f"[data-answer={answer}]")).to_contain_text(reader.said("Because"))


def test_an_emergency_is_opened_told_to_the_person_and_reviewed(
    reader: Reader, site: Site, language: str
) -> None:
    person = OWN[language][0]
    page = reader.page
    reader.comes("Sosialkonsulent")
    page.goto(f"/plans/{site.own[language].plan_id}/")
    reader.link("Open more in an emergency").click()
    reader.button("Open now").click()
    reader.sees("Write what has happened.")
    page.get_by_label(reader.said(KIND[DataKind.ECONOMY]), exact=True).check()
    page.get_by_label(reader.said("For how long?")).select_option(index=1)
    page.get_by_label(reader.said("What has happened?")).fill("Ringte og trengte hjelp straks.")
    reader.button("Open now").click()
    reader.sees("It is open to you for the hours you chose. The person and the others have been told.")
    reader.leaves()
    reader.comes("Sosialleder")
    page.goto("/emergencies/")
    reader.button("It was needed").click()
    reader.sees("Your review is saved. The person and those around the person see it.")
    reader.leaves()
    reader.comes(person)
    page.goto("/my-plan/seen/")
    reader.sees("Reviewed: it was needed")


def test_a_question_is_answered_and_what_was_said_is_taken_back(
    reader: Reader, site: Site, language: str
) -> None:
    page = reader.page
    reader.comes(OWN[language][0])
    reader.link("You are asked for a consent").click()
    reader.sees("Who could read what")
    reader.button("Yes, this may be shared").click()
    reader.sees("Receipt for your consent")
    reader.link("Take this consent back").click()
    reader.sees("What each of them sees afterwards")
    expect(page.locator("main")).to_contain_text("Veileder 1")
    reader.button("Take it back now").click()
    reader.link("Who has seen").click()
    reader.sees("Every time somebody opens something about you, it is written down here: who, what and why.")
    expect(page.locator(".sighting").first).to_be_visible()
