"""The access table: role, relation, kind, purpose, basis and state, and what the answer is.

The one place. Memberships take their kinds from here, `queries` asks it, the database's policies and
functions are written after it and compared with it, and the reference is made from it.
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
# In every consent, or told to whoever may answer at all: no guardian's scope is asked about these.
ANY_GUARDIAN_ANSWERS = CORE | DataKind.CONTACT
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


WORKERS = (
    Role.SOCIAL_WORKER,
    Role.NAV_ADVISER,
    Role.EMPLOYMENT_ADVISER,
    Role.HEALTH_WORKER,
    Role.COORDINATOR,
    Role.FOLLOW_UP_ADVISER,
    Role.UNIT_LEADER,
)


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


class Basis(StrEnum):
    """Why something about a subject is open to a holder. The strongest first: it is the one that is told."""

    SELF = "self"
    GUARDIAN = "guardian"
    CONSENT = "consent"
    STATUTE = "statute"
    OWN_RECORD = "own_record"
    CIRCLE = "circle"
    LIFT = "lift"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a basis opens at most, to whom, and what ends it."""

    to: str  # citizen, post, unit, or several
    kinds: DataKind
    purposes: Purpose
    writes: bool
    begins_with: str  # sentences, for the reference
    ends_with: str


OPENS: dict[Basis, Opening] = {
    Basis.SELF: Opening(
        "the citizen",
        EVERYTHING,
        CASEWORK,
        writes=True,
        begins_with="The person is opened: there was a yes.",
        ends_with="Never.",
    ),
    Basis.GUARDIAN: Opening(
        "the guardian as a citizen",
        # Neither who else looks, nor which units other consents name: each can tell where another guardian
        # lives. Where the child is, is for the one the child lives with.
        EVERYTHING & ~(DataKind.ACCESS_LOG | DataKind.CONSENT),
        CASEWORK,
        writes=True,
        begins_with="Somebody around both, who may see the consents of the person acted for and is neither "
        "that person nor a guardian of theirs, records the guardian with a scope: kinds, and for each until "
        "when. Contact and protected location only where the person lives with the guardian.",
        ends_with="The day the kind was recorded until; or somebody who might record one records the "
        "guardian anew, where the new scope takes the place of the old one, or records that it has ended.",
    ),
    Basis.CONSENT: Opening(
        "the post admitted on it, by name",
        EVERYTHING & ~DataKind.ACCESS_LOG,
        CASEWORK,
        writes=True,
        begins_with="A consent in force names the unit of the post, and the post is admitted. The consent's "
        "kinds and purposes, and with them always identity, plan and consent.",
        ends_with="The consent is withdrawn, or its end comes, or the post is dismissed.",
    ),
    Basis.STATUTE: Opening(
        "the post, by name",
        EVERYTHING & ~(DataKind.ACCESS_LOG | DataKind.PROTECTED_LOCATION),
        Purpose.SERVICE | Purpose.DECISION,
        writes=True,
        begins_with="A unit that may see it, and does not owe that to a consent alone, opens it on a "
        "provision that lifts secrecy without consent: the kind is open to it on `own_record` of the same "
        "person's record too, or on `statute`. Opened anew by the same unit to the same post on the same "
        "provision, the newer one takes the older one's place; no other unit can while it runs.",
        ends_with="The day it was opened until, or the unit that opened it ends it.",
    ),
    Basis.OWN_RECORD: Opening(
        "the unit; where the record is shielded, the posts named",
        EVERYTHING & ~DataKind.ACCESS_LOG,
        CASEWORK,
        writes=True,
        begins_with="The unit takes its own client's record in.",
        ends_with="The record is taken back.",
    ),
    Basis.CIRCLE: Opening(
        "whoever sees every member",
        EVERYTHING,
        CASEWORK,
        writes=True,
        begins_with="A family is opened. What a holder may see of it is what the holder may see of each "
        "member, or what a member has shared about the family with another citizen of it: identity and plan.",
        ends_with="What it was made of ends.",
    ),
    Basis.LIFT: Opening(
        "the post that broke the glass",
        EVERYTHING & ~(DataKind.ACCESS_LOG | DataKind.PROTECTED_LOCATION),
        CASEWORK,
        writes=False,
        begins_with="A worker breaks the glass, with a reason.",
        ends_with="Its hours are over, or its review finds a misuse.",
    ),
}
LIFT_REASON = (10, 255)  # characters
LIFT_HOURS = 72
KEPT_BACK_DAYS = 366  # at most, whatever a case type says


class Refusal(StrEnum):
    """Why the gate said no. The code is logged; its sentences stand with the surfaces."""

    NOT_ACTIVE = "not_active"
    WRONG_PURPOSE = "wrong_purpose"
    ROLE_MAY_NOT = "role_may_not"
    OWN_CASE = "own_case"
    CLOSE_RELATION = "close_relation"
    FORMER_PARTNER = "former_partner"
    SHIELDED = "shielded"
    PROTECTED = "protected"
    NOT_ON_TEAM = "not_on_team"
    NO_BASIS = "no_basis"
    OUTSIDE_PERIOD = "outside_period"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Rule:
    """One state that makes the gate say no. The first that applies is the answer."""

    refusal: Refusal
    applies: str  # when, for the reference
    liftable: bool = False


RULES = (
    Rule(Refusal.NOT_ACTIVE, "The post has no membership that holds now."),
    Rule(
        Refusal.WRONG_PURPOSE,
        "No membership that holds now serves the purpose the post acts for, or the role or verb does not.",
    ),
    Rule(
        Refusal.ROLE_MAY_NOT,
        "The role's cell lacks the kind: among its reads, or for a verb that writes among its writes.",
    ),
    Rule(
        Refusal.OWN_CASE,
        "A holder that the post belongs to, at any time, is barred: from the subject, from a member of it, "
        "from a family it is a member of, or from the same person's record or person. It is their own case. "
        "Each bar is of one post: no act bars a unit.",
    ),
    Rule(Refusal.CLOSE_RELATION, "The same: the worker is close to the person."),
    Rule(Refusal.FORMER_PARTNER, "The same: the worker was once the person's partner."),
    Rule(
        Refusal.SHIELDED,
        "The subject, or the same person's record, is shielded, since the client works with the agency, and "
        "nothing but a lift is open to the holders now.",
    ),
    Rule(
        Refusal.PROTECTED,
        "The subject's place, or a member's, is protected, the kind is protected location, and that kind is "
        "not open now. Only who knows the place, and the log, is told this code; others the next one.",
    ),
    Rule(
        Refusal.NOT_ON_TEAM,
        "Nothing about the subject is, was or will be open to the holders, whatever kind and purpose.",
        liftable=True,
    ),
    Rule(
        Refusal.NO_BASIS,
        "Something is, was or will be open, but never this kind for this purpose. A lift does not count for "
        "a verb that writes.",
        liftable=True,
    ),
    Rule(Refusal.OUTSIDE_PERIOD, "It was open, or will be, and is not now.", liftable=True),
    Rule(
        Refusal.SEALED,
        "The row is sealed to a unit that is none of the holders, and the subject is not the person's own.",
    ),
)
LIFTABLE = frozenset(rule.refusal for rule in RULES if rule.liftable)
BARS = (Refusal.OWN_CASE, Refusal.CLOSE_RELATION, Refusal.FORMER_PARTNER)
