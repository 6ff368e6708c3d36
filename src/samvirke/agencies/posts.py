"""Posts that end, or are out of use for a time. An administrator's acts: they run as the owner.

What a post was to answer for is not written anew: from the day it is out of use its deputy, or the unit's
leader, is the one who acts, as when it is away. A leader's post therefore does not end before another leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samvirke.agencies.models import Post
from samvirke.gate import operations as gate
from samvirke.gate.access import Role

OWNER = gate.OWNER


class UnknownPost(Exception):
    """There is no such post."""

    def __init__(self) -> None:
        super().__init__("There is no such post. Look it up with `samvirke posts list`.")


class LeadsTheUnit(Exception):
    """The leader's post was to go out of use, and duties of the unit fall back to it."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"{title} leads its unit, and what nobody else answers for falls back to it, so it cannot go out "
            "of use. Give the post to somebody else instead: `samvirke posts seat`."
        )


class OutOfUse(Exception):
    """The post is out of use as it is, or will be."""

    def __init__(self, title: str, since: date) -> None:
        super().__init__(f"{title} is out of use from {since.isoformat()}. Choose another post.")


class DaysInOrder(Exception):
    """A day has been, or the days are turned round."""

    def __init__(self) -> None:
        super().__init__("The days must lie ahead, and in order. Look at them again.")


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post as an administrator lists it."""

    post_id: UUID
    unit_name: str
    title: str
    role: Role
    out_of_use_from: date | None
    in_use_again_on: date | None


def listed() -> list[ListedPost]:
    """All posts, by unit and title."""
    found = Post.objects.using(OWNER).select_related("unit").order_by("unit__name", "title", "pk")
    return [
        ListedPost(one.pk, one.unit.name, one.title, Role(one.role), one.out_of_use_from, one.in_use_again_on)
        for one in found
    ]


def end(*, post_id: UUID, on: date, now: datetime) -> None:
    """The post ends on a day, which may be today: then at once.

    Raises UnknownPost, LeadsTheUnit, OutOfUse, DaysInOrder.
    """
    with transaction.atomic(using=OWNER):
        post = _in_use(post_id)
        if on < day_of(now):
            raise DaysInOrder
        gate.end_membership(post_id=post_id, now=_moment(on, now))
        Post.objects.using(OWNER).filter(pk=post.pk).update(out_of_use_from=on, in_use_again_on=None)


def suspend(*, post_id: UUID, away_from: date, back_on: date, now: datetime) -> None:
    """The post is out of use from a day until another, on which it enters again.

    Raises as `end`.
    """
    with transaction.atomic(using=OWNER):
        post = _in_use(post_id)
        if not day_of(now) <= away_from < back_on:
            raise DaysInOrder
        gate.end_membership(post_id=post_id, now=_moment(away_from, now))
        gate.appoint(post_id=post_id, unit_id=post.unit_id, role=Role(post.role), now=_moment(back_on, now))
        Post.objects.using(OWNER).filter(pk=post.pk).update(
            out_of_use_from=away_from, in_use_again_on=back_on
        )


def in_use(post_id: UUID, now: datetime) -> ListedPost:
    """A post that is in use and stays so. Raises UnknownPost, OutOfUse."""
    found = next((one for one in listed() if one.post_id == post_id), None)
    if found is None:
        raise UnknownPost
    since, again = found.out_of_use_from, found.in_use_again_on
    if since is not None and (again is None or day_of(now) < again):
        raise OutOfUse(found.title, since)
    return found


def _in_use(post_id: UUID) -> Post:
    post = Post.objects.using(OWNER).select_for_update().filter(pk=post_id).first()
    if post is None:
        raise UnknownPost
    if post.is_leader:
        raise LeadsTheUnit(post.title)
    if post.out_of_use_from is not None and post.in_use_again_on is None:
        raise OutOfUse(post.title, post.out_of_use_from)
    return post


def day_of(now: datetime) -> date:
    """The day it is where the office is."""
    return timezone.localtime(now).date()


def _moment(day: date, now: datetime) -> datetime:
    """The beginning of a day; of today, what is left of it."""
    return max(now, datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone()))
