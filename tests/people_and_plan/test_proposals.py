"""What a meeting proposes: to one party, who says yes or no, and to the person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import people
from people import OnPlan, acting_as, family, on_plan
from people_and_plan.held_meetings import (
    OF_WORK,
    TODAY,
    act,
    agenda,
    change_of,
    in_plan,
    member_id,
    of_plan,
    proposed,
    something_new,
    with_agenda,
)
from people_and_plan.test_meetings import member, visit
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import meetings, proposals
from samvirke.coordination import queries as coordination
from samvirke.coordination.meeting_types import NewProposal
from samvirke.coordination.models import Duty, Proposal
from samvirke.gate.types import Refused
from samvirke.kernel.codes import ProposedChange
from samvirke.kernel.gate_words import DataKind
from samvirke.people import operations as people_operations
from samvirke.plan import actions, teams
from samvirke.plan.action_types import Agreed
from samvirke.plan.models import Plan

pytestmark = people.database


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
                action_id=action, seen_version=1, agreed=again, accountable=people.COORDINATOR, why="",
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
