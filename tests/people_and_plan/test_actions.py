"""Actions: agreed on anew with history, in an order, with helpers; wishes decided; what a delay moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import execute, refused
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Refused
from samvirke.kernel.codes import EndReason, Occupation, Priority, SupportSource
from samvirke.kernel.gate_words import DataKind
from samvirke.kernel.week import WeeklyTime
from samvirke.plan import actions, chains, histories, policies, waits
from samvirke.plan import operations as planning
from samvirke.plan.action_types import ActionRow, Agreed, Days, Who
from samvirke.plan.models import Action, EarlierAction, Plan
from samvirke.plan.types import Situation

pytestmark = people.database
WORK, CARE = "Praksis på verksted", "Samtaler på helsestasjonen"
MONDAY = WeeklyTime(1, time(9), time(11, 30))


def agreed_on(
    plan: OnPlan,
    what: str = WORK,
    *,
    by: UUID = people.SOCIAL_WORKER,
    accountable: Who = people.NAV_ADVISER,
    kind: DataKind = DataKind.EMPLOYMENT,
    decision: str = "",
    **agreed: Any,
) -> UUID:
    """An action of the plan's goal."""
    with acting_as(by) as viewer:
        return actions.add(
            plan_id=plan.plan_id,
            goal_id=plan.goal_id,
            kind=kind,
            agreed=replace(Agreed(what), **agreed),
            accountable=accountable,
            decision_reference=decision,
            by=viewer,
        )


def of_health(plan: OnPlan) -> UUID:
    """An action that the adviser at Nav may not see."""
    who = people.COORDINATOR
    return agreed_on(plan, CARE, by=who, kind=DataKind.HEALTH, accountable=who)


def anew(
    action_id: UUID,
    agreed: Agreed,
    *,
    seen: int = 1,
    by: UUID = people.SOCIAL_WORKER,
    accountable: Who = people.NAV_ADVISER,
    why: str = "",
    along: Mapping[UUID, int] | None = None,
) -> int:
    """The action agreed on anew."""
    with acting_as(by) as viewer:
        return actions.change(
            action_id=action_id,
            seen_version=seen,
            agreed=agreed,
            accountable=accountable,
            why=why,
            by=viewer,
            along=along,
        )


def rows(plan: OnPlan, who: UUID = people.SOCIAL_WORKER) -> dict[UUID, ActionRow]:
    """The actions as somebody sees them on the plan."""
    with acting_as(who) as viewer:
        page = coordination.plan_page(viewer, plan.plan_id)
    return {row.action_id: row for row in page.actions}


class TestAgreedAnew:
    def test_what_was_agreed_before_is_kept_with_who_changed_it_and_why(self) -> None:
        plan = on_plan()
        one = agreed_on(plan, due_on=date(2026, 5, 1))
        assert (
            anew(one, Agreed(WORK, "Tre dager i uka", due_on=date(2026, 6, 1)), why="Verkstedet er fullt.")
            == 2
        )
        with acting_as(people.COORDINATOR) as viewer:
            first, second = histories.of_action(viewer, one)
        assert (first.version, first.how, first.due_on, first.why) == (1, "", date(2026, 5, 1), "")
        assert (second.how, second.due_on, second.why) == (
            "Tre dager i uka",
            date(2026, 6, 1),
            "Verkstedet er fullt.",
        )
        assert {
            first.changed_by and first.changed_by.title,
            second.changed_by and second.changed_by.title,
        } == {"Sosialkonsulent 1"}

    def test_on_top_of_another_version_nothing_is_written(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        anew(one, Agreed("Praksis i butikk"), by=people.COORDINATOR)
        with pytest.raises(actions.StaleAction, match="it is now version 2"):
            anew(one, Agreed("Praksis på kontor"), seen=1)
        assert rows(plan)[one].what == "Praksis i butikk"
        assert anew(one, Agreed("Praksis på kontor"), seen=2) == 3

    def test_every_move_is_a_version(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        with acting_as(people.NAV_ADVISER) as viewer:
            actions.set_status(action_id=one, status="in_progress", by=viewer)
            actions.set_status(action_id=one, status="dropped", why="Verkstedet la ned.", by=viewer)
        with acting_as(plan.person.citizen_id) as viewer:
            found = histories.of_action(viewer, one)
        assert [(row.version, row.status, row.why) for row in found] == [
            (1, "planned", ""),
            (2, "in_progress", ""),
            (3, "dropped", "Verkstedet la ned."),
        ]

    def test_the_database_lets_nobody_change_what_was_agreed_before(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        anew(one, Agreed("Praksis i butikk"))
        with acting_as(people.SOCIAL_WORKER):
            assert EarlierAction.objects.filter(action_id=one).count() == 1
            said = refused(
                lambda: execute("UPDATE plan_earlieraction SET what = %s WHERE action_id = %s", ["x", one])
            )
        assert "permission denied" in said

    def test_who_takes_over_does_not_take_the_history_away(self) -> None:
        plan = on_plan()
        one = agreed_on(plan, accountable=people.COORDINATOR)
        anew(one, Agreed(WORK), accountable=people.NAV_ADVISER)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            found = histories.of_action(viewer, one)
        assert [row.accountable.title for row in found] == ["Koordinator 1", "Veileder 1"]

    def test_who_sees_the_person_and_not_the_family_reads_nothing_of_the_family_s_plan(self) -> None:
        one = people.family()
        about_her = Action.objects.filter(
            plan_id=one.plan_id, subject_id=one.mother.person.person_id
        ).values_list("id", flat=True)
        with acting_as(people.SOCIAL_WORKER):
            (action_id,) = about_her
        assert len(_history(action_id, people.SOCIAL_WORKER)) == 1
        with acting_as(people.NAV_ADVISER):
            (seen,) = about_her.all()
        assert seen == action_id
        with pytest.raises((Refused, Plan.DoesNotExist)):
            _history(action_id, people.NAV_ADVISER)

    @pytest.mark.parametrize("who", ["stranger", "social colleague", "nav leader", "follow-up adviser"])
    def test_nobody_outside_reads_or_changes_it(self, who: str) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        for act in (
            lambda: anew(one, Agreed("Noe annet"), by=people.EVERYBODY[who]),
            lambda: _history(one, people.EVERYBODY[who]),
        ):
            with pytest.raises((Refused, Action.DoesNotExist)):
                act()
        assert anew(one, Agreed("Praksis i butikk")) == 2
        assert len(_history(one, people.SOCIAL_WORKER)) == 2

    def test_what_is_done_is_not_agreed_on_anew(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        with acting_as(people.NAV_ADVISER) as viewer:
            actions.set_status(action_id=one, status="done", by=viewer)
        with pytest.raises(policies.StatusCannotFollow):
            anew(one, Agreed("Noe annet"), seen=2)

    def test_an_ended_plan_is_not_agreed_on_anew(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            planning.close_plan(
                plan_id=plan.plan_id,
                reason=EndReason.JOB,
                situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
                by=viewer,
            )
        with pytest.raises(policies.PlanIsClosed):
            anew(one, Agreed("Noe annet"))


class TestWhatFits:
    @pytest.mark.parametrize(
        ("agreed", "problem"),
        [
            (Agreed("  "), policies.NothingWritten),
            (Agreed(WORK, starts_on=date(2026, 5, 2), due_on=date(2026, 5, 1)), policies.EndsBeforeItBegins),
            (Agreed(WORK, due_on=date(2025, 12, 31)), policies.BeforeThePlan),
            (Agreed(WORK, contributors=(people.FOLLOW_UP_ADVISER,)), policies.NotInTheTeam),
            (Agreed(WORK, comes_after=frozenset({UUID(int=7)})), policies.NotInThePlan),
        ],
    )
    def test_what_does_not_fit_is_refused_in_words(self, agreed: Agreed, problem: type[Exception]) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        with pytest.raises(problem):
            anew(one, agreed)
        assert rows(plan)[one].version == 1
        assert anew(one, Agreed(WORK)) == 2

    def test_letters_of_all_kinds_are_kept_as_they_are(self) -> None:
        plan = on_plan()
        words = "Máná ruoktu 🏠 – «Čáppa» <script>alert(1)</script>"
        one = agreed_on(plan, words)
        assert rows(plan)[one].what == words

    def test_helpers_order_urgency_and_times_of_the_week_are_kept(self) -> None:
        plan = on_plan()
        first = agreed_on(plan, CARE)
        one = agreed_on(
            plan,
            contributors=(people.COORDINATOR, people.NAV_ADVISER),
            priority=Priority.FIRST,
            comes_after=frozenset({first}),
            week=(MONDAY,),
        )
        row = rows(plan, plan.person.citizen_id)[one]
        assert [party.title for party in row.contributors] == [
            "Koordinator 1"
        ]  # who answers is no helper too
        assert (row.priority, row.comes_after, row.week) == (Priority.FIRST, {first}, (MONDAY,))


class TestWishes:
    def test_a_wish_becomes_a_decision_and_was_a_wish(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        with acting_as(people.NAV_ADVISER) as viewer:
            actions.decide(action_id=one, reference="Vedtak 12", by=viewer)
        with acting_as(plan.person.citizen_id) as viewer:
            found = histories.of_action(viewer, one)
        assert [(row.standing, row.decision_reference) for row in found] == [
            ("wish", ""),
            ("decided", "Vedtak 12"),
        ]
        with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(policies.NoWish):
            actions.decide(action_id=one, reference="Vedtak 13", by=viewer)

    def test_a_refused_wish_stays_with_its_reason(self) -> None:
        plan = on_plan()
        one = agreed_on(plan)
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises(policies.ReasonMissing):
                actions.set_status(action_id=one, status="refused", by=viewer)
            actions.set_status(action_id=one, status="refused", why="Det er ingen plasser i år.", by=viewer)
        row = rows(plan, plan.person.citizen_id)[one]
        assert (row.standing, row.status, row.why) == ("wish", "refused", "Det er ingen plasser i år.")

    def test_what_was_decided_is_not_refused(self) -> None:
        plan = on_plan()
        one = agreed_on(plan, decision="Vedtak 12")
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises(policies.StatusCannotFollow):
                actions.set_status(action_id=one, status="refused", why="Nei.", by=viewer)
            actions.set_status(action_id=one, status="dropped", why="Kari fikk jobb.", by=viewer)

    def test_the_database_refuses_a_wish_for_no_reason_only(self) -> None:
        plan = on_plan()
        one, other = agreed_on(plan), agreed_on(plan, decision="Vedtak 12")
        change = "UPDATE plan_action SET status = 'refused', why = %s WHERE id = %s"
        with acting_as(people.SOCIAL_WORKER):
            assert "a_wish_is_refused_for_a_reason" in refused(lambda: execute(change, ["", one]))
            assert "a_wish_is_refused_for_a_reason" in refused(lambda: execute(change, ["Nei.", other]))
            assert refused(lambda: execute(change, ["Nei.", one])) == ""


class TestChains:
    def test_a_delay_moves_what_comes_after_as_it_was_shown(self) -> None:
        plan = on_plan()
        first = agreed_on(plan, CARE, starts_on=date(2026, 4, 1), due_on=date(2026, 4, 30))
        second = agreed_on(
            plan, starts_on=date(2026, 5, 1), due_on=date(2026, 5, 31), comes_after=frozenset({first})
        )
        moved = chains.effect(rows(plan).values(), first, date(2026, 5, 10))
        assert [(one.action.action_id, one.days) for one in moved] == [
            (second, Days(date(2026, 5, 11), date(2026, 6, 10)))
        ]
        anew(
            first,
            Agreed(CARE, starts_on=date(2026, 4, 1), due_on=date(2026, 5, 10)),
            why="Ferie.",
            along={second: 1},
        )
        row = rows(plan)[second]
        assert (row.starts_on, row.due_on, row.version) == (date(2026, 5, 11), date(2026, 6, 10), 2)
        assert row.why == "Ferie."

    def test_nothing_moves_along_that_nobody_said_yes_to(self) -> None:
        plan = on_plan()
        first = agreed_on(plan, CARE, due_on=date(2026, 4, 30))
        second = agreed_on(plan, starts_on=date(2026, 5, 1), comes_after=frozenset({first}))
        anew(first, Agreed(CARE, due_on=date(2026, 5, 10)))
        assert rows(plan)[second].starts_on == date(2026, 5, 1)

    def test_what_changed_since_it_was_shown_is_shown_again(self) -> None:
        plan = on_plan()
        first = agreed_on(plan, CARE, due_on=date(2026, 4, 30))
        second = agreed_on(plan, starts_on=date(2026, 5, 1), comes_after=frozenset({first}))
        anew(
            second,
            Agreed(WORK, starts_on=date(2026, 5, 2), comes_after=frozenset({first})),
            by=people.COORDINATOR,
        )
        with pytest.raises(actions.StaleChain):
            anew(first, Agreed(CARE, due_on=date(2026, 5, 10)), along={second: 1})
        assert rows(plan)[first].due_on == date(2026, 4, 30)
        anew(first, Agreed(CARE, due_on=date(2026, 5, 10)), along={second: 2})
        assert rows(plan)[second].starts_on == date(2026, 5, 11)

    def test_a_ring_is_refused_in_words(self) -> None:
        plan = on_plan()
        first = agreed_on(plan, CARE)
        second = agreed_on(plan, comes_after=frozenset({first}))
        with pytest.raises(chains.WaitForEachOther, match="none could begin"):
            anew(first, Agreed(CARE, comes_after=frozenset({second})))
        with pytest.raises(policies.NotInThePlan):
            anew(first, Agreed(CARE, comes_after=frozenset({first})))
        assert rows(plan)[first].comes_after == frozenset()

    def test_who_cannot_see_what_comes_first_leaves_the_order_as_it_is(self) -> None:
        plan = on_plan()
        hidden = agreed_on(
            plan, CARE, by=people.COORDINATOR, kind=DataKind.HEALTH, accountable=people.COORDINATOR
        )
        second = agreed_on(plan, by=people.COORDINATOR, comes_after=frozenset({hidden}))
        assert hidden not in rows(plan, people.NAV_ADVISER)
        assert rows(plan, people.NAV_ADVISER)[second].comes_after == frozenset()
        anew(second, Agreed("Praksis i butikk"), by=people.NAV_ADVISER)
        assert rows(plan, people.COORDINATOR)[second].comes_after == {hidden}


class TestWaiting:
    def test_who_waits_for_whom_in_all_my_plans(self) -> None:
        plan = on_plan()
        first = agreed_on(plan, CARE, accountable=people.COORDINATOR, due_on=date(2026, 4, 30))
        agreed_on(plan, comes_after=frozenset({first}))
        with acting_as(people.NAV_ADVISER) as viewer:
            (row,) = waits.of_mine(viewer)
        assert (row.waits, row.who_waits.title) == (WORK, "Veileder 1")
        assert (row.for_this, row.who_is_waited_for.title, row.due_on) == (
            CARE,
            "Koordinator 1",
            date(2026, 4, 30),
        )
        with acting_as(people.STRANGER) as viewer:
            assert waits.of_mine(viewer) == []
        with acting_as(people.COORDINATOR) as viewer:
            actions.set_status(action_id=first, status="done", by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            assert waits.of_mine(viewer) == []

    def test_nothing_is_told_of_what_one_may_not_see(self) -> None:
        plan = on_plan()
        hidden = agreed_on(
            plan, CARE, by=people.COORDINATOR, kind=DataKind.HEALTH, accountable=people.COORDINATOR
        )
        agreed_on(plan, by=people.COORDINATOR, comes_after=frozenset({hidden}))
        with acting_as(people.NAV_ADVISER) as viewer:
            assert waits.of_mine(viewer) == []
        with acting_as(people.COORDINATOR) as viewer:
            assert len(waits.of_mine(viewer)) == 1


def _history(action_id: UUID, who: UUID) -> tuple[object, ...]:
    with acting_as(who) as viewer:
        return histories.of_action(viewer, action_id)
