"""Each part of the proof of the routes finds what it is there for."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from people import acting_as
from proof import routes
from proof.channels import declared, timing
from proof.channels.ground import own_database
from proof.channels.timing import BOUND, ROUNDS, slower
from proof.routes import Address, Findings, Sight
from samvirke.gate import audit
from samvirke.gate.access import CASEWORK, WORKERS, Role
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces import actor
from surfaces.everywhere import World

Laid = tuple[World, list[Address], list[Sight]]
ASKERS = ("social worker", "stranger")
PATHS = ("/hidden/", "/missing/", "/another/")
CALL = actor.ActorMiddleware.__call__


@pytest.fixture(scope="module")
def laid(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Laid]:
    """What the proof asks for and as whom, laid out once."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), own_database(), override_settings(HOME=home):
        yield routes.laid_out(home)


def failures_of_letting_in(laid: Laid, *names: str) -> list[str]:
    """What is found where each of these routes is asked as somebody whom it lets in."""
    findings = Findings()
    _, addresses, sights = laid
    routes._lets_somebody_in(sights, [one for one in addresses if one.route in names], findings)
    return findings.failures


def failures_inside(laid: Laid, route: str) -> list[str]:
    """What is found where one of the office and one from elsewhere ask for all of a route, in every way."""
    findings = Findings()
    _, addresses, sights = laid
    some = [one for one in sights if one.visitor.name in ASKERS]
    there = [one for one in addresses if one.route == route]
    routes._inside(some, there, len(some) * len(there) * len(routes.METHODS), random.Random(1), findings)
    return findings.failures


def test_every_role_enters_and_workers_for_more_than_one_purpose(laid: Laid) -> None:
    entered: dict[Role, set[Purpose]] = defaultdict(set)
    for one in laid[2]:
        if one.visitor.post_id is not None:
            with acting_as(one.visitor.post_id, one.visitor.purpose) as viewer:
                entered[viewer.role].add(viewer.purpose)
    assert entered.keys() == {*Role}
    assert [role for role in WORKERS if len(entered[role]) < 2] == []
    assert {purpose for role in WORKERS for purpose in entered[role]} == {*CASEWORK}


def test_every_kind_of_answer_is_declared_whoever_is_let_in(
    laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failures_of_letting_in(laid, *declared.FILES) == []
    found = {name: {*kinds} for name, kinds in declared.FILES.items()}
    monkeypatch.setattr(declared, "FILES", {})
    failures = failures_of_letting_in(laid, *found)
    for name in found:
        assert any(f"GET {name}: 200 " in one and "not declared" in one for one in failures)


def test_a_refusal_of_a_kind_that_is_not_declared_is_found(
    laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: actor.ActorMiddleware, request: HttpRequest) -> HttpResponse:
        answer = CALL(self, request)
        if answer.status_code == 404:
            answer.headers["Content-Type"] = "application/json"
        return answer

    assert failures_inside(laid, "record") == []
    monkeypatch.setattr(actor.ActorMiddleware, "__call__", refused)
    assert "GET record: 404 application/json, which is not declared" in failures_inside(laid, "record")


def test_a_route_that_lets_nobody_in_is_found(laid: Laid, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failures_of_letting_in(laid, "refer") == []
    monkeypatch.delitem(routes.SAID, "refer")
    assert failures_of_letting_in(laid, "refer") == ["refer lets nobody in"]


@pytest.mark.parametrize(
    ("name", "status"), [("If-None-Match", 304), ("If-Match", 412), ("If-Unmodified-Since", 412)]
)
def test_a_condition_that_is_answered_before_the_gate_is_found(
    laid: Laid, monkeypatch: pytest.MonkeyPatch, name: str, status: int
) -> None:
    """For what is hidden, and for what is the visitor's own."""

    def hasty(self: actor.ActorMiddleware, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status) if name in request.headers else CALL(self, request)

    monkeypatch.setattr(actor.ActorMiddleware, "__call__", hasty)
    failures = failures_inside(laid, "record")
    for who in ASKERS:
        for method in ("GET", "POST"):
            assert f"{who}, {method} record with {name}: {status}" in failures


def test_what_is_shown_may_be_called_unchanged_after_the_gate(
    laid: Laid, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unchanged(self: actor.ActorMiddleware, request: HttpRequest) -> HttpResponse:
        answer = CALL(self, request)
        is_same = answer.status_code == 200 and "If-None-Match" in request.headers
        return HttpResponse(status=304) if is_same else answer

    monkeypatch.setattr(actor.ActorMiddleware, "__call__", unchanged)
    assert failures_inside(laid, "record") == []


def measured(
    monkeypatch: pytest.MonkeyPatch, hidden: float, missing: float, another: float, rounds: int = ROUNDS
) -> list[str]:
    """What is found where the three take so many seconds each, by a clock of their own."""
    clock = SimpleNamespace(now=0.0)
    takes = dict(zip(PATHS, (hidden, missing, another), strict=True))

    def asks(path: str) -> None:
        clock.now += takes[path]

    monkeypatch.setattr(timing, "perf_counter", lambda: clock.now)
    return [*slower([timing.timed(asks, "somebody, a page", PATHS, rounds, random.Random(1))])]


@pytest.mark.parametrize("sooner_or_later", [-1, 1])
def test_time_that_tells_is_found_and_the_noise_of_equal_things_is_not(
    monkeypatch: pytest.MonkeyPatch, sooner_or_later: int
) -> None:
    little, much = (0.020 + sooner_or_later * BOUND * times for times in (0.8, 1.2))
    (found,) = measured(monkeypatch, much, 0.020, 0.020)
    assert found.startswith("somebody, a page: the time tells what is hidden")
    assert measured(monkeypatch, little, 0.020, 0.020) == []
    assert measured(monkeypatch, much, 0.020, 0.020 + BOUND) == []
    assert measured(monkeypatch, much, 0.020, 0.020, ROUNDS - 1) == []


@pytest.mark.parametrize(("milliseconds", "is_found"), [(0, False), (3, True)])
def test_a_page_that_takes_longer_where_somebody_has_the_id_is_found(
    laid: Laid, monkeypatch: pytest.MonkeyPatch, milliseconds: int, is_found: bool
) -> None:
    here, addresses, sights = laid
    there = {value for values in here.ids.values() for value in values}
    clock = SimpleNamespace(now=0.0)
    noted = audit.note_not_shown

    def slowly(viewer: Any, asked: list[Any]) -> None:
        clock.now += milliseconds / 1000 * len(there & {*asked})
        noted(viewer, asked)

    monkeypatch.setattr(audit, "note_not_shown", slowly)
    monkeypatch.setattr(timing, "perf_counter", lambda: clock.now)
    monkeypatch.setattr(timing, "ROUNDS", 1)
    found = [*slower(routes._timed(here, sights, addresses, random.Random(1), rounds=1))]
    assert bool(found) is is_found
