"""The forms of needs and places. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.interventions.types import KIND_OF, InterventionRow
from samvirke.kernel.codes import InterventionKind, PlacementEnd, UnmetReason
from samvirke.plan.types import PlanPage
from samvirke.surfaces.components.fields import choice_field, day_field, options, text_field
from samvirke.surfaces.components.labels import INTERVENTION_KIND, PLACEMENT_END, UNMET_REASON


def kinds_to_note(page: PlanPage) -> list[InterventionKind]:
    """The kinds of intervention that this viewer may find the plan's person ready for."""
    if page.family:
        return []
    return [kind for kind in InterventionKind if KIND_OF[kind] in page.may_write_kinds]


class NeedForm(forms.Form):
    """What the person is ready for, and what they say about it."""

    intervention_kind = choice_field(
        _("What is the person ready for?"),
        _("Choose what the person is ready for."),
        coerce=InterventionKind,
        help_text=_("The person waits from today, and sees it on the own plan."),
    )
    words = text_field(
        _("What does the person say about it?"),
        help_text=_("In the person’s own words. Name no place that should not be known."),
    )

    def __init__(self, *args: Any, kinds: Iterable[InterventionKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "intervention_kind", [(kind, INTERVENTION_KIND[kind]) for kind in kinds])


class GivePlaceForm(forms.Form):
    """Which of the own unit's offers, and from when."""

    intervention_id = choice_field(_("Which offer?"), _("Choose an offer."), coerce=UUID)
    starts_on = day_field(_("First day"), _("Write the first day."), help_text=_("The person sees this day."))

    def __init__(self, *args: Any, offers: Iterable[InterventionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.intervention_id), f"{one.name}, {one.provider}") for one in offers]
        options(self, "intervention_id", named)


class UnmetForm(forms.Form):
    """Why the person waits in vain."""

    reason = choice_field(
        _("Why does the person get no place?"),
        _("Choose why the person gets no place."),
        coerce=UnmetReason,
        help_text=_("The person sees the reason. It is counted, so that what is missing can be seen."),
    )

    def __init__(self, *args: Any, reasons: Iterable[UnmetReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "reason", [(reason, UNMET_REASON[reason]) for reason in reasons])


class EndForm(forms.Form):
    """Why a placement ends."""

    reason = choice_field(
        _("Why does it end?"),
        _("Choose why it ends."),
        choices=tuple(PLACEMENT_END.items()),
        coerce=PlacementEnd,
        help_text=_("The place is free for somebody else at once."),
    )
