"""From the agenda to the plan: what is open, what is said, what is proposed, and who says yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

import people
from gate.conftest import committed
from people import NOW, OnPlan, acting_as, family, on_plan
from people_and_plan.test_meetings import called, member, visit
from samvirke.coordination import agendas, meeting_mode, meetings, policies, proposals
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import queries as coordination
from samvirke.coordination.meeting_types import ItemRow, NewProposal, OpenPoint
from samvirke.coordination.models import Duty, Meeting, Proposal
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import AgendaPoint, ProposedChange
from samvirke.kernel.gate_words import DataKind
from samvirke.people import operations as people_operations
from samvirke.plan import actions, teams
from samvirke.plan.action_types import ActionRow, Agreed
from samvirke.plan.models import Plan

__all__ = ["committed"]
pytestmark = people.database
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
            accountable_post=people.COORDINATOR,
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


class TestAgenda:
    def test_what_is_open_is_proposed_once_each_and_the_late_first(self) -> None:
        plan = on_plan()
        late = act(plan, "Sen", due=1)
        act(plan, "Bestemt og i rute", due=9, wish=False)
        wish = act(plan, "Ønske")
        found = [(one.point, one.about_id) for one in open_points(plan.plan_id, people.COORDINATOR, 2)]
        assert found == [
            (AgendaPoint.LATE, late), (AgendaPoint.WISH, wish), (AgendaPoint.LAW, None)
        ]  # fmt: skip

    def test_a_goal_without_actions_and_an_offer_without_an_answer_are_open(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATION_LEADER) as viewer:
            coordination_offer(plan, viewer)
        points = [one.point for one in open_points(plan.plan_id, people.COORDINATOR)]
        assert points == [AgendaPoint.GOAL, AgendaPoint.LAW, AgendaPoint.DUTY]

    def test_each_reader_gets_the_points_they_may_see_and_no_number_of_others(self) -> None:
        plan = on_plan()
        act(plan, OF_HEALTH, kind=DataKind.HEALTH)
        act(plan, OF_WORK)
        one = with_agenda(plan)
        texts = {
            who: [item.text for item in agenda(plan.plan_id, one, who) if item.text]
            for who in (people.COORDINATOR, people.NAV_ADVISER, plan.person.citizen_id)
        }
        both = [OF_HEALTH, OF_WORK, "Hva nå?"]
        assert sorted(texts[people.COORDINATOR]) == sorted(both)
        assert sorted(texts[plan.person.citizen_id]) == sorted(both)
        assert texts[people.NAV_ADVISER] == [OF_WORK, "Hva nå?"]
        page = visit(people.NAV_ADVISER).get(f"/plans/{plan.plan_id}/meetings/{one}/").content.decode()
        assert OF_HEALTH not in page
        assert "Ringe verkstedet Čáhci 🌊 &lt;script&gt;" in page
        mine = visit(plan.person.citizen_id).get(f"/my-plan/meetings/{one}/").content.decode()
        assert OF_HEALTH in mine

    def test_the_database_hides_a_point_as_well(self) -> None:
        plan = on_plan()
        act(plan, OF_HEALTH, kind=DataKind.HEALTH)
        with_agenda(plan)
        for who, seen in ((people.COORDINATOR, 1), (people.NAV_ADVISER, 0)):
            with acting_as(who), connection.cursor() as cursor:
                health = [int(DataKind.HEALTH)]
                cursor.execute("SELECT count(*) FROM coordination_agendaitem WHERE kind = %s", health)
                assert cursor.fetchone() == (seen,)

    def test_the_person_adds_a_point_and_a_stranger_does_not(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id, day=TODAY + timedelta(days=3))
        client = visit(plan.person.citizen_id)
        address = f"/my-plan/meetings/{one}/"
        assert client.post(address, {"text": " "}).status_code == 422
        assert client.post(address, {"text": "x" * 20_000}).status_code == 422
        assert client.post(address, {"text": "Jeg vil snakke om gjeld"}).status_code == 302
        assert "Your own point" in client.get(address).content.decode()
        for reader in (people.NAV_ADVISER, people.COORDINATOR):
            assert [row.is_persons for row in agenda(plan.plan_id, one, reader)] == [False, True]
        with acting_as(people.STRANGER) as viewer, pytest.raises((Refused, Meeting.DoesNotExist)):
            agendas.add_point(meeting_id=one, text="X", by=viewer)
        assert visit(people.STRANGER).post(address, {"text": "X"}).status_code == 404

    def test_one_who_cannot_come_is_read_in_the_meeting_and_writes_once(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        client, address = visit(people.NAV_ADVISER), f"/plans/{plan.plan_id}/meetings/{one}/contribution/"
        assert client.post(address, {"text": "Plassen er klar fra mandag 🌊"}).status_code == 302
        again = client.post(address, {"text": "Noe mer"})
        assert again.status_code == 422
        assert "it stands as it is" in again.content.decode()
        assert "Noe mer" in again.content.decode()
        for where in ("", "hold/"):
            page = visit(people.COORDINATOR).get(f"/plans/{plan.plan_id}/meetings/{one}/{where}")
            assert "Plassen er klar fra mandag 🌊" in page.content.decode()
        assert "Plassen" in visit(plan.person.citizen_id).get(f"/my-plan/meetings/{one}/").content.decode()

    def test_what_is_not_open_any_more_is_not_put_on(self) -> None:
        plan = on_plan()
        with pytest.raises(refusals.AgendaHasChanged):
            agendas.points_of(open_points(plan.plan_id, people.COORDINATOR), ["late:gone"])


def coordination_offer(plan: OnPlan, viewer: Viewer) -> None:
    people.coordination.offer_duty(
        plan_id=plan.plan_id,
        to_post=people.OTHER_COORDINATOR,
        deputy=people.COORDINATOR,
        consent_id=plan.person.consent_id,
        by=viewer,
    )


class TestDraft:
    def test_it_is_the_writers_own_and_nothing_typed_is_lost(self) -> None:
        plan = on_plan()
        one = with_agenda(plan)
        address = f"/plans/{plan.plan_id}/meetings/{one}/hold/"
        client, (item, *_rest) = visit(people.COORDINATOR), agenda(plan.plan_id, one, people.COORDINATOR)
        typed = {
            f"said-{item.item_id.hex}": "Vi venter på Nav <script>", "agreed": "Sámi ŋ 🌊",
            "there": member(plan.plan_id, people.NAV_ADVISER), "seen_version": "0", "save": "1",
        }  # fmt: skip
        assert client.post(address, typed).status_code == 302
        page = client.get(address).content.decode()
        assert "Vi venter på Nav &lt;script&gt;" in page
        assert "Sámi ŋ 🌊" in page
        assert "checked" in page
        assert "Sámi" not in visit(people.NAV_ADVISER).get(address).content.decode()
        with acting_as(people.NAV_ADVISER) as viewer:
            assert meeting_mode.draft(viewer, plan.plan_id, one) is None
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM coordination_meetingdraft")
                assert cursor.fetchone() == (0,)
        with acting_as(plan.person.citizen_id), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM coordination_meetingdraft")
            assert cursor.fetchone() == (0,)

    def test_two_windows_see_both_texts_and_neither_writes_over(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        address, client = f"/plans/{plan.plan_id}/meetings/{one}/hold/", visit(people.COORDINATOR)
        client.post(address, {"agreed": "Fra det første", "seen_version": "0", "save": "1"})
        late = client.post(address, {"agreed": "Fra det andre", "seen_version": "0", "save": "1"})
        assert late.status_code == 409
        assert "Fra det første" in late.content.decode()
        assert "Fra det andre" in late.content.decode()
        by_itself = client.post(f"{address}draft/", {"agreed": "Fra det tredje", "seen_version": "0"})
        assert "open in another window" in by_itself.content.decode()
        assert client.post(address, {"agreed": "Begge", "seen_version": "1", "save": "1"}).status_code == 302
        assert "Begge" in client.get(address).content.decode()

    def test_the_script_saves_and_is_told_the_version(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        address, client = f"/plans/{plan.plan_id}/meetings/{one}/hold/draft/", visit(people.COORDINATOR)
        long = {"agreed": "x" * 20_000 + "\x00", "seen_version": "0"}
        assert 'value="1"' in client.post(address, long).content.decode()
        assert 'value="2"' in client.post(address, {"agreed": "To", "seen_version": "1"}).content.decode()
        assert visit(people.STRANGER).post(address, {"agreed": "X"}).status_code == 404
        assert visit(plan.person.citizen_id).post(address, {"agreed": "X"}).status_code == 404

    def test_it_is_empty_when_the_minutes_are_written(self) -> None:
        plan = on_plan()
        one = called(plan.plan_id)
        with acting_as(people.COORDINATOR) as viewer:
            meeting_mode.save_draft(meeting_id=one, typed={"agreed": "X"}, seen_version=0, by=viewer)
        proposed(plan, meeting=one)
        with acting_as(people.COORDINATOR) as viewer:
            assert meeting_mode.draft(viewer, plan.plan_id, one) is None
            with pytest.raises(policies.MinutesAreWritten):
                meeting_mode.save_draft(meeting_id=one, typed={}, seen_version=1, by=viewer)

    def test_meeting_mode_is_for_a_meeting_that_is_held(self) -> None:
        plan = on_plan()
        ahead = called(plan.plan_id, day=TODAY + timedelta(days=1))
        for end in ("hold/", "projected/"):
            address = f"/plans/{plan.plan_id}/meetings/{ahead}/{end}"
            assert visit(people.COORDINATOR).get(address).status_code == 404


class TestProjected:
    def shown(
        self, plan_id: UUID, meeting_id: UUID, there: Sequence[UUID], persons: Sequence[UUID] = ()
    ) -> list[str]:
        with acting_as(people.COORDINATOR) as viewer:
            page = coordination.plan_page(viewer, plan_id)
            items = agendas.items_of(page, meeting_id)
            around = persons or [page.subject_id]
            return [one.text for one in meeting_mode.for_all(viewer, page, items, there, around) if one.text]

    def test_it_shows_what_everybody_there_may_see(self) -> None:
        plan = on_plan()
        act(plan, OF_HEALTH, kind=DataKind.HEALTH)
        act(plan, OF_WORK)
        one = with_agenda(plan)
        assert OF_HEALTH in self.shown(plan.plan_id, one, [people.SOCIAL_WORKER])
        assert self.shown(plan.plan_id, one, [people.NAV_ADVISER]) == [OF_WORK, "Hva nå?"]
        assert self.shown(plan.plan_id, one, [people.NAV_ADVISER, people.SOCIAL_WORKER]) == [
            OF_WORK,
            "Hva nå?",
        ]
        assert self.shown(plan.plan_id, one, [people.STRANGER]) == []
        client, address = visit(people.COORDINATOR), f"/plans/{plan.plan_id}/meetings/{one}/"
        ticked = {"there": member(plan.plan_id, people.NAV_ADVISER), "seen_version": "0", "save": "1"}
        client.post(f"{address}hold/", ticked)
        page = client.get(f"{address}projected/").content.decode()
        assert OF_HEALTH not in page
        assert "Ringe verkstedet" in page
        assert "it shows only what everybody who is there may see" in page
        assert "Koordinator 1" not in page

    def test_more_than_twelve_are_not_asked_about(self) -> None:
        plan = on_plan()
        one = with_agenda(plan)
        with pytest.raises(refusals.TooManyPresent):
            self.shown(plan.plan_id, one, [UUID(int=number) for number in range(12)])

    def test_in_a_family_a_point_about_one_is_not_shown_where_another_is(self) -> None:
        one = family()
        plan = OnPlan(one.father.person, one.plan_id, one.father.goal_id)
        meeting = with_agenda(plan)
        texts = [item.text for item in agenda(one.plan_id, meeting, people.COORDINATOR)]
        assert people.OF_THE_PROTECTED in texts
        father, mother = one.father.person.person_id, one.mother.person.person_id
        there = [people.SOCIAL_WORKER]
        for persons, hidden in (
            ([father], people.OF_THE_PROTECTED),
            ([mother], people.OF_THE_OTHER),
            ([father, mother], people.OF_THE_PROTECTED),
        ):
            shown = self.shown(one.plan_id, meeting, there, persons)
            assert hidden not in shown
            assert "Hva nå?" in shown
        assert self.shown(one.plan_id, meeting, there, [father, one.child.person_id]) == []
        client, address = visit(people.COORDINATOR), f"/plans/{one.plan_id}/meetings/{meeting}/"
        assert people.OF_THE_PROTECTED not in client.get(f"{address}projected/").content.decode()
        ticked = {"family": [str(mother)], "seen_version": "0", "save": "1"}
        client.post(f"{address}hold/", ticked)
        page = client.get(f"{address}projected/").content.decode()
        assert people.OF_THE_PROTECTED in page
        assert people.OF_THE_OTHER not in page


class TestProposals:
    def test_until_the_party_says_yes_nothing_is_in_the_plan(self) -> None:
        plan = on_plan()
        (one,) = proposed(plan, something_new(plan))
        assert OF_WORK not in in_plan(plan.plan_id)
        with acting_as(people.NAV_ADVISER) as viewer:
            (waiting,) = proposals.mine(viewer)
            assert (waiting.proposal.proposal_id, waiting.person_name) == (one, "Kari Eksempel")
            proposals.accept(proposal_id=one, seen_version=None, by=viewer)
            assert proposals.mine(viewer) == []
        row = in_plan(plan.plan_id)[OF_WORK]
        assert (row.accountable, row.standing, row.due_on) == (
            "Veileder 1",
            "wish",
            TODAY + timedelta(days=20),
        )
        with acting_as(plan.person.citizen_id) as viewer:
            proposals.confirm(proposal_id=one, says_yes=True, why="", by=viewer)
        (told,) = of_plan(plan.plan_id, people.SOCIAL_WORKER)
        assert (told.party_says, told.person_says) == (True, True)

    def test_only_the_party_answers_and_only_once(self) -> None:
        plan = on_plan()
        (one,) = proposed(plan, something_new(plan))
        for who, problem in (
            (people.SOCIAL_WORKER, refusals.NotYoursToAnswer),
            (people.STRANGER, (Refused, Proposal.DoesNotExist)),
            (plan.person.citizen_id, refusals.NotYoursToAnswer),
        ):
            with acting_as(who) as viewer, pytest.raises(problem):
                proposals.accept(proposal_id=one, seen_version=None, by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises(refusals.ReasonMissing):
                proposals.decline(proposal_id=one, why=" ", by=viewer)
            with pytest.raises(refusals.NotYoursToAnswer):
                proposals.confirm(proposal_id=one, says_yes=True, why="", by=viewer)
            proposals.decline(proposal_id=one, why="Ingen plass", by=viewer)
            with pytest.raises(refusals.AlreadyAnswered):
                proposals.accept(proposal_id=one, seen_version=None, by=viewer)
        assert OF_WORK not in in_plan(plan.plan_id)
        (told,) = of_plan(plan.plan_id, plan.person.citizen_id)
        assert (told.party_says, told.party_why) == (False, "Ingen plass")

    def test_what_the_person_said_no_to_is_not_taken_on(self) -> None:
        plan = on_plan()
        (one,) = proposed(plan, something_new(plan))
        with acting_as(plan.person.citizen_id) as viewer:
            proposals.confirm(proposal_id=one, says_yes=False, why="Jeg vil ikke dit", by=viewer)
            with pytest.raises(refusals.AlreadyAnswered):
                proposals.confirm(proposal_id=one, says_yes=True, why="", by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            assert proposals.mine(viewer) == []
            with pytest.raises(refusals.PersonSaidNo):
                proposals.accept(proposal_id=one, seen_version=None, by=viewer)
        assert OF_WORK not in in_plan(plan.plan_id)

    def test_an_action_gets_another_day_or_ends_and_all_else_of_it_stays(self) -> None:
        plan = on_plan()
        first, second = act(plan, "Flytte"), act(plan, "Slutte")
        new = [
            change_of(first, ProposedChange.DAY, due=30, why="Ferie"),
            change_of(second, ProposedChange.DROPPED, why="Ikke lenger aktuelt"),
        ]
        moved, dropped = proposed(plan, *new)
        with acting_as(people.COORDINATOR) as viewer:
            for one in (moved, dropped):
                proposals.accept(proposal_id=one, seen_version=1, by=viewer)
        rows = in_plan(plan.plan_id)
        assert (rows["Flytte"].due_on, rows["Flytte"].why) == (TODAY + timedelta(days=30), "Ferie")
        assert (rows["Slutte"].status, rows["Slutte"].why) == ("dropped", "Ikke lenger aktuelt")

    def test_on_top_of_another_version_nothing_is_written_and_both_are_shown(self) -> None:
        plan = on_plan()
        action = act(plan, "Flytte")
        (one,) = proposed(plan, change_of(action, ProposedChange.DAY, due=30))
        client, address = visit(people.COORDINATOR), f"/proposals/{one}/"
        assert 'value="1"' in client.get(address).content.decode()
        with acting_as(people.COORDINATOR) as viewer:
            again = Agreed("Flytte sakte", due_on=TODAY + timedelta(days=5))
            actions.change(
                action_id=action, seen_version=1, agreed=again, accountable_post=people.COORDINATOR, why="",
                by=viewer,
            )  # fmt: skip
        late = client.post(address, {"takes_on": "yes", "seen_version": "1"})
        assert late.status_code == 409
        page = late.content.decode()
        assert "The plan was changed while you were reading" in page
        assert "Flytte sakte" in page
        assert "1 April 2026" in page
        assert 'value="2"' in page
        assert client.post(address, {"takes_on": "yes", "seen_version": "2"}).status_code == 302
        assert in_plan(plan.plan_id)["Flytte sakte"].due_on == TODAY + timedelta(days=30)

    def test_what_is_done_meanwhile_is_not_changed(self) -> None:
        plan = on_plan()
        action = act(plan, "Flytte", wish=False)
        (one,) = proposed(plan, change_of(action, ProposedChange.BEGUN))
        with acting_as(people.COORDINATOR) as viewer:
            actions.set_status(action_id=action, status="dropped", why="Nei", by=viewer)
        answer = visit(people.COORDINATOR).post(
            f"/proposals/{one}/", {"takes_on": "yes", "seen_version": "2"}
        )
        assert answer.status_code == 422
        assert "Decline it, and say so." in answer.content.decode()

    def test_it_goes_to_one_who_may_read_what_it_is_about(self) -> None:
        plan = on_plan()
        with pytest.raises(refusals.MayNotKnow):
            proposed(plan, something_new(plan, kind=DataKind.HEALTH))
        assert of_plan(plan.plan_id, people.COORDINATOR) == []

    def test_rights_are_asked_again_when_it_is_taken_on(self) -> None:
        plan = on_plan()
        (one,) = proposed(plan, something_new(plan))
        with acting_as(plan.person.citizen_id) as viewer:
            people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises((Refused, Proposal.DoesNotExist)):
                proposals.accept(proposal_id=one, seen_version=None, by=viewer)
            assert proposals.mine(viewer) == []
        assert visit(people.NAV_ADVISER).get(f"/proposals/{one}/").status_code == 404

    def test_who_left_the_team_answers_no_more(self) -> None:
        plan = on_plan()
        (one,) = proposed(plan, something_new(plan))
        with acting_as(people.COORDINATOR) as viewer:
            teams.leave_team(
                plan_id=plan.plan_id, post_ids=[people.NAV_ADVISER], actions_to=people.COORDINATOR, by=viewer
            )
        with acting_as(people.NAV_ADVISER) as viewer:
            assert proposals.mine(viewer) == []
            with pytest.raises((Refused, Proposal.DoesNotExist, Duty.DoesNotExist)):
                proposals.accept(proposal_id=one, seen_version=None, by=viewer)

    @pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE])
    def test_a_stranger_meets_nothing(self, who: UUID) -> None:
        plan = on_plan()
        (one,) = proposed(plan, something_new(plan))
        assert visit(who).get(f"/proposals/{one}/").status_code == 404
        assert "Nothing waits for your answer." in visit(who).get("/proposals/").content.decode()
        with acting_as(who) as viewer, pytest.raises((Refused, Plan.DoesNotExist)):
            proposals.of_plan(viewer, plan.plan_id)

    def test_the_other_parent_reads_no_proposal_of_a_protected_family(self) -> None:
        one = family()
        plan = OnPlan(one.father.person, one.plan_id, one.father.goal_id)
        meeting = with_agenda(plan)
        with acting_as(people.COORDINATOR) as viewer:
            goal = coordination.plan_page(viewer, one.plan_id).goals[0].goal_id
        to = member_id(one.plan_id, people.SOCIAL_WORKER)
        new = NewProposal(
            ProposedChange.NEW, DataKind.PLAN, "Møtes på kafé", accountable_member=to, goal_id=goal
        )
        (made,) = proposed(plan, new, meeting=meeting)
        assert of_plan(one.plan_id, one.father.person.citizen_id) == []
        assert len(of_plan(one.plan_id, one.mother.person.citizen_id)) == 1
        for parent in (one.father, one.mother):
            with acting_as(parent.person.citizen_id) as viewer, pytest.raises(refusals.NotYoursToAnswer):
                proposals.confirm(proposal_id=made, says_yes=True, why="", by=viewer)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            proposals.accept(proposal_id=made, seen_version=None, by=viewer)
        assert "Møtes på kafé" in in_plan(one.plan_id)


class TestTheWholeMeeting:
    def test_from_the_call_to_a_changed_plan_without_a_script(self) -> None:
        plan = on_plan()
        action = act(plan, "Søke om gjeldsordning")
        client = visit(people.COORDINATOR)
        call = f"/plans/{plan.plan_id}/meetings/new/"
        assert "A wish without an answer: Søke om gjeldsordning" in client.get(call).content.decode()
        said = {
            "day": TODAY.isoformat(), "agenda": "Bolig\nPraksis", "points": [f"wish:{action}"],
            "kind": "three_way",
        }  # fmt: skip
        assert client.post(call, said).status_code == 302
        with acting_as(people.COORDINATOR) as viewer:
            (row,) = meetings.of_plan(viewer, plan.plan_id).ahead
        first, *own = agenda(plan.plan_id, row.meeting_id, people.COORDINATOR)
        assert [item.text for item in own] == ["Bolig", "Praksis"]
        hold = f"/plans/{plan.plan_id}/meetings/{row.meeting_id}/hold/"
        assert "Three-way meeting" in client.get(hold).content.decode()
        nav = member(plan.plan_id, people.NAV_ADVISER)
        typed = {
            f"said-{first.item_id.hex}": "Banken svarer i april.",
            f"change-{first.item_id.hex}": "day",
            f"due-{first.item_id.hex}": "2026-04-15",
            f"what-{own[1].item_id.hex}": "Finne praksisplass",
            "person_was_there": "yes", "there": [nav], "agreed": "Gjeld først, så praksis.", "finish": "1",
        }  # fmt: skip
        missing = client.post(hold, typed)
        assert missing.status_code == 422
        assert "Choose the one who answers for it." in missing.content.decode()
        assert "Finne praksisplass" in missing.content.decode()
        key = own[1].item_id.hex
        typed |= {f"who-{key}": nav, f"kind-{key}": str(int(DataKind.EMPLOYMENT))}
        assert client.post(hold, typed).status_code == 302
        assert client.post(hold, typed).status_code == 302  # a second press writes nothing
        found = {one.what: one.proposal_id for one in of_plan(plan.plan_id, people.COORDINATOR)}
        assert set(found) == {"Søke om gjeldsordning", "Finne praksisplass"}
        day = client.post(
            f"/proposals/{found['Søke om gjeldsordning']}/", {"takes_on": "yes", "seen_version": "1"}
        )
        assert day.status_code == 302
        theirs = visit(people.NAV_ADVISER)
        assert "Finne praksisplass" in theirs.get("/proposals/").content.decode()
        place = f"/proposals/{found['Finne praksisplass']}/"
        assert theirs.post(place, {"takes_on": ""}).status_code == 422
        assert theirs.post(place, {"takes_on": "no"}).status_code == 422
        assert theirs.post(place, {"takes_on": "yes"}).status_code == 302
        assert theirs.post(place, {"takes_on": "yes"}).status_code == 409
        rows = in_plan(plan.plan_id)
        assert rows["Finne praksisplass"].accountable == "Veileder 1"
        assert f"{rows['Søke om gjeldsordning'].due_on}" == "2026-04-15"
        person = visit(plan.person.citizen_id)
        mine = f"/my-plan/meetings/{row.meeting_id}/"
        page = person.get(mine).content.decode()
        assert "Banken svarer i april." in page
        assert "You have not said anything yet." in page
        answer = f"/my-plan{place}"
        assert person.post(answer, {"says_yes": ""}).status_code == 422
        assert person.post(answer, {"says_yes": "yes", "why": "Fint"}).status_code == 302
        assert person.post(answer, {"says_yes": "no"}).status_code == 404
        assert "You said yes." in person.get(mine).content.decode()
