"""Words for the codes of conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONDITION: Mapping[Any, Promise] = {
    "in_force": _("Holds now"),
    "said": _("What the person says"),
    "not_kept": _("Not kept"),
    "reason_asked": _("The person was asked why"),
    "explained": _("Explanation from who follows it up"),
    "talked": _("A talk was held"),
    "sanctioned": _("Something was taken from the benefit"),
    "reviewed": _("Read again; it goes on"),
    "ended": _("The condition has ended"),
}
BENEFIT: Mapping[Any, Promise] = {
    "Social assistance": _("Social assistance"),
}
