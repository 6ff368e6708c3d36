"""Breaking the glass: opening something in an emergency, who is told, and the review.

What is never lifted stays closed, and whoever tries is told no more than that nothing was opened.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from samvirke.agencies import naming
from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.gate import audit, oversight
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import LIFT_HOURS, LIFT_REASON, OPENS, Basis, Refusal
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import LiftRow, Viewer
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.people import queries, secrets, verbs
from samvirke.people.exception_types import Alarm, EmergencyRow
from samvirke.people.leaders import another_leader

ALWAYS = DataKind.IDENTITY | DataKind.PLAN | DataKind.CONSENT  # without these there is nothing to read
LIFTABLE_KINDS = OPENS[Basis.LIFT].kinds
TOLD_FOR = timedelta(days=90)
ALARM_AFTER = 3  # times in a week, by one post
WEEK = timedelta(days=7)


class ReasonTooShortOrLong(Exception):
    """Broken glass needs a reason that somebody else can judge."""

    def __init__(self, length: int) -> None:
        shortest, longest = LIFT_REASON
        super().__init__(
            f"The reason has {length} characters and needs {shortest} to {longest}. Write what has happened."
        )


class TooManyHours(Exception):
    """Broken glass lasts some hours, never longer."""

    def __init__(self) -> None:
        super().__init__(f"An emergency lasts 1 to {LIFT_HOURS} hours. Choose fewer; it can be opened again.")


class NothingChosen(Exception):
    """No kind was chosen, or one that is never opened this way."""

    def __init__(self) -> None:
        super().__init__(
            "Choose what you need to read. Where a protected person is, is never opened this way."
        )


class NobodyToReview(Exception):
    """Nobody else could review it, so it is not opened."""

    def __init__(self) -> None:
        super().__init__("Nobody else could review this, so nothing is opened. Ask the coordinating unit.")


class NotYoursToReview(Exception):
    """Somebody else reviews it, or it has been reviewed."""

    def __init__(self) -> None:
        super().__init__("This is somebody else's to review, or it has been reviewed. Read the list again.")


@dataclasses.dataclass(frozen=True, slots=True)
class Emergency:
    """What is to be opened, for how long, and why."""

    kinds: DataKind
    reason: str
    hours: int


@transaction.atomic
def break_glass(*, subject_id: UUID, emergency: Emergency, by: Viewer) -> UUID | None:
    """Open kinds about a person whom the viewer may know of already. None where nothing may be opened.

    Logged either way; the person and those around the person are told. Raises Refused, ReasonTooShortOrLong,
    TooManyHours, NothingChosen, NobodyToReview.
    """
    ask.require_role(by, verbs.BREAK_GLASS)
    kinds, reviewer_id = _checked(emergency), _reviewer(by.post_id)
    lift_id = gate.lift(
        subject_id=subject_id,
        kinds=kinds,
        reason=emergency.reason.strip(),
        hours=emergency.hours,
        reviewer_id=reviewer_id,
    )
    _note(by, subject_id, kinds, is_opened=lift_id is not None)
    return lift_id


@transaction.atomic
def break_glass_by_number(
    *, national_id: str, partnership_id: UUID, emergency: Emergency, by: Viewer
) -> UUID | None:
    """The same for somebody named by a national id alone. Returns the person, or None.

    Whether somebody is unknown, protected or kept from the viewer for another reason, the answer is None and
    the log says the same. Raises as `break_glass`.
    """
    ask.require_role(by, verbs.BREAK_GLASS)
    kinds, reviewer_id = _checked(emergency), _reviewer(by.post_id)
    hashed = secrets.hashed(national_id, scope=partnership_id)
    said = [int(kinds), emergency.reason.strip(), emergency.hours]
    values: list[Any] = [uuid4(), hashed, partnership_id, *said, reviewer_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.lift_by_number(%s, %s, %s, %s, %s, %s, %s)", values)
        (person_id,) = cursor.fetchone()
    _note(by, person_id or secrets.asked_by(hashed), kinds, is_opened=person_id is not None)
    opened: UUID | None = person_id
    return opened


@transaction.atomic
def review(*, lift_id: UUID, verdict: str, by: Viewer) -> None:
    """Accepted, or misuse: then it ends at once. Raises Refused, NotYoursToReview."""
    ask.require_role(by, verbs.REVIEW_LIFT)
    try:
        with may_refuse():
            gate.review_lift(lift_id=lift_id, verdict=verdict)
    except PermissionError:
        raise NotYoursToReview from None


def to_review(viewer: Viewer) -> list[EmergencyRow]:
    """What the viewer is to review, the oldest first, and what the viewer has reviewed lately."""
    ask.require_role(viewer, verbs.REVIEW_LIFT)
    mine = [one for one in oversight.lifts() if one.reviewer_id == viewer.post_id]
    posts = agencies.posts(one.post_id for one in mine)
    rows = [_row(viewer, one, posts.get(one.post_id)) for one in mine if _is_told(viewer, one)]
    return sorted(rows, key=lambda row: (row.verdict != "waiting", row.lifted_at))


def own(viewer: Viewer) -> list[EmergencyRow]:
    """What the viewer opened in the last months, newest first."""
    found = [one for one in oversight.lifts() if one.post_id == viewer.post_id and _is_told(viewer, one)]
    posts = agencies.posts([viewer.post_id])
    return [_row(viewer, one, posts.get(viewer.post_id)) for one in found]


def about(viewer: Viewer, subject_ids: Iterable[UUID]) -> list[EmergencyRow]:
    """Broken glass about these subjects in the last months, newest first, as those around may know it."""
    found = [one for one in oversight.lifts(subject_ids) if _is_told(viewer, one)]
    rows = []
    for subject_id in {one.subject_id for one in found}:
        of_subject = [one for one in found if one.subject_id == subject_id]
        posts = queries.posts_around(subject_id, [one.post_id for one in of_subject])
        posts = naming.shown(posts) if viewer.is_citizen else posts
        rows += [_row(viewer, one, posts.get(one.post_id)) for one in of_subject]
    return sorted(rows, key=lambda row: row.lifted_at, reverse=True)


def lately(viewer: Viewer, subject_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the glass was last broken about each of these subjects, where it is still told of `about` them."""
    found = [one for one in oversight.lifts(subject_ids) if _is_told(viewer, one)]
    return {one.subject_id: one.lifted_at for one in reversed(found)}


def alarms(viewer: Viewer) -> list[Alarm]:
    """Posts that broke the glass unusually often in the last week, of those the viewer reviews."""
    ask.require_role(viewer, verbs.REVIEW_LIFT)
    times = _unusual(viewer, [one for one in oversight.lifts() if one.reviewer_id == viewer.post_id])
    posts = agencies.posts(times)
    return [
        Alarm(posts[post_id].title, posts[post_id].unit_name, count, viewer.now - WEEK)
        for post_id, count in times.items()
    ]


def is_unusual(viewer: Viewer) -> bool:
    """Whether the viewer's own post broke the glass unusually often in the last week."""
    return viewer.post_id in _unusual(viewer, oversight.lifts())


def _unusual(viewer: Viewer, lifts: Iterable[LiftRow]) -> dict[UUID, int]:
    """How many times in the last week, by post, the most first."""
    times = Counter(one.post_id for one in lifts if one.lifted_at > viewer.now - WEEK)
    return {post_id: count for post_id, count in times.most_common() if count >= ALARM_AFTER}


def _checked(emergency: Emergency) -> DataKind:
    length = len(emergency.reason.strip())
    if not LIFT_REASON[0] <= length <= LIFT_REASON[1]:
        raise ReasonTooShortOrLong(length)
    if not 1 <= emergency.hours <= LIFT_HOURS:
        raise TooManyHours
    if not emergency.kinds or emergency.kinds & ~LIFTABLE_KINDS:
        raise NothingChosen
    return emergency.kinds | ALWAYS


def _reviewer(post_id: UUID) -> UUID:
    reviewer_id = another_leader(post_id)
    if reviewer_id is None:
        raise NobodyToReview
    return reviewer_id


def _note(by: Viewer, subject_id: UUID, kinds: DataKind, *, is_opened: bool) -> None:
    basis, outcome = (Basis.LIFT, audit.ALLOWED) if is_opened else ("", Refusal.NO_BASIS)
    audit.note(by, verbs.BREAK_GLASS, subject_ids=[subject_id], basis=basis, kinds=kinds, outcome=outcome)


def _is_told(viewer: Viewer, one: LiftRow) -> bool:
    return one.verdict is None or one.lifted_at > viewer.now - TOLD_FOR


def _row(viewer: Viewer, one: LiftRow, post: PostRow | None) -> EmergencyRow:
    return EmergencyRow(
        lift_id=one.lift_id,
        subject_id=one.subject_id,
        who=post.title if post else "",
        unit_name=post.unit_name if post else "",
        agency_name=post.agency_name if post else "",
        agency_kind=post.agency_kind if post else "",
        kinds=tuple(kinds_in(one.kinds)),
        lifted_at=one.lifted_at,
        valid_to=one.valid_to,
        verdict=one.verdict or "waiting",
        reviewed_at=one.reviewed_at,
        reason=one.reason,
        is_mine_to_review=one.verdict is None and one.reviewer_id == viewer.post_id,
    )
