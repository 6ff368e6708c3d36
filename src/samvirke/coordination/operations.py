"""Opening the duty with the plan, offering it, accepting it, closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.coordination import absences, facts, policies, verbs
from samvirke.coordination.models import Duty, Handover, Turn
from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import EndReason
from samvirke.plan import operations as plan
from samvirke.plan.types import Intake, Situation


class NotOfferedToYou(Exception):
    """Only the post that was offered the duty may accept it, once, while the plan lasts."""

    def __init__(self) -> None:
        super().__init__(
            "This duty was offered to another post, it was answered already, or the plan has ended."
        )


@transaction.atomic
def start_plan(
    *,
    person_id: UUID,
    partnership_id: UUID,
    kinds: Sequence[str],
    consent_id: UUID,
    unit_id: UUID,
    deputy: UUID,
    next_review: date,
    intake: Intake,
    by: Viewer,
) -> UUID:
    """Open the one plan together with the duty to coordinate it. Returns the plan's id.

    The unit's leader post holds the first turn: somebody answers for the plan from its first day. Raises
    Refused, NoConsent, NoLeader, NobodyStandsIn.
    """
    plan_id = plan.open_plan(
        person_id=person_id,
        partnership_id=partnership_id,
        kinds=kinds,
        consent_id=consent_id,
        next_review=next_review,
        intake=intake,
        by=by,
    )
    leader = agencies.leader_of(unit_id)
    plan.add_members(plan_id=plan_id, post_ids=[by.post_id, leader], consent_id=consent_id, by=by)
    _open_duty(plan_id, person_id, unit_id=unit_id, leader=leader, deputy=deputy, role="coordinator", by=by)
    return plan_id


@transaction.atomic
def start_family_plan(
    *,
    circle_id: UUID,
    partnership_id: UUID,
    consent_ids: Sequence[UUID],
    unit_id: UUID,
    deputy: UUID,
    next_review: date,
    by: Viewer,
) -> UUID:
    """Open a family's plan together with the child coordinator's duty. Returns the plan's id.

    consent_ids: one of each member, so that whoever joins sees the family. The unit's leader post answers
    until somebody accepts. Raises Refused, NoLeader, NobodyStandsIn.
    """
    plan_id = plan.open_family_plan(
        circle_id=circle_id, partnership_id=partnership_id, next_review=next_review, by=by
    )
    leader = agencies.leader_of(unit_id)
    plan.add_family_members(plan_id=plan_id, post_ids=[by.post_id, leader], consent_ids=consent_ids, by=by)
    _open_duty(
        plan_id, circle_id, unit_id=unit_id, leader=leader, deputy=deputy, role="child_coordinator", by=by
    )
    return plan_id


@transaction.atomic
def offer_duty(*, plan_id: UUID, to_post: UUID, deputy: UUID, consent_id: UUID, by: Viewer) -> UUID:
    """Offer the duty to a post, which joins the team so that it can read before it answers.

    Nothing changes until the post accepts. Raises Refused.
    """
    duty = Duty.objects.get(plan_id=plan_id)
    ask.require(by, verbs.HAND_OVER, duty.subject_id)
    plan.add_members(plan_id=plan_id, post_ids=[to_post], consent_id=consent_id, by=by)
    return _offer(duty, to_post=to_post, deputy=deputy, by=by, accepted=False).id


@transaction.atomic
def accept_handover(*, handover_id: UUID, by: Viewer) -> date:
    """Take the duty over; returns the day it takes effect: today, or tomorrow if a turn began today.

    Raises Refused, NotOfferedToYou, NobodyStandsIn.
    """
    handover = Handover.objects.select_for_update().get(pk=handover_id)
    duty = Duty.objects.select_for_update().get(pk=handover.duty_id)
    ask.require(by, verbs.HAND_OVER, handover.subject_id)
    is_open = "accepted" in policies.HANDOVER[policies.status(handover, duty)]
    if handover.to_post_id != by.post_id or not is_open:
        raise NotOfferedToYou
    handover.accepted_at = by.now
    handover.save(update_fields=["accepted_at"])
    newest = Turn.objects.filter(duty=duty).order_by("-starts_on")[0]
    starts_on = max(by.now.date(), newest.starts_on + timedelta(days=1))
    _start_turn(duty, handover, starts_on=starts_on, by=by)
    return starts_on


@transaction.atomic
def end_plan(*, plan_id: UUID, reason: EndReason, situation: Situation, by: Viewer) -> None:
    """End the plan and the duty with it. Raises Refused, PlanIsClosed."""
    plan.close_plan(plan_id=plan_id, reason=reason, situation=situation, by=by)
    Duty.objects.filter(plan_id=plan_id).update(closed_on=by.now.date())


def _open_duty(
    plan_id: UUID, subject_id: UUID, *, unit_id: UUID, leader: UUID, deputy: UUID, role: str, by: Viewer
) -> None:
    """The duty, with the leader post's first turn."""
    duty = Duty.objects.create(
        id=uuid4(),
        plan_id=plan_id,
        subject_id=subject_id,
        unit_id=unit_id,
        role=role,
        opened_on=by.now.date(),
    )
    first = _offer(duty, to_post=leader, deputy=deputy, by=by, accepted=True)
    _start_turn(duty, first, starts_on=duty.opened_on, by=by)


def _offer(duty: Duty, *, to_post: UUID, deputy: UUID, by: Viewer, accepted: bool) -> Handover:
    return Handover.objects.create(
        id=uuid4(),
        duty=duty,
        subject_id=duty.subject_id,
        to_post_id=to_post,
        deputy_id=deputy,
        offered_by_id=by.post_id,
        offered_at=by.now,
        accepted_at=by.now if accepted else None,
    )


def let_leader_answer(duty: Duty, leader: UUID, *, newest: Turn, by: Viewer) -> None:
    """The unit's leader answers for the plan again, as at its beginning, until somebody accepts the duty."""
    deputy = newest.deputy_id if newest.deputy_id != leader else newest.post_id
    back = _offer(duty, to_post=leader, deputy=deputy, by=by, accepted=True)
    starts_on = max(by.now.date(), newest.starts_on + timedelta(days=1))
    _start_turn(duty, back, starts_on=starts_on, by=by)


def _start_turn(duty: Duty, handover: Handover, *, starts_on: date, by: Viewer) -> None:
    turn = Turn.objects.create(
        id=uuid4(),
        duty=duty,
        subject_id=duty.subject_id,
        starts_on=starts_on,
        post_id=handover.to_post_id,
        deputy_id=handover.deputy_id,
        handover=handover,
    )
    told = facts.TurnStarted(
        duty.subject_id, duty.plan_id, handover.to_post_id, handover.deputy_id, starts_on
    )
    events.record([told], by=by.post_id, at=by.now)
    absences.cover(turn, by=by)
