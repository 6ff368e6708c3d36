"""`samvirke deliver`: the published views as one statistics delivery, under pseudonyms of one study."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import click
import psycopg
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row

from samvirke.delivery import pseudonym, write
from samvirke.programmes import queries as programmes
from samvirke.surfaces.commands import postgres

IDS = {"person_id": "person_key", "plan_id": "episode_key"}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--study", required=True, help="The study the pseudonyms are for, for example fjord-2026.")
@click.option("--partnership", default="", help="Whose plans, by name; needed where there are several.")
@click.option("--source", default="Samvirke", show_default=True, help="Who delivers.")
def deliver(*, folder: Path, study: str, partnership: str, source: str) -> None:
    """Write a statistics delivery to FOLDER."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.now()")
        (now,) = cursor.fetchone()
    rows = published(study, _partnership(partnership))
    receipt = write(folder, rows, study=study, made_at=now, source=source)
    written = ", ".join(f"{count} {table}" for table, count in receipt.rows.items())
    click.echo(f"Delivered {written} to {folder}. Fingerprint {receipt.fingerprint[:16]}.")


def published(study: str, partnership_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The published views' rows of one partnership, for a study: figures of two countries are never one.

    Reads as the insight role, which sees these views alone. Flow is by municipality; what is in no
    partnership's municipality stays in.
    """
    own = set(programmes.municipalities(partnership_id))
    others = set(programmes.municipalities_of_all()) - own
    episodes = [row for row in _read("v1_episodes") if row["partnership_id"] == str(partnership_id)]
    flow = [row for row in _read("v1_flow") if row["municipality"] not in others]
    return {"episodes": [_pseudonymous(row, study) for row in episodes], "flow": flow}


def _partnership(name: str) -> UUID:
    known = programmes.partnership_names()
    found = [one for one, called in known.items() if name in {"", called}]
    if len(found) != 1:
        names = ", ".join(sorted(known.values())) or "none is set up"
        raise click.ClickException(
            f"It is not clear whose plans to deliver. Name one with --partnership: {names}."
        )
    return found[0]


def _pseudonymous(row: dict[str, Any], study: str) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in {*IDS, "partnership_id"}}
    keys = {key: pseudonym(settings.KEYS.pseudonyms, study, str(row[id_])) for id_, key in IDS.items()}
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
