"""What the tests of conflicts and of broken glass have in common."""

from __future__ import annotations

from uuid import UUID

import people
from people import OnPlan, acting_as
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.gate.types import Refused, Verb, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import emergencies
from samvirke.people import queries as people_queries
from samvirke.people.emergencies import Emergency

REASON = "Hun er funnet bevisstløs, og legen spør."
OUTSIDER = people.STRANGER


def emergency(kinds: DataKind = DataKind.HEALTH, *, reason: str = REASON, hours: int = 8) -> Emergency:
    """What somebody asks to open."""
    return Emergency(kinds, reason, hours)


def answer(viewer: Viewer, verb: Verb, subject_id: UUID) -> Refusal | None:
    """The refusal, or None."""
    try:
        ask.require(viewer, verb, subject_id)
    except Refused as refused:
        return refused.refusal
    return None


def own_record(external_id: str = "S-1") -> UUID:
    """The social service's own record of the person."""
    with acting_as(people.SOCIAL_LEADER):
        return people_queries.record_ids(people.SOCIAL, [external_id])[external_id]


def lifted(one: OnPlan, by: UUID = OUTSIDER, asked: Emergency | None = None) -> UUID | None:
    """Whether a post could break the glass."""
    with acting_as(by) as viewer:
        return emergencies.break_glass(
            subject_id=one.person.person_id, emergency=asked or emergency(), by=viewer
        )
