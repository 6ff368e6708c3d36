"""In which posts a signed-in user may act."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samvirke.accounts.models import UserPost
from samvirke.kernel.gate_words import Purpose


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A post the user may act in, and the purpose a session there starts with."""

    post_id: UUID
    purpose: Purpose


def posts_of(user_id: UUID) -> list[SeatRow]:
    """The posts of an active user; none for anybody else."""
    seats = UserPost.objects.filter(user_id=user_id, user__is_active=True).order_by("post_id")
    return [SeatRow(seat.post_id, Purpose(seat.purpose)) for seat in seats]
