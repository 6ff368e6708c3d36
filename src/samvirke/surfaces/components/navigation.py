"""Which pages each role finds in its navigation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.gate.access import Role
from samvirke.surfaces.components import doors


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation."""

    address: str
    text: Promise
    is_here: bool


PAGES: tuple[tuple[str, Promise, frozenset[Role]], ...] = (
    ("worklist", _("My plans"), doors.WORKERS),
    ("records", _("Our own cases"), doors.WORKERS),
    ("find", _("Find somebody"), doors.WORKERS),
    ("enquiries", _("Enquiries"), doors.WORKERS),
    ("applications", _("Applications"), doors.WORKERS),
    ("places", _("Places"), doors.WORKERS),
    ("away", _("I am away"), doors.WORKERS),
    ("imports", _("Imports"), doors.IMPORTERS),
    ("access_log", _("Questions about the log"), doors.UNIT_LEADERS),
    ("my_plan", _("My plan"), doors.CITIZENS),
    ("my_enquiries", _("Ask for help"), doors.CITIZENS),
    ("my_rights", _("Rights"), doors.CITIZENS),
    ("my_applications", _("Applications"), doors.CITIZENS),
    ("my_consents", _("My consents"), doors.CITIZENS),
    ("my_seen", _("Who has seen"), doors.CITIZENS),
    ("figures", _("Figures"), doors.FIGURE_READERS),
    ("tertial", _("Tertial report"), doors.FIGURE_READERS),
    ("programmes", _("Programmes"), doors.FIGURE_READERS),
    ("rules", _("Target groups"), frozenset({Role.PARTNERSHIP_LEADER})),
    ("agreements", _("Agreements"), doors.LEADERS),
    ("report", _("Evaluation report"), doors.REPORT_READERS),
    ("evidence", _("Evidence"), doors.EVIDENCE_READERS),
)


def links_for(role: Role, path: str) -> tuple[Link, ...]:
    """The role's pages, in the order they are used."""
    return tuple(
        Link(address, text, path == address) for address, text, roles in _addressed() if role in roles
    )


@cache
def _addressed() -> tuple[tuple[str, Promise, frozenset[Role]], ...]:
    return tuple((reverse(name), text, roles) for name, text, roles in PAGES)
