"""What the comparison with the oracle found: reviews, renewals, and the other records of a person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

import people
from gate.scratch import later
from people import acting_as, on_plan
from samvirke.gate import operations as gate
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.access import EVERYTHING, OPENS, Basis, Refusal
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import national_ids
from samvirke.people import queries as people_queries
from samvirke.people import ties as people_ties
from samvirke.people.models import ClientRecord
from samvirke.plan.models import Plan
from samvirke.plan.verbs import READ_PLAN

READ = [READ_PLAN]


def broken(person_id: UUID) -> UUID:
    """A stranger breaks the glass; the leader is to review it."""
    with acting_as(people.STRANGER):
        lift_id = gate.lift(
            subject_id=person_id,
            kinds=DataKind.IDENTITY | DataKind.PLAN,
            reason="Somebody is in danger",
            hours=8,
            reviewer_id=people.STRANGER_LEADER,
        )
    assert lift_id is not None
    return lift_id


@pytest.mark.parametrize(("verdict", "still_seen"), [("accepted", True), ("misuse", False)])
def test_a_lift_is_reviewed_and_a_misuse_ends_it(committed: str, verdict: str, still_seen: bool) -> None:
    plan = on_plan()
    lift_id = broken(plan.person.person_id)
    with acting_as(people.STRANGER):
        assert Plan.objects.filter(pk=plan.plan_id).exists()
    with acting_as(people.STRANGER_LEADER):
        gate.review_lift(lift_id=lift_id, verdict=verdict)
        assert [one.verdict for one in oversight.lifts()] == [verdict]
    with acting_as(people.STRANGER):
        assert Plan.objects.filter(pk=plan.plan_id).exists() is still_seen


@pytest.mark.parametrize("verdict", ["", "perhaps", None])
def test_a_review_finds_one_of_two_things(committed: str, verdict: str | None) -> None:
    lift_id = broken(on_plan().person.person_id)
    review = "SELECT gate.review_lift(%s, %s)"
    with (
        acting_as(people.STRANGER_LEADER),
        pytest.raises(ProgrammingError, match="reviewed once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(review, [lift_id, verdict])


def test_a_guardian_whose_time_is_over_can_be_recorded_anew(committed: str) -> None:
    child, adult = on_plan(), on_plan(other_client())
    for after, until in ((0, 10), (20, 30)):
        with later(after) as now, acting_as(people.SOCIAL_WORKER):
            gate.open_guardian(
                child_id=child.person.person_id,
                citizen_id=adult.person.citizen_id,
                lives_with_child=False,
                parts=[(DataKind.IDENTITY | DataKind.PLAN, now + timedelta(days=until - after))],
            )
    for days, may in ((15, False), (25, True), (31, False)):
        with later(days), acting_as(adult.person.citizen_id) as viewer:
            assert bool(ask.allowed(viewer, READ, child.person.person_id)) is may


def test_what_a_law_opened_for_a_time_can_be_opened_anew(committed: str) -> None:
    plan = on_plan()
    for after, until in ((0, 10), (20, 30)):
        with later(after) as now, acting_as(people.SOCIAL_WORKER, Purpose.SERVICE):
            gate.open_by_law(
                person_id=plan.person.person_id,
                post_ids=[people.STRANGER],
                kinds=DataKind.IDENTITY | DataKind.PLAN,
                purposes=Purpose.SERVICE,
                provision="no.duty_to_avert",
                until=now + timedelta(days=until - after),
            )
    for days, may in ((25, True), (31, False)):
        with later(days), acting_as(people.STRANGER, Purpose.SERVICE) as viewer:
            assert bool(ask.allowed(viewer, READ, plan.person.person_id)) is may


def test_who_must_not_see_one_record_sees_no_other_of_the_person(committed: str) -> None:
    """An agency may know somebody under several numbers."""
    client = people.Client()
    plan = on_plan(client)
    record = people.record(client)
    again = people.record(people.Client(external_id="S-7"))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        people_ties.match_own_record(
            person_id=plan.person.person_id,
            unit_id=people.SOCIAL,
            consent_id=plan.person.consent_id,
            by=viewer,
        )
    with acting_as(people.SOCIAL_COLLEAGUE):
        assert set(ClientRecord.objects.values_list("pk", flat=True)) == {record, again}
        gate.bar(holder_id=people.SOCIAL_COLLEAGUE, subject_id=record, reason=Refusal.CLOSE_RELATION)
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        assert viewer.barred.keys() == {record, again, plan.person.person_id}
        assert not ClientRecord.objects.exists()
        assert people_queries.own_records(viewer) == []
    with acting_as(people.SOCIAL_WORKER):
        assert ClientRecord.objects.count() == 2


def other_client() -> people.Client:
    """Somebody else."""
    client = people.Client()
    number = national_ids.make_synthetic(birth_date=client.birth_date, sex=client.sex, serial=4)
    return people.Client(external_id="S-2", national_id=number)


def test_no_consent_opens_the_access_log(committed: str) -> None:
    """Asked for everything, the database keeps what a consent opens at most."""
    plan = on_plan()
    with acting_as(plan.person.citizen_id):
        consent_id = gate.give_consent(
            person_id=plan.person.person_id,
            citizen_id=plan.person.citizen_id,
            kinds=EVERYTHING,
            purposes=Purpose.COORDINATION,
            from_units=[people.SOCIAL],
            to_units=[people.SOCIAL],
            provisions=["no.consent_individual_plan"],
            form="digital",
            text_version="2026-1",
            until=people.terms().until,
        )
        assert ask.consent(consent_id).kinds == OPENS[Basis.CONSENT].kinds
