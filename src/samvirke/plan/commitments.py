"""Commitments between agencies around one person: asked for, answered, kept or broken. Nothing is changed.

A counter-demand is a commitment of its own, tied to the one that it answers: when it is accepted, both hold.
Everybody in the team who may see the kind reads it, and the person; nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agreements import policies as agreements
from samvirke.agreements import queries as agreement_queries
from samvirke.agreements.types import Promise
from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import Verb, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import commitment_policies as rules
from samvirke.plan import facts, policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.commitment_models import Commitment, CommitmentStep
from samvirke.plan.commitment_types import OPEN, Wanted
from samvirke.plan.models import Plan, TeamMember
from samvirke.plan.rows import StoredPlan


@transaction.atomic
def ask_for(*, plan_id: UUID, wanted: Wanted, of_post: UUID, by: Viewer) -> UUID:
    """Ask somebody of another unit in the team for something. Returns the commitment's id.

    Raises Refused, PlanIsClosed, NotInTheTeam, OfTheSameUnit, CannotRead, NothingWritten, DueInThePast,
    NoSuchCommitment, Plan.DoesNotExist.
    """
    plan = in_turn(plan_id, verbs.WRITE_PLAN, by)
    ask.require(by, verbs.write_commitment(wanted.kind), plan.subject_id)
    return _asked(plan, wanted, of_post, by, is_counter=False)


@transaction.atomic
def answer(*, commitment_id: UUID, status: str, why: str, by: Viewer) -> None:
    """Accept or decline what one's unit was asked for. status: accepted, declined.

    With an accepted counter-demand the commitment that it answers is accepted too. Raises Refused,
    PlanIsClosed, NotYoursToAnswer, CommitmentHasMoved, ReasonMissing, Commitment.DoesNotExist.
    """
    commitment = _to_answer(commitment_id, status, by, among=("accepted", "declined"))
    rules.check_reason(status, why)
    _step(commitment, status, by, why=why)
    if status == "accepted":
        _both_hold(commitment, by)


@transaction.atomic
def counter(*, commitment_id: UUID, wanted: Wanted, by: Viewer) -> UUID:
    """Answer with a counter-demand: something that the asker does in return. Returns its id.

    Raises as `ask_for` and `answer`.
    """
    commitment = _to_answer(commitment_id, "countered", by, among=("countered",))
    ask.require(by, verbs.write_commitment(wanted.kind), commitment.subject_id)
    demand = Wanted(wanted.kind, wanted.what, wanted.by_when, wanted.in_return, commitment.id)
    of_post = _still_there(commitment.plan_id, _post_of(commitment.asked_by))
    made = _asked(stored.plan(commitment.plan_id), demand, of_post, by, is_counter=True)
    _step(commitment, "countered", by)
    return made


@transaction.atomic
def settle(*, commitment_id: UUID, status: str, on_day: date, why: str, by: Viewer) -> None:
    """Say that a commitment was kept, or broken and why, on a day that has been; for both its parties.

    Raises Refused, PlanIsClosed, NotYoursToAnswer, CommitmentHasMoved, ReasonMissing, NotThatDay,
    Commitment.DoesNotExist.
    """
    commitment = _locked(commitment_id, by)
    rules.check_party({*_units(commitment)}, _unit_of(by))
    rules.check_moves(_status(commitment), status, among=rules.OUTCOMES)
    rules.check_reason(status, why)
    rules.check_day_between(on_day, commitment.asked_at.date(), by.now.date())
    _step(commitment, status, by, why=why, on_day=on_day)


def lapse(plan_id: UUID, leaving: Collection[UUID], by: Viewer) -> None:
    """Posts leave the team: open commitments of a unit that nobody of stays end with them."""
    team = stored.team(plan_id)
    staying = {post.unit_id for post in agencies.posts(team.keys() - {*leaving}).values()}
    for commitment in Commitment.objects.filter(plan_id=plan_id).select_related(*PARTIES):
        if _status(commitment) in OPEN and not {*_units(commitment)} <= staying:
            _step(commitment, "lapsed", by)


PARTIES = ("accountable_member", "asked_by")


def in_turn(plan_id: UUID, verb: Verb, by: Viewer) -> StoredPlan:
    """An open plan that is kept from others until the transaction ends. Raises Refused, PlanIsClosed."""
    Plan.objects.select_for_update().get(pk=plan_id)
    plan = stored.plan(plan_id)
    ask.require(by, verb, plan.subject_id)
    policies.check_open(plan)
    return plan


def _still_there(plan_id: UUID, post_id: UUID) -> UUID:
    """The post, or where it has left the team a colleague of its unit who is in it."""
    team = stored.team(plan_id)
    unit_id = agencies.post(post_id).unit_id
    of_unit = [one.post_id for one in agencies.posts(team).values() if one.unit_id == unit_id]
    return post_id if post_id in team else next(iter(sorted(of_unit)), post_id)


def _locked(commitment_id: UUID, by: Viewer) -> Commitment:
    """The commitment, in an open plan, whose team the viewer is in. Raises Refused, NotInTheTeam."""
    plan_id = Commitment.objects.values_list("plan_id", flat=True).get(pk=commitment_id)
    plan = in_turn(plan_id, verbs.WRITE_PLAN, by)
    commitment = Commitment.objects.select_related(*PARTIES).get(pk=commitment_id)
    ask.require(by, verbs.answer_commitment(DataKind(commitment.kind)), commitment.subject_id)
    policies.check_in_team({by.post_id}, stored.team(plan.id))
    return commitment


def _to_answer(commitment_id: UUID, wanted: str, by: Viewer, *, among: Collection[str]) -> Commitment:
    commitment = _locked(commitment_id, by)
    rules.check_party({_units(commitment)[0]}, _unit_of(by))
    rules.check_moves(_status(commitment), wanted, among=among)
    return commitment


def _asked(plan: StoredPlan, wanted: Wanted, of_post: UUID, by: Viewer, *, is_counter: bool) -> UUID:
    team = stored.team(plan.id)
    policies.check_in_team({by.post_id, of_post}, team)
    posts = agencies.posts([by.post_id, of_post])
    rules.check_two_units(posts[by.post_id].unit_id, posts[of_post].unit_id)
    policies.check_written(wanted.what)
    rules.check_due(wanted.by_when, by.now.date())
    answers = ask.who_sees(by, verbs.SEE_AUDIENCE, plan.subject_id, wanted.kind)
    rules.check_reads(of_post, {who for who, one in answers.items() if one.sees})
    known = Commitment.objects.filter(plan_id=plan.id).values_list("id", flat=True)
    rules.check_known(wanted.in_return_for, known)
    made = Commitment.objects.create(
        id=uuid4(),
        plan_id=plan.id,
        subject_id=plan.subject_id,
        kind=int(wanted.kind),
        what=wanted.what.strip(),
        by_when=wanted.by_when,
        accountable_member_id=team[of_post],
        asked_by_id=team[by.post_id],
        asked_at=by.now,
        in_return=wanted.in_return.strip(),
        in_return_for_id=wanted.in_return_for,
        is_counter=is_counter,
    )
    told = facts.CommitmentAsked(
        subject_id=plan.subject_id,
        plan_id=plan.id,
        commitment_id=made.id,
        of_kind=posts[of_post].agency_kind,
        by_kind=posts[by.post_id].agency_kind,
        by_when=made.by_when,
        is_counter=is_counter,
    )
    events.record([told], by=by.post_id, at=by.now)
    return made.id


def _both_hold(commitment: Commitment, by: Viewer) -> None:
    """What was to be had in return for an accepted counter-demand is accepted with it."""
    if not commitment.is_counter or commitment.in_return_for_id is None:
        return
    found = Commitment.objects.select_related(*PARTIES).filter(pk=commitment.in_return_for_id)
    first = found.first()  # nothing where the viewer may not know of it
    if first is not None and _status(first) == "countered":
        _step(first, "accepted", by)
        _both_hold(first, by)


def _step(
    commitment: Commitment, status: str, by: Viewer, *, why: str = "", on_day: date | None = None
) -> None:
    before = CommitmentStep.objects.filter(commitment=commitment).count()
    step = CommitmentStep.objects.create(
        id=uuid4(),
        commitment=commitment,
        subject_id=commitment.subject_id,
        kind=commitment.kind,
        number=before + 1,
        status=status,
        why=why.strip(),
        on_day=on_day or by.now.date(),
        by_id=by.post_id,
        at=by.now,
    )
    events.record([_told(commitment, step)], by=by.post_id, at=by.now)


def _told(commitment: Commitment, step: CommitmentStep) -> facts.CommitmentAnswered | facts.CommitmentSettled:
    both = [_post_of(member) for member in (commitment.accountable_member, commitment.asked_by)]
    posts = agencies.posts(both)
    kinds = [posts[post_id].agency_kind for post_id in both]
    if step.status in {"kept", "broken", "lapsed"}:
        return facts.CommitmentSettled(
            subject_id=commitment.subject_id,
            plan_id=commitment.plan_id,
            commitment_id=commitment.id,
            of_kind=kinds[0],
            by_kind=kinds[1],
            outcome=step.status,
            on_day=step.on_day,
            by_when=commitment.by_when,
        )
    return facts.CommitmentAnswered(
        subject_id=commitment.subject_id,
        plan_id=commitment.plan_id,
        commitment_id=commitment.id,
        of_kind=kinds[0],
        by_kind=kinds[1],
        answer=step.status,
        days=(step.on_day - commitment.asked_at.date()).days,
        promised_days=_promised(commitment, {post.unit_id for post in posts.values()}),
    )


def _promised(commitment: Commitment, between: Collection[UUID]) -> int | None:
    """Within how many days the agreement of the day it was asked for promises an answer."""
    partnership_id = Plan.objects.values_list("partnership_id", flat=True).get(pk=commitment.plan_id)
    said = agreement_queries.promised_days([partnership_id], Promise.ANSWER_COMMITMENT)
    return agreements.days_between(frozenset(between), commitment.asked_at.date(), said)


def _status(commitment: Commitment) -> str:
    steps = CommitmentStep.objects.filter(commitment=commitment).order_by("-number")
    return steps.values_list("status", flat=True).first() or rules.COMMITMENT.begins


def _units(commitment: Commitment) -> list[UUID]:
    """The unit that answers for it, and the one that asked."""
    members: Iterable[TeamMember] = (commitment.accountable_member, commitment.asked_by)
    return [agencies.post(_post_of(member)).unit_id for member in members]


def _post_of(member: TeamMember) -> UUID:
    """Agencies promise each other; the person's own side has no part in it."""
    post_id: UUID | None = member.post_id
    assert post_id is not None
    return post_id


def _unit_of(by: Viewer) -> UUID:
    return agencies.post(by.post_id).unit_id
