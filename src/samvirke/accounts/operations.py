"""Making users and giving them posts. Runs on the sign-in connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.accounts.models import User, UserPost
from samvirke.kernel.gate_words import Purpose


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A user to be made, who may act in one post."""

    user_id: UUID
    post_id: UUID
    purpose: Purpose


def take_seat(*, user_id: UUID, post_id: UUID, purpose: Purpose) -> None:
    """The user may act in the post from now on, alone; the account is made where it is new."""
    with transaction.atomic(using="accounts"):
        user, is_new = User.objects.get_or_create(id=user_id)
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        close_seats(post_id=post_id)
        UserPost.objects.create(id=uuid4(), user=user, post_id=post_id, purpose=int(purpose))


def close_seats(*, post_id: UUID) -> list[UUID]:
    """Nobody may act in the post any more. Returns whose seats they were."""
    seats = UserPost.objects.filter(post_id=post_id)
    users = list(seats.values_list("user_id", flat=True))
    seats.delete()
    return users


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
