"""What the tests of assessments have in common."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import people
from people import OnPlan, acting_as, on_plan
from samvirke.assessments import operations, queries
from samvirke.assessments.types import AssessmentRow, Given, Respondent, SharedWith
from samvirke.kernel.gate_words import DataKind

STEPS = "everyday-steps"
LIFE = (
    DataKind.EMPLOYMENT
    | DataKind.EDUCATION
    | DataKind.ECONOMY
    | DataKind.HEALTH
    | DataKind.SOCIAL
    | DataKind.NETWORK
)
ALL_SEVEN = {
    "everyday": 4, "health": 3, "people": 6, "money": 2, "job-chance": 5, "trust": 7, "next-step": 8,
}  # fmt: skip


def living() -> OnPlan:
    """Somebody on a plan who has said yes to more than work."""
    return on_plan(consent=people.terms(kinds=LIFE))


def given(
    values: Mapping[str, int | None] | None = None,
    shared_with: SharedWith = SharedWith.TEAM,
    unit_id: UUID | None = None,
    why: str = "",
) -> Given:
    """Answers, open to the team where nothing else is said."""
    return Given(ALL_SEVEN if values is None else values, shared_with, unit_id, why)


def answers_self(plan: OnPlan, answers: Given) -> UUID:
    """The person answers, signed in."""
    with acting_as(plan.person.citizen_id) as viewer:
        return operations.answer(
            person_id=plan.person.person_id,
            code=STEPS,
            respondent=Respondent.PERSON,
            given=answers,
            by=viewer,
        )


def answers_of(
    plan: OnPlan, post: UUID, answers: Given, *, respondent: Respondent = Respondent.WORKER
) -> UUID:
    """A worker answers, or writes down what the person says."""
    with acting_as(post) as viewer:
        return operations.answer(
            person_id=plan.person.person_id, code=STEPS, respondent=respondent, given=answers, by=viewer
        )


def puts_right(plan: OnPlan, answers: Given) -> None:
    """The person puts right what they answered last."""
    person_id = plan.person.person_id
    with acting_as(plan.person.citizen_id) as viewer:
        operations.put_right(
            person_id=person_id, code=STEPS, respondent=Respondent.PERSON, given=answers, by=viewer
        )


def shares(plan: OnPlan, shared_with: SharedWith, unit_id: UUID | None = None) -> None:
    """The person chooses anew who sees it."""
    with acting_as(plan.person.citizen_id) as viewer:
        operations.share(
            person_id=plan.person.person_id, code=STEPS, shared_with=shared_with, unit_id=unit_id, by=viewer
        )


def seen(plan: OnPlan, post: UUID) -> list[AssessmentRow]:
    """What this post sees of it."""
    with acting_as(post) as viewer:
        return queries.about(viewer, plan.person.person_id)
