"""Words for the codes of commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMITMENT: Mapping[Any, Promise] = {
    "asked": _("Waits for an answer"),
    "accepted": _("Promised"),
    "declined": _("The answer was no"),
    "countered": _("Yes, if something is done in return"),
    "kept": _("Kept"),
    "broken": _("Not kept"),
    "lapsed": _("Ended: one of the offices is no longer on the plan"),
}
