"""The mandate of who coordinates a plan: what the law asks of the role, what the agencies have promised those
who ask, and what the post may decide. Each part is read where it is kept, as it stands today.
"""

from __future__ import annotations

from dataclasses import dataclass

from samvirke.agencies.delegation import AuthorityRow
from samvirke.agreements import queries as agreements
from samvirke.agreements.types import VersionRow
from samvirke.coordination import responsibility
from samvirke.gate.types import Viewer
from samvirke.plan import queries as plans
from samvirke.plan.types import PlanPage
from samvirke.statutes import policies as law
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import Duty


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a coordinator has to do, may ask for, and may decide."""

    duty: Duty | None  # what a law lays on the role; None where no pack of the country says it
    citation: str  # empty until compared with the law
    promised: tuple[VersionRow, ...]  # agreements in force in which somebody promises days
    authority: tuple[AuthorityRow, ...]  # delegated to the post itself


def of_plan(viewer: Viewer, page: PlanPage) -> Mandate:
    """For who reads the plan. Raises Refused, Plan.DoesNotExist."""
    duty = statutes.duty_of(page.coordinator.role, page.country)
    held = responsibility.authority_on(viewer, page.plan_id)
    in_force = agreements.of_partnership(viewer, plans.partnership_of(page.plan_id))
    return Mandate(
        duty=duty,
        citation=law.citation(duty) if duty else "",
        promised=tuple(row.holds for row in in_force if row.holds and row.holds.response_times),
        authority=tuple(row for row in held if row.post_id == page.coordinator.post_id),
    )
