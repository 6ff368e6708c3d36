"""The forms of who acts for whom, and of what a young person writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.gate_words import DataKind, kinds_in, mask_of
from samvirke.people.guardian_types import NewGuardian
from samvirke.people.guardians import EVERY_KIND
from samvirke.surfaces.components.fields import (
    YES_OR_NO,
    boxes,
    choice_field,
    choices_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.labels import KIND
from samvirke.surfaces.components.law_labels import GUARDIAN_KIND


class GuardianForm(forms.Form):
    """Who acts for a person: on which footing and document, for what, until when."""

    citizen_id = choice_field(
        _("Who acts for the person?"),
        _("Choose who acts for the person."),
        coerce=UUID,
        help_text=_(
            "Only persons you work with are on the list. Ask the guardian first, as a person of their own."
        ),
    )
    name = line_field(_("What does the person call them?"), _("Write what the person calls them."))
    footing = choice_field(_("On which footing?"), _("Choose on which footing."))
    scope = choices_field(
        _("For what?"),
        _("Choose at least one kind of information that the document names."),
        help_text=_("The guardian sees these, and says yes or no to sharing these. Nothing else."),
        coerce=lambda value: DataKind(int(value)),
    )
    lives_with = choice_field(
        _("Do they live together?"),
        _("Choose whether they live together."),
        choices=YES_OR_NO,
        help_text=_("Only then may the guardian know where the person is."),
    )
    reference = line_field(_("Which document does it rest on?"), _("Write which document it rests on."))
    seen_on = day_field(_("On which day did you see it?"), _("Write the day you saw the document."))
    until = day_field(
        _("Which is the last day?"),
        help_text=_("Empty means as long as the law lets: for a child, until it decides for itself."),
    )

    def __init__(
        self, *args: Any, persons: Mapping[UUID, str], footings: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        options(self, "citizen_id", [(str(one), name) for one, name in persons.items()])
        options(self, "footing", [(code, GUARDIAN_KIND[code]) for code in footings])
        boxes(self, "scope", [(str(int(kind)), KIND[kind]) for kind in kinds_in(EVERY_KIND)])

    def said(self) -> NewGuardian:
        """What was said."""
        found = self.cleaned_data
        until: date | None = found["until"]
        return NewGuardian(
            citizen_id=found["citizen_id"],
            name=found["name"],
            footing=found["footing"],
            scope=mask_of(found["scope"]),
            lives_with=found["lives_with"] == "yes",
            reference=found["reference"],
            seen_on=found["seen_on"],
            until=until,
        )


class OwnWordsForm(forms.Form):
    """What a person writes in their own room."""

    text = text_field(_("What do you want to say?"), _("Write something first."), rows=6)
