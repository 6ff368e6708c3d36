"""Taking a consent back: what would end with it, and who answers for the plan afterwards.

The coordinator may lose the plan by it. Then the leader of the unit whose duty it is answers again, as at the
plan's beginning, where the leader still sees the plan. Nobody's seat is taken away: it rests on another
consent where there is one, and otherwise it is empty until the person says yes again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.assessments import queries as assessments
from samvirke.assessments.types import OpenAnswer
from samvirke.coordination import meeting_days, policies
from samvirke.coordination.models import Duty, Turn
from samvirke.coordination.operations import let_leader_answer
from samvirke.coordination.types import Consequences, CoordinatorAfter, FamilyAfter, LossRow
from samvirke.gate import consents as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import Refusal
from samvirke.gate.consents import Resting
from samvirke.gate.types import ConsentRecord, Refused, Viewer
from samvirke.interventions import queries as interventions
from samvirke.interventions.types import KIND_OF
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import answering, families, openings
from samvirke.people import operations as people_operations
from samvirke.people import queries as people
from samvirke.people.law_types import OpeningRow
from samvirke.people.types import Withdrawal
from samvirke.people.verbs import READ_OPENINGS, READ_REFERRALS
from samvirke.plan import consents as plan_consents
from samvirke.plan import queries as plans
from samvirke.plan.types import CountRow
from samvirke.plan.verbs import READ_PLAN, SEE_AUDIENCE


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, by: Viewer) -> Withdrawal:
    """End a consent and at once every access that rested on it. Raises Refused, AlreadyWithdrawn."""
    consent = ask.consent(consent_id)
    resting = gate.rests_on(consent_id)
    kept = {one.holder_id: one.kept_on for one in resting if one.kept_on and DataKind.PLAN in one.kept}
    plan_consents.keep_seats(consent.subject_id, kept)
    _let_the_leader_answer(consent.subject_id, _blind(resting), by)
    return people_operations.withdraw_consent(consent_id=consent_id, by=by)


def consequences(viewer: Viewer, consent_id: UUID) -> Consequences:
    """What would end if the consent were taken back now, and what would not; for whoever may take it back.

    A guardian is told of the kinds they read about the child, and not what else opens them. Raises Refused
    for anybody else, Consent.DoesNotExist.
    """
    consent = ask.consent(consent_id)
    verb = answering.verb_to_take_back(consent, by=viewer)
    opened = ask.require(viewer, verb, consent.subject_id)
    if not answering.takes_back(consent, by=viewer):
        raise Refused(verb, Refusal.NO_BASIS)
    resting, person_id = gate.rests_on(consent_id), consent.subject_id
    losses = _losses(viewer, consent, resting)
    if people.acts_for(viewer, person_id):
        losses = tuple(_for_guardian(row, opened.reads) for row in losses)
    return Consequences(
        losses=losses,
        after=_after(viewer, person_id, _blind(resting)),
        families=_families(viewer, person_id, _blind(resting)),
        by_law=_by_law(viewer, person_id),
    )


def _losses(viewer: Viewer, consent: ConsentRecord, resting: Sequence[Resting]) -> tuple[LossRow, ...]:
    person_id = consent.subject_id
    posts = people.posts_around(person_id, (one.holder_id for one in resting))
    answers = plan_consents.answers_for(person_id)
    held = _held(viewer, person_id)
    rows = [
        _loss(one, posts[one.holder_id], answers.get(one.holder_id, ()), held, consent.purposes)
        for one in resting
        if one.holder_id in posts
    ]
    return tuple(sorted(rows, key=lambda row: (row.post.agency_name, row.post.title)))


def _for_guardian(row: LossRow, reads: DataKind) -> LossRow:
    """Without the kinds that are closed to the guardian, and without what other yes or law opens the rest."""
    return replace(
        row,
        lost=tuple(kind for kind in row.lost if kind & reads),
        kept=tuple(kind for kind in row.kept if kind & reads),
        bases=(),
        left_for=(),
        is_narrowed=False,
        post=row.post if DataKind.PLAN & reads else people.unnamed(row.post),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """What there is about the person, by kind."""

    counts: Sequence[CountRow]
    answers: Sequence[OpenAnswer]
    needs: Sequence[DataKind]  # of each need that waits, or has a place
    referrals: Sequence[UUID]  # the units of those not received yet
    meetings: int  # ahead


def _held(viewer: Viewer, person_id: UUID) -> _Held:
    may = ask.allowed(viewer, [READ_REFERRALS, READ_PLAN], person_id)
    referrals = people.referrals_of(viewer, person_id) if READ_REFERRALS.code in may else []
    today = viewer.now.date()
    return _Held(
        counts=plan_consents.counts(viewer, person_id) if READ_PLAN.code in may else [],
        answers=assessments.open_answers(viewer, person_id),
        needs=[
            KIND_OF[need.intervention_kind]
            for need in interventions.about(viewer, person_id)
            if need.status == "waiting" or need.is_held
        ],
        referrals=[one.unit_id for one in referrals if one.received_at is None],
        meetings=meeting_days.ahead_of(person_id, today),
    )


def _loss(one: Resting, post: PostRow, answers_for: Sequence[str], held: _Held, purposes: Purpose) -> LossRow:
    lost = one.lost
    seen = [row for row in held.counts if row.kind in lost]
    sees_no_plan = DataKind.PLAN in lost
    return LossRow(
        post_id=one.holder_id,
        post=post,
        lost=tuple(kinds_in(lost)),
        kept=tuple(kinds_in(one.opened & one.kept)),
        bases=one.bases,
        left_for=tuple(purpose for purpose in Purpose if purpose & one.left_for),
        is_narrowed=bool(one.left_for) and one.left_for != purposes,
        answers_for=tuple(answers_for) if sees_no_plan else (),
        goals=sum(row.goals for row in seen),
        actions=sum(row.actions for row in seen),
        notes=sum(row.notes for row in seen),
        commitments=sum(row.commitments for row in seen),
        answers=sum(one.kind in lost and one.is_open_to(post.unit_id) for one in held.answers),
        needs=sum(kind in lost for kind in held.needs),
        referrals=held.referrals.count(post.unit_id) if sees_no_plan else 0,
        meetings=held.meetings if sees_no_plan else 0,
    )


def _blind(resting: Sequence[Resting]) -> set[UUID]:
    """Who would see the plan no more."""
    return {one.holder_id for one in resting if DataKind.PLAN in one.lost}


def _duty(person_id: UUID) -> tuple[Duty, Turn] | None:
    """The duty to coordinate the person's open plan, with its newest turn."""
    duty = Duty.objects.filter(subject_id=person_id, closed_on__isnull=True).first()
    return (duty, Turn.objects.filter(duty=duty).order_by("-starts_on")[0]) if duty else None


def _after(viewer: Viewer, person_id: UUID, blind: Collection[UUID]) -> CoordinatorAfter | None:
    found = _duty(person_id)
    if found is None:
        return None
    duty, turn = found
    leader = agencies.leader_of(duty.unit_id)
    posts = people.posts_around(person_id, [turn.post_id, turn.deputy_id, leader])
    return CoordinatorAfter(
        coordinator=posts[turn.post_id],
        deputy=posts[turn.deputy_id],
        leader=posts[leader],
        outcome=policies.answers_after(turn.post_id, leader, _see_the_plan(viewer, person_id, blind)),
    )


def _families(viewer: Viewer, person_id: UUID, blind: Collection[UUID]) -> tuple[FamilyAfter, ...]:
    """The family's plan is for those who see every one of the family: it closes to the same posts."""
    found = (
        _family_after(viewer, circle_id, blind)
        for circle_id in families.circles_of(person_id)
        if plans.has_open_plan(circle_id) and ask.allowed(viewer, [SEE_AUDIENCE], circle_id)
    )
    return tuple(one for one in found if one.closes_for)


def _family_after(viewer: Viewer, circle_id: UUID, blind: Collection[UUID]) -> FamilyAfter:
    audience = ask.who_sees(viewer, SEE_AUDIENCE, circle_id, DataKind.PLAN)
    posts = people.posts_around(circle_id, (holder for holder, one in audience.items() if one.sees))
    closed = [post for holder, post in posts.items() if holder in blind]
    return FamilyAfter(
        names=tuple(member.name for member in families.named(circle_id)[1]),
        closes_for=tuple(sorted(closed, key=lambda post: (post.agency_name, post.title))),
        rests=len(closed) == len(posts),
    )


def _by_law(viewer: Viewer, person_id: UUID) -> tuple[OpeningRow, ...]:
    """What a law has opened ends with no consent; not told to a guardian, as what else opens is not."""
    may_know = ask.allowed(viewer, [READ_OPENINGS], person_id)
    return tuple(openings.running(viewer, person_id)) if may_know else ()


def _let_the_leader_answer(person_id: UUID, blind: Collection[UUID], by: Viewer) -> None:
    """Where the coordinator would see the plan no more, and the leader does."""
    found = _duty(person_id)
    if found is None or found[1].post_id not in blind:
        return
    duty, turn = found
    leader = agencies.leader_of(duty.unit_id)
    if policies.answers_after(turn.post_id, leader, _see_the_plan(by, person_id, blind)) != "leader":
        return
    with suppress(policies.NobodyStandsIn), transaction.atomic():  # a withdrawal waits for nobody who is away
        let_leader_answer(duty, leader, newest=turn, by=by)


def _see_the_plan(viewer: Viewer, person_id: UUID, blind: Collection[UUID]) -> set[UUID]:
    audience = ask.who_sees(viewer, SEE_AUDIENCE, person_id, DataKind.PLAN)
    return {holder for holder, one in audience.items() if one.sees and holder not in blind}
