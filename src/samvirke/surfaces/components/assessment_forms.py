"""The forms of assessments. What was typed is kept; an answer outside its scale is told at its question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.assessments.types import AssessmentRow, Given, InstrumentFile, Item, Respondent, SharedWith
from samvirke.surfaces.components.assessment_parts import spoken, steps
from samvirke.surfaces.components.fields import text_field

MOST_STEPS = 11  # as buttons beside each other; longer scales are a number to write
OUTSIDE = _("This answer is outside the scale. Choose one of its steps, or skip the question.")
SKIPPED = ("", _("I skip this question"))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered before, the newest first, and whose view it was."""

    who: str
    rows: tuple[AssessmentRow, ...]

    def of(self, item: str) -> tuple[str, int, date] | None:
        """The last answer to an item, and its day."""
        found = ((self.who, row.answers[item], row.day) for row in self.rows if item in row.answers)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Question:
    """One item as the form asks it, with what was answered the last time beside it."""

    field: forms.BoundField
    name: str
    last: tuple[tuple[str, int, date], ...]  # whose, what, when
    is_number: bool


class SharingForm(forms.Form):
    """Who may see it: the person's choice."""

    sharing = forms.ChoiceField(
        label=_("Who may see the answers?"),
        help_text=_("Each of them still sees only the kinds of answers that you have opened to them."),
        error_messages={
            "required": _("Choose who may see the answers."),
            "invalid_choice": _("It cannot be open to these. Choose again from the list."),
        },
        widget=forms.RadioSelect(attrs={"class": "ds-input"}),
    )

    def __init__(self, *args: Any, units: Mapping[UUID, str], is_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_sharing(self, units, is_person=is_person)

    def shared(self) -> tuple[SharedWith, UUID | None]:
        """The choice, and the unit where it is one."""
        return read_sharing(self.cleaned_data["sharing"])


class AnswerForm(SharingForm):
    """One question after another; each may be skipped."""

    def __init__(
        self,
        *args: Any,
        instrument: InstrumentFile,
        items: Sequence[Item],
        respondent: Respondent,
        puts_right: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        scale = instrument.scale
        self.items = items
        self.is_number = scale.highest - scale.lowest >= MOST_STEPS
        for item in items:
            self.fields[_name(item)] = self._asked(instrument, spoken(item.asked[respondent]))
        if puts_right:
            self.fields["why"] = text_field(
                _("Why do you put it right?"),
                _("It is not said why. Write the reason, so that others understand the change."),
                rows=2,
            )
        if respondent is Respondent.WORKER:
            del self.fields["sharing"]
        else:
            self.fields["sharing"] = self.fields.pop("sharing")  # asked last, when the answers are known

    def clean(self) -> None:
        """One answer at least."""
        if not self.errors and not any(value is not None for value in self._values().values()):
            self.add_error(
                _name(self.items[0]),
                gettext("Nothing is answered yet. Answer one question at least; you may skip the others."),
            )

    def given(self, default: tuple[SharedWith, UUID | None] = (SharedWith.UNIT, None)) -> Given:
        """What was answered, and for whom."""
        shared_with, unit_id = self.shared() if "sharing" in self.fields else default
        return Given(self._values(), shared_with, unit_id, self.cleaned_data.get("why", ""))

    def questions(self, earlier: Sequence[Earlier]) -> list[Question]:
        """Each question with the last answers to it."""
        return [
            Question(
                field=self[_name(item)],
                name=item.code,
                last=tuple(last for one in earlier if (last := one.of(item.code))),
                is_number=self.is_number,
            )
            for item in self.items
        ]

    def further(self) -> list[forms.BoundField]:
        """What is asked beside the questions."""
        return [self[name] for name in ("why", "sharing") if name in self.fields]

    def _asked(self, instrument: InstrumentFile, label: str) -> forms.Field:
        scale = instrument.scale
        if self.is_number:
            return forms.IntegerField(
                label=label,
                required=False,
                min_value=scale.lowest,
                max_value=scale.highest,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), OUTSIDE),
                widget=forms.NumberInput(attrs={"class": "ds-input"}),
            )
        words = dict(steps(scale))
        buttons = [
            (str(step), f"{step}, {words[step]}" if step in words else str(step))
            for step in range(scale.lowest, scale.highest + 1)
        ]
        return forms.TypedChoiceField(
            label=label,
            required=False,
            choices=[*buttons, SKIPPED],
            coerce=int,
            empty_value=None,
            error_messages={"invalid_choice": OUTSIDE},
            widget=forms.RadioSelect,
        )

    def _values(self) -> dict[str, int | None]:
        return {item.code: self.cleaned_data.get(_name(item)) for item in self.items}


def offer_sharing(form: forms.Form, units: Mapping[UUID, str], *, is_person: bool) -> None:
    """The choices there are: the person alone chooses to keep it to themselves."""
    field = form.fields["sharing"]
    assert isinstance(field, forms.ChoiceField)
    alone = [(SharedWith.NOBODY.value, gettext("Me alone"))] if is_person else []
    team = gettext("Everybody who helps me") if is_person else gettext("Everybody who helps the person")
    one = [(str(unit_id), gettext("Only %(unit)s") % {"unit": name}) for unit_id, name in units.items()]
    field.choices = [*alone, *one, (SharedWith.TEAM.value, team)]


def read_sharing(said: str) -> tuple[SharedWith, UUID | None]:
    """The choice, and the unit where it is one."""
    if said in {SharedWith.NOBODY, SharedWith.TEAM}:
        return SharedWith(said), None
    return SharedWith.UNIT, UUID(said)


def sharing_of(row: AssessmentRow | None) -> dict[str, str]:
    """The choice that stands, as the form begins with; nothing is chosen the first time."""
    if row is None:
        return {}
    return {"sharing": str(row.sealed_to) if row.shared_with is SharedWith.UNIT else row.shared_with.value}


def _name(item: Item) -> str:
    return f"item-{item.code}"
