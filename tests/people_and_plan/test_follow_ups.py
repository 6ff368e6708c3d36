"""After a plan has ended in a job: calls are agreed, made by who coordinates, and rest on the consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import people
from people import NOW, OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import another
from samvirke.coordination import absences, follow_ups, policies
from samvirke.coordination import operations as coordinating
from samvirke.coordination.models import Duty, FollowUp
from samvirke.coordination.types import FollowUpRow
from samvirke.gate.types import Refused
from samvirke.kernel.codes import EndReason, Occupation, SupportSource
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations as people_operations
from samvirke.plan.types import Situation
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
TODAY = NOW.date()
SOON = TODAY + timedelta(days=10)
IN_WORK = Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB)


def ended(plan: OnPlan | None = None, reason: EndReason = EndReason.JOB) -> OnPlan:
    """A plan that has ended today; its leader coordinates, and the second coordinator is the deputy."""
    plan = plan or on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        coordinating.end_plan(plan_id=plan.plan_id, reason=reason, situation=IN_WORK, by=viewer)
    return plan


def agreed(plan: OnPlan, *days: date, by: UUID = people.COORDINATOR) -> list[UUID]:
    """Calls that somebody of the team agreed on."""
    with acting_as(by) as viewer:
        follow_ups.agree_follow_ups(plan_id=plan.plan_id, days=days or [SOON], by=viewer)
        return [row.follow_up_id for row in follow_ups.of_plan(viewer, plan.plan_id).rows]


def called(one: UUID, *, open_anew: bool = False, by: UUID = people.COORDINATOR) -> None:
    """Somebody called."""
    with acting_as(by) as viewer:
        follow_ups.note_call(follow_up_id=one, situation=IN_WORK, open_anew=open_anew, by=viewer)


def rows(plan: OnPlan, who: UUID) -> tuple[FollowUpRow, ...]:
    """What is agreed, as somebody reads it."""
    with acting_as(who) as viewer:
        return follow_ups.of_plan(viewer, plan.plan_id).rows


@pytest.mark.parametrize("reason", EndReason)
def test_only_after_work_or_education(reason: EndReason) -> None:
    plan = ended(reason=reason)
    if reason in {EndReason.JOB, EndReason.EDUCATION}:
        assert len(agreed(plan)) == 1
    else:
        with pytest.raises(policies.NothingToFollow):
            agreed(plan)


def test_not_while_the_plan_goes_on_and_not_on_a_day_that_has_been() -> None:
    plan = on_plan()
    with pytest.raises(policies.NothingToFollow):
        agreed(plan)
    ended(plan)
    with pytest.raises(policies.DayHasBeen):
        agreed(plan, TODAY - timedelta(days=1))


def test_how_it_goes_is_noted_once_and_the_person_reads_it() -> None:
    plan = ended()
    (one,) = agreed(plan)
    called(one, open_anew=True)
    with pytest.raises(policies.AlreadyCalled):
        called(one)
    for reader in (people.NAV_ADVISER, plan.person.citizen_id):
        (row,) = rows(plan, reader)
        assert (row.situation, row.open_anew, row.called_by) == (IN_WORK, True, "Koordinator 1")


def test_agreeing_on_a_day_twice_changes_nothing() -> None:
    plan = ended()
    first = agreed(plan)
    assert agreed(plan, SOON, SOON + timedelta(days=60))[0] == first[0]
    assert len(rows(plan, people.COORDINATOR)) == 2


@pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE, people.FOLLOW_UP_ADVISER])
def test_nobody_outside_agrees_reads_or_calls(who: UUID) -> None:
    plan = ended()
    (one,) = agreed(plan)
    for act in (lambda: agreed(plan, by=who), lambda: rows(plan, who), lambda: called(one, by=who)):
        with pytest.raises((Refused, Duty.DoesNotExist, FollowUp.DoesNotExist)):
            act()


def test_the_person_reads_and_does_not_note() -> None:
    plan = ended()
    (one,) = agreed(plan)
    with pytest.raises(policies.NotInTheTeam):
        called(one, by=plan.person.citizen_id)


def test_a_withdrawn_consent_shows_no_follow_up_any_more() -> None:
    plan, other = ended(), ended(on_plan(another(4)))
    for one in (plan, other):
        agreed(one)
    with acting_as(plan.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        assert [row.plan_id for row in follow_ups.due(viewer)] == [other.plan_id]
        assert set(FollowUp.objects.values_list("plan_id", flat=True)) == {other.plan_id}
    assert len(rows(plan, plan.person.citizen_id)) == 1


class TestWhoCalls:
    def test_who_coordinates_and_nobody_else_and_no_longer_when_it_is_done(self) -> None:
        plan = ended()
        (one,) = agreed(plan)
        for who, count in ((people.COORDINATION_LEADER, 1), (people.COORDINATOR, 0), (people.NAV_ADVISER, 0)):
            with acting_as(who) as viewer:
                assert len(follow_ups.due(viewer)) == count
        called(one)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            assert follow_ups.due(viewer) == []

    def test_the_deputy_while_the_coordinator_is_away(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATION_LEADER) as viewer:
            absences.say_absence(post_id=people.COORDINATION_LEADER, away_from=TODAY, back_on=SOON, by=viewer)
        ended(plan)
        agreed(plan)
        for who, count in ((people.COORDINATION_LEADER, 0), (people.OTHER_COORDINATOR, 1)):
            with acting_as(who) as viewer:
                assert len(follow_ups.due(viewer)) == count

    @pytest.mark.parametrize(("days", "shown", "late"), [(5, 0, []), (6, 1, [False]), (21, 1, [True])])
    def test_two_weeks_before_and_late_after(self, days: int, shown: int, late: list[bool]) -> None:
        agreed(ended(), TODAY + timedelta(days=20))
        with acting_as(people.COORDINATION_LEADER) as viewer:
            found = follow_ups.due(replace(viewer, now=viewer.now + timedelta(days=days)))
        assert (len(found), [row.is_late for row in found]) == (shown, late)


def test_a_call_without_an_answer_cannot_be_written() -> None:
    plan = ended()
    (one,) = agreed(plan)
    with (
        acting_as(people.COORDINATOR),
        pytest.raises(IntegrityError, match="a_call_says_how_it_goes"),
        transaction.atomic(),
    ):
        FollowUp.objects.filter(pk=one).update(called_on=TODAY, called_by=people.COORDINATOR)


def visit(post_id: UUID) -> Client:
    """A browser signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post_id), int(Purpose.COORDINATION)
    session.save()
    return client


class TestPages:
    def test_from_the_agreement_to_the_call(self) -> None:
        plan = ended()
        client = visit(people.COORDINATION_LEADER)
        page = client.post(f"/plans/{plan.plan_id}/calls/new/", {"months": ["1", "3"]}, follow=True)
        assert "2 April 2026" in page.content.decode()
        assert "2 June 2026" in page.content.decode()
        one, _ = (row.follow_up_id for row in rows(plan, people.COORDINATOR))
        address = f"/plans/{plan.plan_id}/calls/{one}/"
        wrong = client.post(address, {"support": "wages", "occupation": "", "open_anew": "no"})
        assert wrong.status_code == 422
        assert "Choose what the person does now." in wrong.content.decode()
        assert '<option value="wages" selected>' in wrong.content.decode()
        said = {"support": "wages", "occupation": "ordinary_job", "open_anew": "no"}
        assert client.post(address, said).status_code == 302
        assert "Somebody has called already" in client.post(address, said, follow=True).content.decode()
        mine = visit(plan.person.citizen_id).get("/my-plan/").content.decode()
        assert "Ordinary job, Wages" in mine
        assert "Note the call" not in mine

    def test_a_choice_is_needed(self) -> None:
        plan = ended()
        answer = visit(people.COORDINATOR).post(f"/plans/{plan.plan_id}/calls/new/", {})
        assert answer.status_code == 422
        assert "Choose when somebody calls." in answer.content.decode()

    def test_the_worklist_shows_the_call(self) -> None:
        agreed(ended())
        assert "Calls to make" in visit(people.COORDINATION_LEADER).get("/worklist/").content.decode()
        assert "Calls to make" not in visit(people.NAV_ADVISER).get("/worklist/").content.decode()

    @pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE])
    def test_a_stranger_meets_no_such_page(self, who: UUID) -> None:
        plan = ended()
        (one,) = agreed(plan)
        for address in (f"/plans/{plan.plan_id}/calls/new/", f"/plans/{plan.plan_id}/calls/{one}/"):
            assert visit(people.COORDINATOR).get(address).status_code == 200
            assert visit(who).get(address).status_code == 404
            assert visit(plan.person.citizen_id).get(address).status_code == 404
