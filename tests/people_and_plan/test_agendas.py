"""What a meeting is about: what is open, points in own words, and what the absent want said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.held_meetings import OF_HEALTH, OF_WORK, TODAY, act, agenda, open_points, with_agenda
from people_and_plan.test_meetings import called, visit
from samvirke.coordination import agendas
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination.models import Meeting
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import AgendaPoint, GoalStatus
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import operations as planning

pytestmark = people.database


def coordination_offer(plan: OnPlan, viewer: Viewer) -> None:
    people.coordination.offer_duty(
        plan_id=plan.plan_id,
        to_post=people.OTHER_COORDINATOR,
        deputy=people.COORDINATOR,
        consent_id=plan.person.consent_id,
        by=viewer,
    )


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
        with acting_as(people.COORDINATOR) as viewer:
            planning.set_goal_status(
                goal_id=plan.goal_id, seen_version=1, status=GoalStatus.REACHED, why="", by=viewer
            )
        points = [one.point for one in open_points(plan.plan_id, people.COORDINATOR)]
        assert AgendaPoint.GOAL not in points

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
