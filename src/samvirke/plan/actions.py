"""Agreeing on actions, and agreeing anew. What was agreed before is kept as it was.

Whoever changes an action says which version was seen: on top of another one nothing is written. A wish
becomes a decision, or is refused for a reason, and stays in the plan either way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people
from samvirke.plan import chains, facts, policies, seats, verbs
from samvirke.plan import rows as stored
from samvirke.plan.action_types import Agreed, Days, Who
from samvirke.plan.models import Action, AgreedFields, EarlierAction, Plan, TeamMember
from samvirke.plan.operations import about_whom, writable
from samvirke.plan.rows import StoredAction, StoredPlan

KEPT = tuple(field.attname for field in AgreedFields._meta.local_fields)


class StaleAction(Exception):
    """Somebody changed an action after the page was read. Nothing was written."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"The action was changed after you opened it; it is now version {version}. "
            "Compare with what you wrote and save again."
        )


class StaleChain(Exception):
    """What a delay would move is no longer what was shown. Nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Other actions have changed since you saw what moves along. Look at it again, and save then."
        )


@transaction.atomic
def add(
    *,
    plan_id: UUID,
    goal_id: UUID,
    kind: DataKind,
    agreed: Agreed,
    accountable: Who,
    decision_reference: str,
    by: Viewer,
    about: UUID | None = None,
) -> UUID:
    """Add an action with the one who answers for it; without a decision it stands as a wish, unless the
    person's own side does it.

    about: whom of a family. Raises Refused, NothingWritten, NotInTheTeam, NotOfThisFamily, NameTooLong,
    NotInThePlan, EndsBeforeItBegins, BeforeThePlan.
    """
    plan = writable(plan_id, by)
    subject_id = about_whom(plan, about, verbs.write_action(kind), by)
    stored.check_goal(goal_id, plan.id)
    action = Action(
        id=uuid4(),
        plan_id=plan.id,
        subject_id=subject_id,
        goal_id=goal_id,
        kind=int(kind),
        standing="decided" if decision_reference else "wish",
        decision_reference=decision_reference,
        changed_by_id=by.post_id,
        changed_at=by.now,
    )
    _write(action, plan, agreed, accountable, by, stored.actions(plan.id))
    action.save(force_insert=True)
    told = facts.ActionAdded(subject_id, plan.id, action.id, _standing(action), action.due_on)
    events.record([told], by=by.post_id, at=by.now)
    return action.id


@transaction.atomic
def change(
    *,
    action_id: UUID,
    seen_version: int,
    agreed: Agreed,
    accountable: Who,
    why: str,
    by: Viewer,
    along: Mapping[UUID, int] | None = None,
) -> int:
    """Agree anew on an action, if it still is the version that was seen. Returns the new version.

    along: what comes after it and moves with the delay, with the versions that were seen; without it nothing
    else moves. Raises Refused, PlanIsClosed, StaleAction, StaleChain, StatusCannotFollow, WaitForEachOther,
    and as `add`.
    """
    plan_id = Action.objects.values_list("plan_id", flat=True).get(pk=action_id)
    Plan.objects.select_for_update().get(pk=plan_id)  # two editors take turns
    action = _to_change(action_id, by)
    plan = stored.plan(plan_id)
    policies.check_open(plan)
    policies.check_goes_on(action.status)
    _check_seen(action, seen_version)
    there = stored.actions(plan.id)
    moved = chains.delayed(there, action_id, agreed.due_on)
    _keep(action, why=why, by=by)
    _write(action, plan, agreed, accountable, by, there)
    action.save()
    _tell(action, by)
    if along is not None:
        _move_along(there, moved, along, why, by)
    return action.version


@transaction.atomic
def decide(*, action_id: UUID, reference: str, by: Viewer, seen_version: int | None = None) -> None:
    """A wish was decided; the decision's reference stands with it.

    seen_version: what was read when it was decided, where it was read on a page. Raises Refused,
    PlanIsClosed, StaleAction, NoWish, NothingWritten, StatusCannotFollow.
    """
    action = _to_change(action_id, by)
    policies.check_open(stored.plan(action.plan_id))
    _check_seen(action, seen_version)
    policies.check_goes_on(action.status)
    policies.check_a_wish(_standing(action), reference)
    _keep(action, why="", by=by)
    action.standing, action.decision_reference = "decided", reference.strip()
    action.save()
    _tell(action, by)


@transaction.atomic
def set_status(
    *, action_id: UUID, status: str, by: Viewer, why: str = "", seen_version: int | None = None
) -> None:
    """Move an action on; why nothing comes of it is said.

    seen_version: as for `decide`. Raises Refused, PlanIsClosed, StaleAction, StatusCannotFollow,
    ReasonMissing.
    """
    action = _to_change(action_id, by)
    policies.check_open(stored.plan(action.plan_id))
    _check_seen(action, seen_version)
    _move(action, status, why, by)


def _move(action: Action, status: str, why: str, by: Viewer) -> None:
    policies.check_open(stored.plan(action.plan_id))
    policies.check_may_follow(action.status, _standing(action), status)
    policies.check_reason(status, why)
    _keep(action, why=why, by=by)
    action.status = status
    action.save()
    told = facts.ActionStatusSet(action.subject_id, action.plan_id, action.id, status)
    events.record([told], by=by.post_id, at=by.now)


@transaction.atomic
def move_own(*, action_id: UUID, status: str, by: Viewer, why: str = "") -> None:
    """The person moves on what they answer for themselves, whatever it is about.

    Raises Refused, NotTheirs, PlanIsClosed, StatusCannotFollow, ReasonMissing, Action.DoesNotExist.
    """
    action = Action.objects.select_for_update().get(pk=action_id)
    ask.require(by, verbs.MOVE_OWN, action.subject_id)
    member = TeamMember.objects.get(pk=action.accountable_member_id)
    policies.check_theirs(member.person_id, people.myself(by))
    _move(action, status, why, by)


def pass_on(actions: Iterable[Action], to_member: UUID, by: Viewer) -> None:
    """Somebody else of the team answers for these from now on. The caller has asked the gate."""
    for action in actions:
        _keep(action, why="", by=by)
        action.accountable_member_id = to_member
        action.save()


def _to_change(action_id: UUID, by: Viewer) -> Action:
    """The action, kept from others until the transaction ends. Raises Refused, Action.DoesNotExist."""
    action = Action.objects.select_for_update().get(pk=action_id)
    ask.require(by, verbs.write_action(DataKind(action.kind)), action.subject_id)
    return action


def _check_seen(action: Action, seen_version: int | None) -> None:
    """Raises StaleAction where somebody changed what was read."""
    if seen_version is not None and action.version != seen_version:
        raise StaleAction(action.version)


def _keep(action: Action, *, why: str, by: Viewer) -> None:
    """What stands now becomes what stood before; what follows is the next version."""
    EarlierAction.objects.create(
        id=uuid4(),
        action_id=action.id,
        subject_id=action.subject_id,
        **{name: getattr(action, name) for name in KEPT},
    )
    action.version += 1
    action.why, action.changed_by_id, action.changed_at = why.strip(), by.post_id, by.now


def _write(
    action: Action,
    plan: StoredPlan,
    agreed: Agreed,
    accountable: Who,
    by: Viewer,
    there: Mapping[UUID, StoredAction],
) -> None:
    """What is agreed, once it is found to fit the plan. Links to what the viewer cannot see stay."""
    policies.check_written(agreed.what)
    policies.check_days(agreed, plan)
    linked = agreed.comes_after | agreed.beside
    policies.check_in_plan(linked, there.keys() - {action.id})
    action.what, action.how, action.extent = agreed.what.strip(), agreed.how.strip(), agreed.extent.strip()
    action.week = [str(one) for one in sorted(agreed.week)]
    members = seats.taken(plan, [accountable, *agreed.contributors], by)
    action.accountable_member_id = members[accountable]
    helping = dict.fromkeys(members[who] for who in agreed.contributors if who != accountable)
    action.contributors = list(helping)
    action.priority = agreed.priority
    action.comes_after = _with_unseen(agreed.comes_after, action.comes_after, there)
    action.beside = _with_unseen(agreed.beside - agreed.comes_after, action.beside, there)
    action.starts_on, action.due_on = agreed.starts_on, agreed.due_on
    chains.in_order({one: row.comes_after for one, row in there.items()} | {action.id: action.comes_after})


def _with_unseen(
    said: Collection[UUID], before: Iterable[UUID], there: Mapping[UUID, StoredAction]
) -> list[UUID]:
    return sorted({*said, *(one for one in before if one not in there)})


def _move_along(
    there: Mapping[UUID, StoredAction],
    moved: Mapping[UUID, Days],
    along: Mapping[UUID, int],
    why: str,
    by: Viewer,
) -> None:
    """Those that the delay moves, as they were shown. Raises Refused, StaleChain."""
    if not along.keys() <= moved.keys() or any(there[one].version != along[one] for one in along):
        raise StaleChain
    for one in along:
        action = _to_change(one, by)
        if action.version != along[one]:
            raise StaleChain
        _keep(action, why=why, by=by)
        action.starts_on, action.due_on = moved[one]
        action.save()
        _tell(action, by)


def _standing(action: Action) -> str:
    """As it is shown: what the person's own side does without a decision is their own."""
    side = TeamMember.objects.values_list("side", flat=True).get(pk=action.accountable_member_id)
    return policies.standing(action.standing, side)


def _tell(action: Action, by: Viewer) -> None:
    told = facts.ActionChanged(
        action.subject_id, action.plan_id, action.id, action.version, _standing(action), action.due_on
    )
    events.record([told], by=by.post_id, at=by.now)
