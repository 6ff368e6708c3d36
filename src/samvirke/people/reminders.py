"""Recalling a consent to mind while it lasts: half-way, and before its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.people import answering, facts, queries, verbs
from samvirke.people.models import Reminder
from samvirke.people.types import ReminderRow

REMINDED_BEFORE_END = timedelta(days=60)  # and half-way through


def due(viewer: Viewer) -> list[ReminderRow]:
    """The consents the citizen may take back that are due to be thought of again: half-way, and at the end.

    Raises Refused.
    """
    person_id = queries.myself(viewer)
    ask.require(viewer, verbs.READ_CONSENTS, person_id)
    alone = answering.decided_alone(viewer, person_id)
    found = [
        ReminderRow(one.id, moment(one, viewer.now), one.valid_to)
        for one in ask.consents([person_id])
        if one.in_force(viewer.now)
        and moment(one, viewer.now)
        and answering.may_take_back(one, alone, by=viewer)
    ]
    if not found:
        return []
    held = set(Reminder.objects.filter(subject_id=person_id).values_list("consent_id", "moment"))
    return [row for row in found if (row.consent_id, row.moment) not in held]


@transaction.atomic
def hold(*, consent_id: UUID, by: Viewer) -> None:
    """The person was reminded, and says that the consent holds. Where nothing is due, nothing is written.

    Raises Refused.
    """
    person_id = queries.myself(by)
    ask.require(by, verbs.ANSWER_CONSENT, person_id)
    for one in due(by):
        if one.consent_id == consent_id:
            Reminder.objects.create(
                id=uuid4(), subject_id=person_id, consent_id=consent_id, moment=one.moment, held_at=by.now
            )
            told = facts.ConsentHolds(person_id, consent_id, one.moment)
            events.record([told], by=by.post_id, at=by.now)


def moment(consent: ConsentRecord, now: datetime) -> str:
    """Which moment of a consent's time has come last: half_way, ends_soon, or none yet."""
    if now >= consent.valid_to - REMINDED_BEFORE_END:
        return "ends_soon"
    return "half_way" if now >= consent.given_at + (consent.valid_to - consent.given_at) / 2 else ""
