"""Words for the codes of agreements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from samvirke.agreements.types import CheckResult, Promise, Warning
from samvirke.kernel.codes import Domain

Words = Mapping[Any, Text]

PROMISE: Words = {
    Promise.ANSWER_REFERRAL: _("answer a referral"),
    Promise.ANSWER_APPLICATION: _("answer an application"),
    Promise.ANSWER_NEED: _("answer a need for an intervention"),
    Promise.MEET: _("meet when somebody asks for it"),
    Promise.ANSWER_COMMITMENT: _("answer a commitment that is asked for"),
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
    Warning.REVIEW_OVERDUE: _("The day to go through the agreement has passed"),
    Warning.NOBODY_ANSWERS: _("Nobody answers for it"),
    Warning.AWAY_WITHOUT_DEPUTY: _("The contact person is away, and no deputy is there"),
}

DOMAIN: Words = {
    Domain.ECONOMY: _("Economy"),
    Domain.HEALTH: _("Health"),
    Domain.SOCIAL: _("Social matters"),
    Domain.INTERVENTION: _("Interventions"),
    Domain.COURSE: _("Courses and education"),
    Domain.WORK_AND_PRACTICE: _("Work and practice"),
    Domain.EMPLOYERS: _("Contact with employers"),
    Domain.FOLLOW_UP: _("Main responsibility for following up"),
}
