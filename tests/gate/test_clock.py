"""The gate's one clock: everything that ends, ends by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from psycopg.errors import InsufficientPrivilege

import people
from gate.scratch import connect, later
from people import NOW, acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate import clock, session
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused
from samvirke.plan import verbs
from samvirke.plan.models import Plan


@pytest.mark.parametrize(
    ("offset", "sees"),
    [
        (timedelta(microseconds=-1), True),
        (timedelta(0), False),
        (timedelta(microseconds=1), False),
    ],
)
def test_a_consent_ends_at_its_very_moment(committed: str, offset: timedelta, sees: bool) -> None:
    plan = on_plan(consent=people.terms(days=30))
    clock.set_to(NOW + timedelta(days=30) + offset)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert Plan.objects.filter(pk=plan.plan_id).exists() is sees
        if sees:
            assert coordination.plan_page(viewer, plan.plan_id).plan_id == plan.plan_id
        assert len(coordination.worklist(viewer)) == (1 if sees else 0)


def test_the_viewer_is_told_the_clocks_time(committed: str) -> None:
    with later(days=3) as now, acting_as(people.SOCIAL_WORKER) as viewer:
        assert viewer.now == now


def test_a_post_that_has_not_begun_cannot_enter(committed: str) -> None:
    clock.set_to(NOW - timedelta(days=1001))
    with pytest.raises(session.NoMembership), acting_as(people.SOCIAL_WORKER):
        pass
    clock.set_to(NOW)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert viewer.post_id == people.SOCIAL_WORKER


def test_an_expired_consent_refuses_what_it_allowed(committed: str) -> None:
    plan = on_plan(consent=people.terms(days=30))
    for days, refused in ((29, False), (31, True)):
        with later(days), acting_as(people.COORDINATOR) as viewer:
            if refused:
                with pytest.raises(Plan.DoesNotExist):
                    Plan.objects.get(pk=plan.plan_id)
                with pytest.raises(Refused):
                    ask.require(viewer, verbs.READ_PLAN, plan.person.person_id)
            else:
                assert Plan.objects.get(pk=plan.plan_id).id == plan.plan_id


def test_an_ordinary_database_keeps_the_real_time(committed: str) -> None:
    assert clock.is_simulated()
    with connect("owner", committed) as owner:
        owner.execute("DELETE FROM gate_simulatedclock")
    assert not clock.is_simulated()
    with pytest.raises(clock.NotSimulated):
        clock.set_to(NOW)


@pytest.mark.parametrize("role", ["app", "accounts", "insight"])
def test_no_other_role_moves_the_clock(committed: str, role: str) -> None:
    with (
        connect(role, committed) as link,
        pytest.raises(InsufficientPrivilege),
    ):
        link.execute("UPDATE public.gate_simulatedclock SET now = now + interval '1 year'")
