"""`samvirke work`: the jobs that pages ask for."""

from __future__ import annotations

import click

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.jobs import runner
from samvirke.surfaces.running import logs, metrics


@click.command()
@click.option("--once", is_flag=True, help="Do what is queued and stop.")
def work(*, once: bool) -> None:
    """Do jobs until stopped. Several workers may run, on several machines."""
    logs.to_stderr()
    metrics.serve()
    runner.run(postgres.connection("worker"), wait=not once)
