"""Words for the codes of conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONDITION: Mapping[Any, Promise] = {
    "in_force": _("Holds now"),
    "said": _("What the person says"),
    "guardian_said": _("What a guardian says"),
    "not_kept": _("Not kept"),
    "reason_asked": _("The person was asked why"),
    "explained": _("Explanation from who follows it up"),
    "talked": _("A talk was held"),
    "sanctioned": _("Something was taken from the benefit"),
    "reviewed": _("Looked at again; it goes on"),
    "ended": _("The condition has ended"),
}
MY_CONDITION: Mapping[Any, Promise] = {
    **CONDITION,
    "said": _("What you said"),
    "reason_asked": _("You were asked why"),
}
BEFORE_A_SANCTION: Mapping[Any, Promise] = {
    "explained": _("an explanation from who follows it up"),
    "reason_asked": _("the question why"),
    "talked": _("a talk"),
}
BENEFIT: Mapping[Any, Promise] = {
    "Social assistance": _("Social assistance"),
}
CODE_LISTS = {
    "condition": CONDITION,
    "my_condition": MY_CONDITION,
    "before_a_sanction": BEFORE_A_SANCTION,
    "condition_benefit": BENEFIT,
}
