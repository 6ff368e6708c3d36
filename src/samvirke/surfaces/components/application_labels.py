"""Words for the codes of enquiries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import EnquiryOutcome

Words = Mapping[Any, Promise]

ENQUIRY_OUTCOME: Words = {
    EnquiryOutcome.PLAN: _("A plan is made together"),
    EnquiryOutcome.COORDINATOR: _("There will be a coordinator"),
    EnquiryOutcome.APPLY: _("It is worth applying for something"),
    EnquiryOutcome.HELPED: _("It is helped with this"),
    EnquiryOutcome.NOT_HERE: _("It is for others than us to help with"),
}

ENQUIRY_STEP: Words = {
    "told": _("Told"),
    "taken": _("Read, and a day set for the answer"),
    "led_on": _("Others were asked to answer"),
    "accepted": _("Others took it over"),
    "declined": _("The others could not take it over"),
    "answered": _("Answered"),
}

CODE_LISTS: Mapping[str, Words] = {"enquiry_outcome": ENQUIRY_OUTCOME, "enquiry_step": ENQUIRY_STEP}
