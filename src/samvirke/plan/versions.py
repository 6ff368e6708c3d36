"""The whole plan as it stood at a moment, what each party said to it, and what differs between any two.

A version keeps a moment, not a copy: what it held is read from what is never overwritten, as each reader may
see it. Whoever answers says what was seen, so that nobody agrees to something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Answer
from samvirke.kernel.gate_words import DataKind, mask_of
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import facts, page_rows, policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.action_types import Party
from samvirke.plan.models import Assent, Plan, PlanVersion
from samvirke.plan.operations import writable
from samvirke.plan.page_rows import PageRows
from samvirke.plan.rows import StoredPlan
from samvirke.plan.version_types import AssentRow, Held, VersionsPage, WholeVersion


class StaleVersion(Exception):
    """What the reader may see of the version is not what was shown. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("What you may see of this version has changed since you read it. Read it again.")


class NothingNew(Exception):
    """Nothing that the viewer may see has changed since the newest version."""

    def __init__(self) -> None:
        super().__init__("Nothing has changed since the newest version. There is nothing new to answer.")


class NoSuchVersion(Exception):
    """The plan has no version of this number."""

    def __init__(self) -> None:
        super().__init__("The plan has no such version. Read its newest one.")


class NotTheNewest(Exception):
    """An earlier version is answered no more."""

    def __init__(self) -> None:
        super().__init__("There is a newer version of the plan. Read that one, and answer it.")


@transaction.atomic
def fix(*, plan_id: UUID, by: Viewer) -> int:
    """The plan as it stands now becomes its next version, for each party to answer. Returns its number.

    Raises Refused, PlanIsClosed, NothingWritten, NothingNew.
    """
    Plan.objects.select_for_update().get(pk=plan_id)  # two who press at once take turns
    plan = writable(plan_id, by)
    now = _held(_rows(by, plan, by.now), by)
    if not now.goals:
        raise policies.NothingWritten
    newest = PlanVersion.objects.filter(plan_id=plan_id).order_by("-number").first()
    if newest is not None and _held(_rows(by, plan, newest.fixed_at), by).digest == now.digest:
        raise NothingNew
    number = newest.number + 1 if newest else 1
    PlanVersion.objects.create(
        id=uuid4(),
        plan_id=plan_id,
        subject_id=plan.subject_id,
        number=number,
        fixed_at=by.now,
        fixed_by_id=by.post_id,
    )
    events.record([facts.PlanVersionFixed(plan.subject_id, plan_id, number)], by=by.post_id, at=by.now)
    return number


@transaction.atomic
def answer(*, plan_id: UUID, number: int, said: Answer, text: str, seen: str, by: Viewer) -> None:
    """A party says what it thinks of the newest version; the party's newest answer counts.

    seen: the digest of what was shown. Raises Refused, PlanIsClosed, NoSuchVersion, NotTheNewest,
    StaleVersion, ReasonMissing.
    """
    Plan.objects.select_for_update().get(pk=plan_id)
    plan = writable(plan_id, by)
    version = PlanVersion.objects.filter(plan_id=plan_id, number=number).first()
    if version is None:
        raise NoSuchVersion
    if PlanVersion.objects.filter(plan_id=plan_id, number__gt=number).exists():
        raise NotTheNewest
    if _held(_rows(by, plan, version.fixed_at), by).digest != seen:
        raise StaleVersion
    policies.check_answer(said, text)
    Assent.objects.create(
        id=uuid4(),
        version=version,
        subject_id=plan.subject_id,
        by_id=by.post_id,
        answer=said,
        text=text.strip(),
        seen=seen,
        answered_at=by.now,
    )
    days = (by.now.date() - version.fixed_at.date()).days
    party = "person" if by.is_citizen else agencies.post(by.post_id).agency_kind
    told = facts.PlanAnswered(plan.subject_id, plan_id, number, party, said, days)
    events.record([told], by=by.post_id, at=by.now)


def of_plan(viewer: Viewer, plan_id: UUID, *, shown: int = 0, before: int = 0) -> VersionsPage:
    """A plan's versions with what was said to them, one of them in full, and what differs from another.

    shown: the one to show; 0, or one there is not, for the plan as it stands now. before: the one to compare
    with; 0 for the one before it. Raises Refused, Plan.DoesNotExist.
    """
    plan = stored.plan(plan_id)
    ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    versions = list(PlanVersion.objects.filter(plan_id=plan_id).order_by("number"))
    assents = list(Assent.objects.filter(version__in=versions).order_by("answered_at", "id"))
    moments = {version.number: version.fixed_at for version in versions}
    chosen = shown if shown in moments else 0
    earlier = (
        before if before in moments else max((n for n in moments if not chosen or n < chosen), default=0)
    )
    parties = _Parties.of(plan, {one.fixed_by_id for one in versions} | {one.by_id for one in assents})
    held = _held(_rows(viewer, plan, moments.get(chosen, viewer.now)), viewer)
    compared = _held(_rows(viewer, plan, moments[earlier]), viewer) if earlier else None
    newest = versions[-1] if versions else None
    _note(viewer, plan, held, [*moments.values(), *(one.answered_at for one in assents)])
    return VersionsPage(
        plan_id=plan_id,
        versions=tuple(parties.version(one, assents) for one in reversed(versions)),
        waiting=parties.waiting(plan_id, [one for one in assents if newest and one.version_id == newest.id])
        if newest
        else (),
        shown=chosen,
        held=held,
        earlier=earlier,
        compared=compared,
        is_open=plan.ends_before is None,
        my_answer=parties.answer_of(viewer.post_id, newest, assents) if newest else None,
        newest_seen=_seen_of(viewer, plan, newest) if newest else "",
    )


def _seen_of(viewer: Viewer, plan: StoredPlan, version: PlanVersion) -> str:
    return _held(_rows(viewer, plan, version.fixed_at), viewer).digest


@dataclass(frozen=True, slots=True)
class _Parties:
    """Who around the plan is called what, by their holders' ids."""

    names: Mapping[UUID, Party]
    citizens: Mapping[UUID, str]

    @classmethod
    def of(cls, plan: StoredPlan, holders: Iterable[UUID]) -> _Parties:
        posts = people.posts_around(plan.subject_id, {*holders, *stored.team(plan.id)})
        citizens = families.citizens_of(plan.subject_id)
        of_posts = {post_id: page_rows.party(post) for post_id, post in posts.items()}
        return cls(of_posts | {one: Party(name, "", "") for one, name in citizens.items()}, citizens)

    def version(self, version: PlanVersion, assents: Sequence[Assent]) -> WholeVersion:
        said = {one.by_id: one for one in assents if one.version_id == version.id}  # the newest of each
        return WholeVersion(
            number=version.number,
            fixed_at=version.fixed_at,
            fixed_by=self.names.get(version.fixed_by_id),
            assents=tuple(self._assent(one) for one in said.values()),
        )

    def waiting(self, plan_id: UUID, assents: Sequence[Assent]) -> tuple[Party, ...]:
        said = {one.by_id for one in assents}
        asked = [*self.citizens, *stored.team(plan_id)]
        return tuple(self.names[one] for one in asked if one not in said)

    def answer_of(self, holder: UUID, version: PlanVersion, assents: Sequence[Assent]) -> AssentRow | None:
        mine = [one for one in assents if one.version_id == version.id and one.by_id == holder]
        return self._assent(mine[-1]) if mine else None

    def _assent(self, one: Assent) -> AssentRow:
        return AssentRow(self.names.get(one.by_id), Answer(one.answer), one.text, one.answered_at)


def _rows(viewer: Viewer, plan: StoredPlan, at: datetime) -> PageRows:
    opened = ask.readable(viewer, {plan.subject_id})[plan.subject_id]
    name, family = families.named(plan.subject_id)
    return page_rows.at(viewer, plan, opened, name, family, at)


def _held(rows: PageRows, viewer: Viewer) -> Held:
    goals = tuple(page_rows.goal_row(goal, rows.about(goal)) for goal in rows.goals)
    actions = tuple(
        page_rows.action_row(rows, action, viewer.post_id, (), is_open=False) for action in rows.actions
    )
    told = sorted(
        [f"goal {row.goal_id} {row.version}" for row in goals]
        + [f"action {row.action_id} {row.version}" for row in actions]
        + [f"statement {row.topic} {row.version}" for row in rows.statements]
    )
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return Held(goals, actions, tuple(rows.statements), digest)


def _note(viewer: Viewer, plan: StoredPlan, held: Held, moments: Iterable[datetime]) -> None:
    shown = DataKind.PLAN | mask_of(row.kind for row in held.actions)
    dated = [at.date() for at in moments]
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[plan.subject_id], basis="", kinds=shown, dated=dated)
