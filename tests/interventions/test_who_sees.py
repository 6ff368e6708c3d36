"""Who sees that somebody waits, and who is told where a place is."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from interventions.stand_ins import OFFERED_AS, end, every_kind, free, give, noted, placed, seen, somebody
from people import Family, acting_as, family, on_plan
from samvirke.gate import audit
from samvirke.gate.types import Refused
from samvirke.interventions import operations, policies, queries
from samvirke.interventions.models import Need, Placement
from samvirke.kernel.codes import InterventionKind, UnmetReason
from samvirke.people import operations as people_operations
from samvirke.people import places

pytestmark = people.database

OFFER_WORDS = ("Nordkurset", "Sosialtjenesten i Nordeng")


def test_a_colleague_on_the_plan_without_the_kind_sees_none_of_it() -> None:
    """That somebody needs support in everyday life is not for Nav, also when Nav is in the team."""
    plan = on_plan(consent=every_kind())
    one = placed(plan, people.ACTIVITY, by=people.SOCIAL_WORKER)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert [row.need_id for row in queries.about(viewer, plan.person.person_id)] == [one]
    with acting_as(people.NAV_ADVISER) as viewer:
        assert queries.about(viewer, plan.person.person_id) == []
        with pytest.raises((Refused, ObjectDoesNotExist)):
            queries.need(viewer, one)
        with pytest.raises((Refused, ObjectDoesNotExist)):
            operations.withdraw_need(need_id=one, by=viewer)
        assert Need.objects.count() == Placement.objects.count() == 0


@pytest.mark.parametrize(
    "post", [people.STRANGER, people.OTHER_COORDINATOR, people.SOCIAL_COLLEAGUE, people.COORDINATION_LEADER]
)
def test_the_tables_alone_show_nothing_to_others(post: UUID) -> None:
    """The leader is in the team and reads plans, not what is about work."""
    plan = on_plan()
    placed(plan)
    with acting_as(people.COORDINATOR):
        assert Need.objects.count() == Placement.objects.count() == 1
    with acting_as(post) as viewer:
        assert Need.objects.count() == Placement.objects.count() == 0
        assert queries.about(viewer, plan.person.person_id) == queries.queue(viewer) == []


@pytest.mark.parametrize("post", [people.STRANGER, people.SOCIAL_COLLEAGUE, people.COORDINATION_LEADER])
def test_others_note_and_answer_nothing(post: UUID) -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(post) as viewer:
        with pytest.raises(Refused):
            operations.note_need(
                person_id=plan.person.person_id,
                intervention_kind=InterventionKind.GUIDANCE,
                words="",
                by=viewer,
            )
        with pytest.raises((Refused, ObjectDoesNotExist)):
            operations.say_unmet(need_id=one, reason=UnmetReason.NOT_SUITABLE, by=viewer)
    assert seen(plan, one).status == "waiting"


def test_the_person_notes_no_need_and_gives_no_place() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        for act in (
            lambda: operations.note_need(
                person_id=plan.person.person_id,
                intervention_kind=InterventionKind.GUIDANCE,
                words="",
                by=viewer,
            ),
            lambda: operations.say_unmet(need_id=one, reason=UnmetReason.NOT_SUITABLE, by=viewer),
        ):
            with pytest.raises(Refused):
                act()
    with pytest.raises(Refused):
        give(one, by=plan.person.citizen_id)


def test_a_withdrawn_consent_closes_it_at_once() -> None:
    plan = on_plan()
    placed(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert queries.about(viewer, plan.person.person_id) == []
        assert Placement.objects.count() == 0
    assert free(people.WORK_PRACTICE) == 1  # the place itself is still taken


def test_the_queue_holds_those_the_viewer_may_see_who_wait_for_what_the_own_unit_offers() -> None:
    first, second = on_plan(), somebody(4)
    one = noted(first)
    other = noted(second, InterventionKind.TRAINING)
    noted(second, InterventionKind.GUIDANCE)  # nobody offers it
    with acting_as(second.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=second.person.consent_id, by=viewer)
    third = noted(somebody(5), InterventionKind.TRAINING)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert {row.need_id for row in queries.queue(viewer)} == {one, third}
        assert {line.subject_id for line in viewer.lines.values() if line.outcome == audit.ALLOWED} >= {
            first.person.person_id
        }
    with acting_as(people.COORDINATOR) as viewer:
        assert queries.queue(viewer) == []  # sees who waits, and decides on no places
    assert other


def test_who_has_waited_longest_stands_first() -> None:
    first, second = on_plan(), somebody(4)
    later, earlier = noted(first), noted(second)
    with acting_as(people.NAV_ADVISER) as viewer:
        Need.objects.filter(pk=earlier).update(noted_on="2026-01-05")
        assert [(row.need_id, row.days_waited) for row in queries.queue(viewer)] == [
            (earlier, 56),
            (later, 0),
        ]


def test_a_list_is_logged_about_everybody_on_it_and_nobody_else() -> None:
    first, second = on_plan(), somebody(4)
    noted(first)
    with acting_as(people.NAV_ADVISER) as viewer:
        queries.queue(viewer)
        assert {line.subject_id for line in viewer.lines.values()} == {first.person.person_id}
        queries.about(viewer, second.person.person_id)
        assert {line.subject_id for line in viewer.lines.values()} == {first.person.person_id}


def offers(post: UUID) -> set[UUID]:
    """The offers near a post."""
    with acting_as(post) as viewer:
        return {row.intervention_id for row in queries.interventions_near(viewer)}


def test_offers_near_are_those_of_the_viewers_own_municipality() -> None:
    assert offers(people.NAV_ADVISER) == {people.WORK_PRACTICE, people.COURSE, people.ACTIVITY}
    assert offers(people.STRANGER) == {people.COURSE_IN_NORDENG}
    assert offers(people.COORDINATOR) == set(OFFERED_AS)  # serves the whole partnership


def placed_in_nordeng() -> tuple[Family, UUID]:
    """The protected mother has a place where she lives now, given by somebody who may know that."""
    one = family()
    mother = one.mother.person
    with acting_as(mother.citizen_id) as viewer:
        places.let_know_place(
            person_id=mother.person_id,
            post_ids=[people.STRANGER],
            terms=people.terms(units=(*people.UNITS, people.SOCIAL_NORDENG)),
            by=viewer,
        )
    return one, placed(one.mother, people.COURSE_IN_NORDENG, by=people.STRANGER)


def test_where_a_protected_person_has_a_place_only_the_kind_is_told() -> None:
    one, need = placed_in_nordeng()
    for post, knows in (
        (people.COORDINATOR, True),
        (people.STRANGER, True),
        (one.mother.person.citizen_id, True),
        (people.NAV_ADVISER, False),
        (people.SOCIAL_WORKER, False),
    ):
        with acting_as(post) as viewer:
            rows = [*queries.about(viewer, one.mother.person.person_id), queries.need(viewer, need)]
        assert len(rows) == 2
        for row in rows:
            assert row.intervention_kind is InterventionKind.TRAINING
            assert row.is_held
            assert all(word in repr(row) for word in OFFER_WORDS) is knows, post
            assert any(word in repr(row) for word in OFFER_WORDS) is knows, post
            assert row.is_hidden is not knows


def test_close_to_the_protected_other_units_offers_are_not_told() -> None:
    """What somebody close has may tell it too. The unit that gave the place knows, and so does who has it."""
    one, stranger = family(), somebody(9)
    for plan in (one.father, stranger):
        placed(plan)
    for post, told_of_father in (
        (people.NAV_ADVISER, True),  # of the unit that decides
        (people.SOCIAL_WORKER, False),
        (one.father.person.citizen_id, True),
        (people.COORDINATOR, True),  # knows where the mother is
    ):
        with acting_as(post) as viewer:
            (row,) = queries.about(viewer, one.father.person.person_id)
            assert ("Arbeidspraksis" in repr(row)) is told_of_father, post
            assert ("Nav Fjordvik" in repr(row)) is told_of_father, post
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (row,) = queries.about(viewer, stranger.person.person_id)
        assert "Arbeidspraksis" in repr(row)


def test_who_may_not_know_the_place_gives_none_and_ends_none() -> None:
    one = family()
    need = noted(one.mother, InterventionKind.TRAINING)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert "placed" not in queries.need(viewer, need).may_become
    with pytest.raises(policies.PlaceIsHidden):
        give(need, people.COURSE)
    with acting_as(one.mother.person.citizen_id) as viewer:
        places.let_know_place(
            person_id=one.mother.person.person_id,
            post_ids=[people.NAV_ADVISER],
            terms=people.terms(units=(*people.UNITS, people.SOCIAL_NORDENG)),
            by=viewer,
        )
    assert free(people.COURSE) == 1


def test_the_refusal_does_not_tell_that_somebody_is_protected() -> None:
    assert not any(word in str(policies.PlaceIsHidden()).lower() for word in ("protect", "hidden", "where"))


def test_a_persons_needs_cost_the_same_however_many() -> None:
    plan = on_plan()
    noted(plan)

    def count() -> int:
        with CaptureQueriesContext(connection) as found, acting_as(people.NAV_ADVISER) as viewer:
            queries.about(viewer, plan.person.person_id)
        return sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries)

    before = count()
    placed(plan, people.COURSE)
    end(plan, noted_and_given(plan))
    assert count() == before <= 10


def noted_and_given(plan: people.OnPlan) -> UUID:
    """The need for work practice that the person has already, answered."""
    with acting_as(people.NAV_ADVISER) as viewer:
        waiting = next(row for row in queries.about(viewer, plan.person.person_id) if row.status == "waiting")
    give(waiting.need_id)
    return waiting.need_id
