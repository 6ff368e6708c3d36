"""The person's own pages in Danish and Swedish as a phone shows them; and the gallery of parts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.test_pages import SAID, TOO_WIDE
from browser.world import Site, sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
OWN_PAGES = ["/my-plan/", "/my-plan/place/", "/my-plan/seen/", "/my-plan/consents/", "/my-rights/"]
OWN_FORMS = ["/my-plan/goals/new/", "/my-applications/", "/my-applications/new/"]
# Words that only the other languages have.
FOREIGN = {
    "da": re.compile(r"\b(the|you|your|and|ikkje|dere|noen|och|inte|vem|innbygger|søknad)\b", re.IGNORECASE),
    "sv": re.compile(r"\b(the|you|your|and|ikke|hvem|hva|noen|dere|søknad|nogen|af)\b", re.IGNORECASE),
}


def choose(page: Page, language: str) -> None:
    """By the button at the foot of the page."""
    page.locator(f"button[name=language][value={language}]").click()


@pytest.mark.parametrize("language", ["da", "sv"])
def test_own_pages_are_whole_narrow_and_accessible(page: Page, site: Site, language: str) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, "Kari")
    choose(page, language)
    for path in [*OWN_PAGES, *OWN_FORMS]:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        assert not page.evaluate(TOO_WIDE), path
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert FOREIGN[language].findall(_said_by_us(page)) == [], path


def _said_by_us(page: Page) -> str:
    """Without what people have written, and what agencies and laws are called."""
    page.evaluate(
        """document.querySelectorAll("blockquote, .note__text, .action__what, .way__text, .people, dd, "
        + ".site-header, [lang]:not(html), .provision, .fact-source, .quiet")
        .forEach(one => one.remove())"""
    )
    return str(page.evaluate(SAID))


@pytest.mark.parametrize("width", [390, 1280])
def test_every_part_in_every_state_is_accessible(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/components/")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert not page.evaluate(TOO_WIDE)
