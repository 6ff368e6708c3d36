"""What an import hands on: client records, case events and refused rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from samvirke.kernel.codes import Occupation, Sex, SupportSource


class Mode(StrEnum):
    """What becomes of the good rows of a file that has bad ones."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS_ONLY = "good_rows_only"


class CaseEventKind(StrEnum):
    """What happened in a case of the social service."""

    OFFICE_ASSIGNED = "office_assigned"
    APPLICATION_STATUS = "application_status"
    CASE_STATUS = "case_status"
    DECISION = "decision"
    FRAMEWORK_DECISION = "framework_decision"
    PRELIMINARY_ANSWER = "preliminary_answer"
    DOCUMENTS_REQUESTED = "documents_requested"
    DOCUMENTATION_DEMAND = "documentation_demand"
    BENEFIT_CONDITION = "benefit_condition"
    PAYMENT = "payment"


class CaseEventStatus(StrEnum):
    """Where an application, a case, a decision, a payment or a demand stands. Not every event states one."""

    NOT_STATED = "not_stated"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NOT_PROCESSED = "not_processed"
    WITHOUT_INSIGHT = "without_insight"
    WRONGLY_REGISTERED = "wrongly_registered"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REJECTED = "rejected"
    DISMISSED = "dismissed"
    PLANNED = "planned"
    PAID = "paid"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    RELEVANT = "relevant"
    DELIVERED_EARLIER = "delivered_earlier"
    FULFILLED = "fulfilled"
    NOT_FULFILLED = "not_fulfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One event of a case. `first_day` and `last_day` are both inside the period, as the format has them."""

    case_reference: str
    happened_at: datetime
    kind: CaseEventKind
    position: int  # 1-based place in the message
    status: CaseEventStatus = CaseEventStatus.NOT_STATED
    reference: str = ""  # the payment's, condition's, demand's or case's own
    sub_case_reference: str = ""  # the case within the application, where the event names one
    amount: Decimal | None = None  # Norwegian kroner
    first_day: date | None = None
    last_day: date | None = None
    paid_on: date | None = None
    due_at: datetime | None = None  # when something must be handed in
    due_on: date | None = None  # when a payment falls due
    office: str = ""
    title: str = ""
    description: str = ""
    document_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRecordIn:
    """One client as the agency's own system knows the person. None means: the agency did not say."""

    external_id: str
    national_id: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    municipality: str  # 4 digits; empty where the format does not state it
    is_immigrant_or_refugee: bool | None = None
    is_single_provider: bool | None = None
    has_insurance_rights: bool | None = None
    main_income: SupportSource | None = None
    assistance_months_last_year: int | None = None
    assistance_years_of_last_three: int | None = None
    assessed_at_risk: bool | None = None
    relevant_for_labour_market: bool | None = None
    assessed_needs_special_help: bool | None = None
    occupation: Occupation | None = None
    source_version: int = 0  # rises with each change in the agency's own system
    row: int = 0
    file: str = ""
    message_id: str = ""  # empty for rows of a list
    sender_org: str = ""
    events: tuple[CaseEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """One row or message that could not be taken in. `reason` and `what_to_do` are message ids."""

    row: int
    file: str
    field: str
    reason: str
    what_to_do: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
    ends_file: bool = False  # the file itself is unsound: nothing of it is taken in


Received = ClientRecordIn | RefusedRow


@dataclass(frozen=True, slots=True)
class Original:
    """The cells of one row as they came. The first of a file is its header, with row 0."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A whole delivery in memory. Long deliveries are better taken from the iterator in batches."""

    records: tuple[ClientRecordIn, ...]
    refused: tuple[RefusedRow, ...]

    @classmethod
    def of(cls, received: Iterable[Received]) -> Parsed:
        """Sort what was received into records and refusals, in one pass."""
        records: list[ClientRecordIn] = []
        refused: list[RefusedRow] = []
        for item in received:
            if isinstance(item, ClientRecordIn):
                records.append(item)
            else:
                refused.append(item)
        return cls(tuple(records), tuple(refused))


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import, and what became of its rows."""

    run_id: UUID
    system: str  # code
    file_name: str
    started_at: datetime
    rows: int
    new: int
    changed: int
    same: int
    refused: int
    held_back: int = 0  # sound rows of a file of which nothing was taken in
    withdrawn: int = 0  # only where this run took another one back
    undoes: UUID | None = None  # the run that this one took back
    undone_by: UUID | None = None  # the run that took this one back


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """One refused row, as the unit that sent it reads it. `reason` and `what_to_do` are message ids."""

    row: int
    field: str
    reason: str
    params: Mapping[str, str]
    what_to_do: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """One import with its refused rows."""

    row: RunRow
    refusals: tuple[RefusalRow, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record that is known already: what it holds, and what the file says.

    Both are empty where they would tell a number or a protected place: then only that it differs.
    """

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RowDifference:
    """What one row of a file would do."""

    row: int
    verdict: str  # new, changed, same, refused
    external_id: str = ""
    name: str = ""
    changes: tuple[FieldChange, ...] = ()
    refused: RefusedRow | None = None
