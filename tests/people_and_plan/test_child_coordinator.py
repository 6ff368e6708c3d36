"""A family's duty is a child coordinator's, with the tasks the law pack names for it."""

from __future__ import annotations

from django.test import Client

import people
from people import acting_as, family
from samvirke.coordination import queries as coordination
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import Purpose
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database


def test_a_family_has_a_child_coordinator_and_a_person_a_coordinator() -> None:
    one = family()
    with acting_as(people.COORDINATOR) as viewer:
        of_family = coordination.plan_page(viewer, one.plan_id).coordinator
        of_father = coordination.plan_page(viewer, one.father.plan_id).coordinator
    assert (of_family.role, of_father.role) == ("child_coordinator", "coordinator")


def test_the_family_s_page_tells_the_four_tasks_and_that_they_are_not_verified() -> None:
    one = family()
    duty = statutes.duty_of("child_coordinator", Country.NORWAY)
    assert duty is not None
    assert (len(duty.tasks), duty.verified_on) == (4, None)
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(people.COORDINATOR), int(Purpose.COORDINATION)
    session.save()
    of_family = client.get(f"/plans/{one.plan_id}/mandate/").content.decode()
    of_father = client.get(f"/plans/{one.father.plan_id}/mandate/").content.decode()
    assert f"/plans/{one.plan_id}/mandate/" in client.get(f"/plans/{one.plan_id}/").content.decode()
    assert [task in of_family for task in duty.tasks] == [True] * 4
    assert "Not yet compared with the law" in of_family
    own = statutes.duty_of("coordinator", Country.NORWAY)
    assert own is not None
    assert [task in of_father for task in own.tasks] == [True] * 3
    assert [task in of_father for task in duty.tasks if task not in own.tasks] == [False] * 3
