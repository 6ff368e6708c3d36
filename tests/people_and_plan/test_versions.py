"""The whole plan in versions: what it held, what each party said, and who sees how much of it."""

from __future__ import annotations

from uuid import UUID

import pytest

import people
from people import OnPlan, acting_as, family, on_plan
from people_and_plan.test_actions import agreed_on, of_health
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Answer, EndReason, Occupation, SupportSource
from samvirke.plan import actions, policies, versions
from samvirke.plan import operations as planning
from samvirke.plan.action_types import Agreed
from samvirke.plan.models import Plan, PlanVersion
from samvirke.plan.types import Situation
from samvirke.plan.version_types import VersionsPage

pytestmark = people.database
ALL = (people.SOCIAL_WORKER, people.NAV_ADVISER, people.COORDINATOR)


def fixed(plan: OnPlan, who: UUID = people.SOCIAL_WORKER) -> int:
    """The plan as it stands becomes a version."""
    with acting_as(who) as viewer:
        return versions.fix(plan_id=plan.plan_id, by=viewer)


def page_of(plan: OnPlan, who: UUID = people.SOCIAL_WORKER, **which: int) -> VersionsPage:
    """The versions as somebody sees them."""
    with acting_as(who) as viewer:
        return versions.of_plan(viewer, plan.plan_id, **which)


def answered(plan: OnPlan, who: UUID, said: Answer = Answer.AGREES, text: str = "", number: int = 1) -> None:
    """A party answers what it sees of the newest version."""
    seen = page_of(plan, who).newest_seen
    with acting_as(who) as viewer:
        versions.answer(plan_id=plan.plan_id, number=number, said=said, text=text, seen=seen, by=viewer)


def changed(plan: OnPlan, action_id: UUID, what: str, *, seen: int = 1) -> None:
    """The action is agreed on anew."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        actions.change(
            action_id=action_id,
            seen_version=seen,
            agreed=Agreed(what),
            accountable=people.NAV_ADVISER,
            why="",
            by=viewer,
        )


def test_who_does_not_agree_says_why() -> None:
    plan = on_plan()
    fixed(plan)
    for said in (Answer.IN_PART, Answer.DISAGREES):
        with pytest.raises(policies.ReasonMissing):
            answered(plan, people.NAV_ADVISER, said, "  ")
    assert page_of(plan).versions[0].assents == ()


def test_a_version_without_anything_new_is_none() -> None:
    plan = on_plan()
    fixed(plan)
    with pytest.raises(versions.NothingNew):
        fixed(plan)
    assert [one.number for one in page_of(plan).versions] == [1]


def test_each_sees_the_own_part_of_a_version_and_answers_for_that() -> None:
    plan = on_plan()
    agreed_on(plan)
    of_health(plan)
    fixed(plan, people.COORDINATOR)
    assert len(page_of(plan, people.COORDINATOR, shown=1).held.actions) == 2
    assert len(page_of(plan, people.NAV_ADVISER, shown=1).held.actions) == 1
    assert page_of(plan, people.NAV_ADVISER).newest_seen != page_of(plan, people.COORDINATOR).newest_seen
    for who in ALL:
        answered(plan, who)
    assert len(page_of(plan).versions[0].assents) == 3


def test_nobody_outside_reads_fixes_or_answers() -> None:
    plan = on_plan()
    fixed(plan)
    seen = page_of(plan).newest_seen
    for who in (people.STRANGER, people.SOCIAL_COLLEAGUE, people.NAV_LEADER):
        with pytest.raises((Refused, Plan.DoesNotExist)):
            page_of(plan, who)
        with pytest.raises((Refused, Plan.DoesNotExist)):
            fixed(plan, who)
        with acting_as(who) as viewer:
            with pytest.raises((Refused, Plan.DoesNotExist)):
                versions.answer(
                    plan_id=plan.plan_id, number=1, said=Answer.AGREES, text="", seen=seen, by=viewer
                )
            assert PlanVersion.objects.count() == 0
    assert len(page_of(plan).versions) == 1


def test_a_plan_that_has_ended_keeps_its_versions_and_takes_no_answers() -> None:
    plan = on_plan()
    fixed(plan)
    with acting_as(people.COORDINATOR) as viewer:
        situation = Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB)
        planning.close_plan(plan_id=plan.plan_id, reason=EndReason.JOB, situation=situation, by=viewer)
    with pytest.raises(policies.PlanIsClosed):
        answered(plan, people.NAV_ADVISER)
    with pytest.raises(policies.PlanIsClosed):
        fixed(plan)
    page = page_of(plan)
    assert (len(page.versions), page.is_open) == (1, False)


def test_a_family_agrees_each_for_themselves() -> None:
    one = family()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        versions.fix(plan_id=one.plan_id, by=viewer)
    with acting_as(one.father.person.citizen_id) as viewer:
        seen = versions.of_plan(viewer, one.plan_id).newest_seen
        versions.answer(plan_id=one.plan_id, number=1, said=Answer.AGREES, text="", seen=seen, by=viewer)
        page = versions.of_plan(viewer, one.plan_id)
    assert [party.who.title for party in page.versions[0].assents if party.who] == ["Ola"]
    told = str(page)
    for word in people.CANARY_WORDS:
        assert word not in told
