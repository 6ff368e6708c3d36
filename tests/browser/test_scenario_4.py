"""A refugee family in the introduction programme: two plans, an interpreter, and what goes wrong.

Not part of the software yet, and not played: absence rules and what they take from the benefit (step 5), a
family's split when it breaks up. A calendar without collisions (step 3): `people_and_plan/test_calendars.py`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

import families
import people
from browser.stage import Actor, Actors, client
from samvirke.gate.access import Role
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import operations as planning

pytestmark = pytest.mark.browser
TODAY = people.NOW.date()
TRAUMA = "Går til behandling for det hun har opplevd."


@pytest.fixture(scope="module")
def both(place: object) -> families.RefugeeFamily:
    """Amina and Yusuf."""
    return families.refugee_family()


@pytest.fixture
def worker(actors: Actors) -> Actor:
    return actors.enter("Programrådgiver", people.SOCIAL_WORKER, Role.SOCIAL_WORKER)


def test_each_adult_has_a_plan_of_the_own_kind(
    actors: Actors, worker: Actor, both: families.RefugeeFamily
) -> None:
    """Step 2: goal, Norwegian, extent and content; what is missing is told, with who can fill it."""
    worker.go(f"/plans/{both.wife.plan_id}/")
    worker.sees("Integreringsplan", "Mangler", "Kan fylle det ut:")
    amina = actors.enter("Amina", both.wife.person.citizen_id, Role.CITIZEN)
    yusuf = actors.enter("Yusuf", both.husband.citizen_id, Role.CITIZEN)
    amina.sees(families.OF_HER_GOAL)
    yusuf.never_sees(families.OF_HER_GOAL)
    yusuf.sees("Du har ingen plan ennå")


def test_an_interpreter_is_asked_for_and_no_child_stands_in(
    actors: Actors, worker: Actor, both: families.RefugeeFamily
) -> None:
    """Step 4. Wrong: the child as interpreter. The invitation names a language, and no person does it."""
    worker.go(f"/plans/{both.wife.plan_id}/meetings/new/")
    worker.choose("Hva slags møte?", "Ansvarsgruppe")
    worker.write("Hvilken dag?", TODAY.isoformat())
    worker.write("Hvilket klokkeslett?", "13:00")
    worker.write("Hvilket språk må en tolk kunne?", "somali")
    worker.write("Hva mer skal dere snakke om?", "Norskkurset")
    worker.press("Kall inn")
    worker.told("Dere er kalt inn til møtet")
    amina = actors.enter("Amina", both.wife.person.citizen_id, Role.CITIZEN)
    amina.page.locator("a[href*='/my-plan/meetings/']").first.click()
    amina.sees("Med tolk: somali")
    invitation = amina.page.request.get(f"{amina.page.url}invitation/").text()
    assert "BEGIN:VEVENT" in invitation
    assert "Norskkurset" not in invitation
    assert "somali" not in invitation


def test_the_target_group_is_chosen_from_a_list_and_kept(worker: Actor, both: families.RefugeeFamily) -> None:
    """Step 6. Wrong: a code that is not on the list is refused; what else was chosen is kept."""
    record = people.record(client("Hodan", 61))
    worker.go(f"/records/{record}/")
    worker.tick("Koordinerende enhet")
    worker.choose("Hvordan sa personen ja?", "muntlig, skrevet ned av saksbehandleren")
    worker.press("Vis hva personen blir spurt om")
    worker.press("Personen sier ja")
    worker.press("Start planen")
    worker.tick("Integreringsplan")
    group = worker.page.get_by_label("Hvilken målgruppe?")
    group.evaluate("field => field.add(new Option('Noe annet', 'something_else', true, true))")
    worker.press("Start planen")
    worker.sees("Listen er endret siden du åpnet siden. Velg på nytt.", "Velg hvilken enhet som koordinerer.")
    expect(worker.page.get_by_label("Integreringsplan", exact=True)).to_be_checked()
    worker.choose("Hvilken målgruppe?", "Innvandrer eller flyktning")
    worker.press("Start planen")
    chosen = worker.page.get_by_label("Hvilken målgruppe?").locator("option:checked")
    expect(chosen).to_have_text("Innvandrer eller flyktning")


def test_who_lives_apart_at_a_hidden_place_is_not_found_by_the_other(actors: Actors) -> None:
    """Wrong: violence, and a protected address. Neither the place nor who helps there is told."""
    one = people.family()
    father = actors.enter("Far", one.father.person.citizen_id, Role.CITIZEN)
    mother = actors.enter("Mor", one.mother.person.citizen_id, Role.CITIZEN)
    mother.go("/my-plan/place/")
    mother.sees(people.CANARIES.address)
    for path in ("/my-plan/", "/my-plan/seen/", "/my-children/", "/my-plan/easy/", "/my-plan/consents/"):
        father.go(path)
        father.never_sees(*people.CANARY_WORDS, people.OF_THE_PROTECTED)


def test_the_teacher_reads_the_school_part_alone(actors: Actors, both: families.RefugeeFamily) -> None:
    """Wrong: what she has lived through is shared beyond need."""
    made = both.wife
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        planning.add_members(
            plan_id=made.plan_id,
            post_ids=[people.FOLLOW_UP_ADVISER, people.COORDINATOR],
            consent_id=made.person.consent_id,
            by=viewer,
        )
    for kind, text in ((DataKind.HEALTH, TRAUMA), (DataKind.EDUCATION, "Norsk på B1 i juni.")):
        with people.acting_as(people.COORDINATOR) as viewer:
            planning.write_note(plan_id=made.plan_id, kind=kind, text=text, by=viewer)
    teacher = actors.enter("Lærer", people.FOLLOW_UP_ADVISER, Role.FOLLOW_UP_ADVISER)
    teacher.go(f"/plans/{made.plan_id}/")
    teacher.sees("Norsk på B1 i juni.")
    teacher.never_sees(TRAUMA)
    amina = actors.enter("Amina", made.person.citizen_id, Role.CITIZEN)
    amina.sees(TRAUMA, "Norsk på B1 i juni.")
