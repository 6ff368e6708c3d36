"""Words for codes. A code is stored and sent; a page shows its message, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.gate.access import Role
from samvirke.gate.types import Refusal
from samvirke.kernel.codes import AgencyKind, TargetGroup
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.statutes import queries as statutes

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

ROLE: Words = {
    Role.CITIZEN: _("Citizen"),
    Role.SOCIAL_WORKER: _("Social worker"),
    Role.NAV_ADVISER: _("Nav adviser"),
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
}

DUTY_ROLE: Words = {"coordinator": _("Coordinator"), "child_coordinator": _("Child coordinator")}

STANDING: Words = {"wish": _("Wish"), "decided": _("Decided")}

ACTION_STATUS: Words = {
    "planned": _("Planned"),
    "in_progress": _("In progress"),
    "done": _("Done"),
    "dropped": _("Dropped"),
}

PLAN_STATUS: Words = {"active": _("Active"), "closed": _("Ended")}

# A goal's life domain is named as the kind of information it is about.
LIFE_DOMAIN: Words = {str(kind.name).lower(): words for kind, words in KIND.items()}

STATEMENT: Words = {
    "strengths": _("Strengths and resources"),
    "needs": _("What help is needed"),
    "own_contribution": _("What the person does"),
    "relatives_contribution": _("What relatives do"),
    "cooperation": _("Cooperation with others"),
    "end_goal": _("The end goal of the programme"),
    "norwegian_goal": _("The goal for Norwegian"),
    "training_extent": _("The extent of training in Norwegian and social studies"),
}

# The law packs carry their own message ids.
PLAN_KIND: Words = {kind.code: _(kind.label) for pack in statutes.packs() for kind in pack.plan_kinds}
PROVISION: Words = {
    basis.code: _(basis.label) for pack in statutes.packs() for basis in pack.disclosure_bases
}

RIGHT: Words = {right.code: _(right.label) for right in statutes.rights()}

REFUSAL: Words = {
    Refusal.WRONG_PURPOSE: _("Not for the purpose this post has"),
    Refusal.ROLE_MAY_NOT: _("This role never sees this"),
    Refusal.BARRED: _("Own case or close relation"),
    Refusal.NO_BASIS: _("No consent or law opens this"),
}

BASIS: Words = {
    "consent": _("You have given consent"),
    "own_record": _("It is the agency's own case"),
    "self": _("It is about you"),
    "guardian": _("As a guardian"),
    "circle": _("All in the family have opened this"),
}

AUDIENCE_REASON: Words = {
    "sees": _("The consent opens this"),
    "consent": _("The consent opens this"),
    "own_record": _("It is the agency's own case"),
    "self": _("It is about the person"),
    "guardian": _("As a guardian"),
    "circle": _("All in the family have opened this"),
    **REFUSAL,
}

CONSENT_FORM: Words = {
    "digital": _("digitally"),
    "written": _("on paper, signed"),
    "oral": _("orally, noted by the worker"),
}

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

PROTECTION_LEVEL: Words = {
    "none": _("Not protected"),
    "confidential": _("Confidential address"),
    "strictly_confidential": _("Strictly confidential address"),
}

PLACE: Words = {
    "address": _("Address"),
    "municipality": _("Municipality"),
    "school": _("School or kindergarten"),
    "meeting_place": _("Where we meet"),
    "provider": _("Who gives help there"),
}

CODE_LISTS: Mapping[str, Words] = {
    "kind": KIND,
    "purpose": PURPOSE,
    "role": ROLE,
    "agency_kind": AGENCY_KIND,
    "duty_role": DUTY_ROLE,
    "standing": STANDING,
    "action_status": ACTION_STATUS,
    "plan_status": PLAN_STATUS,
    "life_domain": LIFE_DOMAIN,
    "statement": STATEMENT,
    "plan_kind": PLAN_KIND,
    "provision": PROVISION,
    "refusal": REFUSAL,
    "basis": BASIS,
    "audience_reason": AUDIENCE_REASON,
    "consent_form": CONSENT_FORM,
    "screening": SCREENING,
    "because": BECAUSE,
    "target_group": TARGET_GROUP,
    "scope": SCOPE,
    "system": SYSTEM,
    "right": RIGHT,
    "application_status": APPLICATION_STATUS,
    "protection_level": PROTECTION_LEVEL,
    "place": PLACE,
}


def words(code: object, *, code_list: str) -> Promise:
    """The code's message. Raises UnknownCode."""
    try:
        return CODE_LISTS[code_list][code]
    except KeyError:
        raise UnknownCode(code_list, code) from None
