"""Why a decision is what it is, and the exceptions: conflicts of interest, shielded cases, broken glass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samvirke.gate.access import ACCESS, Basis, Refusal, Role
from samvirke.gate.reading import may_refuse, rows
from samvirke.gate.types import BarRow, Explained, KeptBackRow, LiftRow, RestedOn, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose

KEPT_BACK = """
SELECT x.id, x.subject_id, x.reader_id, x.kept_back, x.case_type, x.provision, x.decided_by_id, x.reviewer_id,
  x.since, x.review_until, x.until, x.verdict, x.reviewed_at, x.ended_at, coalesce(r.text, '')
FROM gate_logexception x LEFT JOIN gate_logexceptionreason r ON r.exception_id = x.id
WHERE x.decided_by_id = %(post)s OR x.reviewer_id = %(post)s OR x.reader_id = ANY (%(holders)s)
ORDER BY x.since DESC, x.id
"""
LIFTS = """
SELECT l.id, l.subject_id, l.post_id, l.reviewer_id, l.kinds, l.purposes, l.lifted_at, l.valid_to, l.verdict,
  l.reviewed_at, coalesce(r.text, '')
FROM gate_lift l LEFT JOIN gate_liftreason r ON r.lift_id = l.id
{about}
ORDER BY l.lifted_at DESC, l.id
"""


def explain(
    *,
    post_id: UUID,
    subject_id: UUID,
    kind: DataKind,
    purpose: Purpose,
    writes: bool,
    at: datetime,
) -> Explained:
    """The rule that decides, or decided, for a post. Told to the person and to those around the person.

    Never that a place is protected, to who does not know it. Raises PermissionError where the viewer may not
    ask, or the post is hidden from them.
    """
    values: list[Any] = [post_id, int(purpose), subject_id, int(kind), writes, at]
    with may_refuse(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM gate.explain(%s, %s, %s, %s, %s, %s)", values)
        role, answer = cursor.fetchone()
    return _explained(Role(role) if role else None, answer, kind, purpose, writes=writes)


def rested_on(
    *, post_id: UUID, subject_id: UUID, kind: DataKind, purpose: Purpose, at: datetime
) -> list[RestedOn]:
    """What opened a kind to a post then, as far as it has not ended since. For the person alone."""
    values: list[Any] = [post_id, int(purpose), subject_id, int(kind), at]
    return rows("SELECT * FROM gate.rested_on(%s, %s, %s, %s, %s)", values, RestedOn)


def _explained(
    role: Role | None, answer: str, kind: DataKind, purpose: Purpose, *, writes: bool
) -> Explained:
    """The database's answer, and before it what the access table says of the role."""
    if role is None or answer == Refusal.NOT_ACTIVE:
        return Explained(role, Refusal.NOT_ACTIVE, None)
    cell = ACCESS[role]
    if answer == Refusal.WRONG_PURPOSE or not purpose & cell.purposes:
        return Explained(role, Refusal.WRONG_PURPOSE, None)
    if not kind & (cell.writes if writes else cell.reads):
        return Explained(role, Refusal.ROLE_MAY_NOT, None)
    if answer in set(Basis):
        return Explained(role, None, Basis(answer))
    return Explained(role, Refusal(answer), None)


def bars_in_the_unit() -> list[BarRow]:
    """Conflicts of interest that hold: the viewer's own and, for a unit's leader, those of the unit."""
    return rows("SELECT id, holder_id, subject_id, reason, since FROM gate.bars_in_the_unit()", [], BarRow)


def shielded(record_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the records that are shielded, as far as the viewer leads the unit or is named."""
    return frozenset(rows("SELECT * FROM gate.shielded(%s)", [list(record_ids)], _itself))


def lifts(subject_ids: Iterable[UUID] | None = None) -> list[LiftRow]:
    """Broken glass that the viewer may know of, about these subjects or all, newest first."""
    if subject_ids is None:
        return rows(LIFTS.format(about=""), [], _lift)
    return rows(LIFTS.format(about="WHERE l.subject_id = ANY (%s)"), [list(subject_ids)], _lift)


def kept_back(viewer: Viewer) -> list[KeptBackRow]:
    """What the viewer decided or reviews of it, and what was kept back from the viewer and is told now."""
    return rows(KEPT_BACK, {"post": viewer.post_id, "holders": list(viewer.holders)}, _kept_back)


def _kept_back(
    exception_id: UUID, subject_id: UUID, reader_id: UUID, holders: list[UUID], *rest: Any
) -> KeptBackRow:
    return KeptBackRow(exception_id, subject_id, reader_id, tuple(holders), *rest)


def _lift(
    lift_id: UUID, subject_id: UUID, post_id: UUID, reviewer_id: UUID, kinds: int, purpose: int, *rest: Any
) -> LiftRow:
    return LiftRow(lift_id, subject_id, post_id, reviewer_id, DataKind(kinds), Purpose(purpose), *rest)


def _itself(value: UUID) -> UUID:
    return value
