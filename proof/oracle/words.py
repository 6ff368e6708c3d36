"""The tables of the access document, transcribed by hand: roles, kinds, purposes, bases, rules.

Kinds and purposes are bits, so that "at most" is an intersection. Nothing here is computed from the system;
where the document says a thing twice (by role and by kind) both are written down, and a test compares them.
"""

from datetime import UTC, datetime

FOREVER = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
"""The end of what has no end."""

KIND_NAMES = (
    "identity", "contact", "plan", "employment", "education", "economy", "housing", "health",
    "substance_use", "child_welfare", "social", "network", "protected_location", "consent", "access_log",
)  # fmt: skip
KIND = {name: 1 << place for place, name in enumerate(KIND_NAMES)}
KINDS = tuple(KIND.values())
IDENTITY, CONTACT, PLAN = KIND["identity"], KIND["contact"], KIND["plan"]
PROTECTED_LOCATION, CONSENT, ACCESS_LOG = KIND["protected_location"], KIND["consent"], KIND["access_log"]
ALL_KINDS = (1 << len(KINDS)) - 1

PURPOSE_NAMES = (
    "coordination", "service", "decision", "follow_up", "statistics", "evaluation", "supervision",
)  # fmt: skip
PURPOSE = {name: 1 << place for place, name in enumerate(PURPOSE_NAMES)}
PURPOSES = tuple(PURPOSE.values())
COORDINATION, SERVICE, DECISION, FOLLOW_UP, STATISTICS, EVALUATION, SUPERVISION = PURPOSES
FOUR = COORDINATION | SERVICE | DECISION | FOLLOW_UP
"""What nearly every verb, role and basis serves at most."""


def kinds(names: str) -> int:
    """The mask of kinds named in a line of words."""
    return sum(KIND[name] for name in names.split())


READS = {
    "citizen": ALL_KINDS,
    "social_worker": kinds(
        "identity contact plan employment education economy housing health substance_use social network"
        " protected_location consent"
    ),
    "nav_adviser": kinds("identity contact plan employment education economy consent"),
    "employment_adviser": kinds("identity contact plan employment education economy consent"),
    "health_worker": kinds("identity contact plan health substance_use social consent"),
    "coordinator": kinds(
        "identity contact plan employment education economy housing health substance_use social network"
        " protected_location consent"
    ),
    "follow_up_adviser": kinds("identity contact plan employment education social consent"),
    "unit_leader": kinds("identity contact plan consent"),
    "partnership_leader": 0,
    "evaluator": 0,
    "integration": ALL_KINDS,
}
"""What each role may read at most."""

WRITES = {
    "citizen": kinds("identity contact plan protected_location consent"),
    "social_worker": kinds(
        "identity contact plan employment education economy housing social network protected_location consent"
    ),
    "nav_adviser": kinds("identity contact plan employment education consent"),
    "employment_adviser": kinds("identity contact plan employment education consent"),
    "health_worker": kinds("identity contact plan health substance_use consent"),
    "coordinator": kinds(
        "identity contact plan employment education economy housing health substance_use social network"
        " protected_location consent"
    ),
    "follow_up_adviser": kinds("identity contact plan employment education consent"),
    "unit_leader": kinds("identity plan consent"),
    "partnership_leader": 0,
    "evaluator": 0,
    "integration": ALL_KINDS,
}
"""What each role may write at most."""

ROLE_PURPOSES = {
    "citizen": FOUR,
    "social_worker": FOUR,
    "nav_adviser": FOUR,
    "employment_adviser": FOUR,
    "health_worker": FOUR,
    "coordinator": FOUR,
    "follow_up_adviser": FOUR,
    "unit_leader": FOUR,
    "partnership_leader": STATISTICS,
    "evaluator": STATISTICS | EVALUATION,
    "integration": SERVICE,
}
"""The purposes each role may be here for."""

ROLES = tuple(READS)
STAFF_ROLES = ROLES[1:]

BY_KIND = """
identity rw rw rw rw rw rw rw rw - - rw
contact rw rw rw rw rw rw rw r - - rw
plan rw rw rw rw rw rw rw rw - - rw
employment r rw rw rw - rw rw - - - rw
education r rw rw rw - rw rw - - - rw
economy r rw r r - rw - - - - rw
housing r rw - - - rw - - - - rw
health r r - - rw rw - - - - rw
substance_use r r - - rw rw - - - - rw
child_welfare r - - - - - - - - - rw
social r rw - - r rw r - - - rw
network r rw - - - rw - - - - rw
protected_location rw rw - - - rw - - - - rw
consent rw rw rw rw rw rw rw rw - - rw
access_log r - - - - - - - - - rw
"""
"""The document's second telling of the same, a line for each kind, a column for each role in order."""

SELF, GUARDIAN, BY_CONSENT, STATUTE, OWN_RECORD, CIRCLE, LIFT = BASES = (
    "self", "guardian", "consent", "statute", "own_record", "circle", "lift",
)  # fmt: skip
"""Strongest first: the strongest that opens is the one that is told."""

BASIS_KINDS = {
    SELF: ALL_KINDS,
    GUARDIAN: kinds(
        "identity contact plan employment education economy housing health substance_use child_welfare social"
        " network protected_location"
    ),
    BY_CONSENT: kinds(
        "identity contact plan employment education economy housing health substance_use child_welfare social"
        " network protected_location consent"
    ),
    STATUTE: kinds(
        "identity contact plan employment education economy housing health substance_use child_welfare social"
        " network consent"
    ),
    OWN_RECORD: kinds(
        "identity contact plan employment education economy housing health substance_use child_welfare social"
        " network protected_location consent"
    ),
    CIRCLE: ALL_KINDS,
    LIFT: kinds(
        "identity contact plan employment education economy housing health substance_use child_welfare social"
        " network consent"
    ),
}
"""The kinds each basis opens at most."""

BASIS_PURPOSES = dict.fromkeys(BASES, FOUR) | {STATUTE: SERVICE | DECISION}
"""The purposes each basis opens for at most."""

GUARDIAN_ONLY_IF_LIVING_WITH = CONTACT | PROTECTED_LOCATION
WITH_EVERY_CONSENT = IDENTITY | PLAN | CONSENT
SHARED_IN_FAMILY = IDENTITY | PLAN

LIFTED = {
    "not_active": False,
    "wrong_purpose": False,
    "role_may_not": False,
    "own_case": False,
    "close_relation": False,
    "former_partner": False,
    "shielded": False,
    "protected": False,
    "not_on_team": True,
    "no_basis": True,
    "outside_period": True,
    "sealed": False,
}
"""Every refusal in the order of the rules, and whether it can be lifted."""

RULES = tuple(LIFTED)
BAR_REASONS = ("own_case", "close_relation", "former_partner")
LIFT_HOURS = 72
REASON_LENGTH = range(10, 256)
