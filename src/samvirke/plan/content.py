"""The statutory content check: what each law requires, and whether the plan holds it.

A requirement names keys of plan content; nothing here knows any law. A new plan kind is a new entry in a
law pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from samvirke.gate.types import ConsentRecord
from samvirke.kernel.codes import PlanContent
from samvirke.plan.action_types import ActionRow
from samvirke.plan.rows import StoredPlan
from samvirke.plan.types import ContentCheck, GoalRow, RequirementRow, StatementRow
from samvirke.statutes import policies as law
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import STATEMENT


def keys(
    plan: StoredPlan,
    goals: Sequence[GoalRow],
    actions: Sequence[ActionRow],
    statements: Sequence[StatementRow],
    *,
    has_team: bool,
    consents: Sequence[ConsentRecord],
    now: datetime,
) -> frozenset[str]:
    """The keys of content that the plan holds, as this viewer sees it.

    Duty, accountable member and review always exist: the tables cannot hold a plan without them.
    """
    held = {
        PlanContent.GOALS: any(goal.is_active for goal in goals),
        PlanContent.JOB_GOAL: any(goal.life_domain == "employment" for goal in goals if goal.is_active),
        PlanContent.EDUCATION_GOAL: any(goal.life_domain == "education" for goal in goals if goal.is_active),
        PlanContent.TEAM: has_team,
        PlanContent.COORDINATOR: True,
        PlanContent.ACTIONS: bool(actions),
        PlanContent.ACCOUNTABLE: bool(actions),
        PlanContent.EXTENT: bool(actions) and all(action.extent for action in actions),
        PlanContent.HOW: bool(actions) and all(action.how for action in actions),
        PlanContent.DURATION: bool(actions) and all(action.due_on for action in actions),
        PlanContent.PERIOD: plan.starts_on is not None,
        PlanContent.REVIEW: plan.next_review is not None,
        PlanContent.CONSENT: any(consent.in_force(now) for consent in consents),
    }
    found = {str(key) for key, here in held.items() if here}
    return frozenset(found | {STATEMENT + statement.topic for statement in statements})


def check(
    plan_kind: str, found: frozenset[str], *, on: date, exempt_from: Iterable[Sequence[str]] = ()
) -> ContentCheck:
    """The requirements of one plan kind, as they are in force on a day, against what the plan holds.

    exempt_from: plan kind, requirement, last day and what it rests on, of each exemption that holds.
    Raises UnknownProvision.
    """
    kind = statutes.plan_kind(plan_kind, on=on)
    exempt = {
        requirement: (date.fromisoformat(last), provision)
        for of_kind, requirement, last, provision in exempt_from
        if of_kind == plan_kind
    }
    return ContentCheck(
        plan_kind=plan_kind,
        label=kind.label,
        citation=law.citation(kind),
        verified_on=kind.verified_on,
        requirements=tuple(
            RequirementRow(
                code=requirement.code,
                label=requirement.label,
                filled=set(requirement.needs) <= found,
                who_can_fill=requirement.who,
                needs=requirement.needs,
                held=tuple(key for key in requirement.needs if key in found),
                exempt_until=exempt[requirement.code][0] if requirement.code in exempt else None,
                exempt_by=exempt[requirement.code][1] if requirement.code in exempt else "",
            )
            for requirement in kind.requirements
        ),
    )
