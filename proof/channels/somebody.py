"""One of many protected persons, with something of all that has an address, much of it made where they live.

Who works where the person lives is in the team, answers for an action, calls meetings, gives a place in a
course there and looks at the plan. A child lives with the person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

import people
from applications.stand_ins import applied
from assessments.stand_ins import answers_of, answers_self, given
from people import OnPlan, acting_as
from samvirke.applications import enquiries
from samvirke.coordination import meetings
from samvirke.coordination import operations as coordination
from samvirke.coordination import queries as plans
from samvirke.interventions import operations as interventions
from samvirke.interventions.types import NewIntervention
from samvirke.kernel.codes import AgencyKind, InterventionKind, Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import consents, log, log_questions, national_ids, operations, places
from samvirke.people import queries as people_queries
from samvirke.people.models import Guardianship, IdentityLink
from samvirke.plan import actions
from samvirke.plan import operations as planning
from samvirke.plan.action_types import Agreed

UNITS = (*people.UNITS, people.SOCIAL_NORDENG)
HERE, THERE = people.FJORDVIK, people.NORDENG
WORKER = {HERE: people.SOCIAL_COLLEAGUE, THERE: people.STRANGER}
UNIT = {HERE: people.SOCIAL, THERE: people.SOCIAL_NORDENG}
COURSE = {place: uuid5(people.PARTNERSHIP, f"course in {place}") for place in UNIT}
KINDS = DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.SOCIAL
FIRST_BORN, CHILD_BORN = date(1980, 1, 1), date(2017, 9, 1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, and what leads to them."""

    name: str
    birth_date: date
    case_number: str
    citizen_id: UUID
    ids: dict[str, UUID]  # by the name a route gives its parameter


def courses(*, places: int) -> None:
    """A course in each municipality, with room for so many."""
    interventions.set_up(
        interventions=[
            NewIntervention(
                id=COURSE[place],
                unit_id=unit,
                kind=InterventionKind.TRAINING,
                name=f"Kurset i {place}",
                provider=f"Kurs {place} AS",
                paid_by=AgencyKind.SOCIAL_SERVICE,
                is_earmarked=False,
                starts_on=date(2025, 1, 1),
                places=places,
            )
            for place, unit in UNIT.items()
        ]
    )


def somebody(number: int, place: str) -> Somebody:
    """The person of this number, who lives there."""
    client = _client(number, "S", "Nr", FIRST_BORN + timedelta(days=number), place)
    plan = people.on_plan(client, consent=people.terms(kinds=KINDS, units=UNITS))
    ids = {"plan_id": plan.plan_id, "goal_id": plan.goal_id, "person_id": plan.person.person_id}
    ids |= _of_the_case(plan, client, place) | _of_the_team(plan, WORKER[place])
    ids["enquiry_id"] = _told(plan, place)
    ids |= _of_the_child(plan, number, place)
    _protect(plan, place)
    ids["need_id"] = _placed(plan, place)
    ids |= _of_the_log(plan, WORKER[place])
    answers_self(plan, given({"trust": 4}))
    answers_of(plan, WORKER[place], given({"trust": 6}))
    return Somebody(client.given_name, client.birth_date, client.external_id, plan.person.citizen_id, ids)


def lift(everybody: Iterable[Somebody]) -> None:
    """Nobody is protected any more."""
    for one in everybody:
        with acting_as(one.citizen_id) as viewer:
            places.lift_protection(person_id=one.ids["person_id"], by=viewer)


def _client(number: int, cases: str, names: str, born: date, place: str) -> people.Client:
    return people.Client(
        external_id=f"{cases}-{number:04}",
        national_id=national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=3),
        given_name=f"{names}{number:04}",
        birth_date=born,
        municipality=place,
    )


def _of_the_case(plan: OnPlan, client: people.Client, place: str) -> dict[str, UUID]:
    """The office's own case, what ties it to the person, a referral, and an application."""
    person = plan.person
    with acting_as(people.SOCIAL_WORKER) as viewer:
        record = people_queries.record_ids(people.SOCIAL, [client.external_id])[client.external_id]
        referral = operations.refer(
            person_id=person.person_id, to_unit=UNIT[place], consent_id=person.consent_id, by=viewer
        )
        tie = IdentityLink.objects.get(record_id=record).pk
    application = applied(plan, unit=UNIT[place])
    return {"record_id": record, "referral_id": referral, "link_id": tie, "application_id": application}


def _of_the_team(plan: OnPlan, worker: UUID) -> dict[str, UUID]:
    """Who works where the person lives is in the team, has an action, has called two meetings, was at one."""
    today, consent_id = people.NOW.date(), plan.person.consent_id
    with acting_as(people.SOCIAL_WORKER) as viewer:
        planning.add_members(plan_id=plan.plan_id, post_ids=[worker], consent_id=consent_id, by=viewer)
        action = actions.add(
            plan_id=plan.plan_id,
            goal_id=plan.goal_id,
            kind=DataKind.EMPLOYMENT,
            agreed=Agreed(what="Finne noe nærmere"),
            accountable=worker,
            decision_reference="",
            by=viewer,
        )
    with acting_as(people.COORDINATION_LEADER) as viewer:
        handover = coordination.offer_duty(
            plan_id=plan.plan_id,
            to_post=people.COORDINATOR,
            deputy=people.OTHER_COORDINATOR,
            consent_id=consent_id,
            by=viewer,
        )
    with acting_as(worker) as viewer:
        held, _ = (
            meetings.call_meeting(plan_id=plan.plan_id, day=day, agenda="Neste steg", by=viewer)
            for day in (today, today + timedelta(days=7))
        )
        meetings.write_minutes(
            meeting_id=held, agreed="Vi fortsetter.", there=[worker], person_was_there=True, by=viewer
        )
    return {"action_id": action, "handover_id": handover, "meeting_id": held}


def _told(plan: OnPlan, place: str) -> UUID:
    """The person told it once where they live, and another office declined to answer it instead."""
    person_id, today = plan.person.person_id, people.NOW.date()
    with acting_as(plan.person.citizen_id) as viewer:
        told = enquiries.tell(
            person_id=person_id,
            to_unit=UNIT[place],
            words="Jeg trenger hjelp.",
            helps="",
            to_meet="",
            is_urgent=False,
            by=viewer,
        )
    with acting_as(WORKER[place]) as viewer:
        enquiries.take(enquiry_id=told, answer_due_on=today + timedelta(days=9), by=viewer)
        enquiries.lead_on(enquiry_id=told, to_unit=people.COORDINATING, why="De kjenner saken.", by=viewer)
    with acting_as(people.COORDINATOR) as viewer:
        enquiries.decline(enquiry_id=told, why="Dere er nærmere.", by=viewer)
    return told


def _of_the_child(plan: OnPlan, number: int, place: str) -> dict[str, UUID]:
    """A child for whom the person answers alone."""
    client = _client(number, "B", "Barn", CHILD_BORN + timedelta(days=number), place)
    parent = people.guardian(
        plan.person.citizen_id, f"Nr{number:04}", footing="no.guardian_of_minor", lives_with=True
    )
    child = people.said_yes(client, guardians_of=[parent])
    with acting_as(people.SOCIAL_WORKER):
        guardianship = Guardianship.objects.get(subject_id=child.person_id).pk
    return {"child_id": child.person_id, "guardianship_id": guardianship}


def _protect(plan: OnPlan, place: str) -> None:
    person = plan.person
    with acting_as(person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=person.person_id,
            level="no.strictly_confidential",
            places=replace(people.CANARIES, municipality=place),
            expires_on=date(2027, 3, 1),
            by=viewer,
        )
        places.let_know_place(
            person_id=person.person_id,
            post_ids=[people.COORDINATOR, WORKER[place]],
            terms=people.terms(units=UNITS),
            by=viewer,
        )


def _placed(plan: OnPlan, place: str) -> UUID:
    """The person waited for a course, and has a place in one where they live."""
    with acting_as(people.COORDINATOR) as viewer:
        need = interventions.note_need(
            person_id=plan.person.person_id,
            intervention_kind=InterventionKind.TRAINING,
            words="",
            by=viewer,
        )
    with acting_as(WORKER[place]) as viewer:
        interventions.give_place(
            need_id=need, intervention_id=COURSE[place], starts_on=people.NOW.date(), by=viewer
        )
    return need


def _of_the_log(plan: OnPlan, worker: UUID) -> dict[str, UUID]:
    """Who works where the person lives has looked; the person asks why, and is asked to share more."""
    with acting_as(worker) as viewer:
        plans.plan_page(viewer, plan.plan_id)
    person_id = plan.person.person_id
    terms = people.terms(kinds=DataKind.HOUSING, units=(people.COORDINATING, people.NAV))
    with acting_as(people.COORDINATOR) as viewer:
        draft, *_ = consents.draft(person_id=person_id, terms=terms, by=viewer)
    with acting_as(plan.person.citizen_id) as viewer:
        visit_id = next(row.visit_id for row in log.who_has_seen(viewer).rows if row.visit_id)
        visit = log.visit(viewer, visit_id)
        question = log_questions.ask_why(visit=visit, text="Hvorfor så dere på dette?", by=viewer)
    return {
        "visit_id": visit_id,
        "question_id": question,
        "draft_id": draft,
        "consent_id": plan.person.consent_id,
    }
