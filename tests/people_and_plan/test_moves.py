"""A move within the partnership: the old units leave at once, the new ones come in on a new yes."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

import people
from people import CANARY_WORDS, OnPlan, acting_as, family, on_plan
from people_and_plan.stand_ins import add_action, another
from samvirke.coordination import moves, policies
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.coordination.models import Duty
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import operations as people_operations
from samvirke.people import queries as people_queries
from samvirke.people.models import Person
from samvirke.plan import actions, teams
from samvirke.plan import operations as planning
from samvirke.plan import policies as plan_policies
from samvirke.plan import queries as plans
from samvirke.plan.models import Plan
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
OLD_PLACE = [people.SOCIAL_WORKER, people.NAV_ADVISER]
STAYING = [people.COORDINATOR, people.COORDINATION_LEADER]


def move(plan: OnPlan, *, by: UUID = people.COORDINATOR, to: str = people.NORDENG) -> list[UUID]:
    """The person moves, and has said yes to the coordinator."""
    with acting_as(by) as viewer:
        return moves.move(
            plan_id=plan.plan_id, municipality=to, form="oral", text_version="2026-1", by=viewer
        )


def sees(plan: OnPlan, who: UUID) -> bool:
    """Whether the database shows the plan."""
    with acting_as(who):
        return Plan.objects.filter(pk=plan.plan_id).exists()


class TestTheMove:
    def test_the_old_units_see_nothing_any_more_and_the_others_go_on(self) -> None:
        plan, other = on_plan(), on_plan(another(4))
        assert all(sees(plan, who) for who in OLD_PLACE + STAYING)
        move(plan)
        assert not any(sees(plan, who) for who in OLD_PLACE)
        assert all(sees(plan, who) for who in [*STAYING, plan.person.citizen_id])
        assert all(sees(other, who) for who in OLD_PLACE + STAYING)
        with acting_as(people.COORDINATOR):
            assert set(plans.teams([plan.plan_id])[plan.plan_id]) == set(STAYING)
            assert Person.objects.get(pk=plan.person.person_id).municipality_id == people.NORDENG

    def test_who_recorded_the_old_consent_does_not_let_themselves_in_again(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER):
            gate.admit(consent_id=plan.person.consent_id, post_ids=[people.SOCIAL_WORKER])
        move(plan)
        with (
            acting_as(people.SOCIAL_WORKER),
            pytest.raises(ProgrammingError, match="only those around"),
            transaction.atomic(),
        ):
            gate.admit(consent_id=plan.person.consent_id, post_ids=[people.SOCIAL_WORKER])
        assert not sees(plan, people.SOCIAL_WORKER)

    def test_the_new_unit_is_referred_to_on_a_new_consent_that_names_it_and_not_the_old(self) -> None:
        plan = on_plan()
        assert not sees(plan, people.STRANGER_LEADER)
        (referral,) = move(plan)
        with acting_as(people.STRANGER_LEADER) as viewer:
            people_operations.receive_referral(referral_id=referral, by=viewer)
        assert sees(plan, people.STRANGER_LEADER)
        with acting_as(plan.person.citizen_id) as viewer:
            consents = people_queries.my_consents(viewer)
        (new,) = [one for one in consents if "Sosialtjenesten i Nordeng" in one.to_units]
        assert not {"Sosialtjenesten i Fjordvik", "Nav Fjordvik"} & {*new.to_units, *new.from_units}

    def test_the_new_worker_joins_on_the_new_consent_and_the_old_is_refused_there(self) -> None:
        plan = on_plan()
        move(plan)
        with acting_as(people.COORDINATOR) as viewer:
            consents = ask.consents([plan.person.person_id])
            newest = next(one.id for one in consents if people.SOCIAL_NORDENG in one.to_units)
            planning.add_members(
                plan_id=plan.plan_id, post_ids=[people.STRANGER], consent_id=newest, by=viewer
            )
            with pytest.raises(ProgrammingError, match="no unit"), transaction.atomic():
                planning.add_members(
                    plan_id=plan.plan_id, post_ids=[people.SOCIAL_WORKER], consent_id=newest, by=viewer
                )
        assert sees(plan, people.STRANGER)
        assert not sees(plan, people.SOCIAL_WORKER)

    def test_what_is_not_done_passes_to_who_coordinates_and_what_is_done_stays(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            done, undone = add_action(plan, viewer), add_action(plan, viewer)
            actions.set_status(action_id=done, status="done", by=viewer)
        move(plan)
        with acting_as(people.COORDINATOR) as viewer:
            page = coordination.plan_page(viewer, plan.plan_id)
        who = {action.action_id: action.accountable for action in page.actions}
        assert who == {done: "Veileder 1", undone: "Leder for koordinerende enhet"}

    def test_not_by_somebody_whose_own_unit_leaves(self) -> None:
        plan = on_plan()
        with pytest.raises(policies.YouLeaveToo):
            move(plan, by=people.SOCIAL_WORKER)
        asked = visit(people.SOCIAL_WORKER).get(
            f"/plans/{plan.plan_id}/move/", {"municipality": people.NORDENG}, follow=True
        )
        assert "Your own unit would leave." in asked.content.decode()
        assert sees(plan, people.SOCIAL_WORKER)

    @pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser", "nav leader"])
    def test_nobody_outside_moves_anybody(self, who: str) -> None:
        plan = on_plan()
        with pytest.raises((Refused, Duty.DoesNotExist)):
            move(plan, by=people.EVERYBODY[who])
        assert all(sees(plan, post) for post in OLD_PLACE)

    @pytest.mark.parametrize("to", [people.FJORDVIK, "9924"])
    def test_only_to_another_municipality_of_the_partnership(self, to: str) -> None:
        with pytest.raises(policies.NotOfThePartnership):
            move(on_plan(), to=to)

    def test_not_while_the_deputy_would_leave(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATION_LEADER) as viewer:
            offered = coordinating.offer_duty(
                plan_id=plan.plan_id,
                to_post=people.COORDINATOR,
                deputy=people.SOCIAL_WORKER,
                consent_id=plan.person.consent_id,
                by=viewer,
            )
        with acting_as(people.COORDINATOR) as viewer:
            coordinating.accept_handover(handover_id=offered, by=viewer)
        with pytest.raises(policies.StillCoordinates):
            move(plan)
        assert sees(plan, people.SOCIAL_WORKER)


class TestAroundTheProtected:
    def test_which_units_leave_is_not_asked_of_the_place(self) -> None:
        with pytest.raises(policies.PlaceIsProtected):
            move(family().mother)

    def test_one_who_leaves_the_person_leaves_the_family(self) -> None:
        one = family()
        with acting_as(people.COORDINATOR) as viewer:
            teams.leave_team(
                plan_id=one.mother.plan_id,
                post_ids=[people.SOCIAL_WORKER],
                actions_to=people.COORDINATOR,
                by=viewer,
            )
            assert people.SOCIAL_WORKER not in plans.teams([one.plan_id])[one.plan_id]
        with acting_as(people.SOCIAL_WORKER):
            found = set(Plan.objects.values_list("id", flat=True))
        assert not found & {one.plan_id, one.mother.plan_id}
        assert one.father.plan_id in found


class TestLeaving:
    def test_somebody_in_the_team_takes_over_or_nobody_leaves(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            add_action(plan, viewer)
            for heir in (people.NAV_ADVISER, people.STRANGER):
                with pytest.raises(plan_policies.NobodyTakesOver):
                    teams.leave_team(
                        plan_id=plan.plan_id, post_ids=[people.NAV_ADVISER], actions_to=heir, by=viewer
                    )
        assert sees(plan, people.NAV_ADVISER)

    def test_who_may_not_write_of_it_lets_nobody_leave_who_answers_for_it(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            add_action(plan, viewer, kind=DataKind.HEALTH, accountable=people.NAV_ADVISER)
        for by, may in ((people.SOCIAL_WORKER, False), (people.COORDINATOR, True)):
            with acting_as(by) as viewer:
                try:
                    teams.leave_team(
                        plan_id=plan.plan_id,
                        post_ids=[people.NAV_ADVISER],
                        actions_to=people.COORDINATOR,
                        by=viewer,
                    )
                except Refused:
                    assert not may
            assert sees(plan, people.NAV_ADVISER) is not may

    @pytest.mark.parametrize(("who", "may"), [("nav adviser", True), ("stranger", False)])
    def test_only_those_around_the_person_dismiss(self, who: str, may: bool) -> None:
        plan = on_plan()
        with acting_as(people.EVERYBODY[who]):
            try:
                with transaction.atomic():
                    gate.dismiss(subject_id=plan.person.person_id, post_ids=[people.SOCIAL_WORKER])
            except ProgrammingError:
                assert not may
        assert sees(plan, people.SOCIAL_WORKER) is not may

    def test_the_person_s_own_access_stays_whatever_is_asked(self) -> None:
        plan = on_plan()
        with acting_as(people.COORDINATOR):
            assert gate.dismiss(subject_id=plan.person.person_id, post_ids=[plan.person.citizen_id]) == 0
        assert sees(plan, plan.person.citizen_id)


def visit(post_id: UUID) -> Client:
    """A browser signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post_id), int(Purpose.COORDINATION)
    session.save()
    return client


class TestPages:
    def test_first_who_leaves_then_the_yes(self) -> None:
        plan = on_plan()
        client, address = visit(people.COORDINATOR), f"/plans/{plan.plan_id}/move/"
        shown = client.get(address, {"municipality": people.NORDENG}).content.decode()
        assert "Nav Fjordvik" in shown
        assert "Sosialtjenesten i Nordeng" in shown
        wrong = client.post(address, {"municipality": people.NORDENG, "form": ""})
        assert wrong.status_code == 422
        assert "Ask the person first" in wrong.content.decode()
        assert all(sees(plan, who) for who in OLD_PLACE)
        assert client.post(address, {"municipality": people.NORDENG, "form": "oral"}).status_code == 302
        assert not any(sees(plan, who) for who in OLD_PLACE)

    def test_a_new_yes_does_not_rest_on_a_rule_that_has_ended(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The old consent named a rule that another one has taken over from."""
        plan = on_plan()
        shutil.copytree(statutes.PACKS, tmp_path / "packs")
        pack = tmp_path / "packs" / "no.yaml"
        began = "    valid_from: 2022-08-01\n"
        before, code, after = pack.read_text(encoding="utf-8").partition("no.consent_individual_plan")
        ended = after.replace(began, f"{began}    valid_to: 2026-03-01\n", 1)
        pack.write_text(before + code + ended, encoding="utf-8")
        client, address = visit(people.COORDINATOR), f"/plans/{plan.plan_id}/move/"
        choice = {"municipality": people.NORDENG, "form": "oral"}
        with monkeypatch.context() as later:
            later.setattr(statutes, "PACKS", tmp_path / "packs")
            said = client.post(address, choice, follow=True).content.decode()
        assert "This rule is not in force on that day. Choose the rule that is." in said
        assert all(sees(plan, who) for who in OLD_PLACE)
        assert client.post(address, choice).status_code == 302
        assert not any(sees(plan, who) for who in OLD_PLACE)

    def test_a_protected_place_is_said_to_be_and_nothing_told(self) -> None:
        one = family()
        answer = visit(people.SOCIAL_WORKER).get(f"/plans/{one.mother.plan_id}/move/", follow=True)
        text = answer.content.decode()
        assert "one by one" in text
        assert not any(word in text for word in CANARY_WORDS)

    @pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE])
    def test_a_stranger_meets_no_such_page(self, who: UUID) -> None:
        plan = on_plan()
        assert visit(people.COORDINATOR).get(f"/plans/{plan.plan_id}/move/").status_code == 200
        assert visit(who).get(f"/plans/{plan.plan_id}/move/").status_code == 404
        assert visit(plan.person.citizen_id).get(f"/plans/{plan.plan_id}/move/").status_code == 404
