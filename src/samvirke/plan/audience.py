"""Who reads what is written in a plan."""

from __future__ import annotations

from uuid import UUID

from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.types import AudienceRow


def readers(viewer: Viewer, plan_id: UUID, kind: DataKind, *, sealed: bool = False) -> list[AudienceRow]:
    """Who around the person sees what is written of this kind, and why. Raises Refused, Plan.DoesNotExist."""
    plan = stored.plan(plan_id)
    answers = ask.who_sees(viewer, verbs.SEE_AUDIENCE, plan.subject_id, kind)
    posts = people.posts_around(plan.subject_id, answers)
    citizens = families.citizens_of(plan.subject_id)
    if sealed:
        mine = {post_id for post_id, post in posts.items() if post.unit_id in viewer.holders}
        answers = {who: policies.if_sealed(answer, who in mine) for who, answer in answers.items()}
    rows = [
        AudienceRow(
            who=posts[holder].title if holder in posts else citizens[holder],
            agency_name=posts[holder].agency_name if holder in posts else "",
            sees=answer.sees,
            reason=answer.reason,
            agency_kind=posts[holder].agency_kind if holder in posts else "",
        )
        for holder, answer in answers.items()
        if holder in posts or holder in citizens
    ]
    return sorted(rows, key=_as_shown)


def _as_shown(row: AudienceRow) -> tuple[object, ...]:
    """By what is shown alone: among posts that are not named, an order by ids would tell which they are."""
    return bool(row.agency_kind), row.agency_name, row.who, row.agency_kind, row.sees, row.reason
