"""What the world consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samvirke.kernel.codes import AgencyKind, EndReason, Occupation, Sex, SupportSource, TargetGroup
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class InTwoLanguages:
    """The same words in Norwegian and in English."""

    norwegian: str
    english: str


@dataclass(frozen=True, slots=True)
class ActionPattern:
    """An action that fits a goal."""

    accountable: AgencyKind
    what: InTwoLanguages
    how: InTwoLanguages
    extent: InTwoLanguages
    weeks: int


@dataclass(frozen=True, slots=True)
class GoalPattern:
    """A goal that people of these groups may have."""

    kind: DataKind
    own_words: InTwoLanguages
    target: InTwoLanguages
    months: int
    actions: tuple[ActionPattern, ...]
    groups: frozenset[TargetGroup] = frozenset(TargetGroup)


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """An invented municipality. Codes 9901-9924 belong to no real one."""

    code: str
    name: str
    org_number: str  # its social service; valid check digit, in the series for invented organisations
    is_trial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One post in an agency of a trial municipality."""

    key: str
    agency: AgencyKind
    municipality: str
    title: InTwoLanguages
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPerson:
    """A person as she is on the day of delivery, whatever the agencies know of it."""

    key: str
    national_id: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    municipality: str
    group: TargetGroup | None  # the group she was drawn for; None: in no target group
    main_income: SupportSource
    assistance_months_ago: tuple[int, ...]  # months with social assistance; 0 is the month of delivery
    at_risk: bool
    relevant_for_labour_market: bool
    is_single_provider: bool
    is_immigrant_or_refugee: bool
    has_insurance_rights: bool
    needs_special_help: bool
    occupation: Occupation
    case_reference: str  # in the social service; empty: not known there
    nav_id: str  # at Nav; empty: not known there


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerAssessment:
    """What a social worker has recorded beside the case system. None: not assessed."""

    case_reference: str
    main_income: SupportSource | None
    assessed_at_risk: bool | None
    relevant_for_labour_market: bool | None
    is_single_provider: bool | None
    is_immigrant_or_refugee: bool | None
    has_insurance_rights: bool | None
    assessed_needs_special_help: bool | None
    occupation: Occupation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStory:
    """One action under a goal."""

    what: InTwoLanguages
    how: InTwoLanguages
    extent: InTwoLanguages
    kind: DataKind
    accountable: AgencyKind
    is_decided: bool  # otherwise a wish
    starts_on: date
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStory:
    """One goal in the person's own words."""

    own_words: InTwoLanguages
    target: InTwoLanguages
    kind: DataKind
    by_when: date
    actions: tuple[ActionStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a plan ended and what came after."""

    on: date
    reason: EndReason
    occupation: Occupation
    support: SupportSource


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStory:
    """A plan that was made."""

    starts_on: date
    coordinator: str  # key of a worker
    deputy: str  # key of another worker
    team: tuple[str, ...]  # keys of workers, coordinator first
    goals: tuple[GoalStory, ...]
    ending: Ending | None  # None: active today


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happens to one person who is asked."""

    person: str  # key
    asked_on: date
    asked_by: str  # key of a worker
    consents: bool
    days_waited: int  # from the question to the plan; 0 where there is no plan
    plan: PlanStory | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedRefusal:
    """A row that is meant to be refused."""

    file: str  # below the folder that the world is written to
    row: int
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswer:
    """One answered questionnaire."""

    respondent_key: str
    municipality: str
    wave: str  # before, after
    group: str  # user, staff
    satisfaction: float  # 0-10 in steps of a half
    experiences_need: bool | None  # None for staff
    answered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One person of the register extract, 24 months after she entered the target group."""

    person_key: str
    municipality: str
    period: str  # before, after
    in_work_or_education: bool
    observed_on: date
    target_group: TargetGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedEffect:
    """An effect of the joint effort that was put into the extracts."""

    outcome: str
    among: str
    planted: float  # as it was meant
    realised: float  # mean over the treated of the outcome with and without, after rounding and limits
    treated: int  # how many treated there are


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that was drawn."""

    seed: int
    today: date
    delivered_on: date  # the day the agencies' files are from
    municipalities: tuple[Municipality, ...]  # trial ones first
    workers: tuple[Worker, ...]
    persons: tuple[DrawnPerson, ...]
    assessments: tuple[WorkerAssessment, ...]
    stories: tuple[Story, ...]
    social_service_files: dict[str, tuple[str, ...]]  # municipality → lines, one envelope each
    nav_files: dict[str, tuple[str, ...]]  # municipality → lines, header first
    intended_refusals: tuple[IntendedRefusal, ...]
    survey: tuple[SurveyAnswer, ...]
    register: tuple[RegisterRow, ...]
    truth: tuple[PlantedEffect, ...]

    @property
    def trial(self) -> tuple[Municipality, ...]:
        """The municipalities of the local partnership."""
        return tuple(place for place in self.municipalities if place.is_trial)

    @property
    def client_records(self) -> int:
        """How many client records the agencies' files hold, refused rows not counted."""
        known_to_social_service = sum(1 for person in self.persons if person.case_reference)
        return known_to_social_service + sum(1 for person in self.persons if person.nav_id)
