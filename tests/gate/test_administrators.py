"""What an administrator does to posts: ending one, and keeping it from its holder's own case."""

from __future__ import annotations

from datetime import timedelta

import pytest

import people
from gate.scratch import later
from people import acting_as, on_plan
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate import session
from samvirke.gate.access import Refusal, Role
from samvirke.gate.types import Refused
from samvirke.people import own_cases
from samvirke.plan.models import Plan
from samvirke.plan.verbs import READ_PLAN


def test_a_post_that_is_not_in_use_enters_no_more_until_it_is_again(committed: str) -> None:
    one = on_plan()
    with later(1) as now:
        gate.end_membership(post_id=people.NAV_ADVISER, now=now)
        with pytest.raises(session.NoMembership), acting_as(people.NAV_ADVISER):
            pass
        with acting_as(people.COORDINATOR):
            assert Plan.objects.filter(pk=one.plan_id).exists()
    with later(2) as now:
        gate.appoint(post_id=people.NAV_ADVISER, unit_id=people.NAV, role=Role.NAV_ADVISER, now=now)
        with acting_as(people.NAV_ADVISER):
            assert Plan.objects.filter(pk=one.plan_id).exists()


def test_what_has_not_begun_is_ended_too(committed: str) -> None:
    ahead = people.NOW + timedelta(days=5)
    gate.end_membership(post_id=people.NAV_ADVISER, now=people.NOW)
    gate.appoint(post_id=people.NAV_ADVISER, unit_id=people.NAV, role=Role.NAV_ADVISER, now=ahead)
    gate.end_membership(post_id=people.NAV_ADVISER, now=people.NOW)
    with later(6), pytest.raises(session.NoMembership), acting_as(people.NAV_ADVISER):
        pass


def test_who_works_here_never_sees_their_own_case(committed: str) -> None:
    one = on_plan()
    own_cases.take_post(
        post_id=people.NAV_ADVISER, national_id=people.Client().national_id, scopes=[people.PARTNERSHIP]
    )
    with acting_as(people.NAV_ADVISER) as viewer:
        with pytest.raises(Refused) as refused:
            ask.require(viewer, READ_PLAN, one.person.person_id)
        assert refused.value.refusal is Refusal.OWN_CASE
        assert not Plan.objects.filter(pk=one.plan_id).exists()
    with acting_as(one.person.citizen_id):
        assert Plan.objects.filter(pk=one.plan_id).exists()
