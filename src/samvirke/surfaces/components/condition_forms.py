"""The forms of conditions. What was typed is kept; an error says what to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.plan.condition_types import ConditionRow, ConditionsPart, Sanction, Terms
from samvirke.surfaces.components.condition_labels import BENEFIT, CONDITION
from samvirke.surfaces.components.fields import (
    INPUT,
    choice_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.plan_parts import party_words


class ConditionForm(forms.Form):
    """A new condition, whole."""

    benefit = choice_field(_("Which benefit?"), _("Choose the benefit."))
    what = text_field(_("What do you ask the person to do?"), _("Write what you ask for."))
    why = text_field(_("Why?"), _("Write why. The person reads it."))
    alternative = text_field(_("What can they do instead?"), _("Write what the person can do instead."))
    if_not_kept = text_field(_("What happens if it is not kept?"), _("Write what happens if it is not kept."))
    review_on = day_field(_("When do you read it again?"), _("Write the day you read it again."))
    explained_by = choice_field(
        _("Does somebody of another office follow it up?"),
        help_text=_("If so, nothing can be taken before they have explained what happened."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, part: ConditionsPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "benefit", [(one.code, BENEFIT[one.label]) for one in part.benefits])
        self.posts = {one.member_id: one.post_id for one in part.others}
        options(self, "explained_by", [(str(one.member_id), party_words(one.who)) for one in part.others])

    def terms(self) -> Terms:
        """What was said."""
        said = self.cleaned_data
        return Terms(**said | {"explained_by": self.posts.get(said["explained_by"])})


class WordsForm(forms.Form):
    """Somebody has their say."""

    words = text_field(_("In your own words"), _("Write something first."))


class ConditionStepForm(forms.Form):
    """What the unit does next."""

    status = choice_field(_("What has happened?"), _("Choose what has happened."))
    words = text_field(_("Tell about it"), _("Write about it. The person reads it."))
    next_review = day_field(_("If it goes on: when do you read it again?"))

    def __init__(self, *args: Any, row: ConditionRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "status", [(one, CONDITION[one]) for one in row.may if one != "sanctioned"])

    def clean(self) -> dict[str, Any]:
        """A condition that goes on has its next day."""
        said = super().clean() or {}
        if said.get("status") == "reviewed" and not said.get("next_review"):
            self.add_error("next_review", _("Write the day you read it again."))
        return said


class SanctionForm(forms.Form):
    """What a decision took."""

    why = text_field(_("Why?"), _("Write why. The person reads it."))
    left_per_day = forms.IntegerField(
        label=_("How much is left a day, for food and what is needed?"),
        help_text=_("This is your office’s own figure. Housing and food are never taken."),
        min_value=1,
        max_value=100_000,
        error_messages={
            "required": _("Write how much is left a day."),
            "invalid": _("Write a whole number."),
            "min_value": _("Something must be left. Write how much."),
            "max_value": _("The number is too large. Write the sum for one day."),
        },
        widget=forms.NumberInput(attrs=INPUT),
    )
    until = day_field(_("Which is the last day?"), _("Write the last day."))
    decision_reference = line_field(_("Number of the decision"), _("Write the number of the decision."))
    appeal_to = line_field(_("Where can the person appeal?"), _("Write where the person can appeal."))

    def sanction(self) -> Sanction:
        """What was said."""
        return Sanction(**self.cleaned_data)
