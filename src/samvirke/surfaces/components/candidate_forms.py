"""The form that makes a list for another office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.people.candidates import CandidateRow
from samvirke.surfaces.components.days import in_words, local_day
from samvirke.surfaces.components.fields import boxes, choices_field


class CandidatesForm(forms.Form):
    """Who is referred."""

    people = choices_field(
        _("Who is referred?"),
        _("Choose at least one person."),
        help_text=_("Only those of your clients who have said yes that this office takes part stand here."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, candidates: Iterable[CandidateRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes(self, "people", [(str(row.person_id), _words(row)) for row in candidates])


def _words(row: CandidateRow) -> str:
    days = {"given": in_words(local_day(row.given_at)), "until": in_words(local_day(row.valid_to))}
    return gettext("%(name)s, said yes on %(given)s, until %(until)s") % {"name": row.name, **days}
