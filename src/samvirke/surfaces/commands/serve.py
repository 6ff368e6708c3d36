"""`samvirke serve`: the pages, by gunicorn."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import NoReturn

import click

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.postgres.connections import LOOPBACK
from samvirke.surfaces.running import metrics

WORKERS, THREADS = 2, 4


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(*, host: str, port: int) -> None:
    """Serve the pages until stopped."""
    run(host=host, port=port)


def run(*, host: str, port: int) -> NoReturn:
    """Become the server. Raises ClickException when the database may not be shown on that address."""
    if not postgres.stands_elsewhere():
        postgres.start(postgres.default_folder())
    refuse_simulated(postgres.connection("app"), host=host)
    click.echo(f"Samvirke on http://{_in_address(host)}:{port} (stop with Ctrl-C)", err=True)
    sys.stdout.flush()
    shared = tempfile.mkdtemp(prefix="samvirke-metrics-")  # of the server's processes, for their counters
    os.environ.setdefault(metrics.SHARED_FOLDER, shared)
    os.execv(sys.executable, [sys.executable, *_gunicorn(host=host, port=port)])


def refuse_simulated(place: postgres.Connection, *, host: str) -> None:
    """Raise ClickException when a database whose clock can be set could be reached from other machines,
    where access that has expired could be revived."""
    if (host not in LOOPBACK or not place.loopback) and postgres.is_simulated(place):
        raise click.ClickException(
            "This database has a simulated clock, for demo and tests, and is only served on this "
            "machine itself. Leave --host at 127.0.0.1, or make an ordinary database with `samvirke db init`."
        )


def _gunicorn(*, host: str, port: int) -> list[str]:
    words = ["-m", "gunicorn", "samvirke.config.wsgi:application"]
    words += ["--bind", f"{_in_address(host)}:{port}", "--worker-class", "gthread"]
    words += ["--config", "python:samvirke.surfaces.running.server"]
    # The timeout is of a worker that shows no sign of life, as it does while it loads the pages.
    return [
        *words,
        "--workers",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "--log-level",
        "warning",
        "--timeout",
        "120",
    ]


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
