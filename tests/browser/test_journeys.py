"""What people come to do, clicked through as they would."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.world import HEALTH_NOTE, Site, sign_in

pytestmark = pytest.mark.browser

ABOUT_A_PERSON = [
    "/plans/{plan}/",
    "/plans/{plan}/audience/?kind=128",
    "/plans/{plan}/goals/{goal}/",
    "/imports/{run}/",
]
NOT_FOR_WORKERS = ["/my-plan/", "/my-plan/seen/", "/my-plan/consents/", "/figures/", "/report/"]
NOT_FOR_CITIZENS = ["/worklist/", "/records/", "/imports/", "/figures/", "/report/", "/plans/{plan}/"]


def test_a_note_is_written_once_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "Sosialkonsulent")
    page.get_by_role("link", name="Kari Eksempel").click()
    page.get_by_label("Notatet", exact=True).fill("Skal på omvisning på verkstedet på fredag.")
    page.get_by_label("Hva handler notatet om?").select_option(label="Arbeid")
    page.get_by_role("button", name="Se hvem som kan lese det").click()
    expect(page.get_by_text("Hvem kan lese et notat om: Arbeid")).to_be_visible()
    expect(page.get_by_label("Notatet", exact=True)).to_have_value(
        "Skal på omvisning på verkstedet på fredag."
    )
    page.get_by_role("button", name="Lagre notatet").click()
    expect(page.get_by_role("status")).to_contain_text("Notatet er lagret")
    page.get_by_role("button", name="Logg ut").click()
    sign_in(page, "Kari")
    expect(page.get_by_text("omvisning på verkstedet")).to_be_visible()
    context.close()


def test_the_readers_are_shown_as_soon_as_the_kind_is_chosen(page: Page, site: Site) -> None:
    sign_in(page, "Koordinator")
    page.goto(f"/plans/{site.plan.plan_id}/")
    page.get_by_label("Hva handler notatet om?").select_option(label="Helse")
    readers = page.locator("#audience")
    expect(readers).to_contain_text("Kari Eksempel")
    expect(readers.locator("li", has_text="Veileder 1")).to_contain_text("Kan ikke lese")


def test_an_empty_note_says_what_is_missing_and_keeps_the_rest(page: Page, site: Site) -> None:
    sign_in(page, "Sosialkonsulent")
    page.goto(f"/plans/{site.plan.plan_id}/")
    page.get_by_label("Notatet", exact=True).fill("Uten valg av hva det handler om")
    page.get_by_role("button", name="Lagre notatet").click()
    expect(page.get_by_role("link", name="Velg hva notatet handler om.")).to_be_visible()
    expect(page.get_by_label("Notatet", exact=True)).to_have_value("Uten valg av hva det handler om")
    assert page.title().startswith("Feil:")


def test_the_nav_adviser_does_not_see_what_is_about_health(page: Page, site: Site) -> None:
    sign_in(page, "Veileder")
    page.goto(f"/plans/{site.plan.plan_id}/")
    expect(page.get_by_role("heading", name="Kari Eksempel")).to_be_visible()
    expect(page.get_by_text(HEALTH_NOTE)).to_have_count(0)


def test_a_wish_and_a_decision_look_different(page: Page, site: Site) -> None:
    sign_in(page, "Kari")
    wish, decided = (
        page.locator(".action", has=page.locator(".action__what", has_text=what))
        for what in ("Truckførerkurs", "Praksisplass på verksted")
    )
    expect(wish).to_contain_text("Ønske")
    expect(decided).to_contain_text("Vedtatt")
    expect(wish).to_have_css("border-top-style", "dashed")
    expect(decided).to_have_css("border-top-style", "solid")


def test_the_person_sees_who_has_looked(page: Page, site: Site) -> None:
    sign_in(page, "Veileder")
    page.goto(f"/plans/{site.plan.plan_id}/")
    page.get_by_role("button", name="Logg ut").click()
    sign_in(page, "Kari")
    page.get_by_role("link", name="Hvem har sett", exact=True).click()
    expect(page.locator(".sighting", has_text="Nav Fjordvik").first).to_contain_text("Du har gitt samtykke")


def test_a_duty_is_taken_over_when_it_is_accepted(page: Page, site: Site) -> None:
    sign_in(page, "Koordinator")
    page.get_by_role("button", name="Si ja").click()
    expect(page.get_by_role("status")).to_contain_text("Du koordinerer planen fra")
    expect(page.get_by_role("button", name="Si ja")).to_have_count(0)


def test_what_was_typed_on_a_stale_goal_is_kept_beside_the_newer_words(page: Page, site: Site) -> None:
    sign_in(page, "Sosialkonsulent")
    path = f"/plans/{site.stale.plan_id}/goals/{site.stale.goal_id}/"
    page.goto(path)
    other = page.context.new_page()
    other.goto(path)
    other.get_by_label("Målet med egne ord").fill("Jeg vil bli kokk.")
    other.get_by_role("button", name="Lagre målet").click()
    page.get_by_label("Målet med egne ord").fill("Jeg vil bli baker.")
    page.get_by_role("button", name="Lagre målet").click()
    expect(page.locator(".compare")).to_contain_text("Jeg vil bli kokk.")
    expect(page.get_by_label("Målet med egne ord")).to_have_value("Jeg vil bli baker.")
    page.get_by_role("button", name="Lagre målet").click()
    expect(page.locator(".goal__words")).to_contain_text("Jeg vil bli baker.")


def test_a_withdrawn_consent_closes_the_plan_at_once(page: Page, site: Site) -> None:
    sign_in(page, "Ola")
    page.get_by_role("link", name="Mine samtykker").click()
    page.get_by_role("link", name="Trekk tilbake dette samtykket").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvis du trekker det tilbake")
    expect(page.get_by_role("region", name="Hva hver av dem ser etterpå")).to_contain_text("Veileder 1")
    page.get_by_role("button", name="Trekk samtykket tilbake nå").click()
    expect(page.get_by_role("status")).to_contain_text("Samtykket er trukket tilbake")
    page.get_by_role("button", name="Logg ut").click()
    sign_in(page, "Veileder")
    answer = page.goto(f"/plans/{site.withdrawing.plan_id}/")
    assert answer is not None
    assert answer.status == 404
    page.goto("/worklist/")
    told = page.get_by_role("region", name="Dette kan du ikke bruke lenger")
    told.get_by_role("button", name="Jeg bruker ikke noe av det lenger").click()
    expect(page.get_by_role("status")).to_contain_text("Det er notert")
    expect(told).to_have_count(0)


def test_a_person_says_yes_to_less_than_was_asked_and_has_a_receipt(page: Page, site: Site) -> None:
    sign_in(page, "Kari")
    page.get_by_role("link", name="Du blir spurt om et samtykke").click()
    expect(page.get_by_role("region", name="Hvem som kunne lese hva")).to_contain_text("Nav Fjordvik")
    page.get_by_label("Helse").check()
    page.get_by_role("button", name="Ja, dette kan deles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kvittering for samtykket ditt")
    expect(page.locator(".pairs").first).not_to_contain_text("helse")


@pytest.mark.parametrize("path", ABOUT_A_PERSON + NOT_FOR_WORKERS)
def test_for_a_stranger_the_page_does_not_exist(page: Page, site: Site, path: str) -> None:
    sign_in(page, "Fremmed")
    answer = page.goto(site.path(path))
    assert answer is not None
    assert answer.status == 404
    assert "Kari" not in page.content()


@pytest.mark.parametrize("path", NOT_FOR_CITIZENS)
def test_a_citizen_has_no_staff_pages(page: Page, site: Site, path: str) -> None:
    sign_in(page, "Kari")
    answer = page.goto(site.path(path))
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize("path", ["/worklist/", *ABOUT_A_PERSON, *NOT_FOR_WORKERS])
def test_an_anonymous_visitor_is_sent_to_sign_in(page: Page, site: Site, path: str) -> None:
    page.goto(site.path(path))
    assert page.url == f"{site.address}/"


def test_the_language_changes_and_the_place_does_not(page: Page, site: Site) -> None:
    sign_in(page, "Kari")
    page.goto("/my-plan/consents/")
    page.get_by_role("button", name="English").click()
    assert page.url == f"{site.address}/my-plan/consents/"
    expect(page.get_by_role("heading", level=1)).to_have_text("What you have said yes to")
    page.get_by_role("button", name="Norsk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dette har du sagt ja til")


def test_a_parent_finds_what_to_expect_within_two_clicks(page: Page, site: Site) -> None:
    sign_in(page, "Far")
    waiting = page.get_by_role("region", name="Det du venter på")
    expect(waiting).to_contain_text("Du har ventet i")
    page.get_by_role("link", name="Rettigheter").click()
    expect(page.get_by_role("heading", name="Hva du kan ha rett til")).to_be_visible()
    expect(page.get_by_role("heading", name="Barnekoordinator")).to_be_visible()
    page.get_by_role("link", name="Søknader").click()
    expect(page.get_by_role("heading", name="Du venter på svar")).to_be_visible()


def test_a_person_is_asked_and_a_plan_is_begun_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.address, locale="nb-NO", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "Sosialkonsulent")
    page.goto(site.path("/records/{record}/"))
    page.get_by_label("Nav Fjordvik").check()
    page.get_by_label("Koordinerende enhet").check()
    page.get_by_label("Hvordan sa personen ja?").select_option(label="digitalt")
    page.get_by_role("button", name="Vis hva personen blir spurt om").click()
    expect(page.get_by_text("Nils, sier du ja til")).to_be_visible()
    page.get_by_role("button", name="Personen sier ja").click()
    expect(page.get_by_role("status")).to_contain_text("Samtykket er registrert")
    page.get_by_role("link", name="Start planen").click()
    page.get_by_label("Individuell plan").check()
    page.get_by_label("Hvilken enhet koordinerer?").select_option(label="Koordinerende enhet")
    page.get_by_label("Hvem er stedfortreder?").select_option(index=1)
    page.get_by_label("Når går dere gjennom den").fill("2027-03-01")
    page.get_by_label("Hvilken målgruppe?").select_option(label="Ung person")
    page.get_by_role("button", name="Start planen").click()
    expect(page.get_by_role("heading", name="Nils Eksempel")).to_be_visible()
    page.get_by_role("link", name="Skriv et nytt mål").click()
    page.get_by_label("Målet med egne ord").fill("Jeg vil bli kokk.")
    page.get_by_label("Hva handler målet om?").select_option(label="Utdanning")
    page.get_by_role("button", name="Lagre målet").click()
    expect(page.get_by_text("Jeg vil bli kokk.")).to_be_visible()
    context.close()
