"""Code lists both towers use. A code is stored; its label is a translated sentence in a surface or report."""

from __future__ import annotations

from enum import StrEnum


class Country(StrEnum):
    """Whose law a municipality, an agency, a partnership and a plan follow (ISO 3166, small letters)."""

    NORWAY = "no"
    DENMARK = "dk"
    SWEDEN = "se"

    @property
    def currency(self) -> str:
        """The currency that amounts are stated in (ISO 4217)."""
        return CURRENCY[self]

    @property
    def zone(self) -> str:
        """Whose clocks a day and a time are told by (IANA)."""
        return ZONE[self]


CURRENCY = {Country.NORWAY: "NOK", Country.DENMARK: "DKK", Country.SWEDEN: "SEK"}
ZONE = {
    Country.NORWAY: "Europe/Oslo",
    Country.DENMARK: "Europe/Copenhagen",
    Country.SWEDEN: "Europe/Stockholm",
}


class AgencyKind(StrEnum):
    """What an agency is. Disclosure bases name giver and receiver by these kinds."""

    NAV_STATE = "nav_state"
    SOCIAL_SERVICE = "social_service"
    COORDINATING_UNIT = "coordinating_unit"
    FOLLOW_UP_SERVICE = "follow_up_service"
    INSURANCE = "insurance"  # social insurance: trygd, Udbetaling, Försäkringskassan
    EMPLOYMENT_SERVICE = "employment_service"
    HEALTH_SERVICE = "health_service"
    ASSOCIATION = "association"  # a body of several agencies that pays and follows up, and decides on nobody


class PlanContent(StrEnum):
    """What a plan can hold besides statements. A law pack names what a kind of plan must hold by these."""

    GOALS = "goals"
    JOB_GOAL = "goals:employment"
    EDUCATION_GOAL = "goals:education"
    TEAM = "team"
    COORDINATOR = "coordinator"
    ACTIONS = "actions"
    ACCOUNTABLE = "accountable"
    EXTENT = "extent"
    HOW = "how"
    DURATION = "duration"
    PERIOD = "period"
    REVIEW = "review"
    CONSENT = "consent"


class Topic(StrEnum):
    """What every plan can state something on. Law packs add topics of their own."""

    DREAM = "dream"
    MATTERS = "matters"
    TO_BE_MET = "to_be_met"
    STRENGTHS = "strengths"
    NEEDS = "needs"
    OWN_CONTRIBUTION = "own_contribution"
    RELATIVES_CONTRIBUTION = "relatives_contribution"
    COOPERATION = "cooperation"


# What stands first in a plan, in the person's own words.
OWN_VOICE = (Topic.DREAM, Topic.MATTERS, Topic.TO_BE_MET)


class GoalStatus(StrEnum):
    """How it went with a goal (FHIR Goal.lifecycleStatus: active, completed, cancelled)."""

    ACTIVE = "active"
    REACHED = "reached"
    SET_ASIDE = "set_aside"


class SetBy(StrEnum):
    """Whose goal it is, whoever wrote it down."""

    PERSON = "person"
    GUARDIANS = "guardians"
    TOGETHER = "together"
    AGENCY = "agency"


class EnquiryOutcome(StrEnum):
    """What came of an enquiry, when the unit answered it."""

    PLAN = "plan"
    COORDINATOR = "coordinator"
    APPLY = "apply"
    HELPED = "helped"
    NOT_HERE = "not_here"


class Side(StrEnum):
    """On which side one stands who takes part in a plan: an agency's post, or the person's own side."""

    POST = "post"
    PERSON = "person"
    RELATIVE = "relative"
    ORGANISER = "organiser"


class Answer(StrEnum):
    """What a party says to the plan as a whole."""

    AGREES = "agrees"
    IN_PART = "in_part"
    DISAGREES = "disagrees"


class Priority(StrEnum):
    """What comes first, where there is more to do than can be done at once."""

    FIRST = "first"
    NORMAL = "normal"
    CAN_WAIT = "can_wait"


class Domain(StrEnum):
    """What one agency answers for around a person, as a cooperation agreement divides it."""

    ECONOMY = "economy"
    HEALTH = "health"
    SOCIAL = "social"
    INTERVENTION = "intervention"
    COURSE = "course"
    WORK_AND_PRACTICE = "work_and_practice"
    EMPLOYERS = "employers"
    FOLLOW_UP = "follow_up"  # the main responsibility for following up


class SupportSource(StrEnum):
    """What a person lives on (support source: forsørgelseskilde, försörjningskälla)."""

    SOCIAL_ASSISTANCE = "social_assistance"
    WORK_ASSESSMENT_ALLOWANCE = "work_assessment_allowance"
    UNEMPLOYMENT_BENEFIT = "unemployment_benefit"
    QUALIFICATION_BENEFIT = "qualification_benefit"
    INTRODUCTION_BENEFIT = "introduction_benefit"
    SICKNESS_BENEFIT = "sickness_benefit"
    ACTIVITY_SUPPORT = "activity_support"
    DISABILITY_PENSION = "disability_pension"
    STUDENT_FINANCE = "student_finance"
    WAGES = "wages"
    SUPPORTED_BY_OTHERS = "supported_by_others"
    UNKNOWN = "unknown"


class Occupation(StrEnum):
    """What fills a person's days."""

    ORDINARY_JOB = "ordinary_job"
    SUBSIDISED_JOB = "subsidised_job"
    EDUCATION = "education"
    PRACTICE_PLACEMENT = "practice_placement"
    OTHER_INTERVENTION = "other_intervention"
    JOB_SEEKING = "job_seeking"
    NONE = "none"
    UNKNOWN = "unknown"


class EndReason(StrEnum):
    """Why a plan ended. A wrong registration is an end reason, not a silent deletion."""

    JOB = "job"
    EDUCATION = "education"
    GRANTED_BENEFIT = "granted_benefit"
    SELF_RESOLVED = "self_resolved"
    MOVED = "moved"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NOT_REACHED = "not_reached"
    WRONG_REGISTRATION = "wrong_registration"


class TargetGroup(StrEnum):
    """The groups the local partnership is for."""

    LONG_TERM_RECIPIENT = "long_term_recipient"
    YOUTH = "youth"
    SINGLE_PROVIDER = "single_provider"
    IMMIGRANT_OR_REFUGEE = "immigrant_or_refugee"


class Sex(StrEnum):
    """Legal sex, as the registers hold it."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class InterventionKind(StrEnum):
    """What an intervention is: those of Eurostat's classes that agencies here use, and social support."""

    GUIDANCE = "guidance"
    TRAINING = "training"
    WORK_PRACTICE = "work_practice"
    WAGE_SUBSIDY = "wage_subsidy"
    SUPPORTED_EMPLOYMENT = "supported_employment"
    SOCIAL_SUPPORT = "social_support"


class UnmetReason(StrEnum):
    """Why a need for an intervention is not met."""

    NO_PLACE = "no_place"
    NO_SUCH_OFFER = "no_such_offer"
    NOT_SUITABLE = "not_suitable"


class PlacementEnd(StrEnum):
    """Why a placement in an intervention ended."""

    COMPLETED = "completed"
    JOB = "job"
    EDUCATION = "education"
    OTHER_INTERVENTION = "other_intervention"
    BROKEN_OFF = "broken_off"
    NEVER_STARTED = "never_started"


class MeetingKind(StrEnum):
    """What a meeting around a person is."""

    TEAM = "team"
    THREE_WAY = "three_way"  # trekantsamtale: the person and the workers of two agencies
    RESPONSIBILITY_GROUP = "responsibility_group"  # ansvarsgruppe
    SIP = "sip"  # samordnad individuell plan
    NETWORK = "network"  # nettverksmøte: with those the person chooses


class AgendaPoint(StrEnum):
    """Why something stands on a meeting's agenda."""

    LATE = "late"
    WAITS = "waits"
    WISH = "wish"
    GOAL = "goal"  # without an action
    REVIEW = "review"
    LAW = "law"  # what the law asks for and the plan lacks
    DUTY = "duty"  # offered, and not accepted
    OWN = "own"


class ProposedChange(StrEnum):
    """What a meeting proposes to the one who would answer for it."""

    NEW = "new"
    DAY = "day"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


class InstructionAbout(StrEnum):
    """What somebody was told not to inform a person about."""

    SERVICE = "service"
    MONEY = "money"
    COORDINATION = "coordination"  # a plan, or a coordinator
    OTHER_AGENCY = "other_agency"  # what another one can help with
    APPEAL = "appeal"


class InstructedBy(StrEnum):
    """From where an instruction not to inform comes."""

    OWN_OFFICE = "own_office"
    OWN_AGENCY = "own_agency"  # above the office
    ANOTHER_AGENCY = "another_agency"
    UNSAID = "unsaid"  # nobody says it, and all know it
