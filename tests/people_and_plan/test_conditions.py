"""Conditions of benefits: who sets them, who is heard before anything is taken, and what is never taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

import people
from people import NOW, OnPlan, acting_as
from samvirke.gate import operations as gate
from samvirke.gate.types import Refused
from samvirke.kernel.codes import AgencyKind, Country, Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import guardians, national_ids, operations, places
from samvirke.plan import condition_policies as rules
from samvirke.plan import conditions, conditions_read, policies, teams
from samvirke.plan.commitment_policies import CannotRead
from samvirke.plan.condition_models import BenefitCondition
from samvirke.plan.condition_types import ConditionRow, Sanction, Terms
from samvirke.plan.models import Plan
from samvirke.statutes import queries as statutes

pytestmark = people.database
TODAY = NOW.date()
SOON = TODAY + timedelta(days=30)
MONEY = DataKind.IDENTITY | DataKind.PLAN | DataKind.ECONOMY  # what a guardian acts in
TERMS: dict[str, Any] = {
    "benefit": "no.social_assistance",
    "what": "Møte på kurset tre dager i uken.",
    "why": "Kurset er det du selv ba om.",
    "alternative": "Praksis i kantina.",
    "if_not_kept": "Vi spør deg hvorfor, og snakker sammen.",
    "review_on": SOON,
}


def on_plan() -> OnPlan:
    """A plan whose person lets the team read about economy."""
    return people.on_plan(consent=people.terms(kinds=DataKind.EMPLOYMENT | DataKind.ECONOMY))


def is_set(plan: OnPlan, *, by: UUID = people.SOCIAL_WORKER, **changes: Any) -> UUID:
    """The social service sets a condition."""
    with acting_as(by) as viewer:
        return conditions.set_condition(plan_id=plan.plan_id, terms=Terms(**{**TERMS, **changes}), by=viewer)


def step(
    one: UUID, status: str, words: str = "Slik var det.", *, by: UUID = people.SOCIAL_WORKER, **more: Any
) -> None:
    """The unit takes a step."""
    with acting_as(by) as viewer:
        conditions.take_step(condition_id=one, status=status, words=words, by=viewer, **more)


def sanctioned(one: UUID, *, by: UUID = people.SOCIAL_WORKER, **changes: Any) -> None:
    """The unit records a decision."""
    said: dict[str, Any] = {
        "why": "Du møtte ikke, og sa ikke fra.",
        "until": SOON,
        "left_per_day": 210,
        "decision_reference": "2026/17",
        "appeal_to": "Statsforvalteren, gjennom oss.",
    }
    with acting_as(by) as viewer:
        conditions.record_sanction(condition_id=one, sanction=Sanction(**{**said, **changes}), by=viewer)


def says(one: UUID, who: UUID, words: str = "Bussen gikk ikke.") -> None:
    """The person has their say."""
    with acting_as(who) as viewer:
        conditions.say(condition_id=one, words=words, by=viewer)


def explained(one: UUID, *, by: UUID = people.NAV_ADVISER) -> None:
    """Who follows it up explains."""
    with acting_as(by) as viewer:
        conditions.explain(condition_id=one, words="Bussen sto.", by=viewer)


def row(plan: OnPlan, who: UUID = people.SOCIAL_WORKER) -> ConditionRow:
    """The only condition of the plan, as somebody reads it."""
    with acting_as(who) as viewer:
        (found,) = conditions_read.of_plan(viewer, plan.plan_id).rows
    return found


def test_the_person_reads_all_of_it_and_says_what_they_think() -> None:
    plan = on_plan()
    one = is_set(plan)
    says(one, plan.person.citizen_id, "<script>Jeg vil heller i kantina</script> 🙂 Čáhppes")
    read = row(plan, plan.person.citizen_id)
    assert (read.why, read.alternative, read.review_on) == (TERMS["why"], TERMS["alternative"], SOON)
    assert (read.status, read.may, read.steps[0].words[:8]) == ("in_force", ("said",), "<script>")
    assert row(plan).may == ("not_kept", "reviewed", "ended")


def test_nothing_is_taken_before_everybody_was_heard() -> None:
    plan = on_plan()
    one = is_set(plan, explained_by=people.NAV_ADVISER)
    with pytest.raises(rules.ConditionHasMoved):
        sanctioned(one)
    step(one, "not_kept")
    for missing, heard in (
        (("explained", "reason_asked", "talked"), lambda: explained(one)),
        (("reason_asked", "talked"), lambda: step(one, "reason_asked")),
        (("talked",), lambda: step(one, "talked")),
    ):
        with pytest.raises(rules.NotHeardYet) as refused:
            sanctioned(one)
        assert refused.value.missing == row(plan).missing == missing
        heard()
    with pytest.raises(rules.NothingLeft):
        sanctioned(one, left_per_day=0)
    with pytest.raises(policies.NothingWritten):
        sanctioned(one, appeal_to=" ")
    with pytest.raises(policies.ReviewInThePast):
        sanctioned(one, until=TODAY - timedelta(days=1))
    sanctioned(one)
    last = row(plan, plan.person.citizen_id).steps[-1]
    assert (last.status, last.left_per_day, last.until) == ("sanctioned", 210, SOON)
    assert (last.decision_reference, last.appeal_to[:16]) == ("2026/17", "Statsforvalteren")
    with pytest.raises(rules.ConditionHasMoved):
        sanctioned(one)


def test_what_was_heard_last_time_does_not_count_this_time() -> None:
    plan = on_plan()
    one = is_set(plan)
    for status in ("not_kept", "reason_asked", "talked"):
        step(one, status)
    step(one, "reviewed", next_review=SOON + timedelta(days=30))
    assert (row(plan).status, row(plan).review_on) == ("in_force", SOON + timedelta(days=30))
    step(one, "not_kept")
    with pytest.raises(rules.NotHeardYet):
        sanctioned(one)
    step(one, "ended")
    assert row(plan).may == ()
    with pytest.raises(rules.ConditionHasMoved):
        says(one, plan.person.citizen_id)


@pytest.mark.parametrize("benefit", ["no.housing_support", "no.food_money", "invented"])
def test_never_on_what_is_protected(benefit: str) -> None:
    with pytest.raises(rules.NotOnThisBenefit):
        is_set(on_plan(), benefit=benefit)


def test_never_on_the_benefit_of_another_agency() -> None:
    assert not statutes.condition_benefits(Country.NORWAY, AgencyKind.NAV_STATE)
    with pytest.raises((rules.NotOnThisBenefit, Refused)):
        is_set(on_plan(), by=people.NAV_ADVISER)


@pytest.mark.parametrize("field", ["what", "why", "alternative", "if_not_kept"])
def test_reason_alternative_and_consequence_are_written(field: str) -> None:
    with pytest.raises(policies.NothingWritten):
        is_set(on_plan(), **{field: " "})


def test_a_review_is_ahead_and_a_step_says_something() -> None:
    plan = on_plan()
    with pytest.raises(policies.ReviewInThePast):
        is_set(plan, review_on=date(2020, 1, 1))
    one = is_set(plan)
    with pytest.raises(policies.ReviewInThePast):
        step(one, "reviewed")
    with pytest.raises(policies.NothingWritten):
        step(one, "not_kept", " ")
    with pytest.raises(rules.ConditionHasMoved):
        step(one, "said")
    assert row(plan).steps == ()


def test_nobody_speaks_for_another() -> None:
    plan = on_plan()
    one = is_set(plan)
    for act in (
        lambda: says(one, people.SOCIAL_WORKER),
        lambda: explained(one),
        lambda: step(one, "not_kept", by=people.NAV_ADVISER),
    ):
        with pytest.raises((rules.NotYourCondition, Refused)):
            act()
    for act in (
        lambda: is_set(plan, by=plan.person.citizen_id),
        lambda: step(one, "ended", by=plan.person.citizen_id),
    ):
        with pytest.raises((Refused, policies.NotInTheTeam)):
            act()
    assert row(plan).steps == ()


@pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser", "nav leader"])
def test_nobody_outside_the_team_reads_or_writes(who: str) -> None:
    plan = on_plan()
    one = is_set(plan)
    for act in (
        lambda: row(plan, people.EVERYBODY[who]),
        lambda: step(one, "not_kept", by=people.EVERYBODY[who]),
    ):
        with pytest.raises(
            (Refused, policies.NotInTheTeam, Plan.DoesNotExist, BenefitCondition.DoesNotExist)
        ):
            act()


def test_not_for_a_whole_family() -> None:
    with pytest.raises(rules.NotOnePerson):
        rules.check_one_person(is_family=True)


def guardian_of(plan: OnPlan, scope: DataKind) -> UUID:
    """Somebody acts for the grown-up person, in what the scope says."""
    number = national_ids.make_synthetic(birth_date=date(1970, 2, 1), sex=Sex.FEMALE, serial=9)
    helper = people.said_yes(people.Client("G-9", number, "Berit", "Eksempel", date(1970, 2, 1))).citizen_id
    new = people.guardian(helper, "Berit", footing="no.guardian_of_adult", scope=scope)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        guardians.record(person_id=plan.person.person_id, guardian=new, by=viewer)
    return helper


def test_a_guardian_speaks_as_a_guardian() -> None:
    plan = on_plan()
    one, helper = is_set(plan), guardian_of(plan, MONEY)
    assert row(plan, helper).may == ("guardian_said",)
    says(one, helper, "Han forsto ikke brevet.")
    says(one, plan.person.citizen_id)
    assert [(step.status, step.who) for step in row(plan).steps] == [("guardian_said", None), ("said", None)]


def test_a_guardian_of_other_things_reads_nothing_of_money() -> None:
    plan = on_plan()
    one, helper = is_set(plan), guardian_of(plan, DataKind.IDENTITY | DataKind.PLAN | DataKind.HEALTH)
    for act in (lambda: row(plan, helper), lambda: says(one, helper)):
        with pytest.raises((Refused, BenefitCondition.DoesNotExist)):
            act()


def test_a_guardian_is_told_nothing_where_the_place_is_hidden() -> None:
    plan = on_plan()
    helper = guardian_of(plan, MONEY)
    is_set(plan)
    with acting_as(plan.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=plan.person.person_id,
            level="no.strictly_confidential",
            places=people.CANARIES,
            expires_on=TODAY + timedelta(days=300),
            by=viewer,
        )
    with acting_as(helper) as viewer:
        assert conditions_read.of_plan(viewer, plan.plan_id).rows == ()
    assert row(plan, plan.person.citizen_id).may == ("said",)


def test_who_cannot_read_of_it_is_never_the_one_to_explain() -> None:
    plan, asked = people.on_plan(), people.terms(kinds=DataKind.ECONOMY, units=(people.SOCIAL,))
    with acting_as(plan.person.citizen_id):
        consent_id = operations.record_consent(plan.person.person_id, plan.person.citizen_id, asked)
        gate.admit(consent_id=consent_id, post_ids=[people.SOCIAL_WORKER])
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert conditions_read.of_plan(viewer, plan.plan_id).others == ()
    with pytest.raises(CannotRead):
        is_set(plan, explained_by=people.NAV_ADVISER)


def test_nothing_waits_for_an_explanation_from_who_has_left() -> None:
    plan = on_plan()
    one = is_set(plan, explained_by=people.NAV_ADVISER)
    for status in ("not_kept", "reason_asked", "talked"):
        step(one, status)
    assert row(plan).missing == ("explained",)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        teams.leave_team(
            plan_id=plan.plan_id,
            post_ids=[people.NAV_ADVISER],
            actions_to=people.SOCIAL_WORKER,
            by=viewer,
        )
    assert row(plan).missing == ()
    with pytest.raises((Refused, policies.NotInTheTeam, BenefitCondition.DoesNotExist)):
        explained(one)
