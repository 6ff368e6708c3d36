"""Leaving a plan's team: the seat, the access, and what one answered for."""

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
from samvirke.plan import facts, policies, verbs
from samvirke.plan.models import Action, Plan, TeamMember
from samvirke.plan.queries import UNDONE


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
    _pass_on(plan, [member.id for member in members], post_ids, actions_to, by)
    leaving.update(left_on=by.now.date())
    posts = agencies.posts(member.post_id for member in members)
    told = [
        facts.TeamMemberLeft(plan.subject_id, plan.id, posts[member.post_id].agency_kind)
        for member in members
    ]
    events.record(told, by=by.post_id, at=by.now)


def _pass_on(
    plan: Plan, members: Collection[UUID], post_ids: Collection[UUID], actions_to: UUID, by: Viewer
) -> None:
    """Each action keeps exactly one accountable member, who is in the team."""
    undone = Action.objects.filter(plan=plan, accountable_member__in=members, status__in=UNDONE)
    about = set(undone.values_list("subject_id", "kind"))
    if not about:
        return
    for subject_id, kind in about:
        ask.require(by, verbs.write_action(DataKind(kind)), subject_id)
    heir = TeamMember.objects.filter(plan=plan, post_id=actions_to, left_on__isnull=True).first()
    policies.check_takes_over(heir, post_ids)
    undone.update(accountable_member=heir)
