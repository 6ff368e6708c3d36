"""Who is in a plan's team, and who could be."""

from __future__ import annotations

from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import queries as people
from samvirke.plan import verbs
from samvirke.plan.models import Plan, TeamMember
from samvirke.plan.types import CandidateRow


def post_of_member(plan_id: UUID, member_id: UUID) -> UUID:
    """The post of one in the plan's team. Raises TeamMember.DoesNotExist."""
    post_id: UUID = TeamMember.objects.values_list("post_id", flat=True).get(
        plan_id=plan_id, pk=member_id, left_on__isnull=True
    )
    return post_id


def consents_naming(viewer: Viewer, plan_id: UUID) -> dict[UUID, UUID]:
    """For each unit that a consent in force names: the newest such consent. Raises Refused."""
    plan = Plan.objects.get(pk=plan_id)
    ask.require(viewer, verbs.WRITE_PLAN, plan.subject_id)
    consents = [consent for consent in ask.consents([plan.subject_id]) if consent.in_force(viewer.now)]
    return {unit: consent.id for consent in reversed(consents) for unit in consent.to_units}


def candidates(viewer: Viewer, plan_id: UUID) -> list[CandidateRow]:
    """The posts that a consent in force lets join the team, each with that consent. Raises Refused.

    Posts that would tell this viewer where a protected person is are left out.
    """
    plan = Plan.objects.get(pk=plan_id)
    naming = consents_naming(viewer, plan_id)
    here = set(TeamMember.objects.filter(plan=plan, left_on__isnull=True).values_list("post_id", flat=True))
    joining = {post.post_id: post for post in agencies.workers_in(naming) if post.post_id not in here}
    return [
        CandidateRow(post.post_id, post.title, post.unit_name, naming[post.unit_id])
        for post in people.known(plan.subject_id, joining).values()
        if post.title
    ]
