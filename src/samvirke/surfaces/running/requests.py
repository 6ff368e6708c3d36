"""One line for each request: which kind of page, how it went, what it cost, where the access log stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.db import connections
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from samvirke.gate import audit
from samvirke.surfaces.running import logs, metrics

log = logs.get("samvirke.request")


class RequestLog:
    """Writes the line. Of the address it knows the pattern, never what was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before, started, counted = audit.head(), perf_counter(), _Statements()
        with bound_contextvars(request=uuid4().hex), counted:
            response = self.get_response(request)
            seconds = perf_counter() - started
            match = request.resolver_match
            route = metrics.NO_ROUTE if match is None else match.route
            head = audit.head()
            log.info(
                "request",
                method=request.method if request.method in metrics.METHODS else "other",
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000),
                sql=counted.count,
                access_log=None if head is None or head == before else str(head),
            )
        metrics.request(
            route=route,
            method=request.method or "",
            status=response.status_code,
            seconds=seconds,
            statements=counted.count,
        )
        return response


class _Statements(ExitStack):
    """Counts the statements of this thread on the connections that pages use."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        for alias in ("default", "accounts"):
            self.enter_context(connections[alias].execute_wrapper(self._counted))

    def _counted(self, execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(statement, values, many, context)
