"""`samvirke deliver`: the published views as one statistics delivery, under pseudonyms of one study."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import psycopg
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row

from samvirke.delivery import TABLES, pseudonym, write
from samvirke.surfaces.commands import postgres

# Each id of a view, and the column that holds its pseudonym.
KEYS = {
    "person_id": "person_key",
    "plan_id": "episode_key",
    "contact_id": "contact_key",
    "turn_id": "turn_key",
    "action_id": "action_key",
    "need_id": "need_key",
    "party_id": "party_key",
    "agreement_id": "agreement_key",
    "check_id": "check_key",
    "named_id": "contact_person_key",
}
NOT_DELIVERED = {"partnership_id"}
VIEWS = {name: f"v1_{name}" for name in TABLES}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--study", required=True, help="The study the pseudonyms are for, for example fjord-2026.")
@click.option("--source", default="Samvirke", show_default=True, help="Who delivers.")
def deliver(*, folder: Path, study: str, source: str) -> None:
    """Write a statistics delivery to FOLDER."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.now()")
        (now,) = cursor.fetchone()
    receipt = write(folder, published(study), study=study, made_at=now, source=source)
    rows = ", ".join(f"{count} {table}" for table, count in receipt.rows.items())
    click.echo(f"Delivered {rows} to {folder}. Fingerprint {receipt.fingerprint[:16]}.")


def published(study: str) -> dict[str, list[dict[str, Any]]]:
    """The published views' rows for a study. Reads as the insight role, which sees these views alone."""
    return {name: [_pseudonymous(row, study) for row in _read(view)] for name, view in VIEWS.items()}


def _pseudonymous(row: dict[str, Any], study: str) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in {*KEYS, *NOT_DELIVERED}}
    keys = {
        KEYS[name]: pseudonym(settings.KEYS.pseudonyms, study, str(value))
        for name, value in row.items()
        if name in KEYS
    }
    return kept | keys


def _read(view: str) -> list[dict[str, Any]]:
    place = postgres.connection("insight")
    name = connection.settings_dict["NAME"]
    with (
        psycopg.connect(
            host=place.host, port=place.port, dbname=name, user=place.user, password=place.password
        ) as reader,
        reader.cursor(row_factory=dict_row) as cursor,
    ):
        cursor.execute(psycopg.sql.SQL("SELECT * FROM published.{}").format(psycopg.sql.Identifier(view)))
        return cursor.fetchall()
