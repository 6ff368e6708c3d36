"""Who sees a plan. Every denial has the same set-up as the success beside it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, connection

import people
from people import acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import Refused
from samvirke.plan.models import Plan

pytestmark = people.database

ON_THE_TEAM = ["social worker", "nav adviser", "coordinator", "coordination leader"]
NOT_ON_THE_TEAM = ["social colleague", "social leader", "stranger", "other coordinator", "follow-up adviser"]


@pytest.mark.parametrize("who", ON_THE_TEAM)
def test_the_team_reads_the_plan(who: str) -> None:
    plan = on_plan()
    with acting_as(people.EVERYBODY[who]) as viewer:
        page = coordination.plan_page(viewer, plan.plan_id)
    assert page.person_name == "Kari Eksempel"
    assert page.goals[0].own_words == "Jeg vil ha en jobb der jeg får bruke hendene."


@pytest.mark.parametrize("who", NOT_ON_THE_TEAM)
def test_nobody_else_does(who: str) -> None:
    plan = on_plan()
    with acting_as(people.EVERYBODY[who]) as viewer, pytest.raises((Refused, ObjectDoesNotExist)):
        coordination.plan_page(viewer, plan.plan_id)


def test_the_person_reads_the_own_plan() -> None:
    plan = on_plan()
    with acting_as(plan.person.citizen_id) as viewer:
        page = coordination.my_plan(viewer)
    assert page is not None
    assert page.plan_id == plan.plan_id


@pytest.mark.parametrize("post", [people.NAV_ADVISER, people.STRANGER])
def test_without_the_first_lock_the_second_still_holds(post: UUID) -> None:
    """The table itself, read without any question to the gate: rows for the team, none for a stranger."""
    plan = on_plan()
    with acting_as(post):
        found = Plan.objects.filter(pk=plan.plan_id).count()
    assert found == (1 if post == people.NAV_ADVISER else 0)


def test_only_a_no_of_the_gate_is_a_permission_error() -> None:
    with pytest.raises(ProgrammingError, match="does not exist"), may_refuse(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    with pytest.raises(PermissionError), may_refuse(), connection.cursor() as cursor:
        cursor.execute("SELECT sealing FROM gate_secret")
