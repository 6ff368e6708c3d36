"""Exemptions: who records them, where they hold, and what the statutory content check says meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import people
from gate.conftest import committed
from gate.scratch import connect, later
from people import NOW, acting_as, family, on_plan
from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import Purpose
from samvirke.plan.types import ContentCheck
from samvirke.programmes import exemptions
from samvirke.programmes.exemptions import ExemptionRow, NewExemption
from samvirke.programmes.models import Exemption
from samvirke.surfaces.actor import POST, PURPOSE

__all__ = ["committed"]
TODAY = NOW.date()
KIND = "no.individual_plan"
PROVISION = "Forsøksvedtak 12/2026"


def check(who: UUID = people.NAV_ADVISER, plan_id: UUID | None = None) -> ContentCheck:
    """What the plan's page says of the law."""
    one = on_plan().plan_id if plan_id is None else plan_id
    with acting_as(who) as viewer:
        return next(
            found for found in coordination.plan_page(viewer, one).content_checks if found.plan_kind == KIND
        )


def recorded(by: UUID = people.NAV_LEADER, purpose: Purpose = Purpose.COORDINATION, **changes: Any) -> UUID:
    """Fjordvik is exempt from one requirement for some months."""
    said: dict[str, Any] = {
        "municipality": people.FJORDVIK,
        "plan_kind": KIND,
        "requirement": "contributions",
        "provision": PROVISION,
        "reason": "Vi prøver en kortere plan.",
        "valid_from": TODAY,
        "last_day": TODAY + timedelta(days=100),
    }
    with acting_as(by, purpose) as viewer:
        if "requirement" not in changes:
            said["requirement"] = next(
                one.code for kind, one in exemptions.requirements(viewer) if kind.code == KIND
            )
        return exemptions.record(NewExemption(**{**said, **changes}), by=viewer)


def mine(by: UUID = people.NAV_LEADER) -> list[ExemptionRow]:
    """What a leader sees."""
    with acting_as(by) as viewer:
        return exemptions.of_mine(viewer)


def visit(post: UUID, purpose: Purpose = Purpose.COORDINATION) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose)
    session.save()
    return client


def text_of(answer: Any) -> str:
    """The page, whitespace as one."""
    return " ".join(answer.content.decode().split())


@people.database
class TestRecording:
    @pytest.mark.parametrize("who", [people.NAV_LEADER, people.SOCIAL_LEADER])
    def test_who_leads_a_unit_there_records_it(self, who: UUID) -> None:
        recorded(by=who)
        (row,) = mine(people.NAV_LEADER)
        assert (row.municipality, row.provision, row.holds) == ("Fjordvik", PROVISION, True)

    def test_so_does_who_leads_the_partnership(self) -> None:
        recorded(by=people.PARTNERSHIP_LEADER, purpose=Purpose.STATISTICS)
        recorded(by=people.PARTNERSHIP_LEADER, purpose=Purpose.STATISTICS, municipality=people.NORDENG)
        assert len(mine()) == 1

    @pytest.mark.parametrize(
        "who", [people.NAV_ADVISER, people.STRANGER_LEADER, people.COORDINATION_LEADER, people.SOCIAL_WORKER]
    )
    def test_nobody_else_does(self, who: UUID) -> None:
        with pytest.raises(exemptions.NotYourMunicipality):
            recorded(by=who)

    @pytest.mark.parametrize(
        ("changes", "refused"),
        [
            ({"requirement": "no_such_thing"}, exemptions.UnknownRequirement),
            ({"plan_kind": "dk.whole_plan"}, exemptions.UnknownRequirement),
            ({"last_day": TODAY - timedelta(days=1)}, exemptions.EndsBeforeItBegins),
            ({"valid_from": TODAY + timedelta(days=101)}, exemptions.EndsBeforeItBegins),
            ({"provision": " "}, exemptions.NothingSaid),
            ({"reason": ""}, exemptions.NothingSaid),
            ({"municipality": people.NORDENG}, exemptions.NotYourMunicipality),
        ],
    )
    def test_what_cannot_be_recorded(self, changes: dict[str, Any], refused: type[Exception]) -> None:
        with pytest.raises(refused):
            recorded(**changes)
        assert mine() == []

    def test_the_table_refuses_others_and_every_change_but_an_end(self) -> None:
        one = recorded()
        with acting_as(people.STRANGER_LEADER):
            assert Exemption.objects.filter(pk=one).update(ended_on=TODAY) == 0
        with (
            acting_as(people.NAV_LEADER),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            Exemption.objects.update(reason="Noe annet")

    @pytest.mark.parametrize(("days", "soon"), [(60, True), (61, False)])
    def test_leaders_are_reminded_before_it_ends(self, days: int, *, soon: bool) -> None:
        recorded(last_day=TODAY + timedelta(days=days))
        (row,) = mine()
        assert row.ends_soon is soon
        page = text_of(visit(people.SOCIAL_LEADER).get("/agreements/"))
        assert ("The exemption in Fjordvik ends on" in page) is soon


@people.database
class TestTheContentCheck:
    def test_what_is_exempted_is_not_missing_and_is_said(self) -> None:
        plan = on_plan()
        before = check(plan_id=plan.plan_id)
        recorded(requirement=before.missing[0].code)
        after = check(plan_id=plan.plan_id)
        assert [row.code for row in after.missing] == [row.code for row in before.missing[1:]]
        (row,) = after.exempt
        assert (row.code, row.exempt_until, row.exempt_by) == (
            before.missing[0].code,
            TODAY + timedelta(days=100),
            PROVISION,
        )
        page = text_of(visit(people.NAV_ADVISER).get(f"/plans/{plan.plan_id}/"))
        assert f"Exempted until 10 June 2026 ({PROVISION}, as the municipality states it)" in page

    def test_an_ended_one_and_one_of_another_municipality_exempt_from_nothing(self) -> None:
        plan = on_plan()
        code = check(plan_id=plan.plan_id).missing[0].code
        recorded(
            by=people.PARTNERSHIP_LEADER,
            purpose=Purpose.STATISTICS,
            municipality=people.NORDENG,
            requirement=code,
        )
        one = recorded(requirement=code)
        assert check(plan_id=plan.plan_id).exempt
        with acting_as(people.NAV_LEADER) as viewer:
            exemptions.end(exemption_id=one, by=viewer)
        assert check(plan_id=plan.plan_id).exempt == ()
        with acting_as(people.NAV_LEADER) as viewer, pytest.raises(exemptions.EndedAlready):
            exemptions.end(exemption_id=one, by=viewer)

    def test_it_costs_the_plan_s_page_no_statement(self) -> None:
        plan = on_plan()
        code = check(plan_id=plan.plan_id).missing[0].code
        with CaptureQueriesContext(connection) as before:
            check(plan_id=plan.plan_id)
        recorded(requirement=code)
        with CaptureQueriesContext(connection) as after:
            check(plan_id=plan.plan_id)
        assert len(after) == len(before)

    def test_around_a_protected_place_no_municipality_s_exemption_is_shown(self) -> None:
        here = family()
        code = check(plan_id=here.mother.plan_id).missing[0].code
        for place in (people.FJORDVIK, people.NORDENG):
            recorded(
                by=people.PARTNERSHIP_LEADER,
                purpose=Purpose.STATISTICS,
                municipality=place,
                requirement=code,
            )
        assert check(plan_id=here.mother.plan_id).exempt == ()


def test_it_holds_from_its_first_day_to_its_last(committed: str) -> None:
    """Nothing before, nothing after; and the fact holds codes and days."""
    plan = on_plan()
    code = check(plan_id=plan.plan_id).missing[0].code
    recorded(requirement=code, valid_from=TODAY + timedelta(days=2), last_day=TODAY + timedelta(days=4))
    for days, holds in ((0, False), (2, True), (4, True), (5, False)):
        with later(days):
            assert bool(check(plan_id=plan.plan_id).exempt) is holds
    with connect("owner", committed) as link:
        found = link.execute("SELECT payload FROM events_fact WHERE code = 'exemption_recorded'")
        ((told,),) = found.fetchall()
    assert isinstance(told, dict)
    assert (told["municipality"], told["requirement"]) == (people.FJORDVIK, code)
    assert PROVISION not in repr(told)


@people.database
class TestPages:
    def said(self, **changes: str) -> dict[str, str]:
        with acting_as(people.NAV_LEADER) as viewer:
            kind, requirement = exemptions.requirements(viewer)[0]
        return {
            "municipality": people.FJORDVIK,
            "requirement": f"{kind.code} {requirement.code}",
            "provision": PROVISION,
            "reason": "Vi prøver en kortere plan.",
            "valid_from": TODAY.isoformat(),
            "last_day": (TODAY + timedelta(days=90)).isoformat(),
        } | changes

    def test_from_recording_to_ending(self) -> None:
        leader = visit(people.NAV_LEADER)
        assert "Plans here must hold all that the law asks for." in text_of(leader.get("/exemptions/"))
        assert leader.post("/exemptions/new/", self.said()).status_code == 302
        assert PROVISION in text_of(leader.get("/exemptions/"))
        (row,) = mine()
        address = f"/exemptions/{row.exemption_id}/end/"
        assert visit(people.STRANGER_LEADER).post(address).status_code == 404
        assert "It is ended" in text_of(leader.post(address, follow=True))
        assert "It has ended already." in text_of(leader.post(address, follow=True))

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"provision": ""}, "Write what it rests on."),
            ({"reason": "a" * 20_000}, "The text is too long."),
            ({"requirement": "no.such thing"}, "The list has changed since you opened the page."),
            ({"municipality": people.NORDENG}, "The list has changed since you opened the page."),
            ({"last_day": "2026-03-01"}, "The last day comes before the first, or has been."),
        ],
    )
    def test_what_was_typed_is_kept(self, changes: dict[str, str], says: str) -> None:
        answer = visit(people.NAV_LEADER).post("/exemptions/new/", self.said(**changes))
        assert answer.status_code == 422
        assert says in text_of(answer)
        assert mine() == []

    def test_the_pages_are_for_leaders(self) -> None:
        for address in ("/exemptions/", "/exemptions/new/"):
            assert visit(people.NAV_LEADER).get(address).status_code == 200
            assert visit(people.PARTNERSHIP_LEADER, Purpose.STATISTICS).get(address).status_code == 200
            assert visit(people.NAV_ADVISER).get(address).status_code == 404
        assert visit(people.COORDINATION_LEADER).get("/exemptions/new/").status_code == 404
