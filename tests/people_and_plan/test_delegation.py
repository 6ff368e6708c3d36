"""Delegated authority: who records it, when it ends, and what is told where somebody decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

import people
from agreements.test_responsibility import divided
from gate.scratch import connect
from people import NOW, acting_as, family, on_plan
from samvirke.agencies import delegation
from samvirke.agencies.delegation import AuthorityRow
from samvirke.agencies.models import DelegatedAuthority
from samvirke.coordination import responsibility
from samvirke.gate.types import Refused
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.plan.models import Plan
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import POST, PURPOSE

TODAY = NOW.date()
RIGHT = "no.right_individual_plan"
SCOPE = "Innvilge inntil to timer i uka"


def delegated(by: UUID = people.NAV_LEADER, **changes: Any) -> UUID:
    """Nav's adviser may decide something until next year."""
    said: dict[str, Any] = {
        "post_id": people.NAV_ADVISER,
        "right": RIGHT,
        "scope": SCOPE,
        "valid_from": TODAY,
        "last_day": TODAY + timedelta(days=300),
    }
    with acting_as(by) as viewer:
        return delegation.delegate(**{**said, **changes}, by=viewer)


def mine(by: UUID = people.NAV_LEADER) -> list[AuthorityRow]:
    """What a leader sees."""
    with acting_as(by) as viewer:
        return delegation.of_own_unit(viewer)


def visit(post: UUID) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def text_of(answer: Any) -> str:
    """The page, whitespace as one."""
    return " ".join(answer.content.decode().split())


@people.database
class TestRecording:
    def test_a_leader_records_it_for_a_post_of_the_own_unit(self) -> None:
        delegated()
        (row,) = mine()
        assert (row.post_title, row.scope, row.holds, row.citation) == ("Veileder 1", SCOPE, True, "")

    @pytest.mark.parametrize("who", [people.NAV_ADVISER, people.SOCIAL_LEADER, people.COORDINATOR])
    def test_nobody_else_does(self, who: UUID) -> None:
        with pytest.raises(delegation.NotOfYourUnit):
            delegated(by=who)
        assert mine(who) == []

    @pytest.mark.parametrize(
        ("changes", "refused"),
        [
            ({"right": "no.such_law"}, delegation.UnknownLaw),
            ({"right": "dk.right_action_plan"}, delegation.UnknownLaw),
            ({"last_day": TODAY - timedelta(days=1)}, delegation.EndsBeforeItBegins),
            ({"valid_from": TODAY + timedelta(days=301)}, delegation.EndsBeforeItBegins),
            ({"scope": " "}, delegation.NothingSaid),
            ({"post_id": people.SOCIAL_WORKER}, delegation.NotOfYourUnit),
            ({"post_id": uuid4()}, delegation.NotOfYourUnit),
        ],
    )
    def test_what_cannot_be_delegated(self, changes: dict[str, Any], refused: type[Exception]) -> None:
        with pytest.raises(refused):
            delegated(**changes)
        assert mine() == []

    def test_it_is_ended_and_stays(self) -> None:
        one = delegated()
        with acting_as(people.SOCIAL_LEADER) as viewer, pytest.raises(delegation.NotOfYourUnit):
            delegation.end(authority_id=one, by=viewer)
        with acting_as(people.NAV_LEADER) as viewer:
            delegation.end(authority_id=one, by=viewer)
        (row,) = mine()
        assert (row.ended_on, row.holds) == (TODAY, False)
        with acting_as(people.NAV_LEADER) as viewer, pytest.raises(delegation.EndedAlready):
            delegation.end(authority_id=one, by=viewer)

    @pytest.mark.parametrize(("days", "soon"), [(30, True), (31, False)])
    def test_the_leader_is_reminded_before_it_ends(self, days: int, *, soon: bool) -> None:
        delegated(last_day=TODAY + timedelta(days=days))
        (row,) = mine()
        assert row.ends_soon is soon
        page = text_of(visit(people.NAV_LEADER).get("/agreements/"))
        assert ("Renew it, or let it end." in page) is soon

    def test_every_law_of_the_packs_can_be_chosen_and_no_other_country_s(self) -> None:
        with acting_as(people.NAV_LEADER) as viewer:
            assert delegation.laws(viewer) == statutes.rights(Country.NORWAY)


@people.database
class TestTheTable:
    def test_refuses_who_does_not_lead_the_unit(self) -> None:
        one = delegated()
        for who in (people.NAV_ADVISER, people.SOCIAL_LEADER):
            with acting_as(who):
                assert DelegatedAuthority.objects.filter(pk=one).update(ended_on=TODAY) == 0

    @pytest.mark.parametrize("changes", [{"scope": "Alt"}, {"last_day": TODAY}])
    def test_lets_nobody_change_what_was_delegated(self, changes: dict[str, Any]) -> None:
        delegated()
        with (
            acting_as(people.NAV_LEADER),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            DelegatedAuthority.objects.update(**changes)


@people.database
class TestWhereSomebodyDecides:
    def test_it_opens_nothing(self) -> None:
        plan = on_plan()
        delegated(by=people.SOCIAL_LEADER, post_id=people.SOCIAL_COLLEAGUE)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer, pytest.raises((Refused, Plan.DoesNotExist)):
            responsibility.authority_on(viewer, plan.plan_id)

    def test_it_stands_on_the_plan_s_page_while_it_holds(self) -> None:
        plan = on_plan()
        address = f"/plans/{plan.plan_id}/responsibility/"
        nobody = "Nobody on the plan has authority delegated that you may see."
        assert nobody in text_of(visit(people.SOCIAL_WORKER).get(address))
        one = delegated()
        page = text_of(visit(people.SOCIAL_WORKER).get(address))
        assert SCOPE in page
        assert "Not yet compared with the law’s own text." in page
        with acting_as(people.NAV_LEADER) as viewer:
            delegation.end(authority_id=one, by=viewer)
        assert nobody in text_of(visit(people.SOCIAL_WORKER).get(address))

    def test_not_of_a_post_that_would_tell_a_protected_place(self) -> None:
        here = family()
        delegated(by=people.STRANGER_LEADER, post_id=people.STRANGER)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert responsibility.authority_on(viewer, here.mother.plan_id) == []
        with acting_as(people.COORDINATOR) as viewer:
            (row,) = responsibility.authority_on(viewer, here.mother.plan_id)
        assert row.post_id == people.STRANGER

    def test_who_decides_for_another_agency_without_it_is_told_and_not_stopped(self) -> None:
        divided()
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            units = responsibility.lacks_authority(viewer, plan.plan_id, DataKind.EMPLOYMENT)
        assert [unit.agency_kind for unit in units] == [AgencyKind.NAV_STATE]
        delegated(by=people.SOCIAL_LEADER, post_id=people.SOCIAL_WORKER)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert responsibility.lacks_authority(viewer, plan.plan_id, DataKind.EMPLOYMENT) == ()

    @pytest.mark.parametrize(
        ("who", "kind"),
        [(people.NAV_ADVISER, DataKind.EMPLOYMENT), (people.SOCIAL_WORKER, DataKind.HOUSING)],
    )
    def test_nothing_is_told_to_the_owner_or_where_nobody_is_named(self, who: UUID, kind: DataKind) -> None:
        divided()
        plan = on_plan()
        with acting_as(who) as viewer:
            assert responsibility.lacks_authority(viewer, plan.plan_id, kind) == ()

    def test_the_wish_is_decided_all_the_same(self) -> None:
        divided()
        plan = on_plan()
        worker = visit(people.SOCIAL_WORKER)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            seat = next(
                one
                for one, post in responsibility.teams.members_of(plan.plan_id).items()
                if post == viewer.post_id
            )
        said = {
            "goal_id": str(plan.goal_id),
            "what": "Søke",
            "kind": str(int(DataKind.EMPLOYMENT)),
            "member_id": str(seat),
            "decision_reference": "Vedtak 1",
            "priority": "normal",
        }
        told = text_of(worker.post(f"/plans/{plan.plan_id}/actions/new/", said, follow=True))
        assert "no delegated authority is recorded for your post" in told
        assert "Vedtak 1" in told


@people.database
class TestPages:
    def said(self, **changes: str) -> dict[str, str]:
        return {
            "post_id": str(people.NAV_ADVISER),
            "right": RIGHT,
            "scope": SCOPE,
            "valid_from": TODAY.isoformat(),
            "last_day": (TODAY + timedelta(days=90)).isoformat(),
        } | changes

    def test_from_recording_to_ending(self) -> None:
        leader = visit(people.NAV_LEADER)
        assert "Nothing is delegated to a post of your unit." in text_of(leader.get("/authority/"))
        assert leader.post("/authority/new/", self.said()).status_code == 302
        assert SCOPE in text_of(leader.get("/authority/"))
        (row,) = mine()
        address = f"/authority/{row.authority_id}/end/"
        assert visit(people.SOCIAL_LEADER).post(address).status_code == 404
        assert "It is ended" in text_of(leader.post(address, follow=True))
        assert "It has ended already." in text_of(leader.post(address, follow=True))

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"scope": ""}, "Write what the post may decide."),
            ({"scope": "a" * 20_000}, "The text is too long."),
            ({"right": "no.such_law"}, "The list has changed since you opened the page."),
            ({"post_id": str(people.SOCIAL_WORKER)}, "The list has changed since you opened the page."),
            ({"last_day": "2026-03-01"}, "The last day comes before the first, or has been."),
            ({"last_day": ""}, "Write the last day."),
        ],
    )
    def test_what_was_typed_is_kept(self, changes: dict[str, str], says: str) -> None:
        answer = visit(people.NAV_LEADER).post("/authority/new/", self.said(**changes))
        assert answer.status_code == 422
        assert says in text_of(answer)
        assert mine() == []

    @pytest.mark.parametrize("who", [people.NAV_ADVISER, people.SOCIAL_WORKER])
    def test_the_pages_are_for_leaders(self, who: UUID) -> None:
        for address in ("/authority/", "/authority/new/"):
            assert visit(people.NAV_LEADER).get(address).status_code == 200
            assert visit(who).get(address).status_code == 404


def test_facts_hold_the_law_s_code_and_days_and_no_post(committed: str) -> None:
    """And no text."""
    delegated()
    with connect("owner", committed) as link:
        ((told,),) = link.execute(
            "SELECT payload FROM events_fact WHERE code = 'authority_delegated'"
        ).fetchall()
    assert isinstance(told, dict)
    assert (told["right"], told["agency_kind"]) == (RIGHT, "nav_state")
    assert SCOPE not in repr(told)
    assert str(people.NAV_ADVISER) not in repr(told)
