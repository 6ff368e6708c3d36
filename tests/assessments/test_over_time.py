"""Over months, in requests that really commit: progression, what is due, narrowing and withdrawal at once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

import people
from assessments.stand_ins import (
    ALL_SEVEN,
    STEPS,
    answers_of,
    answers_self,
    given,
    living,
    seen,
    shares,
)
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from samvirke.agencies import queries as agencies
from samvirke.assessments import loading, policies, progress, queries
from samvirke.assessments.models import Answer
from samvirke.assessments.types import DueRow, ItemProgress, Respondent, SharedWith
from samvirke.coordination.consents import withdraw_consent
from samvirke.gate.types import Refused

QUARTER = 92


def test_narrowing_works_at_once_and_covers_what_was_answered_before(committed: None) -> None:
    plan = living()
    answers_self(plan, given())
    with later(100):
        answers_self(plan, given({"trust": 9}))
        answers_of(plan, people.NAV_ADVISER, given({"job-chance": 8}))
        assert len(seen(plan, people.COORDINATOR)) == 3
        shares(plan, SharedWith.NOBODY)
        assert seen(plan, people.COORDINATOR) == []
        assert [row.respondent for row in seen(plan, people.NAV_ADVISER)] == [Respondent.WORKER]
        assert len(seen(plan, plan.person.citizen_id)) == 3
        shares(plan, SharedWith.TEAM)
        assert len(seen(plan, people.COORDINATOR)) == 3


def test_a_withdrawn_consent_takes_the_answers_away_at_once(committed: None) -> None:
    plan = living()
    answers_self(plan, given())
    assert seen(plan, people.NAV_ADVISER)
    with acting_as(plan.person.citizen_id) as viewer:
        withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert not Answer.objects.exists()
        with pytest.raises(Refused):
            queries.about(viewer, plan.person.person_id)
    assert seen(plan, plan.person.citizen_id)[0].answers == ALL_SEVEN


def items(plan: OnPlan, post: UUID) -> dict[str, ItemProgress]:
    """What this post sees of how it has gone."""
    instrument = loading.newest(STEPS)
    assert instrument is not None
    return {one.item.code: one for one in progress.of_items(instrument, seen(plan, post))}


def test_progression_keeps_views_apart_and_shows_gaps(committed: None) -> None:
    plan = living()
    answers_self(plan, given({"trust": 2, "money": 1}))
    answers_of(plan, people.NAV_ADVISER, given({"trust": 6}))
    with later(QUARTER):
        answers_self(plan, given({"money": 3}))
    with later(2 * QUARTER):
        answers_self(plan, given({"trust": 8}))
        found = items(plan, people.COORDINATOR)
    mine, theirs = found["trust"].series
    assert [point.value for point in mine.points] == [2, None, 8]
    assert (theirs.respondent, theirs.unit_id) == (Respondent.WORKER, people.NAV)
    assert [point.value for point in theirs.points] == [6]
    assert "health" not in found  # nobody has answered it: there is nothing to draw


def test_what_is_put_right_counts_on_its_own_day_alone(committed: None) -> None:
    plan = living()
    answers_self(plan, given({"trust": 2}))
    assert [row.answers for row in policies.standing(seen(plan, people.COORDINATOR))] == [{"trust": 2}]


def test_of_kinds_that_are_closed_nothing_is_drawn(committed: None) -> None:
    plan = living()
    answers_self(plan, given())
    assert items(plan, people.NAV_ADVISER).keys() == {"job-chance", "trust", "next-step", "money"}
    assert items(plan, plan.person.citizen_id).keys() == ALL_SEVEN.keys()


def due(post: UUID) -> list[DueRow]:
    """What this post is to answer anew."""
    with acting_as(post) as viewer:
        return queries.due(viewer)


def test_the_next_time_is_due_after_the_interval_for_who_has_answered(committed: None) -> None:
    plan = living()
    assert due(people.NAV_ADVISER) == []
    answers_of(plan, people.NAV_ADVISER, given({"trust": 6}))
    assert due(people.NAV_ADVISER) == []
    with later(80):
        (row,) = due(people.NAV_ADVISER)
        assert (row.person_name, row.due_on, row.is_late) == ("Kari Eksempel", date(2026, 6, 2), False)
        assert due(people.COORDINATOR) == []
    with later(QUARTER + 1):
        assert due(people.NAV_ADVISER)[0].is_late
        answers_of(plan, people.NAV_ADVISER, given({"trust": 7}))
        assert due(people.NAV_ADVISER) == []


@pytest.mark.parametrize(
    ("last", "months", "then"),
    [
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_the_next_day(last: date, months: int, then: date) -> None:
    assert policies.next_due(last, months) == then
    assert last + timedelta(days=27 * months) < then


def covers(plan: OnPlan, post: UUID) -> dict[str, dict[str, str]]:
    """What this post reads of which agency has what it needs."""
    instrument = loading.newest(STEPS)
    assert instrument is not None
    with acting_as(post) as viewer:
        person_id = plan.person.person_id
        rows = queries.about(viewer, person_id)
        team = agencies.posts([people.NAV_ADVISER, people.COORDINATOR, people.SOCIAL_WORKER]).values()
        found = progress.covered(viewer, person_id, instrument, rows, team)
    return {str(row.agency_kind): {item.code: cover.value for item, cover in row.items} for row in found}


def test_what_each_agency_needs_is_covered_or_not(committed: None) -> None:
    plan = living()
    mine = plan.person.citizen_id
    answers_self(plan, given({"job-chance": 5, "everyday": 2}))
    told = covers(plan, mine)
    assert told["nav_state"] == {"job-chance": "has", "next-step": "lacks", "money": "lacks"}
    assert told["social_service"]["everyday"] == "has"
    shares(plan, SharedWith.UNIT, people.NAV)
    assert covers(plan, mine)["nav_state"]["job-chance"] == "has"
    assert covers(plan, mine)["social_service"]["everyday"] == "closed"
    # who may not see the answers reads what who has answered nothing reads
    hidden = covers(plan, people.SOCIAL_WORKER)
    assert {cover for row in hidden.values() for cover in row.values()} == {"lacks"}
    # and of kinds that are closed to Nav, nothing stands there at all
    assert "everyday" not in covers(plan, people.NAV_ADVISER).get("social_service", {})


def test_without_a_consent_to_the_kind_an_open_answer_is_not_covered(committed: None) -> None:
    plan = on_plan()  # nothing about money
    answers_self(plan, given({"money": 5}))
    assert covers(plan, plan.person.citizen_id)["nav_state"]["money"] == "closed"
