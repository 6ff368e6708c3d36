"""A young person outside school, 18 or 19 years old, with the follow-up service, and what goes wrong.

Conditions (step 4) are played in the first scenario, parents who disagree in the fifth. Not part of the
software yet, and not played: the tasks of turning 20 (step 6), somebody without an electronic identity.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect

import people
from browser.stage import Actor, Actors, client
from gate.scratch import later
from samvirke.gate.access import Role
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import operations as planning

pytestmark = pytest.mark.browser
TODAY = people.NOW.date()
NINETEEN, SEVENTEEN = date(2006, 10, 12), date(2008, 10, 12)
OF_THE_FAMILY = "Faren drikker."


@pytest.fixture
def adviser(actors: Actors) -> Actor:
    return actors.enter("Oppfølgingstjenesten", people.FOLLOW_UP_ADVISER, Role.FOLLOW_UP_ADVISER)


@pytest.fixture
def worker(actors: Actors) -> Actor:
    return actors.enter("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)


def on_plan(name: str, serial: int) -> people.OnPlan:
    """19 years old, with the follow-up service in the team; has said yes to more than work."""
    kinds = DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.SOCIAL | DataKind.HEALTH | DataKind.NETWORK
    made = people.on_plan(client(name, serial, born=NINETEEN), consent=people.terms(kinds=kinds))
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        planning.add_members(
            plan_id=made.plan_id,
            post_ids=[people.FOLLOW_UP_ADVISER],
            consent_id=made.person.consent_id,
            by=viewer,
        )
    return made


def test_by_local_agreement_and_by_no_rule(worker: Actor) -> None:
    """Step 2: nobody of 19 is young by the central rules; which rule let somebody in stays with the case."""
    for one in (client("Jonas", 31, born=NINETEEN), client("Ida", 32, born=SEVENTEEN)):
        people.record(
            replace(
                one,
                assistance_months_last_year=2,
                assistance_years_of_last_three=1,
                assessed_needs_special_help=False,
            )
        )
    worker.go("/records/")
    worker.press("Vurder sakene våre")
    worker.told("1 i målgruppen, 1 ikke")
    jonas = worker.page.locator(".record", has_text="Jonas Eksempel")
    expect(jonas).to_contain_text("Etter lokal avtale")
    expect(jonas).to_contain_text("18 eller 19 år")
    worker.go("/records/?show=refused")
    expect(worker.page.locator(".record", has_text="Ida Eksempel")).to_contain_text("Dette passer ikke")


def test_the_dream_a_school_path_and_something_to_do_meanwhile(
    actors: Actors, adviser: Actor, worker: Actor
) -> None:
    """Step 3: side by side, and each agency sees the whole without what is not its own."""
    made = on_plan("Emil", 33)
    emil = actors.enter("Emil", made.person.citizen_id, Role.CITIZEN)
    emil.press("Fortell hva du drømmer om")
    emil.page.locator("main a", has_text="Det jeg drømmer om").first.click()
    emil.write("Hva skal planen si?", "Et verksted på hjul, og vennene mine rundt.")
    emil.press("Lagre")
    plan = f"/plans/{made.plan_id}/"
    adviser.go(plan)
    adviser.press("Skriv et nytt mål")
    adviser.write("Målet med egne ord", "Jeg vil gjøre ferdig andre året.")
    adviser.choose("Hva handler målet om?", "Utdanning")
    adviser.press("Lagre målet")
    for what, with_it in (
        ("Ta matematikken opp igjen", None),
        ("Skru sykler på verkstedet", "Ta matematikken"),
    ):
        adviser.press("Avtal en ny aktivitet")
        adviser.choose("For hvilket mål?", "Jeg vil gjøre ferdig andre året.")
        adviser.write("Hva skal gjøres?", what)
        adviser.choose("Hva handler det om?", "Utdanning")
        adviser.choose("Hvem har ansvaret?", "Rådgiver, Fylkeskommunen")
        if with_it is not None:
            adviser.page.get_by_text("Hvem flere hjelper til, i hvilken rekkefølge").click()
            adviser.page.get_by_role("group", name="Hva skal foregå samtidig").get_by_label(with_it).check()
        adviser.press("Lagre aktiviteten")
        adviser.told("Aktiviteten står i planen")
    worker.go(plan)
    worker.sees("Et verksted på hjul", "Skru sykler på verkstedet")
    emil.go("/my-plan/")
    emil.sees("Et verksted på hjul", "Ta matematikken opp igjen", "Skru sykler på verkstedet")


def test_how_it_goes_by_both_of_them(actors: Actors, worker: Actor, adviser: Actor) -> None:
    """Step 5: the same questions to both, and who sees the own answers is the young person's choice."""
    made = on_plan("Sara", 34)
    sara = actors.enter("Sara", made.person.citizen_id, Role.CITIZEN)
    sara.menu("Min plan")
    sara.press("Slik går det")
    sara.press("Svar på spørsmålene")
    for name, value in (("trust", 6), ("job-chance", 4)):
        sara.page.locator(f"[name=item-{name}][value='{value}']").check()
    sara.tick("Bare Oppfølgingstjenesten, Fylkeskommunen")
    sara.press("Lagre svarene")
    page = f"/plans/{made.plan_id}/progress/"
    worker.go(page)
    worker.sees("Ingenting som du kan se, er besvart ennå.")
    adviser.go(page)
    adviser.never_sees("Ingenting som du kan se, er besvart ennå.")
    adviser.press("Skriv ditt eget syn")
    adviser.page.locator("[name=item-job-chance][value='7']").check()
    adviser.press("Lagre svarene")
    adviser.sees("Oppfølgingstjenesten", "Tro på jobb eller utdanning")
    with later(92):
        adviser.go("/assessments-due/")
        adviser.sees("Sara Eksempel", "2. juni 2026")


def test_the_follow_up_service_reads_nothing_of_home(adviser: Actor, worker: Actor) -> None:
    """Wrong: the school has no right to what the social service knows."""
    made = on_plan("Amir", 35)
    plan = f"/plans/{made.plan_id}/"
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        planning.write_note(plan_id=made.plan_id, kind=DataKind.NETWORK, text=OF_THE_FAMILY, by=viewer)
    worker.go(plan)
    worker.sees(OF_THE_FAMILY)
    for page in (plan, f"{plan}easy/"):
        adviser.go(page)
        adviser.sees("Amir Eksempel")
        adviser.never_sees(OF_THE_FAMILY)


def test_a_young_person_in_two_municipalities_has_one_plan(actors: Actors, worker: Actor) -> None:
    """Wrong: in two municipalities. The second is told nothing, and whom to ask."""
    made = on_plan("Lea", 36)
    other = client("Lea", 36, born=NINETEEN)
    record = people.record(other, system=people.STRANGER_SYSTEM, unit=people.SOCIAL_NORDENG)
    stranger = actors.enter("Sosialkonsulent i Nordeng", people.STRANGER, Role.SOCIAL_WORKER)
    stranger.go(f"/records/{record}/")
    stranger.never_sees("Individuell plan", "Fylkeskommunen")
    stranger.tick("Koordinerende enhet")
    stranger.choose("Hvordan sa personen ja?", "på papir, med underskrift")
    stranger.press("Vis hva personen blir spurt om")
    stranger.press("Personen sier ja")
    stranger.sees("Ring koordinerende enhet")
    assert stranger.gets(f"/plans/{made.plan_id}/") == 404
