"""The forms that write in a plan. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Answer, EndReason, GoalStatus, Occupation, SetBy, SupportSource
from samvirke.kernel.gate_words import DataKind
from samvirke.people.types import FamilyMemberRow
from samvirke.plan.types import GoalRow, StatementRow
from samvirke.surfaces.components.action_labels import ANSWER, GOAL_BECOMES, SET_BY
from samvirke.surfaces.components.fields import (
    INPUT,
    choice_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.labels import END_REASON, KIND, LIFE_DOMAIN, OCCUPATION, SUPPORT


def next_review_field() -> forms.DateField:
    """When the plan is gone through next."""
    return day_field(
        _("When will you go through it next?"), _("Write the day on which you will go through it next.")
    )


def support_field() -> forms.TypedChoiceField:
    """What the person lives on. Not known is an answer too."""
    return choice_field(
        _("What does the person live on now?"),
        _("Choose what the person lives on now. “Not known” is an answer too."),
        choices=tuple(SUPPORT.items()),
        coerce=SupportSource,
    )


def occupation_field() -> forms.TypedChoiceField:
    """What fills the person's days. Not known is an answer too."""
    return choice_field(
        _("What does the person do now?"),
        _("Choose what the person does now. “Not known” is an answer too."),
        choices=tuple(OCCUPATION.items()),
        coerce=Occupation,
    )


class NewGoalForm(forms.Form):
    """A goal in the person's own words, which the person writes."""

    own_words = text_field(
        _("The goal in own words"),
        _("Write the goal in own words."),
        help_text=_("The way you would say it. It stands first in your plan."),
    )
    life_domain = choice_field(
        _("What is the goal about?"), _("Choose what the goal is about."), choices=tuple(LIFE_DOMAIN.items())
    )
    target = line_field(_("How will we see that it is reached?"))
    by_when = day_field(_("By when?"))

    def __init__(self, *args: Any, kinds: Iterable[DataKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "life_domain", [(str(kind.name).lower(), KIND[kind]) for kind in kinds])


class WorkersGoalForm(NewGoalForm):
    """A goal that a worker writes down: it is said whose it is."""

    own_words = text_field(
        _("The goal in own words"),
        _("Write the goal in own words."),
        help_text=_("As the person says it. It stands first in the plan."),
    )
    whose = forms.TypedChoiceField(
        label=_("Whose goal is it?"),
        choices=tuple(SET_BY.items()),
        required=False,
        initial=SetBy.PERSON,
        empty_value=SetBy.PERSON,
        coerce=SetBy,
        widget=forms.Select(attrs=INPUT),
    )
    about = choice_field(
        _("Whom is the goal for?"),
        coerce=UUID,
        help_text=_("What is for one of them alone is seen by them, and by those who may read about them."),
    )
    field_order = ("own_words", "whose", "about", "life_domain", "target", "by_when")

    def __init__(self, *args: Any, family: Iterable[FamilyMemberRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = [(str(member.person_id), member.name) for member in family]
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", _("The whole family")), *members]
        if not members:
            del self.fields["about"]


class GoalStatusForm(forms.Form):
    """How it went with a goal."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    status = choice_field(
        _("How did it go?"),
        _("Choose how it went."),
        coerce=GoalStatus,
    )
    why = text_field(_("Why?"), help_text=_("Where it is set aside, say why. It stays in the plan."))

    def __init__(self, *args: Any, goal: GoalRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_version", goal.version)
        options(self, "status", [(one, GOAL_BECOMES[one]) for one in goal.may_become])

    def clean(self) -> dict[str, Any]:
        """Nothing is set aside without a reason."""
        said = super().clean() or {}
        if said.get("status") is GoalStatus.SET_ASIDE and not said.get("why"):
            self.add_error("why", _("Write why it is set aside, so that nobody wonders later."))
        return said


class AnswerForm(forms.Form):
    """What a party says to the plan as a whole."""

    seen = forms.CharField(widget=forms.HiddenInput)
    answer = choice_field(
        _("Do you agree with the plan as it stands here?"),
        _("Choose what you answer."),
        choices=tuple(ANSWER.items()),
        coerce=Answer,
    )
    text = text_field(
        _("What do you see differently?"),
        help_text=_("If you do not agree with everything. Everybody on the plan can read it."),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever does not agree says why."""
        said = super().clean() or {}
        if said.get("answer") not in {None, Answer.AGREES} and not said.get("text"):
            self.add_error("text", _("Write what you see differently, so that the others can understand."))
        return said


class StatementForm(forms.Form):
    """What the plan says on one topic; the newest words count."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    text = text_field(
        _("What should the plan say?"),
        _("Write what the plan should say."),
        rows=6,
        help_text=_("The earlier words are kept as history."),
    )

    @classmethod
    def of(cls, said: StatementRow | None, text: str = "") -> StatementForm:
        """The form with what stands there now, or with what was typed on top of it."""
        version = said.version if said else 0
        return cls(initial={"seen_version": version, "text": text or (said.text if said else "")})


class ReviewForm(forms.Form):
    """The plan was gone through today."""

    next_review = next_review_field()


class EndForm(forms.Form):
    """Why the plan ends, and what the person lives on and does now."""

    reason = choice_field(
        _("Why does the plan end?"),
        _("Choose why the plan ends."),
        choices=tuple(END_REASON.items()),
        coerce=EndReason,
    )
    support = support_field()
    occupation = occupation_field()
