"""The forms that ask for a consent, note one, and answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow, UnitRow
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.kernel.gate_words import DataKind, Purpose, mask_of
from samvirke.people.guardian_types import View
from samvirke.people.operations import ConsentTerms
from samvirke.people.types import DraftRow
from samvirke.surfaces.components.asking_forms import ASKED_FOR
from samvirke.surfaces.components.consent_labels import ASKED_TEXT, CHILD_VIEW, READ_OUT_TEXT, WHAT_FOR
from samvirke.surfaces.components.fields import boxes, choice_field, choices_field, day_field, options
from samvirke.surfaces.components.labels import KIND, PURPOSE, PURPOSE_OF_ANOTHER

ASKED_PURPOSES = (Purpose.COORDINATION, Purpose.SERVICE, Purpose.FOLLOW_UP)
ANSWERED = (
    ("oral", _("The person has said yes to us")),
    ("written", _("The person has signed on paper")),
)
HOW_OF_GUARDIANS = (
    ("digital", _("Ask each of them on their own page")),
    ("oral", _("All who must have said yes to us")),
    ("written", _("All who must have signed on paper")),
)
HOW = (("digital", _("Ask on the person’s own page")), *ANSWERED)


def child_view_field() -> forms.TypedChoiceField:
    """What a child thinks, who is heard before its guardians answer."""
    return choice_field(
        _("What does the child think?"),
        _("Ask the child first, and choose what it said."),
        choices=tuple(CHILD_VIEW.items()),
        coerce=View,
        help_text=_("The guardians answer, and the child is heard before. Guardians do not see this."),
    )


class AnswerForm(forms.Form):
    """A yes, with what is left out of it. Nothing is ticked beforehand."""

    without_kinds = choices_field(
        _("Is there something of this you do not want to share?"), coerce=lambda value: DataKind(int(value))
    )
    without_units = choices_field(_("Is there an office that shall not have it?"), coerce=UUID)

    def __init__(self, *args: Any, asked: DraftRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in asked.kinds if kind not in WITH_EVERY_CONSENT]
        boxes(self, "without_kinds", [(str(int(kind)), KIND[kind]) for kind in kinds])
        boxes(self, "without_units", [(str(unit_id), name) for unit_id, name in asked.units.items()])
        for name, is_one in (("without_kinds", len(kinds) < 2), ("without_units", len(asked.units) < 2)):
            if is_one:  # leaving it out is a no
                del self.fields[name]

    def left_out(self) -> dict[str, Any]:
        """What the yes does not cover."""
        said = self.cleaned_data
        return {
            "without_kinds": mask_of(said.get("without_kinds", ())),
            "without_units": said.get("without_units", ()),
        }


class ShareForm(forms.Form):
    """What the person thinks of letting offices share: kinds, offices, why, until when."""

    kinds = choices_field(
        _("What may be shared?"),
        _("Choose at least one thing that may be shared."),
        help_text=_("Your name, your plan and your consents always belong to it."),
        coerce=lambda value: DataKind(int(value)),
    )
    units = choices_field(_("Between which offices?"), _("Choose at least one office."), coerce=UUID)
    purposes = choices_field(
        _("What for?"),
        _("Choose at least one purpose."),
        help_text=_("You answer for each purpose by itself."),
        coerce=lambda value: Purpose(int(value)),
    )
    until = day_field(_("Until when?"), _("Write until when the yes lasts."))

    def __init__(self, *args: Any, units: Iterable[UnitRow], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        boxes(self, "kinds", [(str(int(kind)), KIND[kind]) for kind in ASKED_FOR])
        boxes(self, "units", [(str(unit.unit_id), unit.name) for unit in units])
        boxes(self, "purposes", [(str(int(purpose)), PURPOSE[purpose]) for purpose in ASKED_PURPOSES])

    def clean_until(self) -> date:
        """A yes lasts until a day ahead."""
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("The day has been already. Choose a day ahead."))
        return until

    def terms(self, own_units: Collection[UUID], basis: str) -> ConsentTerms:
        """What is asked. basis: the code of what it rests on."""
        said = self.cleaned_data
        units = (*own_units, *said["units"])
        last = datetime.combine(said["until"], time.max, tzinfo=timezone.get_current_timezone())
        form = said.get("form", "digital")
        return ConsentTerms(
            kinds=mask_of(said["kinds"]),
            purposes=mask_of_purposes(said["purposes"]),
            from_units=units,
            to_units=units,
            provisions=(basis,),
            form=form,
            text_version=ASKED_TEXT if form == "digital" else READ_OUT_TEXT,
            until=last,
            what_for=said.get("what_for", "common_plan"),
            said_on=said.get("said_on"),
            heard_by=said.get("heard_by") or None,
        )


class AskForm(ShareForm):
    """The same, as a worker asks it, or notes what the person has answered."""

    what_for = choice_field(_("Which plan is it for?"), _("Choose which plan it is for."))
    form = choice_field(_("How does the person answer?"), _("Choose how the person answers."), choices=HOW)
    said_on = day_field(
        _("On which day did the person say or sign it?"),
        help_text=_("Only where the person has answered already. Empty means today."),
    )
    heard_by = choice_field(
        _("Who heard it?"),
        _("Choose who heard it."),
        coerce=UUID,
        help_text=_("Only for what was said. Empty means you."),
        empty_value=None,
    )
    view = child_view_field()
    field_order = ("kinds", "units", "purposes", "what_for", "until", "view", "form", "said_on", "heard_by")

    def __init__(
        self,
        *args: Any,
        plan_kinds: Iterable[str],
        colleagues: Mapping[UUID, PostRow],
        is_heard: bool = False,
        of_guardians: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_heard:
            del self.fields["view"]
        if of_guardians:
            self._asks_several()
        boxes(self, "purposes", [(str(int(one)), PURPOSE_OF_ANOTHER[one]) for one in ASKED_PURPOSES])
        self.fields["kinds"].help_text = _(
            "Name, plan and consents always belong to it. Leave out what is not needed."
        )
        self.fields["purposes"].help_text = _("Each purpose is a question of its own.")
        self.fields["units"].help_text = _(
            "Your own office is always one of them. Nobody else sees anything."
        )
        options(self, "what_for", [(code, WHAT_FOR[code]) for code in ("common_plan", *plan_kinds)])
        self.fields["heard_by"].required = False
        options(self, "heard_by", [(str(post_id), post.title) for post_id, post in colleagues.items()])

    def _asks_several(self) -> None:
        """In words that fit those who act for somebody."""
        options(self, "form", HOW_OF_GUARDIANS)
        self.fields["form"].label = _("How do they answer?")
        self.fields["said_on"].label = _("On which day did they say or sign it?")
        self.fields["said_on"].help_text = _("Only where they have answered already. Empty means today.")

    def clean_said_on(self) -> date | None:
        """What was said was said today or earlier."""
        said_on: date | None = self.cleaned_data["said_on"]
        if said_on is not None and said_on > self.today:
            raise forms.ValidationError(_("That day is still to come. Write the day the person said it."))
        return said_on

    def clean(self) -> dict[str, Any]:
        """Nobody hears what is on paper, and a question has not been answered yet."""
        said = super().clean() or {}
        if said.get("form") != "oral":
            said["heard_by"] = None
        if said.get("form") == "digital":
            said["said_on"] = None
        return said


def mask_of_purposes(purposes: Iterable[Purpose]) -> Purpose:
    """One mask of several purposes."""
    mask = Purpose(0)
    for purpose in purposes:
        mask |= purpose
    return mask
