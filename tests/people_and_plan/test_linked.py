"""The plans of a family beside each other: what stands there for whom, and what a protected place hides."""

from __future__ import annotations

from uuid import UUID

import pytest

import people
from people import acting_as, family, on_plan
from people_and_plan.test_family_plans import family_of
from people_and_plan.test_follow_ups import IN_WORK
from people_and_plan.test_meetings import visit
from samvirke.coordination import operations as coordination
from samvirke.gate.types import Refused
from samvirke.kernel.codes import EndReason
from samvirke.people import log
from samvirke.plan import linked, operations
from samvirke.plan.linked import LinkedFamily
from samvirke.plan.models import Plan

pytestmark = people.database


def seen(who: UUID, plan_id: UUID) -> list[LinkedFamily]:
    with acting_as(who) as viewer:
        return list(linked.of_plan(viewer, plan_id))


def want(plan_id: UUID, words: str, about: UUID | None = None, *, by: UUID = people.COORDINATOR) -> UUID:
    """A goal in a family's plan."""
    with acting_as(by) as viewer:
        return operations.set_goal(
            plan_id=plan_id,
            life_domain="network",
            own_words=words,
            target="",
            by_when=None,
            about=about,
            by=viewer,
        )


def plans_of(found: LinkedFamily) -> dict[str, bool]:
    return {member.name: member.plan_id is not None for member in found.members}


def goals_of(found: LinkedFamily) -> dict[str, list[str]]:
    return {one.name: [goal.own_words for goal in one.goals] for one in found.members if one.goals}


class TestOfAFamily:
    def test_each_member_s_plan_leads_to_the_others_and_to_what_they_want_together(self) -> None:
        one = family_of(2, from_serial=4)
        first, second = one.members
        want(one.plan_id, "Norskkurs for Nr 1", second.person.person_id)
        for plan_id in (first.plan_id, second.plan_id, one.plan_id):
            (found,) = seen(people.COORDINATOR, plan_id)
            assert found.plan_id == one.plan_id
            assert [goal.own_words for goal in found.goals] == ["Sammen."]
            assert goals_of(found) == {"Nr 1": ["Norskkurs for Nr 1"]}
            assert plans_of(found) == {"Nr 0": True, "Nr 1": True}

    def test_somebody_with_no_family_stands_alone(self) -> None:
        plan = on_plan()
        assert seen(people.COORDINATOR, plan.plan_id) == []

    def test_when_the_family_s_plan_ends_each_keeps_their_own_and_nothing_of_the_others(self) -> None:
        one = family_of(2, from_serial=4)
        first = one.members[0]
        with acting_as(people.COORDINATOR) as viewer:
            coordination.end_plan(
                plan_id=one.plan_id, reason=EndReason.SELF_RESOLVED, situation=IN_WORK, by=viewer
            )
        (found,) = seen(people.COORDINATOR, first.plan_id)
        assert (found.plan_id, found.goals) == (None, ())
        with acting_as(first.person.citizen_id) as viewer:
            assert Plan.objects.filter(pk=first.plan_id, ends_before__isnull=True).exists()

    def test_a_read_stands_in_the_log_of_each_member(self) -> None:
        one = family_of(2, from_serial=4)
        first, second = one.members
        seen(people.COORDINATOR, first.plan_id)
        for member, verb in ((first, "plan.read"), (second, "people.read_family")):
            with acting_as(member.person.citizen_id) as viewer:
                assert any(verb in row.verbs for row in log.who_has_seen(viewer).rows)

    @pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser"])
    def test_nobody_else_opens_it(self, who: str) -> None:
        plan = on_plan()
        with pytest.raises((Refused, Plan.DoesNotExist)):
            seen(people.EVERYBODY[who], plan.plan_id)


class TestWithAProtectedMember:
    """The standing family: the mother's place is hidden from all but the coordinator."""

    def test_who_may_not_know_the_place_finds_nothing_of_hers_beside_the_others(self) -> None:
        one = family()
        want(one.plan_id, "Ro for Anne", one.mother.person.person_id)
        (told,) = seen(people.COORDINATOR, one.plan_id)
        assert plans_of(told) == {"Anne": True, "Ola": True, "Liv": False}
        assert goals_of(told)["Anne"] == ["Ro for Anne"]
        (untold,) = seen(people.SOCIAL_WORKER, one.father.plan_id)
        assert plans_of(untold) == {"Anne": False, "Ola": True, "Liv": False}
        assert "Anne" not in goals_of(untold)

    def test_the_father_finds_nothing_but_what_is_the_family_s_and_his_own(self) -> None:
        one = family()
        want(one.plan_id, "Ro for Anne", one.mother.person.person_id)
        (found,) = seen(one.father.person.citizen_id, one.father.plan_id)
        assert plans_of(found) == {"Anne": False, "Ola": True, "Liv": False}
        assert "Anne" not in goals_of(found)


class TestPages:
    def test_a_goal_for_one_of_the_family_is_written_and_stands_with_them(self) -> None:
        one = family()
        client = visit(people.COORDINATOR)
        address = f"/plans/{one.plan_id}/goals/new/"
        assert "The whole family" in client.get(address).content.decode()
        words = "Liv trenger fred Čáhci <script>"
        said = {"own_words": words, "whose": "person", "life_domain": "plan"}
        wrong = client.post(address, {**said, "about": "tull"})
        assert (wrong.status_code, "Liv trenger fred" in wrong.content.decode()) == (422, True)
        assert client.post(address, {**said, "about": str(one.child.person_id)}).status_code == 302
        text = client.get(f"/plans/{one.plan_id}/family/").content.decode()
        assert "Liv trenger fred Čáhci &lt;script&gt;" in text

    def test_a_person_s_own_goal_form_asks_for_nobody_else(self) -> None:
        plan = on_plan()
        client = visit(people.COORDINATOR)
        assert 'name="about"' not in client.get(f"/plans/{plan.plan_id}/goals/new/").content.decode()
        text = client.get(f"/plans/{plan.plan_id}/family/").content.decode()
        assert "no family that you may see is around it" in text
