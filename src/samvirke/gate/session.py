"""Entering: the one place where a post and a purpose become a viewer for a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import connection, transaction

from samvirke.gate import audit
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import Purpose


class NoMembership(Exception):
    """The post has no membership for this purpose at this time."""

    def __init__(self) -> None:
        super().__init__(
            "This post may not act for this purpose now. Sign in again and choose another post, "
            "or ask the unit's leader whether the post has ended."
        )


@contextmanager
def enter(post_id: UUID, purpose: Purpose) -> Iterator[Viewer]:
    """One transaction as this post for this purpose; the access log is written before it commits.

    Raises NoMembership. Everything the viewer reads inside is decided by the database as well.
    """
    with transaction.atomic():
        viewer = _entered(post_id, purpose)
        yield viewer
        if not connection.needs_rollback:
            audit.write(viewer)


def leave() -> None:
    """Forget whoever entered on this connection in this transaction: nobody sees anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.leave()")


def _entered(post_id: UUID, purpose: Purpose) -> Viewer:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.enter(%s, %s)", [post_id, int(purpose)])
        role, holders, barred, now = cursor.fetchone()
    if role is None:
        raise NoMembership
    return Viewer(
        post_id=post_id,
        role=Role(role),
        purpose=purpose,
        holders=tuple(holders),
        barred=frozenset(barred),
        now=now,
        request_id=uuid4(),
    )
