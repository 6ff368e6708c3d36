"""`samvirke agencies`: an administrator states how an agency's workers are shown to persons."""

from __future__ import annotations

from uuid import UUID

import click

from samvirke.agencies import naming
from samvirke.agencies.types import Shows
from samvirke.gate import clock


@click.group()
def agencies() -> None:
    """State how agencies show their workers."""


@agencies.command()
@click.argument("number")
@click.option("--shows", type=click.Choice([*Shows]), help="Without it, what the agency has stated is told.")
@click.option("--reason", default="", help="Why, in 10 to 255 characters. It is kept.")
def workers(*, number: str, shows: str | None, reason: str) -> None:
    """Show persons the workers of the agency NUMBER by name, by role (title and unit), or by unit only."""
    try:
        if shows is not None:
            naming.state(organisation_number=number, shows=Shows(shows), reason=reason, now=clock.now())
        for at, shown, why in naming.rules_of(number):
            click.echo(f"{at:%Y-%m-%d %H:%M} {shown}: {why}")
    except (naming.NoSuchAgency, naming.NoReason) as problem:
        raise click.ClickException(str(problem)) from problem


@agencies.command()
@click.argument("post", type=click.UUID)
@click.argument("name")
def name(*, post: UUID, name: str) -> None:
    """Say who has the post POST, in an agency that shows its workers by name."""
    try:
        naming.name_worker(post_id=post, name=name)
    except naming.NotShownByName as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Persons see the name from now on.")
