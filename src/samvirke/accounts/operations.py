"""Making users and giving them posts. Runs on the sign-in connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from samvirke.accounts.models import User, UserPost
from samvirke.kernel.gate_words import Purpose


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A user to be made, who may act in one post."""

    user_id: UUID
    post_id: UUID
    purpose: Purpose


def open_accounts(seats: Sequence[NewSeat]) -> None:
    """Make users without names, each with one post. No password: an identity provider signs them in."""
    users = [User(id=seat.user_id) for seat in seats]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    UserPost.objects.bulk_create(
        [
            UserPost(id=uuid4(), user_id=seat.user_id, post_id=seat.post_id, purpose=int(seat.purpose))
            for seat in seats
        ]
    )
