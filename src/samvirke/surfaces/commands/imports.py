"""`samvirke import`: an agency takes in its own file, as its own integration post."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox.operations import READERS, Imported, NotYourSystem, import_file
from samvirke.exchange.systems.nav.client_list import NothingToRead as NothingInList
from samvirke.exchange.systems.social_service.messages import NothingToRead as NothingInMessages
from samvirke.gate import session
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import Purpose

SHOWN = 20


@click.command(name="import")
@click.argument("system", type=click.Choice([kind.value for kind in READERS]))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--unit", "unit_name", required=True, help="The unit whose records they are, by its name.")
@click.option("--dry-run", is_flag=True, help="Tell the differences and change nothing.")
def import_(*, system: str, path: Path, unit_name: str, dry_run: bool) -> None:
    """Take in the client records of SYSTEM from PATH: a file, or for messages also a folder or archive."""
    post = agencies.integration_post(unit_name)
    if post is None:
        raise click.ClickException(
            f"There is no unit called {unit_name!r} with a post for its own system. Check the spelling."
        )
    try:
        found = take_in(AgencyKind(system), path, post, dry_run=dry_run)
    except (NotYourSystem, NothingInList, NothingInMessages) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(summary(found))
    for line in found.refused[:SHOWN]:
        reason, advice = line.reason.format(**line.params), line.what_to_do.format(**line.params)
        click.echo(f"  {line.file} row {line.row}, {line.field}: {reason} {advice}")
    if len(found.refused) > SHOWN:
        click.echo(f"  and {len(found.refused) - SHOWN} more; the import's page lists them all.")


def take_in(system: AgencyKind, path: Path, post: UUID, *, dry_run: bool) -> Imported:
    """The same, for other commands."""
    with session.enter(post, Purpose.SERVICE) as viewer:
        return import_file(system=system, path=path, dry_run=dry_run, by=viewer)


def summary(found: Imported) -> str:
    """One line that adds up."""
    word = "would be" if found.run_id is None else "are"
    merged = found.merged
    return (
        f"Of {found.rows} rows {merged.new} {word} new, {merged.changed} changed, {merged.same} the same, "
        f"{len(found.refused)} refused."
    )
