"""Who could join a plan's team, and leaving it: the seat, the access, and what one answered for."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import actions, commitments, facts, policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.action_types import Who
from samvirke.plan.models import Action, Plan, TeamMember
from samvirke.plan.rows import UNDONE
from samvirke.plan.types import CandidateRow


def post_of_member(plan_id: UUID, member_id: UUID) -> UUID:
    """The post of one in the plan's team. Raises TeamMember.DoesNotExist."""
    return members_of(plan_id)[member_id]


def members_of(plan_id: UUID) -> dict[UUID, UUID]:
    """Who is in the plan's team now: the post by its id in the team, in the order they joined."""
    return {member_id: post_id for post_id, member_id in stored.team(plan_id).items()}


def taking_part(plan_id: UUID) -> dict[UUID, Who]:
    """Who takes part in the plan now, on the person's own side too, by their id in it."""
    return {member_id: who for who, member_id in stored.seats(plan_id).items()}


def consents_naming(viewer: Viewer, plan_id: UUID) -> dict[UUID, UUID]:
    """For each unit that a consent in force names: the newest one for what the viewer is here for.

    Raises Refused.
    """
    plan = Plan.objects.get(pk=plan_id)
    ask.require(viewer, verbs.WRITE_PLAN, plan.subject_id)
    consents = [
        consent
        for consent in ask.consents([plan.subject_id])
        if consent.in_force(viewer.now) and consent.purposes & viewer.purpose
    ]
    return {unit: consent.id for consent in reversed(consents) for unit in consent.to_units}


def candidates(viewer: Viewer, plan_id: UUID) -> list[CandidateRow]:
    """The posts that a consent in force lets join the team, each with that consent. Raises Refused.

    Posts that would tell this viewer where a protected person is are left out.
    """
    plan = Plan.objects.get(pk=plan_id)
    naming = consents_naming(viewer, plan_id)
    here = stored.team(plan_id)
    joining = {post.post_id: post for post in agencies.workers_in(naming) if post.post_id not in here}
    return [
        CandidateRow(post.post_id, post.title, post.unit_name, naming[post.unit_id])
        for post in people.known(plan.subject_id, joining).values()
        if post.title
    ]


@transaction.atomic
def leave_team(*, plan_id: UUID, post_ids: Collection[UUID], actions_to: UUID, by: Viewer) -> int:
    """Let posts leave a person's plan; all that consents opened to them about the person ends at once.

    They leave the plans of the person's families with it. What they answered for and is not done passes to
    `actions_to`, as far as the viewer sees it; what is done stays theirs. Posts that were admitted without
    a seat lose their access too. Returns how many accesses ended. Raises Refused, PlanIsClosed,
    NobodyTakesOver.
    """
    plan = Plan.objects.get(pk=plan_id)
    ask.require(by, verbs.WRITE_PLAN, plan.subject_id)
    policies.check_open(plan)
    circles = families.circles_of(plan.subject_id)
    of_families = Plan.objects.filter(subject_id__in=circles, ends_before__isnull=True)
    for one in [plan, *of_families]:
        _leave(one, post_ids, actions_to, by)
    return gate.dismiss(subject_id=plan.subject_id, post_ids=post_ids)  # last: one may leave oneself


def _leave(plan: Plan, post_ids: Collection[UUID], actions_to: UUID, by: Viewer) -> None:
    leaving = TeamMember.objects.filter(plan=plan, post_id__in=post_ids, left_on__isnull=True)
    members = list(leaving)
    commitments.lapse(plan.id, post_ids, by)
    _pass_on(plan, [member.id for member in members], post_ids, actions_to, by)
    leaving.update(left_on=by.now.date())
    posts = agencies.posts(member.post_id for member in members if member.post_id is not None)
    told = [facts.TeamMemberLeft(plan.subject_id, plan.id, post.agency_kind) for post in posts.values()]
    events.record(told, by=by.post_id, at=by.now)


def _pass_on(
    plan: Plan, members: Collection[UUID], post_ids: Collection[UUID], actions_to: UUID, by: Viewer
) -> None:
    """Each action keeps exactly one accountable member, who is in the team."""
    theirs = Action.objects.filter(plan=plan, accountable_member__in=members, status__in=UNDONE)
    undone = list(theirs.select_for_update())
    for subject_id, kind in {(action.subject_id, action.kind) for action in undone}:
        ask.require(by, verbs.write_action(DataKind(kind)), subject_id)
    if not undone:
        return
    heir = TeamMember.objects.filter(plan=plan, post_id=actions_to, left_on__isnull=True).first()
    policies.check_takes_over(heir, post_ids)
    assert heir is not None
    actions.pass_on(undone, heir.id, by)
