"""The statutory content check: what each law requires, and whether the plan holds it.

A requirement names keys of plan content; nothing here knows any law. A new plan kind is a new entry in a
law pack.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samvirke.gate.types import ConsentRecord
from samvirke.plan.rows import StoredPlan
from samvirke.plan.types import ActionRow, ContentCheck, GoalRow, RequirementRow, StatementRow
from samvirke.statutes import queries as statutes


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
        "goals": bool(goals),
        "team": has_team,
        "coordinator": True,
        "actions": bool(actions),
        "accountable": bool(actions),
        "extent": bool(actions) and all(action.extent for action in actions),
        "how": bool(actions) and all(action.how for action in actions),
        "period": plan.starts_on is not None,
        "review": plan.next_review is not None,
        "consent": any(consent.in_force(now) for consent in consents),
    }
    found = {key for key, here in held.items() if here}
    return frozenset(found | {f"statement:{statement.topic}" for statement in statements})


def check(plan_kind: str, found: frozenset[str]) -> ContentCheck:
    """The requirements of one plan kind against what the plan holds. Raises UnknownProvision."""
    kind = statutes.plan_kind(plan_kind)
    return ContentCheck(
        plan_kind=plan_kind,
        label=kind.label,
        provision=kind.provision,
        source=kind.source,
        excerpt_seen=kind.excerpt_seen,
        verified_on=kind.verified_on,
        requirements=tuple(
            RequirementRow(
                code=requirement.code,
                label=requirement.label,
                filled=set(requirement.needs) <= found,
                who_can_fill=requirement.who,
            )
            for requirement in kind.requirements
        ),
    )
