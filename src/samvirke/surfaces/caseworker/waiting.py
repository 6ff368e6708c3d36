"""What everyone is waiting for, in the plans a worker takes part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.plan import commitments_read, waits
from samvirke.plan.action_types import Party, WaitRow
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.plan_parts import party_words, words_of_kind


@dataclass(frozen=True, slots=True)
class Wait:
    """One action that waits, and who is waited for."""

    row: WaitRow
    who_waits: str
    who_is_waited_for: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Group:
    """All that waits for one agency."""

    agency: str
    waits: tuple[Wait, ...]


@require_safe
@page_for(WORKERS)
def waiting(request: SignedInRequest) -> HttpResponse:
    """Who waits for whom, agency by agency, what is due soonest first."""
    today = local_day(request.viewer.now)
    groups = _by_agency(waits.of_mine(request.viewer), today)
    owed = commitments_read.of_mine(request.viewer)
    parts = {
        "groups": groups,
        "we_owe": [one for one in owed if one.row.is_ours_to_give],
        "we_wait_for": [one for one in owed if one.row.is_ours_to_get],
    }
    return render(request, "caseworker/waiting.html", parts)


def _by_agency(rows: Sequence[WaitRow], today: date) -> tuple[Group, ...]:
    ordered = sorted(rows, key=lambda row: _agency(row.who_is_waited_for))
    return tuple(
        Group(agency, tuple(_wait(row, today) for row in found))
        for agency, found in groupby(ordered, key=lambda row: _agency(row.who_is_waited_for))
    )


def _agency(party: Party) -> str:
    """Of the person's own side, who it is."""
    return party.agency_name or words_of_kind(party.agency_kind) or party.title


def _wait(row: WaitRow, today: date) -> Wait:
    return Wait(
        row=row,
        who_waits=party_words(row.who_waits),
        who_is_waited_for=party_words(row.who_is_waited_for),
        is_late=row.due_on is not None and row.due_on < today,
    )
