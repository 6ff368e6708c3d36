"""Small frozen rows that pages get from people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.kernel.codes import AgencyKind, Occupation, SupportSource
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.kernel.states import Lifecycle
from samvirke.statutes.telling import Bar

CONSENT_DRAFT = Lifecycle(
    of="ConsentDraft",
    begins="waiting",
    next={
        "waiting": ("yes", "fewer", "no", "taken_back", "lapsed"),
        "yes": (),
        "fewer": (),
        "no": (),
        "taken_back": (),
        "lapsed": (),
    },
)
UNSTATED = "0000"  # the municipality, in facts, of a person whose place is protected


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One visit of "who has seen my information, and why"."""

    at: datetime
    who: str  # post title
    unit_name: str
    agency_name: str
    purpose: Purpose
    kinds: tuple[DataKind, ...]  # that were shown
    verbs: tuple[str, ...]  # verb codes: everything the visit did
    basis: str  # code: consent, own_record, self, circle; empty when refused
    allowed: bool
    agency_kind: str = ""  # code; stands in for who, where who would tell a protected place
    refused_kinds: tuple[DataKind, ...] = ()  # asked for and not shown
    reaches_back_to: date | None = None  # the oldest day of what was shown with its day
    visit_id: UUID | None = None  # where more can be asked of it; None where who it was is not told
    not_done: bool = False  # whether something was tried as well that was not done


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent, as the person who gave it sees it."""

    consent_id: UUID
    kinds: tuple[DataKind, ...]
    purposes: tuple[Purpose, ...]
    from_units: tuple[str, ...]
    to_units: tuple[str, ...]
    provisions: tuple[str, ...]  # codes of disclosure bases
    form: str
    given_at: datetime
    valid_to: datetime
    withdrawn_at: datetime | None
    may_withdraw: bool  # by who gave or noted it, and by the person once they decide alone about all of it
    is_mine: bool  # the viewer said yes, not others for them
    is_masked: bool  # the offices would tell the viewer a place, and are left out
    to_unit_ids: tuple[UUID, ...]
    text_version: str
    what_for: str  # code of a plan kind, or common_plan
    said_on: date | None  # on paper or orally
    heard_by: PostRow | None  # as the viewer may know it
    status: str  # code: in_force, expired, withdrawn
    law_ended: bool  # it is in force, and a rule it rests on no longer is


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal ended."""

    consent_id: UUID
    access_ended: int  # posts that can no longer see


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One question that a person is asked. It opens nothing."""

    draft_id: UUID
    person_id: UUID
    kinds: tuple[DataKind, ...]
    purpose: Purpose
    units: Mapping[UUID, str]  # the receiving units by name; none where they would tell a place
    what_for: str  # code of a plan kind, or common_plan
    text_version: str
    until: datetime
    provisions: tuple[str, ...]  # codes of disclosure bases
    asked_by: PostRow | None  # None: the person
    asked_at: datetime
    lapses_at: datetime
    status: str  # code: waiting, yes, fewer, no, taken_back, lapsed
    answered_at: datetime | None
    consent_id: UUID | None
    is_mine: bool  # asked by the viewer
    asks_guardians: bool = False  # they answer, not the person
    agency_kinds: tuple[str, ...] = ()  # codes; stand in for the units where these are not told


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A consent of the citizen's own that is due to be thought of again."""

    consent_id: UUID
    moment: str  # code: half_way, ends_soon
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class RecallRow:
    """What one post is told when a consent it used has been withdrawn. No name, and nothing opened."""

    recall_id: UUID
    kinds: tuple[DataKind, ...]
    recalled_at: datetime
    external_id: str  # the unit's own number; empty where it has no record


@dataclass(frozen=True, slots=True)
class RecalledRow:
    """A post that was told, as who gave the consent may know it."""

    post: PostRow
    kinds: tuple[DataKind, ...]
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One client record of the viewer's own agency."""

    record_id: UUID
    external_id: str
    name: str  # may be empty: not every system states it
    birth_date: date
    municipality: str  # code; empty where it would tell this viewer a protected place


class Likeness(StrEnum):
    """Why two records of one agency may be the same person, the surest first."""

    SAME_NUMBER = "same_number"
    SAME_DAY_AND_NAME = "same_day_and_name"  # with two numbers: one may have been given for a time only
    SAME_NAME_LIKE_DAY = "same_name_like_day"
    SAME_DAY_LIKE_NAME = "same_day_like_name"


class Mistake(StrEnum):
    """Why a record was not the person it was tied to."""

    SOMEBODY_ELSE = "somebody_else"
    WRONG_NUMBER = "wrong_number"  # the record's national id was mistyped, or another's


@dataclass(frozen=True, slots=True)
class Alike:
    """Two of the agency's own records that may be the same person."""

    one: OwnRecord
    other: OwnRecord
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class AlikePage:
    """One page of them, the surest first."""

    rows: tuple[Alike, ...]
    of_all: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """What was found of two own records."""

    pair_id: UUID
    record: OwnRecord  # the folded one, where they are the same
    other: OwnRecord
    found_at: datetime


@dataclass(frozen=True, slots=True)
class TieRow:
    """That one of the agency's own records is, or was held to be, a person."""

    link_id: UUID
    record_id: UUID
    external_id: str
    person_name: str
    linked_at: datetime
    is_first: bool  # the person was made from this record
    mistake: Mistake | None  # None: the tie stands
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was looked for: one of the agency's own clients, a person, or both in one."""

    name: str
    birth_date: date
    record_id: UUID | None = None
    external_id: str = ""  # the agency's own number
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One of the agency's own clients, for the page on which the person is asked."""

    record_id: UUID
    given_name: str
    family_name: str
    municipality: str  # code
    support: SupportSource | None
    occupation: Occupation | None
    months_assistance: int | None  # in the last year
    person_id: UUID | None  # of the person who said yes; None: not asked, or said no
    person_name: str  # empty where there is no such person
    partnership_id: UUID | None  # in which the person said yes
    consent: ConsentRow | None  # the newest one in force; without offices where they would tell a place
    is_place_hidden: bool = False  # offices around the person would tell this viewer where they are


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral, as one side of it sees it."""

    referral_id: UUID
    person_id: UUID
    person_name: str
    unit_id: UUID
    unit_name: str  # whom the person is referred to; empty where it would tell a protected place
    agency_kind: AgencyKind
    referred_at: datetime
    received_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What a worker assessed. None: not assessed; the system's own word stands."""

    occupation: Occupation | None = None
    main_income: SupportSource | None = None
    is_single_provider: bool | None = None
    has_insurance_rights: bool | None = None
    is_immigrant_or_refugee: bool | None = None
    assessed_at_risk: bool | None = None
    relevant_for_labour_market: bool | None = None
    assessed_needs_special_help: bool | None = None


@dataclass(frozen=True, slots=True)
class ScreeningInput:
    """What is known of one record for screening. None: unknown."""

    record_id: UUID
    municipality: str
    birth_date: date
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewFamilyMember:
    """A person to be in a family's circle, by the name its plan uses."""

    person_id: UUID
    name: str
    part: str  # code: parent, child


@dataclass(frozen=True, slots=True)
class FamilyMemberRow:
    """One of the family, as its plan names them."""

    person_id: UUID
    name: str
    part: str  # code: parent, child


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a person is, and what gives it away. Empty: not stated."""

    address: str = ""
    municipality: str = ""
    school: str = ""
    meeting_place: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class WhereaboutsRow:
    """A person's whereabouts, for who may read them."""

    level: str  # code: none, or a level of protection of the person's country
    places: Places
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """That a place is protected, for who may know the place; without the place."""

    person_id: UUID
    level: str  # code of a level of protection
    expires_on: date | None
    standing: str  # code: in_force, ends_soon, overdue; an overdue one goes on hiding


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Somebody the viewer let know a place, until when, on which consent."""

    consent_id: UUID
    post: PostRow
    until: datetime


@dataclass(frozen=True, slots=True)
class MayBeTold:
    """What a worker who knows a protected place reads before telling a colleague."""

    level: str  # code
    citation: str  # of the law the level is of; empty until compared with it
    knows: tuple[PostRow, ...]
    told: tuple[ToldRow, ...]  # by the viewer, of those who know
    may: tuple[PostRow, ...]
    barred: tuple[tuple[PostRow, Bar], ...]  # those whom the level lets nobody but the person tell
    is_to_be_assessed: bool  # each time


@dataclass(frozen=True, slots=True)
class PlaceAudience:
    """The posts that may know a place, and those around the person who could be told."""

    knows: tuple[PostRow, ...]
    could: tuple[PostRow, ...]
