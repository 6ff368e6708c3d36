"""Words for codes. A code is stored and sent; a page shows its message, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.gate.access import Role
from samvirke.kernel.codes import (
    AgencyKind,
    Country,
    EndReason,
    InterventionKind,
    Occupation,
    PlacementEnd,
    SupportSource,
    TargetGroup,
    UnmetReason,
)
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.surfaces.components import (
    action_labels,
    agreement_labels,
    application_labels,
    commitment_labels,
    condition_labels,
    consent_labels,
    duplicate_labels,
    gate_labels,
    import_labels,
    meeting_labels,
    programme_labels,
)
from samvirke.surfaces.components.law_labels import (
    GUARDIAN_KIND,
    MY_STATEMENT,
    PLAN_KIND,
    PROTECTION_LEVEL,
    PROVISION,
    PROVISION_CONDITIONS,
    RIGHT,
    STATEMENT,
    TOLD_TO,
)

Words = Mapping[Any, Promise]


class UnknownCode(LookupError):
    """A page was asked to show a code that has no words."""

    def __init__(self, code_list: str, code: object) -> None:
        super().__init__(
            f"{code!r} has no words in the code list {code_list!r}. Add it to components/labels.py."
        )


KIND: Words = {
    DataKind.IDENTITY: _("Name and date of birth"),
    DataKind.CONTACT: _("Address, phone and e-mail"),
    DataKind.PLAN: _("The plan and its goals"),
    DataKind.EMPLOYMENT: _("Work"),
    DataKind.EDUCATION: _("Education"),
    DataKind.ECONOMY: _("Money and benefits"),
    DataKind.HOUSING: _("Housing"),
    DataKind.HEALTH: _("Health"),
    DataKind.SUBSTANCE_USE: _("Alcohol and drugs"),
    DataKind.CHILD_WELFARE: _("Child welfare"),
    DataKind.SOCIAL: _("Everyday life"),
    DataKind.NETWORK: _("Family and network"),
    DataKind.PROTECTED_LOCATION: _("Protected address"),
    DataKind.CONSENT: _("Consents"),
    DataKind.ACCESS_LOG: _("Who has seen what"),
}

PURPOSE: Words = {
    Purpose.COORDINATION: _("To work together on your plan"),
    Purpose.SERVICE: _("To give you a service"),
    Purpose.DECISION: _("To decide on something you have applied for"),
    Purpose.FOLLOW_UP: _("To follow up"),
    Purpose.STATISTICS: _("For statistics without names"),
    Purpose.EVALUATION: _("To evaluate, without names"),
    Purpose.SUPERVISION: _("To supervise the services"),
}

# The same, where it is about somebody else than the reader.
PURPOSE_OF_ANOTHER: Words = {
    **PURPOSE,
    Purpose.COORDINATION: _("To work together on the plan"),
    Purpose.SERVICE: _("To give a service"),
    Purpose.DECISION: _("To decide on an application"),
}

ROLE: Words = {
    Role.CITIZEN: _("Citizen"),
    Role.SOCIAL_WORKER: _("Social worker"),
    Role.NAV_ADVISER: _("Nav adviser"),
    Role.EMPLOYMENT_ADVISER: _("Adviser on work and income"),
    Role.HEALTH_WORKER: _("Health worker"),
    Role.COORDINATOR: _("Coordinator"),
    Role.FOLLOW_UP_ADVISER: _("Follow-up adviser"),
    Role.UNIT_LEADER: _("Unit leader"),
    Role.PARTNERSHIP_LEADER: _("Leader of the local partnership"),
    Role.EVALUATOR: _("Evaluator"),
    Role.INTEGRATION: _("Case system"),
}

AGENCY_KIND: Words = {
    AgencyKind.NAV_STATE: _("Nav, the state's part"),
    AgencyKind.SOCIAL_SERVICE: _("Social service"),
    AgencyKind.COORDINATING_UNIT: _("Coordinating unit"),
    AgencyKind.FOLLOW_UP_SERVICE: _("Follow-up service"),
    AgencyKind.INSURANCE: _("Insurance agency"),
    AgencyKind.EMPLOYMENT_SERVICE: _("Employment service"),
    AgencyKind.HEALTH_SERVICE: _("Health service"),
    AgencyKind.ASSOCIATION: _("Coordination association"),
}

COUNTRY: Words = {
    Country.NORWAY: _("Norway"),
    Country.DENMARK: _("Denmark"),
    Country.SWEDEN: _("Sweden"),
}

DUTY_ROLE: Words = {"coordinator": _("Coordinator"), "child_coordinator": _("Child coordinator")}

PLAN_STATUS: Words = {"active": _("Active"), "closed": _("Ended")}

# A goal's life domain is named as the kind of information it is about.
LIFE_DOMAIN: Words = {str(kind.name).lower(): words for kind, words in KIND.items()}

SCREENING: Words = {
    "admitted": _("In the target group"),
    "refused": _("Not in the target group"),
    "unknown": _("Not known yet"),
    "": _("Not screened"),
}

# What stands above the deciding criteria.
BECAUSE: Words = {
    "admitted": _("Because:"),
    "refused": _("Does not fit:"),
    "unknown": _("Nobody knows yet:"),
    "": _("Not screened"),
}

TARGET_GROUP: Words = {
    TargetGroup.LONG_TERM_RECIPIENT: _("Long-term recipient of social assistance"),
    TargetGroup.YOUTH: _("Young person"),
    TargetGroup.SINGLE_PROVIDER: _("Lone parent"),
    TargetGroup.IMMIGRANT_OR_REFUGEE: _("Immigrant or refugee"),
    "": _("No group"),
}

SCOPE: Words = {"central": _("By the central rules"), "local": _("By local agreement"), "": _("No group")}

SYSTEM: Words = {
    AgencyKind.SOCIAL_SERVICE: _("The social service's case system"),
    AgencyKind.NAV_STATE: _("Nav's client list"),
    AgencyKind.INSURANCE: _("The insurance agency's caseload"),
    AgencyKind.FOLLOW_UP_SERVICE: _("The follow-up service's list"),
}

APPLICATION_STATUS: Words = {
    "sent": _("Sent"),
    "received": _("Received"),
    "more_asked_for": _("More is asked for"),
    "granted": _("Granted"),
    "refused": _("Not granted"),
    "appealed": _("Appealed"),
    "withdrawn": _("Taken back"),
    "time_used": _("Time used"),
}

SUPPORT: Words = {
    SupportSource.SOCIAL_ASSISTANCE: _("Social assistance"),
    SupportSource.WORK_ASSESSMENT_ALLOWANCE: _("Work assessment allowance"),
    SupportSource.UNEMPLOYMENT_BENEFIT: _("Unemployment benefit"),
    SupportSource.QUALIFICATION_BENEFIT: _("Qualification benefit"),
    SupportSource.INTRODUCTION_BENEFIT: _("Introduction benefit"),
    SupportSource.SICKNESS_BENEFIT: _("Sickness benefit"),
    SupportSource.ACTIVITY_SUPPORT: _("Activity support"),
    SupportSource.DISABILITY_PENSION: _("Disability pension"),
    SupportSource.STUDENT_FINANCE: _("Student finance"),
    SupportSource.WAGES: _("Wages"),
    SupportSource.SUPPORTED_BY_OTHERS: _("Supported by others"),
    SupportSource.UNKNOWN: _("Not known"),
}

OCCUPATION: Words = {
    Occupation.ORDINARY_JOB: _("Ordinary job"),
    Occupation.SUBSIDISED_JOB: _("Subsidised job"),
    Occupation.EDUCATION: _("Education"),
    Occupation.PRACTICE_PLACEMENT: _("Practice placement"),
    Occupation.OTHER_INTERVENTION: _("Another intervention"),
    Occupation.JOB_SEEKING: _("Looking for a job"),
    Occupation.NONE: _("No occupation"),
    Occupation.UNKNOWN: _("Not known"),
}

END_REASON: Words = {
    EndReason.JOB: _("Got a job"),
    EndReason.EDUCATION: _("Started an education"),
    EndReason.GRANTED_BENEFIT: _("Was granted a lasting benefit"),
    EndReason.SELF_RESOLVED: _("Managed without the plan"),
    EndReason.MOVED: _("Moved away"),
    EndReason.CONSENT_WITHDRAWN: _("Withdrew the consent"),
    EndReason.NOT_REACHED: _("Could not be reached"),
    EndReason.WRONG_REGISTRATION: _("Was registered by mistake"),
}

INTERVENTION_KIND: Words = {
    InterventionKind.GUIDANCE: _("Guidance"),
    InterventionKind.TRAINING: _("Training"),
    InterventionKind.WORK_PRACTICE: _("Work practice"),
    InterventionKind.WAGE_SUBSIDY: _("Wage subsidy"),
    InterventionKind.SUPPORTED_EMPLOYMENT: _("Supported employment"),
    InterventionKind.SOCIAL_SUPPORT: _("Support in everyday life"),
}

# What a person says they wait for: "You have been waiting for ...".
WAITED_FOR: Words = {
    InterventionKind.GUIDANCE: _("a place in guidance"),
    InterventionKind.TRAINING: _("a place in training"),
    InterventionKind.WORK_PRACTICE: _("a place in work practice"),
    InterventionKind.WAGE_SUBSIDY: _("a job with a wage subsidy"),
    InterventionKind.SUPPORTED_EMPLOYMENT: _("a job with support"),
    InterventionKind.SOCIAL_SUPPORT: _("a place that supports everyday life"),
}

NEED_STATUS: Words = {
    "waiting": _("Waiting"),
    "placed": _("Has a place"),
    "ended": _("Has had a place"),
    "unmet": _("Waited in vain"),
    "withdrawn": _("Waits no longer"),
}

UNMET_REASON: Words = {
    UnmetReason.NO_PLACE: _("There is no free place"),
    UnmetReason.NO_SUCH_OFFER: _("Nobody here offers it"),
    UnmetReason.NOT_SUITABLE: _("None of the offers suits"),
}

PLACEMENT_END: Words = {
    PlacementEnd.COMPLETED: _("Completed as planned"),
    PlacementEnd.JOB: _("Went on to a job"),
    PlacementEnd.EDUCATION: _("Went on to education"),
    PlacementEnd.OTHER_INTERVENTION: _("Went on to another intervention"),
    PlacementEnd.BROKEN_OFF: _("Broken off before the end"),
    PlacementEnd.NEVER_STARTED: _("Never started"),
}

PLACE: Words = {
    "address": _("Address"),
    "municipality": _("Municipality"),
    "school": _("School or kindergarten"),
    "meeting_place": _("Where we meet"),
    "provider": _("Who gives help there"),
}

LOG_READER: Words = {"person": _("the person"), "guardian": _("guardian")}
KEPT_BACK_STATE: Words = {
    "waiting": _("Waits for its review"),
    "accepted": _("Reviewed and accepted"),
    "ended": _("Ended before its time"),
    "over": _("Over"),
}
CODE_LISTS: Mapping[str, Words] = {
    "kept_back_state": KEPT_BACK_STATE,
    **gate_labels.CODE_LISTS,
    **programme_labels.CODE_LISTS,
    **import_labels.CODE_LISTS,
    **meeting_labels.CODE_LISTS,
    "kind": KIND,
    "purpose": PURPOSE,
    "purpose_of_another": PURPOSE_OF_ANOTHER,
    "role": ROLE,
    "agency_kind": AGENCY_KIND,
    "country": COUNTRY,
    "promise": agreement_labels.PROMISE,
    "check_result": agreement_labels.CHECK_RESULT,
    "agreement_warning": agreement_labels.WARNING,
    "domain": agreement_labels.DOMAIN,
    "commitment": commitment_labels.COMMITMENT,
    **condition_labels.CODE_LISTS,
    "duty_role": DUTY_ROLE,
    **action_labels.CODE_LISTS,
    **application_labels.CODE_LISTS,
    "plan_status": PLAN_STATUS,
    "life_domain": LIFE_DOMAIN,
    "statement": STATEMENT,
    "my_statement": MY_STATEMENT,
    "plan_kind": PLAN_KIND,
    "provision": PROVISION,
    "provision_conditions": PROVISION_CONDITIONS,
    "consent_form": consent_labels.CONSENT_FORM,
    "consent_text": consent_labels.CONSENT_TEXT,
    "consent_status": consent_labels.CONSENT_STATUS,
    "what_for": consent_labels.WHAT_FOR,
    "draft_status": consent_labels.DRAFT_STATUS,
    "child_view": consent_labels.CHILD_VIEW,
    "guardian_kind": GUARDIAN_KIND,
    "stands_on": consent_labels.STANDS_ON,
    "screening": SCREENING,
    "because": BECAUSE,
    "target_group": TARGET_GROUP,
    "support": SUPPORT,
    "occupation": OCCUPATION,
    "scope": SCOPE,
    "system": SYSTEM,
    "right": RIGHT,
    "end_reason": END_REASON,
    "application_status": APPLICATION_STATUS,
    "intervention_kind": INTERVENTION_KIND,
    "waited_for": WAITED_FOR,
    "need_status": NEED_STATUS,
    "unmet_reason": UNMET_REASON,
    "placement_end": PLACEMENT_END,
    "protection_level": PROTECTION_LEVEL,
    "told_to": TOLD_TO,
    "place": PLACE,
    "likeness": duplicate_labels.LIKENESS,
    "mistake": duplicate_labels.MISTAKE,
}


def words(code: object, *, code_list: str) -> Promise:
    """The code's message. Raises UnknownCode."""
    try:
        return CODE_LISTS[code_list][code]
    except KeyError:
        raise UnknownCode(code_list, code) from None
