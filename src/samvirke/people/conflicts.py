"""Who must not see a case whatever else holds: conflicts of interest, and cases kept from colleagues."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.gate import operations as gate
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.access import BARS, Refusal, Role
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import Viewer
from samvirke.people import verbs
from samvirke.people.exception_types import ConflictRow, Shielding
from samvirke.people.models import ClientRecord


class UnknownReason(Exception):
    """A conflict of interest was declared without saying which."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason!r} is no reason to keep out of a case. Choose one of: {', '.join(BARS)}.")


class NotYoursToEnd(Exception):
    """Who has a conflict does not end it, and an own case never ends."""

    def __init__(self) -> None:
        super().__init__(
            "Only the leader of the unit ends this, for somebody else, and an own case never ends. Ask the "
            "leader."
        )


class NotYoursToShield(Exception):
    """Only the unit's leader says from whom of the unit a case is kept."""

    def __init__(self) -> None:
        super().__init__(
            "Only the leader of the unit keeps a case from colleagues, and names who works with it. Ask the "
            "leader."
        )


class NobodyNamed(Exception):
    """A case was to be kept from everybody."""

    def __init__(self) -> None:
        super().__init__("Somebody must work with the case. Name at least one post of the unit.")


@transaction.atomic
def declare_conflict(*, subject_id: UUID, reason: str, by: Viewer, post_id: UUID | None = None) -> None:
    """The viewer, or a post of the unit the viewer leads, never sees the subject from now on.

    Whoever declares it for themselves is out at once. Raises Refused, UnknownReason, PermissionError.
    """
    if reason not in BARS:
        raise UnknownReason(reason)
    ask.require(by, verbs.DECLARE_CONFLICT, subject_id)
    with may_refuse():
        gate.bar(holder_id=post_id or by.post_id, subject_id=subject_id, reason=Refusal(reason))


@transaction.atomic
def end_conflict(*, conflict_id: UUID, by: Viewer) -> None:
    """The post may see the subject again, where something opens it. Raises Refused, NotYoursToEnd."""
    ask.require_role(by, verbs.DECLARE_CONFLICT)
    try:
        with may_refuse():
            gate.end_bar(bar_id=conflict_id)
    except PermissionError:
        raise NotYoursToEnd from None


def conflicts(viewer: Viewer) -> list[ConflictRow]:
    """The conflicts of interest of the viewer and, for a leader, of the unit. Of whom, is not told."""
    ask.require_role(viewer, verbs.DECLARE_CONFLICT)
    found = oversight.bars_in_the_unit()
    posts = agencies.posts(bar.holder_id for bar in found)
    rows = [
        ConflictRow(
            conflict_id=bar.bar_id,
            who=posts[bar.holder_id].title,
            reason=bar.reason,
            since=bar.since,
            is_own=bar.holder_id == viewer.post_id,
            may_end=bar.reason != Refusal.OWN_CASE and bar.holder_id != viewer.post_id,
        )
        for bar in found
        if bar.holder_id in posts
    ]
    return sorted(rows, key=lambda row: (row.who, row.since))


@transaction.atomic
def shield_record(*, record_id: UUID, post_ids: Sequence[UUID], by: Viewer) -> None:
    """Of the unit only these posts see the case from now on.

    Raises Refused, NobodyNamed, NotYoursToShield.
    """
    ask.require(by, verbs.SHIELD_RECORD, record_id)
    if not post_ids:
        raise NobodyNamed
    unit_id = ClientRecord.objects.values_list("unit_id", flat=True).get(pk=record_id)
    try:
        with may_refuse():
            gate.shield(record_id=record_id, unit_id=unit_id, post_ids=post_ids)
    except PermissionError:
        raise NotYoursToShield from None


@transaction.atomic
def unshield_record(*, record_id: UUID, by: Viewer) -> None:
    """The whole unit sees the case again. Raises Refused, NotYoursToShield."""
    ask.require_role(by, verbs.SHIELD_RECORD)
    try:
        with may_refuse():
            gate.unshield(record_id=record_id)
    except PermissionError:
        raise NotYoursToShield from None


def shielding(viewer: Viewer, record_id: UUID) -> Shielding:
    """Whether the case is kept from colleagues, and whom of the unit a leader may name. Raises Refused."""
    ask.require(viewer, verbs.SHIELD_RECORD, record_id)
    unit_id = ClientRecord.objects.values_list("unit_id", flat=True).get(pk=record_id)
    workers = agencies.workers_in([unit_id])
    roles = agencies.roles(post.post_id for post in workers)
    may_name = [post for post in workers if roles[post.post_id] is not Role.INTEGRATION]
    return Shielding(
        is_shielded=record_id in oversight.shielded([record_id]),
        is_mine_to_say=viewer.role is Role.UNIT_LEADER and viewer.post_id == agencies.leader_of(unit_id),
        may_name=tuple(_mine_first(may_name, viewer.post_id)),
    )


def _mine_first(posts: Sequence[PostRow], mine: UUID) -> list[PostRow]:
    return sorted(posts, key=lambda post: post.post_id != mine)
