"""Entering: the one place where a post and a purpose become a viewer for a transaction."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection, transaction

from samvirke.gate import audit
from samvirke.gate.access import BARS, Refusal, Role
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


def ticket(link: psycopg.Connection[Any], post_id: UUID, purpose: Purpose) -> bytes:
    """What shows the database that this program asks, for this connection, post and purpose.

    Without it, SQL that came in by some mistake could enter as anybody.
    """
    said = f"{link.info.backend_pid}|{post_id}|{int(purpose)}".encode()
    key = entering_key()
    return sha256(key + sha256(key + said).digest()).digest()


def entering_key() -> bytes:
    """The key of tickets: the database holds it too, so it is made from one it must never hold."""
    return hmac.digest(settings.KEYS.access_log, b"entering", "sha256")


def leave() -> None:
    """Forget whoever entered on this connection in this transaction: nobody sees anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.leave()")


def _bars(subject_ids: Sequence[UUID], reasons: Sequence[str]) -> dict[UUID, Refusal]:
    """The first reason of each subject that the viewer may never see."""
    found: dict[UUID, Refusal] = {}
    for subject_id, reason in zip(subject_ids, reasons, strict=True):
        found[subject_id] = min(found.get(subject_id, Refusal(reason)), Refusal(reason), key=BARS.index)
    return found


def _entered(post_id: UUID, purpose: Purpose) -> Viewer:
    with connection.cursor() as cursor:
        values: list[Any] = [post_id, int(purpose), ticket(connection.connection, post_id, purpose)]
        cursor.execute("SELECT * FROM gate.enter(%s, %s, %s)", values)
        role, holders, barred, reasons, now = cursor.fetchone()
    if role is None:
        raise NoMembership
    return Viewer(
        post_id=post_id,
        role=Role(role),
        purpose=purpose,
        holders=tuple(holders),
        barred=_bars(barred, reasons),
        now=now,
        request_id=uuid4(),
    )
