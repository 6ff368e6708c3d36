"""What those who run Samvirke see: alive, ready, log lines and counters; and no word about a person."""

from __future__ import annotations

import io
import json
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from prometheus_client import REGISTRY, generate_latest

import people
from gate.conftest import committed
from gate.scratch import connect
from samvirke.gate.access import Refusal
from samvirke.gate.types import Refused, Verb
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.surfaces.actor import POST, PURPOSE, ActorMiddleware
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.running import health, logs

__all__ = ["committed"]

FORBIDDEN_IN_LOG = ("Anne", "Kari", "Eksempel", people.Client().national_id)


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """What would be written to stderr."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(logs.formatter(for_people=False))
    loggers = [logging.getLogger(), logging.getLogger("samvirke"), logging.getLogger("django")]
    before = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    try:
        yield heard
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def lines(heard: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in heard.getvalue().splitlines()]


def signed_in(post: UUID) -> Client:
    client = Client(raise_request_exception=False)
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def test_alive_without_a_database() -> None:
    answer = health.Health(lambda request: pytest.fail("asked further"))(RequestFactory().get("/livez"))
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@people.database
def test_ready_and_nothing_is_written(database_name: str) -> None:
    client = signed_in(people.SOCIAL_WORKER)
    with listening() as heard:
        answer = client.get("/readyz", headers={"host": "10.0.0.7"})  # probes ask by the machine's own number
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})
    assert heard.getvalue() == ""
    assert "Set-Cookie" not in answer.headers


def test_not_ready_tells_why_and_no_secret(committed: str) -> None:
    client = Client()
    assert client.get("/readyz").status_code == 200
    with connect("owner", committed) as link:
        link.execute("DELETE FROM django_migrations WHERE app = 'plan'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == [f"{plan_migrations()} migrations are not applied"]


def plan_migrations() -> int:
    return sum(app == "plan" for app, _ in health.known_migrations())


def test_not_ready_while_a_role_is_too_mighty(committed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "role_faults", lambda link: ["samvirke_app is a superuser"])
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["samvirke_app is a superuser"])


def test_a_simulated_clock_is_not_ready_for_other_machines(committed: str) -> None:
    answer = Client().get("/readyz", REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 503
    assert answer.json()["reasons"] == [
        "the database has a simulated clock and can be reached from other machines"
    ]


@people.database
def test_not_ready_without_a_database(database_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setitem(connections["default"].settings_dict, "PORT", nobody.getsockname()[1])
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, ["the database does not answer"])
    assert connections["default"].settings_dict["PASSWORD"] not in answer.content.decode()


def test_a_request_is_one_line_that_names_nobody(committed: str) -> None:
    one = people.on_plan()
    client = signed_in(people.SOCIAL_WORKER)
    with listening() as heard:
        client.get(reverse("plan", args=[one.plan_id]), {"q": "Anne"})
        client.get(reverse("plan", args=[one.person.person_id]))
        client.get("/Anne/Eksempel/")
    ours = [line for line in lines(heard) if line["logger"] == "samvirke.request"]
    assert [(line["method"], line["route"], line["status"]) for line in ours] == [
        ("GET", "plans/<uuid:plan_id>/", 200),
        ("GET", "plans/<uuid:plan_id>/", 404),
        ("GET", "none", 404),
    ]
    assert ours[0]["sql"] > 5
    assert ours[0]["ms"] > 0
    with connect("backup", committed) as link:
        newest = link.execute(
            "SELECT lane, seq, mac FROM gate_accessentry ORDER BY at DESC, seq DESC LIMIT 3"
        ).fetchall()
    assert [line["access_log"] for line in reversed(ours)] == [
        f"{lane}:{seq}:{bytes(mac).hex()}" for lane, seq, mac in newest
    ]
    assert len({line["request"] for line in ours}) == 3
    said = heard.getvalue()
    assert [word for word in FORBIDDEN_IN_LOG if word in said] == []
    assert [
        str(key) for key in (one.plan_id, one.person.person_id, one.person.citizen_id) if str(key) in said
    ] == []


@people.database
def test_what_others_log_is_told_without_what_it_holds(database_name: str) -> None:
    with listening() as heard:
        logging.getLogger("django.request").error("Internal Server Error: %s", "/plans/17/Anne/")
        logging.getLogger("some.library").warning("Job read(person=17, 'Anne') failed")
        try:
            raise ValueError("Anne")
        except ValueError:
            logging.getLogger("some.library").exception("Job read(%s) failed", "Anne")
    first, second, third = lines(heard)
    assert "Anne" not in heard.getvalue()
    assert first["event"] == "Internal Server Error: %s"
    assert second["event"] == "library"
    assert second["logged_at"].startswith("surfaces/test_running.py:")
    assert third["error"] == "builtins.ValueError"
    assert third["level"] == "error"


def test_counters_know_patterns_and_codes_only(committed: str) -> None:
    one = people.on_plan()
    client = signed_in(people.SOCIAL_WORKER)
    client.get(reverse("plan", args=[one.plan_id]))
    client.generic("SECRET", "/Anne/")
    said = generate_latest().decode()
    assert 'samvirke_requests_total{method="GET",route="plans/<uuid:plan_id>/",status="2xx"}' in said
    assert 'samvirke_requests_total{method="other",route="none",status="4xx"}' in said
    assert 'samvirke_sql_statements_total{route="plans/<uuid:plan_id>/"}' in said
    assert "Anne" not in said
    assert "SECRET" not in said
    assert str(one.plan_id) not in said


@people.database
def test_refusals_are_counted_by_code(database_name: str) -> None:
    before = refusals()
    pages = ActorMiddleware(lambda request: HttpResponse())
    verb = Verb("plan.read", DataKind.PLAN, Purpose.COORDINATION)
    answer = pages.process_exception(RequestFactory().get("/"), Refused(verb, Refusal.NO_BASIS))
    assert answer is not None
    assert answer.status_code == 404
    assert refusals() == before + 1


def refusals() -> float:
    return REGISTRY.get_sample_value("samvirke_gate_refusals_total", {"code": "no_basis"}) or 0


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()
    except OSError:
        return 0, ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_server_serves_logs_and_counts(committed: str, tmp_path: Path) -> None:
    """The whole of it: gunicorn, two workers, counters on a port of their own, JSON on stderr."""
    place = postgres.connection("app")
    passwords = {
        f"SAMVIRKE_PASSWORD_{role.upper()}": postgres.connection(role).password for role in postgres.ROLES
    }
    pages, counters = free_port(), free_port()
    environment = {
        **os.environ,
        **passwords,
        "SAMVIRKE_DATABASE_URL": f"postgresql://127.0.0.1:{place.port}/{committed}",
        "SAMVIRKE_HOME": str(tmp_path),
        "SAMVIRKE_METRICS": f"127.0.0.1:{counters}",
    }
    main = "from samvirke.surfaces.commands import main; main()"
    words = [sys.executable, "-c", main, "serve", "--port", str(pages)]
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            end = time.monotonic() + 100
            while fetch(f"http://127.0.0.1:{pages}/livez")[0] != 200:
                assert time.monotonic() < end
                time.sleep(0.2)
            assert fetch(f"http://127.0.0.1:{pages}/readyz") == (200, '{"ready": true, "reasons": []}')
            for _ in range(4):
                assert fetch(f"http://127.0.0.1:{pages}/")[0] == 200
            assert fetch(f"http://127.0.0.1:{pages}/plans/Anne/")[0] == 404
            said = fetch(f"http://127.0.0.1:{counters}/metrics")[1]
        finally:
            server.terminate()
            _, log = server.communicate(timeout=30)
    assert 'samvirke_requests_total{method="GET",route="",status="2xx"} 4.0' in said
    requests = [json.loads(line) for line in log.splitlines() if '"samvirke.request"' in line]
    assert [line["status"] for line in requests] == [200, 200, 200, 200, 404]
    assert "Anne" not in log
