"""Sweden: rehabilitation by a coordination association that pays and decides on nobody, and what goes wrong.

The survey to participants, staff and boards (step 6) is not part of the software yet.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

import people
from browser import abroad
from browser.abroad import Abroad
from browser.stage import Actor, Actors
from samvirke.gate.access import Role
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import Purpose
from samvirke.people import merge, nordic_ids
from samvirke.surfaces.commands.demo import sweden

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ingrid(place: object) -> Abroad:
    """Ingrid has said yes on paper; insurance, employment service, region and municipality help her."""
    (found,) = abroad.begun_today(sweden.neighbour(), "Ingrid")
    sweden.state_funding(people.NOW)
    return found


@pytest.fixture
def work(actors: Actors, ingrid: Abroad) -> Actor:
    post = ingrid.post("work/1")
    return actors.enter("Arbetsförmedlare", post, Role.EMPLOYMENT_ADVISER, country=Country.SWEDEN)


@pytest.fixture
def health(actors: Actors, ingrid: Abroad) -> Actor:
    post = ingrid.post("health/1")
    return actors.enter("Vårdsamordnare", post, Role.HEALTH_WORKER, country=Country.SWEDEN)


@pytest.fixture
def chief(actors: Actors, ingrid: Abroad) -> Actor:
    return actors.enter(
        "Förbundschef",
        sweden.leader(),
        Role.PARTNERSHIP_LEADER,
        purpose=Purpose.STATISTICS,
        country=Country.SWEDEN,
    )


@pytest.fixture
def coordinator(actors: Actors, ingrid: Abroad) -> Actor:
    post = ingrid.post("coordination/leader")
    return actors.enter("Samordnare", post, Role.UNIT_LEADER, country=Country.SWEDEN)


def test_work_and_health_go_on_side_by_side_behind_their_own_doors(
    actors: Actors, work: Actor, health: Actor, ingrid: Abroad
) -> None:
    """Steps 1, 2 and 4. Wrong: secrecy between the boards."""
    citizen = actors.enter("Ingrid", ingrid.citizen_id, Role.CITIZEN, country=Country.SWEDEN)
    citizen.sees("Jag vill orka mer.", "Arbetsträning på ett lager", "Samtal på vårdcentralen")
    work.go(f"/plans/{ingrid.plan_id}/")
    work.sees("Samordnet individuell plan (SIP)", "Arbetsträning på ett lager")
    work.never_sees("Samtal på vårdcentralen")
    health.go(f"/plans/{ingrid.plan_id}/")
    health.sees("Samtal på vårdcentralen")
    health.never_sees("Arbetsträning på ett lager")


def test_the_association_pays_counts_and_decides_on_nobody(chief: Actor, ingrid: Abroad) -> None:
    """Steps 1 and 3. Wrong: the association wants to decide on somebody; the shares do not add up."""
    chief.sees("Det bestemmer ikke over noen og ser ingen enkeltpersoner.")
    for party, share, money in (
        ("Försäkringskassan", "1/2", "3 275 000,50"),
        ("Granviks kommun", "1/4", "1 637 500,25"),
        ("Oppgitt sum", "1", "6 550 001,00"),
    ):
        row = chief.page.get_by_role("row", name=party).first
        expect(row).to_contain_text(share)
        expect(row).to_contain_text(re.compile(money.replace(" ", r"\s")))
    chief.sees("Deltok uten navn, og er bare talt: 7", "færre enn fem")
    chief.never_sees("Ingrid")
    for path in (f"/plans/{ingrid.plan_id}/", "/worklist/", "/records/", f"/plans/{ingrid.plan_id}/end/"):
        assert chief.gets(path) == 404


def test_one_person_at_two_parties_is_counted_once(actors: Actors, ingrid: Abroad) -> None:
    """Wrong: counted twice. Who was read in under two numbers is found by the party, and made one."""
    with people.acting_as(ingrid.post("social/integration"), Purpose.SERVICE) as viewer:
        rows = [swede(serial) for serial in (51, 52)]
        unit, home = ingrid.post("social"), rows[0].municipality
        merge.merge_records(rows, unit_id=unit, home=home, dry_run=False, now=viewer.now)
    party = actors.enter("Chef", ingrid.post("social/leader"), Role.UNIT_LEADER, country=Country.SWEDEN)
    party.go("/records/duplicates/")
    party.press("Samme person: S-51 blir stående")
    party.told("Det er notert at de er samme person")
    party.go("/records/")
    party.sees("S-51")
    party.never_sees("S-52")


def test_who_was_registered_by_mistake_is_no_result(coordinator: Actor, ingrid: Abroad) -> None:
    """Step 5. Wrong: the exit is a wrong registration. The last of the story."""
    coordinator.go(f"/plans/{ingrid.plan_id}/end/")
    coordinator.choose("Hvorfor avsluttes planen?", "Feilregistrering")
    coordinator.choose("Hva lever personen av nå?", "Ikke kjent")
    coordinator.choose("Hva gjør personen nå?", "Ikke kjent")
    coordinator.press("Avslutt planen")
    coordinator.go(f"/plans/{ingrid.plan_id}/")
    coordinator.sees("Planen er avsluttet")


def swede(serial: int) -> people.Client:
    """A client of the municipality, with the same name and day of birth under every number."""
    one = people.Client()
    number = nordic_ids.make_synthetic(
        country=Country.SWEDEN, birth_date=one.birth_date, sex=one.sex, serial=serial
    )
    return replace(one, external_id=f"S-{serial}", national_id=number, municipality="se-9901", row=serial)
