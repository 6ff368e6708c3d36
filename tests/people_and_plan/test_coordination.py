"""No day without a coordinator: six ways to write a gap, and the hand-over as it should go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

import people
from gate.scratch import later
from people import NOW, OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import execute, refused
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.coordination.models import Duty, Handover, Turn
from samvirke.coordination.operations import NotOfferedToYou
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import EndReason, Occupation, SupportSource
from samvirke.plan.types import Situation

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def offer(plan: OnPlan, to: UUID = people.COORDINATOR) -> UUID:
    """The leader, who has the duty, offers it."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        return coordinating.offer_duty(
            plan_id=plan.plan_id,
            to_post=to,
            deputy=people.SOCIAL_WORKER,
            consent_id=plan.person.consent_id,
            by=viewer,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """The ids that raw statements need."""

    duty: UUID
    subject: UUID
    unit: UUID
    offered: UUID  # a hand-over that nobody has accepted
    accepted: UUID  # the first one, accepted by the leader


def turn(ids: Written, **values: object) -> None:
    """A turn by raw SQL; lawful unless a value says otherwise."""
    row: dict[str, object] = {
        "id": uuid4(),
        "duty_id": ids.duty,
        "subject_id": ids.subject,
        "starts_on": TOMORROW,
        "post_id": people.COORDINATION_LEADER,
        "deputy_id": people.OTHER_COORDINATOR,
        "handover_id": ids.accepted,
        "accepted": True,
    } | values
    insert("coordination_turn", row)


def insert(table: str, row: dict[str, object]) -> None:
    """One row by raw SQL."""
    places = ", ".join(["%s"] * len(row))
    execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))  # noqa: S608


def duty_without_turn(ids: Written) -> None:
    """A further plan's duty, opened without a first turn."""
    plan_id = uuid4()
    insert(
        "plan_plan",
        {
            "id": plan_id,
            "subject_id": ids.subject,
            "partnership_id": people.PARTNERSHIP,
            "country": "no",
            "kinds": ["no.individual_plan"],
            "starts_on": TODAY,
            "ends_before": TOMORROW,
            "end_reason": "job",
            "next_review": TOMORROW,
        },
    )
    insert(
        "coordination_duty",
        {
            "id": uuid4(),
            "plan_id": plan_id,
            "subject_id": ids.subject,
            "unit_id": ids.unit,
            "opened_on": TODAY,
        },
    )


VIOLATIONS: dict[str, tuple[Callable[[Written], None], str]] = {
    "a gap: the duty opens before its first turn": (
        lambda ids: execute(
            "UPDATE coordination_duty SET opened_on = %s WHERE id = %s", [TODAY - timedelta(days=1), ids.duty]
        ),
        "duty_starts_with_a_turn",
    ),
    "an overlap: two turns from one day": (
        lambda ids: turn(ids, starts_on=TODAY),
        "one_turn_per_day",
    ),
    "a hand-over that nobody accepted": (
        lambda ids: turn(ids, handover_id=ids.offered, post_id=people.COORDINATOR),
        "turn_by_accepted_handover",
    ),
    "a turn that says it is not accepted": (
        lambda ids: turn(ids, handover_id=ids.offered, post_id=people.COORDINATOR, accepted=False),
        "a_turn_is_accepted",
    ),
    "another post than the one that accepted": (
        lambda ids: turn(ids, post_id=people.COORDINATOR),
        "turn_by_accepted_handover",
    ),
    "the deputy is the post itself": (
        lambda ids: turn(ids, deputy_id=people.COORDINATION_LEADER),
        "the_deputy_is_another",
    ),
    "a duty without a first turn": (duty_without_turn, "duty_starts_with_a_turn"),
    "the first turn taken away": (
        lambda ids: execute("DELETE FROM coordination_turn WHERE duty_id = %s", [ids.duty]),
        "permission denied",
    ),
    "the first turn moved": (
        lambda ids: execute("UPDATE coordination_turn SET starts_on = %s", [TOMORROW]),
        "permission denied",
    ),
    "an acceptance taken back": (
        lambda ids: execute(
            "UPDATE coordination_handover SET accepted_at = NULL WHERE id = %s", [ids.accepted]
        ),
        "turn_by_accepted_handover",
    ),
    "an accepted hand-over given to another": (
        lambda ids: execute(
            "UPDATE coordination_handover SET to_post_id = %s WHERE id = %s",
            [people.COORDINATOR, ids.accepted],
        ),
        "turn_by_accepted_handover",
    ),
}


@people.database
class TestTheTables:
    @pytest.fixture
    def ids(self) -> Written:
        plan = on_plan()
        offered = offer(plan)
        with acting_as(people.COORDINATION_LEADER):
            duty = Duty.objects.get(plan_id=plan.plan_id)
            first = Turn.objects.get(duty=duty)
        return Written(duty.id, plan.person.person_id, duty.unit_id, offered, first.handover_id)

    def test_a_lawful_turn_can_be_written(self, ids: Written) -> None:
        with acting_as(people.COORDINATION_LEADER):
            assert refused(lambda: turn(ids)) == ""

    @pytest.mark.parametrize("violation", VIOLATIONS)
    def test_a_gap_cannot(self, ids: Written, violation: str) -> None:
        act, why = VIOLATIONS[violation]
        with acting_as(people.COORDINATION_LEADER):
            assert why in refused(lambda: act(ids))


def coordinator(plan: OnPlan, viewer: Viewer, day: date) -> tuple[UUID, str]:
    """Who coordinates that day, and whom an offer waits for."""
    row = coordination.coordinator(plan.plan_id, day)
    assert viewer.now
    return row.post_id, row.waiting_for


@people.database
class TestHandover:
    def test_somebody_answers_from_the_first_day(self) -> None:
        plan = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            row = coordination.plan_page(viewer, plan.plan_id).coordinator
        assert (row.post_id, row.since) == (people.COORDINATION_LEADER, TODAY)
        assert row.deputy_title == "Koordinator 2"

    def test_nothing_changes_until_it_is_accepted(self) -> None:
        plan = on_plan()
        offered = offer(plan)
        with acting_as(people.COORDINATOR) as viewer:
            assert coordinator(plan, viewer, TOMORROW) == (people.COORDINATION_LEADER, "Koordinator 1")
            assert [row.handover_id for row in coordination.offers(viewer)] == [offered]
            assert coordinating.accept_handover(handover_id=offered, by=viewer) == TOMORROW
            assert coordinator(plan, viewer, TODAY) == (people.COORDINATION_LEADER, "")
            assert coordinator(plan, viewer, TOMORROW) == (people.COORDINATOR, "")
            assert coordination.offers(viewer) == []

    def test_only_the_post_it_was_offered_to_accepts_and_once(self) -> None:
        plan = on_plan()
        offered = offer(plan)
        for who in (people.NAV_ADVISER, people.COORDINATION_LEADER):
            with acting_as(who) as viewer, pytest.raises(NotOfferedToYou):
                coordinating.accept_handover(handover_id=offered, by=viewer)
        with acting_as(people.COORDINATOR) as viewer:
            coordinating.accept_handover(handover_id=offered, by=viewer)
            with pytest.raises(NotOfferedToYou):
                coordinating.accept_handover(handover_id=offered, by=viewer)
            assert Turn.objects.count() == 2

    def test_a_post_outside_the_circle_knows_no_offer(self) -> None:
        offered = offer(on_plan())
        with acting_as(people.STRANGER) as viewer, pytest.raises(Handover.DoesNotExist):
            coordinating.accept_handover(handover_id=offered, by=viewer)

    def test_an_offer_of_an_ended_plan_is_void(self) -> None:
        plan = on_plan()
        offered = offer(plan)
        with acting_as(people.COORDINATOR) as viewer:
            assert len(coordination.offers(viewer)) == 1
            coordinating.end_plan(
                plan_id=plan.plan_id,
                reason=EndReason.JOB,
                situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
                by=viewer,
            )
            assert coordination.offers(viewer) == []
            with pytest.raises(NotOfferedToYou):
                coordinating.accept_handover(handover_id=offered, by=viewer)


def test_every_day_of_two_handovers_has_one_coordinator(committed: str) -> None:
    plan = on_plan()
    accept = {5: people.COORDINATOR, 9: people.OTHER_COORDINATOR}
    for day, post in accept.items():
        with later(day):
            offered = offer(plan, to=post)
            with acting_as(post) as viewer:
                assert coordinating.accept_handover(handover_id=offered, by=viewer) == viewer.now.date()
    found = []
    with later(20), acting_as(people.COORDINATION_LEADER) as viewer:
        for day in range(12):
            found.append(coordinator(plan, viewer, TODAY + timedelta(days=day))[0])
    assert found == (
        [people.COORDINATION_LEADER] * 5 + [people.COORDINATOR] * 4 + [people.OTHER_COORDINATOR] * 3
    )
