"""Answering: what is kept, what is refused, who sees it, and that the person's choice decides."""

from __future__ import annotations

from dataclasses import fields
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

import people
from assessments.stand_ins import (
    ALL_SEVEN,
    STEPS,
    answers_of,
    answers_self,
    given,
    living,
    puts_right,
    seen,
    shares,
)
from people import OnPlan, acting_as, family, on_plan
from samvirke.assessments import operations, policies, queries
from samvirke.assessments.models import Answer, Assessment
from samvirke.assessments.types import Respondent, SharedWith
from samvirke.coordination.consents import consequences
from samvirke.gate.types import Refused

pytestmark = people.database
OF_WORK = {"job-chance", "trust", "next-step"}


def test_the_person_answers_and_the_team_sees_what_its_kinds_let_it() -> None:
    plan = living()
    answers_self(plan, given())
    assert seen(plan, plan.person.citizen_id)[0].answers == ALL_SEVEN
    assert seen(plan, people.COORDINATOR)[0].answers == ALL_SEVEN
    assert seen(plan, people.NAV_ADVISER)[0].answers.keys() == OF_WORK | {"money"}
    with acting_as(people.STRANGER) as viewer, pytest.raises(Refused):
        queries.about(viewer, plan.person.person_id)


def test_a_kind_without_consent_is_not_there_and_not_counted() -> None:
    plan = on_plan()  # employment, education, housing and health
    answers_self(plan, given())
    assert seen(plan, people.COORDINATOR)[0].answers.keys() == OF_WORK | {"health"}


def test_for_me_alone_nobody_else_sees_that_there_is_one() -> None:
    plan = living()
    answers_self(plan, given(shared_with=SharedWith.NOBODY))
    assert len(seen(plan, plan.person.citizen_id)) == 1
    for post in (people.COORDINATOR, people.SOCIAL_WORKER, people.NAV_ADVISER):
        assert seen(plan, post) == []
        with acting_as(post):  # the second lock, asked without the first
            assert not Assessment.objects.exists()
            assert not Answer.objects.exists()


def test_for_one_unit_only_that_unit_sees_it() -> None:
    plan = living()
    answers_self(plan, given(shared_with=SharedWith.UNIT, unit_id=people.NAV))
    assert seen(plan, people.NAV_ADVISER)[0].shared_with is SharedWith.UNIT
    assert seen(plan, people.COORDINATOR) == []
    with acting_as(people.COORDINATOR):
        assert not Answer.objects.exists()


def test_a_workers_view_stays_in_the_unit_until_the_person_opens_it() -> None:
    plan = living()
    answers_of(plan, people.NAV_ADVISER, given({"job-chance": 8}))
    assert seen(plan, people.COORDINATOR) == []
    assert seen(plan, plan.person.citizen_id)[0].answers == {"job-chance": 8}
    shares(plan, SharedWith.TEAM)
    assert seen(plan, people.COORDINATOR)[0].answers == {"job-chance": 8}


def test_a_workers_view_follows_what_the_person_has_opened() -> None:
    plan = living()
    answers_self(plan, given())
    answers_of(plan, people.NAV_ADVISER, given({"job-chance": 8}))
    assert {row.respondent for row in seen(plan, people.COORDINATOR)} == set(Respondent)


def test_a_worker_writes_down_what_the_person_says() -> None:
    plan = living()
    says = given({"trust": 3}, SharedWith.UNIT, people.NAV)
    answers_of(plan, people.NAV_ADVISER, says, respondent=Respondent.PERSON)
    (row,) = seen(plan, people.NAV_ADVISER)
    assert (row.respondent, row.unit_id, row.answers) == (Respondent.PERSON, people.NAV, {"trust": 3})
    assert seen(plan, people.COORDINATOR) == []
    for wrong in (
        given({"trust": 3}, SharedWith.NOBODY),
        given({"trust": 3}, SharedWith.UNIT, people.COORDINATING),
        given({"trust": 3}, SharedWith.UNIT, uuid4()),
    ):
        with pytest.raises(policies.CannotBeShared):
            answers_of(plan, people.SOCIAL_WORKER, wrong, respondent=Respondent.PERSON)


def test_no_worker_changes_who_sees_it() -> None:
    plan = living()
    answers_self(plan, given(shared_with=SharedWith.UNIT, unit_id=people.NAV))
    with acting_as(people.NAV_ADVISER) as viewer:
        with pytest.raises(policies.CannotBeShared):
            operations.share(
                person_id=plan.person.person_id,
                code=STEPS,
                shared_with=SharedWith.TEAM,
                unit_id=None,
                by=viewer,
            )
        assert Assessment.objects.count() == 1
        assert Assessment.objects.update(sealed_to=None) == 0  # the database says the same
        assert Answer.objects.update(sealed_to=None) == 0
    assert seen(plan, people.COORDINATOR) == []


@pytest.mark.parametrize("column", ["value", "item"])
def test_an_answer_is_never_overwritten(column: str) -> None:
    plan = living()
    answers_self(plan, given())
    with acting_as(plan.person.citizen_id), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(**{column: 1})


@pytest.mark.parametrize("value", [-1, 11, 10**9])
def test_an_answer_outside_the_scale_is_refused(value: int) -> None:
    plan = living()
    with pytest.raises(policies.OutsideScale, match="outside the scale from 0 to 10"):
        answers_self(plan, given({"trust": value}))
    assert seen(plan, plan.person.citizen_id) == []


def test_a_skipped_item_is_not_answered_and_never_zero() -> None:
    plan = living()
    answers_self(plan, given({"trust": 0, "money": None}))
    assert seen(plan, plan.person.citizen_id)[0].answers == {"trust": 0}
    with pytest.raises(policies.NothingAnswered):
        answers_of(plan, people.NAV_ADVISER, given({"job-chance": None}))


def test_what_is_unknown_or_closed_is_refused() -> None:
    plan = living()
    with pytest.raises(policies.NoSuchInstrument):
        answers_of(plan, people.NAV_ADVISER, given({"health": 3}))  # Nav writes nothing about health
    with pytest.raises(policies.NoSuchInstrument):
        answers_self(plan, given({"no-such-item": 3}))
    with acting_as(plan.person.citizen_id) as viewer:
        for code, respondent in (("no-such", Respondent.PERSON), (STEPS, Respondent.WORKER)):
            with pytest.raises(policies.NoSuchInstrument):
                operations.answer(
                    person_id=plan.person.person_id,
                    code=code,
                    respondent=respondent,
                    given=given(),
                    by=viewer,
                )
    with pytest.raises(Refused):
        answers_of(plan, people.STRANGER, given({"trust": 3}))


def test_once_a_day_and_put_right_with_a_reason() -> None:
    plan = living()
    answers_self(plan, given({"trust": 2}))
    with pytest.raises(policies.AnsweredToday):
        answers_self(plan, given({"trust": 2}))
    _put_right(plan, {"trust": 7}, why="Jeg leste feil ✎ <b>á</b>")
    first, second = sorted(seen(plan, people.COORDINATOR), key=lambda row: row.why)
    assert (second.corrects, second.why) == (first.assessment_id, "Jeg leste feil ✎ <b>á</b>")
    assert [row.answers for row in policies.standing([first, second])] == [{"trust": 7}]
    with pytest.raises(policies.ReasonMissing):
        _put_right(plan, {"trust": 1}, why="  ")
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(policies.NothingToPutRight):
        operations.put_right(
            person_id=plan.person.person_id,
            code=STEPS,
            respondent=Respondent.WORKER,
            given=given({"trust": 1}, why="x"),
            by=viewer,
        )


def test_facts_hold_codes_and_counts_and_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, told = living(), []
    monkeypatch.setattr(operations.events, "record", lambda new, **_: told.extend(new))
    answers_self(plan, given({"trust": 2, "money": 4}, SharedWith.NOBODY))
    shares(plan, SharedWith.TEAM)
    answered, chosen, anew = told
    assert (answered.answered, answered.instrument, answered.version) == (2, STEPS, 1)
    assert not answered.puts_right
    assert {field.name for field in fields(answered)} == {
        "subject_id",
        "assessment_id",
        "instrument",
        "version",
        "respondent",
        "answered",
        "puts_right",
    }
    assert (chosen.shared_with, chosen.of_all) == (SharedWith.NOBODY, False)
    assert (anew.shared_with, anew.of_all) == (SharedWith.TEAM, True)


def _put_right(plan: OnPlan, values: dict[str, int], *, why: str) -> None:
    puts_right(plan, given(values, why=why))


def test_a_guardian_reads_what_is_shared_and_answers_for_nobody() -> None:
    one = family()
    child, father = one.child.person_id, one.father.person.citizen_id
    with acting_as(father) as viewer:
        assert queries.about(viewer, child) == []
        for respondent in Respondent:
            with pytest.raises(policies.NoSuchInstrument):
                operations.answer(
                    person_id=child, code=STEPS, respondent=respondent, given=given(), by=viewer
                )
        with pytest.raises(policies.CannotBeShared):
            operations.share(
                person_id=child, code=STEPS, shared_with=SharedWith.TEAM, unit_id=None, by=viewer
            )


def test_before_a_consent_is_taken_back_it_is_said_how_many_answers_go_with_it() -> None:
    plan = living()
    answers_self(plan, given({"trust": 2, "job-chance": 4, "health": 5}))
    with acting_as(plan.person.citizen_id) as viewer:
        rows = consequences(viewer, plan.person.consent_id).losses
    told = {row.post_id: row.answers for row in rows}
    assert (told[people.COORDINATOR], told[people.NAV_ADVISER]) == (3, 2)
    shares(plan, SharedWith.UNIT, people.NAV)
    with acting_as(plan.person.citizen_id) as viewer:
        rows = consequences(viewer, plan.person.consent_id).losses
    told = {row.post_id: row.answers for row in rows}
    assert (told[people.COORDINATOR], told[people.NAV_ADVISER]) == (0, 2)
