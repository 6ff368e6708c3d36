"""A meeting from the call to the changed plan, clicked through as it would be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

import people
from browser.world import Site, sign_in

pytestmark = pytest.mark.browser
TODAY = people.NOW.date().isoformat()


def test_what_is_typed_saves_itself(page: Page, site: Site) -> None:
    sign_in(page, "Koordinator")
    page.goto(site.path("/plans/{plan}/meetings/{begun}/hold/"))
    for number, text in enumerate(("Vi er enige om bussen Čáhci 🌊", "Og om mer")):
        with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
            page.get_by_label("Hva ble dere enige om, kort sagt?").fill(text)
        expect(page.locator("#draft-saved [role=status]")).to_contain_text("Utkastet ble lagret")
        expect(page.locator("#draft-saved [name=seen_version]")).to_have_value(str(number + 2))
    page.reload()
    expect(page.get_by_label("Hva ble dere enige om, kort sagt?")).to_have_value("Og om mer")
    expect(page.get_by_label("Veileder 1").first).to_be_checked()


def test_a_meeting_is_called_held_and_changes_the_plan_without_javascript(
    chromium: Browser, site: Site
) -> None:
    context = chromium.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "Koordinator")
    page.goto(site.path("/plans/{plan}/meetings/new/"))
    page.get_by_label("Hva slags møte?").select_option(label="Trekantsamtale")
    page.get_by_label("Hvilken dag?").fill(TODAY)
    page.get_by_label("Hva mer skal dere snakke om?").fill("Barnepass")
    page.get_by_role("button", name="Kall inn").click()
    expect(page.get_by_role("status")).to_contain_text("Dere er kalt inn til møtet")
    page.locator("#meetings article", has_text="Barnepass").get_by_role("link").click()
    page.get_by_role("link", name="Start møtet").click()
    expect(page.get_by_role("heading", name="Trekantsamtale")).to_be_visible()
    wish = page.locator(".hold__point", has=page.get_by_role("heading", name="Truckførerkurs"))
    wish.get_by_label("Hva ble sagt?").fill("Kurset er fullt til mai.")
    wish.get_by_text("Foreslå noe", exact=True).click()
    wish.get_by_label("Hva foreslås?").select_option(label="En annen dag")
    wish.get_by_label("Til når?").fill("2026-05-20")
    own = page.locator(".hold__point", has=page.get_by_role("heading", name="Barnepass"))
    own.get_by_label("Hva skal gjøres?").fill("Finne barnepass")
    own.get_by_label("Hvem har ansvaret?").select_option(label="Veileder 1")
    page.get_by_label("Veileder 1").first.check()
    page.get_by_label("Var personen med?").select_option(label="Ja")
    page.get_by_label("Hva ble dere enige om, kort sagt?").fill("Kurs i mai, barnepass først.")
    page.get_by_role("button", name="Skriv referatet og send forslagene").click()
    expect(page.get_by_text("Forslag, ikke bestemt")).to_have_count(2)
    page.get_by_role("button", name="Logg ut").click()
    sign_in(page, "Veileder")
    for what in ("Truckførerkurs", "Finne barnepass"):
        page.goto("/proposals/")
        page.locator(".case", has_text=what).get_by_role("link").first.click()
        page.get_by_label("Tar du dette?").select_option(label="Ja, jeg tar ansvaret")
        page.get_by_role("button", name="Lagre svaret mitt").click()
        expect(page.get_by_role("status")).to_contain_text("Svaret ditt står ved forslaget")
    page.goto(site.path("/plans/{plan}/"))
    expect(page.locator("#actions")).to_contain_text("Finne barnepass")
    expect(page.locator("#actions")).to_contain_text("20. mai 2026")
    page.get_by_role("button", name="Logg ut").click()
    sign_in(page, "Kari")
    page.locator("article", has_text="Kurs i mai, barnepass først.").get_by_role("link").click()
    page.get_by_role("link", name="Si ja eller nei Finne barnepass").click()
    page.get_by_label("Vil du dette?").select_option(label="Ja, jeg vil dette")
    page.get_by_role("button", name="Lagre svaret mitt").click()
    expect(page.get_by_text("Du sa ja.")).to_have_count(1)
    context.close()
