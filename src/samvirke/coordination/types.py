"""Rows that pages get from coordination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samvirke.agencies.types import PostRow, UnitRow
from samvirke.kernel.codes import MeetingKind
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people.law_types import OpeningRow
from samvirke.plan.types import Situation


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A duty that was offered to the viewer's post and waits for an answer."""

    handover_id: UUID
    plan_id: UUID
    person_name: str
    unit_name: str  # empty where it would tell a protected place
    offered_at: datetime
    agency_kind: str  # code; stands in for the unit's name


@dataclass(frozen=True, slots=True)
class StandInRow:
    """Who acts on one plan while its coordinator is away, from a day until another."""

    plan_id: UUID
    person_name: str
    since: date
    until: date
    who: str  # post title
    is_leader: bool  # the deputy is away too, or may not see the plan
    who_kind: str = ""  # agency kind, to stand in for the title


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days on which a post of the viewer's own unit is away."""

    absence_id: UUID
    post_title: str
    is_mine: bool
    away_from: date
    back_on: date
    stand_ins: tuple[StandInRow, ...]  # as far as the viewer sees the plans


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A post, as the viewer may know it. Without its id: that alone would tell a protected place."""

    title: str
    agency_name: str
    agency_kind: str  # stands in for the names


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """What was agreed, or what was added later."""

    agreed: str
    written_by: SeatRow
    written_at: datetime


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of a plan's team. Without minutes it lies ahead, or waits for them."""

    meeting_id: UUID
    day: date
    agenda: str
    called_by: SeatRow
    minutes: tuple[MinutesRow, ...]
    there: tuple[SeatRow, ...]
    person_was_there: bool
    waits_for_minutes: bool
    kind: MeetingKind | None = None  # None: nobody said, as before kinds were asked for
    starts_at: datetime | None = None  # none: no time is agreed
    minutes_long: int = 0
    language: str = ""  # of an interpreter; empty: none is needed
    is_called_off: bool = False
    why: str = ""  # it was moved, or called off
    number: int = 0  # how often it was said when it is
    said_at: datetime | None = None
    invited: tuple[UUID, ...] = ()  # by their id in the team
    invites_person: bool = True


@dataclass(frozen=True, slots=True)
class MeetingsPart:
    """A plan's meetings: the next ones first in time, the last ones newest first."""

    plan_id: UUID
    ahead: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    team: tuple[tuple[UUID, SeatRow], ...]  # whom the form asks about, by their id in the team
    may_write: bool


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """An agreed day after a plan's end; with a call, how it goes."""

    follow_up_id: UUID
    due_on: date
    called_on: date | None
    called_by: str  # post title
    called_by_kind: str  # agency kind, to stand in for the title
    situation: Situation | None
    open_anew: bool


@dataclass(frozen=True, slots=True)
class FollowUpsPart:
    """What is agreed after a plan's end."""

    plan_id: UUID
    ended_on: date | None
    rows: tuple[FollowUpRow, ...]
    may_agree: bool
    may_call: bool


@dataclass(frozen=True, slots=True)
class DueRow:
    """A call that the viewer is to make."""

    follow_up_id: UUID
    plan_id: UUID
    person_name: str
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class BirthdayRow:
    """A birthday at which somebody's help changes hands."""

    name: str
    age: int
    on: date
    changes: str  # message id of a law pack
    citation: str  # the law, once it has been compared with it
    has_been: bool


@dataclass(frozen=True, slots=True)
class BirthdaysPart:
    """Those of one plan, the next first."""

    plan_id: UUID
    name: str  # of the person, or the names of the family
    rows: tuple[BirthdayRow, ...]
    may_ask: bool  # another office for something
    may_offer: bool  # the duty to coordinate


@dataclass(frozen=True, slots=True)
class ChangeWishRow:
    """A wish for somebody else, and what was answered."""

    wish_id: UUID
    plan_id: UUID
    person_name: str
    instead_of: SeatRow
    wanted: str
    why: str  # may be empty: nobody has to say
    asked_on: date
    answer: str  # code: granted, refused; empty until it is answered
    reply: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Who leaves and who is asked when the person moves, and the consent that is given anew."""

    consent_id: UUID
    leaving: tuple[UnitRow, ...]
    joining: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class LossRow:
    """What one post loses when a consent is taken back, and what is left to it."""

    post_id: UUID
    post: PostRow  # as the viewer may know it
    lost: tuple[DataKind, ...]
    kept: tuple[DataKind, ...]
    bases: tuple[str, ...]  # codes of what the rest stands on
    left_for: tuple[Purpose, ...]  # the consent's purposes that something else serves
    is_narrowed: bool  # not all of them
    answers_for: tuple[str, ...]  # what it answers for and is not done
    goals: int  # how many of each it sees no more
    actions: int
    notes: int
    answers: int  # about how it goes
    needs: int
    referrals: int
    meetings: int
    commitments: int = 0


@dataclass(frozen=True, slots=True)
class CoordinatorAfter:
    """Who answers for the plan when a consent has been taken back."""

    coordinator: PostRow
    deputy: PostRow
    leader: PostRow
    outcome: str  # code: stays, leader, nobody


@dataclass(frozen=True, slots=True)
class FamilyAfter:
    """A family's open plan that closes for some when one of the family takes a consent back."""

    names: tuple[str, ...]  # of the family
    closes_for: tuple[PostRow, ...]  # as the viewer may know them
    rests: bool  # nobody who works on it would see it any more


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a withdrawal would end, for who thinks of it."""

    losses: tuple[LossRow, ...]
    after: CoordinatorAfter | None  # None: there is no open plan
    families: tuple[FamilyAfter, ...] = ()
    by_law: tuple[OpeningRow, ...] = ()  # stays open, as far as the viewer may know of it
