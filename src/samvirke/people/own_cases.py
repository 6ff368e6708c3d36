"""Who works here is kept from their own case by itself.

A post carries the keyed hash of its holder's national id; the number itself is kept nowhere. It is compared
with every record and person that there is when the post is taken, and with each that is opened after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from samvirke.gate import operations as gate
from samvirke.people import secrets


def take_post(*, post_id: UUID, national_id: str, scopes: Iterable[UUID]) -> int:
    """The post is this person's from now on; returns how many cases it is kept from at once.

    scopes: every unit and partnership, within which numbers were hashed. What the post was kept from because
    of whoever had it before ends. An administrator's act.
    """
    hashes = {scope: secrets.hashed(national_id, scope=scope) for scope in scopes}
    return gate.take_post(post_id=post_id, own_hash=secrets.hashed_of_staff(national_id), hashes=hashes)


def leave_post(*, post_id: UUID) -> None:
    """Nobody has the post any more: neither its number nor what followed from it is kept."""
    gate.leave_post(post_id=post_id)


def move(*, from_post: UUID, to_post: UUID, now: datetime) -> None:
    """Whoever has the one post has the other from now on, kept from the same cases; the one is nobody's."""
    gate.move_own_number(from_post=from_post, to_post=to_post, now=now)
    leave_post(post_id=from_post)


def keep_out(numbers: Mapping[UUID, str]) -> None:
    """Records and persons that have just been opened, by their national ids: not for whose they are."""
    gate.bar_own_cases({subject: secrets.hashed_of_staff(number) for subject, number in numbers.items()})
