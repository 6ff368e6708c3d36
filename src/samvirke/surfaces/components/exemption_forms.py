"""The form for an exemption. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from samvirke.programmes.exemptions import NewExemption
from samvirke.statutes.types import PlanKind, Requirement
from samvirke.surfaces.components.fields import (
    choice_field,
    day_field,
    line_field,
    options,
    text_field,
)


class ExemptionForm(forms.Form):
    """Where, from what, resting on what, and until when."""

    municipality = choice_field(_("In which municipality?"), _("Choose the municipality."))
    requirement = choice_field(_("What need a plan not hold?"), _("Choose what a plan need not hold."))
    provision = line_field(
        _("What does it rest on?"),
        _("Write what it rests on."),
        help_text=_("The law and the decision, as the municipality cites them."),
    )
    reason = text_field(_("Why?"), _("Write why there is an exemption."))
    valid_from = day_field(_("From"), _("Write from which day."))
    last_day = day_field(
        _("Last day"), _("Write the last day."), help_text=_("You are reminded two months before it ends.")
    )

    def __init__(
        self,
        *args: Any,
        municipalities: Mapping[str, str],
        requirements: Iterable[tuple[PlanKind, Requirement]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        options(self, "municipality", municipalities.items())
        known = [
            (f"{kind.code} {one.code}", f"{translated(kind.label)}: {translated(one.label)}")
            for kind, one in requirements
        ]
        options(self, "requirement", known)

    def new(self) -> NewExemption:
        """What was said."""
        said = self.cleaned_data
        plan_kind, _space, requirement = said["requirement"].partition(" ")
        return NewExemption(
            municipality=said["municipality"],
            plan_kind=plan_kind,
            requirement=requirement,
            provision=said["provision"],
            reason=said["reason"],
            valid_from=said["valid_from"],
            last_day=said["last_day"],
        )
