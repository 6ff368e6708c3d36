"""A child with complex needs: told once, applied for with the same words, coordinated, and what goes wrong.

Not part of the software yet, and not played: the yearly survey of families (step 7), the hand-over at 16
and 18 (step 8).
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

import people
from applications.stand_ins import applied
from browser.stage import Actor, Actors, client
from gate.scratch import later
from samvirke.gate.access import Role
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import operations as planning

pytestmark = pytest.mark.browser
TODAY = people.NOW.date()
SOON = (TODAY + timedelta(days=14)).isoformat()
DIAGNOSIS = "Utredes for epilepsi."
WORDS = "Vi sover ikke, og ingen sier hvem vi skal ringe."


@pytest.fixture(scope="module")
def family(place: object) -> people.Family:
    """Liv lives with her mother, whose address is protected; her father lives elsewhere."""
    return people.family()


@pytest.fixture
def father(actors: Actors, family: people.Family) -> Actor:
    return actors.enter("Far", family.father.person.citizen_id, Role.CITIZEN)


@pytest.fixture
def mother(actors: Actors, family: people.Family) -> Actor:
    return actors.enter("Mor", family.mother.person.citizen_id, Role.CITIZEN)


@pytest.fixture
def coordinator(actors: Actors) -> Actor:
    return actors.enter("Koordinator", people.COORDINATOR, Role.COORDINATOR)


def test_told_once_and_applied_for_with_the_same_words(father: Actor, coordinator: Actor) -> None:
    """Steps 1, 3 and 4."""
    father.menu("Be om hjelp")
    father.press("Fortell hva som skjer")
    father.write("Hva er det som skjer?", WORDS)
    father.write("Hva ville hjelpe mest?", "Én som vet hvem som kan hjelpe.")
    father.choose("Haster det?", "Det kan vente noen dager")
    father.choose("Hvem skal svare?", "Koordinerende enhet")
    father.press("Send")
    father.sees("Hva du kan ha rett til", "Det er ikke et løfte")
    father.press("Søk med de samme ordene : Barnekoordinator")
    expect(father.page.get_by_label("Hvorfor trenger du det?")).to_have_value(WORDS)
    father.choose("Hvem skal svare?", "Koordinerende enhet")
    father.press("Send søknaden")
    coordinator.menu("Henvendelser")
    coordinator.page.locator(".case").get_by_role("link").first.click()
    coordinator.sees(WORDS)
    coordinator.write("Innen hvilken dag får personen svar?", SOON)
    coordinator.press("Vi har lest det")
    refused(coordinator)
    father.menu("Søknader")
    father.sees("Avslått", "Du kan klage til og med 16. mars 2026")
    father.page.locator("main").get_by_role("link", name="Barnekoordinator").first.click()
    father.sees("Barnet får ikke tjenester fra flere.")
    father.page.get_by_text("Noter hvor mye tid du har brukt").click()
    father.write("Hvor mange timer har du brukt", "3.5")
    father.press("Lagre tiden")
    father.write("Hva er du uenig i?", "Hun får hjelp fra tre.")
    father.press("Send klagen")
    father.sees("Klaget")


def refused(unit: Actor) -> None:
    """The office says no, why, and until when one can appeal."""
    unit.menu("Søknader")
    unit.page.locator(".case").get_by_role("link").first.click()
    unit.sees(WORDS)
    unit.write("Innen hvilken dag får personen svar?", SOON)
    unit.press("Vi har den")
    unit.page.get_by_text("Den er avslått", exact=True).click()
    unit.write("Hvorfor er den avslått?", "Barnet får ikke tjenester fra flere.")
    unit.write("Til og med hvilken dag kan personen klage?", SOON)
    unit.press("Før inn at den er avslått")


def test_the_child_coordinator_accepts_and_the_mandate_is_in_writing(
    actors: Actors, family: people.Family, coordinator: Actor, father: Actor
) -> None:
    """Step 2: appointed, accepted, with authority in writing; nothing tells the father of the place."""
    leader = actors.enter("Enhetsleder", people.COORDINATION_LEADER, Role.UNIT_LEADER)
    plan = f"/plans/{family.father.plan_id}/"
    leader.go(plan)
    leader.press("Spør noen om å koordinere")
    leader.choose("Hvem skal koordinere?", "Koordinator 1")
    leader.choose("Hvem er stedfortreder?", "Koordinator 2")
    leader.press("Send spørsmålet")
    leader.sees("som ikke har svart ennå")
    coordinator.menu("Mine planer")
    coordinator.press("Si ja")
    coordinator.told("Du koordinerer planen fra")
    coordinator.go(f"/plans/{family.plan_id}/")
    coordinator.press("Hva koordinatoren kan gjøre")
    coordinator.sees("Barnekoordinator")
    father.go("/my-plan/")
    father.press("Hva koordinatoren kan gjøre")
    father.never_sees(*people.CANARY_WORDS)


def test_who_coordinates_and_decides_on_what_one_applies_for_is_told(actors: Actors) -> None:
    """Step 2: the conflict of interest, said to both until it is answered."""
    made = people.on_plan(client("Tone", 23))
    tone = actors.enter("Tone", made.person.citizen_id, Role.CITIZEN)
    leader = actors.enter("Enhetsleder", people.COORDINATION_LEADER, Role.UNIT_LEADER)
    leader.go(f"/applications/{applied(made)}/")
    leader.write("Innen hvilken dag får personen svar?", SOON)
    leader.press("Vi har den")
    tone.go("/my-plan/")
    tone.sees("Koordinatoren avgjør også det du har søkt om.")
    leader.go(f"/plans/{made.plan_id}/")
    leader.sees("Koordinatoren avgjør også det personen har søkt om.")


def test_both_parents_answer_and_the_child_is_heard_first(
    actors: Actors, family: people.Family, mother: Actor, father: Actor
) -> None:
    """Step 6. Wrong: the parents disagree. Nothing is shared, and neither is told the other's reason."""
    worker = actors.enter("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)
    worker.go(f"/persons/{family.child.person_id}/guardians/")
    worker.press("Be om et samtykke")
    worker.tick("Utdanning")
    worker.tick("Koordinerende enhet")
    worker.tick("For å samarbeide om planen")
    worker.choose("Hvilken plan gjelder det?", "Den felles planen")
    worker.write("Til når?", SOON)
    worker.choose("Hvordan svarer de?", "Spør hver av dem på deres egen side")
    worker.press("Spør, eller noter svaret")
    worker.sees("Spør barnet først, og velg hva det sa.")
    worker.choose("Hva mener barnet?", "Barnet er enig")
    worker.press("Spør, eller noter svaret")
    mother.go("/my-plan/")
    mother.press("Du blir spurt om Liv")
    mother.press("Ja, dette kan deles")
    mother.sees("Ingenting blir delt")
    father.go("/my-plan/")
    father.press("Du blir spurt om Liv")
    father.never_sees("Barnet er enig")
    father.press("Nei")
    for parent in (mother, father):
        parent.go("/my-children/")
        parent.sees("Noen har sagt nei")
        parent.never_sees("Barnet er enig")
    father.never_sees(*people.CANARY_WORDS)
    worker.go(f"/persons/{family.child.person_id}/guardians/")
    worker.sees("Noen har sagt nei, så ingenting blir delt.")


def test_nobody_learns_of_a_diagnosis_whose_role_does_not_need_it(actors: Actors, coordinator: Actor) -> None:
    """Wrong: the school sees the diagnosis. It is not in the plan the adviser reads, nor in its document."""
    consent = people.terms(kinds=DataKind.HEALTH | DataKind.EDUCATION)
    made = people.on_plan(client("Jonas", 22), consent=consent)
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        planning.add_members(
            plan_id=made.plan_id,
            post_ids=[people.FOLLOW_UP_ADVISER],
            consent_id=made.person.consent_id,
            by=viewer,
        )
    for kind, text in ((DataKind.HEALTH, DIAGNOSIS), (DataKind.EDUCATION, "Begynner i mars.")):
        with people.acting_as(people.COORDINATOR) as viewer:
            planning.write_note(plan_id=made.plan_id, kind=kind, text=text, by=viewer)
    school = actors.enter("Rådgiver", people.FOLLOW_UP_ADVISER, Role.FOLLOW_UP_ADVISER)
    young = actors.enter("Jonas", made.person.citizen_id, Role.CITIZEN)
    young.go("/my-plan/")
    young.sees(DIAGNOSIS, "Begynner i mars.")
    for page in (f"/plans/{made.plan_id}/", f"/plans/{made.plan_id}/easy/"):
        school.go(page)
        school.sees("Jonas Eksempel")
        school.never_sees(DIAGNOSIS)
    school.go(f"/plans/{made.plan_id}/")
    school.sees("Begynner i mars.")


def test_who_is_told_not_to_inform_can_say_so_and_the_family_reads_its_rights_all_the_same(
    coordinator: Actor, father: Actor
) -> None:
    """Wrong: told not to inform. The catalogue of rights is the same whoever pays."""
    coordinator.menu("Mine planer")
    coordinator.press("Har du fått beskjed om ikke å informere?")
    coordinator.choose("Hva fikk du beskjed om", "En tjeneste man kan søke om")
    coordinator.choose("Hvor kom det fra?", "Lederen for eget kontor")
    coordinator.press("Tell det med")
    coordinator.told("talt med")
    father.menu("Rettigheter")
    father.sees("Barnekoordinator", "Det er ikke et løfte")


def test_when_the_coordinator_leaves_no_day_is_without_one(actors: Actors) -> None:
    """Wrong: the coordinator leaves. Until somebody has said yes, the one who had it has it."""
    made = people.on_plan(client("Kari", 21))
    leader = actors.enter("Enhetsleder", people.COORDINATION_LEADER, Role.UNIT_LEADER)
    next_one = actors.enter("Neste koordinator", people.OTHER_COORDINATOR, Role.COORDINATOR)
    kari = actors.enter("Kari", made.person.citizen_id, Role.CITIZEN)
    leader.go(f"/plans/{made.plan_id}/")
    leader.press("Spør noen om å koordinere")
    leader.choose("Hvem skal koordinere?", "Koordinator 2")
    leader.choose("Hvem er stedfortreder?", "Koordinator 1")
    leader.press("Send spørsmålet")
    kari.go("/my-plan/")
    expect(kari.page.locator("#coordinator")).to_contain_text("Leder for koordinerende enhet")
    next_one.menu("Mine planer")
    next_one.press("Si ja")
    with later(1):
        kari.go("/my-plan/")
        expect(kari.page.locator("#coordinator")).to_contain_text("Koordinator 2")
