"""The gate's answers in words: why, why not, and what whoever asked can do next."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.gate.access import Basis, Refusal

Words = Mapping[str, Promise]

REFUSAL: Words = {
    Refusal.NOT_ACTIVE: _("The post is not in use now"),
    Refusal.WRONG_PURPOSE: _("Not for the purpose this post has"),
    Refusal.ROLE_MAY_NOT: _("This role never sees this"),
    Refusal.OWN_CASE: _("It is the worker's own case"),
    Refusal.CLOSE_RELATION: _("The worker is close to the person"),
    Refusal.FORMER_PARTNER: _("The worker was once the person's partner"),
    Refusal.SHIELDED: _("The case is kept from colleagues, since the person works with the agency"),
    Refusal.PROTECTED: _("Where the person is, is protected"),
    Refusal.NOT_ON_TEAM: _("Not one of those who help the person"),
    Refusal.NO_BASIS: _("No consent or law opens this"),
    Refusal.OUTSIDE_PERIOD: _("The time it was open for is over, or has not come"),
    Refusal.SEALED: _("Written for one unit only"),
}
NEXT: Words = {
    Refusal.NOT_ACTIVE: _("The unit's leader can say when the post is in use again."),
    Refusal.WRONG_PURPOSE: _("It opens to who signs in for the purpose that the work has."),
    Refusal.ROLE_MAY_NOT: _("Somebody whose role it is can be asked."),
    Refusal.OWN_CASE: _("Somebody else has to take the case. Nobody can open it to this worker."),
    Refusal.CLOSE_RELATION: _("Somebody else has to take the case. Nobody can open it to this worker."),
    Refusal.FORMER_PARTNER: _("Somebody else has to take the case. Nobody can open it to this worker."),
    Refusal.SHIELDED: _("The unit's leader names who works with the case."),
    Refusal.PROTECTED: _("Only the person, or somebody who knows the place, can tell it to more."),
    Refusal.NOT_ON_TEAM: _("The person can say yes to it, or the coordinator can let somebody in on a yes."),
    Refusal.NO_BASIS: _("The person can be asked for consent, unless a law opens it."),
    Refusal.OUTSIDE_PERIOD: _("The person can be asked for consent anew."),
    Refusal.SEALED: _("The unit that wrote it can be asked."),
}
BASIS: Words = {
    Basis.SELF: _("It is about you"),
    Basis.GUARDIAN: _("As a guardian"),
    Basis.CONSENT: _("You have given consent"),
    Basis.STATUTE: _("A law opens it without consent"),
    Basis.OWN_RECORD: _("It is the agency's own case"),
    Basis.CIRCLE: _("All in the family have opened this"),
    Basis.LIFT: _("Opened in an emergency, with a reason"),
}
CONFLICT: Words = {
    Refusal.OWN_CASE: _("It is my own case"),
    Refusal.CLOSE_RELATION: _("The person is family, a friend or otherwise close to me"),
    Refusal.FORMER_PARTNER: _("We were once partners"),
}
VERDICT: Words = {
    "waiting": _("Not reviewed yet"),
    "accepted": _("Reviewed: it was needed"),
    "misuse": _("Reviewed: it was not right, and was closed at once"),
}
# How a condition of a law is met, as a question to the worker and as a heading to the person.
CONDITION: Words = {
    "": _("Why it is needed"),
    "needed_in_office": _("The work in the joint office needs it"),
    "municipality_s_tasks": _("The municipality's own tasks need it"),
    "serious_danger": _("It prevents serious danger"),
    "giver_s_own_work": _("The office that tells cannot do its own work without it"),
    "older_person": _("It is for an older person"),
    "disabled_person": _("It is for a person with a disability"),
    "both_have_joined": _("Both have joined the shared record"),
    "not_protected": _("The person has no protected identity"),
}
OPENING: Words = {
    "running": _("It is open now"),
    "ended": _("Ended by the office that opened it"),
    "over": _("Its time is over"),
}
AUDIENCE_REASON: Words = {
    **BASIS,
    Basis.SELF: _("It is about the person"),
    Basis.CONSENT: _("The consent opens this"),
    "sees": _("The consent opens this"),
    **REFUSAL,
}
CODE_LISTS: Mapping[str, Words] = {
    "refusal": REFUSAL,
    "refusal_next": NEXT,
    "basis": BASIS,
    "audience_reason": AUDIENCE_REASON,
    "lift_verdict": VERDICT,
    "law_condition": CONDITION,
    "opening_status": OPENING,
}
