"""Who answers for something without being an agency's post: the person, one of the family, a relative."""

from __future__ import annotations

from uuid import UUID

import pytest

import people
from people import OnPlan, acting_as, family, on_plan
from people_and_plan.stand_ins import execute, refused
from people_and_plan.test_actions import agreed_on
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Side
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import actions, histories, policies, waits
from samvirke.plan.action_types import ActionRow, Agreed, OwnSide
from samvirke.plan.models import Action, TeamMember
from samvirke.plan.types import PlanPage

pytestmark = people.database
GRANDMOTHER = OwnSide(Side.RELATIVE, called="Mormor Anna")
CALL = "Ringer skolen"
WRONG = (
    "UPDATE plan_teammember SET called = '' WHERE id = %s",
    "UPDATE plan_teammember SET side = 'post' WHERE id = %s",
    "UPDATE plan_teammember SET side = 'person' WHERE id = %s",
)


def herself(plan: OnPlan) -> OwnSide:
    """The person of the plan."""
    return OwnSide(Side.PERSON, plan.person.person_id)


def page_of(plan: OnPlan, who: UUID = people.SOCIAL_WORKER) -> PlanPage:
    """The plan as somebody sees it."""
    with acting_as(who) as viewer:
        return coordination.plan_page(viewer, plan.plan_id)


def row_of(plan: OnPlan, action_id: UUID, who: UUID = people.SOCIAL_WORKER) -> ActionRow:
    """One action as somebody sees it."""
    return next(row for row in page_of(plan, who).actions if row.action_id == action_id)


def test_the_person_answers_for_their_own_part_and_it_is_no_wish() -> None:
    plan = on_plan()
    one = agreed_on(plan, CALL, accountable=herself(plan))
    row = row_of(plan, one)
    assert (row.accountable, row.accountable_agency, row.standing) == ("Kari Eksempel", "", "own")
    assert "refused" not in row.may_become
    assert not row.is_mine
    assert [(one.side, one.name) for one in page_of(plan).own_side] == [("person", "Kari Eksempel")]


def test_the_person_moves_on_their_own_part_whatever_it_is_about_and_nothing_else() -> None:
    plan = on_plan()
    hers = agreed_on(plan, CALL, accountable=herself(plan))
    navs = agreed_on(plan)
    me = plan.person.citizen_id
    assert row_of(plan, hers, me).may_become == ("in_progress", "done", "dropped")
    assert row_of(plan, hers, me).is_mine
    assert row_of(plan, navs, me).may_become == ()
    with acting_as(me) as viewer:
        actions.move_own(action_id=hers, status="in_progress", by=viewer)
        with pytest.raises(policies.NotTheirs):
            actions.move_own(action_id=navs, status="in_progress", by=viewer)
        with pytest.raises(policies.ReasonMissing):
            actions.move_own(action_id=hers, status="dropped", by=viewer)
        actions.move_own(action_id=hers, status="done", by=viewer)
    assert row_of(plan, hers).status == "done"
    assert row_of(plan, navs).status == "planned"


def test_nobody_else_moves_what_the_person_answers_for_as_their_own() -> None:
    plan = on_plan()
    one = agreed_on(plan, CALL, accountable=herself(plan))
    for who in (people.STRANGER, people.SOCIAL_COLLEAGUE):
        with acting_as(who) as viewer, pytest.raises((Refused, Action.DoesNotExist)):
            actions.move_own(action_id=one, status="done", by=viewer)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        actions.set_status(action_id=one, status="in_progress", by=viewer)  # as agreed with the person
    assert row_of(plan, one).status == "in_progress"


def test_a_relative_is_named_once_and_sees_nothing_by_it() -> None:
    plan = on_plan()
    before = execute("SELECT count(*) FROM gate_grant", [])
    one = agreed_on(plan, "Passer barna", accountable=GRANDMOTHER)
    agreed_on(plan, "Henter barna", accountable=GRANDMOTHER)
    assert row_of(plan, one).accountable == "Mormor Anna"
    assert row_of(plan, one).standing == "own"
    assert [row.name for row in page_of(plan).own_side] == ["Mormor Anna"]
    assert execute("SELECT count(*) FROM gate_grant", []) == before
    assert all(row.post_title for row in page_of(plan).team)


def test_an_organiser_s_part_waits_for_a_decision_like_any_other() -> None:
    plan = on_plan()
    one = agreed_on(plan, "Kurs", accountable=OwnSide(Side.ORGANISER, called="Kurshuset"))
    assert row_of(plan, one).standing == "wish"
    with acting_as(people.SOCIAL_WORKER) as viewer:
        actions.decide(action_id=one, reference="2026/9", by=viewer)
    assert row_of(plan, one).standing == "decided"


def test_what_is_the_person_s_own_is_not_decided_nor_refused() -> None:
    plan = on_plan()
    one = agreed_on(plan, CALL, accountable=herself(plan))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        with pytest.raises(policies.NoWish):
            actions.decide(action_id=one, reference="2026/9", by=viewer)
        with pytest.raises(policies.StatusCannotFollow):
            actions.set_status(action_id=one, status="refused", why="Nei.", by=viewer)
    assert row_of(plan, one).status == "planned"


def test_it_passes_from_the_person_to_an_agency_and_the_history_names_both() -> None:
    plan = on_plan()
    one = agreed_on(plan, CALL, accountable=herself(plan), contributors=(GRANDMOTHER,))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        actions.change(
            action_id=one,
            seen_version=1,
            agreed=Agreed(CALL),
            accountable=people.NAV_ADVISER,
            why="Det ble for mye.",
            by=viewer,
        )
        first, second = histories.of_action(viewer, one)
    assert (first.accountable.title, second.accountable.title) == ("Kari Eksempel", "Veileder 1")
    assert [one.title for one in first.contributors] == ["Mormor Anna"]
    assert row_of(plan, one).standing == "wish"


@pytest.mark.parametrize(
    ("who", "error"),
    [
        (OwnSide(Side.RELATIVE, called=" "), policies.NothingWritten),
        (OwnSide(Side.RELATIVE, called="x" * 81), policies.NameTooLong),
        (OwnSide(Side.PERSON, people.STRANGER), policies.NotOfThisFamily),
        (people.STRANGER, policies.NotInTheTeam),
    ],
)
def test_who_cannot_answer_for_it_is_refused_and_nothing_is_written(
    who: UUID | OwnSide, error: type[Exception]
) -> None:
    plan = on_plan()
    with pytest.raises(error):
        agreed_on(plan, CALL, accountable=who)
    assert page_of(plan).actions == ()
    assert page_of(plan).own_side == ()


def test_the_table_holds_no_seat_that_is_neither_nor_both() -> None:
    plan = on_plan()
    agreed_on(plan, CALL, accountable=GRANDMOTHER)
    with acting_as(people.SOCIAL_WORKER):
        seat = TeamMember.objects.get(plan_id=plan.plan_id, side="relative")
        for wrong in WRONG:
            assert refused(lambda statement=wrong: execute(statement, [seat.pk]))


def test_what_waits_for_the_person_says_so() -> None:
    plan = on_plan()
    first = agreed_on(plan, CALL, accountable=herself(plan))
    agreed_on(plan, "Møte på skolen", comes_after=frozenset({first}))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (row,) = waits.of_mine(viewer)
    assert (row.who_is_waited_for.title, row.who_waits.title) == ("Kari Eksempel", "Veileder 1")


def test_each_of_a_family_answers_for_their_own() -> None:
    one = family()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        page = coordination.plan_page(viewer, one.plan_id)
        his = actions.add(
            plan_id=one.plan_id,
            goal_id=page.goals[0].goal_id,
            kind=DataKind.PLAN,
            agreed=Agreed("Følger til fotball"),
            accountable=OwnSide(Side.PERSON, one.father.person.person_id),
            decision_reference="",
            by=viewer,
        )
        page = coordination.plan_page(viewer, one.plan_id)
    (row,) = [row for row in page.actions if row.action_id == his]
    assert (row.accountable, row.standing) == ("Ola", "own")
    with acting_as(one.mother.person.citizen_id) as viewer, pytest.raises(policies.NotTheirs):
        actions.move_own(action_id=his, status="done", by=viewer)
    with acting_as(one.father.person.citizen_id) as viewer:
        actions.move_own(action_id=his, status="done", by=viewer)
