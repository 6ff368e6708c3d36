"""What everyone is waiting for, in all the plans a worker takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, mask_of
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import verbs
from samvirke.plan.action_types import WaitRow
from samvirke.plan.page_rows import party
from samvirke.plan.rows import UNDONE

WAITS = """
SELECT p.id, p.subject_id, a.subject_id, a.kind, a.what, am.post_id, b.kind, b.what, bm.post_id, b.due_on
FROM plan_plan p
JOIN plan_teammember mine ON mine.plan_id = p.id AND mine.post_id = %(post)s AND mine.left_on IS NULL
JOIN plan_action a ON a.plan_id = p.id AND a.status = ANY (%(undone)s)
CROSS JOIN LATERAL unnest(a.comes_after) AS first (id)
JOIN plan_action b ON b.id = first.id AND b.status = ANY (%(undone)s)
JOIN plan_teammember am ON am.id = a.accountable_member_id
JOIN plan_teammember bm ON bm.id = b.accountable_member_id
WHERE p.ends_before IS NULL ORDER BY b.due_on, p.id, b.what, a.what
"""


class _Wait(NamedTuple):
    plan_id: UUID
    subject_id: UUID
    about: UUID
    kind: int
    waits: str
    waits_post: UUID
    for_kind: int
    for_this: str
    for_post: UUID
    due_on: date | None


def of_mine(viewer: Viewer) -> list[WaitRow]:
    """Each action that is not done and waits for another, in the viewer's plans; each plan is logged as read.

    Of actions that the viewer may not see nothing is told, not even that something waits.
    """
    found = read(WAITS, {"post": viewer.post_id, "undone": list(UNDONE)}, _Wait)
    readable = ask.readable(viewer, {one for row in found for one in (row.subject_id, row.about)})
    waits = [row for row in found if _may_read(row, readable)]
    names = families.titles({row.subject_id for row in waits})
    kinds = DataKind.IDENTITY | mask_of(DataKind(row.kind | row.for_kind) for row in waits)
    audit.note(viewer, verbs.READ_PLAN, subject_ids=list(names), basis="consent", kinds=kinds)
    near, posts = ask.near_hidden(names), agencies.posts(_posts(waits))
    return [_row(row, names[row.subject_id], posts, near) for row in waits if row.subject_id in names]


def _may_read(row: _Wait, readable: Mapping[UUID, DataKind]) -> bool:
    of_plan = readable[row.subject_id] & DataKind.PLAN
    return bool(of_plan and readable[row.about] & row.kind and readable[row.about] & row.for_kind)


def _posts(waits: Iterable[_Wait]) -> set[UUID]:
    return {post for row in waits for post in (row.waits_post, row.for_post)}


def _row(row: _Wait, name: str, posts: Mapping[UUID, PostRow], near: frozenset[UUID]) -> WaitRow:
    around = people.posts_around(row.subject_id, _posts([row])) if row.subject_id in near else posts
    return WaitRow(
        plan_id=row.plan_id,
        person_name=name,
        waits=row.waits,
        who_waits=party(around[row.waits_post]),
        for_this=row.for_this,
        who_is_waited_for=party(around[row.for_post]),
        due_on=row.due_on,
    )
