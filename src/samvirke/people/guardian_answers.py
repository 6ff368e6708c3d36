"""Who must answer for a child, and how far the answers have come.

Where both must say yes, one yes waits and opens nothing; the first no ends the question. Whoever decides
alone by now, by the age lines of the law packs, is asked alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import consents as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.kernel.gate_words import DataKind, mask_of
from samvirke.people import answering, bases, consents, facts, guardians, queries, verbs
from samvirke.people.guardian_refusals import NotByGuardian
from samvirke.people.guardian_types import Answering, AnswerRow, ChildQuestion, Progress
from samvirke.people.models import ChildView, ConsentDraft, GuardianAnswer, Guardianship, Person
from samvirke.people.operations import record_consent
from samvirke.people.types import ConsentRow, DraftRow
from samvirke.statutes import ages


class AnsweredBefore(Exception):
    """This guardian has answered already."""

    def __init__(self) -> None:
        super().__init__("You have answered this question already. A yes can be taken back from your list.")


@transaction.atomic
def answer(*, draft_id: UUID, says_yes: bool, by: Viewer) -> ConsentRecord | None:
    """A guardian answers for a child. The consent, where this was the last yes that it needs.

    Raises Refused, NotWaiting, AnsweredBefore, NobodyAnswers, NotByGuardian where the child's protection lets
    nobody say yes by a sign-in, ConsentDraft.DoesNotExist also for a question outside the guardian's scope.
    """
    found = ConsentDraft.objects.select_for_update().get(pk=draft_id, asks_guardians=True)
    ask.require(by, verbs.CONSENT_FOR_CHILD, found.subject_id)
    consents.check_waits(found, "yes" if says_yes else "no", by.now)
    able = answering.who_answers(found.subject_id, DataKind(found.kinds), by.now)
    if by.post_id not in able.citizens or _decides_alone(found, by):
        guardians.deny(by, found.subject_id)
    if GuardianAnswer.objects.filter(draft=found, citizen_id=by.post_id).exists():
        raise AnsweredBefore
    if says_yes and ask.bars_representation(found.subject_id):
        raise NotByGuardian
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


def questions(viewer: Viewer, person_id: UUID) -> list[ChildQuestion]:
    """What a guardian is and was asked about a person, newest first, and how far it has come. Raises Refused.

    Nobody's reasons are kept, and nothing here tells where another guardian is.
    """
    ask.require(viewer, verbs.READ_GUARDIANS, person_id)
    mine = ConsentDraft.objects.filter(subject_id=person_id, asks_guardians=True)
    found = list(mine.order_by("-asked_at", "purpose"))
    theirs = {row.consent_id for row in given(viewer, person_id)}
    holding = gate.holding(one.consent_id for one in found if one.consent_id is not None)
    rows = consents.rows_of(viewer, person_id, found)
    said = _said(person_id)
    asked = [_question(viewer, row, said.get(row.draft_id, {}), holding) for row in rows]
    return [replace(one, may_take_back=one.asked.consent_id in theirs) for one in asked]


def given(viewer: Viewer, person_id: UUID) -> list[ConsentRow]:
    """What is in force about a person because guardians said yes, and the viewer may take back, newest first.

    Raises Refused.
    """
    ask.require(viewer, verbs.READ_GUARDIANS, person_id)
    theirs = {
        one.id
        for one in ask.consents([person_id])
        if one.to_units and one.in_force(viewer.now) and answering.takes_back(one, by=viewer)
    }
    return [row for row in queries.consent_rows(viewer, person_id) if row.consent_id in theirs]


def waiting(viewer: Viewer) -> list[tuple[str, ChildQuestion]]:
    """What waits for the citizen's answer for others, beside whom it is about; each person is logged as read.

    Raises Refused.
    """
    open_now = ConsentDraft.objects.filter(
        asks_guardians=True, answer="", lapses_at__gt=viewer.now, until__gt=viewer.now
    ).exclude(subject__citizen_id=viewer.post_id)
    found = ask.visible(viewer, verbs.READ_GUARDIANS, open_now).order_by("subject_id")
    about = queries.persons(set(found.values_list("subject_id", flat=True)))
    return [
        (person.name, one)
        for person_id, person in sorted(about.items(), key=lambda item: (item[1].name, item[0]))
        for one in questions(viewer, person_id)
        if one.may_answer
    ]


def question(viewer: Viewer, person_id: UUID, draft_id: UUID) -> ChildQuestion:
    """One of them. Raises Refused, ConsentDraft.DoesNotExist."""
    for one in questions(viewer, person_id):
        if one.asked.draft_id == draft_id:
            return one
    raise ConsentDraft.DoesNotExist


def progress(viewer: Viewer, person_id: UUID) -> dict[UUID, Progress]:
    """For those who asked: each question to the guardians, who has said what, and what the child thought.

    Raises Refused.
    """
    ask.require(viewer, verbs.READ_CONSENTS, person_id)
    found = ConsentDraft.objects.filter(subject_id=person_id, asks_guardians=True)
    views = dict(ChildView.objects.filter(subject_id=person_id).values_list("draft_id", "view"))
    names = {one.citizen_id: one.name for one in Guardianship.objects.filter(subject_id=person_id)}
    said = _said(person_id)
    return {
        one.id: _progress(one, said.get(one.id, {}), names, views.get(one.id, ""), viewer) for one in found
    }


def _said(person_id: UUID) -> dict[UUID, dict[UUID, str]]:
    said: dict[UUID, dict[UUID, str]] = {}
    answers = GuardianAnswer.objects.filter(subject_id=person_id).order_by("answered_at")
    for draft_id, citizen_id, what in answers.values_list("draft_id", "citizen_id", "answer"):
        said.setdefault(draft_id, {})[citizen_id] = what
    return said


def _able(person_id: UUID, kinds: DataKind, viewer: Viewer) -> Answering:
    try:
        return answering.who_answers(person_id, kinds, viewer.now)
    except answering.NobodyAnswers:
        return Answering(0, ())


def _question(
    viewer: Viewer, row: DraftRow, said: Mapping[UUID, str], holding: Collection[UUID]
) -> ChildQuestion:
    able = _able(row.person_id, mask_of(row.kinds), viewer)
    others = [one for one in able.citizens if one != viewer.post_id]
    waits = row.status == "waiting"
    return ChildQuestion(
        asked=row,
        said=said.get(viewer.post_id, ""),
        others_said=sum(said.get(one) == "yes" for one in others),
        others_left=sum(one not in said for one in others) if waits and able.needed > 1 else 0,
        lacks=able.lacks if waits else 0,
        may_answer=waits and viewer.post_id in able.citizens and viewer.post_id not in said,
        in_force=row.consent_id in holding,
        may_take_back=False,
    )


def _progress(
    one: ConsentDraft, said: Mapping[UUID, str], names: Mapping[UUID, str], view: str, viewer: Viewer
) -> Progress:
    able = _able(one.subject_id, DataKind(one.kinds), viewer)
    citizens = dict.fromkeys([*able.citizens, *said])
    return Progress(
        answers=tuple(AnswerRow(names.get(citizen, ""), said.get(citizen, "")) for citizen in citizens),
        needed=able.needed,
        lacks=able.lacks if not one.answer else 0,
        view=view,
    )


def asked_by(draft_id: UUID, units: Collection[UUID]) -> list[UUID]:
    """The post that asked, where it is of one of these units."""
    found = ConsentDraft.objects.filter(pk=draft_id).values_list("asked_by_id", flat=True)
    return [post_id for post_id, post in agencies.posts(found).items() if post.unit_id in units]
