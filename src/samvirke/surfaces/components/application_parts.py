"""A person's applications arranged for reading: what to act on, what is waited for, what is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samvirke.applications.types import ApplicationRow

URGENCY = ("refused", "more_asked_for")


@dataclass(frozen=True, slots=True)
class MyApplications:
    """The same applications as the person asks about them."""

    first: tuple[ApplicationRow, ...]  # the person can do something now
    waiting: tuple[ApplicationRow, ...]
    over: tuple[ApplicationRow, ...]


def arranged(rows: Sequence[ApplicationRow]) -> MyApplications:
    """Those the person can do something about come first: a refusal before a question."""
    first = [row for row in rows if row.may_become & {"appealed", "received"}]
    return MyApplications(
        first=tuple(sorted(first, key=lambda row: URGENCY.index(row.status))),
        waiting=tuple(row for row in rows if row.is_open and row not in first),
        over=tuple(row for row in rows if not row.is_open and row not in first),
    )


def answered_by(post_id: UUID, rows: Sequence[ApplicationRow]) -> tuple[ApplicationRow, ...]:
    """Those that wait for an answer of this post: who coordinates and decides wears two hats."""
    return tuple(row for row in rows if row.is_open and row.with_post_id == post_id)
