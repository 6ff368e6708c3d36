"""Why did somebody look? The rule that decided then, and a question to who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import naming
from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.access import BARS
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in, mask_of
from samvirke.people import facts, queries, verbs
from samvirke.people.exception_types import Explanation, QuestionRow, Visit
from samvirke.people.leaders import another_leader, leader_anywhere
from samvirke.people.models import LogQuestion
from samvirke.statutes import queries as statutes

TEXT = (3, 1000)  # characters, of a question and of an answer
NEWEST = 100


class NobodyToAnswer(Exception):
    """No leader could answer, so the question goes nowhere."""

    def __init__(self) -> None:
        super().__init__("No leader could answer this here. Ask your coordinator, or complain to the agency.")


class AskedAlready(Exception):
    """The same visit was asked about."""

    def __init__(self) -> None:
        super().__init__("You have asked about this visit already. Read the answer on the same page.")


class WordsMissing(Exception):
    """A question or an answer without words, or with too many."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The text has {length} characters and needs {TEXT[0]} to {TEXT[1]}. Write a sentence or two."
        )


class NotYoursToAnswer(Exception):
    """Somebody else answers it, or it has been answered."""

    def __init__(self) -> None:
        super().__init__("This is somebody else's to answer, or it has been answered. Read the list again.")


def explained(viewer: Viewer, visit: Visit) -> list[Explanation]:
    """For each kind that a visit to the person's own data asked for, the rule that decided then. Logged."""
    ask.require(viewer, verbs.EXPLAIN, visit.person_id)
    row = visit.row
    return [*(_explained(visit, kind) for kind in row.kinds), *_refused(visit)]


@transaction.atomic
def ask_why(*, visit: Visit, text: str, by: Viewer) -> UUID:
    """Ask who answers for the one that looked. Returns the question's id.

    Raises Refused, WordsMissing, AskedAlready, NobodyToAnswer.
    """
    ask.require(by, verbs.ASK_WHY, visit.person_id)
    said = _checked(text)
    if LogQuestion.objects.filter(
        asked_by_id=by.post_id, visit_id=visit.visit_id, subject_id=visit.person_id
    ).exists():
        raise AskedAlready
    days = statutes.access_log(agencies.country_of_post(visit.post_id)).answer_within_days
    question = LogQuestion.objects.create(
        id=uuid4(),
        subject_id=visit.person_id,
        asked_by_id=by.post_id,
        name=queries.persons({visit.person_id})[visit.person_id].name,
        visit_id=visit.visit_id,
        line_about_id=visit.about_id,
        line_at=visit.row.at,
        kinds=int(mask_of((*visit.row.kinds, *visit.row.refused_kinds))),
        was_shown=visit.row.allowed,
        post_id=visit.post_id,
        to_post_id=_who_answers(visit, by),
        text=said,
        asked_at=by.now,
        due_on=by.now.date() + timedelta(days=days),
    )
    told = facts.WhyAsked(visit.person_id, question.pk, visit.row.allowed)
    events.record([told], by=by.post_id, at=by.now)
    return question.pk


@transaction.atomic
def answer(*, question_id: UUID, text: str, by: Viewer) -> None:
    """Say why, in words, once. Raises Refused, WordsMissing, NotYoursToAnswer."""
    ask.require_role(by, verbs.ANSWER_WHY)
    said = _checked(text)
    mine = LogQuestion.objects.filter(pk=question_id, to_post_id=by.post_id, answer="")
    due = mine.values_list("due_on", flat=True).first()
    if due is None or not mine.update(answer=said, answered_at=by.now):
        raise NotYoursToAnswer
    told = facts.WhyAnswered(question_id, in_time=by.now.date() <= due)
    events.record([told], by=by.post_id, at=by.now)


def asked_by_me(viewer: Viewer) -> list[QuestionRow]:
    """What the citizen has asked, newest first."""
    found = LogQuestion.objects.filter(asked_by_id=viewer.post_id).order_by("-asked_at", "id")
    return _rows(viewer, found[:NEWEST])


def to_answer(viewer: Viewer) -> list[QuestionRow]:
    """What the leader is to answer, the first due first; then what was answered lately."""
    ask.require_role(viewer, verbs.ANSWER_WHY)
    mine = LogQuestion.objects.filter(to_post_id=viewer.post_id)
    waiting = list(mine.filter(answered_at__isnull=True).order_by("due_on", "id"))
    answered = mine.filter(answered_at__isnull=False).order_by("-answered_at", "id")
    return _rows(viewer, [*waiting, *answered[:NEWEST]])


def _refused(visit: Visit) -> Iterator[Explanation]:
    """Why each kind was not shown. Who may read it, and was stopped, wanted to write."""
    for kind in visit.row.refused_kinds:
        read = _explained(visit, kind)
        yield read if read.refusal else _explained(visit, kind, writes=True)


def _explained(visit: Visit, kind: DataKind, *, writes: bool = False) -> Explanation:
    row, post_id, subject_id = visit.row, visit.post_id, visit.person_id
    found = oversight.explain(
        post_id=post_id, subject_id=subject_id, kind=kind, purpose=row.purpose, writes=writes, at=row.at
    )
    opened = oversight.rested_on(
        post_id=post_id, subject_id=subject_id, kind=kind, purpose=row.purpose, at=row.at
    )
    grants = [one for one in opened if one.basis == found.basis]
    return Explanation(
        who=row.who,
        unit_name=row.unit_name,
        agency_name=row.agency_name,
        kind=kind,
        purpose=row.purpose,
        at=row.at,
        basis=found.basis or "",
        refusal=found.refusal or "",
        consents=tuple(one.consent_id for one in grants if one.consent_id),
        provisions=tuple(one.provision for one in grants if one.provision),
    )


def _who_answers(visit: Visit, by: Viewer) -> UUID:
    """The leader of who looked; another one where that leader keeps out of the person's case."""
    leader = another_leader(visit.post_id) or leader_anywhere(visit.post_id)
    if leader is not None and _keeps_out(leader, visit, by):
        leader = leader_anywhere(leader)
    if leader is None or leader == visit.post_id:
        raise NobodyToAnswer
    return leader


def _keeps_out(leader: UUID, visit: Visit, by: Viewer) -> bool:
    if visit.person_id != queries.myself(by):
        return False  # to a guardian no decision is explained; the leader then does not see the question
    found = oversight.explain(
        post_id=leader,
        subject_id=visit.person_id,
        kind=DataKind.IDENTITY,
        purpose=Purpose.COORDINATION,
        writes=False,
        at=by.now,
    )
    return found.refusal in BARS


def _checked(text: str) -> str:
    said = text.strip()
    if not TEXT[0] <= len(said) <= TEXT[1]:
        raise WordsMissing(len(said))
    return said


def _rows(viewer: Viewer, questions: Iterable[LogQuestion]) -> list[QuestionRow]:
    found: Sequence[LogQuestion] = list(questions)
    posts = agencies.posts(one.post_id for one in found)
    if viewer.is_citizen:
        for subject_id in {one.subject_id for one in found}:
            of_subject = {one.post_id for one in found if one.subject_id == subject_id}
            posts |= queries.known(subject_id, {key: posts[key] for key in of_subject})
        posts = naming.shown(posts)
    return [
        QuestionRow(
            question_id=one.pk,
            visit_id=one.visit_id,
            name=one.name,
            who=posts[one.post_id].title,
            unit_name=posts[one.post_id].unit_name,
            agency_name=posts[one.post_id].agency_name,
            at=one.line_at,
            kinds=tuple(kinds_in(one.kinds)),
            was_shown=one.was_shown,
            text=one.text,
            asked_at=one.asked_at,
            due_on=one.due_on,
            answer=one.answer,
            answered_at=one.answered_at,
            is_late=one.answered_at is None and one.due_on < viewer.now.date(),
        )
        for one in found
    ]
