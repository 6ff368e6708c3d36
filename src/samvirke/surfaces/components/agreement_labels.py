"""Words for the codes of agreements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from samvirke.agreements.types import CheckResult, Promise, Warning

Words = Mapping[Any, Text]

PROMISE: Words = {
    Promise.ANSWER_REFERRAL: _("answer a referral"),
    Promise.ANSWER_APPLICATION: _("answer an application"),
    Promise.ANSWER_NEED: _("answer a need for an intervention"),
    Promise.MEET: _("meet when somebody asks for it"),
}

CHECK_RESULT: Words = {
    CheckResult.KEPT: _("The routines are kept"),
    CheckResult.PARTLY_KEPT: _("Some are kept, some are not"),
    CheckResult.NOT_KEPT: _("The routines are not kept"),
}

WARNING: Words = {
    Warning.NO_CONTACT_PERSON: _("No contact person"),
    Warning.NO_DEPUTY: _("No deputy for the contact person"),
    Warning.NO_AGREEMENT: _("No agreement in force"),
    Warning.CHECK_OVERDUE: _("The check of the agreement is overdue"),
}
