"""What gunicorn calls at the turning points of its processes. Read by name: `-c python:` and this module."""

from __future__ import annotations

from typing import Any

from django.urls import get_resolver
from prometheus_client import multiprocess

from samvirke.surfaces.running import logs, metrics


def on_starting(server: Any) -> None:
    """Before the first worker: the server's own log."""
    logs.to_stderr()


def when_ready(server: Any) -> None:
    """The counters of all workers are shown by the server itself."""
    metrics.serve()


def post_worker_init(worker: Any) -> None:
    """Log our way, since Django has set up its own by now, and load all pages before the first visitor."""
    logs.to_stderr()
    assert get_resolver().url_patterns


def child_exit(server: Any, worker: Any) -> None:
    """What a worker that has gone counted is kept; what it measured of itself is not."""
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
