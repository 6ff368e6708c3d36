"""The forms that ask a person, begin a plan, and let others take part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow, UnitRow
from samvirke.kernel.codes import TargetGroup
from samvirke.kernel.gate_words import DataKind, Purpose, mask_of
from samvirke.people.operations import ConsentTerms
from samvirke.plan.types import CandidateRow
from samvirke.statutes.types import PlanKind
from samvirke.surfaces.components.consent_labels import CONSENT_FORM, READ_OUT_TEXT
from samvirke.surfaces.components.fields import (
    boxes,
    choice_field,
    choices_field,
    day_field,
    line_field,
    options,
)
from samvirke.surfaces.components.labels import (
    KIND,
    TARGET_GROUP,
)
from samvirke.surfaces.components.law_labels import PLAN_KIND
from samvirke.surfaces.components.plan_forms import next_review_field, occupation_field, support_field

ASKED_FOR = (
    DataKind.CONTACT,
    DataKind.EMPLOYMENT,
    DataKind.EDUCATION,
    DataKind.ECONOMY,
    DataKind.HOUSING,
    DataKind.HEALTH,
    DataKind.SUBSTANCE_USE,
    DataKind.SOCIAL,
    DataKind.NETWORK,
)
PURPOSES = Purpose.COORDINATION | Purpose.SERVICE | Purpose.FOLLOW_UP
A_YEAR = timedelta(days=365)


class AskForm(forms.Form):
    """What the person is asked to agree to: kinds, offices, how it was said, until when."""

    given_name = line_field(_("Given name"), _("Write the given name."))
    family_name = line_field(_("Family name"), _("Write the family name."))
    kinds = choices_field(
        _("What may be shared?"),
        _("Choose at least one thing that may be shared."),
        help_text=_("Name, plan and consents always belong to it. Leave out what the person does not want."),
        coerce=lambda value: DataKind(int(value)),
    )
    units = choices_field(
        _("Between which offices?"),
        _("Choose at least one more office. A plan of one office alone needs no sharing."),
        help_text=_("Your own office is always one of them. Nobody else sees anything."),
        coerce=UUID,
    )
    form = choice_field(
        _("How did the person say yes?"),
        _("Choose how the person said yes."),
        choices=tuple(CONSENT_FORM.items()),
    )
    said_on = day_field(
        _("On which day did the person say or sign it?"),
        help_text=_("Empty means today. It is noted that you heard it."),
    )
    until = day_field(
        _("Until when?"),
        _("Write until when the yes lasts."),
        help_text=_("The person can take it back any day before that."),
    )

    def __init__(self, *args: Any, units: Iterable[UnitRow], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.offices = {unit.unit_id: unit.name for unit in units}
        boxes(self, "kinds", [(str(int(kind)), KIND[kind]) for kind in ASKED_FOR])
        boxes(self, "units", [(str(unit_id), name) for unit_id, name in self.offices.items()])

    def clean_said_on(self) -> date | None:
        """What was said was said today or earlier."""
        said_on: date | None = self.cleaned_data["said_on"]
        if said_on is not None and said_on > self.today:
            raise forms.ValidationError(_("That day is still to come. Write the day the person said it."))
        return said_on

    def clean_until(self) -> date:
        """A yes lasts until a day ahead."""
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("The day has been already. Choose a day ahead."))
        return until

    def terms(self, own_unit: UUID, basis: str) -> ConsentTerms:
        """The consent as it is recorded. basis: the code of what it rests on."""
        said = self.cleaned_data
        units = (own_unit, *said["units"])
        last = datetime.combine(said["until"], time.max, tzinfo=timezone.get_current_timezone())
        return ConsentTerms(
            kinds=mask_of(said["kinds"]),
            purposes=PURPOSES,
            from_units=units,
            to_units=units,
            provisions=(basis,),
            form=said["form"],
            text_version=READ_OUT_TEXT,
            until=last,
            said_on=said["said_on"],
        )


class StartForm(forms.Form):
    """How a plan begins: its kinds, who answers for it, and how things are for the person today."""

    kinds = choices_field(
        _("What kind of plan is it?"),
        _("Choose at least one kind of plan."),
        help_text=_("One plan can be several kinds. Then nothing has to be written twice."),
    )
    unit_id = choice_field(
        _("Which unit coordinates?"),
        _("Choose which unit coordinates."),
        coerce=UUID,
        help_text=_("Its leader answers for the plan until a coordinator has accepted."),
    )
    deputy = choice_field(_("Who is the deputy?"), _("Choose the deputy."), coerce=UUID)
    next_review = next_review_field()
    target_group = choice_field(
        _("Which target group?"),
        _("Choose the target group."),
        choices=tuple((group, TARGET_GROUP[group]) for group in TargetGroup),
        coerce=TargetGroup,
    )
    support = support_field()
    occupation = occupation_field()

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[PlanKind],
        units: Sequence[UnitRow],
        deputies: Sequence[PostRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deputies = {post.post_id: post for post in deputies}
        boxes(self, "kinds", [(kind.code, PLAN_KIND[kind.code]) for kind in kinds])
        options(self, "unit_id", [(str(unit.unit_id), unit.name) for unit in units])
        options(self, "deputy", [(str(post.post_id), f"{post.title}, {post.unit_name}") for post in deputies])

    def clean(self) -> dict[str, Any]:
        """The deputy is of the unit that coordinates."""
        said = super().clean() or {}
        chosen = "deputy" in said and "unit_id" in said
        if chosen and self.deputies[said["deputy"]].unit_id != said["unit_id"]:
            self.add_error("deputy", _("Choose a deputy in the unit that coordinates."))
        return said


class JoinForm(forms.Form):
    """Somebody joins the team."""

    post = choice_field(
        _("Who joins?"),
        _("Choose who joins."),
        coerce=UUID,
        help_text=_("Only those whom the person has said yes to are on the list."),
    )

    def __init__(self, *args: Any, candidates: Iterable[CandidateRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "post", [(str(one.post_id), f"{one.title}, {one.unit_name}") for one in candidates])


class OfferForm(forms.Form):
    """The duty to coordinate is offered to somebody, with a deputy."""

    to_post = choice_field(_("Who should coordinate?"), _("Choose who should coordinate."), coerce=UUID)
    deputy = choice_field(
        _("Who is the deputy?"),
        _("Choose the deputy."),
        coerce=UUID,
        help_text=_("Steps in when the coordinator is away."),
    )

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(post.post_id), post.title) for post in posts]
        options(self, "to_post", titles)
        options(self, "deputy", titles)

    def clean(self) -> dict[str, Any]:
        """A coordinator cannot step in for themselves."""
        said = super().clean() or {}
        if said.get("to_post") and said.get("to_post") == said.get("deputy"):
            self.add_error("deputy", _("The deputy must be another than the coordinator."))
        return said
