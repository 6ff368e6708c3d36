"""Counters for those who run Samvirke. Labels are route patterns and codes; never an id."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess, start_http_server
from prometheus_client.registry import REGISTRY

ADDRESS = "SAMVIRKE_METRICS"
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # read by the library when it is imported
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
NO_ROUTE = "none"

_requests = Counter("samvirke_requests", "Answers, by route pattern.", ["route", "method", "status"])
_seconds = Histogram("samvirke_request_seconds", "Time to an answer, by route pattern.", ["route"])
_statements = Counter("samvirke_sql_statements", "Statements to the database, by route pattern.", ["route"])
_refusals = Counter("samvirke_gate_refusals", "Refusals of the gate on pages, by code.", ["code"])
_emergencies = Counter("samvirke_emergencies", "Openings in emergencies, by whether unusual.", ["unusual"])
_jobs = Counter("samvirke_jobs", "Jobs that ended, by task and outcome.", ["task", "outcome"])
_job_seconds = Histogram("samvirke_job_seconds", "Time a job took, by task.", ["task"])


def request(*, route: str, method: str, status: int, seconds: float, statements: int) -> None:
    """Count an answer."""
    known = method if method in METHODS else "other"
    _requests.labels(route, known, f"{status // 100}xx").inc()
    _seconds.labels(route).observe(seconds)
    _statements.labels(route).inc(statements)


def refused(code: str) -> None:
    """Count a refusal of the gate."""
    _refusals.labels(code).inc()


def emergency(*, unusual: bool) -> None:
    """Count an opening in an emergency; unusual where the same post has opened often in the last week."""
    _emergencies.labels("yes" if unusual else "no").inc()


def job(task: str, outcome: str, seconds: float) -> None:
    """Count a job that ended, or broke."""
    _jobs.labels(task, outcome).inc()
    _job_seconds.labels(task).observe(seconds)


def serve() -> None:
    """Show the counters at /metrics of SAMVIRKE_METRICS, host:port; do nothing when that is not set."""
    address = os.environ.get(ADDRESS)
    if address is None:
        return
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise OddAddress(address)
    start_http_server(int(port), addr=host, registry=_of_all_processes())


class OddAddress(Exception):
    """SAMVIRKE_METRICS cannot be meant."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{ADDRESS} is {address!r}. Write host and port, as in 127.0.0.1:9464.")


def _of_all_processes() -> CollectorRegistry:
    """Of every process of the server, or of this one where it is alone."""
    if SHARED_FOLDER not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
