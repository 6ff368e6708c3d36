"""Circles: access to a family is what every member opens, and a protected place stays hidden in it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

import people
from people import CANARY_WORDS, Family, acting_as, family
from samvirke.coordination import queries as coordination
from samvirke.gate import audit
from samvirke.gate import operations as gate
from samvirke.gate.models import Grant
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents, guardians, places
from samvirke.people import log as people_log
from samvirke.people import operations as people_operations
from samvirke.people import queries as people_queries
from samvirke.people.guardian_types import View
from samvirke.people.models import ConsentDraft, FamilyMember, Person, Whereabouts
from samvirke.plan import consents as plan_consents
from samvirke.plan import operations as plan
from samvirke.plan import policies
from samvirke.plan.audience import readers
from samvirke.plan.models import Action, Plan

pytestmark = people.database
STAFF = [people.SOCIAL_WORKER, people.COORDINATOR, people.COORDINATION_LEADER]


def sees(who: UUID, family: Family) -> bool:
    """Whether the database shows the family's plan."""
    with acting_as(who):
        return Plan.objects.filter(pk=family.plan_id).exists()


def everything(page: object) -> str:
    """All words of an answer."""
    return repr(page)


def test_those_whom_every_member_opened_to_see_the_circle_and_nobody_else() -> None:
    one = family()
    both = [one.father.person.citizen_id, one.mother.person.citizen_id]
    assert all(sees(who, one) for who in [*STAFF, *both])
    others = [people.NAV_ADVISER, people.SOCIAL_COLLEAGUE, people.STRANGER, people.FOLLOW_UP_ADVISER]
    assert not any(sees(who, one) for who in [*others, one.child.citizen_id])


def test_a_grant_on_a_circle_is_the_intersection() -> None:
    one = family()
    with acting_as(people.SOCIAL_WORKER):
        grants = Grant.objects.filter(subject_id=one.circle_id)
        kinds = {DataKind(grant.kinds) for grant in grants}
        of_all = [
            {DataKind(row.kinds) for row in Grant.objects.filter(subject_id=person)}
            for person in (one.father.person.person_id, one.mother.person.person_id, one.child.person_id)
        ]
    assert grants
    assert all(any(not kind & ~wide for wide in some) for kind in kinds for some in of_all)
    with acting_as(one.father.person.citizen_id):
        (shared,) = Grant.objects.filter(subject_id=one.circle_id)
        assert DataKind(shared.kinds) == DataKind.IDENTITY | DataKind.PLAN
        assert not Grant.objects.filter(subject_id=one.mother.person.person_id).exists()


@pytest.mark.parametrize("who", ["father", "mother", "child"])
def test_one_member_withdraws_and_the_circle_closes_at_once(who: str) -> None:
    one = family()
    person = one.child if who == "child" else getattr(one, who).person
    by = one.mother.person.citizen_id if who == "child" else person.citizen_id
    with acting_as(by) as viewer:
        people_operations.withdraw_consent(consent_id=person.consent_id, by=viewer)
    assert not sees(people.SOCIAL_WORKER, one)
    assert sees(one.father.person.citizen_id, one)


def test_a_withdrawn_share_ends_what_the_other_parent_sees_and_nothing_else() -> None:
    one = family()
    with acting_as(one.mother.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=one.mothers_share, by=viewer)
    assert not sees(one.father.person.citizen_id, one)
    assert sees(one.mother.person.citizen_id, one)
    assert sees(people.SOCIAL_WORKER, one)


def test_a_guardian_who_is_one_no_longer_sees_neither_child_nor_family() -> None:
    one = family()
    father = one.father.person.citizen_id
    with acting_as(people.SOCIAL_WORKER) as viewer:
        acting = {row.citizen_id: row for row in guardians.around(viewer, one.child.person_id)}
        guardians.end(guardianship_id=acting[father].guardianship_id, by=viewer)
    assert not sees(father, one)
    with acting_as(father):
        assert not Person.objects.filter(pk=one.child.person_id).exists()


def test_nobody_makes_themselves_a_guardian_and_a_stranger_makes_nobody_one() -> None:
    one = family()
    child = one.child.person_id
    for who in (one.father.person.citizen_id, people.STRANGER):
        with acting_as(who), pytest.raises(DatabaseError, match="guardian"), transaction.atomic():
            gate.open_guardian(
                child_id=child,
                citizen_id=one.father.person.citizen_id,
                lives_with_child=True,
                parts=[(DataKind.IDENTITY, people.datetime(2035, 1, 1, tzinfo=people.UTC))],
            )


def test_a_circle_is_made_only_by_those_around_every_member_and_never_changed() -> None:
    one = family()
    persons = [one.father.person.person_id, one.mother.person.person_id]
    with acting_as(people.STRANGER), pytest.raises(DatabaseError, match="circle"), transaction.atomic():
        gate.open_circle(person_ids=persons)
    with acting_as(people.SOCIAL_WORKER), connection.cursor() as cursor:
        for statement in ("DELETE FROM gate_circlemember", "SELECT * FROM gate_familyshare"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)


def test_a_consent_for_a_child_is_given_by_a_guardian_alone() -> None:
    one = family()
    child = one.child.person_id
    with acting_as(people.SOCIAL_WORKER) as viewer:
        alone = people.guardian(one.mother.person.citizen_id, footing="no.guardian_of_minor")
        guardians.record(person_id=child, guardian=alone, by=viewer)
        draft_id, *_ = consents.draft(person_id=child, terms=people.terms(), by=viewer, view=View.AGREES)
    for who in (one.father.person.citizen_id, people.STRANGER, people.SOCIAL_WORKER):
        with acting_as(who) as viewer, pytest.raises((Refused, ConsentDraft.DoesNotExist)):
            plan_consents.say_for_child(draft_id=draft_id, says_yes=True, by=viewer)
    with acting_as(one.mother.person.citizen_id) as viewer:
        assert plan_consents.say_for_child(draft_id=draft_id, says_yes=True, by=viewer)


def test_what_is_about_one_parent_is_not_shown_to_the_other_and_leaves_no_clue() -> None:
    one = family()
    for me, mine, theirs in (
        (one.father, people.OF_THE_OTHER, people.OF_THE_PROTECTED),
        (one.mother, people.OF_THE_PROTECTED, people.OF_THE_OTHER),
    ):
        with acting_as(me.person.citizen_id) as viewer:
            (page,) = coordination.family_plans(viewer)
            assert [action.what for action in page.actions] == [mine]
            assert theirs not in everything(page)
            assert [goal.own_words for goal in page.goals] == [people.SHARED_GOAL]
            assert not Action.objects.filter(what=theirs).exists()  # by row-level security alone
    with acting_as(people.SOCIAL_WORKER) as viewer:
        page = coordination.plan_page(viewer, one.plan_id)
        assert {action.about for action in page.actions} == {"Ola", "Anne"}


def test_an_item_is_about_somebody_of_the_family() -> None:
    one = family()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        stranger = people_queries.record_ids(people.SOCIAL, ["F-1"])["F-1"]
        assert stranger != one.father.person.person_id
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(policies.NotOfThisFamily):
        plan.write_note(
            plan_id=one.mother.plan_id,
            kind=DataKind.PLAN,
            text="x",
            about=one.father.person.person_id,
            by=viewer,
        )


def test_the_place_is_for_the_person_and_those_admitted_by_name() -> None:
    one = family()
    mother = one.mother.person
    for who in (mother.citizen_id, people.COORDINATOR):
        with acting_as(who) as viewer:
            found = places.whereabouts(viewer, mother.person_id)
            assert found is not None
            assert found.places == people.CANARIES
    others = [people.SOCIAL_WORKER, people.NAV_ADVISER, people.COORDINATION_LEADER, people.STRANGER]
    for who in [*others, one.father.person.citizen_id, one.child.citizen_id]:
        with acting_as(who) as viewer:
            assert places.whereabouts(viewer, mother.person_id) is None
            assert not Whereabouts.objects.exists()
    with acting_as(people.SOCIAL_WORKER):
        assert Person.objects.get(pk=mother.person_id).municipality_id is None


def test_a_protected_place_is_not_written_over_openly() -> None:
    one = family()
    with acting_as(one.mother.person.citizen_id) as viewer, pytest.raises(places.StillProtected):
        places.state_whereabouts(
            person_id=one.mother.person.person_id,
            level="none",
            places=people.CANARIES,
            expires_on=None,
            by=viewer,
        )


def test_a_share_admits_no_post_and_no_stranger() -> None:
    one = family()
    with acting_as(one.mother.person.citizen_id):
        for who in (people.NAV_ADVISER, uuid4()):
            with pytest.raises(DatabaseError, match="circle"), transaction.atomic():
                gate.share_with_family(
                    consent_id=one.mothers_share, circle_id=one.circle_id, citizen_ids=[who]
                )


def test_posts_around_the_protected_are_told_by_their_kind_alone() -> None:
    one = family()
    with acting_as(people.NAV_ADVISER) as viewer:
        told = everything(coordination.plan_page(viewer, one.mother.plan_id))
        told += everything(readers(viewer, one.mother.plan_id, DataKind.PLAN))
        told += everything(coordination.worklist(viewer))
    assert not any(word in told for word in (*CANARY_WORDS, "Sosialkonsulent", "Koordinator 1"))
    with acting_as(people.COORDINATOR) as viewer:
        told = everything(coordination.plan_page(viewer, one.mother.plan_id))
    assert "Sosialkonsulent i Nordeng" in told  # who may know is told: the sweep can fail


def test_a_family_s_log_names_no_unit_to_the_other_parent() -> None:
    one = family()
    with acting_as(people.COORDINATOR) as viewer:
        coordination.plan_page(viewer, one.plan_id)
        audit.write(viewer)
    with acting_as(one.father.person.citizen_id) as viewer:
        seen = people_log.who_has_seen(viewer).rows
    of_family = [row for row in seen if "people.read_family" in row.verbs]
    assert of_family
    assert all(row.who == row.unit_name == row.agency_name == "" for row in of_family)
    assert {row.agency_kind for row in of_family} >= {"coordinating_unit"}


def test_only_members_of_the_family_are_named() -> None:
    one = family()
    with acting_as(one.father.person.citizen_id, Purpose.COORDINATION):
        assert set(FamilyMember.objects.values_list("name", flat=True)) == {"Ola", "Anne", "Liv"}
        assert not Person.objects.filter(pk=one.mother.person.person_id).exists()
