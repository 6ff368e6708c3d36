"""The person wishes for another coordinator or worker; the leader alone reads it, and answers."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import another
from samvirke.coordination import choices, policies
from samvirke.coordination.models import ChangeWish, Duty
from samvirke.gate.types import Refused
from samvirke.plan import teams

pytestmark = people.database
WANTED, WHY = "Gjerne en kvinne, og helst Koordinator 2.", "Vi kommer ikke overens."


def wished(plan: OnPlan, *, instead_of: UUID = people.NAV_ADVISER, who: UUID | None = None) -> UUID:
    """The person, or another, wishes for somebody else."""
    with acting_as(who or plan.person.citizen_id) as viewer:
        return choices.wish_for_another(
            plan_id=plan.plan_id, instead_of=instead_of, wanted=WANTED, why=WHY, by=viewer
        )


def answered(
    wish_id: UUID, *, who: UUID = people.COORDINATION_LEADER, reply: str = "Ja, fra mandag."
) -> None:
    """The leader, or another, says yes."""
    with acting_as(who) as viewer:
        choices.answer_wish(wish_id=wish_id, granted=True, reply=reply, by=viewer)


def test_the_leader_reads_and_answers_and_the_person_reads_the_answer() -> None:
    plan = on_plan()
    wish = wished(plan)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        (row,) = choices.waiting(viewer)
    assert (row.wish_id, row.person_name, row.wanted, row.why) == (wish, "Kari Eksempel", WANTED, WHY)
    assert row.instead_of.title == "Veileder 1"
    answered(wish)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        assert choices.waiting(viewer) == []
    with acting_as(plan.person.citizen_id) as viewer:
        (mine,) = choices.mine(viewer, plan.plan_id)
    assert (mine.answer, mine.reply) == ("granted", "Ja, fra mandag.")


def test_whom_it_is_about_and_the_rest_of_the_team_are_told_nothing() -> None:
    plan = on_plan()
    wish = wished(plan)
    everybody = (people.NAV_ADVISER, people.SOCIAL_WORKER, people.COORDINATOR, people.STRANGER)
    for who in (*everybody, people.SOCIAL_LEADER, people.NAV_LEADER):
        with acting_as(who) as viewer:
            assert not ChangeWish.objects.exists()
            assert choices.waiting(viewer) == []
        with pytest.raises((Refused, ChangeWish.DoesNotExist)):
            answered(wish, who=who)
    with acting_as(people.COORDINATION_LEADER):
        assert ChangeWish.objects.get().answered_at is None


def test_only_the_person_wishes() -> None:
    plan = on_plan()
    for who in (people.SOCIAL_WORKER, people.COORDINATION_LEADER):
        with pytest.raises(policies.NotThePerson):
            wished(plan, who=who)
    with pytest.raises((Refused, Duty.DoesNotExist)):
        wished(plan, who=people.STRANGER)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        assert choices.waiting(viewer) == []


def test_what_cannot_be_wished_for_is_refused_in_words() -> None:
    plan = on_plan()
    wished(plan)
    with pytest.raises(policies.WishedAlready):
        wished(plan)
    with pytest.raises(policies.NotInTheTeam):
        wished(plan, instead_of=people.STRANGER)
    wished(plan, instead_of=people.COORDINATOR)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        assert len(choices.waiting(viewer)) == 2


def test_where_the_leader_has_left_the_plan_nobody_answers_and_it_is_said() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        teams.leave_team(
            plan_id=plan.plan_id,
            post_ids=[people.COORDINATION_LEADER],
            actions_to=people.COORDINATOR,
            by=viewer,
        )
    with pytest.raises(policies.NobodyAnswers, match="Call the coordinating unit"):
        wished(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        assert choices.mine(viewer, plan.plan_id) == []


def test_a_longer_list_takes_no_more_statements() -> None:
    def statements() -> int:
        with acting_as(people.COORDINATION_LEADER) as viewer, CaptureQueriesContext(connection) as found:
            choices.waiting(viewer)
        return len(found)

    wished(on_plan())
    one = statements()
    for serial in (4, 5):
        wished(on_plan(another(serial)))
    with acting_as(people.COORDINATION_LEADER) as viewer:
        assert len(choices.waiting(viewer)) == 3
    assert statements() == one


def test_an_answer_says_something_and_is_given_once() -> None:
    plan = on_plan()
    wish = wished(plan)
    with pytest.raises(policies.NothingWritten):
        answered(wish, reply=" ")
    answered(wish)
    with pytest.raises(policies.AnsweredAlready):
        answered(wish, reply="Nei.")
    with acting_as(plan.person.citizen_id) as viewer:
        (mine,) = choices.mine(viewer, plan.plan_id)
    assert mine.reply == "Ja, fra mandag."
    wished(plan)  # and may wish anew
