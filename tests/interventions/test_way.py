"""A need's way: noted, answered, ended. What each step asks for, and what it tells the log of facts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

import people
from interventions.stand_ins import (
    TODAY,
    end,
    every_kind,
    free,
    give,
    in_status,
    noted,
    placed,
    placement_of,
    seen,
    somebody,
)
from people import OnPlan, acting_as, family, on_plan
from samvirke.events import operations as events
from samvirke.events.operations import FactLike
from samvirke.gate.types import Viewer
from samvirke.interventions import operations, policies, queries
from samvirke.interventions.models import Need
from samvirke.kernel.codes import InterventionKind, PlacementEnd, UnmetReason

pytestmark = people.database

STATUSES = ["waiting", "placed", "ended", "unmet", "withdrawn"]


def in_days(viewer: Viewer, days: int) -> Viewer:
    """The same viewer some days later. Only the owner could move the database's own clock."""
    return replace(viewer, now=viewer.now + timedelta(days=days))


def test_a_person_who_is_ready_waits_from_the_day_it_was_noted() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        (row,) = queries.about(in_days(viewer, 34), plan.person.person_id)
    assert (row.need_id, row.status, row.days_waited) == (one, "waiting", 34)
    assert row.intervention_kind is InterventionKind.WORK_PRACTICE
    assert row.words == "Jeg vil prøve meg på verksted."


def test_the_unit_that_decides_gives_a_place_and_it_is_taken() -> None:
    plan = on_plan()
    assert free(people.WORK_PRACTICE) == 2
    row = seen(plan, placed(plan))
    assert free(people.WORK_PRACTICE) == 1
    assert (row.status, row.is_held, row.settled_on) == ("placed", True, TODAY)
    assert row.placement is not None
    assert (row.placement.name, row.placement.provider) == ("Arbeidspraksis", "Arbeidspraksis AS")
    assert row.placement.unit_name == "Nav Fjordvik"


def test_when_it_ends_the_place_is_free_and_the_need_stays_answered() -> None:
    plan = on_plan()
    one = placed(plan)
    end(plan, one)
    row = seen(plan, one)
    assert free(people.WORK_PRACTICE) == 2
    assert (row.status, row.is_held) == ("placed", False)
    assert row.placement is not None
    assert (row.placement.ends_before, row.placement.end_reason) == (TODAY, PlacementEnd.COMPLETED)
    noted(plan)  # who needs another place is noted anew


def test_the_last_place_goes_to_one_and_the_other_waits_until_it_is_free() -> None:
    first, second = on_plan(), somebody(4)
    one = placed(first, people.COURSE)
    other = noted(second, InterventionKind.TRAINING)
    with pytest.raises(policies.NoFreePlace, match="Kurs i butikk"):
        give(other, people.COURSE)
    assert seen(second, other).status == "waiting"
    end(first, one)
    give(other, people.COURSE)
    assert seen(second, other).is_held


@pytest.mark.parametrize("who", [people.COORDINATOR, people.SOCIAL_WORKER])
def test_nobody_else_gives_the_place_or_ends_it(who: UUID) -> None:
    """Both may write about the person's work; the places are Nav's."""
    plan = on_plan()
    one = noted(plan)
    with pytest.raises(policies.NotYours):
        give(one, by=who)
    give(one)
    with pytest.raises(policies.NotYours):
        end(plan, one, by=who)
    assert seen(plan, one).is_held


@pytest.mark.parametrize(
    ("offer", "starts_on", "problem"),
    [
        (people.COURSE, TODAY, policies.DoesNotFit),
        (people.WORK_PRACTICE, date(2024, 12, 31), policies.DoesNotFit),
        (people.WORK_PRACTICE, TODAY - timedelta(days=1), policies.DayHasBeen),
    ],
)
def test_a_place_fits_the_need_and_starts_on_a_day_to_come(
    offer: UUID, starts_on: date, problem: type[Exception]
) -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(problem):
        operations.give_place(need_id=one, intervention_id=offer, starts_on=starts_on, by=viewer)
    assert seen(plan, one).status == "waiting"


def test_nobody_waits_twice_for_the_same() -> None:
    plan = on_plan()
    noted(plan)
    with pytest.raises(policies.WaitsAlready):
        noted(plan)
    noted(plan, InterventionKind.TRAINING)


def test_a_place_is_for_one_person() -> None:
    one = family()
    with acting_as(people.COORDINATOR) as viewer, pytest.raises(policies.OnlyForAPerson):
        operations.note_need(
            person_id=one.circle_id, intervention_kind=InterventionKind.TRAINING, words="", by=viewer
        )


REASONS = [
    # who says it, about which kind, with how many places taken, which reason: what is wrong with it
    (people.NAV_ADVISER, InterventionKind.TRAINING, 0, UnmetReason.NO_PLACE, policies.PlacesAreFree),
    (people.NAV_ADVISER, InterventionKind.TRAINING, 1, UnmetReason.NO_PLACE, None),
    (
        people.NAV_ADVISER,
        InterventionKind.TRAINING,
        1,
        UnmetReason.NO_SUCH_OFFER,
        policies.ThereIsSuchAnOffer,
    ),
    (people.NAV_ADVISER, InterventionKind.TRAINING, 0, UnmetReason.NOT_SUITABLE, None),
    (people.NAV_ADVISER, InterventionKind.GUIDANCE, 0, UnmetReason.NO_PLACE, policies.NotYours),
    (people.NAV_ADVISER, InterventionKind.GUIDANCE, 0, UnmetReason.NO_SUCH_OFFER, None),
    (people.COORDINATOR, InterventionKind.TRAINING, 1, UnmetReason.NO_PLACE, policies.NotYours),
    (people.COORDINATOR, InterventionKind.TRAINING, 0, UnmetReason.NO_SUCH_OFFER, None),
    (people.COORDINATOR, InterventionKind.TRAINING, 0, UnmetReason.NOT_SUITABLE, None),
]


@pytest.mark.parametrize(("who", "kind", "taken", "reason", "problem"), REASONS)
def test_who_can_say_why_somebody_waits_in_vain(
    who: UUID, kind: InterventionKind, taken: int, reason: UnmetReason, problem: type[Exception] | None
) -> None:
    plan = on_plan()
    one = noted(plan, kind)
    if taken:
        placed(somebody(4), people.COURSE)
    with acting_as(who) as viewer:
        assert (reason in queries.need(viewer, one).unmet_reasons) is (problem is None)
        if problem is None:
            operations.say_unmet(need_id=one, reason=reason, by=viewer)
        else:
            with pytest.raises(problem):
                operations.say_unmet(need_id=one, reason=reason, by=viewer)
    row = seen(plan, one)
    assert (row.status, row.unmet_because) == (("waiting", None) if problem else ("unmet", reason))


def attempts(plan: OnPlan, one: UUID, status: str) -> dict[str, Callable[[Viewer], object]]:
    """What may be made of a need; a placement can end only where there is one."""
    tries: dict[str, Callable[[Viewer], object]] = {
        "placed": lambda by: operations.give_place(
            need_id=one, intervention_id=people.WORK_PRACTICE, starts_on=TODAY, by=by
        ),
        "unmet": lambda by: operations.say_unmet(need_id=one, reason=UnmetReason.NOT_SUITABLE, by=by),
        "withdrawn": lambda by: operations.withdraw_need(need_id=one, by=by),
    }
    if status in {"placed", "ended"}:
        placement = placement_of(plan, one)
        tries["ended"] = lambda by: operations.end_placement(
            placement_id=placement, reason=PlacementEnd.JOB, by=by
        )
    return tries


@pytest.mark.parametrize("wanted", ["placed", "unmet", "withdrawn", "ended"])
@pytest.mark.parametrize("status", STATUSES)
def test_the_page_offers_just_what_the_operations_do(status: str, wanted: str) -> None:
    plan = on_plan()
    one = in_status(plan, status)
    legal = wanted == "ended" if status == "placed" else status == "waiting" and wanted != "ended"
    act = attempts(plan, one, status).get(wanted)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert (wanted in queries.need(viewer, one).may_become) is legal
        if legal:
            assert act is not None
            act(viewer)
        elif act is not None:
            with pytest.raises((policies.NotWaiting, policies.AlreadyEnded)):
                act(viewer)


def test_the_person_stops_waiting_whatever_it_is_about() -> None:
    plan = on_plan(consent=every_kind())
    one = noted(plan, InterventionKind.SOCIAL_SUPPORT)
    with acting_as(plan.person.citizen_id) as viewer:
        assert queries.need(viewer, one).may_become == {"withdrawn"}
        operations.withdraw_need(need_id=one, by=viewer)
    assert seen(plan, one).status == "withdrawn"


def test_days_waited_stop_with_the_answer_or_the_first_day() -> None:
    plan = on_plan()
    one, other = noted(plan), noted(plan, InterventionKind.TRAINING)
    with acting_as(people.NAV_ADVISER) as viewer:
        operations.give_place(
            need_id=one,
            intervention_id=people.WORK_PRACTICE,
            starts_on=TODAY + timedelta(days=20),
            by=in_days(viewer, 12),
        )
        waited = [queries.need(in_days(viewer, days), one).days_waited for days in (12, 20, 40)]
        operations.say_unmet(need_id=other, reason=UnmetReason.NOT_SUITABLE, by=in_days(viewer, 5))
        stopped = queries.need(in_days(viewer, 40), other).days_waited
    assert waited == [12, 20, 20]
    assert stopped == 5


def test_a_placement_that_ends_before_it_starts_has_lasted_no_day() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER) as viewer:
        placement = operations.give_place(
            need_id=one,
            intervention_id=people.WORK_PRACTICE,
            starts_on=TODAY + timedelta(days=9),
            by=viewer,
        )
        operations.end_placement(placement_id=placement, reason=PlacementEnd.NEVER_STARTED, by=viewer)
    row = seen(plan, one)
    assert row.placement is not None
    assert row.placement.ends_before == row.placement.starts_on == TODAY + timedelta(days=9)
    assert free(people.WORK_PRACTICE) == 2


def test_who_waits_stands_first_then_who_has_a_place_then_what_is_over() -> None:
    plan = on_plan()
    over = in_status(plan, "unmet")
    held = placed(plan, people.COURSE)
    waiting = noted(plan)
    with acting_as(people.COORDINATOR) as viewer:
        rows = queries.about(viewer, plan.person.person_id)
    assert [row.need_id for row in rows] == [waiting, held, over]


def test_facts_hold_codes_and_days_and_tell_no_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = on_plan()
    told: list[FactLike] = []
    monkeypatch.setattr(events, "record", lambda facts, *, by, at: told.extend(facts))
    kinds = (InterventionKind.WORK_PRACTICE, InterventionKind.TRAINING, InterventionKind.GUIDANCE)
    one, other, third = (noted(plan, kind) for kind in kinds)
    with acting_as(people.NAV_ADVISER) as viewer:
        placement = operations.give_place(
            need_id=one, intervention_id=people.WORK_PRACTICE, starts_on=TODAY + timedelta(days=30), by=viewer
        )
        later = in_days(viewer, 60)
        operations.end_placement(placement_id=placement, reason=PlacementEnd.JOB, by=later)
        operations.say_unmet(need_id=other, reason=UnmetReason.NOT_SUITABLE, by=in_days(viewer, 8))
        operations.withdraw_need(need_id=third, by=in_days(viewer, 3))
    assert [fact.code for fact in told] == [
        *["need_noted"] * 3,
        "placement_started",
        "placement_ended",
        "need_unmet",
        "need_withdrawn",
    ]
    days = [getattr(fact, "days_waited", getattr(fact, "days_held", None)) for fact in told]
    assert days == [None, None, None, 30, 30, 8, 3]
    for fact in told:
        values = dataclasses.asdict(fact).values()  # type: ignore[call-overload]
        assert people.WORK_PRACTICE not in values
        assert not any(isinstance(value, str) and " " in value for value in values)


def test_a_change_that_is_not_told_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and fact stand in one transaction."""
    plan = on_plan()
    one = noted(plan)

    def broken(facts: object, *, by: UUID, at: object) -> None:
        raise RuntimeError("the log is away")

    with acting_as(people.NAV_ADVISER) as viewer:
        with monkeypatch.context() as patched:
            patched.setattr(events, "record", broken)
            with pytest.raises(RuntimeError, match="the log is away"):
                operations.give_place(
                    need_id=one, intervention_id=people.WORK_PRACTICE, starts_on=TODAY, by=viewer
                )
        assert Need.objects.get(pk=one).status == "waiting"
    assert free(people.WORK_PRACTICE) == 2
