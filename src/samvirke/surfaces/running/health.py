"""Is this process alive, and may it be sent requests? Answered before sessions, pages and the log.

`/livez` asks nothing. `/readyz` asks the database what a page needs to be safe, and lists what is wrong in
plain words, without addresses and passwords.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import psycopg
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.postgres.connections import LOOPBACK

ALIVE, READY = "/livez", "/readyz"
TIMEOUT = 3  # seconds


class Health:
    """Answers both addresses; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ALIVE:
            return HttpResponse("alive\n", content_type="text/plain")
        if request.path_info == READY:
            return _ready(request)
        return self.get_response(request)


def _ready(request: HttpRequest) -> HttpResponse:
    place = _place()
    try:
        with psycopg.connect(place.url, connect_timeout=TIMEOUT) as link:
            reasons = list(_reasons(link, place, request.META.get("REMOTE_ADDR", "")))
    except psycopg.Error:
        reasons = ["the database does not answer"]
    status = 503 if reasons else 200
    response = JsonResponse({"ready": not reasons, "reasons": reasons}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _reasons(link: postgres.Link, place: postgres.Connection, asked_by: str) -> Iterator[str]:
    link.execute("SET statement_timeout = '3s'")
    yield from postgres.role_faults(link)
    applied = set(link.execute("SELECT app, name FROM django_migrations").fetchall())
    waiting = len(known_migrations() - applied)
    if waiting:
        yield f"{waiting} migrations are not applied"
    if postgres.is_simulated(link) and not (place.loopback and asked_by in LOOPBACK):
        yield "the database has a simulated clock and can be reached from other machines"


def _place() -> postgres.Connection:
    """The pages' own connection, whatever database it is pointed at."""
    settings = connections["default"].settings_dict
    return postgres.Connection(
        settings["HOST"], int(settings["PORT"]), settings["NAME"], settings["USER"], settings["PASSWORD"]
    )


@cache
def known_migrations() -> frozenset[tuple[object, ...]]:
    """The migrations that this version has."""
    return frozenset(MigrationLoader(None).disk_migrations)
