"""Who must answer for a child, and how far the answers have come.

Where both must say yes, one yes waits and opens nothing; the first no ends the question. Whoever decides
alone by now, by the age lines of the law packs, is asked alone.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import answering, bases, consents, facts, guardians, verbs
from samvirke.people.guardian_types import Answering
from samvirke.people.models import ConsentDraft, GuardianAnswer, Person
from samvirke.people.operations import record_consent
from samvirke.statutes import ages


class AnsweredBefore(Exception):
    """This guardian has answered already."""

    def __init__(self) -> None:
        super().__init__("You have answered this question already. A yes can be taken back from your list.")


@transaction.atomic
def answer(*, draft_id: UUID, says_yes: bool, by: Viewer) -> ConsentRecord | None:
    """A guardian answers for a child. The consent, where this was the last yes that it needs.

    Raises Refused, NotWaiting, AnsweredBefore, NobodyAnswers, ConsentDraft.DoesNotExist also for a question
    outside the guardian's scope.
    """
    found = ConsentDraft.objects.select_for_update().get(pk=draft_id, asks_guardians=True)
    ask.require(by, verbs.CONSENT_FOR_CHILD, found.subject_id)
    consents.check_waits(found, "yes" if says_yes else "no", by.now)
    able = answering.who_answers(found.subject_id, DataKind(found.kinds), by.now)
    if by.post_id not in able.citizens or _decides_alone(found, by):
        guardians.deny(by, found.subject_id)
    if GuardianAnswer.objects.filter(draft=found, citizen_id=by.post_id).exists():
        raise AnsweredBefore
    _note(found, "yes" if says_yes else "no", by)
    if not says_yes:
        consents.settle(found, "no", by)
        return None
    return _given(found, able, by)


def _given(found: ConsentDraft, able: Answering, by: Viewer) -> ConsentRecord | None:
    yeses = GuardianAnswer.objects.filter(draft=found, answer="yes", citizen_id__in=able.citizens)
    citizens = list(yeses.order_by("answered_at").values_list("citizen_id", flat=True))
    if len(citizens) < able.needed:
        return None
    terms = consents.terms_of(found)
    bases.check_terms(terms, by=by)
    others = [one for one in citizens if one != by.post_id]
    found.consent_id = record_consent(found.subject_id, by.post_id, terms, given_with=others)
    consents.settle(found, "yes", by)
    told = facts.ConsentGiven(found.subject_id, found.consent_id, int(terms.kinds), terms.form)
    events.record([told], by=by.post_id, at=by.now)
    return ask.consent(found.consent_id)


def _decides_alone(found: ConsentDraft, by: Viewer) -> bool:
    """Whether the person has come to an age, since the question was asked, at which they answer alone."""
    person = Person.objects.get(pk=found.subject_id)
    country = guardians.country_of(found.to_units)
    today = timezone.localtime(by.now).date()
    return bool(ages.decided_alone(country, DataKind(found.kinds), person.birth_date, on=today))


def _note(found: ConsentDraft, said: str, by: Viewer) -> None:
    GuardianAnswer.objects.create(
        id=uuid4(),
        subject_id=found.subject_id,
        draft=found,
        citizen_id=by.post_id,
        answer=said,
        answered_at=by.now,
    )
    told = facts.GuardianAnswered(found.subject_id, found.id, said)
    events.record([told], by=by.post_id, at=by.now)
