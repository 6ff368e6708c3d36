"""Long-term social assistance and a joint effort: from the own caseload to a job, and what goes wrong.

Not part of the software yet, and not played: what a course pays and what the benefits come to (step 7), a
measure that is transferred but retained, an organiser who is changed after a tender.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

import people
from browser.stage import Actor, Actors, client
from gate.scratch import later
from samvirke.gate.access import Role
from samvirke.kernel.gate_words import DataKind

pytestmark = pytest.mark.browser
TODAY = people.NOW.date()
PAPER = "på papir, med underskrift"
OF_HEALTH = "Sover dårlig etter nattevakter."


@pytest.fixture
def worker(actors: Actors) -> Actor:
    return actors.enter("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)


@pytest.fixture
def nav(actors: Actors) -> Actor:
    return actors.enter("Veileder", people.NAV_ADVISER, Role.NAV_ADVISER)


@pytest.fixture
def coordinator(actors: Actors) -> Actor:
    return actors.enter("Koordinator", people.COORDINATOR, Role.COORDINATOR)


def test_from_the_own_caseload_to_a_plan_of_two_agencies(
    actors: Actors, worker: Actor, nav: Actor, coordinator: Actor
) -> None:
    client = people.Client(assessed_at_risk=None)
    record_id = people.record(client)
    leader = actors.enter("Navleder", people.NAV_LEADER, Role.UNIT_LEADER)
    screened(worker)
    assert nav.gets(f"/records/{record_id}/") == leader.gets(f"/records/{record_id}/") == 404
    asked(worker)
    leader.go("/worklist/")
    leader.press("Ta imot Kari Eksempel")
    leader.told("Den er tatt imot")
    planned(worker)
    plan = urlparse(worker.page.url).path
    coordinator.go(plan)
    noted(coordinator, "Helse", OF_HEALTH)
    nav.go(plan)
    nav.sees("Kari Eksempel", "Jeg vil ha en jobb")
    nav.never_sees(OF_HEALTH)


def screened(worker: Actor) -> None:
    """Step 1: which criterion hits, and what somebody must assess; in the own office's cases alone."""
    worker.press("Se våre egne saker")
    worker.press("Vurder sakene våre")
    worker.told("1 vet vi ikke ennå")
    worker.sees("Vurdert å stå i fare for å falle varig ut av arbeidslivet")
    worker.press("Kari Eksempel")
    worker.press("Vurder det fagsystemet ikke sier")
    worker.choose("Er personen i ferd med å miste", "Ja")
    worker.press("Lagre og vurder på nytt")
    worker.sees("I målgruppen: Langtidsmottaker av sosialhjelp", "Sosialhjelp i mer enn seks måneder")


def asked(worker: Actor) -> None:
    """Step 3: what is shared between whom until when; she keeps her health from nobody but Nav's role."""
    worker.tick("Helse")
    for office in ("Koordinerende enhet", "Nav Fjordvik"):
        worker.tick(office)
    worker.choose("Hvordan sa personen ja?", PAPER)
    worker.press("Vis hva personen blir spurt om")
    worker.sees("Kari, sier du ja til at vi og kontorene nedenfor lager én plan sammen med deg?")
    worker.press("Personen sier ja")
    worker.press("Henvis personen Nav Fjordvik")
    worker.told("Personen er henvist")


def planned(worker: Actor) -> None:
    """Step 5: begun once, and Nav joins."""
    worker.press("Start planen")
    worker.tick("Individuell plan (IP)")
    worker.choose("Hvilken enhet koordinerer?", "Koordinerende enhet")
    worker.choose("Hvem er stedfortreder?", "Koordinator 2, Koordinerende enhet")
    worker.write("Når går dere gjennom den neste gang?", (TODAY + timedelta(days=90)).isoformat())
    worker.press("Start planen")
    worker.told("Planen er startet")
    worker.press("Skriv et nytt mål")
    worker.write("Målet med egne ord", "Jeg vil ha en jobb der jeg får bruke hendene.")
    worker.choose("Hva handler målet om?", "Arbeid")
    worker.press("Lagre målet")
    for joins in ("Veileder 1, Nav Fjordvik", "Koordinator 1, Koordinerende enhet"):
        worker.press("La noen bli med i planen")
        worker.choose("Hvem blir med?", joins)
        worker.press("Ta med i planen")
        worker.told("er med i planen")


def noted(worker: Actor, kind: str, text: str) -> None:
    """A note, which goes only to those whose role reads what it is about."""
    worker.write("Notatet", text)
    worker.choose("Hva handler notatet om?", kind)
    worker.press("Lagre notatet")
    worker.told("Notatet er lagret")


def test_a_meeting_of_three_and_a_yes_to_what_was_agreed(actors: Actors, worker: Actor, nav: Actor) -> None:
    """Steps 4 and 5."""
    made = people.on_plan(client("Kari Anne", 10))
    kari = actors.enter("Kari Anne", made.person.citizen_id, Role.CITIZEN)
    plan = f"/plans/{made.plan_id}/"
    worker.go(plan)
    worker.press("Kall inn til møte")
    worker.choose("Hva slags møte?", "Trekantsamtale")
    worker.write("Hvilken dag?", TODAY.isoformat())
    worker.write("Hva mer skal dere snakke om?", "Gjelden")
    worker.press("Kall inn")
    worker.page.locator("#meetings article", has_text="Gjelden").get_by_role("link").click()
    worker.press("Start møtet")
    point = worker.page.locator(".hold__point", has_text="Gjelden")
    worker.write("Hva skal gjøres?", "Ordne opp i gjelden den første uka", within=point)
    worker.choose("Hvem har ansvaret?", "Veileder 1", within=point)
    worker.choose("Var personen med?", "Ja")
    worker.write("Hva ble dere enige om, kort sagt?", "Gjelden først, praksisplass etterpå.")
    worker.press("Skriv referatet og send forslagene")
    worker.sees("Forslag, ikke bestemt")
    worker.go(plan)
    expect(worker.page.locator("#actions")).not_to_contain_text("Ordne opp i gjelden")
    nav.go("/proposals/")
    nav.page.locator(".case", has_text="Ordne opp i gjelden").get_by_role("link").first.click()
    nav.choose("Tar du dette?", "Ja, jeg tar ansvaret")
    nav.press("Lagre svaret mitt")
    worker.go(plan)
    expect(worker.page.locator("#actions")).to_contain_text("Ordne opp i gjelden den første uka")
    kari.go("/my-plan/")
    kari.sees("Gjelden først, praksisplass etterpå.", "Ordne opp i gjelden den første uka")
    kari.press("Det vi er enige om, og hvem som har sagt ja")
    kari.press("Ta vare på planen som en versjon")
    kari.choose("Er du enig i planen", "Ja, jeg er enig")
    kari.press("Lagre svaret")
    kari.sees("Enig")
    assert kari.gets("/my-plan/document/") == 200


def test_a_place_for_one_and_a_queue_for_the_next(actors: Actors, coordinator: Actor) -> None:
    """Step 6: the course has one place. Who comes second waits, is told why in vain, and is counted."""
    first, second = people.on_plan(client("Berit", 11)), people.on_plan(client("Anita", 12))
    nav, anita = (
        actors.enter("Veileder", people.NAV_ADVISER, Role.NAV_ADVISER),
        actors.enter("Anita", second.person.citizen_id, Role.CITIZEN),
    )
    for one in (first, second):
        coordinator.go(f"/plans/{one.plan_id}/")
        coordinator.press("Noter hva personen er klar for")
        coordinator.choose("Hva er personen klar for?", "Opplæring")
        coordinator.press("Noter det")
        coordinator.told("Personen venter fra i dag")
    nav.menu("Plasser")
    nav.press("Berit Eksempel")
    nav.choose("Hvilket tilbud?", "Kurs i butikk, Kurs i butikk AS")
    nav.write("Første dag", TODAY.isoformat())
    nav.press("Tildel plassen")
    nav.told("Personen ser det nå")
    nav.menu("Plasser")
    nav.press("Anita Eksempel")
    nav.sees("Alle plassene enheten din har, er opptatt.")
    anita.go("/my-plan/")
    anita.sees("Du har ventet i 0 dager på plass på kurs eller opplæring.")
    nav.page.get_by_text("Personen får ikke plass", exact=True).click()
    nav.choose("Hvorfor får ikke personen plass?", "Det er ingen ledig plass")
    nav.press("Si fra om at personen ikke får plass")
    anita.go("/my-plan/")
    anita.sees("Du fikk ikke plass. Begrunnelsen fra 2. mars 2026: Det er ingen ledig plass.")


def test_the_deputy_has_the_same_list_while_the_coordinator_is_away(actors: Actors) -> None:
    """Wrong: on sick leave."""
    made = people.on_plan(client("Cecilie", 13))
    leader = actors.enter("Enhetsleder", people.COORDINATION_LEADER, Role.UNIT_LEADER)
    deputy = actors.enter("Stedfortreder", people.OTHER_COORDINATOR, Role.COORDINATOR)
    assert deputy.gets(f"/plans/{made.plan_id}/") == 404
    leader.menu("Jeg er borte")
    leader.choose("Hvem er borte?", "Leder for koordinerende enhet")
    leader.write("Første dag borte", TODAY.isoformat())
    leader.write("Første dag tilbake", (TODAY + timedelta(days=14)).isoformat())
    leader.press("Lagre")
    expect(leader.page.get_by_role("row", name="Cecilie Eksempel")).to_contain_text("Koordinator 2")
    deputy.menu("Mine planer")
    deputy.press("Cecilie Eksempel")
    deputy.sees("Jeg vil ha en jobb", "Avtal en ny aktivitet")
    leader.press("Tilbake i dag")
    leader.told("Koordinatoren er tilbake fra i dag")


def test_a_move_within_the_joint_effort_takes_the_plan_along(actors: Actors, coordinator: Actor) -> None:
    """Wrong: moves to the other municipality."""
    made = people.on_plan(client("Dina", 14))
    dina = actors.enter("Dina", made.person.citizen_id, Role.CITIZEN)
    worker = actors.enter("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)
    coordinator.go(f"/plans/{made.plan_id}/")
    coordinator.press("Personen flytter til en annen kommune")
    coordinator.choose("Hvor flytter personen?", "Nordeng")
    coordinator.press("Se hvem som går ut, og hvem som blir spurt")
    coordinator.sees("Nav Fjordvik", "Sosialtjenesten i Fjordvik", "Sosialtjenesten i Nordeng")
    coordinator.choose("Hvordan sa personen ja til de nye enhetene?", PAPER)
    coordinator.press("Lagre flyttingen")
    coordinator.told("De gamle enhetene ser ikke planen lenger, og de nye er spurt.")
    assert worker.gets(f"/plans/{made.plan_id}/") == 404
    dina.go("/my-plan/")
    dina.sees("Jeg vil ha en jobb")
    leader = actors.enter("Leder i Nordeng", people.STRANGER_LEADER, Role.UNIT_LEADER)
    leader.press("Ta imot Dina Eksempel")
    leader.told("Den er tatt imot")


def test_a_consent_taken_back_stops_the_sharing_at_once(actors: Actors, nav: Actor) -> None:
    """Wrong: withdraws. What was shared stays told to her, and the office keeps its own case."""
    made = people.on_plan(client("Eli", 15))
    eli = actors.enter("Eli", made.person.citizen_id, Role.CITIZEN)
    worker = actors.enter("Sosialkonsulent", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)
    plan = f"/plans/{made.plan_id}/"
    nav.go(plan)
    nav.sees("Eli Eksempel")
    eli.menu("Mine samtykker")
    eli.press("Trekk tilbake dette samtykket")
    eli.sees("Det en etat alt har skrevet i sin egen sak, blir stående der.")
    eli.press("Trekk samtykket tilbake nå")
    assert nav.gets(plan) == worker.gets(plan) == 404
    worker.go("/records/?show=not_screened")
    worker.sees("Eli Eksempel")
    eli.menu("Hvem har sett")
    eli.sees("Nav Fjordvik")


def test_after_the_job_somebody_calls(actors: Actors, coordinator: Actor) -> None:
    """Step 8: in a job, followed after 1, 3, 6 and 12 months."""
    made = people.on_plan(client("Frida", 16))
    frida = actors.enter("Frida", made.person.citizen_id, Role.CITIZEN)
    plan = f"/plans/{made.plan_id}/"
    coordinator.go(plan)
    coordinator.press("Avslutt planen")
    coordinator.choose("Hvorfor avsluttes planen?", "Fikk jobb")
    coordinator.choose("Hva lever personen av nå?", "Lønn")
    coordinator.choose("Hva gjør personen nå?", "Ordinær jobb")
    coordinator.press("Avslutt planen")
    coordinator.go(plan)
    coordinator.press("Avtal samtaler")
    for month in ("etter én måned", "etter tre måneder", "etter seks måneder", "etter ett år"):
        coordinator.tick(month)
    coordinator.press("Lagre")
    coordinator.told("Samtalen kommer på listen til den som koordinerer planen.")
    frida.go("/my-plan/")
    frida.sees("Vi ringer deg", "2. april 2026", "2. juni 2026", "2. september 2026", "2. mars 2027")
    leader = actors.enter("Enhetsleder", people.COORDINATION_LEADER, Role.UNIT_LEADER)
    with later(31):
        leader.go("/worklist/")
        leader.sees("Samtaler du skal ta", "Ring innen")
        leader.page.locator(".case", has_text="Frida Eksempel").get_by_role("link").first.click()
        leader.choose("Hva gjør personen nå?", "Ordinær jobb")
        leader.choose("Hva lever personen av nå?", "Lønn")
        leader.choose("Ønsker personen å åpne planen på nytt?", "Nei")
        leader.press("Lagre")
        leader.told("Samtalen er notert")


def test_nothing_is_taken_before_everybody_was_heard(actors: Actors, worker: Actor, nav: Actor) -> None:
    """Wrong: does not meet. Asked why, explained by who follows it up, talked with; and something is left."""
    kinds = DataKind.EMPLOYMENT | DataKind.ECONOMY
    made = people.on_plan(client("Gro", 17), consent=people.terms(kinds=kinds))
    gro = actors.enter("Gro", made.person.citizen_id, Role.CITIZEN)
    worker.go(f"/plans/{made.plan_id}/")
    worker.press("Vilkår")
    worker.press("Sett et vilkår")
    worker.choose("Hvilken ytelse?", "Sosialhjelp")
    worker.write("Hva ber dere personen gjøre?", "Møte på kurset.")
    worker.write("Når vurderer dere det på nytt?", (TODAY + timedelta(days=30)).isoformat())
    worker.choose("Er det noen ved et annet kontor", "Veileder 1, Nav")
    worker.press("Lagre")
    worker.sees("Skriv hvorfor. Personen leser det.", "Skriv hva personen kan gjøre i stedet.")
    worker.write("Hvorfor?", "Det er kurset du selv ba om.")
    worker.write("Hva kan personen gjøre i stedet?", "Praksis i kantina.")
    worker.write("Hva skjer hvis det ikke blir holdt?", "Vi spør deg hvorfor.")
    worker.press("Lagre")
    for status, words in (("Ikke holdt", "Møtte ikke."), ("Personen ble spurt hvorfor", "Ringte.")):
        worker.press("Gå videre med vilkåret")
        worker.choose("Hva har skjedd?", status)
        worker.write("Fortell om det", words)
        worker.press("Lagre")
    worker.sees("Ingenting kan trekkes ennå.", "en forklaring fra den som følger opp", "en samtale")
    worker.never_sees("Før inn hva et vedtak trakk")
    gro.go("/my-plan/conditions/")
    gro.sees("Møte på kurset.", "Praksis i kantina.")
    gro.press("Si hva du mener")
    gro.write("Med egne ord", "Bussen går ikke så tidlig.")
    gro.press("Send")
    nav.go(f"/plans/{made.plan_id}/conditions/")
    nav.sees("Bussen går ikke så tidlig.")
    nav.press("Forklar hva som skjedde")
    nav.write("Med egne ord", "Kurset ble flyttet.")
    nav.press("Lagre")
    worker.go(f"/plans/{made.plan_id}/conditions/")
    worker.press("Gå videre med vilkåret")
    worker.choose("Hva har skjedd?", "En samtale ble holdt")
    worker.write("Fortell om det", "Vi fant en annen buss.")
    worker.press("Lagre")
    worker.press("Før inn hva et vedtak trakk")
    worker.write("Hvor mye er igjen per dag", "0")
    worker.press("Lagre")
    worker.sees("Noe må være igjen.")
