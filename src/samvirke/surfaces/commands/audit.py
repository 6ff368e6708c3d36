"""`samvirke audit`: does the access log hold?"""

from __future__ import annotations

from collections.abc import Iterator

import click
import psycopg
from django.db import connection

from samvirke.gate import audit as log
from samvirke.gate.models import AccessEntry
from samvirke.surfaces.commands import postgres

COLUMNS = tuple(field.attname for field in AccessEntry._meta.concrete_fields)


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


def verified() -> tuple[int, list[log.Broken]]:
    """How many lines there are, and where lanes do not hold. Reads as the backup role."""
    entries = list(_entries())
    return len(entries), list(log.verify(entries))


def _entries() -> Iterator[AccessEntry]:
    place = postgres.connection("backup")
    name = connection.settings_dict["NAME"]
    query = psycopg.sql.SQL("SELECT {} FROM gate_accessentry ORDER BY lane, seq").format(
        psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, COLUMNS))
    )
    with (
        psycopg.connect(
            host=place.host, port=place.port, dbname=name, user=place.user, password=place.password
        ) as reader,
        reader.cursor() as cursor,
    ):
        cursor.execute(query)
        for row in cursor:
            yield AccessEntry(**dict(zip(COLUMNS, row, strict=True)))
