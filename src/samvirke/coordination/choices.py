"""The person chooses: a wish for another coordinator or another worker, and the leader's answer (N172).

What the person writes is sealed to the leader post who answers. Whom it is about, and the rest of the team,
are told nothing.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.coordination import facts, policies, verbs
from samvirke.coordination.models import ChangeWish, Duty
from samvirke.coordination.types import ChangeWishRow, SeatRow
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plans


@transaction.atomic
def wish_for_another(*, plan_id: UUID, instead_of: UUID, wanted: str, why: str, by: Viewer) -> UUID:
    """The person wishes for somebody else than a post of the team. Returns the wish's id.

    why: may be empty; nobody has to say. Raises Refused, NotThePerson, PlanHasEnded, NotInTheTeam,
    NothingWritten, WishedAlready, NobodyAnswers.
    """
    duty = Duty.objects.select_for_update().get(plan_id=plan_id)
    ask.require(by, verbs.WISH_FOR_ANOTHER, duty.subject_id)
    policies.check_the_person(people.myself(by) if by.is_citizen else None, duty.subject_id)
    policies.check_goes_on(duty)
    team = plans.teams([plan_id])[plan_id]
    policies.check_in_team([instead_of], team)
    policies.check_written(wanted)
    open_ones = ChangeWish.objects.filter(plan_id=plan_id, instead_of_id=instead_of, answered_at__isnull=True)
    if open_ones.exists():
        raise policies.WishedAlready
    leader = agencies.leader_of(duty.unit_id)
    policies.check_somebody_answers(leader, team)
    wish = ChangeWish.objects.create(
        id=uuid4(),
        plan_id=plan_id,
        subject_id=duty.subject_id,
        instead_of_id=instead_of,
        wanted=wanted.strip(),
        why=why.strip(),
        asked_at=by.now,
        sealed_to_id=leader,
    )
    about = agencies.post(instead_of).agency_kind
    events.record([facts.ChangeWished(duty.subject_id, plan_id, about)], by=by.post_id, at=by.now)
    return wish.id


@transaction.atomic
def answer_wish(*, wish_id: UUID, granted: bool, reply: str, by: Viewer) -> None:
    """The leader says yes or no, in words that the person reads. Who follows is offered the duty, or joins.

    Raises Refused, ChangeWish.DoesNotExist, NothingWritten, AnsweredAlready.
    """
    wish = ChangeWish.objects.select_for_update().get(pk=wish_id)
    ask.require(by, verbs.ANSWER_WISH, wish.subject_id)
    policies.check_written(reply)
    if wish.answered_at is not None:
        raise policies.AnsweredAlready
    wish.answer, wish.reply, wish.answered_at = "granted" if granted else "refused", reply.strip(), by.now
    wish.save(update_fields=["answer", "reply", "answered_at"])
    days = (by.now.date() - wish.asked_at.date()).days
    told = facts.ChangeAnswered(wish.subject_id, wish.plan_id, wish.answer, days)
    events.record([told], by=by.post_id, at=by.now)


def mine(viewer: Viewer, plan_id: UUID) -> list[ChangeWishRow]:
    """What the person has wished for, the newest first. Raises Refused, Duty.DoesNotExist."""
    duty = Duty.objects.get(plan_id=plan_id)
    ask.require(viewer, verbs.WISH_FOR_ANOTHER, duty.subject_id)
    return _rows(viewer, list(ChangeWish.objects.filter(plan_id=plan_id).order_by("-asked_at")))


def waiting(viewer: Viewer) -> list[ChangeWishRow]:
    """The wishes that this leader post is to answer, the longest waiting first."""
    found = ChangeWish.objects.filter(sealed_to_id=viewer.post_id, answered_at__isnull=True)
    return _rows(viewer, list(ask.visible(viewer, verbs.ANSWER_WISH, found).order_by("asked_at", "id")))


def _rows(viewer: Viewer, found: list[ChangeWish]) -> list[ChangeWishRow]:
    names = families.titles({one.subject_id for one in found})
    kinds = DataKind.IDENTITY | DataKind.PLAN
    dated = [one.asked_at.date() for one in found]
    if found:
        verb = verbs.ANSWER_WISH if not viewer.is_citizen else verbs.WISH_FOR_ANOTHER
        audit.note(viewer, verb, subject_ids=list(names), basis="", kinds=kinds, dated=dated)
    posts, near = agencies.posts(one.instead_of_id for one in found), ask.near_hidden(names)
    around = {subject_id: people.known(subject_id, posts) for subject_id in near}
    return [
        _row(one, names[one.subject_id], around.get(one.subject_id, posts)[one.instead_of_id])
        for one in found
        if one.subject_id in names
    ]


def _row(one: ChangeWish, name: str, post: PostRow) -> ChangeWishRow:
    return ChangeWishRow(
        wish_id=one.id,
        plan_id=one.plan_id,
        person_name=name,
        instead_of=SeatRow(post.title, post.agency_name, post.agency_kind),
        wanted=one.wanted,
        why=one.why,
        asked_on=one.asked_at.date(),
        answer=one.answer,
        reply=one.reply,
        answered_on=one.answered_at.date() if one.answered_at else None,
    )
