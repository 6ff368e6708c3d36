"""Who has seen what about me, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import queries as applications
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Viewer
from samvirke.interventions import queries as interventions
from samvirke.people import emergencies, kept_back, log, log_questions, queries
from samvirke.people.types import SeenRow
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.explain_page import explain_page
from samvirke.surfaces.components.paging import moment_asked


@dataclass(frozen=True, slots=True)
class Sighting:
    """One post's reads of one kind on one day; every minute is told once."""

    row: SeenRow
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class SeenDay:
    """All that was seen on a day."""

    day: date
    sightings: tuple[Sighting, ...]


@require_safe
@page_for(CITIZENS)
def who_has_seen(request: SignedInRequest) -> HttpResponse:
    """The newest day first; an address can name an earlier moment to begin at."""
    viewer = request.viewer
    before = moment_asked(request)
    seen = log.who_has_seen(viewer, asked=addressed(viewer), before=before)
    told = emergencies.about(viewer, [queries.myself(viewer)])
    parts = {
        "days": by_day(seen.rows),
        "earlier": seen.earlier,
        "before": before,
        "emergencies": told,
        "questions": log_questions.asked_by_me(viewer),
        "kept_back": kept_back.kept_back_from_me(viewer),
        "children": log.my_children(viewer),
    }
    return render(request, "citizen/seen.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def explain(request: SignedInRequest) -> HttpResponse:
    """Why somebody may, or may not, see something about me."""
    return explain_page(request, queries.myself(request.viewer), back=reverse("my_seen"))


def addressed(viewer: Viewer) -> list[UUID]:
    """Every id by which somebody could ask for something about this citizen, from each room that has some."""
    mine = log.addressed(viewer)
    rooms = (plans, coordination, applications, interventions)
    return [*mine, *(one for room in rooms for one in room.addressed(mine))]


def by_day(rows: Sequence[SeenRow]) -> tuple[SeenDay, ...]:
    """Rows by day; the same post reading the same for the same reason is one line with several times."""
    newest_first = sorted(rows, key=lambda row: row.at, reverse=True)
    return tuple(
        SeenDay(day, _sightings(tuple(of_day)))
        for day, of_day in groupby(newest_first, key=lambda row: local_day(row.at))
    )


def _sightings(rows: Sequence[SeenRow]) -> tuple[Sighting, ...]:
    alike: dict[tuple[object, ...], list[SeenRow]] = {}
    for row in rows:
        key = (
            row.who,
            row.agency_kind,
            row.unit_name,
            row.agency_name,
            row.purpose,
            row.kinds,
            row.refused_kinds,
            row.reaches_back_to,
            row.basis,
            row.allowed,
            row.not_done,
        )
        alike.setdefault(key, []).append(row)
    return tuple(Sighting(found[0], _minutes(found)) for found in alike.values())


def _minutes(rows: Sequence[SeenRow]) -> tuple[datetime, ...]:
    return tuple(dict.fromkeys(row.at.replace(second=0, microsecond=0) for row in rows))
