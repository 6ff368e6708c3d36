"""Meetings that tests hold: an agenda of what is open, and what is proposed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import people
from people import NOW, OnPlan, acting_as
from people_and_plan.test_meetings import called, member
from samvirke.coordination import agendas, meeting_mode, meetings, proposals
from samvirke.coordination import queries as coordination
from samvirke.coordination.meeting_types import ItemRow, NewProposal, OpenPoint
from samvirke.kernel.codes import ProposedChange
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import actions
from samvirke.plan.action_types import ActionRow, Agreed

TODAY = NOW.date()
OF_HEALTH = "Time hos fastlegen"
OF_WORK = "Ringe verkstedet Čáhci 🌊 <script>"


def act(
    plan: OnPlan,
    what: str,
    *,
    kind: DataKind = DataKind.EMPLOYMENT,
    due: int | None = None,
    wish: bool = True,
) -> UUID:
    """An action that the coordinator answers for."""
    with acting_as(people.COORDINATOR) as viewer:
        return actions.add(
            plan_id=plan.plan_id,
            goal_id=plan.goal_id,
            kind=kind,
            agreed=Agreed(what, due_on=None if due is None else TODAY + timedelta(days=due)),
            accountable=people.COORDINATOR,
            decision_reference="" if wish else "2026/1",
            by=viewer,
        )


def open_points(plan_id: UUID, who: UUID, in_days: int = 0) -> list[OpenPoint]:
    with acting_as(who) as viewer:
        page = coordination.plan_page(viewer, plan_id)
        return agendas.proposed(page, TODAY + timedelta(days=in_days))


def with_agenda(plan: OnPlan, by: UUID = people.COORDINATOR, agenda: str = "Hva nå?") -> UUID:
    points = open_points(plan.plan_id, by)
    with acting_as(by) as viewer:
        return meetings.call_meeting(
            plan_id=plan.plan_id, day=TODAY, agenda=agenda, open_points=points, by=viewer
        )


def agenda(plan_id: UUID, meeting_id: UUID, who: UUID) -> list[ItemRow]:
    with acting_as(who) as viewer:
        return list(agendas.items_of(coordination.plan_page(viewer, plan_id), meeting_id))


def member_id(plan_id: UUID, post: UUID) -> UUID:
    return UUID(member(plan_id, post))


def proposed(plan: OnPlan, *new: NewProposal, meeting: UUID | None = None) -> list[UUID]:
    """A meeting of today, held by the coordinator, that proposed this."""
    one = meeting or called(plan.plan_id)
    with acting_as(people.COORDINATOR) as viewer:
        return meeting_mode.finish(
            meeting_id=one,
            agreed="Enige.",
            said={},
            proposed=new,
            there=[people.COORDINATOR],
            person_was_there=True,
            by=viewer,
        )


def something_new(
    plan: OnPlan, *, to: UUID = people.NAV_ADVISER, kind: DataKind = DataKind.EMPLOYMENT
) -> NewProposal:
    return NewProposal(
        change=ProposedChange.NEW,
        kind=kind,
        what=OF_WORK,
        accountable_member=member_id(plan.plan_id, to),
        goal_id=plan.goal_id,
        due_on=TODAY + timedelta(days=20),
    )


def change_of(
    action_id: UUID, change: ProposedChange, *, due: int | None = None, why: str = ""
) -> NewProposal:
    due_on = None if due is None else TODAY + timedelta(days=due)
    return NewProposal(change, DataKind.EMPLOYMENT, "", action_id=action_id, due_on=due_on, why=why)


def of_plan(plan_id: UUID, who: UUID) -> list[proposals.ProposalRow]:
    with acting_as(who) as viewer:
        return proposals.of_plan(viewer, plan_id)


def in_plan(plan_id: UUID, who: UUID = people.COORDINATOR) -> dict[str, ActionRow]:
    with acting_as(who) as viewer:
        return {row.what: row for row in coordination.plan_page(viewer, plan_id).actions}
