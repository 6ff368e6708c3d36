"""The birthdays ahead at which somebody's help changes hands, told to the plan's team a year before.

Read from the law packs and the date of birth each time: nothing is stored, so nothing can be out of date.
Who takes over says yes where that is done anyway: to the duty to coordinate, or to a commitment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from samvirke.coordination import verbs
from samvirke.coordination.models import Duty
from samvirke.coordination.types import BirthdayRow, BirthdaysPart
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.people.verbs import READ_FAMILY
from samvirke.plan import queries as plans
from samvirke.programmes import queries as programmes
from samvirke.statutes import turnings

STILL_TOLD = timedelta(days=31)  # after the day: whoever was forgotten is seen


def of_plan(viewer: Viewer, plan_id: UUID) -> BirthdaysPart:
    """Those of the person, or of each of the family, the next first. Raises Refused, Duty.DoesNotExist."""
    duty = Duty.objects.get(plan_id=plan_id)
    ask.require(viewer, verbs.READ_OFFERS, duty.subject_id)
    name, members = families.named(duty.subject_id)
    family = [member.person_id for member in members]
    persons = family or [duty.subject_id]
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_OFFERS, subject_ids=[duty.subject_id], basis="", kinds=shown)
    audit.note(viewer, READ_FAMILY, subject_ids=family, basis="circle", kinds=shown)
    goes_on = duty.closed_on is None
    in_team = viewer.post_id in plans.teams([plan_id])[plan_id]
    may_ask = goes_on and in_team and bool(ask.allowed(viewer, [verbs.HAND_OVER], duty.subject_id))
    return BirthdaysPart(
        plan_id=plan_id,
        name=name,
        rows=_in_order(_near(viewer, {*persons}), persons) if goes_on else (),
        may_ask=may_ask,
        may_offer=may_ask and not members,  # a family's duty stays with the child coordinator
    )


def next_of(viewer: Viewer, subject_ids: Collection[UUID]) -> dict[UUID, BirthdayRow]:
    """The next one of each person or family that the caller shows by name, where there is any."""
    of_families = families.families(subject_ids)
    whose = {subject_id: [subject_id] for subject_id in subject_ids}
    whose |= {circle: [one.person_id for one in members] for circle, members in of_families.items()}
    near = _near(viewer, {person_id for members in whose.values() for person_id in members})
    found = {one: _in_order(near, members) for one, members in whose.items()}
    return {subject_id: rows[0] for subject_id, rows in found.items() if rows}


def _near(viewer: Viewer, person_ids: set[UUID]) -> dict[UUID, list[BirthdayRow]]:
    """Those of each person whom the viewer may see."""
    today = viewer.now.date()
    return {
        person.pk: [
            BirthdayRow(person.name, one.age, one.on, one.label, one.citation, has_been=one.on <= today)
            for one in turnings.of_person(
                programmes.country_of(person.partnership_id),
                person.birth_date,
                since=today - STILL_TOLD,
                today=today,
            )
        ]
        for person in people.persons(person_ids).values()
    }


def _in_order(near: Mapping[UUID, list[BirthdayRow]], person_ids: Iterable[UUID]) -> tuple[BirthdayRow, ...]:
    found = [row for person_id in person_ids for row in near.get(person_id, ())]
    return tuple(sorted(found, key=lambda row: (row.on, row.name, row.changes)))
