"""The way of an application: the order, what each step must say, and what the tables refuse by themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction

import people
from applications.stand_ins import applied, every_kind, in_days, in_status, moved
from people import acting_as, on_plan
from samvirke.applications import operations, policies, queries
from samvirke.applications.models import Application, ApplicationStep
from samvirke.events import operations as events
from samvirke.events.operations import FactLike
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import DataKind

pytestmark = people.database

TODAY = people.NOW.date()
LATER = TODAY + timedelta(days=21)

WORKERS = {
    "received": lambda one, by: operations.receive(application_id=one, answer_due_on=LATER, by=by),
    "more_asked_for": lambda one, by: operations.ask_for_more(application_id=one, question="Mer?", by=by),
    "granted": lambda one, by: operations.grant(application_id=one, text="Ja.", by=by),
    "refused": lambda one, by: operations.refuse(application_id=one, reason="Nei.", appeal_by=LATER, by=by),
}
PERSONS = {
    "received": lambda one, by: operations.give_more(application_id=one, words="Her.", by=by),
    "appealed": lambda one, by: operations.appeal(application_id=one, words="Uenig.", by=by),
    "withdrawn": lambda one, by: operations.withdraw(application_id=one, by=by),
}


def _attempts() -> list[tuple[str, str, str]]:
    return [
        (status, who, wanted)
        for status in policies.APPLICATION.next
        for who, steps in (("worker", WORKERS), ("person", PERSONS))
        for wanted in steps
    ]


@pytest.mark.parametrize(("status", "who", "wanted"), _attempts())
def test_only_the_legal_order(status: str, who: str, wanted: str) -> None:
    """Every step from every status, tried by whoever takes such steps."""
    plan = on_plan()
    one = in_status(plan, status)
    post = people.COORDINATOR if who == "worker" else plan.person.citizen_id
    act: Callable[[UUID, Viewer], None] = (WORKERS if who == "worker" else PERSONS)[wanted]
    legal = wanted in policies.APPLICATION[status]
    if wanted == "received":  # the unit receives what was sent; the person gives what was asked for
        legal = status == ("sent" if who == "worker" else "more_asked_for")
    with acting_as(post) as viewer:
        if legal:
            assert wanted in queries.application(viewer, one).may_become
            act(one, viewer)
            assert queries.application(viewer, one).status == wanted
        else:
            assert wanted not in queries.application(viewer, one).may_become
            with pytest.raises(policies.CannotFollow):
                act(one, viewer)


@pytest.mark.parametrize(
    ("reason", "appeal_by", "problem"),
    [
        (" ", LATER, policies.NothingSaid),
        ("Nei.", TODAY, policies.DayNotAhead),
        ("Nei.", TODAY - timedelta(days=1), policies.DayNotAhead),
    ],
)
def test_a_refusal_needs_a_reason_and_a_day_ahead(
    reason: str, appeal_by: date, problem: type[Exception]
) -> None:
    plan = on_plan()
    one = in_status(plan, "received")
    with acting_as(people.COORDINATOR) as viewer, pytest.raises(problem):
        operations.refuse(application_id=one, reason=reason, appeal_by=appeal_by, by=viewer)


@pytest.mark.parametrize(("reason", "appeal_by"), [("", LATER), ("Nei.", None), ("Nei.", TODAY)])
def test_the_table_refuses_such_a_refusal_too(reason: str, appeal_by: date | None) -> None:
    plan = on_plan()
    one = in_status(plan, "received")
    with (
        acting_as(people.COORDINATOR) as viewer,
        pytest.raises(IntegrityError, match="a_reason_and_a_deadline"),
    ):
        ApplicationStep.objects.create(
            id=uuid4(),
            application_id=one,
            subject_id=plan.person.person_id,
            kind=int(DataKind.PLAN),
            number=9,
            status="refused",
            taken_on=TODAY,
            by_id=viewer.post_id,
            text=reason,
            appeal_by=appeal_by,
        )


def test_a_status_without_its_step_cannot_be_written() -> None:
    plan = on_plan()
    one = in_status(plan, "received")
    with acting_as(people.COORDINATOR):
        Application.objects.filter(pk=one).update(status="refused")
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="status_of_a_step"):
            cursor.execute("SET CONSTRAINTS status_of_a_step IMMEDIATE")
        transaction.set_rollback(True)


@pytest.mark.parametrize("statement", ["UPDATE", "DELETE"])
def test_a_step_is_never_changed(statement: str) -> None:
    plan = on_plan()
    one = in_status(plan, "refused")
    steps = ApplicationStep.objects.filter(application_id=one)
    with acting_as(people.COORDINATOR), pytest.raises(DatabaseError, match="permission denied"):
        steps.update(text="") if statement == "UPDATE" else steps.delete()


@pytest.mark.parametrize(("days", "in_time"), [(21, True), (22, False)])
def test_an_appeal_comes_in_time_or_not(days: int, in_time: bool) -> None:
    plan = on_plan()
    one = in_status(plan, "refused")
    with acting_as(plan.person.citizen_id) as entered:
        viewer = in_days(entered, days)
        assert ("appealed" in queries.application(viewer, one).may_become) is in_time
        if in_time:
            operations.appeal(application_id=one, words="Uenig.", by=viewer)
        else:
            with pytest.raises(policies.TooLateToAppeal):
                operations.appeal(application_id=one, words="Uenig.", by=viewer)


@pytest.mark.parametrize(
    ("minutes", "fits"), [(0, False), (-5, False), (1, True), (12_000, True), (12_001, False)]
)
def test_time_used_is_a_likely_time(minutes: int, fits: bool) -> None:
    plan = on_plan()
    one = applied(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        if fits:
            operations.note_time_used(application_id=one, minutes=minutes, by=viewer)
            assert queries.application(viewer, one).minutes_used == minutes
        else:
            with pytest.raises(policies.UnlikelyTime):
                operations.note_time_used(application_id=one, minutes=minutes, by=viewer)


def test_the_person_sees_every_step_and_a_refusal_is_found_after_notes_of_time() -> None:
    plan = on_plan()
    one = applied(plan)
    moved(plan, one, "received", "more_asked_for", "received again", "refused")
    with acting_as(plan.person.citizen_id) as viewer:
        operations.note_time_used(application_id=one, minutes=90, by=viewer)
        operations.appeal(application_id=one, words="Uenig.", by=viewer)
        [row] = queries.my_applications(viewer)
    assert [step.status for step in row.steps] == [
        "sent",
        "received",
        "more_asked_for",
        "received",
        "refused",
        "time_used",
        "appealed",
    ]
    assert (row.reason, row.appeal_by, row.minutes_used) == ("Nei, fordi.", LATER, 90)


def test_days_waited_stop_with_the_answer_and_start_anew_with_an_appeal() -> None:
    plan = on_plan()
    one = in_status(plan, "received")
    waited = []
    for days, status in ((5, None), (8, "refused"), (12, None), (14, "appealed"), (17, None)):
        if status:
            moved(plan, one, status, days=days)
        with acting_as(plan.person.citizen_id) as viewer:
            waited.append(queries.application(in_days(viewer, days), one).days_waited)
    assert waited == [5, 8, 8, 0, 3]


def test_somebody_has_it_from_the_first_moment_and_whoever_receives_has_it_then() -> None:
    plan = on_plan()
    one = applied(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        assert queries.application(viewer, one).with_post == "Koordinator 1"
    with acting_as(people.COORDINATION_LEADER) as viewer:
        operations.receive(application_id=one, answer_due_on=LATER, by=viewer)
        assert queries.application(viewer, one).with_post == "Leder for koordinerende enhet"


def test_a_unit_that_does_not_know_the_person_gets_a_post_on_the_consent() -> None:
    plan = on_plan()
    one = applied(plan, unit=people.FOLLOW_UP)
    with acting_as(people.FOLLOW_UP_LEADER) as viewer:
        assert [row.application_id for row in queries.to_own_unit(viewer)] == [one]


def test_nobody_receives_without_a_consent_that_opens_it() -> None:
    """The standing consent opens nothing about everyday life, so the social service cannot receive."""
    plan = on_plan()
    with acting_as(plan.person.citizen_id) as viewer:
        assert people.SOCIAL not in {
            unit.unit_id for unit in queries.receivers(viewer, plan.person.person_id)
        }
        assert people.COORDINATING in {
            unit.unit_id for unit in queries.receivers(viewer, plan.person.person_id)
        }
    with pytest.raises(policies.NobodyCanReceive):
        applied(plan, unit=people.SOCIAL)
    with pytest.raises(policies.NobodyCanReceive):
        applied(plan, unit=people.SOCIAL_NORDENG)


def test_a_worker_applies_for_the_person() -> None:
    plan = on_plan()
    one = applied(plan, by=people.NAV_ADVISER)
    with acting_as(plan.person.citizen_id) as viewer:
        assert queries.my_applications(viewer)[0].steps[0].who == "Veileder 1"
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(policies.NotYours):
        operations.receive(application_id=one, answer_due_on=LATER, by=viewer)


def test_a_colleague_without_the_kind_sees_none_of_it() -> None:
    """That somebody asks the social service for help is not for Nav, also when Nav is in the team."""
    plan = on_plan(consent=every_kind())
    one = applied(plan, unit=people.SOCIAL)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert [row.application_id for row in queries.about(viewer, plan.person.person_id)] == [one]
    with acting_as(people.NAV_ADVISER) as viewer:
        assert queries.about(viewer, plan.person.person_id) == []
        with pytest.raises((Refused, ObjectDoesNotExist)):
            queries.application(viewer, one)
        assert Application.objects.count() == ApplicationStep.objects.count() == 0


@pytest.mark.parametrize("post", [people.STRANGER, people.OTHER_COORDINATOR, people.SOCIAL_COLLEAGUE])
def test_the_tables_alone_show_nothing_to_others(post: UUID) -> None:
    plan = on_plan()
    applied(plan)
    with acting_as(people.COORDINATOR):
        assert Application.objects.count() == ApplicationStep.objects.count() == 1
    with acting_as(post):
        assert Application.objects.count() == ApplicationStep.objects.count() == 0


def test_a_note_of_time_without_minutes_is_refused_by_the_table() -> None:
    plan = on_plan()
    one = applied(plan)
    with (
        acting_as(plan.person.citizen_id) as viewer,
        pytest.raises(IntegrityError, match="of_time_has_minutes"),
    ):
        ApplicationStep.objects.create(
            id=uuid4(),
            application_id=one,
            subject_id=plan.person.person_id,
            kind=int(DataKind.PLAN),
            number=9,
            status="time_used",
            taken_on=TODAY,
            by_id=viewer.post_id,
        )


def test_facts_hold_codes_and_days_and_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = on_plan()
    told: list[FactLike] = []
    monkeypatch.setattr(events, "record", lambda facts, *, by, at: told.extend(facts))
    one = applied(plan)
    moved(plan, one, "received", "refused")
    with acting_as(plan.person.citizen_id) as viewer:
        operations.note_time_used(application_id=one, minutes=30, by=viewer)
    assert [getattr(fact, "status", fact.code) for fact in told] == [
        "sent",
        "received",
        "refused",
        "application_time_used",
    ]
    for fact in told:
        for value in dataclasses.asdict(fact).values():  # type: ignore[call-overload]
            assert value is None or not isinstance(value, str) or " " not in value
