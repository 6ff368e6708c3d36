"""What pages get from the plan: small frozen rows. What a viewer may not see is not in them at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.gate.access import Role
from samvirke.kernel.codes import Country, Occupation, SupportSource, TargetGroup
from samvirke.kernel.gate_words import DataKind
from samvirke.people.types import FamilyMemberRow
from samvirke.plan.action_types import ActionRow


@dataclass(frozen=True, slots=True)
class Situation:
    """What a person lives on and does, on a day."""

    support: SupportSource
    occupation: Occupation


@dataclass(frozen=True, slots=True)
class Intake:
    """How the person came to the plan. Goes into statistics, not onto the page."""

    target_group: TargetGroup
    asked_on: date
    months_assistance: int | None
    situation: Situation


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One plan on a worker's list."""

    plan_id: UUID
    subject_id: UUID
    person_name: str
    kinds: tuple[str, ...]  # plan kind codes of `statutes`
    next_review: date
    coordinator: str  # post title; empty where it would tell a protected place
    open_actions: int  # this worker's own, not done
    last_contact: date | None
    coordinator_kind: str = ""  # agency kind, to stand in for the title
    is_family: bool = False
    stands_in_until: date | None = None  # set while the coordinator is away, and another acts
    stands_in_for: str = ""
    stands_in_for_kind: str = ""
    i_stand_in: bool = False


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team member of a plan."""

    member_id: UUID
    post_title: str
    unit_name: str
    agency_name: str
    is_coordinator: bool
    since: date
    agency_kind: str = ""  # stands in for the names where they would tell a protected place


@dataclass(frozen=True, slots=True)
class OwnSideRow:
    """One of the person's own side who takes part."""

    member_id: UUID
    side: str  # code: person, relative, organiser
    name: str
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A post that could join a team, and the consent that lets it."""

    post_id: UUID
    title: str
    unit_name: str
    consent_id: UUID


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal, the newest version."""

    goal_id: UUID
    version: int
    own_words: str
    life_domain: str  # code
    target: str  # measurable, may be empty
    by_when: date | None
    about: str = ""  # in a family's plan: whom it is about, if not the whole family
    status: str = "active"  # code: active, reached, set_aside
    why: str = ""  # it was set aside, or taken up again
    whose: str = "person"  # code: person, guardians, together, agency
    may_become: tuple[str, ...] = ()  # statuses

    @property
    def is_active(self) -> bool:
        """Whether it still is something to reach."""
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note: written once, seen by those whom law and consent allow."""

    note_id: UUID
    kind: DataKind
    text: str
    written_at: datetime
    author: str  # post title
    agency_name: str
    agency_kind: str = ""  # stands in for the names
    about: str = ""
    is_sealed: bool = False  # for the writer's unit and the person alone


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What the plan says on one topic besides goals and actions; the newest words."""

    topic: str  # code: strengths, needs, own_contribution, ...
    text: str
    written_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One thing a law requires the plan to hold."""

    code: str
    label: str  # message id
    filled: bool
    who_can_fill: str  # message id
    needs: tuple[str, ...] = ()  # the keys of plan content that fill it
    held: tuple[str, ...] = ()  # those of them that the plan holds
    exempt_until: date | None = None  # the last day, where the municipality is exempt from it
    exempt_by: str = ""  # what that rests on, as it was recorded


@dataclass(frozen=True, slots=True)
class ContentCheck:
    """The statutory content check of one plan kind."""

    plan_kind: str
    label: str  # message id
    citation: str  # the law; empty until compared with the law itself, and the page says so
    verified_on: date | None
    requirements: tuple[RequirementRow, ...]

    @property
    def missing(self) -> tuple[RequirementRow, ...]:
        """What is still empty."""
        return tuple(row for row in self.requirements if not row.filled and row.exempt_until is None)

    @property
    def exempt(self) -> tuple[RequirementRow, ...]:
        """What is empty, and need not be filled here."""
        return tuple(row for row in self.requirements if not row.filled and row.exempt_until is not None)


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """What the kinds of plan in use ask for, each apart, beside what is asked here.

    A goal for work fills what asks for any goal too, and is counted as two things: never as less work than
    there is.
    """

    kinds: int
    asked: int  # things to fill in, were there a plan of each kind
    here: int  # the same things, each once
    written: int  # of these, what the plan holds
    spared: int  # times that what it holds was not written again

    @classmethod
    def of(cls, checks: Sequence[ContentCheck]) -> AskedOnce:
        """Counted over kinds of plan; what a municipality is exempt from is not asked for."""
        rows = [[row for row in check.requirements if row.exempt_until is None] for check in checks]
        asked = [{key for row in of_kind for key in row.needs} for of_kind in rows]
        held = [{key for row in of_kind for key in row.held} for of_kind in rows]
        written = len(set().union(*held))
        return cls(
            kinds=len(checks),
            asked=sum(map(len, asked)),
            here=len(set().union(*asked)),
            written=written,
            spared=sum(map(len, held)) - written,
        )


class Seats(NamedTuple):
    """The posts that answer for a plan, by their ids."""

    subject_id: UUID
    role: str  # code: coordinator, child_coordinator
    since: date
    post_id: UUID
    deputy_id: UUID
    waiting_id: UUID | None  # was offered the duty and has not answered
    acting_until: date | None  # set while the coordinator is away, and another acts
    acting_id: UUID | None

    @property
    def posts(self) -> list[UUID]:
        """All of them."""
        posts = (self.post_id, self.deputy_id, self.waiting_id, self.acting_id)
        return [post for post in posts if post is not None]


@dataclass(frozen=True, slots=True)
class CoordinatorRow:
    """Who coordinates, and who steps in."""

    post_id: UUID
    post_title: str
    unit_name: str
    deputy_title: str
    since: date
    waiting_for: str  # title of a post that was offered the duty and has not answered; may be empty
    role: str = "coordinator"  # code: coordinator, child_coordinator
    agency_kind: str = ""  # these kinds stand in for titles that would tell a protected place
    deputy_kind: str = ""
    waiting_kind: str = ""
    acting_until: date | None = None  # set while the coordinator is away, and another acts
    acting_title: str = ""
    acting_kind: str = ""

    @classmethod
    def of(cls, seats: Seats, posts: Mapping[UUID, PostRow]) -> CoordinatorRow:
        """The seats with their posts as a viewer may know them."""
        post, deputy = posts[seats.post_id], posts[seats.deputy_id]
        waiting = posts[seats.waiting_id] if seats.waiting_id is not None else None
        acting = posts[seats.acting_id] if seats.acting_id is not None else None
        return cls(
            post_id=seats.post_id,
            post_title=post.title,
            unit_name=post.unit_name,
            deputy_title=deputy.title,
            since=seats.since,
            waiting_for=waiting.title if waiting else "",
            role=seats.role,
            agency_kind=post.agency_kind,
            deputy_kind=deputy.agency_kind,
            waiting_kind=waiting.agency_kind if waiting else "",
            acting_until=seats.acting_until if acting else None,
            acting_title=acting.title if acting else "",
            acting_kind=acting.agency_kind if acting else "",
        )


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan as this viewer may see it."""

    plan_id: UUID
    subject_id: UUID
    person_name: str
    country: Country
    kinds: tuple[str, ...]
    status: str  # code: active, closed
    starts_on: date
    ends_before: date | None
    next_review: date
    coordinator: CoordinatorRow
    team: tuple[TeamRow, ...]
    goals: tuple[GoalRow, ...]
    actions: tuple[ActionRow, ...]
    statements: tuple[StatementRow, ...]
    notes: tuple[NoteRow, ...]
    content_checks: tuple[ContentCheck, ...]
    may_write_kinds: tuple[DataKind, ...]  # kinds this viewer may write a note of; empty: no form
    family: tuple[FamilyMemberRow, ...] = ()  # the members, where the plan is a family's
    own_side: tuple[OwnSideRow, ...] = ()  # who answers for something without being an agency's post
    may_read_conditions: bool = False  # what is asked for a benefit

    @property
    def asked_once(self) -> AskedOnce:
        """What its kinds would have asked for one by one."""
        return AskedOnce.of(self.content_checks)


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """What one other party sees of a kind of note, and why."""

    who: str  # post title, or the person's name
    agency_name: str  # empty for the person
    sees: bool
    reason: str  # code: self, consent, circle, guardian, role_may_not, no_basis
    agency_kind: str = ""  # stands in for the names


@dataclass(frozen=True, slots=True)
class CountRow:
    """How much a person's plans hold of one kind."""

    kind: DataKind
    goals: int
    actions: int
    notes: int
    commitments: int = 0

    @property
    def of_all(self) -> int:
        """All of it."""
        return self.goals + self.actions + self.notes + self.commitments


@dataclass(frozen=True, slots=True)
class RoleReads:
    """What posts of one role could read on a yes."""

    role: Role
    kinds: tuple[DataKind, ...]  # none: nothing


@dataclass(frozen=True, slots=True)
class UnitReads:
    """What a yes would open to a unit: role by role, and the posts that see it at once."""

    unit_id: UUID
    name: str
    agency_name: str
    roles: tuple[RoleReads, ...]
    at_once: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what a yes opens. Never content."""

    kinds: tuple[DataKind, ...]  # everything that is shared, with what belongs to every consent
    units: tuple[UnitReads, ...]
    counts: tuple[CountRow, ...]  # of these kinds, what there is today and the viewer may see
