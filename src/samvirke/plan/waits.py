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
from samvirke.plan import rows as stored
from samvirke.plan import verbs
from samvirke.plan.action_types import WaitRow
from samvirke.plan.page_rows import parties, posts_of
from samvirke.plan.rows import UNDONE, StoredMember

WAITS = """
SELECT p.id, p.subject_id, a.subject_id, a.kind, a.what, a.accountable_member_id, b.kind, b.what,
  b.accountable_member_id, b.due_on
FROM plan_plan p
JOIN plan_teammember mine ON mine.plan_id = p.id AND mine.post_id = %(post)s AND mine.left_on IS NULL
JOIN plan_action a ON a.plan_id = p.id AND a.status = ANY (%(undone)s)
CROSS JOIN LATERAL unnest(a.comes_after) AS first (id)
JOIN plan_action b ON b.id = first.id AND b.status = ANY (%(undone)s)
WHERE p.ends_before IS NULL ORDER BY b.due_on, p.id, b.what, a.what
"""


class _Wait(NamedTuple):
    plan_id: UUID
    subject_id: UUID
    about: UUID
    kind: int
    waits: str
    waits_member: UUID
    for_kind: int
    for_this: str
    for_member: UUID
    due_on: date | None


def of_mine(viewer: Viewer) -> list[WaitRow]:
    """Each action that is not done and waits for another, in the viewer's plans; each plan is logged as read.

    Of actions that the viewer may not see nothing is told, not even that something waits.
    """
    found = read(WAITS, {"post": viewer.post_id, "undone": list(UNDONE)}, _Wait)
    readable = ask.readable(viewer, {one for row in found for one in (row.subject_id, row.about)})
    waits = [row for row in found if _may_read(row, readable)]
    members = {one.id: one for one in read(stored.SOME_MEMBERS, [_members(waits)], StoredMember)}
    waits = [row for row in waits if {row.waits_member, row.for_member} <= members.keys()]
    persons = {one.person_id for one in members.values() if one.person_id is not None}
    names = families.titles({row.subject_id for row in waits} | persons)
    kinds = DataKind.IDENTITY | mask_of(DataKind(row.kind | row.for_kind) for row in waits)
    about = {row.subject_id for row in waits} & names.keys()
    audit.note(viewer, verbs.READ_PLAN, subject_ids=list(about), basis="consent", kinds=kinds)
    near, posts = ask.near_hidden(about), agencies.posts(posts_of(members.values()))
    return [_row(row, names, members, posts, near) for row in waits if row.subject_id in about]


def _may_read(row: _Wait, readable: Mapping[UUID, DataKind]) -> bool:
    of_plan = readable[row.subject_id] & DataKind.PLAN
    return bool(of_plan and readable[row.about] & row.kind and readable[row.about] & row.for_kind)


def _members(waits: Iterable[_Wait]) -> list[UUID]:
    return list({member for row in waits for member in (row.waits_member, row.for_member)})


def _row(
    row: _Wait,
    names: Mapping[UUID, str],
    members: Mapping[UUID, StoredMember],
    posts: Mapping[UUID, PostRow],
    near: frozenset[UUID],
) -> WaitRow:
    name, both = names[row.subject_id], [members[row.waits_member], members[row.for_member]]
    around = people.posts_around(row.subject_id, posts_of(both)) if row.subject_id in near else posts
    who = parties(both, around, names, name)
    return WaitRow(
        plan_id=row.plan_id,
        person_name=name,
        waits=row.waits,
        who_waits=who[row.waits_member],
        for_this=row.for_this,
        who_is_waited_for=who[row.for_member],
        due_on=row.due_on,
    )
