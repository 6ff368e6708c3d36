"""The access table: which role may read and write which kinds, for which purposes.

The one place. Memberships take their kinds from here, and ``check`` asks it; the database policy repeats
the answer per row from the grants.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samvirke.kernel.gate_words import DataKind, Purpose

EVERYTHING = DataKind(sum(DataKind))
CORE = DataKind.IDENTITY | DataKind.PLAN | DataKind.CONSENT
WORK = DataKind.EMPLOYMENT | DataKind.EDUCATION
LIVING = DataKind.ECONOMY | DataKind.HOUSING | DataKind.SOCIAL | DataKind.NETWORK
CARE = DataKind.HEALTH | DataKind.SUBSTANCE_USE
WHEREABOUTS = DataKind.CONTACT | DataKind.PROTECTED_LOCATION
CASEWORK = Purpose.COORDINATION | Purpose.SERVICE | Purpose.DECISION | Purpose.FOLLOW_UP


class Role(StrEnum):
    """What a post is for. The code stands in `agencies.Post.role` and in the membership."""

    CITIZEN = "citizen"
    SOCIAL_WORKER = "social_worker"
    NAV_ADVISER = "nav_adviser"
    EMPLOYMENT_ADVISER = "employment_adviser"
    HEALTH_WORKER = "health_worker"
    COORDINATOR = "coordinator"
    FOLLOW_UP_ADVISER = "follow_up_adviser"
    UNIT_LEADER = "unit_leader"
    PARTNERSHIP_LEADER = "partnership_leader"
    EVALUATOR = "evaluator"
    INTEGRATION = "integration"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a role may read, what it may write, and for which purposes."""

    reads: DataKind
    writes: DataKind
    purposes: Purpose


ACCESS: dict[Role, Cell] = {
    Role.CITIZEN: Cell(EVERYTHING, CORE | WHEREABOUTS, CASEWORK),
    Role.SOCIAL_WORKER: Cell(
        CORE | WHEREABOUTS | WORK | LIVING | CARE,
        CORE | WHEREABOUTS | LIVING | WORK,
        CASEWORK,
    ),
    Role.NAV_ADVISER: Cell(
        CORE | DataKind.CONTACT | WORK | DataKind.ECONOMY, CORE | DataKind.CONTACT | WORK, CASEWORK
    ),
    Role.EMPLOYMENT_ADVISER: Cell(
        CORE | DataKind.CONTACT | WORK | DataKind.ECONOMY, CORE | DataKind.CONTACT | WORK, CASEWORK
    ),
    Role.HEALTH_WORKER: Cell(
        CORE | DataKind.CONTACT | DataKind.SOCIAL | CARE, CORE | DataKind.CONTACT | CARE, CASEWORK
    ),
    Role.COORDINATOR: Cell(
        CORE | WHEREABOUTS | WORK | LIVING | CARE,
        CORE | WHEREABOUTS | WORK | LIVING | CARE,
        CASEWORK,
    ),
    Role.FOLLOW_UP_ADVISER: Cell(
        CORE | DataKind.CONTACT | WORK | DataKind.SOCIAL, CORE | DataKind.CONTACT | WORK, CASEWORK
    ),
    Role.UNIT_LEADER: Cell(CORE | DataKind.CONTACT, CORE, CASEWORK),
    Role.PARTNERSHIP_LEADER: Cell(DataKind(0), DataKind(0), Purpose.STATISTICS),
    Role.EVALUATOR: Cell(DataKind(0), DataKind(0), Purpose.EVALUATION | Purpose.STATISTICS),
    Role.INTEGRATION: Cell(EVERYTHING, EVERYTHING, Purpose.SERVICE),
}
