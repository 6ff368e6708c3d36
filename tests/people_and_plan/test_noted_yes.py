"""What guardians have said, as a worker notes it: after the child, and for as long as it is theirs to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

import people
from gate.test_guardians import adult, client
from people import acting_as, guardian
from people_and_plan.test_bases import writes_nothing
from samvirke.coordination import moves
from samvirke.coordination import operations as coordinating
from samvirke.gate import queries as ask
from samvirke.kernel.gate_words import DataKind
from samvirke.people import answering, guardians, operations, places
from samvirke.people.guardian_models import NotedView
from samvirke.people.guardian_types import View
from samvirke.people.operations import ConsentTerms, NewPerson
from samvirke.plan import consents as plan_consents
from samvirke.plan import operations as plan
from surfaces.test_consent_pages import read, sent
from surfaces.test_writing_pages import visit

pytestmark = people.database
BORN = date(2008, 3, 22)
GROWN = guardians.beginning_of(date(2026, 3, 22))
ORAL = replace(people.terms(kinds=DataKind.EDUCATION), form="oral")


def jon(view: View = View.AGREES) -> NewPerson:
    """Seventeen; his father, with whom he lives, said yes for him at the social services."""
    return first_yes(people.record(client("G-3", "Jon", BORN)), adult().person.citizen_id, view)


def first_yes(record_id: UUID, father: UUID, view: View | None) -> NewPerson:
    """The social worker notes it."""
    new = guardian(father, "Tore", footing="no.parent_sole", lives_with=True)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return operations.record_yes(
            record_id=record_id,
            partnership_id=people.PARTNERSHIP,
            given_name="Jon",
            family_name="Eksempel",
            terms=people.terms(kinds=DataKind.EDUCATION),
            by=viewer,
            guardians_of=[new],
            view=view,
        )


def father_of(young: NewPerson) -> UUID:
    """The father as a citizen."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return guardians.around(viewer, young.person_id)[0].citizen_id


def lasts(young: NewPerson, consent_id: UUID) -> bool:
    """Whether it lasts until the young person is of age, and to that moment."""
    with acting_as(young.citizen_id):
        return ask.consent(consent_id).valid_to == GROWN


def views(who: UUID) -> dict[UUID, str]:
    """What somebody reads of what children thought."""
    with acting_as(who):
        return dict(NotedView.objects.values_list("consent_id", "view"))


def note(young: NewPerson, terms: ConsentTerms, view: View | None) -> UUID:
    """The social worker notes a further yes."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return plan_consents.note_yes(person_id=young.person_id, terms=terms, view=view, by=viewer)


def on_a_plan(young: NewPerson) -> UUID:
    """A plan of his own, with a coordinator who stays when he moves."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        plan_id = coordinating.start_plan(
            person_id=young.person_id,
            partnership_id=people.PARTNERSHIP,
            kinds=["no.individual_plan"],
            consent_id=young.consent_id,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            intake=people.intake(),
            by=viewer,
        )
        posts = [people.COORDINATOR]
        plan.add_members(plan_id=plan_id, post_ids=posts, consent_id=young.consent_id, by=viewer)
    return plan_id


def test_the_first_yes() -> None:
    record_id, father = people.record(client("G-3", "Jon", BORN)), adult().person.citizen_id
    with pytest.raises(answering.NotHeard):
        first_yes(record_id, father, None)
    young = first_yes(record_id, father, View.DISAGREES)
    assert lasts(young, young.consent_id)
    assert views(people.SOCIAL_WORKER) == {young.consent_id: "disagrees"}
    assert views(father) == {}


def test_a_further_yes() -> None:
    young = jon()
    with acting_as(people.SOCIAL_WORKER) as viewer, writes_nothing(), pytest.raises(answering.NotHeard):
        plan_consents.note_yes(person_id=young.person_id, terms=ORAL, by=viewer)
    consent_id = note(young, ORAL, View.NONE_TOLD)
    assert lasts(young, consent_id)
    assert views(people.SOCIAL_WORKER)[consent_id] == "none_told"
    soon = replace(ORAL, until=people.NOW + timedelta(days=5))
    assert not lasts(young, note(young, soon, View.AGREES))


def test_a_guardian_s_own_yes() -> None:
    young = jon()
    terms = people.terms(kinds=DataKind.EDUCATION)
    consent_id = people.guardian_says_yes(young.person_id, father_of(young), terms)
    assert lasts(young, consent_id)


def test_what_the_young_person_decides_alone_is_their_own_yes_for_as_long_as_they_said() -> None:
    young = jon()
    consent_id = note(young, replace(ORAL, kinds=DataKind.HEALTH), None)
    assert not lasts(young, consent_id)
    assert consent_id not in views(people.SOCIAL_WORKER)


def test_who_is_let_know_the_place() -> None:
    young = jon()
    on_a_plan(young)
    with acting_as(father_of(young)) as viewer:
        places.state_whereabouts(
            person_id=young.person_id,
            level="no.confidential",
            places=people.CANARIES,
            expires_on=date(2026, 9, 1),
            by=viewer,
        )
        told = places.tell_post(person_id=young.person_id, post_id=people.COORDINATOR, by=viewer)
    assert lasts(young, told)
    assert views(people.COORDINATOR).keys() == {young.consent_id}
    said: dict[str, Any] = {"person_id": young.person_id, "post_id": people.OTHER_COORDINATOR}
    with acting_as(people.COORDINATOR) as viewer:
        with writes_nothing(), pytest.raises(answering.NotHeard):
            places.tell_post(**said, by=viewer)
        told = places.tell_post(**said, view=View.AGREES, by=viewer)
    assert lasts(young, told)
    assert views(people.COORDINATOR)[told] == "agrees"


def test_a_move() -> None:
    young = jon()
    plan_id = on_a_plan(young)
    page = reverse("move", args=[plan_id])
    browser = visit(people.COORDINATOR)
    assert "What does the child think?" in read(browser, f"{page}?municipality={people.NORDENG}")
    said: dict[str, Any] = {"municipality": people.NORDENG, "form": "oral"}
    assert browser.post(page, said).status_code == 422
    with acting_as(people.COORDINATOR) as viewer, pytest.raises(answering.NotHeard):
        moves.move(plan_id=plan_id, text_version="2026-1", by=viewer, **said)
    assert "The move is saved" in sent(browser, page, **said, view="disagrees")
    consent_id, *_ = views(people.COORDINATOR).keys() - {young.consent_id}
    assert lasts(young, consent_id)


def test_on_the_page_the_child_s_view_goes_with_what_is_noted() -> None:
    young = jon()
    plan_id = on_a_plan(young)
    said: dict[str, Any] = {
        "kinds": [str(int(DataKind.EDUCATION))],
        "units": [str(people.NAV)],
        "purposes": ["1"],
        "what_for": "common_plan",
        "until": "2027-03-01",
        "form": "oral",
    }
    worker, address = visit(people.SOCIAL_WORKER), reverse("ask_consent", args=[plan_id])
    assert worker.post(address, said).status_code == 422
    page = sent(worker, address, **said, view="disagrees")
    assert "The child does not want it" in page
    assert "22 March 2026" in page
    assert "The child does not want it" not in read(
        visit(people.COORDINATOR), reverse("plan", args=[plan_id])
    )
