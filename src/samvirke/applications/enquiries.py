"""The front door: told once, answered by a day, led on with the same words (N171, N174).

Whoever is asked to answer instead has to say yes; until then the unit that has it answers, so nothing falls
between. The day by which it is answered goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow, UnitRow
from samvirke.agreements import queries as agreements
from samvirke.agreements.types import Promise
from samvirke.applications import facts, policies, queries, verbs
from samvirke.applications.models import Enquiry, EnquiryStep
from samvirke.applications.types import EnquiryRow, ReceiverRow, StepRow
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import EnquiryOutcome
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people


@transaction.atomic
def tell(
    *, person_id: UUID, to_unit: UUID, words: str, helps: str, to_meet: str, is_urgent: bool, by: Viewer
) -> UUID:
    """Tell it once: the person, or a worker who meets them. Returns the enquiry's id.

    The post that gets it in the unit is admitted on the person's consent. Raises Refused, NothingSaid,
    NobodyCanReceive.
    """
    ask.require(by, verbs.TELL, person_id)
    policies.check_said(words)
    kind = _kind_for(to_unit)
    ask.require(by, verbs.read(kind), person_id)
    _let_in(by, person_id, to_unit, kind)
    enquiry = Enquiry.objects.create(
        id=uuid4(),
        subject_id=person_id,
        kind=int(kind),
        words=words.strip(),
        helps=helps.strip(),
        to_meet=to_meet.strip(),
        is_urgent=is_urgent,
        told_by_id=by.post_id,
        told_on=by.now.date(),
        unit_id=to_unit,
        answer_due_on=_promised(person_id, to_unit, by.now.date()),
    )
    _step(enquiry, "told", by)
    return enquiry.id


@transaction.atomic
def take(*, enquiry_id: UUID, answer_due_on: date, by: Viewer) -> None:
    """The unit has read it, and says by when it answers; what an agreement promised stays promised.

    Raises Refused, NotOurEnquiry, EnquiryIsAnswered, DayNotAhead.
    """
    enquiry = _ours(enquiry_id, by)
    policies.check_ahead(answer_due_on, by.now.date())
    promised = enquiry.answer_due_on or answer_due_on
    enquiry.answer_due_on = min(promised, answer_due_on)
    enquiry.save(update_fields=["answer_due_on"])
    _step(enquiry, "taken", by)


@transaction.atomic
def lead_on(*, enquiry_id: UUID, to_unit: UUID, why: str, by: Viewer) -> None:
    """Ask another unit to answer it instead, with the same words and the same day.

    Raises Refused, NotOurEnquiry, EnquiryIsAnswered, AlreadyOffered, NothingSaid, NobodyCanReceive.
    """
    enquiry = _ours(enquiry_id, by)
    policies.check_not_offered(enquiry)
    policies.check_said(why)
    _let_in(by, enquiry.subject_id, to_unit, DataKind(enquiry.kind))
    enquiry.offered_to_id, enquiry.declined_by_id = to_unit, None
    enquiry.save(update_fields=["offered_to", "declined_by"])
    _step(enquiry, "led_on", by, why)


@transaction.atomic
def accept(*, enquiry_id: UUID, by: Viewer) -> None:
    """The unit that was asked answers it from now on. Raises Refused, NotOfferedToUs."""
    enquiry = _offered(enquiry_id, by)
    assert enquiry.offered_to_id is not None
    enquiry.unit_id, enquiry.offered_to_id = enquiry.offered_to_id, None
    enquiry.save(update_fields=["unit", "offered_to"])
    _step(enquiry, "accepted", by)


@transaction.atomic
def decline(*, enquiry_id: UUID, why: str, by: Viewer) -> None:
    """The unit that was asked says no, and why; it stays where it was. Raises Refused, NotOfferedToUs,
    NothingSaid.
    """
    enquiry = _offered(enquiry_id, by)
    policies.check_said(why)
    enquiry.offered_to_id, enquiry.declined_by_id = None, enquiry.offered_to_id
    enquiry.save(update_fields=["offered_to", "declined_by"])
    _step(enquiry, "declined", by, why)


@transaction.atomic
def answer(*, enquiry_id: UUID, outcome: EnquiryOutcome, reply: str, by: Viewer) -> None:
    """What happens now, in words that the person reads.

    Raises Refused, NotOurEnquiry, EnquiryIsAnswered, NothingSaid.
    """
    enquiry = _ours(enquiry_id, by)
    policies.check_said(reply)
    enquiry.outcome, enquiry.answered_on = outcome, by.now.date()
    enquiry.offered_to_id = enquiry.declined_by_id = None
    enquiry.save(update_fields=["outcome", "answered_on", "offered_to", "declined_by"])
    _step(enquiry, "answered", by, reply)


def mine(viewer: Viewer) -> list[EnquiryRow]:
    """What the citizen has told, the newest first. Raises Refused."""
    person_id = people.myself(viewer)
    for kind in queries.KINDS:
        ask.require(viewer, verbs.read(kind), person_id)
    return _rows(viewer, list(Enquiry.objects.filter(subject_id=person_id).order_by("-told_on", "id")))


def of_own_unit(viewer: Viewer) -> list[EnquiryRow]:
    """What the viewer's unit answers or is asked to answer: urgent first, then what is due soonest."""
    theirs = Q(unit_id__in=viewer.holders) | Q(offered_to_id__in=viewer.holders)
    found: list[Enquiry] = []
    for kind in queries.KINDS:
        of_kind = Enquiry.objects.filter(theirs, kind=int(kind))
        found += ask.visible(viewer, verbs.read(kind), of_kind)
    rows = _rows(viewer, found)
    return sorted(rows, key=lambda row: (not row.is_urgent, row.answer_due_on or row.told_on, row.told_on))


def one(viewer: Viewer, enquiry_id: UUID) -> EnquiryRow:
    """One enquiry with its way, for the person, who told it, and a unit that answers or is asked to.

    Raises Refused, Enquiry.DoesNotExist.
    """
    found = Enquiry.objects.get(pk=enquiry_id)
    ask.require(viewer, verbs.read(DataKind(found.kind)), found.subject_id)
    parties = {found.unit_id, found.offered_to_id, found.told_by_id}
    if not viewer.is_citizen and not parties & set(viewer.holders):
        raise Enquiry.DoesNotExist
    (row,) = _rows(viewer, [found])
    return row


def may_lead_to(viewer: Viewer, row: EnquiryRow) -> list[ReceiverRow]:
    """The other units that the person's consents let answer it, but for those that would tell this viewer
    where a protected person is.
    """
    others = [to for to in queries.receivers(viewer, row.subject_id) if to.unit_id != row.unit_id]
    near = ask.near_hidden([row.subject_id])
    hidden = _hidden(row.subject_id, [to.unit_id for to in others]) if near else set()
    return [to for to in others if to.unit_id not in hidden]


def _kind_for(unit_id: UUID) -> DataKind:
    return policies.kind_for(agencies.units([unit_id])[unit_id].agency_kind)


def _let_in(by: Viewer, person_id: UUID, unit_id: UUID, kind: DataKind) -> None:
    consent_id = queries.consent_for(by, person_id, unit_id, kind)
    gate.admit(consent_id=consent_id, post_ids=[queries.receiver(by, person_id, unit_id, kind)])


def _promised(person_id: UUID, unit_id: UUID, today: date) -> date | None:
    """The day by which an agreement in force that binds the unit promises an answer."""
    partnership = people.persons({person_id})[person_id].partnership_id
    days = [
        within
        for version in agreements.in_force(partnership, on=today)
        if unit_id in {party.unit_id for party in version.parties}
        for promise, within in version.response_times
        if promise is Promise.ANSWER_APPLICATION
    ]
    return today + timedelta(days=min(days)) if days else None


def _ours(enquiry_id: UUID, by: Viewer) -> Enquiry:
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry_id)
    ask.require(by, verbs.answer(DataKind(enquiry.kind)), enquiry.subject_id)
    policies.check_ours(enquiry, by.holders)
    return enquiry


def _offered(enquiry_id: UUID, by: Viewer) -> Enquiry:
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry_id)
    ask.require(by, verbs.answer(DataKind(enquiry.kind)), enquiry.subject_id)
    policies.check_offered(enquiry, by.holders)
    return enquiry


def _step(enquiry: Enquiry, status: str, by: Viewer, text: str = "") -> None:
    newest = EnquiryStep.objects.filter(enquiry=enquiry).aggregate(n=Max("number"))["n"] or 0
    EnquiryStep.objects.create(
        id=uuid4(),
        enquiry=enquiry,
        subject_id=enquiry.subject_id,
        kind=enquiry.kind,
        number=newest + 1,
        status=status,
        taken_on=by.now.date(),
        by_id=by.post_id,
        text=text.strip(),
    )
    told = facts.EnquiryMoved(
        subject_id=enquiry.subject_id,
        enquiry_id=enquiry.id,
        agency_kind=agencies.units([enquiry.unit_id])[enquiry.unit_id].agency_kind,
        status=status,
        outcome=enquiry.outcome,
        days=(by.now.date() - enquiry.told_on).days,
    )
    events.record([told], by=by.post_id, at=by.now)


def _rows(viewer: Viewer, found: Sequence[Enquiry]) -> list[EnquiryRow]:
    if not found:
        return []
    ways: dict[UUID, list[EnquiryStep]] = {one.id: [] for one in found}
    for step in EnquiryStep.objects.filter(enquiry__in=list(ways)).order_by("number"):
        ways[step.enquiry_id].append(step)
    subjects = {one.subject_id for one in found}
    persons, near = people.persons(subjects), ask.near_hidden(subjects)
    posts = agencies.posts(step.by_id for way in ways.values() for step in way)
    units = agencies.units(unit for one in found for unit in (one.unit_id, one.offered_to_id) if unit)
    for one in found:
        dated = [one.told_on, *(step.taken_on for step in ways[one.id])]
        kinds = DataKind(one.kind) | DataKind.IDENTITY
        verb = verbs.read(DataKind(one.kind))
        audit.note(viewer, verb, subject_ids=[one.subject_id], basis="", kinds=kinds, dated=dated)
    return [
        _row(
            one,
            ways[one.id],
            viewer=viewer,
            name=persons[one.subject_id].name,
            posts=people.known(one.subject_id, posts) if one.subject_id in near else posts,
            units=units,
            hidden=_hidden(one.subject_id, units) if one.subject_id in near else set(),
        )
        for one in found
        if one.subject_id in persons  # not where the consent was withdrawn just now
    ]


def _row(
    one: Enquiry,
    way: Sequence[EnquiryStep],
    *,
    viewer: Viewer,
    name: str,
    posts: dict[UUID, PostRow],
    units: dict[UUID, UnitRow],
    hidden: set[UUID],
) -> EnquiryRow:
    offered = units[one.offered_to_id] if one.offered_to_id else None
    today = viewer.now.date()
    return EnquiryRow(
        enquiry_id=one.id,
        subject_id=one.subject_id,
        person_name=name,
        words=one.words,
        helps=one.helps,
        to_meet=one.to_meet,
        is_urgent=one.is_urgent,
        unit_id=one.unit_id,
        unit_name="" if one.unit_id in hidden else units[one.unit_id].name,
        agency_kind=units[one.unit_id].agency_kind,
        offered_name=offered.name if offered and one.offered_to_id not in hidden else "",
        offered_kind=offered.agency_kind if offered else "",
        told_on=one.told_on,
        answer_due_on=one.answer_due_on,
        is_late=not one.outcome and one.answer_due_on is not None and one.answer_due_on < today,
        outcome=one.outcome,
        days_waited=((one.answered_on or today) - one.told_on).days,
        steps=tuple(_step_row(step, posts) for step in way),
        is_ours=one.unit_id in viewer.holders,
        is_offered_to_us=one.offered_to_id in viewer.holders,
    )


def _hidden(subject_id: UUID, unit_ids: Iterable[UUID]) -> set[UUID]:
    """The units that would tell this viewer where a protected person is; one without posts may be it."""
    workers = {unit_id: agencies.posts_of(unit_id) for unit_id in unit_ids}
    return {
        unit_id
        for unit_id, posts in workers.items()
        if not posts or ask.hidden_posts(subject_id, [post.id for post in posts])
    }


def _step_row(step: EnquiryStep, posts: dict[UUID, PostRow]) -> StepRow:
    by = posts.get(step.by_id)
    return StepRow(
        status=step.status,
        taken_on=step.taken_on,
        who=by.title if by else "",
        agency_kind=by.agency_kind if by else "",
        text=step.text,
        appeal_by=None,
        minutes_used=None,
    )
