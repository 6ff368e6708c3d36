"""Commitments as pages read them: of one plan, of all that a worker takes part in, and what was kept.

Around a protected place nothing is compared with an agreement: how many days it says would tell whose it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.agreements import policies as agreements
from samvirke.agreements import queries as agreement_queries
from samvirke.agreements.types import Promise, PromisedDays
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, kinds_in, mask_of
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import commitment_policies as rules
from samvirke.plan import policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.commitment_types import OPEN, CommitmentRow, CommitmentsPart, KeptRow, OwedRow, StepRow
from samvirke.plan.page_rows import party
from samvirke.plan.queries import NOTE_KINDS, partnership_of

OF_PLAN = """
SELECT c.id, c.plan_id, c.subject_id, p.partnership_id, c.kind, c.what, c.by_when, c.asked_at, c.in_return,
  c.in_return_for_id, c.is_counter, gives.post_id, asked.post_id
FROM plan_commitment c JOIN plan_plan p ON p.id = c.plan_id
JOIN plan_teammember gives ON gives.id = c.accountable_member_id
JOIN plan_teammember asked ON asked.id = c.asked_by_id
WHERE c.plan_id = %s ORDER BY c.asked_at DESC, c.id
"""
OF_MINE = """
SELECT c.id, c.plan_id, c.subject_id, p.partnership_id, c.kind, c.what, c.by_when, c.asked_at, c.in_return,
  c.in_return_for_id, c.is_counter, gives.post_id, asked.post_id
FROM plan_plan p
JOIN plan_teammember mine ON mine.plan_id = p.id AND mine.post_id = %s AND mine.left_on IS NULL
JOIN plan_commitment c ON c.plan_id = p.id
JOIN plan_teammember gives ON gives.id = c.accountable_member_id
JOIN plan_teammember asked ON asked.id = c.asked_by_id
WHERE p.ends_before IS NULL ORDER BY c.by_when, c.id
"""
STEPS = """
SELECT commitment_id, status, why, on_day, by_id FROM plan_commitmentstep
WHERE commitment_id = ANY (%s) ORDER BY commitment_id, number
"""


class _Stored(NamedTuple):
    id: UUID
    plan_id: UUID
    subject_id: UUID
    partnership_id: UUID
    kind: int
    what: str
    by_when: date
    asked_at: datetime
    in_return: str
    in_return_for: UUID | None
    is_counter: bool
    gives: UUID
    asked: UUID


class _Step(NamedTuple):
    commitment_id: UUID
    status: str
    why: str
    on_day: date
    by: UUID


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to be told of some commitments, and by which names."""

    viewer: Viewer
    steps: Mapping[UUID, Sequence[_Step]]
    words: Mapping[UUID, str]  # what each says
    units: Mapping[UUID, UUID]  # by post; not for the page
    promised: Sequence[PromisedDays]

    @property
    def unit(self) -> UUID | None:
        """The viewer's own."""
        return self.units.get(self.viewer.post_id)


def of_plan(viewer: Viewer, plan_id: UUID) -> CommitmentsPart:
    """A plan's commitments, the newest first; for those in its team, and the person.

    One of a family does not see them while another's place is protected: days and offices would tell it.
    Raises Refused, NotInTheTeam, Plan.DoesNotExist.
    """
    plan = stored.plan(plan_id)
    opened = ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    team = stored.team(plan_id)
    if not viewer.is_citizen:
        policies.check_in_team({viewer.post_id}, team)
    found = [] if _would_tell(viewer, plan.subject_id) else read(OF_PLAN, [plan_id], _Stored)
    found = [row for row in found if row.kind & opened.reads]
    known = _known(viewer, found, team, [partnership_of(plan_id)])
    around = people.posts_around(plan.subject_id, {*team, *_posts(found, known)})
    shown = DataKind.PLAN | mask_of(DataKind(row.kind) for row in found)
    dated = [row.asked_at.date() for row in found]
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[plan.subject_id], basis="", kinds=shown, dated=dated)
    goes_on = plan.ends_before is None and not viewer.is_citizen
    writes = opened.writes if goes_on else DataKind(0)
    others = [post for post in team if known.units[post] != known.unit]
    return CommitmentsPart(
        plan_id=plan_id,
        rows=tuple(_row(row, known, around, may_answer=goes_on) for row in found),
        others=tuple((team[post], party(around[post])) for post in others) if goes_on else (),
        kinds=tuple(kinds_in(writes & NOTE_KINDS)),
    )


def of_mine(viewer: Viewer) -> list[OwedRow]:
    """Open commitments that the viewer's unit owes or waits for, due soonest first; logged as read."""
    found = read(OF_MINE, [viewer.post_id], _Stored)
    readable = ask.readable(viewer, {row.subject_id for row in found})
    seen = [
        row
        for row in found
        if readable[row.subject_id] & DataKind.PLAN and readable[row.subject_id] & row.kind
    ]
    known = _known(viewer, seen, [viewer.post_id], {row.partnership_id for row in seen})
    mine = [row for row in seen if _is_ours(row, known) and _status(known.steps.get(row.id, ())) in OPEN]
    names = families.titles({row.subject_id for row in mine})
    kinds = DataKind.IDENTITY | mask_of(DataKind(row.kind) for row in mine)
    audit.note(viewer, verbs.READ_PLAN, subject_ids=list(names), basis="consent", kinds=kinds)
    near, posts = ask.near_hidden(names), agencies.posts(_posts(mine, known))
    rows = []
    for row in mine:
        if row.subject_id not in names:  # not where the consent was withdrawn just now
            continue
        hidden = row.subject_id in near
        around = people.posts_around(row.subject_id, _posts([row], known)) if hidden else posts
        rows.append(OwedRow(row.plan_id, names[row.subject_id], _row(row, known, around, may_answer=False)))
    return rows


def kept(viewer: Viewer, partnership_id: UUID) -> tuple[KeptRow, ...]:
    """By unit that was asked: answers, and what was kept, in the plans the viewer takes part in.

    Without plans of those around whom posts are hidden: the numbers would tell which units are.
    """
    found = [row for row in read(OF_MINE, [viewer.post_id], _Stored) if row.partnership_id == partnership_id]
    subjects = {row.subject_id for row in found}
    near, readable = ask.near_hidden(subjects), ask.readable(viewer, subjects)
    found = [row for row in found if row.subject_id not in near and readable[row.subject_id] & row.kind]
    known = _known(viewer, found, [viewer.post_id], [partnership_id])
    posts = agencies.posts(row.gives for row in found)
    by_unit: dict[str, list[CommitmentRow]] = defaultdict(list)
    around = agencies.posts(_posts(found, known))
    for row in found:
        by_unit[posts[row.gives].unit_name].append(_row(row, known, around, may_answer=False))
    audit.note(viewer, verbs.READ_PLAN, subject_ids={row.subject_id for row in found}, basis="consent")
    return tuple(_kept(name, rows) for name, rows in sorted(by_unit.items()))


def _kept(unit_name: str, rows: Sequence[CommitmentRow]) -> KeptRow:
    answered = [row for row in rows if row.answered_in is not None]
    used = [row.answered_in or 0 for row in answered]
    compared = [row for row in answered if row.promised_days is not None]
    return KeptRow(
        unit_name=unit_name,
        asked=len(rows),
        answered=len(answered),
        mean_days=round(sum(used) / len(used)) if used else 0,
        compared=len(compared),
        in_time=sum(not row.is_answer_late for row in compared),
        kept=sum(row.status == "kept" for row in rows),
        broken=sum(row.status == "broken" for row in rows),
    )


def _would_tell(viewer: Viewer, subject_id: UUID) -> bool:
    is_family = viewer.is_citizen and bool(families.families([subject_id]))
    return is_family and bool(ask.near_hidden([subject_id]))


def _known(
    viewer: Viewer, found: Sequence[_Stored], team: Iterable[UUID], partnerships: Iterable[UUID]
) -> _Known:
    steps: dict[UUID, list[_Step]] = defaultdict(list)
    for step in read(STEPS, [[row.id for row in found]], _Step) if found else ():
        steps[step.commitment_id].append(step)
    posts = agencies.posts(
        {*team, viewer.post_id, *(post for row in found for post in (row.gives, row.asked))}
    )
    return _Known(
        viewer=viewer,
        steps=steps,
        words={row.id: row.what for row in found},
        units={post_id: post.unit_id for post_id, post in posts.items()},
        promised=agreement_queries.promised_days(partnerships, Promise.ANSWER_COMMITMENT) if found else (),
    )


def _posts(found: Iterable[_Stored], known: _Known) -> set[UUID]:
    rows = list(found)
    acting = {step.by for row in rows for step in known.steps.get(row.id, ())}
    return {post for row in rows for post in (row.gives, row.asked)} | acting


def _is_ours(row: _Stored, known: _Known) -> bool:
    return known.unit in (known.units[row.gives], known.units[row.asked])


def _status(steps: Sequence[_Step]) -> str:
    return steps[-1].status if steps else rules.COMMITMENT.begins


def _row(row: _Stored, known: _Known, around: Mapping[UUID, PostRow], *, may_answer: bool) -> CommitmentRow:
    steps, today, asked_on = known.steps.get(row.id, ()), known.viewer.now.date(), row.asked_at.date()
    status = _status(steps)
    gives, gets = known.units[row.gives], known.units[row.asked]
    answers = [step.on_day for step in steps if step.status in rules.ANSWERS]
    named = all(around[post].title for post in (row.gives, row.asked))
    promised = agreements.days_between(frozenset({gives, gets}), asked_on, known.promised) if named else None
    may = rules.may_become(status, is_ours_to_give=known.unit == gives, is_ours_to_get=known.unit == gets)
    return CommitmentRow(
        commitment_id=row.id,
        kind=DataKind(row.kind),
        what=row.what,
        by_when=row.by_when,
        who_gives=party(around[row.gives]),
        who_asked=party(around[row.asked]),
        asked_on=asked_on,
        in_return=row.in_return,
        in_return_for=known.words.get(row.in_return_for, "") if row.in_return_for else "",
        is_counter=row.is_counter,
        status=status,
        steps=tuple(_step(step, around) for step in steps),
        is_ours_to_give=known.unit == gives,
        is_ours_to_get=known.unit == gets,
        is_late=status in OPEN and row.by_when < today,
        answered_in=(answers[0] - asked_on).days if answers else None,
        waited=(today - asked_on).days,
        promised_days=promised,
        is_compared=named,
        may_become=may if may_answer else (),
    )


def _step(step: _Step, around: Mapping[UUID, PostRow]) -> StepRow:
    return StepRow(step.status, step.why, step.on_day, party(around[step.by]) if step.by in around else None)
