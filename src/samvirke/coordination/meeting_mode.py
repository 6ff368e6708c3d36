"""Holding a meeting: the draft that only its writer reads, the minutes it becomes, and what all may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import meetings, policies, proposals, verbs
from samvirke.coordination.meeting_access import writable
from samvirke.coordination.meeting_models import AgendaItem, Discussion, MeetingDraft
from samvirke.coordination.meeting_types import DraftRow, ItemRow, NewProposal
from samvirke.coordination.models import Meeting, Minutes
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.plan.types import PlanPage
from samvirke.plan.verbs import SEE_AUDIENCE


@transaction.atomic
def save_draft(
    *, meeting_id: UUID, typed: Mapping[str, str | list[str]], seen_version: int, by: Viewer
) -> int:
    """Keep what was typed, for the writer alone. Returns its version.

    Raises Refused, NotInTheTeam, StaleDraft, MinutesAreWritten.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    writable(meeting.plan_id, by)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise policies.MinutesAreWritten
    kept = MeetingDraft.objects.filter(meeting=meeting, post_id=by.post_id).first()
    if kept is None:
        kept = MeetingDraft(
            id=uuid4(), meeting=meeting, subject_id=meeting.subject_id, post_id=by.post_id, version=0
        )
    elif kept.version != seen_version:
        raise refusals.StaleDraft(kept.version)
    kept.typed, kept.version, kept.saved_at = dict(typed), kept.version + 1, by.now
    kept.save()
    return kept.version


def draft(viewer: Viewer, plan_id: UUID, meeting_id: UUID) -> DraftRow | None:
    """What the viewer has typed and not finished. Raises Refused, Plan.DoesNotExist."""
    ask.require(viewer, verbs.HOLD_MEETING, Meeting.objects.get(pk=meeting_id, plan_id=plan_id).subject_id)
    kept = MeetingDraft.objects.filter(meeting_id=meeting_id, post_id=viewer.post_id).first()
    return DraftRow(kept.typed, kept.version, kept.saved_at) if kept and kept.typed else None


@transaction.atomic
def finish(
    *,
    meeting_id: UUID,
    agreed: str,
    said: Mapping[UUID, str],
    proposed: Sequence[NewProposal],
    there: Sequence[UUID],
    person_was_there: bool,
    by: Viewer,
) -> list[UUID]:
    """The draft becomes minutes: what was said under each item, and each decision a proposal to one party.

    Returns the proposals' ids. Raises as `meetings.write_minutes` and `proposals.make` do.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    meetings.write_minutes(
        meeting_id=meeting_id, agreed=agreed, there=there, person_was_there=person_was_there, by=by
    )
    items = AgendaItem.objects.filter(meeting=meeting, pk__in=said)
    Discussion.objects.bulk_create(
        Discussion(
            id=uuid4(),
            item=item,
            subject_id=item.subject_id,
            kind=item.kind,
            text=said[item.id].strip(),
            written_by_id=by.post_id,
            written_at=by.now,
        )
        for item in items
        if said[item.id].strip()
    )
    made = [proposals.make(meeting=meeting, new=one, by=by) for one in proposed]
    MeetingDraft.objects.filter(meeting=meeting, post_id=by.post_id).update(typed={})
    return made


def for_all(
    viewer: Viewer,
    page: PlanPage,
    items: Iterable[ItemRow],
    there: Sequence[UUID],
    persons: Sequence[UUID],
) -> tuple[ItemRow, ...]:
    """Those points of an agenda that everybody present may see: the viewer, these posts and these persons.

    Of the others nothing is told, not even that there are any. Raises Refused, TooManyPresent.
    """
    citizens = [set(families.citizens_of(person)) for person in persons]
    if not all(citizens):  # somebody is there about whom nothing can be asked
        return ()
    present = {viewer.post_id, *there}.union(*citizens)
    refusals.check_few(present)
    seen_by: dict[tuple[UUID, DataKind], bool] = {}
    shown = []
    for item in items:
        about = (item.subject_id, item.kind)
        if about not in seen_by:
            seen_by[about] = _seen_by_all(viewer, *about, present)
        if seen_by[about]:
            shown.append(item)
    return tuple(shown)


def _seen_by_all(viewer: Viewer, subject_id: UUID, kind: DataKind, present: set[UUID]) -> bool:
    try:
        audience = ask.who_sees(viewer, SEE_AUDIENCE, subject_id, kind)
    except Refused:
        return False
    return present <= {holder for holder, one in audience.items() if one.sees}
