"""`samvirke db migrate`: bring the database's tables up to this version."""

from __future__ import annotations

import click
from django.core.management import call_command

from samvirke.surfaces.commands import postgres, service


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing when all goes well.")
def migrate(*, quiet: bool) -> None:
    """Bring the database's tables up to this version, as the role `owner`."""
    run(quiet=quiet)


def run(*, quiet: bool) -> None:
    """The same, for other commands; starts the launched cluster when it is stopped."""
    if not postgres.stands_elsewhere():
        postgres.start(postgres.default_folder())
    service.ready()
    call_command("migrate", database="owner", interactive=False, verbosity=0 if quiet else 1)
