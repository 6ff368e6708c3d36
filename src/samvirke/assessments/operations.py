"""Answering, putting right, and choosing who sees it. Change and fact stand in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import connection, transaction

from samvirke.agencies import queries as agencies
from samvirke.assessments import facts, loading, policies, queries, verbs
from samvirke.assessments.models import Answer, Assessment
from samvirke.assessments.types import (
    AssessmentRow,
    Given,
    InstrumentFile,
    Respondent,
    SharedWith,
    kind_of,
)
from samvirke.events import operations as events
from samvirke.events.operations import FactLike
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import queries as people

# Whoever answers, and the person who changes who sees it, take turns.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 176))"


@transaction.atomic
def answer(*, person_id: UUID, code: str, respondent: Respondent, given: Given, by: Viewer) -> UUID:
    """Answer an instrument about a person today. Returns the assessment's id.

    The person answers for themselves, or a worker writes down what the person says; a worker's own view is
    for the worker's unit until the person has opened the instrument to the team. Raises Refused,
    NoSuchInstrument, OutsideScale, NothingAnswered, AnsweredToday, CannotBeShared.
    """
    instrument, values = _ready(person_id, code, respondent, given, by)
    today = Assessment.objects.filter(
        subject_id=person_id,
        instrument=code,
        respondent=respondent,
        noted_by_id=by.post_id,
        day=by.now.date(),
        corrects=None,
    )
    if today.exists():
        raise policies.AnsweredToday
    return _write(
        person_id, instrument, respondent, values, _seal(person_id, code, respondent, given, by), by
    )


@transaction.atomic
def put_right(*, person_id: UUID, code: str, respondent: Respondent, given: Given, by: Viewer) -> UUID:
    """Put right what the viewer answered last; what stood there is kept. Returns the new assessment's id.

    Raises as `answer` does, and ReasonMissing, NothingToPutRight.
    """
    policies.check_reason(given.why)
    instrument, values = _ready(person_id, code, respondent, given, by)
    last = queries.last_of(by, person_id, code, respondent)
    if last is None or last.version != instrument.version:
        raise policies.NothingToPutRight
    seal = _seal(person_id, code, respondent, given, by)
    return _write(person_id, instrument, respondent, values, seal, by, last=last, why=given.why)


@transaction.atomic
def share(*, person_id: UUID, code: str, shared_with: SharedWith, unit_id: UUID | None, by: Viewer) -> None:
    """The person chooses anew who sees all that is answered to an instrument. Narrower holds at once.

    What workers answered stays with their units, and is open to the team where the person's own is. Raises
    Refused, CannotBeShared.
    """
    _in_turn(person_id)
    ask.require(by, verbs.SHARE, person_id)
    if not by.is_citizen or people.acts_for(by, person_id):
        raise policies.CannotBeShared
    given = Given({}, shared_with, unit_id)
    seal = policies.sealed_to(given, citizen_id=by.post_id, units=queries.units_around(by, person_id))
    rows = queries.about(by, person_id, code)
    if not rows:
        raise policies.CannotBeShared
    for row in rows:
        own = row.respondent is Respondent.PERSON
        to = seal if own or shared_with is SharedWith.TEAM else row.unit_id
        Answer.objects.filter(assessment_id=row.assessment_id).update(sealed_to=to)
        Assessment.objects.filter(pk=row.assessment_id).update(sealed_to=to)
    _tell([facts.AssessmentShared(person_id, code, shared_with, True)], by)


def _in_turn(person_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [str(person_id)])


def _ready(
    person_id: UUID, code: str, respondent: Respondent, given: Given, by: Viewer
) -> tuple[InstrumentFile, dict[str, int]]:
    """The instrument and what was answered to it. Raises Refused, and as `answer` does."""
    _in_turn(person_id)
    kinds = queries.may_write(by, person_id)
    if by.is_citizen and (respondent is not Respondent.PERSON or people.acts_for(by, person_id)):
        raise policies.NoSuchInstrument(code)
    if person_id not in people.persons({person_id}):
        raise policies.NoSuchInstrument(code)
    instrument = policies.check_can_answer(loading.newest(code), code, respondent)
    writable = {item.code for item in instrument.items if kind_of(item) & kinds}
    return instrument, policies.answered(instrument, given.values, writable)


def _seal(person_id: UUID, code: str, respondent: Respondent, given: Given, by: Viewer) -> UUID | None:
    """To whom the new answers are sealed. Raises CannotBeShared."""
    if respondent is Respondent.PERSON:
        citizen_id = by.post_id if by.is_citizen else None
        return policies.sealed_to(given, citizen_id=citizen_id, units=queries.units_around(by, person_id))
    rows = policies.standing(queries.about(by, person_id, code))
    of_person = [row for row in rows if row.respondent is Respondent.PERSON]
    unit_id = agencies.post(by.post_id).unit_id
    return policies.workers_seal(of_person[-1] if of_person else None, unit_id)


def _write(
    person_id: UUID,
    instrument: InstrumentFile,
    respondent: Respondent,
    values: Mapping[str, int],
    seal: UUID | None,
    by: Viewer,
    *,
    last: AssessmentRow | None = None,
    why: str = "",
) -> UUID:
    made = Assessment.objects.create(
        id=uuid4(),
        subject_id=person_id,
        instrument=instrument.code,
        version=instrument.version,
        respondent=respondent,
        noted_by_id=by.post_id,
        unit_id=None if by.is_citizen else agencies.post(by.post_id).unit_id,
        day=last.day if last else by.now.date(),
        written_at=by.now,
        corrects_id=last.assessment_id if last else None,
        why=why.strip(),
        sealed_to_id=seal,
    )
    kinds = {item.code: int(kind_of(item)) for item in instrument.items}
    Answer.objects.bulk_create(
        Answer(
            id=uuid4(),
            assessment=made,
            subject_id=person_id,
            item=item,
            kind=kinds[item],
            value=value,
            sealed_to_id=seal,
        )
        for item, value in values.items()
    )
    told: list[FactLike] = [
        facts.AssessmentAnswered(
            person_id, made.id, instrument.code, instrument.version, respondent, len(values), last is not None
        )
    ]
    if respondent is Respondent.PERSON:
        told.append(facts.AssessmentShared(person_id, instrument.code, _shared(seal, by), False))
    _tell(told, by)
    return made.id


def _shared(seal: UUID | None, by: Viewer) -> SharedWith:
    if seal is None:
        return SharedWith.TEAM
    return SharedWith.NOBODY if seal == by.post_id else SharedWith.UNIT


def _tell(told: list[FactLike], by: Viewer) -> None:
    events.record(told, by=by.post_id, at=by.now)
