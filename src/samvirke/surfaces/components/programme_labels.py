"""Words for the codes of programmes and target-group rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.programmes.vocabulary import Answers

CODE_LISTS: Mapping[str, Mapping[Any, Promise]] = {
    "earmark": {"places": _("Tied to places"), "personnel": _("Tied to staff")},
    "stage": {"budgeted": _("Places the money was for"), "given_out": _("Places given out")},
    "per": {"month": _("a month"), "year": _("a year")},
    "answers": {
        Answers.YES_NO: _("true or false"),
        Answers.NUMBER: _("a whole number"),
        Answers.CODE: _("one of these codes"),
    },
}
