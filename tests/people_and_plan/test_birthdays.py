"""A birthday at which help changes hands is told a year ahead, to the plan's team and nobody else."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.test_follow_ups import visit
from samvirke.coordination import birthdays, operations
from samvirke.coordination.models import Duty
from samvirke.coordination.types import BirthdaysPart
from samvirke.kernel.codes import EndReason, Occupation, Sex, SupportSource
from samvirke.people import families, national_ids
from samvirke.people.types import NewFamilyMember
from samvirke.plan.types import Situation

pytestmark = people.database
NEXT_MAY = date(2026, 5, 4)


def turning(age: int, *, on: date = NEXT_MAY) -> OnPlan:
    """A plan of somebody who reaches an age on a day."""
    born = on.replace(year=on.year - age)
    number = national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=7)
    return on_plan(people.Client("S-7", number, "Vår", "Eksempel", born, Sex.FEMALE))


def part_of(plan_id: UUID, post_id: UUID = people.COORDINATION_LEADER) -> BirthdaysPart:
    with acting_as(post_id) as viewer:
        return birthdays.of_plan(viewer, plan_id)


@pytest.mark.parametrize("age", [20, 25])
def test_the_team_is_told_what_changes_and_when(age: int) -> None:
    (row,) = part_of(turning(age).plan_id).rows
    assert (row.name, row.age, row.on, row.has_been) == ("Vår Eksempel", age, NEXT_MAY, False)
    assert row.citation == ""  # nobody has compared it with the law


@pytest.mark.parametrize("age", [19, 21, 24, 31])
def test_other_birthdays_are_nobody_s_business(age: int) -> None:
    assert part_of(turning(age).plan_id).rows == ()


@pytest.mark.parametrize(("on", "told"), [(date(2026, 2, 2), 1), (date(2026, 1, 29), 0)])
def test_a_day_that_has_been_is_told_for_a_month(on: date, told: int) -> None:
    rows = part_of(turning(20, on=on).plan_id).rows
    assert [row.has_been for row in rows] == [True] * told


def test_who_is_not_in_the_team_reads_nothing_of_it() -> None:
    plan = turning(20)
    assert part_of(plan.plan_id).may_ask
    with pytest.raises(Duty.DoesNotExist):
        part_of(plan.plan_id, people.STRANGER)


def test_after_the_plan_s_end_nobody_is_asked() -> None:
    plan = turning(20)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        operations.end_plan(
            plan_id=plan.plan_id,
            reason=EndReason.JOB,
            situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
            by=viewer,
        )
    found = part_of(plan.plan_id)
    assert (found.rows, found.may_ask, found.may_offer) == ((), False, False)


def test_a_family_s_duty_is_not_offered_on() -> None:
    family = people.family()
    found = part_of(family.plan_id, people.COORDINATOR)
    assert (found.rows, found.may_ask, found.may_offer) == ((), True, False)
    assert "Liv" in found.name


def test_of_a_family_who_has_the_birthday_is_told_by_name() -> None:
    young, sister = turning(20).person, on_plan().person
    members = [NewFamilyMember(one.person_id, "Vår", "child") for one in (young, sister)]
    with acting_as(people.SOCIAL_WORKER) as viewer:
        circle_id = families.open_family(members=members, by=viewer)
        plan_id = operations.start_family_plan(
            circle_id=circle_id,
            partnership_id=people.PARTNERSHIP,
            consent_ids=[young.consent_id, sister.consent_id],
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            by=viewer,
        )
    with acting_as(people.COORDINATION_LEADER) as viewer:
        (row,) = birthdays.of_plan(viewer, plan_id).rows
        assert birthdays.next_of(viewer, [circle_id, sister.person_id]) == {circle_id: row}
    assert (row.name, row.age, row.on) == ("Vår Eksempel", 20, NEXT_MAY)


class TestPages:
    def test_from_the_list_to_whoever_takes_over(self) -> None:
        plan = turning(20)
        client: Client = visit(people.COORDINATION_LEADER)
        address = f"/plans/{plan.plan_id}/birthdays/"
        listed = client.get("/worklist/").content.decode()
        assert "Vår Eksempel, 20 years on 4 May 2026" in listed
        assert address in listed
        page = client.get(address).content.decode()
        assert "The age from which the joint effort for long-term clients is meant" in page
        for way in ("commitments/new/", "duty/offer/"):
            assert f"/plans/{plan.plan_id}/{way}" in page
            assert client.get(f"/plans/{plan.plan_id}/{way}").status_code == 200

    def test_nothing_is_said_where_nothing_changes(self) -> None:
        plan = turning(21)
        client = visit(people.COORDINATION_LEADER)
        assert "Help changes hands" not in client.get("/worklist/").content.decode()
        assert "No such birthday is near." in client.get(f"/plans/{plan.plan_id}/birthdays/").content.decode()

    @pytest.mark.parametrize("who", [people.STRANGER, people.SOCIAL_COLLEAGUE])
    def test_a_stranger_meets_no_such_page(self, who: UUID) -> None:
        plan = turning(20)
        address = f"/plans/{plan.plan_id}/birthdays/"
        assert visit(people.COORDINATION_LEADER).get(address).status_code == 200
        assert visit(who).get(address).status_code == 404
        assert visit(plan.person.citizen_id).get(address).status_code == 404
