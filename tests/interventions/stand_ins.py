"""Needs in a stated situation, made through the operations. A post of Nav decides on practice and course."""

from __future__ import annotations

from uuid import UUID

import people
from people import OnPlan, acting_as, on_plan
from samvirke.interventions import operations, queries
from samvirke.interventions.types import NeedRow
from samvirke.kernel.codes import InterventionKind, PlacementEnd, Sex, UnmetReason
from samvirke.kernel.gate_words import DataKind
from samvirke.people.national_ids import make_synthetic
from samvirke.people.operations import ConsentTerms

TODAY = people.NOW.date()
OFFERED_AS = {
    people.WORK_PRACTICE: InterventionKind.WORK_PRACTICE,
    people.COURSE: InterventionKind.TRAINING,
    people.ACTIVITY: InterventionKind.SOCIAL_SUPPORT,
    people.COURSE_IN_NORDENG: InterventionKind.TRAINING,
}


def every_kind() -> ConsentTerms:
    """A consent that opens work, education and everyday life."""
    return people.terms(kinds=DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.SOCIAL)


def somebody(serial: int, *, consent: ConsentTerms | None = None) -> OnPlan:
    """Another person on a plan of their own."""
    number = make_synthetic(birth_date=people.Client().birth_date, sex=Sex.FEMALE, serial=serial)
    client = people.Client(external_id=f"S-{serial}", national_id=number, given_name=f"Person{serial}")
    return on_plan(client, consent=consent)


def noted(
    plan: OnPlan,
    kind: InterventionKind = InterventionKind.WORK_PRACTICE,
    *,
    words: str = "Jeg vil prøve meg på verksted.",
    by: UUID = people.COORDINATOR,
) -> UUID:
    """The coordinator has noted that the person is ready."""
    with acting_as(by) as viewer:
        return operations.note_need(
            person_id=plan.person.person_id, intervention_kind=kind, words=words, by=viewer
        )


def placed(plan: OnPlan, offer: UUID = people.WORK_PRACTICE, *, by: UUID = people.NAV_ADVISER) -> UUID:
    """The person needs what is offered and has got a place from today. Returns the need's id."""
    one = noted(plan, OFFERED_AS[offer])
    give(one, offer, by=by)
    return one


def give(one: UUID, offer: UUID = people.WORK_PRACTICE, *, by: UUID = people.NAV_ADVISER) -> UUID:
    """A place from today. Returns the placement's id."""
    with acting_as(by) as viewer:
        return operations.give_place(need_id=one, intervention_id=offer, starts_on=TODAY, by=viewer)


def in_status(plan: OnPlan, status: str) -> UUID:
    """A need for work practice that has come into a status in the shortest way."""
    if status in {"placed", "ended"}:
        one = placed(plan)
        if status == "ended":
            end(plan, one)
        return one
    one = noted(plan)
    with acting_as(people.COORDINATOR) as viewer:
        if status == "unmet":
            operations.say_unmet(need_id=one, reason=UnmetReason.NOT_SUITABLE, by=viewer)
        elif status == "withdrawn":
            operations.withdraw_need(need_id=one, by=viewer)
    return one


def end(plan: OnPlan, one: UUID, *, by: UUID = people.NAV_ADVISER) -> None:
    """The placement that answers the need ends today, completed."""
    placement_id = placement_of(plan, one)
    with acting_as(by) as viewer:
        operations.end_placement(placement_id=placement_id, reason=PlacementEnd.COMPLETED, by=viewer)


def placement_of(plan: OnPlan, one: UUID) -> UUID:
    """The id of the placement that answers the need."""
    placement = seen(plan, one).placement
    assert placement is not None
    return placement.placement_id


def seen(plan: OnPlan, one: UUID) -> NeedRow:
    """The need as the person sees it."""
    with acting_as(plan.person.citizen_id) as viewer:
        return queries.need(viewer, one)


def free(offer: UUID) -> int:
    """How many places of an offer of Nav, or of the social service, are free."""
    by = people.SOCIAL_WORKER if offer == people.ACTIVITY else people.NAV_ADVISER
    with acting_as(by) as viewer:
        return next(row.free for row in queries.own_interventions(viewer) if row.intervention_id == offer)
