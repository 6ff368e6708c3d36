"""A coordinator is away: who stands in, who may say so, and what the deputy comes to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

import people
from gate.scratch import later
from people import NOW, OnPlan, acting_as, family, on_plan
from people_and_plan.stand_ins import another
from samvirke.coordination import absences, policies
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.coordination.models import Absence
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations as people_operations
from samvirke.people import places
from samvirke.plan import operations as planning
from samvirke.plan import queries as plans
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import POST, PURPOSE

TODAY = NOW.date()
BACK = TODAY + timedelta(days=14)
FIRST, SECOND, LEADER = people.COORDINATOR, people.OTHER_COORDINATOR, people.COORDINATION_LEADER


def coordinated(plan: OnPlan | None = None, *, deputy: UUID = SECOND) -> OnPlan:
    """A plan whose first coordinator has accepted, from tomorrow on."""
    plan = plan or on_plan()
    with acting_as(LEADER) as viewer:
        offered = coordinating.offer_duty(
            plan_id=plan.plan_id, to_post=FIRST, deputy=deputy, consent_id=plan.person.consent_id, by=viewer
        )
    with acting_as(FIRST) as viewer:
        coordinating.accept_handover(handover_id=offered, by=viewer)
    return plan


def away(
    post_id: UUID = FIRST,
    *,
    since: date = TODAY + timedelta(days=1),
    until: date = BACK,
    by: UUID | None = None,
) -> UUID:
    """Somebody is away, from tomorrow on, as they say themselves."""
    with acting_as(by or post_id) as viewer:
        return absences.say_absence(post_id=post_id, away_from=since, back_on=until, by=viewer)


def tomorrow(viewer: Viewer, days: int = 1) -> Viewer:
    """The same viewer on a later day."""
    return replace(viewer, now=viewer.now + timedelta(days=days))


def who_acts(plan: OnPlan, days: int = 1) -> str:
    """Who stands in on the plan in some days; empty where the coordinator is there."""
    with acting_as(plan.person.citizen_id):
        return coordination.coordinator(plan.plan_id, TODAY + timedelta(days=days)).acting_title


def page_tomorrow(plan: OnPlan) -> tuple[PlanPage, int]:
    """The plan page as the first coordinator reads it tomorrow, and how many statements it took."""
    with acting_as(FIRST) as viewer, CaptureQueriesContext(connection) as found:
        return coordination.plan_page(tomorrow(viewer), plan.plan_id), len(found)


def reads(plan: OnPlan, post_id: UUID) -> bool:
    """Whether the post has the plan on its list and may write in it."""
    with acting_as(post_id) as viewer:
        seen = [row.plan_id for row in coordination.worklist(viewer)]
        if plan.plan_id in seen:
            planning.state(plan_id=plan.plan_id, topic="strengths", text="Kan sveise.", by=viewer)
        return plan.plan_id in seen


@people.database
class TestTheDeputyStandsIn:
    def test_the_deputy_reads_and_writes_the_plan_and_nobody_else_joins(self) -> None:
        plan, other = coordinated(), on_plan(another(4))
        assert not reads(plan, SECOND)
        away()
        assert reads(plan, SECOND)
        assert not reads(other, SECOND)
        assert not reads(plan, people.SOCIAL_COLLEAGUE)

    def test_everybody_on_the_plan_sees_who_acts_until_when(self) -> None:
        plan = coordinated()
        assert who_acts(plan) == ""
        away()
        assert [who_acts(plan, days) for days in (1, 13, 14)] == ["Koordinator 2", "Koordinator 2", ""]
        with acting_as(people.NAV_ADVISER) as viewer:
            (row,) = coordination.worklist(tomorrow(viewer))
        assert (row.coordinator, row.stands_in_for) == ("Koordinator 2", "Koordinator 1")
        assert (row.stands_in_until, row.i_stand_in) == (BACK, False)

    def test_such_a_day_costs_the_plan_page_no_statement_more(self) -> None:
        plan = coordinated()
        there, before = page_tomorrow(plan)
        away()
        gone, after = page_tomorrow(plan)
        assert (there.coordinator.acting_title, gone.coordinator.acting_title) == ("", "Koordinator 2")
        assert after == before

    def test_the_deputys_list_marks_the_plan(self) -> None:
        plan = coordinated()
        away()
        with acting_as(SECOND) as viewer:
            (row,) = coordination.worklist(tomorrow(viewer))
        assert (row.plan_id, row.i_stand_in, row.stands_in_for) == (plan.plan_id, True, "Koordinator 1")

    def test_it_rests_on_the_coordinators_own_consent_and_ends_with_it(self) -> None:
        plan = coordinated()
        away()
        with acting_as(SECOND):
            assert plans.teams([plan.plan_id])[plan.plan_id][SECOND] == plan.person.consent_id
        with acting_as(plan.person.citizen_id) as viewer:
            people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
        with acting_as(SECOND) as viewer:
            assert coordination.worklist(viewer) == []
        with acting_as(plan.person.citizen_id) as viewer:
            page = coordination.my_plan(viewer)
        assert page is not None

    def test_back_early(self) -> None:
        plan = coordinated()
        one = away()
        with acting_as(FIRST) as viewer:
            absences.end_absence(absence_id=one, by=tomorrow(viewer, 3))
        assert [who_acts(plan, days) for days in (1, 2, 3)] == ["Koordinator 2", "Koordinator 2", ""]
        with acting_as(FIRST) as viewer, pytest.raises(Absence.DoesNotExist):
            absences.end_absence(absence_id=one, by=tomorrow(viewer, 3))

    def test_an_absence_that_never_began_is_taken_back(self) -> None:
        plan = coordinated()
        one = away(since=TODAY + timedelta(days=7))
        with acting_as(FIRST) as viewer:
            absences.end_absence(absence_id=one, by=viewer)
            assert absences.absences(viewer) == []
        assert who_acts(plan, 8) == ""

    def test_a_duty_taken_over_while_away_is_covered_too(self) -> None:
        away()
        plan = coordinated()
        assert reads(plan, SECOND)
        assert who_acts(plan) == "Koordinator 2"

    def test_a_family_s_deputy_sees_the_family_and_not_the_protected_place(self) -> None:
        one = family()
        with acting_as(LEADER) as viewer:
            offered = coordinating.offer_duty(
                plan_id=one.plan_id,
                to_post=FIRST,
                deputy=SECOND,
                consent_id=one.father.person.consent_id,
                by=viewer,
            )
        with acting_as(FIRST) as viewer:
            coordinating.accept_handover(handover_id=offered, by=viewer)
        coordinated(one.mother)
        away()
        mother = one.mother.person.person_id
        with acting_as(SECOND) as viewer:
            assert {one.plan_id, one.mother.plan_id} <= {row.plan_id for row in coordination.worklist(viewer)}
            assert places.whereabouts(viewer, mother) is None
        with acting_as(FIRST) as viewer:
            assert places.whereabouts(viewer, mother) is not None
        with acting_as(one.father.person.citizen_id):
            row = coordination.coordinator(one.plan_id, TODAY + timedelta(days=1))
        assert (row.acting_title, row.acting_kind) == ("", "coordinating_unit")


@people.database
class TestTheDeputyIsAwayToo:
    @pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
    def test_the_unit_s_leader_stands_in(self, order: tuple[UUID, UUID]) -> None:
        plan = coordinated()
        for post_id in order:
            away(post_id, until=BACK if post_id == FIRST else TODAY + timedelta(days=5))
        assert [who_acts(plan, days) for days in (4, 5)] == [
            "Leder for koordinerende enhet",
            "Koordinator 2",
        ]
        with acting_as(FIRST) as viewer:
            (row,) = absences.absences(viewer)
        assert [(one.since.day, one.until.day, one.is_leader) for one in row.stand_ins] == [
            (3, 7, True),
            (7, 16, False),
        ]

    @pytest.mark.parametrize("order", [(FIRST, SECOND, LEADER), (LEADER, SECOND, FIRST)])
    def test_the_last_of_three_is_refused(self, order: tuple[UUID, UUID, UUID]) -> None:
        plan = coordinated()
        away(order[0])
        away(order[1])
        with pytest.raises(policies.NobodyStandsIn):
            away(order[2])
        with acting_as(order[2]):
            assert not Absence.objects.filter(post_id=order[2]).exists()
        assert who_acts(plan) in {"Leder for koordinerende enhet", ""}

    def test_a_deputy_whose_unit_the_consent_does_not_name_leaves_it_to_the_leader(self) -> None:
        units = tuple(unit for unit in people.UNITS if unit != people.FOLLOW_UP)
        plan = coordinated(on_plan(consent=people.terms(units=units)), deputy=people.FOLLOW_UP_ADVISER)
        away()
        assert who_acts(plan) == "Leder for koordinerende enhet"
        assert not reads(plan, people.FOLLOW_UP_ADVISER)


@people.database
class TestWhoMaySayIt:
    @pytest.mark.parametrize(
        ("who", "may"), [(FIRST, True), (LEADER, True), (SECOND, False), (people.NAV_LEADER, False)]
    )
    def test_the_post_itself_and_the_leader_of_its_unit(self, who: UUID, may: bool) -> None:
        plan = coordinated()
        if may:
            away(by=who)
        else:
            with pytest.raises(policies.NotYourAbsence):
                away(by=who)
        assert who_acts(plan) == ("Koordinator 2" if may else "")

    @pytest.mark.parametrize(("who", "may"), [(FIRST, True), (LEADER, True), (SECOND, False)])
    def test_the_table_itself_says_the_same(self, who: UUID, may: bool) -> None:
        one = away()
        with acting_as(who):
            changed = Absence.objects.filter(pk=one).update(back_on=BACK + timedelta(days=1))
            assert bool(changed) is may
        with acting_as(who):
            try:
                with transaction.atomic():
                    Absence.objects.create(
                        id=people.PARTNERSHIP,
                        post_id=FIRST,
                        away_from=BACK,
                        back_on=BACK,
                        said_by_id=who,
                        said_at=NOW,
                    )
            except DatabaseError:
                assert not may
            else:
                assert may

    def test_others_end_nothing(self) -> None:
        one = away()
        with acting_as(SECOND) as viewer, pytest.raises(policies.NotYourAbsence):
            absences.end_absence(absence_id=one, by=viewer)

    @pytest.mark.parametrize(
        ("since", "until"), [(-1, 3), (3, 3), (3, 2)], ids=["has been", "no day", "turned round"]
    )
    def test_days_that_make_no_sense(self, since: int, until: int) -> None:
        with pytest.raises(policies.DaysTurnedRound):
            away(since=TODAY + timedelta(days=since), until=TODAY + timedelta(days=until))

    def test_overlapping_days_are_refused_and_neighbouring_ones_are_not(self) -> None:
        away()
        with pytest.raises(policies.AlreadyAway):
            away(since=BACK - timedelta(days=1), until=BACK + timedelta(days=1))
        away(since=BACK, until=BACK + timedelta(days=1))


def test_only_the_own_unit_reads_of_an_absence_that_is_over(committed: str) -> None:
    away()
    for days, others in ((1, 1), (20, 0)):
        with later(days):
            for who, count in ((FIRST, 1), (LEADER, 1), (SECOND, others), (people.NAV_ADVISER, others)):
                with acting_as(who):
                    assert Absence.objects.count() == count, (days, who)


def test_two_say_it_at_once_and_one_of_them_is_told(committed: str) -> None:
    """Both tell the same days, the post and its leader; one lock lets the second see the first."""
    told: list[Exception | None] = []

    def at_once(who: UUID) -> None:
        try:
            away(by=who)
            told.append(None)
        except policies.AlreadyAway as problem:
            told.append(problem)
        finally:
            connections.close_all()

    _together(lambda: at_once(FIRST), lambda: at_once(LEADER))
    assert sorted(type(one).__name__ for one in told) == ["AlreadyAway", "NoneType"]


def _together(*acts: Callable[[], None]) -> None:
    threads = [Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def visit(post_id: UUID) -> Client:
    """A browser signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post_id), int(Purpose.COORDINATION)
    session.save()
    return client


@people.database
class TestPages:
    def test_days_are_said_and_the_stand_in_is_shown(self) -> None:
        coordinated()
        client = visit(FIRST)
        said = {"post_id": str(FIRST), "away_from": "2026-03-03", "back_on": "2026-03-16"}
        answer = client.post("/away/", said, follow=True)
        text = answer.content.decode()
        assert "Away from 3 March 2026, back 16 March 2026" in text
        assert "Koordinator 2" in text
        assert "Kari Eksempel" in text

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"away_from": ""}, "Write the first day away."),
            ({"back_on": "2026-03-03"}, "the first day back after it"),
            ({"post_id": str(SECOND)}, "The list has changed since you opened the page"),
        ],
    )
    def test_what_was_typed_is_kept(self, changed: dict[str, str], why: str) -> None:
        said = {"post_id": str(FIRST), "away_from": "2026-03-03", "back_on": "2026-03-16"} | changed
        answer = visit(FIRST).post("/away/", said)
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert said["away_from"] in answer.content.decode()
        with acting_as(LEADER):
            assert not Absence.objects.exists()

    def test_days_said_before_and_days_nobody_is_left_are_told(self) -> None:
        coordinated()
        said = {"post_id": str(FIRST), "away_from": "2026-03-03", "back_on": "2026-03-16"}
        away(SECOND)
        away(LEADER)
        assert "would all be away from a plan" in visit(FIRST).post("/away/", said).content.decode()
        twice = visit(SECOND).post("/away/", {**said, "post_id": str(SECOND)})
        assert "Some of these days are said already: from 3 March 2026" in twice.content.decode()

    def test_back_today_by_the_post_and_by_nobody_else(self) -> None:
        one = away(since=TODAY)
        assert visit(SECOND).post(f"/away/{one}/back/").status_code == 404
        assert visit(people.NAV_ADVISER).post(f"/away/{one}/back/").status_code == 404
        assert visit(FIRST).post(f"/away/{one}/back/").status_code == 302
        with acting_as(FIRST) as viewer:
            assert absences.absences(viewer) == []

    def test_the_plan_pages_say_who_stands_in_until_when(self) -> None:
        plan = on_plan()
        away(LEADER, since=TODAY)
        line = "Koordinator 2 stands in for Leder for koordinerende enhet until 16 March 2026"
        assert line in visit(people.NAV_ADVISER).get(f"/plans/{plan.plan_id}/").content.decode()
        assert line in visit(plan.person.citizen_id).get("/my-plan/").content.decode()
        own = visit(SECOND).get("/worklist/").content.decode()
        assert "You stand in for Leder for koordinerende enhet until 16 March 2026" in own
        assert "You stand in" not in visit(people.NAV_ADVISER).get("/worklist/").content.decode()

    def test_a_citizen_has_no_such_page(self) -> None:
        assert visit(on_plan().person.citizen_id).get("/away/").status_code == 404
