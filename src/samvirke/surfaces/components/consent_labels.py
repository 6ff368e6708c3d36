"""Words for what is said around a consent. Codes are those of gate and people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.surfaces.components.law_labels import PLAN_KIND

ASKED_TEXT = "2026-2"  # the words of a question on the person's own page
READ_OUT_TEXT = "2026-1"  # the words that a worker reads out

# The words a person said yes to, by version. A version that was used is never changed.
CONSENT_TEXT: Mapping[Any, Promise] = {
    READ_OUT_TEXT: _(
        "Do you say yes that these offices make one plan together with you, and share this with each other? "
        "You can take it back any day."
    ),
    ASKED_TEXT: _(
        "May these offices share this about you with each other, for this purpose and until this day? You "
        "can take it back any day."
    ),
}
CONSENT_FORM: Mapping[Any, Promise] = {
    "digital": _("digitally"),
    "written": _("on paper, signed"),
    "oral": _("orally, noted by the worker"),
}
WHAT_FOR: Mapping[Any, Promise] = {"common_plan": _("Our common plan"), **PLAN_KIND}
DRAFT_STATUS: Mapping[Any, Promise] = {
    "waiting": _("waits for an answer"),
    "yes": _("yes"),
    "fewer": _("yes, to less than was asked"),
    "no": _("no"),
    "taken_back": _("taken back by who asked"),
    "lapsed": _("lapsed without an answer"),
}
CONSENT_STATUS: Mapping[Any, Promise] = {
    "in_force": _("In force"),
    "expired": _("Has ended by itself"),
    "withdrawn": _("Taken back"),
}
STANDS_ON: Mapping[Any, Promise] = {
    "consent": _("another consent"),
    "own_record": _("the agency’s own case"),
    "self": _("that it is about themselves"),
    "guardian": _("that they are a guardian"),
    "circle": _("the family’s plan"),
    "statute": _("a law"),
    "lift": _("an emergency, for some hours"),
}

# What a child thought, before the guardians were asked.
CHILD_VIEW: Mapping[str, Promise] = {
    "agrees": _("The child agrees"),
    "disagrees": _("The child does not want it"),
    "none_told": _("The child did not want to say, or is too young to"),
}
