"""What the tables refuse whatever the code does: a place given twice, a status without its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

import people
from interventions.stand_ins import TODAY, in_status, noted, placed, somebody
from people import OnPlan, acting_as, on_plan
from samvirke.interventions.models import Intervention, Need, Place, Placement
from samvirke.kernel.gate_words import DataKind

pytestmark = people.database


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """What is written inside breaks this constraint, at once or at commit; then it is undone."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():  # noqa: PT012
        yield
        at_commit()


def at_commit() -> None:
    """Check now what would be checked at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def free_place() -> Place:
    """A free place of Nav's work practice."""
    return Place.objects.filter(intervention_id=people.WORK_PRACTICE, is_taken=False)[0]


def a_placement(plan: OnPlan, need: UUID, place: UUID, *, kind: DataKind = DataKind.EMPLOYMENT) -> Placement:
    """The row, beside the operations."""
    return Placement.objects.create(
        id=uuid4(),
        need_id=need,
        subject_id=plan.person.person_id,
        kind=int(kind),
        place_id=place,
        given_by_id=people.NAV_ADVISER,
        starts_on=TODAY,
    )


def settled(need: UUID) -> None:
    """The need is placed, as the row says."""
    Need.objects.filter(pk=need).update(status="placed", settled_on=TODAY)


def test_the_rows_that_the_operations_write_hold() -> None:
    """The control of all tests below: with both sides written, nothing is refused."""
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER):
        place = free_place()
        a_placement(plan, one, place.id)
        settled(one)
        Place.objects.filter(pk=place.id).update(is_taken=True)
        at_commit()


def test_a_place_is_not_taken_without_a_placement() -> None:
    on_plan()
    with acting_as(people.NAV_ADVISER), refused("a_taken_place_is_held"):
        Place.objects.filter(pk=free_place().id).update(is_taken=True)


def test_a_placement_takes_its_place() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER), refused("a_held_place_is_taken"):
        a_placement(plan, one, free_place().id)
        settled(one)


def test_a_place_is_not_free_while_somebody_has_it() -> None:
    plan = on_plan()
    placed(plan)
    with acting_as(people.NAV_ADVISER), refused("a_held_place_is_taken"):
        Place.objects.filter(intervention_id=people.WORK_PRACTICE, is_taken=True).update(is_taken=False)


def test_a_placement_that_ends_frees_its_place() -> None:
    plan = on_plan()
    placed(plan)
    with acting_as(people.NAV_ADVISER), refused("a_taken_place_is_held"):
        Placement.objects.update(ends_before=TODAY, end_reason="completed")


def test_a_place_is_held_by_one() -> None:
    first, second = on_plan(), somebody(4)
    placed(first)
    other = noted(second)
    with acting_as(people.NAV_ADVISER), refused("one_placement_holds_a_place"):
        taken = Place.objects.get(intervention_id=people.WORK_PRACTICE, is_taken=True)
        a_placement(second, other, taken.id)


def test_a_placed_need_has_its_placement() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER), refused("a_placed_need_has_its_placement"):
        settled(one)


def test_a_placement_is_of_a_need_that_says_so() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER), refused("a_placement_is_of_a_placed_need"):
        place = free_place()
        a_placement(plan, one, place.id)
        Place.objects.filter(pk=place.id).update(is_taken=True)


@pytest.mark.parametrize("what", ["another person", "another kind"])
def test_a_placement_is_about_whom_and_what_its_need_is_about(what: str) -> None:
    plan, other = on_plan(), somebody(4)
    one = noted(plan)
    whom = other if what == "another person" else plan
    kind = DataKind.EDUCATION if what == "another kind" else DataKind.EMPLOYMENT
    with acting_as(people.NAV_ADVISER), refused("a_placement_is_of_a_placed_need"):
        place = free_place()
        a_placement(whom, one, place.id, kind=kind)
        settled(one)
        Place.objects.filter(pk=place.id).update(is_taken=True)


def test_a_placed_need_does_not_wait_again() -> None:
    plan = on_plan()
    one = placed(plan)
    with acting_as(people.NAV_ADVISER), refused("a_placement_is_of_a_placed_need"):
        Need.objects.filter(pk=one).update(status="waiting", settled_on=None)


CHANGES: dict[str, tuple[str, dict[str, object]]] = {
    "unmet without a reason": ("an_unmet_need_has_a_reason", {"status": "unmet", "settled_on": TODAY}),
    "unmet for an unknown reason": (
        "an_unmet_need_has_a_reason",
        {"status": "unmet", "settled_on": TODAY, "unmet_because": "bad_luck"},
    ),
    "waiting with a reason": ("an_unmet_need_has_a_reason", {"unmet_because": "no_place"}),
    "withdrawn on no day": ("a_need_waits_until_it_is_settled", {"status": "withdrawn"}),
    "settled before it was noted": (
        "a_need_waits_until_it_is_settled",
        {"status": "withdrawn", "settled_on": TODAY - timedelta(days=1)},
    ),
    "an unknown status": ("a_need_waits_until_it_is_settled", {"status": "lost", "settled_on": TODAY}),
    "work practice told as education": (
        "a_need_tells_what_its_intervention_tells",
        {"kind": int(DataKind.EDUCATION)},
    ),
    "an unknown kind": ("a_need_tells_what_its_intervention_tells", {"intervention_kind": "cure"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_need_says_what_has_come_of_it(name: str) -> None:
    plan = on_plan()
    one = noted(plan)
    constraint, change = CHANGES[name]
    with acting_as(people.NAV_ADVISER), refused(constraint):
        Need.objects.filter(pk=one).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"ends_before": TODAY},
        {"ends_before": TODAY, "end_reason": "bored"},
        {"end_reason": "completed"},
        {"ends_before": TODAY - timedelta(days=1), "end_reason": "completed"},
    ],
)
def test_a_placement_ends_with_a_reason_and_not_before_it_starts(change: dict[str, object]) -> None:
    plan = on_plan()
    placed(plan)
    with acting_as(people.NAV_ADVISER), refused("an_ended_placement_has_a_reason"):
        Placement.objects.update(**change)


def test_nobody_waits_twice_for_the_same() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.NAV_ADVISER), refused("nobody_waits_twice"):
        again = Need.objects.get(pk=one)
        again.pk, again._state.adding = uuid4(), True
        again.save(force_insert=True)


FORBIDDEN: dict[str, Callable[[], object]] = {
    "another number": lambda: Place.objects.update(number=99),
    "another place": lambda: Place.objects.create(
        id=uuid4(), intervention_id=people.COURSE, number=99, is_taken=False
    ),
    "fewer places": lambda: Place.objects.all()._raw_delete("default"),
    "another offer": lambda: Intervention.objects.update(name="Noe annet"),
    "no need": lambda: Need.objects.all()._raw_delete("default"),
    "no placement": lambda: Placement.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_pages_change_of_the_catalogue_only_whether_a_place_is_taken(name: str) -> None:
    plan = on_plan()
    in_status(plan, "placed")
    with (
        acting_as(people.NAV_ADVISER),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        FORBIDDEN[name]()
