"""What seldom happens, for the swept world: broken glass, and a worker who keeps out of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import people
from people import Family, acting_as
from samvirke.coordination import queries as coordination
from samvirke.gate.access import Refusal
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import conflicts, emergencies, kept_back, lawful, log, log_questions
from samvirke.people import queries as people_queries
from samvirke.people.law_types import Asked


def emergency(one: Family) -> UUID:
    """The coordinator, who knows the mother's place, opened more about her; the leader is to review it."""
    wanted = emergencies.Emergency(DataKind.SOCIAL, "Hun ringte og trengte hjelp med en gang.", 24)
    with acting_as(people.COORDINATOR) as viewer:
        lift_id = emergencies.break_glass(subject_id=one.mother.person.person_id, emergency=wanted, by=viewer)
    assert lift_id is not None
    return lift_id


def conflict() -> UUID:
    """A colleague of the social worker keeps out of the father's case."""
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        record_id = people_queries.record_ids(people.SOCIAL, ["F-1"])["F-1"]
        conflicts.declare_conflict(subject_id=record_id, reason=Refusal.CLOSE_RELATION, by=viewer)
        return conflicts.conflicts(viewer)[0].conflict_id


def opening(one: Family) -> UUID:
    """The social worker opened something about the mother to Nordeng, where she is, by law."""
    asked = Asked(
        to_post=people.STRANGER_LEADER,
        provision="no.social_services_act_44",
        kinds=DataKind.HOUSING,
        purposes=Purpose.SERVICE,
        until=people.NOW + timedelta(days=30),
        met={"serious_danger": "Hun må ha et trygt sted å bo i natt."},
    )
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return lawful.open_by_law(person_id=one.mother.person.person_id, asked=asked, by=viewer)


@dataclass(frozen=True, slots=True)
class OfTheLog:
    """What the access log of the family has led to."""

    visits: list[UUID]
    question: UUID
    exception: UUID


def of_the_log(one: Family) -> OfTheLog:
    """The mother asks why somebody looked; visits of others are kept back from the child's father."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        exception = kept_back.keep_back(
            person_id=one.child.person_id,
            asked=kept_back.Asked(
                one.father.person.citizen_id,
                (people.FOLLOW_UP,),
                "no.log_child_protection",
                30,
                "Barnet har fortalt noe som må undersøkes.",
            ),
            by=viewer,
        )
    with acting_as(people.NAV_ADVISER) as viewer:
        coordination.plan_page(viewer, one.mother.plan_id)
    with acting_as(one.mother.person.citizen_id) as viewer:
        told = [row.visit_id for row in log.who_has_seen(viewer).rows if row.visit_id]
        of_child = [row.visit_id for row in log.who_has_seen_child(viewer, one.child.person_id).rows]
        visit = log.visit(viewer, told[0])
        question = log_questions.ask_why(visit=visit, text="Hvorfor så dere på dette?", by=viewer)
    return OfTheLog([told[0], *(one for one in of_child[:1] if one)], question, exception)
