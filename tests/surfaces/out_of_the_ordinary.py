"""What seldom happens, for the swept world: broken glass, and a worker who keeps out of a case."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import people
from people import Family, acting_as
from samvirke.gate.access import Refusal
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import conflicts, emergencies, lawful
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
