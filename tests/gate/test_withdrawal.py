"""Withdrawal: at once and on every way in, and nothing that did not rest on the consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

import people
from applications.stand_ins import applied
from people import OnPlan, acting_as, on_plan
from samvirke.applications import queries as applications
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.coordination.models import Duty, Handover, Turn
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.models import Consent, Grant
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import candidates, families, operations
from samvirke.people import log as people_log
from samvirke.people import queries as people_queries
from samvirke.people.models import ClientRecord, IdentityLink, Person, Referral
from samvirke.people.national_ids import make_synthetic
from samvirke.plan import actions, verbs
from samvirke.plan import operations as planning
from samvirke.plan.action_types import Agreed
from samvirke.plan.audience import readers
from samvirke.plan.models import Action, Goal, GoalVersion, Note, Plan, Statement, TeamMember

pytestmark = people.database

TEAM = ["social worker", "nav adviser", "coordinator", "coordination leader"]
NOT_FOR_THE_ROLE = {"coordination leader": {"Action", "Note"}}  # leaders do not read about work
TABLES = [
    Person,
    IdentityLink,
    Referral,
    Plan,
    TeamMember,
    Goal,
    GoalVersion,
    Action,
    Note,
    Statement,
    Duty,
    Handover,
    Turn,
    Consent,
]


def full_plan() -> OnPlan:
    """A plan with something in each table."""
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        operations.refer(
            person_id=plan.person.person_id,
            to_unit=people.NAV,
            consent_id=plan.person.consent_id,
            by=viewer,
        )
        actions.add(
            plan_id=plan.plan_id,
            goal_id=plan.goal_id,
            kind=DataKind.EMPLOYMENT,
            agreed=Agreed(what="Praksis på verksted", how="To dager i uka", extent="8 timer"),
            accountable=people.NAV_ADVISER,
            decision_reference="",
            by=viewer,
        )
        planning.write_note(plan_id=plan.plan_id, kind=DataKind.EMPLOYMENT, text="Har fått plass.", by=viewer)
        planning.state(plan_id=plan.plan_id, topic="strengths", text="Kan sveise.", by=viewer)
    return plan


def withdraw(plan: OnPlan) -> int:
    """The person takes the consent back."""
    with acting_as(plan.person.citizen_id) as viewer:
        return operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer).access_ended


READS: dict[str, Callable[[Viewer, OnPlan], bool]] = {
    "the page": lambda viewer, plan: coordination.plan_page(viewer, plan.plan_id).plan_id == plan.plan_id,
    "the worklist": lambda viewer, plan: bool(coordination.worklist(viewer)),
    "the audience": lambda viewer, plan: bool(readers(viewer, plan.plan_id, DataKind.PLAN)),
    **{
        model.__name__: lambda viewer, plan, model=model: model._default_manager.exists()  # type: ignore[misc]
        for model in TABLES
    },
}


def reads(viewer: Viewer, plan: OnPlan, way: str) -> bool:
    """Whether the viewer gets anything that way; a refusal and a missing row are nothing."""
    try:
        return READS[way](viewer, plan)
    except (Refused, ObjectDoesNotExist):
        return False


@pytest.mark.parametrize("who", TEAM)
def test_the_team_sees_nothing_any_more(who: str) -> None:
    plan = full_plan()
    with acting_as(people.EVERYBODY[who]) as viewer:
        assert {way for way in READS if not reads(viewer, plan, way)} == NOT_FOR_THE_ROLE.get(who, set())
    assert withdraw(plan) == len(TEAM) + 1  # Nav's leader received a referral
    with acting_as(people.EVERYBODY[who]) as viewer:
        assert {way for way in READS if reads(viewer, plan, way)} == set()


def test_the_person_still_sees_all_of_it() -> None:
    plan = full_plan()
    withdraw(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        page = coordination.my_plan(viewer)
        consents = people_queries.my_consents(viewer)
    assert page is not None
    assert [note.text for note in page.notes] == ["Har fått plass."]
    assert [consent.withdrawn_at for consent in consents] == [people.NOW]


def test_the_agency_keeps_its_own_record() -> None:
    plan = on_plan()
    withdraw(plan)
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        own = people_queries.own_records(viewer)
    assert [record.name for record in own] == ["Kari Eksempel"]


def test_the_log_keeps_who_saw_before_and_who_was_refused_after() -> None:
    plan = on_plan()
    with acting_as(people.NAV_ADVISER) as viewer:
        coordination.plan_page(viewer, plan.plan_id)
    withdraw(plan)
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(Refused):
        ask.require(viewer, verbs.READ_PLAN, plan.person.person_id)
    with acting_as(plan.person.citizen_id) as viewer:
        seen = people_log.who_has_seen(viewer).rows
    told = [(line.who, line.verbs, line.basis, line.allowed) for line in seen]
    assert ("Veileder 1", ("plan.read",), "consent", True) in told
    assert ("Veileder 1", ("plan.read",), "", False) in told


LISTS: dict[str, tuple[UUID, Callable[[Viewer], list[Any]]]] = {
    "worklist": (people.NAV_ADVISER, coordination.worklist),
    "offers": (people.OTHER_COORDINATOR, coordination.offers),
    "applications": (people.COORDINATOR, applications.to_own_unit),
    "referrals": (people.NAV_LEADER, people_queries.referrals_to_own_unit),
    "candidates": (
        people.SOCIAL_WORKER,
        lambda viewer: candidates.for_office(viewer, people.FOLLOW_UP),
    ),
}


@pytest.mark.parametrize("which", LISTS)
def test_a_list_leaves_out_who_was_withdrawn_while_it_was_read(
    which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are read first and names after them; the withdrawal was committed in between."""
    plan = full_plan()
    offered(plan.plan_id, plan.person.consent_id)
    post, read = LISTS[which]
    if which == "applications":
        with acting_as(plan.person.citizen_id):
            wider = people.terms(kinds=DataKind.EMPLOYMENT | DataKind.SOCIAL)
            consent_id = operations.record_consent(plan.person.person_id, plan.person.citizen_id, wider)
            gate.admit(consent_id=consent_id, post_ids=[people.COORDINATOR])
        applied(plan)
    with acting_as(post) as viewer:
        assert len(read(viewer)) == 1
        monkeypatch.setattr(people_queries, "persons", lambda subject_ids: {})
        monkeypatch.setattr(families, "titles", lambda subject_ids: {})
        assert read(viewer) == []


def test_withdrawing_twice_is_refused() -> None:
    plan = on_plan()
    withdraw(plan)
    with acting_as(plan.person.citizen_id) as viewer, pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)


def test_the_worker_who_recorded_it_may_note_an_oral_withdrawal() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        ended = operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer).access_ended
    assert ended == len(TEAM)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert coordination.worklist(viewer) == []


@pytest.mark.parametrize("who", ["nav adviser", "coordinator", "stranger", "social colleague"])
def test_nobody_else_withdraws(who: str) -> None:
    plan = on_plan()
    consent_id = plan.person.consent_id
    with acting_as(people.EVERYBODY[who]) as viewer:
        with pytest.raises((Refused, Consent.DoesNotExist)):
            operations.withdraw_consent(consent_id=consent_id, by=viewer)
        with pytest.raises(DatabaseError, match="no such consent"), transaction.atomic():
            gate.withdraw_consent(consent_id=consent_id)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert len(coordination.worklist(viewer)) == 1


def test_access_that_rests_on_another_consent_stays() -> None:
    """Two persons, one worker: only what rested on the one consent ends."""
    plan, other = on_plan(), on_plan(people.Client(external_id="S-2", national_id=another_number()))
    withdraw(plan)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert [row.plan_id for row in coordination.worklist(viewer)] == [other.plan_id]


def test_nobody_is_admitted_on_a_withdrawn_consent() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
        with pytest.raises(DatabaseError, match="not in force"), transaction.atomic():
            gate.admit(consent_id=plan.person.consent_id, post_ids=[people.SOCIAL_WORKER])
        assert not Grant.objects.filter(subject_id=plan.person.person_id).exists()


def test_an_offered_duty_cannot_be_accepted_after_the_withdrawal() -> None:
    plan = on_plan()
    offer = offered(plan.plan_id, plan.person.consent_id)
    withdraw(plan)
    with acting_as(people.OTHER_COORDINATOR) as viewer:
        assert coordination.offers(viewer) == []
        with pytest.raises(Handover.DoesNotExist):
            coordinating.accept_handover(handover_id=offer, by=viewer)


def offered(plan_id: UUID, consent_id: UUID) -> UUID:
    """The leader offers the duty to the other coordinator."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        return coordinating.offer_duty(
            plan_id=plan_id,
            to_post=people.OTHER_COORDINATOR,
            deputy=people.COORDINATOR,
            consent_id=consent_id,
            by=viewer,
        )


def another_number() -> str:
    """Another synthetic national id."""
    client = people.Client()
    return make_synthetic(birth_date=client.birth_date, sex=client.sex, serial=4)


def test_the_record_that_was_matched_stays_its_agencys_own() -> None:
    plan = on_plan()
    withdraw(plan)
    with acting_as(people.SOCIAL_WORKER):
        assert ClientRecord.objects.count() == 1
        assert not IdentityLink.objects.exists()
