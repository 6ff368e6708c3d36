"""Holding a meeting: a draft that nothing is lost of, and a view for all who are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

import people
from people import OnPlan, acting_as, family, on_plan
from people_and_plan.held_meetings import OF_HEALTH, OF_WORK, TODAY, act, agenda, proposed, with_agenda
from people_and_plan.test_meetings import called, member, visit
from samvirke.coordination import agendas, meeting_mode, policies
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind

pytestmark = people.database


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
