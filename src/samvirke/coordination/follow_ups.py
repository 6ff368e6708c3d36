"""After a plan has ended in work or education: agreed days on which somebody calls, and how it goes then.

Everything rests on the consent, as the plan does: what is withdrawn shows no follow-up either. Who acts as
the ended plan's coordinator calls; so a deputy calls while the coordinator is away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.coordination import facts, policies, queries, verbs
from samvirke.coordination.models import Duty, FollowUp
from samvirke.coordination.types import DueRow, FollowUpRow, FollowUpsPart
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Occupation, SupportSource
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plans
from samvirke.plan.types import Situation

SOON = timedelta(days=14)


@transaction.atomic
def agree_follow_ups(*, plan_id: UUID, days: Sequence[date], by: Viewer) -> None:
    """Agree on days on which somebody calls, after a plan has ended in work or education.

    A day that is agreed already stays as it is. Raises Refused, NotInTheTeam, NothingToFollow, DayHasBeen.
    """
    duty = _of_team(plan_id, by)
    policies.check_followed(plans.end_reason(plan_id))
    for day in days:
        policies.check_ahead(day, by.now.date())
    known = set(FollowUp.objects.filter(plan_id=plan_id).values_list("due_on", flat=True))
    new = sorted(set(days) - known)
    FollowUp.objects.bulk_create(
        FollowUp(id=uuid4(), plan_id=plan_id, subject_id=duty.subject_id, due_on=day, agreed_by_id=by.post_id)
        for day in new
    )
    told = [facts.FollowUpAgreed(duty.subject_id, plan_id, day) for day in new]
    events.record(told, by=by.post_id, at=by.now)


@transaction.atomic
def note_call(*, follow_up_id: UUID, situation: Situation, open_anew: bool, by: Viewer) -> None:
    """Somebody has called: what the person lives on and does now, and whether to open the plan anew.

    Raises Refused, NotInTheTeam, AlreadyCalled.
    """
    found = FollowUp.objects.select_for_update().get(pk=follow_up_id)
    duty = _of_team(found.plan_id, by)
    if found.called_on is not None:
        raise policies.AlreadyCalled
    found.called_on, found.called_by_id, found.open_anew = by.now.date(), by.post_id, open_anew
    found.support, found.occupation = situation.support, situation.occupation
    found.save(update_fields=["called_on", "called_by", "open_anew", "support", "occupation"])
    ended_on = duty.closed_on
    assert ended_on is not None  # follow-ups are agreed after the end
    told = facts.FollowUpDone(
        subject_id=found.subject_id,
        plan_id=found.plan_id,
        follow_up_id=found.id,
        days_after=(by.now.date() - ended_on).days,
        support=situation.support,
        occupation=situation.occupation,
        open_anew=open_anew,
    )
    events.record([told], by=by.post_id, at=by.now)


def of_plan(viewer: Viewer, plan_id: UUID) -> FollowUpsPart:
    """What is agreed and done after a plan's end, the next day first. Raises Refused, Duty.DoesNotExist."""
    duty = Duty.objects.get(plan_id=plan_id)
    ask.require(viewer, verbs.READ_FOLLOW_UPS, duty.subject_id)
    found = list(FollowUp.objects.filter(plan_id=plan_id).order_by("due_on"))
    called = [one.called_on for one in found if one.called_on is not None]
    audit.note(viewer, verbs.READ_FOLLOW_UPS, subject_ids=[duty.subject_id], basis="", dated=called)
    callers = [one.called_by_id for one in found if one.called_by_id is not None]
    posts = people.posts_around(duty.subject_id, callers) if callers else {}
    titles = {post_id: (post.title, str(post.agency_kind)) for post_id, post in posts.items()}
    in_team = viewer.post_id in plans.teams([plan_id])[plan_id]
    return FollowUpsPart(
        plan_id=plan_id,
        ended_on=duty.closed_on,
        rows=tuple(_row(one, titles) for one in found),
        may_agree=in_team and plans.end_reason(plan_id) in policies.FOLLOWED,
        may_call=in_team,
    )


def due(viewer: Viewer) -> list[DueRow]:
    """The calls that the viewer makes within the next days or should have made, longest waiting first."""
    waiting = FollowUp.objects.filter(called_on__isnull=True, due_on__lte=viewer.now.date() + SOON)
    found = list(ask.visible(viewer, verbs.READ_FOLLOW_UPS, waiting).order_by("due_on", "id"))
    duties = Duty.objects.filter(plan_id__in={one.plan_id for one in found}).values_list("id", flat=True)
    acting = queries.acting(duties, viewer.now.date())
    mine = [one for one in found if acting.get(one.plan_id) == viewer.post_id]
    names = families.titles({one.subject_id for one in mine})
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_FOLLOW_UPS, subject_ids=list(names), basis="consent", kinds=shown)
    return [
        DueRow(
            follow_up_id=one.id,
            plan_id=one.plan_id,
            person_name=names[one.subject_id],
            due_on=one.due_on,
            is_late=one.due_on < viewer.now.date(),
        )
        for one in mine
        if one.subject_id in names  # not where the consent was withdrawn just now
    ]


def _of_team(plan_id: UUID, by: Viewer) -> Duty:
    """The duty of a plan in whose team the viewer is; writers take turns. Raises Refused, NotInTheTeam."""
    duty = Duty.objects.select_for_update().get(plan_id=plan_id)
    ask.require(by, verbs.FOLLOW_UP, duty.subject_id)
    policies.check_in_team([by.post_id], plans.teams([plan_id])[plan_id])
    return duty


def _row(one: FollowUp, titles: dict[UUID, tuple[str, str]]) -> FollowUpRow:
    who, kind = titles[one.called_by_id] if one.called_by_id is not None else ("", "")
    return FollowUpRow(
        follow_up_id=one.id,
        due_on=one.due_on,
        called_on=one.called_on,
        called_by=who,
        called_by_kind=kind,
        situation=Situation(SupportSource(one.support), Occupation(one.occupation))
        if one.called_on
        else None,
        open_anew=bool(one.open_anew),
    )
