"""Keeping lines of the log back from a reader for a time: decided, reviewed by another, told afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.events import operations as events
from samvirke.gate import operations as gate
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.access import LIFT_REASON, Role
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import KeptBackRow, Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.people import facts, verbs
from samvirke.people.exception_types import KeptBackView
from samvirke.people.models import Person
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import KeptBackCase

READERS = {"self": "person", "guardian": "guardian"}  # by the basis of what is open to them
STATES = ("waiting", "accepted", "ended", "over")


class MayNotKeepBack(Exception):
    """Not in this case, from this reader, or by this post."""

    def __init__(self) -> None:
        super().__init__(
            "This cannot be kept back so. A leader of an agency that the case type names keeps visits back, "
            "from a reader that it names, for no more days than it allows, with a reason."
        )


class NobodyToReviewIt(Exception):
    """No other leader could review it, so nothing is kept back."""

    def __init__(self) -> None:
        super().__init__("No other leader could review this, so nothing is kept back.")


class NotYoursToEnd(Exception):
    """It is somebody else's to review, or over."""

    def __init__(self) -> None:
        super().__init__("This is somebody else's to review, or it is over. Read the list again.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be kept back, from whom, for how long, and why."""

    reader_id: UUID  # the citizen that the person, or a guardian, is
    unit_ids: tuple[UUID, ...]
    case_type: str
    days: int
    reason: str


class Reader(NamedTuple):
    """Somebody who reads the log: the name, as far as the viewer may know it, and what they are."""

    name: str
    what: str  # person, guardian


def cases(viewer: Viewer) -> tuple[KeptBackCase, ...]:
    """The case types in which the viewer may decide; none for anybody but a unit's leader."""
    if viewer.role is not Role.UNIT_LEADER:
        return ()
    here = agencies.post(viewer.post_id).agency_kind
    country = agencies.country_of_post(viewer.post_id)
    return tuple(case for case in statutes.access_log(country).kept_back if here in case.decided_in)


def readers(viewer: Viewer, person_id: UUID) -> dict[UUID, Reader]:
    """From whom something can be kept back: the person and the guardians, by citizen. Raises Refused."""
    around = ask.who_sees(viewer, verbs.EXPLAIN, person_id, verbs.KEEP_BACK.kind)
    found = {holder: one.reason for holder, one in around.items() if one.reason in READERS}
    names = {one.citizen_id: one.name for one in Person.objects.filter(citizen_id__in=found)}
    return {holder: Reader(names.get(holder, ""), READERS[reason]) for holder, reason in found.items()}


@transaction.atomic
def keep_back(*, person_id: UUID, asked: Asked, by: Viewer) -> UUID:
    """Visits of these units are kept back, until another leader has looked at it or its review is due.

    Returns the exception's id. Raises Refused, MayNotKeepBack, NobodyToReviewIt.
    """
    ask.require(by, verbs.KEEP_BACK, person_id)
    reader = readers(by, person_id).get(asked.reader_id)
    case = next((case for case in cases(by) if case.code == asked.case_type), None)
    if not _is_sound(asked, case, reader.what if reader else ""):
        raise MayNotKeepBack
    assert case is not None
    reviewer_id = _reviewer(case, by)
    review_days = min(case.review_days, asked.days)
    exception_id = gate.keep_back(
        subject_id=person_id,
        reader_id=asked.reader_id,
        holders=asked.unit_ids,
        case_type=case.code,
        provision=case.rests_on,
        reason=asked.reason.strip(),
        reviewer_id=reviewer_id,
        review_until=by.now + timedelta(days=review_days),
        until=by.now + timedelta(days=asked.days),
    )
    told = facts.KeptBack(person_id, exception_id, case.code)
    events.record([told], by=by.post_id, at=by.now)
    return exception_id


@transaction.atomic
def review(*, exception_id: UUID, verdict: str, by: Viewer) -> None:
    """Accepted by the reviewer, or ended by either: then the reader is told at once.

    Raises Refused, NotYoursToEnd.
    """
    ask.require_role(by, verbs.REVIEW_KEPT_BACK)
    try:
        with may_refuse():
            gate.review_kept_back(exception_id=exception_id, verdict=verdict)
    except PermissionError:
        raise NotYoursToEnd from None
    told = facts.KeptBackReviewed(exception_id, verdict)
    events.record([told], by=by.post_id, at=by.now)


def decided_or_reviewed(viewer: Viewer) -> list[KeptBackView]:
    """What the leader decided or reviews, what waits first."""
    ask.require_role(viewer, verbs.REVIEW_KEPT_BACK)
    views = _views(viewer, [row for row in oversight.kept_back(viewer) if row.reason])
    return sorted(views, key=lambda view: STATES.index(view.state))


def counted(views: Sequence[KeptBackView]) -> list[tuple[str, dict[str, int]]]:
    """How many there are of each case type, by state. Numbers alone."""
    found = Counter((view.case_label, view.state) for view in views)
    labels = sorted({view.case_label for view in views})
    return [(label, {state: found[label, state] for state in STATES}) for label in labels]


def kept_back_from_me(viewer: Viewer) -> list[KeptBackView]:
    """What was kept back from the citizen and is told now, newest first."""
    return _views(viewer, oversight.kept_back(viewer))


def _reviewer(case: KeptBackCase, by: Viewer) -> UUID:
    """A leader of a coordinating unit; else of another unit in an agency that may decide."""
    for kind in (AgencyKind.COORDINATING_UNIT, *case.decided_in):
        found = agencies.leader_of_another_unit(by.post_id, kind)
        if found is not None:
            return found
    raise NobodyToReviewIt


def _is_sound(asked: Asked, case: KeptBackCase | None, reader: str) -> bool:
    return (
        case is not None
        and reader in case.readers
        and 1 <= asked.days <= case.longest_days
        and bool(asked.unit_ids)
        and LIFT_REASON[0] <= len(asked.reason.strip()) <= LIFT_REASON[1]
    )


def _views(viewer: Viewer, rows: Sequence[KeptBackRow]) -> list[KeptBackView]:
    units = agencies.units(unit for row in rows for unit in row.holders)
    posts = agencies.posts(row.decided_by for row in rows)
    about = [row.subject_id for row in rows]
    persons = dict(Person.objects.filter(pk__in=about).values_list("pk", "citizen_id"))
    near_hidden = ask.near_hidden(about) if rows else frozenset()
    views = []
    for row in rows:
        state, is_mine = _state(viewer, row), row.decided_by == viewer.post_id
        case = statutes.kept_back_case(row.case_type)
        tells = is_mine or row.subject_id not in near_hidden
        is_over = state in {"ended", "over"}
        views.append(
            KeptBackView(
                exception_id=row.exception_id,
                case_label=case.label,
                rests_on=row.provision if case.verified_on else "",
                units=tuple(units[unit].name for unit in row.holders if unit in units and tells),
                from_whom=_from_whom(row, persons.get(row.subject_id)),
                decided_by=_who(posts[row.decided_by]) if tells else "",
                since=row.since,
                review_until=row.review_until,
                until=row.over_at(),
                state=state,
                reason=row.reason,
                may_accept=state == "waiting" and row.reviewer_id == viewer.post_id,
                may_end=bool(row.reason) and not is_over,
            )
        )
    return views


def _from_whom(row: KeptBackRow, citizen_id: UUID | None) -> str:
    """What the reader is; empty where the case type leaves it open to a reviewer who does not know them."""
    if citizen_id is not None:
        return "person" if citizen_id == row.reader_id else "guardian"
    named = statutes.kept_back_case(row.case_type).readers
    return named[0] if len(named) == 1 else ""


def _who(post: PostRow) -> str:
    return f"{post.title}, {post.unit_name}"


def _state(viewer: Viewer, row: KeptBackRow) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.over_at() <= viewer.now:
        return "over"
    return "accepted" if row.verdict else "waiting"
