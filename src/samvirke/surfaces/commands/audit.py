"""`samvirke audit`: does the access log hold?"""

from __future__ import annotations

import click
import psycopg
from django.db import connection

from samvirke.gate import audit as log
from samvirke.surfaces.commands import postgres


@click.group()
def audit() -> None:
    """Look after the access log."""


@audit.command()
def verify() -> None:
    """Check every lane of the access log; exit 1 when one does not hold."""
    counted, broken = verified()
    for place in broken[:20]:
        click.echo(f"Lane {place.lane}, line {place.seq}: {place.problem}.", err=True)
    click.echo(
        f"{counted} lines checked, {len(broken)} places do not hold. "
        "Lines cut from the end of a lane are not detected: no head is anchored outside this database yet."
    )
    if broken:
        raise click.exceptions.Exit(1)


def verified(place: postgres.Connection | None = None) -> tuple[int, list[log.Broken]]:
    """How many lines there are, and where lanes do not hold. Reads as the backup role, which sees all.

    In the database that Samvirke uses, or at `place`.
    """
    if place is None:
        found = postgres.connection("backup")
        name = connection.settings_dict["NAME"]
        place = postgres.Connection(found.host, found.port, name, found.user, found.password)
    query = psycopg.sql.SQL("SELECT {} FROM gate_accessentry ORDER BY lane, seq").format(
        psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, log.COLUMNS))
    )
    with psycopg.connect(place.url) as reader:
        lines = reader.execute(query).fetchall()
    return len(lines), list(log.verify(lines))
