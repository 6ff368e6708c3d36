"""Applying, answering, appealing. Each asks the gate, changes, and tells the log of facts, at once or not."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from samvirke.agencies import queries as agencies
from samvirke.applications import facts, policies, queries, verbs
from samvirke.applications.models import Application, ApplicationStep, Enquiry
from samvirke.events import operations as events
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.statutes import queries as statutes


@transaction.atomic
def apply(
    *,
    person_id: UUID,
    right: str,
    title: str,
    words: str,
    to_unit: UUID,
    by: Viewer,
    enquiry_id: UUID | None = None,
) -> UUID:
    """Send an application: by the person, or by a worker for them. Returns its id.

    right: a code of the law packs, or empty with a title. enquiry_id: what was told once, with the same
    words. The post that gets it in the unit is admitted on
    the person's consent. Raises Refused, UnknownProvision, NothingSaid, NobodyCanReceive,
    Enquiry.DoesNotExist.
    """
    ask.require(by, verbs.APPLY, person_id)
    policies.check_said(words)
    if right:
        statutes.right(right)
    else:
        policies.check_said(title)
    if enquiry_id is not None:
        Enquiry.objects.get(pk=enquiry_id, subject_id=person_id)
    unit = agencies.units([to_unit])[to_unit]
    kind = policies.kind_for(unit.agency_kind)
    ask.require(by, verbs.read(kind), person_id)
    consent_id = queries.consent_for(by, person_id, to_unit, kind)
    with_post = queries.receiver(by, person_id, to_unit, kind)
    gate.admit(consent_id=consent_id, post_ids=[with_post])
    application = Application.objects.create(
        id=uuid4(),
        subject_id=person_id,
        kind=int(kind),
        right=right,
        title="" if right else title.strip(),
        to_unit_id=to_unit,
        with_post_id=with_post,
        sent_by_id=by.post_id,
        sent_on=by.now.date(),
        status="sent",
        status_step=1,
        enquiry_id=enquiry_id,
    )
    _step(application, 1, "sent", by=by, text=words)
    _tell(application, by)
    return application.id


@transaction.atomic
def receive(*, application_id: UUID, answer_due_on: date, by: Viewer) -> None:
    """The unit has it: this post takes it, and says by when it is answered.

    Raises Refused, NotYours, CannotFollow, DayNotAhead.
    """
    application = _to_answer(application_id, by)
    policies.check_ahead(answer_due_on, by.now.date())
    if application.status != "sent":
        raise policies.CannotFollow(application.status, "received")
    application.answer_due_on, application.with_post_id = answer_due_on, by.post_id
    _move(application, "received", by=by)


@transaction.atomic
def ask_for_more(*, application_id: UUID, question: str, by: Viewer) -> None:
    """The unit needs something more from the person. Raises Refused, NotYours, CannotFollow, NothingSaid."""
    application = _to_answer(application_id, by)
    policies.check_said(question)
    _move(application, "more_asked_for", by=by, text=question)


@transaction.atomic
def give_more(*, application_id: UUID, words: str, by: Viewer) -> None:
    """The person answers what the unit asked for. Raises Refused, CannotFollow, NothingSaid."""
    application = _own(application_id, by)
    policies.check_said(words)
    if application.status != "more_asked_for":
        raise policies.CannotFollow(application.status, "received")
    _move(application, "received", by=by, text=words)


@transaction.atomic
def grant(*, application_id: UUID, text: str, by: Viewer) -> None:
    """Record that the unit has decided yes, and what happens now.

    Raises Refused, NotYours, CannotFollow, NothingSaid.
    """
    application = _to_answer(application_id, by)
    policies.check_said(text)
    _move(application, "granted", by=by, text=text)


@transaction.atomic
def refuse(*, application_id: UUID, reason: str, appeal_by: date, by: Viewer) -> None:
    """Record that the unit has decided no, why, and until when the person can appeal.

    Raises Refused, NotYours, CannotFollow, NothingSaid, DayNotAhead.
    """
    application = _to_answer(application_id, by)
    policies.check_said(reason)
    policies.check_ahead(appeal_by, by.now.date())
    _move(application, "refused", by=by, text=reason, appeal_by=appeal_by)


@transaction.atomic
def appeal(*, application_id: UUID, words: str, by: Viewer) -> None:
    """The person does not accept the refusal. Raises Refused, CannotFollow, NothingSaid, TooLateToAppeal."""
    application = _own(application_id, by)
    policies.check_said(words)
    policies.check_may_follow(application, "appealed")
    deadline = ApplicationStep.objects.get(application=application, number=application.status_step).appeal_by
    assert deadline is not None  # a constraint of the table
    policies.check_in_time(deadline, by.now.date())
    application.answer_due_on = None
    _move(application, "appealed", by=by, text=words)


@transaction.atomic
def withdraw(*, application_id: UUID, by: Viewer) -> None:
    """The person no longer asks for it. Raises Refused, CannotFollow."""
    _move(_own(application_id, by), "withdrawn", by=by)


@transaction.atomic
def note_time_used(*, application_id: UUID, minutes: int, by: Viewer) -> None:
    """What the way has cost the family. Changes nothing else. Raises Refused, UnlikelyTime."""
    application = _own(application_id, by)
    policies.check_minutes(minutes)
    _step(application, _next_number(application), "time_used", by=by, minutes_used=minutes)
    told = facts.ApplicationTimeUsed(application.subject_id, application.id, minutes)
    events.record([told], by=by.post_id, at=by.now)


def _own(application_id: UUID, by: Viewer) -> Application:
    """An application the viewer may act on for the person. Raises Refused, Application.DoesNotExist."""
    application = Application.objects.select_for_update().get(pk=application_id)
    ask.require(by, verbs.read(DataKind(application.kind)), application.subject_id)
    ask.require(by, verbs.APPLY, application.subject_id)
    return application


def _to_answer(application_id: UUID, by: Viewer) -> Application:
    """An application the viewer's unit answers. Raises Refused, NotYours, Application.DoesNotExist."""
    application = Application.objects.select_for_update().get(pk=application_id)
    ask.require(by, verbs.answer(DataKind(application.kind)), application.subject_id)
    policies.check_own_unit(application, by.holders)
    return application


def _move(
    application: Application, status: str, *, by: Viewer, text: str = "", appeal_by: date | None = None
) -> None:
    policies.check_may_follow(application, status)
    number = _next_number(application)
    _step(application, number, status, by=by, text=text, appeal_by=appeal_by)
    application.status, application.status_step = status, number
    application.save(update_fields=["status", "status_step", "answer_due_on", "with_post"])
    _tell(application, by, appeal_by)


def _next_number(application: Application) -> int:
    newest: int = ApplicationStep.objects.filter(application=application).aggregate(n=Max("number"))["n"]
    return newest + 1


def _step(
    application: Application,
    number: int,
    status: str,
    *,
    by: Viewer,
    text: str = "",
    appeal_by: date | None = None,
    minutes_used: int | None = None,
) -> None:
    ApplicationStep.objects.create(
        id=uuid4(),
        application=application,
        subject_id=application.subject_id,
        kind=application.kind,
        number=number,
        status=status,
        taken_on=by.now.date(),
        by_id=by.post_id,
        text=text.strip(),
        appeal_by=appeal_by,
        minutes_used=minutes_used,
    )


def _tell(application: Application, by: Viewer, appeal_by: date | None = None) -> None:
    told = facts.ApplicationMoved(
        subject_id=application.subject_id,
        application_id=application.id,
        right=application.right,
        agency_kind=agencies.units([application.to_unit_id])[application.to_unit_id].agency_kind,
        status=application.status,
        days=(by.now.date() - application.sent_on).days,
        appeal_by=appeal_by,
    )
    events.record([told], by=by.post_id, at=by.now)
