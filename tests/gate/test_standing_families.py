"""Each standing family holds what its docstring says must never be seen by whom; and the others do see."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist

import families
import people
from people import acting_as
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import places
from samvirke.people.types import WhereaboutsRow
from samvirke.plan import operations as plan
from samvirke.plan.types import PlanPage

pytestmark = people.database


def page_of(plan_id: UUID, post: UUID) -> PlanPage | None:
    """The plan as a post reads it; None where it is refused or looks as if it were not there."""
    with acting_as(post) as viewer:
        try:
            return coordination.plan_page(viewer, plan_id)
        except (Refused, ObjectDoesNotExist):
            return None


def notes(plan_id: UUID, post: UUID) -> list[str]:
    """What a post reads in a plan's notes."""
    page = page_of(plan_id, post)
    assert page is not None
    return [note.text for note in page.notes]


def test_the_long_term_recipient() -> None:
    kari = families.long_term_recipient()
    assert notes(kari.plan_id, people.COORDINATOR) == [families.OF_HER_HEALTH]
    assert notes(kari.plan_id, people.NAV_ADVISER) == []
    assert page_of(kari.plan_id, people.STRANGER) is None
    assert page_of(kari.plan_id, people.STRANGER_LEADER) is None


def test_the_youth_outside_school() -> None:
    jonas = families.youth_outside_school()
    page = page_of(jonas.plan_id, people.FOLLOW_UP_ADVISER)
    assert page is not None
    assert [goal.life_domain for goal in page.goals] == ["employment"]
    with acting_as(people.COORDINATOR) as viewer, pytest.raises(Refused):
        plan.write_note(plan_id=jonas.plan_id, kind=DataKind.HOUSING, text=families.OF_HIS_FLAT, by=viewer)
    assert page_of(jonas.plan_id, people.SOCIAL_COLLEAGUE) is None


def test_the_family_with_a_disabled_child() -> None:
    one = families.family_with_a_disabled_child()
    father, mother = one.father.person.citizen_id, one.mother.person.citizen_id
    for who, told in ((father, False), (people.SOCIAL_WORKER, False), (people.COORDINATOR, True)):
        with acting_as(who) as viewer:
            assert (_whereabouts(viewer, one.mother.person.person_id) is not None) is told
    mine, theirs = ([action.what for action in _family_page(who).actions] for who in (mother, father))
    assert mine == [people.OF_THE_PROTECTED]
    assert theirs == [people.OF_THE_OTHER]


def _whereabouts(viewer: Viewer, person_id: UUID) -> WhereaboutsRow | None:
    try:
        return places.whereabouts(viewer, person_id)
    except Refused:
        return None


def _family_page(citizen: UUID) -> PlanPage:
    with acting_as(citizen) as viewer:
        (page,) = coordination.family_plans(viewer)
        return page


def test_the_refugee_family() -> None:
    one = families.refugee_family()
    with acting_as(one.wife.person.citizen_id) as viewer:
        own = coordination.my_plan(viewer)
    assert own is not None
    assert [goal.own_words for goal in own.goals] == [families.OF_HER_GOAL]
    assert own.kinds == ("no.integration_plan",)
    assert page_of(one.wife.plan_id, one.husband.citizen_id) is None
    with acting_as(one.husband.citizen_id) as viewer:
        assert coordination.my_plan(viewer) is None
        assert list(coordination.family_plans(viewer)) == []
