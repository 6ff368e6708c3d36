"""`samvirke audit`: does the access log hold?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import psycopg
from django.conf import settings
from django.db import connections

from samvirke.surfaces.commands import access_log, postgres
from samvirke.surfaces.jobs import sealer
from samvirke.surfaces.running.anchors import AnotherDatabase, UnreadableAnchor

SHOWN = 20
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def audit() -> None:
    """Look after the access log."""


@audit.command()
@click.option("--anchors", type=FILE, help="The seals kept outside; that of SAMVIRKE_ANCHORS unless given.")
@click.option("--log", type=FILE, help="A request log that was shipped elsewhere.")
def verify(*, anchors: Path | None, log: Path | None) -> None:
    """Check every lane and seal of the access log; exit 1 when one does not hold.

    Says what would go unseen: what lies outside the database tells how far back it can be trusted.
    """
    try:
        found = access_log.verified(anchored=anchors or settings.ANCHORS, log=log)
    except (UnreadableAnchor, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    for place in found.broken[:SHOWN]:
        told = str(place)
        click.echo(f"{told[0].upper()}{told[1:]}.", err=True)
    click.echo(
        f"{found.lines} lines in {found.lanes} lanes and {found.seals} seals checked, "
        f"{len(found.broken)} places do not hold. {found.window}"
    )
    if found.broken:
        raise click.exceptions.Exit(1)


@audit.command()
def seal() -> None:
    """Put under a seal what has moved since the last one, as `samvirke work` does every ten seconds."""
    try:
        name = connections["default"].settings_dict["NAME"]
        made = sealer.seal(replace(postgres.connection("worker"), name=name))
    except (psycopg.Error, OSError, UnreadableAnchor, AnotherDatabase) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Nothing has moved since the last seal." if made is None else f"Made {made}.")
