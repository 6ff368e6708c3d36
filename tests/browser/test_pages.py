"""Each page by itself: accessible, no wider than a phone, nothing kept in the browser, nothing in English."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.world import Site, sign_in

pytestmark = pytest.mark.browser

PAGES = [
    (None, "/"),
    (None, "/stories/"),
    (None, "/components/"),
    (None, "/no-such-page/"),
    ("Sosialkonsulent", "/worklist/"),
    ("Sosialkonsulent", "/records/"),
    ("Sosialkonsulent", "/plans/{plan}/"),
    ("Sosialkonsulent", "/plans/{plan}/by-law/"),
    ("Sosialkonsulent", "/plans/{plan}/by-law/new/?rule=no.nav_act_16"),
    ("Sosialkonsulent", "/by-law/"),
    ("Navleder", "/worklist/"),
    ("Kari", "/my-plan/by-law/"),
    ("Sosialkonsulent", "/plans/{plan}/goals/{goal}/"),
    ("Sosialkonsulent", "/plans/{plan}/goals/new/"),
    ("Sosialkonsulent", "/plans/{plan}/actions/new/"),
    ("Sosialkonsulent", "/plans/{plan}/actions/{decided}/"),
    ("Sosialkonsulent", "/plans/{plan}/actions/{wished}/decide/"),
    ("Sosialkonsulent", "/plans/{plan}/actions/{wished}/drop/"),
    ("Sosialkonsulent", "/plans/{plan}/actions/{wished}/history/"),
    ("Sosialkonsulent", "/plans/{plan}/goals/{goal}/history/"),
    ("Sosialkonsulent", "/waiting/"),
    ("Sosialkonsulent", "/plans/{plan}/statements/"),
    ("Sosialkonsulent", "/plans/{plan}/statements/dream/"),
    ("Sosialkonsulent", "/plans/{plan}/statements/dream/history/"),
    ("Sosialkonsulent", "/plans/{plan}/goals/{goal}/status/"),
    ("Sosialkonsulent", "/plans/{plan}/agreed/"),
    ("Veileder", "/plans/{plan}/agreed/?version=1"),
    ("Sosialkonsulent", "/plans/{plan}/responsibility/"),
    ("Sosialkonsulent", "/plans/{plan}/commitments/"),
    ("Sosialkonsulent", "/plans/{plan}/commitments/new/"),
    ("Sosialkonsulent", "/plans/{plan}/commitments/{promised}/"),
    ("Veileder", "/plans/{plan}/commitments/{commitment}/"),
    ("Veileder", "/waiting/"),
    ("Sosialkonsulent", "/plans/{plan}/easy/"),
    ("Kari", "/my-plan/easy/"),
    ("Kari", "/my-plan/commitments/"),
    ("Navleder", "/agreements/{agreement}/"),
    ("Navleder", "/agreements/{agreement}/responsibility/"),
    ("Navleder", "/agreements/{agreement}/versions/"),
    ("Navleder", "/exemptions/"),
    ("Navleder", "/exemptions/new/"),
    ("Navleder", "/authority/"),
    ("Navleder", "/authority/new/"),
    ("Navleder", "/agreements/"),
    ("Leder", "/responsibility/"),
    ("Leder", "/told-not-to-inform/counted/"),
    ("Sosialkonsulent", "/told-not-to-inform/"),
    ("Sosialkonsulent", "/plans/{plan}/mandate/"),
    ("Sosialkonsulent", "/plans/{plan}/conditions/"),
    ("Sosialkonsulent", "/plans/{plan}/conditions/new/"),
    ("Sosialkonsulent", "/plans/{plan}/conditions/{condition}/"),
    ("Sosialkonsulent", "/plans/{plan}/conditions/{condition}/decision/"),
    ("Kari", "/my-plan/conditions/"),
    ("Kari", "/my-plan/conditions/{condition}/"),
    ("Koordinator", "/plans/{plan}/calendar/"),
    ("Koordinator", "/plans/{plan}/birthdays/"),
    ("Koordinator", "/plans/{plan}/family/"),
    ("Kari", "/my-plan/calendar/"),
    ("Sosialkonsulent", "/records/{record}/assess/"),
    ("Kari", "/my-plan/mandate/"),
    ("Sosialkonsulent", "/who-can-do-what/?field=nav_state"),
    ("Sosialkonsulent", "/plans/{plan}/team/new/"),
    ("Sosialkonsulent", "/plans/{plan}/duty/offer/"),
    ("Sosialkonsulent", "/plans/{plan}/review/"),
    ("Sosialkonsulent", "/plans/{plan}/end/"),
    ("Sosialkonsulent", "/candidates/"),
    ("Sosialkonsulent", "/records/{record}/"),
    ("Koordinator", "/enquiries/"),
    ("Koordinator", "/enquiries/{enquiry}/"),
    ("Veileder", "/enquiries/{enquiry}/"),
    ("Kari", "/my-enquiries/"),
    ("Kari", "/my-enquiries/new/"),
    ("Kari", "/my-enquiries/{enquiry}/"),
    ("Navleder", "/change-wishes/"),
    ("Sosialkonsulent", "/applications/"),
    ("Sosialkonsulent", "/applications/{application}/"),
    ("Sosialkonsulent", "/places/"),
    ("Sosialkonsulent", "/plans/{plan}/needs/new/"),
    ("Veileder", "/plans/{plan}/progress/"),
    ("Veileder", "/plans/{plan}/progress/everyday-steps/own-view/"),
    ("Veileder", "/plans/{plan}/progress/everyday-steps/own-view/put-right/"),
    ("Veileder", "/plans/{plan}/progress/everyday-steps/with-the-person/"),
    ("Veileder", "/assessments-due/"),
    ("Kari", "/my-plan/progress/"),
    ("Kari", "/my-plan/progress/everyday-steps/answer/"),
    ("Kari", "/my-plan/progress/everyday-steps/put-right/"),
    ("Kari", "/my-plan/progress/everyday-steps/who-sees/"),
    ("Koordinator", "/worklist/"),
    ("Koordinator", "/places/"),
    ("Veileder", "/places/"),
    ("Veileder", "/needs/{need}/"),
    ("Koordinator", "/away/"),
    ("Koordinator", "/plans/{plan}/meetings/new/"),
    ("Koordinator", "/plans/{plan}/meetings/{meeting}/"),
    ("Koordinator", "/plans/{plan}/meetings/{begun}/"),
    ("Koordinator", "/plans/{plan}/meetings/{begun}/hold/"),
    ("Koordinator", "/plans/{plan}/meetings/{begun}/projected/"),
    ("Koordinator", "/plans/{plan}/meetings/{begun}/move/"),
    ("Koordinator", "/plans/{plan}/meetings/{begun}/call-off/"),
    ("Veileder", "/proposals/"),
    ("Veileder", "/proposals/{proposal}/"),
    ("Koordinator", "/proposals/"),
    ("Kari", "/my-plan/meetings/{begun}/"),
    ("Kari", "/my-plan/meetings/{meeting}/"),
    ("Kari", "/my-plan/proposals/{proposal}/"),
    ("Koordinator", "/plans/{plan}/move/"),
    ("Koordinator", "/plans/{plan}/move/?municipality=9903"),
    ("Koordinator", "/plans/{ended}/"),
    ("Koordinator", "/plans/{ended}/calls/new/"),
    ("Koordinator", "/plans/{ended}/calls/{call}/"),
    ("Koordinator", "/plans/{hidden}/"),
    ("Koordinator", "/plans/{hidden}/places/"),
    ("Anne", "/my-plan/"),
    ("Anne", "/my-plan/place/"),
    ("Veileder", "/imports/"),
    ("Veileder", "/imports/{run}/"),
    ("Fremmed", "/worklist/"),
    ("Fremmed", "/imports/"),
    ("Kari", "/my-plan/"),
    ("Kari", "/my-plan/place/"),
    ("Kari", "/my-plan/seen/"),
    ("Kari", "/my-plan/consents/"),
    ("Kari", "/my-plan/consents/new/"),
    ("Kari", "/my-plan/consents/asked/{draft}/"),
    ("Kari", "/my-plan/consents/{consent}/"),
    ("Kari", "/my-plan/consents/{consent}/withdraw/"),
    ("Koordinator", "/plans/{plan}/consents/"),
    ("Koordinator", "/plans/{plan}/consents/new/"),
    ("Sosialkonsulent", "/plans/{plan}/consents/{consent}/withdraw/"),
    ("Sosialkonsulent", "/plans/{plan}/explain/"),
    ("Kari", "/my-plan/explain/"),
    ("Sosialkonsulent", "/plans/{plan}/emergency/"),
    ("Sosialkonsulent", "/emergencies/"),
    ("Sosialkonsulent", "/emergencies/new/"),
    ("Koordinator", "/plans/{hidden}/places/{hidden_person}/tell/"),
    ("Sosialkonsulent", "/persons/{child}/guardians/"),
    ("Sosialkonsulent", "/persons/{child}/guardians/ask/"),
    ("Far", "/my-children/"),
    ("Far", "/my-children/{child}/asked/{child_asked}/"),
    ("Far", "/my-children/{child}/consents/{child_agreed}/withdraw/"),
    ("Far", "/my-plan/consents/{fathers_consent}/withdraw/"),
    ("Kari", "/my-plan/goals/{goal}/"),
    ("Kari", "/my-plan/goals/new/"),
    ("Kari", "/my-plan/wishes/new/"),
    ("Kari", "/my-plan/actions/{wished}/history/"),
    ("Kari", "/my-plan/goals/{goal}/history/"),
    ("Kari", "/my-plan/another/"),
    ("Kari", "/my-plan/about-me/"),
    ("Kari", "/my-plan/about-me/matters/"),
    ("Kari", "/my-plan/goals/{goal}/status/"),
    ("Kari", "/my-plan/{plan}/agreed/"),
    ("Far", "/my-plan/"),
    ("Far", "/my-rights/"),
    ("Far", "/my-applications/"),
    ("Far", "/my-applications/new/"),
    ("Far", "/my-applications/{application}/"),
    ("Leder", "/figures/"),
    ("Leder", "/report/"),
    ("Leder", "/programmes/"),
    ("Leder", "/programmes/{programme}/"),
    ("Leder", "/target-groups/"),
    ("Sosialkonsulent", "/target-groups/"),
    ("Evaluator", "/report/"),
    ("Evaluator", "/evidence/"),
    ("Leder", "/evidence/?form=four_party&theme=individual"),
    ("Leder", "/evidence/velferdstjenestelovene-2023/"),
    ("Leder", "/evidence/samverkan-2010/"),
    ("Leder", "/evidence/tiltakssatsingen-2004/"),
]
ENGLISH = re.compile(r"\b(the|you|your|and|have|what|plan is|goal|note)\b", re.IGNORECASE)
SAID = """() => {
    document.querySelectorAll("[lang=en]:not(html)").forEach(marked => marked.remove());
    return document.body.innerText;
}"""  # what is marked as English may be so
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def _open(page: Page, site: Site, who: str | None, path: str) -> list[str]:
    """The page, and what its browser complained of."""
    complaints: list[str] = []
    if who is not None:
        sign_in(page, who)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(site.path(path))
    return [text for text in complaints if "404" not in text]


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_accessible_norwegian_narrow_and_forgetful(
    page: Page, site: Site, who: str | None, path: str
) -> None:
    complaints = _open(page, site, who, path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.locator("html").get_attribute("lang") == "nb"
    assert ENGLISH.findall(page.evaluate(SAID)) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.evaluate(TOO_WIDE)


def test_answers_are_not_kept_and_load_nothing_from_elsewhere(page: Page, site: Site) -> None:
    sign_in(page, "Sosialkonsulent")
    answer = page.goto(f"/plans/{site.plan.plan_id}/")
    assert answer is not None
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"


def test_the_report_may_load_nothing_at_all(page: Page, site: Site) -> None:
    sign_in(page, "Evaluator")
    answer = page.goto("/report/document/")
    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert page.locator("h1").inner_text() == "Rapport"
