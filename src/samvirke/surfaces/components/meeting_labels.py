"""Words for the codes of meetings and of what they propose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import AgendaPoint, MeetingKind, ProposedChange

Words = Mapping[Any, Promise]

MEETING_KIND: Words = {
    MeetingKind.TEAM: _("Meeting of the team"),
    MeetingKind.THREE_WAY: _("Three-way meeting"),
    MeetingKind.RESPONSIBILITY_GROUP: _("Responsibility group"),
    MeetingKind.SIP: _("SIP meeting"),
    MeetingKind.NETWORK: _("Network meeting"),
}

# Why a point stands on the agenda.
AGENDA_POINT: Words = {
    AgendaPoint.LATE: _("Overdue"),
    AgendaPoint.WAITS: _("Waits for something else"),
    AgendaPoint.WISH: _("A wish without an answer"),
    AgendaPoint.GOAL: _("A goal that nothing is done for"),
    AgendaPoint.REVIEW: _("The plan is to be gone through"),
    AgendaPoint.LAW: _("The law asks for something the plan lacks"),
    AgendaPoint.DUTY: _("Somebody was asked to coordinate and has not answered"),
    AgendaPoint.OWN: _("Own point"),
}

PROPOSED_CHANGE: Words = {
    ProposedChange.NEW: _("Something new to do"),
    ProposedChange.DAY: _("Another day"),
    ProposedChange.BEGUN: _("It has begun"),
    ProposedChange.DONE: _("It is done"),
    ProposedChange.DROPPED: _("It comes to nothing"),
}

CODE_LISTS: Mapping[str, Words] = {
    "meeting_kind": MEETING_KIND,
    "agenda_point": AGENDA_POINT,
    "proposed_change": PROPOSED_CHANGE,
}
