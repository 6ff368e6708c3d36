"""What a worker found of two own records, and why a record was not the person it was tied to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.people.types import Mistake
from samvirke.surfaces.components.duplicate_labels import MISTAKE
from samvirke.surfaces.components.fields import choice_field


class FoundForm(forms.Form):
    """Of two records: the one that stands for both, or neither where they are two persons."""

    one = forms.UUIDField()
    other = forms.UUIDField()
    stands = forms.UUIDField(required=False)

    def clean(self) -> None:
        """One of the two, or neither."""
        stands = self.cleaned_data.get("stands")
        if stands and stands not in {self.cleaned_data.get("one"), self.cleaned_data.get("other")}:
            raise forms.ValidationError("one of the two stands", code="stands")


class UntieForm(forms.Form):
    """Why the tie was wrong."""

    mistake = choice_field(_("What was wrong?"), _("Choose what was wrong."), MISTAKE.items(), coerce=Mistake)
