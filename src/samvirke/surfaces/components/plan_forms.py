"""The forms that write in a plan. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import EndReason, Occupation, SupportSource, Topic
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.types import PlanPage
from samvirke.statutes.types import STATEMENT as STATEMENT_KEY
from samvirke.surfaces.components.fields import choice_field, day_field, line_field, options, text_field
from samvirke.surfaces.components.labels import END_REASON, KIND, LIFE_DOMAIN, OCCUPATION, SUPPORT
from samvirke.surfaces.components.law_labels import STATEMENT


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
    """A goal in the person's own words."""

    own_words = text_field(
        _("The goal in own words"),
        _("Write the goal in own words."),
        help_text=_("As the person says it. It stands first in the plan."),
    )
    life_domain = choice_field(
        _("What is the goal about?"), _("Choose what the goal is about."), choices=tuple(LIFE_DOMAIN.items())
    )
    target = line_field(_("How will we see that it is reached?"))
    by_when = day_field(_("By when?"))

    def __init__(self, *args: Any, kinds: Iterable[DataKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "life_domain", [(str(kind.name).lower(), KIND[kind]) for kind in kinds])


class StatementForm(forms.Form):
    """What the plan says on one topic; the newest words count."""

    topic = choice_field(_("About what?"), _("Choose what it is about."))
    text = text_field(
        _("What should the plan say?"),
        _("Write what the plan should say."),
        help_text=_("Write it together. The earlier words are kept as history."),
    )

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = (row for check in page.content_checks for row in check.requirements)
        asked_for = {need.removeprefix(STATEMENT_KEY) for row in rows for need in row.needs}
        topics = [(code, words) for code, words in STATEMENT.items() if code in asked_for | {*Topic}]
        options(self, "topic", topics)


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
