"""`samvirke deliver`: the published views as one statistics delivery, under pseudonyms of one study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import psycopg
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row

from samvirke.delivery import TABLES, pseudonym, write
from samvirke.gate import clock
from samvirke.programmes import queries as programmes
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
@click.option("--partnership", default="", help="Whose plans, by name; needed where there are several.")
@click.option("--source", default="Samvirke", show_default=True, help="Who delivers.")
def deliver(*, folder: Path, study: str, partnership: str, source: str) -> None:
    """Write a statistics delivery to FOLDER."""
    rows = published(study, _partnership(partnership))
    receipt = write(folder, rows, study=study, made_at=clock.now(), source=source)
    written = ", ".join(f"{count} {table}" for table, count in receipt.rows.items())
    click.echo(f"Delivered {written} to {folder}. Fingerprint {receipt.fingerprint[:16]}.")


def published(study: str, partnership_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The published views' rows of one partnership, for a study: figures of two countries are never one.

    Reads as the insight role, which sees these views alone. What tells neither its partnership nor its plan
    is by municipality; what is in no partnership's municipality stays in.
    """
    found = {name: _read(view) for name, view in VIEWS.items()}
    own = _Own.of(partnership_id, found)
    return {name: [_pseudonymous(row, study) for row in rows if own.has(row)] for name, rows in found.items()}


@dataclass(frozen=True, slots=True)
class _Own:
    """What is of one partnership."""

    partnership_id: str
    plans: frozenset[str]
    agreements: frozenset[str]
    elsewhere: frozenset[str]  # municipalities of other partnerships

    @classmethod
    def of(cls, partnership_id: UUID, found: Mapping[str, list[dict[str, Any]]]) -> _Own:
        of_own = {
            name: [row for row in found[name] if str(row["partnership_id"]) == str(partnership_id)]
            for name in ("episodes", "agreements")
        }
        here = set(programmes.municipalities(partnership_id))
        return cls(
            partnership_id=str(partnership_id),
            plans=frozenset(str(row["plan_id"]) for row in of_own["episodes"]),
            agreements=frozenset(str(row["agreement_id"]) for row in of_own["agreements"]),
            elsewhere=frozenset(programmes.municipalities_of_all()) - here,
        )

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether a view's row is of the partnership, by the surest that the row tells."""
        if "partnership_id" in row:
            return str(row["partnership_id"]) == self.partnership_id
        if "plan_id" in row:
            return str(row["plan_id"]) in self.plans
        if "agreement_id" in row:
            return str(row["agreement_id"]) in self.agreements
        return row["municipality"] not in self.elsewhere


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
