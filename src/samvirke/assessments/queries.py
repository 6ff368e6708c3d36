"""What pages read of assessments. Each answer holds only what its viewer may see; no hidden row counts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Max, Q

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.assessments import loading, policies, verbs
from samvirke.assessments.models import Answer, Assessment
from samvirke.assessments.types import (
    AssessmentRow,
    DueRow,
    OpenAnswer,
    Respondent,
    SharedWith,
)
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Opened, Viewer
from samvirke.kernel.gate_words import DataKind, mask_of
from samvirke.people import families
from samvirke.people import queries as people

SOON = timedelta(days=14)


def about(viewer: Viewer, person_id: UUID, code: str | None = None) -> list[AssessmentRow]:
    """What was answered about the person, the oldest first, as the viewer may see it. Raises Refused."""
    opened = ask.require(viewer, verbs.READ, person_id)
    found, shown = _rows(viewer, person_id, opened, code)
    days = [row.day for row in found]
    audit.note(viewer, verbs.READ, subject_ids=[person_id], basis="", kinds=shown, dated=days)
    return found


def last_of(viewer: Viewer, person_id: UUID, code: str, respondent: Respondent) -> AssessmentRow | None:
    """What the viewer answered last in this role and still stands, if anything. Raises Refused."""
    rows = policies.standing(about(viewer, person_id, code))
    mine = [row for row in rows if row.respondent is respondent and row.noted_by == viewer.post_id]
    return mine[-1] if mine else None


def may_write(viewer: Viewer, person_id: UUID) -> DataKind:
    """Of which kinds the viewer answers about the person: the person of all, a worker of what they write.

    Raises Refused.
    """
    opened = ask.require(viewer, verbs.ANSWER, person_id)
    return opened.reads if viewer.is_citizen else opened.writes & opened.reads


def open_answers(viewer: Viewer, person_id: UUID) -> list[OpenAnswer]:
    """Every answer about the person that the viewer may see, by its kind and its seal. Nothing is shown."""
    reads = ask.readable(viewer, [person_id])[person_id]
    found = Answer.objects.filter(subject_id=person_id).values_list("kind", "sealed_to_id")
    return [OpenAnswer(DataKind(kind), sealed_to) for kind, sealed_to in found if kind & reads]


def units_around(viewer: Viewer, person_id: UUID) -> dict[UUID, str]:
    """The units around the person that see the plan, by name: whom the person may open an answer to.

    A worker opens one to the own unit alone. Raises Refused.
    """
    if not viewer.is_citizen:
        ask.require(viewer, verbs.READ, person_id)
        post = agencies.post(viewer.post_id)
        return {post.unit_id: f"{post.unit_name}, {post.agency_name}"}
    answers = ask.who_sees(viewer, verbs.SEE_AUDIENCE, person_id, DataKind.PLAN)
    posts = people.posts_around(person_id, [holder for holder, one in answers.items() if one.sees])
    named = [post for post in posts.values() if post.unit_name]
    return {post.unit_id: f"{post.unit_name}, {post.agency_name}" for post in sorted(named, key=_by_name)}


def due(viewer: Viewer) -> list[DueRow]:
    """What the viewer's unit is to answer anew within the next days or should have, the longest first.

    Counted from what the unit itself answered or wrote down; nobody is asked who never was before. Each
    person is logged as read.
    """
    mine = Assessment.objects.filter(Q(unit__in=viewer.holders) | Q(noted_by=viewer.post_id))
    found = ask.visible(viewer, verbs.READ, mine)
    last = list(found.values_list("subject_id", "instrument").annotate(Max("day")).order_by())
    instruments = {one.code: one for one in loading.in_use(loading.known())} if last else {}
    today = viewer.now.date()
    waiting = [
        (subject_id, instruments[code], day, policies.next_due(day, instruments[code].every_months))
        for subject_id, code, day in last
        if code in instruments
    ]
    soon = [one for one in waiting if one[3] <= today + SOON]
    names = families.titles({subject_id for subject_id, *_ in soon})
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ, subject_ids=list(names), basis="consent", kinds=shown)
    rows = [
        DueRow(subject_id, names[subject_id], instrument, last_on, due_on, due_on < today)
        for subject_id, instrument, last_on, due_on in soon
        if subject_id in names  # not where the consent was withdrawn just now
    ]
    return sorted(rows, key=lambda row: (row.due_on, row.person_name, row.instrument.code))


def _rows(
    viewer: Viewer, person_id: UUID, opened: Opened, code: str | None
) -> tuple[list[AssessmentRow], DataKind]:
    of_person = Assessment.objects.filter(subject_id=person_id)
    found = of_person if code is None else of_person.filter(instrument=code)
    is_self = viewer.is_citizen and not people.acts_for(viewer, person_id)
    if not is_self:
        found = found.filter(Q(sealed_to=None) | Q(sealed_to__in=viewer.holders))
    stored = list(found.order_by("day", "written_at", "id"))
    answers: dict[UUID, dict[str, int]] = {}
    shown = []
    ids = [one.pk for one in stored]
    for assessment_id, item, kind, value in Answer.objects.filter(assessment__in=ids).values_list(
        "assessment_id", "item", "kind", "value"
    ):
        if kind & opened.reads:
            answers.setdefault(assessment_id, {})[item] = value
            shown.append(DataKind(kind))
    citizen_id = viewer.post_id if is_self else None
    rows = [_row(one, answers.get(one.pk, {}), citizen_id) for one in stored]
    return rows, DataKind.PLAN | mask_of(shown)


def _row(one: Assessment, answers: dict[str, int], citizen_id: UUID | None) -> AssessmentRow:
    if one.sealed_to_id is None:
        shared = SharedWith.TEAM
    else:
        shared = SharedWith.NOBODY if one.sealed_to_id == citizen_id else SharedWith.UNIT
    return AssessmentRow(
        assessment_id=one.pk,
        instrument=one.instrument,
        version=one.version,
        respondent=Respondent(one.respondent),
        noted_by=one.noted_by_id,
        unit_id=one.unit_id,
        day=one.day,
        answers=answers,
        shared_with=shared,
        sealed_to=one.sealed_to_id,
        corrects=one.corrects_id,
        why=one.why,
    )


def _by_name(post: PostRow) -> tuple[str, str]:
    return post.agency_name, post.unit_name
