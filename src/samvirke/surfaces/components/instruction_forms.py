"""The form of an instruction not to inform: two codes, and no room for words that could tell on anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import InstructedBy, InstructionAbout
from samvirke.surfaces.components.fields import choice_field

INSTRUCTION_ABOUT: Mapping[Any, Promise] = {
    InstructionAbout.SERVICE: _("A service one can apply for"),
    InstructionAbout.MONEY: _("Money or a benefit"),
    InstructionAbout.COORDINATION: _("The right to a plan or a coordinator"),
    InstructionAbout.OTHER_AGENCY: _("What another agency can help with"),
    InstructionAbout.APPEAL: _("The right to appeal or complain"),
}
INSTRUCTED_BY: Mapping[Any, Promise] = {
    InstructedBy.OWN_OFFICE: _("The leader of the own office"),
    InstructedBy.OWN_AGENCY: _("The own agency, above the office"),
    InstructedBy.ANOTHER_AGENCY: _("Another agency"),
    InstructedBy.UNSAID: _("Nobody says it, but everybody knows"),
}


class InstructionForm(forms.Form):
    """About what, and from where."""

    about = choice_field(
        _("What were you told not to inform about?"),
        _("Choose what it was about."),
        choices=tuple(INSTRUCTION_ABOUT.items()),
        coerce=InstructionAbout,
    )
    given_by = choice_field(
        _("Where did it come from?"),
        _("Choose where it came from."),
        choices=tuple(INSTRUCTED_BY.items()),
        coerce=InstructedBy,
    )
