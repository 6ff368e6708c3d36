"""What a worker assesses of the own client, where the agency's system does not say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Occupation, SupportSource
from samvirke.people.types import Assessed
from samvirke.surfaces.components.fields import YES_OR_NO, choice_field
from samvirke.surfaces.components.labels import OCCUPATION, SUPPORT

AS_THE_SYSTEM_SAYS = _("Not assessed here")


def _one_of(label: Any, choices: Iterable[tuple[Any, Any]], coerce: Any) -> forms.TypedChoiceField:
    return choice_field(label, choices=choices, nothing=AS_THE_SYSTEM_SAYS, coerce=coerce)


def _is_so(label: Any) -> forms.TypedChoiceField:
    return _one_of(label, YES_OR_NO, lambda said: said == "yes")


class AssessForm(forms.Form):
    """Each may stay open: then what the system says stands."""

    assessed_at_risk = _is_so(_("Is the person at risk of losing the way into working life for good?"))
    relevant_for_labour_market = _is_so(_("Could an intervention of the labour market help?"))
    assessed_needs_special_help = _is_so(_("Does the person need special help to get work?"))
    main_income = _one_of(_("What does the person mostly live on?"), SUPPORT.items(), SupportSource)
    occupation = _one_of(_("What does the person do today?"), OCCUPATION.items(), Occupation)
    is_single_provider = _is_so(_("Is the person alone with children?"))
    has_insurance_rights = _is_so(_("Has the person rights in national insurance?"))
    is_immigrant_or_refugee = _is_so(_("Has the person come here as immigrant or refugee?"))

    def assessed(self) -> Assessed:
        """What was said."""
        return Assessed(**self.cleaned_data)
