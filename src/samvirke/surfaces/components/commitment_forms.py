"""The forms of commitments between agencies. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.gate_words import DataKind
from samvirke.plan.commitment_types import CommitmentsPart, Wanted
from samvirke.surfaces.components.fields import (
    choice_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.labels import KIND
from samvirke.surfaces.components.plan_parts import party_words


class DemandForm(forms.Form):
    """What is asked for, of what kind, by when."""

    what = line_field(
        _("What do you ask for?"),
        _("Write what you ask for."),
        help_text=_("The person reads this. Write so that it can be read as it is."),
    )
    kind = choice_field(
        _("What is it about?"),
        _("Choose what it is about."),
        coerce=lambda value: DataKind(int(value)),
        help_text=_("This decides who may read it."),
    )
    by_when = day_field(_("By when?"), _("Write by when you need it."))

    def __init__(self, *args: Any, kinds: Iterable[DataKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "kind", [(str(int(kind)), KIND[kind]) for kind in kinds])

    def wanted(self) -> Wanted:
        """What was said."""
        said = self.cleaned_data
        return Wanted(
            kind=said["kind"],
            what=said["what"],
            by_when=said["by_when"],
            in_return=said.get("in_return", ""),
            in_return_for=said.get("in_return_for"),
        )


class AskForm(DemandForm):
    """One of another office is asked for something."""

    of_whom = choice_field(
        _("Whom do you ask?"),
        _("Choose whom you ask."),
        coerce=UUID,
        help_text=_("Somebody of another office who is on the plan. One answers for it, always."),
    )
    in_return = line_field(_("What do you do in return?"))
    in_return_for = choice_field(_("Or is it in return for something that stands in the plan?"), coerce=UUID)
    field_order = ("of_whom", "what", "kind", "by_when", "in_return", "in_return_for")

    def __init__(self, *args: Any, part: CommitmentsPart, **kwargs: Any) -> None:
        super().__init__(*args, kinds=part.kinds, **kwargs)
        options(self, "of_whom", [(str(one), party_words(party)) for one, party in part.others])
        held = [(str(row.commitment_id), row.what) for row in part.rows if row.is_open]
        if held:
            options(self, "in_return_for", held)
        else:
            del self.fields["in_return_for"]


class AnswerForm(forms.Form):
    """Yes, or no and why."""

    is_accepted = choice_field(
        _("What do you answer?"),
        _("Choose what you answer."),
        choices=(("yes", _("Yes, we do it")), ("no", _("No, we do not"))),
        coerce=lambda said: said == "yes",
    )
    why = text_field(_("Why not?"), help_text=_("If it is a no: write so that the person can read it."))

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        said = super().clean() or {}
        if said.get("is_accepted") is False and not said.get("why"):
            self.add_error("why", _("Write why not. Who asked, and the person, read it."))
        return said


class OutcomeForm(forms.Form):
    """Kept, or broken and why, and on which day."""

    is_kept = choice_field(
        _("Was it done?"),
        _("Choose whether it was done."),
        choices=(("yes", _("Yes, it was kept")), ("no", _("No, it was not kept"))),
        coerce=lambda said: said == "yes",
    )
    on_day = day_field(_("On which day?"), _("Write the day."))
    why = text_field(
        _("Why was it not kept?"), help_text=_("If it was not: write so that the person can read it.")
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"on_day": today})

    def clean(self) -> dict[str, Any]:
        """What was not kept has a reason."""
        said = super().clean() or {}
        if said.get("is_kept") is False and not said.get("why"):
            self.add_error("why", _("Write why it was not kept. Both offices and the person read it."))
        return said
