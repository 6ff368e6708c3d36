"""Rows that pages get from applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samvirke.kernel.codes import AgencyKind


@dataclass(frozen=True, slots=True)
class RightRow:
    """Something that may be relevant for a person. Never a promise."""

    code: str
    label: str  # message id
    sentence: str  # message id: what it is
    for_whom: str  # message id: "If you ..."
    citation: str  # empty until compared with the law
    source: str
    excerpt_seen: str
    verified_on: date | None  # empty: not compared with the law, and the page says so
    agency_kinds: tuple[AgencyKind, ...]  # where to apply; empty: outside this partnership
    is_in_place: bool  # the person's plan is of this kind already
    application_id: UUID | None  # the newest application for it


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """A unit that the person's consent lets receive an application."""

    unit_id: UUID
    name: str
    agency_name: str
    agency_kind: AgencyKind


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step on the way."""

    status: str  # code
    taken_on: date
    who: str  # post title; empty for the person, or where it would tell a protected place
    agency_kind: str  # code; stands in for who
    text: str
    appeal_by: date | None
    minutes_used: int | None


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """What was told once, as it stands, with its whole way."""

    enquiry_id: UUID
    subject_id: UUID
    person_name: str
    words: str
    helps: str
    to_meet: str
    is_urgent: bool
    unit_id: UUID
    unit_name: str  # empty where it would tell a protected place
    agency_kind: AgencyKind  # stands in for the name
    offered_name: str  # of a unit that was asked to answer it instead; empty where there is none
    offered_kind: str
    told_on: date
    answer_due_on: date | None
    is_late: bool
    outcome: str  # code; empty until it is answered
    days_waited: int  # until today or the answer
    steps: tuple[StepRow, ...]
    is_ours: bool  # the viewer's unit answers it
    is_offered_to_us: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not self.outcome


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application as it stands, with its whole way."""

    application_id: UUID
    subject_id: UUID
    person_name: str
    right: str  # code; empty: see title
    title: str
    unit_name: str  # empty where it would tell a protected place, as the agency's
    agency_name: str
    with_post_id: UUID
    with_post: str  # title of the post that has it in the unit; empty where it would tell a protected place
    agency_kind: AgencyKind  # of the unit; stands in for the title
    status: str  # code
    sent_on: date
    answer_due_on: date | None
    is_late: bool  # the promised day has been, and the unit has not answered
    days_waited: int  # since it was sent, or since the appeal; until today or the answer
    reason: str  # of the newest refusal
    appeal_by: date | None
    question: str  # what the unit asks for now
    minutes_used: int
    steps: tuple[StepRow, ...]
    may_become: frozenset[str]  # statuses this viewer may give it
    enquiry_id: UUID | None = None  # what was told once, with the same words

    @property
    def waits_for_person(self) -> bool:
        """Whether it is the person's turn."""
        return self.status == "more_asked_for"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in {"sent", "received", "more_asked_for", "appealed"}
