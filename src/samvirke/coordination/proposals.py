"""What a meeting proposes: each to exactly one party, who takes it on or declines; the person says yes or no.

A proposal changes nothing. When the party takes it on, the plan's own operation is called as that post, and
the gate and the plan decide then, not when it was proposed. The person may say no before that, and then
nobody takes it on; afterwards their no stands beside the action, and is talked about in the next meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from samvirke.coordination import facts, meeting_days, policies, verbs
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination.meeting_access import readable, seats_of
from samvirke.coordination.meeting_models import Proposal, ProposalAnswer
from samvirke.coordination.meeting_types import MineRow, NewProposal, Now, ProposalRow
from samvirke.coordination.models import Duty, Meeting
from samvirke.coordination.types import SeatRow
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Priority, ProposedChange
from samvirke.kernel.gate_words import DataKind, mask_of
from samvirke.kernel.week import WeeklyTime
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import actions, teams
from samvirke.plan import queries as plans
from samvirke.plan import rows as plan_rows
from samvirke.plan.action_types import Agreed
from samvirke.plan.rows import StoredAction
from samvirke.plan.verbs import SEE_AUDIENCE

STATUS = {
    ProposedChange.BEGUN: "in_progress",
    ProposedChange.DONE: "done",
    ProposedChange.DROPPED: "dropped",
}


def make(*, meeting: Meeting, new: NewProposal, by: Viewer) -> UUID:
    """Propose a change to the one who would answer for it. The caller has asked the gate. Returns its id.

    Raises NothingWritten, NotInTheTeam, MayNotKnow, ReasonMissing, ActionIsGone, Goal.DoesNotExist.
    """
    team = teams.members_of(meeting.plan_id)
    subject_id, kind, member, what = meeting.subject_id, new.kind, new.accountable_member, new.what
    if new.action_id is not None:
        action = _action(meeting.plan_id, new.action_id)
        subject_id, kind, what = action.subject_id, DataKind(action.kind), action.what
        if new.change == ProposedChange.DROPPED:
            refusals.check_reason(new.why)
        member = action.accountable_member_id
    else:
        assert new.goal_id is not None
        policies.check_written(what)
        plan_rows.check_goal(new.goal_id, meeting.plan_id)
    if member is None or member not in team:
        raise policies.NotInTheTeam
    audience = ask.who_sees(by, SEE_AUDIENCE, subject_id, kind)
    if team[member] not in audience or not audience[team[member]].sees:
        raise refusals.MayNotKnow(team[member])
    proposal = Proposal.objects.create(
        id=uuid4(),
        meeting=meeting,
        subject_id=subject_id,
        kind=int(kind),
        change=new.change,
        goal_id=new.goal_id,
        action_id=new.action_id,
        what=what.strip(),
        why=new.why.strip(),
        due_on=new.due_on,
        accountable_member_id=member,
        proposed_by_id=by.post_id,
        proposed_at=by.now,
    )
    told = facts.ProposalMade(
        subject_id, meeting.plan_id, proposal.id, meeting_days.kind_of(meeting), new.change
    )
    events.record([told], by=by.post_id, at=by.now)
    return proposal.id


@transaction.atomic
def accept(*, proposal_id: UUID, seen_version: int | None, by: Viewer) -> None:
    """Take on what was proposed: from now on it stands in the plan, as a wish until somebody decides.

    seen_version: of the action that is changed, as it was shown beside the proposal. Raises Refused,
    NotYoursToAnswer, AlreadyAnswered, PersonSaidNo, ActionIsGone, and as the plan's operations.
    """
    proposal, plan_id = _to_answer(proposal_id, by)
    answers = _answers(proposal)
    if answers.get(True) is not None and not answers[True].says_yes:
        raise refusals.PersonSaidNo
    if proposal.change == ProposedChange.NEW:
        _add(proposal, plan_id, by)
    else:
        _change(proposal, plan_id, seen_version, by)
    _answer(proposal, plan_id, says_yes=True, why="", by=by)


@transaction.atomic
def decline(*, proposal_id: UUID, why: str, by: Viewer) -> None:
    """Do not take it on, for a reason that all who see the proposal read. Raises Refused, NotYoursToAnswer,
    AlreadyAnswered, ReasonMissing.
    """
    proposal, plan_id = _to_answer(proposal_id, by)
    refusals.check_reason(why)
    _answer(proposal, plan_id, says_yes=False, why=why, by=by)


@transaction.atomic
def confirm(*, proposal_id: UUID, says_yes: bool, why: str, by: Viewer) -> None:
    """The person says yes or no. Raises Refused, NotYoursToAnswer, AlreadyAnswered."""
    proposal = Proposal.objects.select_related("meeting").get(pk=proposal_id)
    plan_id = proposal.meeting.plan_id
    duty = Duty.objects.select_for_update().get(plan_id=plan_id)
    ask.require(by, verbs.ANSWER_PROPOSAL, duty.subject_id)
    if not by.is_citizen or duty.subject_id != people.myself(by):
        raise refusals.NotYoursToAnswer
    if _answers(proposal).get(True) is not None:
        raise refusals.AlreadyAnswered
    _answer(proposal, plan_id, says_yes=says_yes, why=why, by=by, is_persons=True)


def of_plan(viewer: Viewer, plan_id: UUID, meeting_id: UUID | None = None) -> list[ProposalRow]:
    """What was proposed about a plan, or in one of its meetings, as far as the viewer may see what it is
    about; the newest first. Raises Refused, Plan.DoesNotExist.
    """
    subject_id, are_told = readable(viewer, plan_id)
    found = Proposal.objects.filter(meeting__plan_id=plan_id)
    if meeting_id is not None:
        found = found.filter(meeting_id=meeting_id)
    rows = _readable(viewer, _read(found).order_by("-proposed_at", "id")) if are_told else []
    _note(viewer, subject_id, rows)
    return _rows(viewer, subject_id, rows)


def mine(viewer: Viewer) -> list[MineRow]:
    """What waits for the answer of the viewer's post, the oldest first; each is logged as read."""
    to_me = Proposal.objects.filter(
        accountable_member__post_id=viewer.post_id, accountable_member__left_on__isnull=True
    ).exclude(answers__is_persons=False)
    found = ask.visible(viewer, verbs.READ_MEETINGS, _read(to_me))
    by_subject: dict[UUID, list[Proposal]] = {}
    for one in _readable(viewer, found.order_by("proposed_at", "id")):
        by_subject.setdefault(one.meeting.subject_id, []).append(one)
    names = families.titles(by_subject)
    rows = []
    for subject_id, of_subject in by_subject.items():
        if subject_id not in names:
            continue
        shown = [one for one in _rows(viewer, subject_id, of_subject) if one.waits_for_party]
        if shown:
            _note(viewer, subject_id, of_subject)
        rows += [MineRow(one, names[subject_id]) for one in shown]
    return sorted(rows, key=lambda one: (one.proposal.proposed_at, one.person_name, one.proposal.what))


def one(viewer: Viewer, proposal_id: UUID) -> tuple[ProposalRow, Now | None]:
    """One proposal, and what the plan says now of the action it would change. Raises Refused,
    Proposal.DoesNotExist.
    """
    found = _read(Proposal.objects.filter(pk=proposal_id)).get()
    rows = of_plan(viewer, found.meeting.plan_id, found.meeting_id)
    row = next((row for row in rows if row.proposal_id == proposal_id), None)
    if row is None:
        raise Proposal.DoesNotExist
    if row.action_id is None:
        return row, None
    action = plan_rows.actions(row.plan_id).get(row.action_id)
    return row, Now(action.what, action.due_on, action.status, action.version) if action else None


def _read(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return found.select_related("meeting", "accountable_member").prefetch_related("answers")


def _readable(viewer: Viewer, found: Iterable[Proposal]) -> list[Proposal]:
    """Those about what the viewer's role and grants let read."""
    rows = list(found)
    reads = ask.readable(viewer, {row.subject_id for row in rows}) if rows else {}
    return [row for row in rows if reads[row.subject_id] & row.kind]


def _note(viewer: Viewer, subject_id: UUID, rows: Iterable[Proposal]) -> None:
    kinds = DataKind.PLAN | mask_of(DataKind(row.kind) for row in rows)
    audit.note(viewer, verbs.READ_MEETINGS, subject_ids=[subject_id], basis="", kinds=kinds)


def _rows(viewer: Viewer, subject_id: UUID, found: Iterable[Proposal]) -> list[ProposalRow]:
    rows = list(found)
    posts = {row.id: _post_of(row) for row in rows}
    seats = seats_of(subject_id, posts.values())
    return [_row(row, seats[posts[row.id]], viewer) for row in rows]


def _post_of(proposal: Proposal) -> UUID:
    """Proposals are to posts: what the person's own side does, it moves on itself."""
    post_id: UUID | None = proposal.accountable_member.post_id
    assert post_id is not None
    return post_id


def _row(row: Proposal, seat: SeatRow, viewer: Viewer) -> ProposalRow:
    answers = {one.is_persons: one for one in row.answers.all()}
    party, person = answers.get(False), answers.get(True)
    return ProposalRow(
        proposal_id=row.id,
        plan_id=row.meeting.plan_id,
        meeting_id=row.meeting_id,
        change=ProposedChange(row.change),
        kind=DataKind(row.kind),
        what=row.what,
        why=row.why,
        due_on=row.due_on,
        action_id=row.action_id,
        accountable=seat,
        is_mine=row.accountable_member.post_id == viewer.post_id,
        proposed_at=row.proposed_at,
        party_says=party.says_yes if party else None,
        party_why=party.why if party else "",
        person_says=person.says_yes if person else None,
        person_why=person.why if person else "",
    )


def _add(proposal: Proposal, plan_id: UUID, by: Viewer) -> None:
    assert proposal.goal_id is not None
    is_family = bool(families.families([plans.subject_of(plan_id)]))
    actions.add(
        plan_id=plan_id,
        goal_id=proposal.goal_id,
        kind=DataKind(proposal.kind),
        agreed=Agreed(proposal.what, due_on=proposal.due_on),
        accountable=by.post_id,
        decision_reference="",
        by=by,
        about=proposal.subject_id if is_family and proposal.subject_id != plans.subject_of(plan_id) else None,
    )


def _change(proposal: Proposal, plan_id: UUID, seen_version: int | None, by: Viewer) -> None:
    assert proposal.action_id is not None
    action = _action(plan_id, proposal.action_id)
    if not action.is_open:
        raise refusals.ActionIsGone
    if seen_version is None or action.version != seen_version:
        raise actions.StaleAction(action.version)
    why = proposal.why
    if proposal.change in STATUS:
        actions.set_status(
            action_id=action.id, status=STATUS[ProposedChange(proposal.change)], why=why, by=by
        )
        return
    there = teams.taking_part(plan_id)
    agreed = Agreed(
        what=action.what,
        how=action.how,
        extent=action.extent,
        week=tuple(WeeklyTime.read(one) for one in action.week),
        contributors=tuple(there[one] for one in action.contributors if one in there),
        priority=Priority(action.priority),
        comes_after=frozenset(action.comes_after),
        beside=frozenset(action.beside),
        starts_on=action.starts_on,
        due_on=proposal.due_on,
    )
    actions.change(
        action_id=action.id,
        seen_version=seen_version,
        agreed=agreed,
        accountable=by.post_id,
        why=why,
        by=by,
    )


def _action(plan_id: UUID, action_id: UUID) -> StoredAction:
    """Raises ActionIsGone."""
    action = plan_rows.actions(plan_id).get(action_id)
    if action is None:
        raise refusals.ActionIsGone
    return action


def _to_answer(proposal_id: UUID, by: Viewer) -> tuple[Proposal, UUID]:
    """A proposal to the viewer's post that it has not answered; those who answer take turns. Raises Refused,
    NotYoursToAnswer, AlreadyAnswered.
    """
    proposal = Proposal.objects.select_related("meeting", "accountable_member").get(pk=proposal_id)
    duty = Duty.objects.select_for_update().get(plan_id=proposal.meeting.plan_id)
    ask.require(by, verbs.ANSWER_PROPOSAL, duty.subject_id)
    member = proposal.accountable_member
    if member.post_id != by.post_id or member.left_on is not None:
        raise refusals.NotYoursToAnswer
    if _answers(proposal).get(False) is not None:
        raise refusals.AlreadyAnswered
    return proposal, proposal.meeting.plan_id


def _answers(proposal: Proposal) -> dict[bool, ProposalAnswer]:
    """By whether it is the person's."""
    return {one.is_persons: one for one in ProposalAnswer.objects.filter(proposal=proposal)}


def _answer(
    proposal: Proposal, plan_id: UUID, *, says_yes: bool, why: str, by: Viewer, is_persons: bool = False
) -> None:
    ProposalAnswer.objects.create(
        id=uuid4(),
        proposal=proposal,
        subject_id=proposal.subject_id,
        kind=proposal.kind,
        is_persons=is_persons,
        says_yes=says_yes,
        why=why.strip(),
        answered_by_id=by.post_id,
        answered_at=by.now,
    )
    told = facts.ProposalAnswered(
        subject_id=proposal.subject_id,
        plan_id=plan_id,
        proposal_id=proposal.id,
        is_persons=is_persons,
        says_yes=says_yes,
        days=(by.now.date() - proposal.proposed_at.date()).days,
    )
    events.record([told], by=by.post_id, at=by.now)
