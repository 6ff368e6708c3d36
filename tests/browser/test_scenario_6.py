"""Denmark: one plan in place of two, with an exemption that ends, and what goes wrong.

Not part of the software yet, and not played: sending to a digital mailbox, and writing back to the sectors'
systems with its queue (step 5). How it goes over time (step 6) is played in the second scenario; protections
that lapse stand in `gate/test_places.py`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

import people
from browser import abroad
from browser.abroad import Abroad
from browser.stage import Actor, Actors
from gate.scratch import later
from samvirke.gate.access import Role
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import operations as planning
from samvirke.surfaces.commands.demo import denmark

pytestmark = pytest.mark.browser
AT_HOME = "Huslejen er ikke betalt."


@pytest.fixture(scope="module")
def both(place: object) -> list[Abroad]:
    """Mette and Lars have said yes on paper; job centre and social department are in their teams."""
    return abroad.begun_today(denmark.neighbour(), "Mette", "Lars")


@pytest.fixture(scope="module")
def mette(both: list[Abroad]) -> Abroad:
    return both[0]


@pytest.fixture
def citizen(actors: Actors, mette: Abroad) -> Actor:
    return actors.enter("Mette Holmgaard", mette.citizen_id, Role.CITIZEN, country=Country.DENMARK)


@pytest.fixture
def adviser(actors: Actors, mette: Abroad) -> Actor:
    return actors.enter("Jobrådgiver", mette.post("job/1"), Role.EMPLOYMENT_ADVISER, country=Country.DENMARK)


@pytest.fixture
def supporter(actors: Actors, mette: Abroad) -> Actor:
    return actors.enter("Socialrådgiver", mette.post("social/1"), Role.SOCIAL_WORKER, country=Country.DENMARK)


def test_one_plan_holds_what_two_asked_for_and_nothing_is_written_twice(
    adviser: Actor, mette: Abroad
) -> None:
    """Steps 1, 2 and 5: everything of both plans is filled, and what was spared is counted."""
    adviser.go(f"/plans/{mette.plan_id}/")
    law = adviser.page.locator("main")
    for kind in (
        "Helhetlig plan (helhedsorienteret plan)",
        "Min plan",
        "Handlingsplan for voksne (handleplan)",
    ):
        expect(law).to_contain_text(kind)
    adviser.sees("Skrevet én gang", "Hver for seg ville de spurt om 17 ting; her er det 12.")
    adviser.never_sees("Mangler")
    assert adviser.gets(f"/plans/{mette.plan_id}/document/") == 200


def test_the_citizen_dreams_first_and_reads_the_plan_in_danish(
    citizen: Actor, adviser: Actor, mette: Abroad
) -> None:
    """Step 4."""
    citizen.sees("Det, jeg ønsker", "Virksomhedspraktik i et snedkeri")
    citizen.press("Fortæl, hvad du drømmer om")
    citizen.page.locator("main a", has_text="Det, jeg drømmer om").first.click()
    citizen.page.get_by_role("textbox").first.fill("Et værksted med dyr.")
    citizen.page.locator("main").get_by_role("button").first.click()
    adviser.go(f"/plans/{mette.plan_id}/")
    adviser.sees("Et værksted med dyr.")


def test_an_exemption_ends_and_is_recalled_to_mind_before(
    actors: Actors, adviser: Actor, both: list[Abroad]
) -> None:
    """Step 3: with law, municipality and days; when it is over, the plan asks for it again."""
    _, lars = both
    adviser.go(f"/plans/{lars.plan_id}/")
    adviser.sees("Planen mangler 12 ting")
    leader = actors.enter("Leder", lars.post("job/leader"), Role.UNIT_LEADER, country=Country.DENMARK)
    leader.go("/exemptions/new/")
    leader.choose("I hvilken kommune?", "Bøgelund")
    leader.choose("Hva trenger en plan ikke", "Min plan: Mål for jobb")
    leader.write("Hva bygger det på?", "Lov om frikommuner § 4")
    leader.write("Hvorfor?", "Uten fast møterytme.")
    leader.write("Fra", people.NOW.date().isoformat())
    leader.write("Siste dag", (people.NOW.date() + timedelta(days=40)).isoformat())
    leader.press("Lagre")
    leader.sees("Lov om frikommuner § 4", "11. april 2026")
    adviser.go(f"/plans/{lars.plan_id}/")
    adviser.sees("Planen mangler 11 ting", "fritatt")
    with later(41):
        adviser.go(f"/plans/{lars.plan_id}/")
        adviser.sees("Planen mangler 12 ting")


def test_the_supporter_sees_the_own_part_alone(adviser: Actor, supporter: Actor, mette: Abroad) -> None:
    """Visible: what is about health is not the job centre's."""
    with people.acting_as(mette.post("social/1")) as viewer:
        planning.write_note(plan_id=mette.plan_id, kind=DataKind.HOUSING, text=AT_HOME, by=viewer)
    supporter.go(f"/plans/{mette.plan_id}/")
    supporter.sees(AT_HOME)
    adviser.go(f"/plans/{mette.plan_id}/")
    adviser.never_sees(AT_HOME)


def test_a_consent_taken_back_closes_it_at_once(
    citizen: Actor, adviser: Actor, supporter: Actor, mette: Abroad
) -> None:
    """Wrong: withdrawn. The last of the story, for nothing is shared after it."""
    citizen.menu("Mine samtykker")
    citizen.press("Træk dette samtykke tilbage")
    citizen.press("Træk samtykket tilbage nu")
    for worker in (adviser, supporter):
        assert worker.gets(f"/plans/{mette.plan_id}/") == 404
    citizen.menu("Min plan")
    citizen.sees("Mette Holmgaard")
