"""The form of an opening by law: to whom, what, what for, until when, and how each condition is met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.gate.operations import WITH_EVERY_CONSENT
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in, mask_of
from samvirke.people.law_types import Asked, Rule
from samvirke.people.lawful import LONGEST, WORDS
from samvirke.surfaces.components.fields import TEXT, boxes, choice_field, choices_field, day_field, options
from samvirke.surfaces.components.gate_labels import CONDITION
from samvirke.surfaces.components.labels import KIND, PURPOSE


class ByLawForm(forms.Form):
    """What a rule is to open. One field of words for each condition; of alternatives, one must be filled."""

    post = choice_field(
        _("To whom?"), _("Choose somebody."), coerce=UUID, help_text=_("One post of another office.")
    )
    kinds = choices_field(
        _("What do they need to know?"),
        _("Choose at least one thing."),
        help_text=_("Name, plan and consents come with it. Choose no more than what they are to do needs."),
        coerce=lambda value: DataKind(int(value)),
    )
    purposes = choices_field(_("What for?"), _("Choose what for."), coerce=lambda value: Purpose(int(value)))
    until = day_field(_("Until when?"), _("Write the last day."), help_text=_("It closes by itself."))

    def __init__(
        self, *args: Any, rule: Rule, readable: DataKind, posts: Iterable[PostRow], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.today = rule, today
        found = sorted(posts, key=lambda post: (post.unit_name, post.title))
        options(self, "post", [(str(post.post_id), f"{post.title}, {post.unit_name}") for post in found])
        offered = rule.kinds & readable & ~WITH_EVERY_CONSENT
        boxes(self, "kinds", [(str(int(kind)), KIND[kind]) for kind in kinds_in(offered)])
        serves = [purpose for purpose in Purpose if purpose & rule.purposes]
        boxes(self, "purposes", [(str(int(purpose)), PURPOSE[purpose]) for purpose in serves])
        for group in rule.conditions or (("",),):
            for condition in group:
                self.fields[_name(condition)] = _words(condition, is_alone=len(group) == 1)

    def clean_until(self) -> date:
        """A day ahead, and not too far."""
        day: date = self.cleaned_data["until"]
        if not self.today < day < self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day ahead, at most a year from now."))
        return day

    @property
    def asked(self) -> Asked:
        """What is to be opened."""
        said = self.cleaned_data
        named = [condition for group in self.rule.conditions or (("",),) for condition in group]
        return Asked(
            to_post=said["post"],
            provision=self.rule.code,
            kinds=mask_of(said["kinds"]),
            purposes=Purpose(sum(said["purposes"])),
            until=datetime.combine(said["until"], time.max, tzinfo=timezone.get_current_timezone()),
            met={condition: said[_name(condition)] for condition in named},
        )

    def field_of(self, condition: str) -> str:
        """The field in which a condition is said to be met."""
        return _name(condition)


def _name(condition: str) -> str:
    return f"met_{condition}"


def _words(condition: str, *, is_alone: bool) -> forms.CharField:
    shortest, longest = WORDS
    hint = _("Why it is so for this person, in 10 to 1000 characters. The person reads this.")
    other = _("Why it is so for this person, in 10 to 1000 characters, or leave it and use another reason.")
    return forms.CharField(
        label=str(CONDITION[condition]),
        help_text=hint if is_alone else other,
        required=is_alone,
        min_length=shortest,
        max_length=longest,
        error_messages={
            "required": _("Write why it is so."),
            "min_length": _("Say a little more, so that somebody else can judge it: at least 10 characters."),
            "max_length": _("Say it more briefly: at most 1000 characters."),
        },
        widget=forms.Textarea(attrs={**TEXT, "rows": 3}),
    )
